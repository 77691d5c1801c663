#!/usr/bin/env python3
"""Times the sunlight kernels beside their peers on the same machine, points and suns, and prints ratios.

tools/peers/measure.py [--work FOLDER] [--rounds N]

Needs a Rust toolchain, g++, libembree-dev 3.13 and the Python packages numpy, rasterio and solweig. Prints a
Markdown table; ends with 1 when a bar is missed. Other programs disturb times: ours and the peers take turns,
the fastest round of each counts, and ratios are of CPU time (wall times are shown too).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

import bench

RAYS_PER_CORE, GROUND, SKY, OPEN_S = 0.7, 5.0, 5.0, 0.5


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--work", type=pathlib.Path, help="keep the dumps and raw times here")
    arguments.add_argument("--rounds", type=int, default=5, help="how often ours and the peers take turns")
    chosen = arguments.parse_args()
    if chosen.work:
        chosen.work.mkdir(parents=True, exist_ok=True)
        return measure(chosen.work, chosen.rounds)
    with tempfile.TemporaryDirectory() as folder:
        return measure(pathlib.Path(folder), chosen.rounds)


def measure(work: pathlib.Path, rounds: int) -> int:
    rates, embree = bench.build_example("rates"), bench.build_embree(work)
    ours = {1: [], 2: []}
    peer = {1: [], 2: []}
    loads = [bench.load()]
    for _ in range(rounds):
        for threads in (1, 2):
            ours[threads].append(bench.run_json([rates, bench.PACK, "--dump", work], threads))
            peer[threads].append(bench.run_json([embree, "time", work, threads]))
            loads.append(bench.load())
    ground = ours[1][0]["ground"]
    solweig = [bench.run_json([sys.executable, bench.HERE / "solweig_peer.py", work, json.dumps(ground)], 2)]
    loads.append(bench.load())
    (work / "times.json").write_text(json.dumps({"ours": ours, "embree": peer, "solweig": solweig}, indent=1))
    return report(work, ours, peer, solweig, loads)


def took(runs: list[dict], *names: str, clock: str = "cpu_s") -> float:
    """The sum of some times in the fastest round: what disturbs a round only ever makes it longer."""
    return min(sum(run[name][clock] for name in names) for run in runs)


def report(work: pathlib.Path, ours: dict, peer: dict, solweig: list, loads: list[str]) -> int:
    facts, embree = ours[1][0], peer[1][0]
    rows, bars = [], []

    def row(what: str, mine: str, other: str, ratio: float | None, bar: str, passed: bool | None) -> None:
        verdict = "" if passed is None else ("yes" if passed else "**no**")
        rows.append(f"| {what} | {mine} | {other} | {'' if ratio is None else f'{ratio:.2f}'} | {bar} | {verdict} |")
        if passed is False:
            bars.append(what)

    for threads in (1, 2):
        rays = facts["open_points"] * facts["suns"] / 1e6
        for clock in ("cpu_s", "wall_s"):
            # Per thread, so that CPU time and wall time mean the same on an idle machine.
            share = threads if clock == "cpu_s" else 1
            mine = took(ours[threads], "sweep", "sweep_prepare", clock=clock) / share
            other = took(peer[threads], "ground", clock=clock) / share
            judged = other / mine >= GROUND if clock == "cpu_s" else None
            row(f"ground sun hours, {threads} thread{'s' * (threads > 1)}, {clock[:-2]}", f"{rays / mine:.0f} Mrays/s",
                f"Embree {embree['version']} {peer[threads][0]['ground_way']}: {rays / other:.1f} Mrays/s",
                other / mine, "at least 5, aim 20" if judged is not None else "", judged)
    for clock in ("cpu_s", "wall_s"):
        share = 2 if clock == "cpu_s" else 1
        mine, other = took(ours[2], "sky", clock=clock) / share, took(solweig, "sky", clock=clock) / share
        mine_rate, other_rate = facts["open_points"] / mine, solweig[0]["pixels"] / other
        judged = mine_rate / other_rate >= SKY if clock == "cpu_s" else None
        row(f"sky view, points a second, 2 threads, {clock[:-2]}", f"{mine_rate / 1e3:.0f} k/s ({facts['sky_azimuths']} azimuths)",
            f"solweig {solweig[0]['version']}: {other_rate / 1e3:.0f} k/s ({solweig[0]['patches']} patches)",
            mine_rate / other_rate, "at least 5, aim 20" if judged is not None else "", judged)
    mine, other = took(ours[1], "trace"), took(peer[1], "single")
    row("single rays to walls and roofs, 1 thread, cpu", f"{facts['surface_rays'] / mine / 1e6:.2f} Mrays/s",
        f"rtcOccluded1: {embree['surface_rays'] / other / 1e6:.2f} Mrays/s", other / mine, "at least 0.7, aim 1",
        other / mine >= RAYS_PER_CORE)
    opening = took(ours[1], "open_to_first_ray")
    build = took(peer[1], "build")
    row("pack opened to first ray, 1 thread, cpu", f"{opening:.3f} s", f"Embree's BVH alone: {build:.3f} s", build / opening,
        "at most 0.5 s", opening <= OPEN_S)
    row("the same, 2 threads, wall", f"{took(ours[2], 'open_to_first_ray', clock='wall_s'):.3f} s",
        f"Embree's BVH alone: {took(peer[2], 'build', clock='wall_s'):.3f} s",
        took(peer[2], "build", clock="wall_s") / took(ours[2], "open_to_first_ray", clock="wall_s"), "", None)

    compiler = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    print(f"{bench.cpu_name()}; {compiler}; Embree {embree['version']}; solweig {solweig[0]['version']}")
    print(f"{facts['open_points']:,} open ground points, {facts['suns']} suns, {facts['surface_points']:,} points on walls and"
          f" roofs with {facts['surface_rays']:,} rays, {embree['triangles']:,} triangles; load average {', '.join(loads)}\n")
    print("| what | ours | peer | ratio | bar | reached |\n|---|---|---|---|---|---|")
    print("\n".join(rows))
    print("\nEmbree's ways, Mrays/s a run:", json.dumps({t: peer[t][-1]["ways_mrays_s"] for t in peer}))
    other_votes = embree["ground_points_with_other_votes"] / facts["open_points"]
    print(f"Ground points whose sun hours differ from Embree's in any of the suns: {other_votes:.4%}.")
    print(sky_check(work))
    return bench.fail(bars)


def sky_check(work: pathlib.Path) -> str:
    """Our sky views against solweig's on open ground, as a sentence."""
    cells = np.fromfile(work / "ground_cells.u32", np.uint32)
    mine = np.fromfile(work / "ground_sky.f32", np.float32)
    other = np.fromfile(work / "solweig_svf.f32", np.float32)[cells]
    side = 1000
    # solweig sees no buildings beyond its raster, so the rim is left out.
    x, y = cells % side, cells // side
    core = (x >= 200) & (x < 800) & (y >= 200) & (y < 800)
    difference = mine[core] - other[core]
    return (f"Sky views of ours and solweig on {core.sum():,} open points in the inner 600 m: means {mine[core].mean():.4f} and"
            f" {other[core].mean():.4f}, mean difference {difference.mean():+.4f}, mean absolute difference {abs(difference).mean():.4f}.")


if __name__ == "__main__":
    sys.exit(main())
