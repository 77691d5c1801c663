"""Checks that nothing gets lost from CityGML through a pack to CityJSON, without our reader.

    cargo build --release -p futago
    pip install pyproj                                      # only for files in degrees
    cargo install cjval --features build-binary --locked    # only for --cjval
    python3 tools/peers/cityjson_check.py --futago target/release/futago [--cjval cjval] FILE_OR_FOLDER...

Each file is imported and exported by `futago`. Then, for each object: every text and XML attribute of the CityGML must be
among the values of the CityJSON; the area of all faces and the volume of all solids must agree to 0.1 %, the height to
1 cm. With --cjval the file must be valid CityJSON too.
"""

import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

GML = "{http://www.opengis.net/gml}"
XLINK = "{http://www.w3.org/1999/xlink}href"
APP = "{http://www.opengis.net/citygml/appearance/2.0}"
SHAPES = set(
    "MultiPoint CompositeCurve OrientableCurve MultiCurve TriangulatedSurface Tin CompositeSurface Curve LineString"
    " OrientableSurface MultiSurface Shell Solid CompositeSolid MultiSolid MultiGeometry GeometricComplex Surface"
    " Polygon PolygonPatch Triangle Rectangle Point".split()
)
AREA_TOLERANCE, VOLUME_TOLERANCE, HEIGHT_TOLERANCE_M = 1e-3, 1e-3, 0.01
ROUNDING_M = 0.0005


def local(tag):
    return tag.rsplit("}", 1)[-1]


def is_shape(element):
    return element.tag.startswith(GML) and local(element.tag) in SHAPES


def said(element, texts, skip_id):
    """Texts and XML attributes outside of geometry."""
    if is_shape(element) or element.tag.startswith(APP):
        return
    text = (element.text or "").strip()
    if text:
        texts[text] += 1
    for name, value in element.attrib.items():
        if name == XLINK or (skip_id and name == GML + "id"):
            continue
        texts[value.strip()] += 1
    for child in element:
        said(child, texts, False)


def values(value, texts):
    if isinstance(value, dict):
        for name, inner in value.items():
            # The name of a generic attribute is the key.
            texts[name] += 1
            values(inner, texts)
    elif isinstance(value, list):
        for inner in value:
            values(inner, texts)
    elif value is not None:
        texts[str(value)] += 1


def same_text(text, found):
    if found[text] > 0:
        found[text] -= 1
        return True
    try:
        number = float(text)
    except ValueError:
        return False
    for other in list(found):
        try:
            if found[other] > 0 and float(other) == number:
                found[other] -= 1
                return True
        except ValueError:
            pass
    return False


def newell(ring):
    n = [0.0, 0.0, 0.0]
    for a, b in zip(ring, ring[1:] + ring[:1]):
        n[0] += (a[1] - b[1]) * (a[2] + b[2])
        n[1] += (a[2] - b[2]) * (a[0] + b[0])
        n[2] += (a[0] - b[0]) * (a[1] + b[1])
    return n


def area(rings):
    n = [sum(parts) for parts in zip(*(newell(ring) for ring in rings))]
    return math.sqrt(sum(v * v for v in n)) / 2


def volume(faces):
    """By the divergence theorem, from a corner of the solid: positions far from the origin lose digits."""
    base = next((f[0][0] for f in faces if f and f[0]), None)
    total = 0.0
    for rings in faces:
        for ring in rings:
            moved = [[p[i] - base[i] for i in range(3)] for p in ring]
            n = newell(moved)
            total += sum(n[i] * moved[0][i] for i in range(3)) / 6
    return abs(total)


class Source:
    """The geometry of a CityGML object, metres."""

    def __init__(self, object_, project):
        self.project = project
        self.polygons = {}
        self.by_id = {}
        for element in object_.iter():
            if element.tag in (GML + "Polygon", GML + "Triangle", GML + "PolygonPatch", GML + "Rectangle"):
                rings = [self.ring(r) for r in element.iter(GML + "LinearRing")]
                self.polygons[element] = [r for r in rings if len(r) >= 3]
            if element.tag.startswith(GML) and element.get(GML + "id"):
                self.by_id[element.get(GML + "id")] = element
        self.volume = sum(self.solid(s) for s in object_.iter(GML + "Solid"))
        self.area = sum(area(rings) for rings in self.polygons.values() if rings)
        heights = [p[2] for rings in self.polygons.values() for ring in rings for p in ring]
        self.height = max(heights) - min(heights) if heights else 0.0

    def ring(self, ring):
        numbers = " ".join((p.text or "") for p in ring.iter() if p.tag in (GML + "posList", GML + "pos")).split()
        numbers = [float(n) for n in numbers]
        step = 2 if len(numbers) % 3 else 3
        at = [self.project(*(numbers[i : i + step] + [0.0] * (3 - step))) for i in range(0, len(numbers), step)]
        return at[:-1] if len(at) > 1 and at[0] == at[-1] else at

    def solid(self, solid):
        faces = [self.polygons[p] for p in solid.iter() if p in self.polygons]
        for member in solid.iter():
            target = self.by_id.get((member.get(XLINK) or "#")[1:])
            for polygon in target.iter() if target is not None else ():
                if polygon in self.polygons:
                    faces.append(self.polygons[polygon])
        return volume([f for f in faces if f]) if any(faces) else 0.0


