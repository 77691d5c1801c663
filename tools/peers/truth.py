#!/usr/bin/env python3
"""Holds our shadows against Embree on the city's mesh: 100,000 random points, five instants.

tools/peers/truth.py [--work FOLDER]

At most 0.1 % of the answers may differ, and each that does must lie within 5 cm of a shadow's edge: Embree's
own answer flips when the point moves by up to 5 cm in its surface. Those that do not are listed. Ends with 1
when a bar is missed.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

import bench

MOST_SHARE = 0.001
EDGE_M = 0.05
KINDS = ["ground, swept", "ground, traced", "roofs", "walls"]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--work", type=pathlib.Path, help="keep the dumps here")
    chosen = arguments.parse_args()
    if chosen.work:
        chosen.work.mkdir(parents=True, exist_ok=True)
        return check(chosen.work)
    with tempfile.TemporaryDirectory() as folder:
        return check(pathlib.Path(folder))


def check(work: pathlib.Path) -> int:
    truth, embree = bench.build_example("truth"), bench.build_embree(work)
    subprocess.run([truth, bench.PACK, work], check=True)
    points = bench.floats(work / "truth_points.f32", 8)
    suns = bench.floats(work / "truth_suns.f32", 3)
    kinds = np.fromfile(work / "truth_kinds.u32", np.uint32)
    bits = np.fromfile(work / "truth_lit.u32", np.uint32)
    lit = (bits[:, None] >> np.arange(len(suns))) & 1 == 1
    hidden = ask(embree, work, points, suns)
    differ = lit == hidden

    print(f"{len(points):,} points, {len(suns)} suns; lit by ours {lit.mean():.2%}, by Embree {1 - hidden.mean():.2%}\n")
    print("| points | answers | differ | share |\n|---|---|---|---|")
    for kind, name in enumerate(KINDS):
        mine = differ[kinds == kind]
        print(f"| {name} | {mine.size:,} | {mine.sum()} | {mine.mean():.4%} |")
    print(f"| all | {differ.size:,} | {differ.sum()} | {differ.mean():.4%} |\n")

    bars = []
    if differ.mean() > MOST_SHARE:
        bars.append(f"{differ.mean():.3%} of the answers differ, more than {MOST_SHARE:.1%}")
    places = np.argwhere(differ)
    far = [tuple(place) for sun in range(len(suns)) for place in away_from_edges(embree, work, points, suns, hidden, sun, places)]
    near = len(places) - len(far)
    print(f"{near} of {len(places)} lie within {EDGE_M * 100:.0f} cm of a shadow's edge; {len(far)} do not.")
    for at, sun in far:
        where = ", ".join(f"{v:.3f}" for v in points[at][:3])
        says = "lit" if lit[at, sun] else "dark"
        print(f"- {KINDS[kinds[at]]} ({where}), normal {points[at][4:7].round(3).tolist()}, sun {sun}: ours {says}")
    if far:
        bars.append(f"{len(far)} differing answers away from any edge")
    return bench.fail(bars)


def ask(embree: pathlib.Path, work: pathlib.Path, points: np.ndarray, suns: np.ndarray) -> np.ndarray:
    """Embree's answers, points by suns: true where the sun is hidden."""
    files = [work / "ask_points.f32", work / "ask_suns.f32", work / "ask_hidden.u8"]
    points.astype(np.float32).tofile(files[0])
    suns.astype(np.float32).tofile(files[1])
    subprocess.run([embree, "occluded", work, *files], check=True)
    return np.fromfile(files[2], np.uint8).reshape(len(points), len(suns)) == 1


def away_from_edges(embree, work, points, suns, hidden, sun: int, places: np.ndarray) -> np.ndarray:
    """Those of the places (point, sun) for which Embree's answer stays the same wherever the point moves."""
    mine = places[places[:, 1] == sun]
    if not len(mine):
        return mine
    moved = np.concatenate([nearby(points[at]) for at, _ in mine])
    now = hidden[mine[:, 0], sun]
    flips = (ask(embree, work, moved, suns[sun : sun + 1]).reshape(len(mine), -1) != now[:, None]).any(axis=1)
    return mine[~flips]


def nearby(point: np.ndarray) -> np.ndarray:
    """The point moved in its surface: 8 directions, up to 5 cm."""
    normal = point[4:7].astype(float)
    first = np.cross(normal, [0, 0, 1]) if abs(normal[2]) < 0.5 else np.array([1.0, 0, 0])
    first /= np.linalg.norm(first)
    turns = np.arange(8) * np.pi / 4
    ways = np.outer(np.cos(turns), first) + np.outer(np.sin(turns), np.cross(normal, first))
    reaches = np.array([0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, EDGE_M])
    moved = np.repeat(point[None], len(reaches) * len(ways), axis=0)
    moved[:, :3] += (reaches[:, None, None] * ways[None]).reshape(-1, 3)
    return moved


if __name__ == "__main__":
    sys.exit(main())
