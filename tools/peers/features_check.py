"""Checks that a layer gives the same city from GeoJSON, FlatGeobuf, GeoParquet and Shapefile.

    cargo build --release -p futago
    pip install geopandas pyogrio pyarrow
    python3 tools/peers/features_check.py --futago target/release/futago LAYER.geojson [--epsg 6677]

The layer is written in the other formats by GDAL and Arrow, the Shapefile in Shift_JIS, and once more as a Shapefile in
plane coordinates. Each is imported by `futago` and exported as CityJSON. Then, for each building: the same id and height
(as numbers), every field of the layer among its attributes, and the same footprint, vertex for vertex and in any order,
to 2 mm (vertices are whole millimetres, and the plane coordinates were projected by PROJ).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import geopandas

TOLERANCE_MM = 2


def write(layer, folder, epsg):
    """The layer in every format: name and path."""
    folders = folder / "shp", folder / "plane"
    for each in folders:
        each.mkdir()
    layer.to_file(folder / "layer.fgb", driver="FlatGeobuf")
    layer.to_parquet(folder / "layer.parquet")
    layer.to_file(folders[0] / "layer.shp", encoding="CP932")
    layer.to_crs(epsg=epsg).to_file(folders[1] / "layer.shp", encoding="CP932")
    return {
        "FlatGeobuf": folder / "layer.fgb",
        "GeoParquet": folder / "layer.parquet",
        "Shapefile": folders[0] / "layer.shp",
        f"Shapefile in EPSG:{epsg}": folders[1] / "layer.shp",
    }


def run(futago, *arguments):
    begun = time.monotonic()
    done = subprocess.run([futago, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{arguments[0]} {arguments[1]} failed: {done.stderr.strip()[-500:]}")
    return time.monotonic() - begun


def city(futago, path, folder):
    """The objects of a layer by id: attributes, and vertices of footprints in whole millimetres."""
    pack, out = folder / "t.city", folder / "t.city.json"
    took = run(futago, "import", path, "-o", pack)
    run(futago, "export", "cityjson", pack, "-o", out)
    file = json.loads(out.read_text())
    scale, move = file["transform"]["scale"], file["transform"]["translate"]
    objects = {}
    for name, record in file["CityObjects"].items():
        at = set()
        for geometry in record.get("geometry", []):
            for polygon in geometry["boundaries"]:
                for i in (i for ring in polygon for i in ring):
                    vertex = file["vertices"][i]
                    at.add(tuple(round((vertex[k] * scale[k] + move[k]) * 1000) for k in range(2)))
        objects[name] = (record["type"], record.get("attributes", {}), at)
    info = subprocess.run([futago, "info", str(pack)], capture_output=True, text=True).stdout
    return objects, took, info


def near(vertex, others):
    x, y = vertex
    reach = range(-TOLERANCE_MM, TOLERANCE_MM + 1)
    return vertex in others or any((x + i, y + j) in others for i in reach for j in reach)


def number(value):
    # Columns of true and nothing are numbers by the time that pandas writes them.
    value = {"true": 1.0, "false": 0.0}.get(value, value) if isinstance(value, str) else value
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def compare(first, other, fields):
    troubles = []
    for name in sorted(first.keys() ^ other.keys()):
        troubles.append(f"{name} is in one of both only")
    for name in first.keys() & other.keys():
        (kind, says, at), (kind2, says2, at2) = first[name], other[name]
        if kind != kind2:
            troubles.append(f"{name}: {kind} became {kind2}")
        for field in ["measuredHeight", *fields]:
            # Shapefiles cut names to ten letters.
            value, value2 = number(says.get(field)), number(says2.get(field, says2.get(field[:10])))
            if value != value2 and not (value in (None, "") and value2 in (None, "")):
                troubles.append(f"{name}: {field} {value!r} became {value2!r}")
        if not (all(near(v, at2) for v in at) and all(near(v, at) for v in at2)):
            troubles.append(f"{name}: its footprint has moved")
    return troubles


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futago", required=True)
    parser.add_argument("--epsg", type=int, default=6677)
    parser.add_argument("layer", type=pathlib.Path)
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        layer = geopandas.read_file(options.layer, fid_as_index=True)
        if "id" in layer:
            # A feature without an id among its fields has that of GeoJSON, which other formats do not have.
            layer["id"] = layer["id"].fillna(layer.index.to_series().astype(str))
        layer = layer.reset_index(drop=True)
        fields = [name for name in layer.columns if name not in ("geometry", "id")]
        files = write(layer, folder, options.epsg)
        first, took, info = city(options.futago, options.layer, folder)
        buildings = sum(kind == "Building" for kind, _, _ in first.values())
        print(f"{'GeoJSON':24} {len(first)} objects, {buildings} buildings, {took:.2f} s")
        print("\n".join("    " + line for line in info.splitlines()[:14]))
        if not first:
            sys.exit("nothing to compare")
        for format, path in files.items():
            other, took, _ = city(options.futago, path, folder)
            troubles = compare(first, other, fields)
            bad += bool(troubles)
            buildings = sum(kind == "Building" for kind, _, _ in other.values())
            state = "differs" if troubles else "same"
            print(f"{format:24} {len(other)} objects, {buildings} buildings, {took:.2f} s: {state}")
            for trouble in troubles[:8]:
                print(f"    {trouble}")
            if len(troubles) > 8:
                print(f"    and {len(troubles) - 8} more")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
