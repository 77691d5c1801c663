#!/usr/bin/env python3
"""Counts the station's walking network without Futago, and holds `futago info --json` against it.

    python3 tools/peers/walk_counts.py <data folder> <futago program> <station.city> [footways.city]

Nodes, links, length by route type and connected parts are counted from the published GeoJSON alone. The pack must
have every node and every link, or its Report must say which is missing: made nodes and links left out are
allowed for by the Report's own counts. With the outdoor pack, the joined network must lose nothing, have no stand-in
left, and hang together with the whole station in one part. Exit code 1 on a difference. Needs Python 3.9, no packages.
"""

import collections
import json
import math
import pathlib
import subprocess
import sys

ROUTE_TYPES = {"1": "walk", "4": "lift", "5": "escalator", "6": "stairs"}


def features(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["features"]


def raw_counts(folder):
    network = folder / "shinjuku_station_indoor" / "network"
    nodes = {f["properties"]["node_id"]: f for f in features(network / "Shinjuku_node.geojson")}
    links = features(network / "Shinjuku_link.geojson")
    lengths, numbers, drawn = collections.Counter(), collections.Counter(), 0.0
    parent = {node: node for node in nodes}

    def root(node):
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    broken = []
    for link in links:
        properties, line = link["properties"], link["geometry"]["coordinates"]
        kind = ROUTE_TYPES.get(properties["route_type"], "other")
        lengths[kind] += properties["distance"]
        numbers[kind] += 1
        drawn += sum(math.dist(a, b) for a, b in zip(line, line[1:]))
        ends = properties["start_id"], properties["end_id"]
        if all(end in nodes for end in ends):
            parent[root(ends[0])] = root(ends[1])
        else:
            broken.append(properties["link_id"])
    unknown = {
        end
        for link in links
        for end in (link["properties"]["start_id"], link["properties"]["end_id"])
        if end is not None and end not in nodes
    }
    parts = collections.Counter(root(node) for node in nodes)
    return {
        "nodes": len(nodes),
        "links": len(links),
        "length_m": sum(lengths.values()),
        "drawn_m": drawn,
        "lengths_m": dict(lengths),
        "numbers": dict(numbers),
        "parts": len(parts),
        "links_with_a_missing_end": len(broken),
        "unknown_nodes": len(unknown),
    }


def floor_counts(folder):
    counts = collections.Counter()
    for path in sorted((folder / "shinjuku_station_indoor" / "floors").glob("*.geojson")):
        kind = path.stem.rsplit("_", 1)[1]
        counts[kind] += len(features(path))
    return counts


def info(program, *packs):
    done = subprocess.run([program, "info", "--json", *map(str, packs)], check=True, capture_output=True)
    return json.loads(done.stdout)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    folder, program, packs = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    raw, floors = raw_counts(folder), floor_counts(folder)
    told = info(program, packs[0])
    walk, report = told["walk"], told["import_report"]
    kinds = {kind["kind"]: kind for kind in walk["kinds"]}
    problems = []

    def compare(what, counted, found, tolerance=0.0):
        print(f"{what:<44} {counted:>12.1f} {found:>12.1f}")
        if abs(counted - found) > tolerance:
            problems.append(what)

    print(f"{'':<44} {'counted':>12} {'futago':>12}")
    made = report.get("missing-node", 0)
    # Of the entries about missing nodes, those about made nodes add one node each.
    extra = walk["nodes"] - raw["nodes"]
    compare("nodes, with those made for links", raw["nodes"] + extra, walk["nodes"])
    if not 0 <= extra <= min(made, raw["unknown_nodes"]):
        problems.append("nodes that nobody reported")
    compare("links, less those reported as broken", raw["links"] - report.get("broken-link", 0), walk["links"])
    compare("length of links, m", raw["length_m"], walk["length_m"], tolerance=1.0)
    compare("length of drawn lines, m (0.1 m rounding)", raw["drawn_m"], walk["length_m"], tolerance=0.05 * raw["links"])
    for kind in ("lift", "escalator", "stairs"):
        compare(f"{kind}: links", raw["numbers"][kind], kinds[kind]["links"])
        compare(f"{kind}: m", raw["lengths_m"][kind], kinds[kind]["length_m"], tolerance=0.5)
    walked = [kind for name, kind in kinds.items() if name not in ("lift", "escalator", "stairs")]
    compare("all else: links", raw["numbers"]["walk"], sum(kind["links"] for kind in walked))
    compare("all else: m", raw["lengths_m"]["walk"], sum(kind["length_m"] for kind in walked), tolerance=0.5)
    compare("connected parts", raw["parts"], walk["components"])
    # A feature of several polygons is several parts, so never fewer than features with a shape.
    print(f"floors {floors['Floor']}, spaces {floors['Space']}, fixtures {floors['Fixture']} features; ", end="")
    print(f"polygons {walk['floors']['floors']}, {walk['floors']['spaces']}, {walk['floors']['fixtures']}")
    left_out = report.get("no-geometry", 0) + report.get("missing-level", 0)
    for kind, name in (("Floor", "floors"), ("Space", "spaces"), ("Fixture", "fixtures")):
        if walk["floors"][name] < floors[kind] - left_out:
            problems.append(f"{name} are missing")
    print(f"links with a missing end {raw['links_with_a_missing_end']}, unknown nodes {raw['unknown_nodes']}, ", end="")
    print(f"reported {made} repairs of ends and {report.get('broken-link', 0)} broken links")

    if len(packs) > 1:
        outdoor, joined = info(program, packs[1])["walk"], info(program, *packs)["walk"]
        print("\nwith the outdoor network")
        stand_ins = outdoor["stand_ins"]
        compare("nodes", walk["nodes"] + outdoor["nodes"] - stand_ins, joined["nodes"])
        compare("links", walk["links"] + outdoor["links"], joined["links"])
        compare("length, m", walk["length_m"] + outdoor["length_m"], joined["length_m"], tolerance=1.0)
        compare("stand-ins left", 0, joined["stand_ins"])
        print(f"connected parts {joined['components']}, {joined['joins']} joins, ", end="")
        share = joined["largest_component_m"] / joined["length_m"]
        print(f"{100 * share:.1f} % of the length in the largest")
        if joined["largest_component_nodes"] < walk["nodes"]:
            problems.append("the station is not in the largest part")
    for problem in problems:
        print(f"DIFFERS: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
