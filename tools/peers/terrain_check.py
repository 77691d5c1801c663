"""Compares the terrain of an import with heights worked out here from the triangles or the raster, without our code.

    cargo build --release -p futago --no-default-features
    pip install numpy pyproj rasterio
    python3 tools/peers/terrain_check.py --futago target/release/futago [--points 1000] DEM.gml|DEM.tif...

Each file is imported, and its terrain is exported as GeoTIFF. Then random places of the grid are asked twice:
the GeoTIFF bilinearly, and the same from four heights that come straight from the source (the plane of the triangle a
sample lies in, or the bilinear raster). Both must agree to 1 cm wherever the source knows all four. How far the grid is
from the source itself at the place (what resampling costs) is told as well.
"""

import argparse
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import numpy
import pyproj
import rasterio

GML = "{http://www.opengis.net/gml}"
TOLERANCE_M = 0.01
# Vertices are whole millimetres in plan: a sample this near to the edge of the triangles may fall to either side.
EDGE_M = 0.002


class Triangles:
    """Heights of a TIN: the plane of the triangle that a place lies in."""

    def __init__(self, path, epsg):
        root = ElementTree.parse(path).getroot()
        srs = next(e.get("srsName") for e in root.iter(GML + "Envelope"))
        code = int(re.findall(r"\d+", srs)[-1])
        project = pyproj.Transformer.from_crs(6668 if code == 6697 else code, epsg, always_xy=True).transform
        corners = []
        for ring in root.iter(GML + "LinearRing"):
            numbers = numpy.array(ring.find(GML + "posList").text.split(), float).reshape(-1, 3)
            east, north = project(numbers[:3, 1], numbers[:3, 0])
            corners.append(numpy.column_stack([east, north, numbers[:3, 2]]))
        self.corners = numpy.array(corners)
        self.low = self.corners[:, :, :2].min(axis=1) - EDGE_M
        self.high = self.corners[:, :, :2].max(axis=1) + EDGE_M

    def at(self, east, north):
        place = numpy.array([east, north])
        near = numpy.flatnonzero(((self.low <= place) & (place <= self.high)).all(axis=1))
        for a, b, c in self.corners[near]:
            matrix = numpy.column_stack([b[:2] - a[:2], c[:2] - a[:2]])
            if abs(numpy.linalg.det(matrix)) < 1e-9:
                continue
            s, t = numpy.linalg.solve(matrix, place - a[:2])
            if s >= 0 and t >= 0 and s + t <= 1:
                return a[2] + s * (b[2] - a[2]) + t * (c[2] - a[2])
        return math.nan


class Raster:
    """Heights of a raster, bilinear between the centres of its cells."""

    def __init__(self, path, epsg):
        with rasterio.open(path) as file:
            self.values = file.read(1, masked=True).astype(float).filled(math.nan)
            self.inverse = ~file.transform
            self.project = pyproj.Transformer.from_crs(epsg, file.crs, always_xy=True).transform

    def at(self, east, north):
        column, row = self.inverse * self.project(east, north)
        return bilinear(self.values, column - 0.5, row - 0.5)


def bilinear(values, column, row):
    """Not a number when one of the four is missing."""
    left, top = math.floor(column), math.floor(row)
    if not (0 <= left < values.shape[1] - 1 and 0 <= top < values.shape[0] - 1):
        return math.nan
    right, down = column - left, row - top
    upper = values[top, left] * (1 - right) + values[top, left + 1] * right
    lower = values[top + 1, left] * (1 - right) + values[top + 1, left + 1] * right
    return upper * (1 - down) + lower * down


def run(options, *steps):
    done = subprocess.run([options.futago, *map(str, steps)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{steps[0]} failed: {done.stderr.strip()[-300:]}")


def check(path, options, folder):
    pack, tif = folder / "t.city", folder / "t.tif"
    run(options, "import", path, "-o", pack)
    run(options, "export", "terrain", pack, "-o", tif)
    with rasterio.open(tif) as file:
        ours, transform, epsg = file.read(1).astype(float), file.transform, file.crs.to_epsg()
    source = Triangles(path, epsg) if path.suffix == ".gml" else Raster(path, epsg)
    place_of = lambda column, row: transform * (column + 0.5, row + 0.5)
    random = numpy.random.default_rng(20261122)
    known = ~numpy.isnan(ours)
    cells = numpy.argwhere(known[:-1, :-1] & known[1:, :-1] & known[:-1, 1:] & known[1:, 1:])
    differences, resampling, tries = [], [], 0
    while len(cells) and len(differences) < options.points and tries < 20 * options.points:
        tries += 1
        top, left = map(int, cells[random.integers(len(cells))])
        column, row = left + random.uniform(), top + random.uniform()
        four = numpy.full((2, 2), math.nan)
        for i in range(2):
            for j in range(2):
                four[i, j] = source.at(*place_of(left + j, top + i))
        theirs = bilinear(numpy.pad(four, (0, 1), constant_values=0), column - left, row - top)
        if math.isnan(theirs):
            continue
        found = bilinear(numpy.pad(ours, (0, 1), mode="edge"), column, row)
        differences.append(abs(found - theirs))
        straight = source.at(*place_of(column, row))
        if not math.isnan(straight):
            resampling.append(abs(found - straight))
    worst = max(differences) if differences and not any(map(math.isnan, differences)) else math.inf
    good = len(differences) == options.points and worst <= TOLERANCE_M
    cost = numpy.percentile(resampling, [50, 95, 100]) if resampling else [math.nan] * 3
    print(
        f"{'same' if good else 'differs':8} {path.name}: {ours.shape[1]} x {ours.shape[0]} samples every"
        f" {transform.a:g} m in EPSG:{epsg}; {len(differences)} places, at most {worst * 1000:.2f} mm apart;"
        f" grid from source: median {cost[0]:.3f} m, 95 % {cost[1]:.3f} m, most {cost[2]:.3f} m"
    )
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futago", required=True)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        good = [check(path, options, pathlib.Path(folder)) for path in options.paths]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
