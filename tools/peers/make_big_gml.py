"""Makes a large CityGML file of real buildings, repeated with fresh ids and moved a little.

    python3 tools/peers/make_big_gml.py --out FOLDER [--megabytes 300] SOURCE.gml...

Every building of the sources that has LOD2 is taken in turn, until the file is as large as wanted. The
file is for measuring and stays out of the repository. Prints its path.
"""

import argparse
import pathlib
import re
import sys

MEMBER = re.compile(rb"<core:cityObjectMember>.*?</core:cityObjectMember>\s*", re.S)
ID = re.compile(rb'(gml:id="|xlink:href="#)([^"]+)"')
LATITUDE = re.compile(rb"(?<=[> ])35\.(\d{3})")


def buildings(path):
    text = path.read_bytes()
    members = [match.group(0) for match in MEMBER.finditer(text)]
    first = MEMBER.search(text)
    head = text[: first.start()] if first else b""
    return head, [member for member in members if b"<bldg:Building " in member and b"bldg:lod2" in member]


def moved(member, turn):
    """Fresh ids, and latitudes some thousandths of a degree away: other numbers of the same length."""
    member = ID.sub(lambda m: m.group(1) + m.group(2) + b"-%d\"" % turn, member)
    return LATITUDE.sub(lambda m: b"35.%03d" % ((int(m.group(1)) + turn) % 1000), member)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    arguments.add_argument("--megabytes", type=int, default=300)
    arguments.add_argument("sources", nargs="+", type=pathlib.Path)
    arguments = arguments.parse_args()
    head, members = b"", []
    for source in arguments.sources:
        first, found = buildings(source)
        head = head or first
        members += found
    if not members:
        sys.exit("no building with LOD2 is in the sources")
    path = arguments.out / f"big_{arguments.megabytes}.gml"
    written, count, polygons = len(head), 0, 0
    with path.open("wb") as file:
        file.write(head)
        while written < arguments.megabytes * 1_000_000:
            member = moved(members[count % len(members)], count)
            written += file.write(member)
            count += 1
            polygons += member.count(b"<gml:Polygon")
        file.write(b"</core:CityModel>\n")
    print(f"{path}: {count} buildings, {polygons} polygons, {written / 1e6:.0f} MB", file=sys.stderr)
    print(path)


if __name__ == "__main__":
    main()
