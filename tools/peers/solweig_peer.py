"""The peer of the sky view: solweig on a 1 m surface model made from the same solids. Prints one JSON object.

solweig_peer.py FOLDER GROUND_JSON    (FOLDER as written by `rates --dump`; writes solweig_svf.f32 into it)
"""

import json
import pathlib
import sys
import time
from importlib.metadata import version

import numpy as np
import rasterio.features
import rasterio.transform
from solweig import rustalgos

import bench

PATCH_OPTION, PATCHES = 2, 153  # what solweig's own SurfaceData.prepare() takes
LOWEST_SUN_DEG = 3.0


def surface_model(folder: pathlib.Path, ground: dict) -> np.ndarray:
    """Highest solid at each grid point (rows south to north), metres."""
    corners = bench.floats(folder / "mesh_vertices.f32", 3)
    triangles = corners[np.fromfile(folder / "mesh_triangles.u32", np.uint32).reshape(-1, 3)]
    west, south = (first - ground["spacing_m"] / 2 for first in ground["first_m"])
    east = west + ground["columns"] * ground["spacing_m"]
    north = south + ground["rows"] * ground["spacing_m"]
    level = (triangles[:, :, 2].min(axis=1) == triangles[:, :, 2].max(axis=1)) & (triangles[:, 0, 2] > 0)
    low, high = triangles.min(axis=1), triangles.max(axis=1)
    near = (high[:, 0] > west) & (low[:, 0] < east) & (high[:, 1] > south) & (low[:, 1] < north)
    tops = triangles[level & near]
    tops = tops[np.argsort(tops[:, 0, 2], kind="stable")]
    shapes = (({"type": "Polygon", "coordinates": [[*t[:, :2].tolist(), t[0, :2].tolist()]]}, float(t[0, 2])) for t in tops)
    transform = rasterio.transform.from_origin(west, north, ground["spacing_m"], ground["spacing_m"])
    size = (ground["rows"], ground["columns"])
    return np.flipud(rasterio.features.rasterize(shapes, size, transform=transform, dtype="float32"))


def main() -> None:
    folder, ground = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2])
    surface = surface_model(folder, ground)
    # Rasters run north to south.
    raster = np.ascontiguousarray(np.flipud(surface), np.float32)
    nothing = np.zeros_like(raster)
    rustalgos.shadowing.disable_gpu()
    wall, cpu = time.perf_counter(), time.process_time()
    result = rustalgos.skyview.SkyviewRunner().calculate_svf(
        raster, nothing, nothing, ground["spacing_m"], False, float(raster.max()), PATCH_OPTION, LOWEST_SUN_DEG
    )
    took = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    seen = np.flipud(np.asarray(result.svf, np.float32))
    seen.tofile(folder / "solweig_svf.f32")
    print(json.dumps({"version": version("solweig"), "patches": PATCHES, "pixels": raster.size, "sky": took,
                      "built_over": float((surface > 0).mean())}))


if __name__ == "__main__":
    main()
