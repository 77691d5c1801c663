"""The same buildings in CesiumJS and in Futago's window, on one machine: frames a second while the eye moves.

Needs Chromium, a folder with CesiumJS (`npm install cesium`), and Xvfb where there is no display.

    python3 tools/peers/cesium.py --cesium node_modules/cesium/Build/Cesium target/release/futago

CesiumJS shows the city that `futago export mesh` writes, as one 3D Tile, without globe, sky and shadows. Both draw
1280 x 720 and move from the same pose to the same pose; Futago steps its quality by itself.
"""

import argparse
import functools
import http.server
import json
import math
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import threading

FRAMES = 60
# Without a graphics card a frame of CesiumJS takes seconds.
CESIUM_FRAMES = 6
SIZE = (1280, 720)
FROM = {"target_m": [60, 60, 60], "heading_deg": 318, "pitch_deg": 24, "distance_m": 1350}
TO = {"target_m": [-300, 200, 40], "heading_deg": 380, "pitch_deg": 30, "distance_m": 1200}

PAGE = """<!DOCTYPE html><meta charset="utf-8">
<link rel="stylesheet" href="cesium/Widgets/widgets.css">
<style>body{margin:0;overflow:hidden}#view{width:1280px;height:720px}</style><div id="view"></div>
<script>window.CESIUM_BASE_URL = "cesium/";</script><script src="cesium/Cesium.js"></script>
<script>
const [from, to, frames, lon, lat] = %s;
const tell = result => fetch("/result", {method: "POST", body: JSON.stringify(result)});
const mix = (a, b, t) => a + (b - a) * t;
(async () => {
  const viewer = new Cesium.CesiumWidget("view", {baseLayer: false, skyBox: false, skyAtmosphere: false,
    globe: false, requestRenderMode: false, contextOptions: {webgl: {antialias: false}}});
  const scene = viewer.scene;
  const tiles = await Cesium.Cesium3DTileset.fromUrl("tileset.json", {maximumScreenSpaceError: 1});
  scene.primitives.add(tiles);
  const frame = Cesium.Transforms.eastNorthUpToFixedFrame(Cesium.Cartesian3.fromDegrees(lon, lat, 0));
  const look = t => {
    const at = from.target_m.map((v, i) => mix(v, to.target_m[i], t));
    const place = Cesium.Matrix4.multiplyByPoint(frame, new Cesium.Cartesian3(...at), new Cesium.Cartesian3());
    scene.camera.lookAt(place, new Cesium.HeadingPitchRange(
      Cesium.Math.toRadians(mix(from.heading_deg, to.heading_deg, t)),
      -Cesium.Math.toRadians(mix(from.pitch_deg, to.pitch_deg, t)), mix(from.distance_m, to.distance_m, t)));
  };
  look(0);
  const ready = () => new Promise(done => requestAnimationFrame(done));
  while (!tiles.tilesLoaded || tiles.statistics.numberOfTrianglesSelected === 0) await ready();
  for (let k = 0; k < 10; k++) await ready();
  const start = performance.now();
  for (let k = 0; k < frames; k++) { look(k / frames); await ready(); }
  const took = (performance.now() - start) / 1000;
  tell({frames_a_second: frames / took, triangles: tiles.statistics.numberOfTrianglesSelected,
        cesium: Cesium.VERSION, size: [scene.canvas.width, scene.canvas.height],
        renderer: scene.context._gl.getParameter(scene.context._gl.RENDERER)});
})().catch(error => tell({error: String(error.stack || error)}));
</script>
"""


