"""Counts what is in CityGML files without our reader, and compares.

    cargo build --release -p futago_citygml --example count
    python3 tools/peers/citygml_counts.py --count target/release/examples/count FOLDER_OR_FILE...

Objects, elements, texts, XML attributes, polygons, rings, lines, points, positions, the sum of all
coordinates, references and texture coordinates must be the same. Only the standard library is used.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

GML = "{http://www.opengis.net/gml}"
AGGREGATES = set(
    "MultiPoint CompositeCurve OrientableCurve MultiCurve TriangulatedSurface Tin CompositeSurface"
    " OrientableSurface MultiSurface Shell Solid CompositeSolid MultiSolid MultiGeometry GeometricComplex".split()
)
# Elements that become arrays, or that only lead from one geometry to the next.
SHAPES = AGGREGATES | set(
    "Surface Polygon PolygonPatch Triangle Rectangle LinearRing Ring LineString Curve LineStringSegment Point"
    " exterior interior surfaceMember surfaceMembers curveMember curveMembers pointMember pointMembers"
    " solidMember solidMembers geometryMember segments patches trianglePatches baseSurface baseCurve"
    " posList pos coordinates".split()
)
WRAPPERS = {"CityModel", "cityObjectMember", "featureMember", "appearanceMember", "surfaceDataMember"}
XLINK = "{http://www.w3.org/1999/xlink}href"


def local(tag):
    return tag.rsplit("}", 1)[-1]


class Counter:
    def __init__(self):
        self.objects, self.elements, self.geometries = (collections.Counter() for _ in range(3))
        self.totals = collections.Counter()
        self.coordinate_sum = 0.0
        self.path = []

    def start(self, element):
        name, parent = local(element.tag), self.path[-1] if self.path else ""
        if parent in ("cityObjectMember", "featureMember"):
            self.objects[name] += 1
        self.path.append(name)
        self.totals["links"] += XLINK in element.attrib and name not in WRAPPERS

    def end(self, element):
        name = self.path.pop()
        if element.tag.startswith(GML) and name in SHAPES:
            self.shape(element, name)
        elif name == "textureCoordinates":
            self.totals["texture_rings"] += 1
            self.totals["texture_positions"] += len((element.text or "").split()) // 2
        elif name not in WRAPPERS:
            self.node(element, name)
        element.clear()

    def shape(self, element, name):
        if name in AGGREGATES:
            self.geometries[name] += 1
        outer = set(self.path)
        curve = "LineString" in outer or "Curve" in outer or "LinearRing" in outer or "Ring" in outer
        self.totals["polygons"] += name in ("Polygon", "PolygonPatch", "Rectangle")
        self.totals["triangles"] += name == "Triangle"
        self.totals["rings"] += name in ("LinearRing", "Ring")
        self.totals["holes"] += name in ("LinearRing", "Ring") and self.path[-1] == "interior"
        self.totals["lines"] += name in ("LineString", "Curve") and not curve
        self.totals["points"] += name == "Point"
        if name in ("posList", "pos", "coordinates"):
            numbers = [float(word) for word in (element.text or "").replace(",", " ").split()]
            self.totals["positions"] += len(numbers) // 3
            self.coordinate_sum += sum(numbers)

    def node(self, element, name):
        self.elements[name] += 1
        self.totals["xml_attributes"] += len(element.attrib)
        # Children are cleared with their tails, so this is what stands before the first child.
        text = (element.text or "").strip()
        self.totals["texts"] += bool(text)
        self.totals["letters"] += len(text)

    def counts(self):
        names = "texts letters xml_attributes polygons triangles rings holes lines points positions links"
        names += " texture_rings texture_positions"
        counts = {name: int(self.totals[name]) for name in names.split()}
        groups = dict(objects=self.objects, elements=self.elements, geometries=self.geometries)
        # The head of an appearance counts as an element on both sides.
        counts.update({name: dict(group) for name, group in groups.items()})
        counts["coordinate_sum"] = self.coordinate_sum
        return counts


def count(path):
    counter = Counter()
    for event, element in ElementTree.iterparse(path, events=("start", "end")):
        (counter.start if event == "start" else counter.end)(element)
    return counter.counts()


def differences(ours, theirs):
    if "error" in ours:
        return [ours["error"]]
    found = []
    for name, expected in theirs.items():
        got = ours[name]
        if name == "coordinate_sum":
            same = abs(got - expected) <= 1e-9 * max(1.0, abs(expected))
        else:
            same = got == expected
        if not same:
            found.append(f"{name}: {got} instead of {expected}")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", required=True, help="the example `count`, built")
    arguments.add_argument("paths", nargs="+", type=pathlib.Path)
    arguments = arguments.parse_args()
    files = [f for path in arguments.paths for f in (sorted(path.rglob("*.gml")) if path.is_dir() else [path])]
    if not files:
        sys.exit("there are no .gml files")
    lines = subprocess.run([arguments.count, *map(str, files)], capture_output=True, text=True, check=True)
    bad = 0
    for line in lines.stdout.splitlines():
        ours = json.loads(line)
        theirs = count(ours["file"])
        found = differences(ours["counts"], theirs)
        bad += bool(found)
        objects, polygons = sum(theirs["objects"].values()), theirs["polygons"] + theirs["triangles"]
        say = "; ".join(found) or "same"
        print(f"{pathlib.Path(ours['file']).name}: {objects} objects, {polygons} surfaces,"
              f" {theirs['texts']} texts: {say} {ours['counts'].get('report', '')}")
    print(f"{len(files)} files, {bad} with differences")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