def projector(path, city):
    """Positions of the file to those of the plane zone of the export."""
    head = path.read_bytes()[:20000].decode("utf-8", "replace")
    code = head.split("srsName=", 1)[1].split('"')[1].rsplit("/", 1)[-1].rsplit(":", 1)[-1] if "srsName=" in head else ""
    if code not in ("6697", "6668", "6667"):
        return lambda north, east, up: (east, north, up)
    from pyproj import Transformer  # only files in degrees need it

    plane = int(city["metadata"]["referenceSystem"].rsplit("/", 1)[-1])
    plane = plane - 10162 + 6669 if plane >= 10162 else plane
    transformer = Transformer.from_crs("EPSG:6668", f"EPSG:{plane}", always_xy=True)
    return lambda lat, lon, up: (*transformer.transform(lon, lat), up)


class Target:
    """An object of the CityJSON with everything in it."""

    def __init__(self, city, id_):
        self.city = city
        self.texts = collections.Counter()
        self.area, self.volume, self.heights = 0.0, 0.0, []
        self.add(id_)

    def add(self, id_):
        record = self.city["CityObjects"][id_]
        self.texts[id_] += 1
        values(record.get("attributes", {}), self.texts)
        for geometry in record.get("geometry", []):
            surfaces = geometry.get("semantics", {}).get("surfaces", [])
            for surface in surfaces:
                values({k: v for k, v in surface.items() if k != "type"}, self.texts)
            kind, boundaries = geometry["type"], geometry["boundaries"]
            solids = [boundaries] if kind == "Solid" else boundaries if kind in ("MultiSolid", "CompositeSolid") else []
            if kind in ("MultiSurface", "CompositeSurface"):
                solids = [[boundaries]]
            for solid in solids:
                faces = [[self.ring(r) for r in face] for shell in solid for face in shell]
                self.area += sum(area(f) for f in faces)
                if "Solid" in kind:
                    self.volume += volume(faces)
        for child in record.get("children", []):
            self.add(child)

    def ring(self, ring):
        transform, vertices = self.city["transform"], self.city["vertices"]
        at = []
        for i in ring:
            at.append(tuple(vertices[i][k] * transform["scale"][k] + transform["translate"][k] for k in range(3)))
        self.heights += [p[2] for p in at]
        return at


def relative(a, b):
    return abs(a - b) / max(abs(a), abs(b), 1.0)


def check(path, options, folder):
    pack, out = folder / "t.city", folder / "t.city.json"
    steps = [["import", path, "-o", pack], ["export", "cityjson", pack, "-o", out]]
    for step in steps:
        done = subprocess.run([options.futago, *map(str, step)], capture_output=True, text=True)
        if done.returncode != 0:
            return [f"{step[0]} failed: {done.stderr.strip()[-300:]}"], {}
    city = json.loads(out.read_text())
    troubles, project = [], projector(path, city)
    # Objects without an id have their place in the file.
    tops = [name for name, record in city["CityObjects"].items() if not record.get("parents")]
    members = (m for m in ElementTree.parse(path).getroot() if local(m.tag) in ("cityObjectMember", "featureMember"))
    tally = collections.Counter()
    for member in members:
        for object_ in member:
            tally["objects"] += 1
            if tally["objects"] > len(tops):
                troubles.append(f"{object_.get(GML + 'id')} is not in the CityJSON")
                continue
            id_ = tops[tally["objects"] - 1]
            if object_.get(GML + "id", id_) != id_:
                troubles.append(f"{object_.get(GML + 'id')} is called {id_}")
            texts, target = collections.Counter(), Target(city, id_)
            said(object_, texts, True)
            tally["texts"] += sum(texts.values())
            for text, count in texts.items():
                for _ in range(count):
                    if not same_text(text, target.texts):
                        tally["lost"] += 1
                        troubles.append(f"{id_}: `{text[:60]}` is lost")
            source = Source(object_, project)
            tally["faces"] += len(source.polygons)
            if relative(source.area, target.area) > AREA_TOLERANCE:
                troubles.append(f"{id_}: {source.area:.3f} m2 became {target.area:.3f} m2")
            # Vertices are whole millimetres, which a thin pipe feels.
            rounding = source.area * ROUNDING_M / max(source.volume, 1.0)
            if relative(source.volume, target.volume) > VOLUME_TOLERANCE + rounding:
                troubles.append(f"{id_}: {source.volume:.3f} m3 became {target.volume:.3f} m3")
            height = max(target.heights) - min(target.heights) if target.heights else 0.0
            if abs(height - source.height) > HEIGHT_TOLERANCE_M:
                troubles.append(f"{id_}: a height of {source.height:.3f} m became {height:.3f} m")
    if options.cjval:
        report = subprocess.run([options.cjval, "-r", out], capture_output=True, text=True).stdout
        for name, part in json.loads(report)["checks"]["errors"].items():
            troubles += [f"cjval, {name}: {error[:200]}" for error in part["errors"]]
    return troubles, tally


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futago", required=True)
    parser.add_argument("--cjval")
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    files = [f for p in options.paths for f in (sorted(p.rglob("*.gml")) if p.is_dir() else [p])]
    bad, sums = 0, collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            troubles, tally = check(path, options, pathlib.Path(folder))
            sums.update(tally)
            bad += bool(troubles)
            state = "differs" if troubles else "same"
            print(f"{state:8} {path.name}: {tally.get('objects', 0)} objects, {tally.get('texts', 0)} texts, {tally.get('faces', 0)} faces")
            for trouble in troubles[:8]:
                print(f"         {trouble}")
            if len(troubles) > 8:
                print(f"         and {len(troubles) - 8} more")
    print(f"{len(files)} files, {bad} differ; {sums['objects']} objects, {sums['texts']} texts, {sums['faces']} faces, {sums['lost']} texts lost")
    sys.exit(bad > 0 or not files)


if __name__ == "__main__":
    main()