class Desk(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and takes the page's answer."""

    answer = None
    came = threading.Event()

    def do_POST(self):
        Desk.answer = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        Desk.came.set()

    def log_message(self, *_):
        pass


def cesium(program, cesium_folder, work, chromium):
    subprocess.run([program, "export", "mesh", "-o", str(work / "city.glb")], check=True, stdout=subprocess.DEVNULL)
    strip(work / "city.glb")
    os.symlink(cesium_folder.resolve(), work / "cesium")
    info = json.loads(subprocess.run([program, "info", "--json"], check=True, capture_output=True).stdout)
    west, south, east, north = info["bounds_deg"]
    (work / "tileset.json").write_text(json.dumps(tileset((west + east) / 2, (south + north) / 2)))
    told = json.dumps([FROM, TO, CESIUM_FRAMES, (west + east) / 2, (south + north) / 2])
    (work / "index.html").write_text(PAGE % told, encoding="utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Desk, directory=work))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [chromium, "--headless=new", "--no-sandbox", "--no-first-run", "--use-angle=swiftshader",
               "--enable-unsafe-swiftshader", "--disable-gpu-watchdog", "--disable-background-networking",
               f"--window-size={SIZE[0]},{SIZE[1]}", f"--user-data-dir={work / 'profile'}",
               f"http://127.0.0.1:{server.server_port}/index.html"]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not Desk.came.wait(600):
            return {"error": "no answer in ten minutes"}
        return Desk.answer
    finally:
        browser.terminate()
        server.shutdown()


def strip(path):
    """Only triangles: CesiumJS would put every building's attributes into a texture larger than it may be."""
    data = path.read_bytes()
    length = struct.unpack("<I", data[12:16])[0]
    tree = json.loads(data[20 : 20 + length])
    rest = data[20 + length :]
    for key in ("extensions", "extensionsUsed", "extensionsRequired"):
        tree.pop(key, None)
    for mesh in tree["meshes"]:
        for primitive in mesh["primitives"]:
            primitive.pop("extensions", None)
            for name in [name for name in primitive["attributes"] if name.startswith("_")]:
                primitive["attributes"].pop(name)
    text = json.dumps(tree, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    head = struct.pack("<4sIIII", b"glTF", 2, 20 + len(text) + len(rest), len(text), 0x4E4F534A)
    path.write_bytes(head + text + rest)


def tileset(lon_deg, lat_deg):
    """One tile: the whole city, standing at a place of the Earth."""
    lon, lat = math.radians(lon_deg), math.radians(lat_deg)
    (sl, cl), (sp, cp) = (math.sin(lon), math.cos(lon)), (math.sin(lat), math.cos(lat))
    n = 6378137.0 / math.sqrt(1 - 6.69437999014e-3 * sp * sp)
    place = [n * cp * cl, n * cp * sl, n * (1 - 6.69437999014e-3) * sp]
    transform = [-sl, cl, 0, 0, -sp * cl, -sp * sl, cp, 0, cp * cl, cp * sl, sp, 0, *place, 1]
    root = {"transform": transform, "boundingVolume": {"sphere": [0, 0, 100, 2500]}, "geometricError": 0,
            "refine": "REPLACE", "content": {"uri": "city.glb"}}
    return {"asset": {"version": "1.1"}, "geometricError": 1000, "root": root}


def futago(program, work):
    fly = json.dumps({"fly": [FROM, TO, FRAMES]})
    script = work / "fly.jsonl"
    # The first flight teaches the window how fast the machine is.
    script.write_text(f'{{"wait": 5}}\n{{"panels": false}}\n{fly}\n{fly}\n"tell"\n"quit"\n')
    command = [program, "view", "--commands", str(script), "--size", f"{SIZE[0]}x{SIZE[1]}"]
    if not os.environ.get("DISPLAY"):
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {SIZE[0]}x{SIZE[1]}x24", *command] if shutil.which("xvfb-run") else command
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    flights = [line for line in lines if "frames_a_second" in line]
    return {**flights[-1], "triangles": lines[-1]["triangles"]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program", type=pathlib.Path)
    arguments.add_argument("--cesium", type=pathlib.Path, required=True, help="folder with Cesium.js")
    arguments.add_argument("--chromium", default="chromium")
    arguments.add_argument("--rounds", type=int, default=3)
    args = arguments.parse_args()
    program = str(args.program.resolve())
    for _ in range(args.rounds):
        Desk.came.clear()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            work = pathlib.Path(folder)
            print("CesiumJS", json.dumps(cesium(program, args.cesium, work, args.chromium)), flush=True)
            print("Futago  ", json.dumps(futago(program, work)), flush=True)


if __name__ == "__main__":
    main()
