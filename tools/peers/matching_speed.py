"""Nearest streets beside two peers: the same points and segments, results compared, one run.

    cargo build --release -p futago_matching --example nearest_speed
    pip install geopandas scipy
    python tools/peers/matching_speed.py target/release/examples/nearest_speed

geopandas `sjoin_nearest` (GEOS, one thread) is exact; it gets a part of the points. The KD-tree (scipy, all cores)
holds points on the streets every metre: its distances are a little long, its rate is the best case of that way.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas
import numpy
import scipy
import shapely
from scipy.spatial import cKDTree

POINTS = 1_000_000
GEOPANDAS_POINTS = 50_000
REACH_M = 100.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = subprocess.run([sys.argv[1], str(POINTS), folder], check=True, capture_output=True, text=True)
        print("futago:", ours.stdout.strip())

        def read(name: str) -> numpy.ndarray:
            return numpy.fromfile(Path(folder) / name, dtype="<f8")

        points, distances = read("points.f64").reshape(-1, 2), read("distances.f64")
        segments = read("segments.f64").reshape(-1, 2, 2)
    near = numpy.isfinite(distances)

    lines = geopandas.GeoDataFrame(geometry=shapely.linestrings(segments))
    some = geopandas.GeoDataFrame(geometry=shapely.points(points[:GEOPANDAS_POINTS]))
    begin = time.perf_counter()
    joined = some.sjoin_nearest(lines, max_distance=REACH_M, distance_col="m")
    seconds = time.perf_counter() - begin
    theirs = joined.groupby(level=0)["m"].min().reindex(range(GEOPANDAS_POINTS)).to_numpy()
    both = near[:GEOPANDAS_POINTS] & numpy.isfinite(theirs)
    worst = numpy.abs(theirs[both] - distances[:GEOPANDAS_POINTS][both]).max()
    odd = int((near[:GEOPANDAS_POINTS] != numpy.isfinite(theirs)).sum())
    print(f"geopandas {geopandas.__version__}: {GEOPANDAS_POINTS / seconds / 1e6:.3f} M points/s; largest difference of "
          f"distance {worst:.6f} m, {odd} points near for one only")

    dense = []
    for a, b in segments:
        steps = max(int(numpy.ceil(numpy.hypot(*(b - a)))), 1)
        dense.append(a + (b - a) * (numpy.arange(steps + 1)[:, None] / steps))
    tree = cKDTree(numpy.concatenate(dense))
    begin = time.perf_counter()
    found, _ = tree.query(points, distance_upper_bound=REACH_M, workers=-1)
    seconds = time.perf_counter() - begin
    both = near & numpy.isfinite(found)
    print(f"KD-tree (scipy {scipy.__version__}, {tree.n} points): {len(points) / seconds / 1e6:.2f} M points/s; distances "
          f"{(found[both] - distances[both]).mean():.3f} m too long in the mean, {(found[both] - distances[both]).max():.3f} at most")


if __name__ == "__main__":
    main()
