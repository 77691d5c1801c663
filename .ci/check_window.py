"""Opens the window on a display in memory, lets a script drive it, and looks at the pictures it leaves.

Then the same program without any display: pictures of other sizes, a film, and a graphics device that is lost.
"""

import os
import pathlib
import re
import struct
import subprocess
import sys
import zlib

ON_A_DISPLAY = """
{"picture": "%(work)s/noon.png"}
{"go_to": "2026-12-22T08:30:00Z"}
{"language": "en"}
{"dark": true}
{"picture": "%(work)s/night.png"}
{"go_to": "2026-12-22T03:00:00Z"}
{"find": "東京都庁第一本庁舎"}
{"ask": {"kind": "facades", "spacing_m": 8}}
{"ask": {"kind": "sun_hours", "side_m": 800, "spacing_m": 8}}
{"swipe": 0.6}
{"picture": "%(work)s/hours.png"}
{"monkey": [1, 40]}
{"show": ["buildings", true]}
{"underground": false}
{"section": null}
{"opacity": ["buildings", 1.0]}
{"look": {"target_m": [60, 60, 40], "heading_deg": 300, "pitch_deg": 20, "distance_m": 900}}
{"picture": "%(work)s/after.png"}
"tell"
"quit"
"""

WITHOUT_A_DISPLAY = """
{"note": {"number": 1, "at_m": [60, 60, 2], "text": "日当たり"}}
{"look": {"target_m": [60, 60, 40], "heading_deg": 300, "pitch_deg": 20, "distance_m": 900}}
{"picture_of": ["%(work)s/small.png", [480, 270]]}
{"film": ["%(work)s/film", {"hours": [9, 11], "step_min": 60, "size": [480, 270]}]}
"lose_device"
{"wait": 200}
"quit"
"""

MOST_DRAW_CALLS = 300
MOST_GPU_MB = 700


def main():
    program, work = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    read, write = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1300x740x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        done = run(program, work, ON_A_DISPLAY, DISPLAY=f":{number}")
    finally:
        display.terminate()
    if done.returncode != 0:
        sys.exit(f"FAILED: the window ended with {done.returncode}\n{done.stderr[-4000:]}")
    for name in ("noon", "night", "hours", "after"):
        look_at(work / f"{name}.png", (1280, 720))
    hold_against_limits(done.stdout)

    done = run(program, work, WITHOUT_A_DISPLAY)
    look_at(work / "small.png", (480, 270))
    for number in range(3):
        look_at(work / "film" / f"frame-{number:04}.png", (480, 270))
    view_is_kept(done)


def run(program, work, script, **more):
    path = work / "window.jsonl"
    path.write_text(script % {"work": work}, encoding="utf-8")
    command = [program, "--lang", "ja", "view", "--commands", str(path)]
    here = dict(os.environ, TMPDIR=str(work), **more)
    return subprocess.run(command, env=here, timeout=900, capture_output=True, text=True)


def hold_against_limits(told):
    print(told.strip())
    draws = float(re.search(r'"draw_calls":(\d+)', told)[1])
    memory = float(re.search(r'"gpu_memory_mb":([0-9.]+)', told)[1])
    if draws > MOST_DRAW_CALLS or memory > MOST_GPU_MB:
        sys.exit(f"FAILED: at most {MOST_DRAW_CALLS} draw calls and {MOST_GPU_MB} MB of graphics memory are allowed")


def view_is_kept(done):
    if done.returncode == 0:
        sys.exit("FAILED: a lost graphics device was not noticed")
    kept = re.search(r"--state (\S+)", done.stderr)
    if not kept or "日当たり" not in pathlib.Path(kept[1]).read_text(encoding="utf-8"):
        sys.exit(f"FAILED: the view was not kept\n{done.stderr[-4000:]}")
    print("a lost device: the view is kept")


def look_at(path, wanted):
    width, height, colours = size_and_colours(path)
    print(f"{path.name}: {width} x {height}, {colours} colours")
    if (width, height) != wanted:
        sys.exit(f"FAILED: {path.name} has another size")
    # At 1280 x 720 panels, letters, ground and sky alone have 740; towers at night 2700.
    if colours < 1500 * wanted[0] // 1280:
        sys.exit(f"FAILED: {path.name} shows no city")


def size_and_colours(path):
    data = path.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += length + 12
    rows = zlib.decompress(packed)
    stride = len(rows) // height
    # Filtered bytes are as varied as the picture; every seventh pixel is enough.
    colours = {rows[i : i + 3] for y in range(0, height, 3) for i in range(y * stride + 1, (y + 1) * stride - 3, 21)}
    return width, height, len(colours)


if __name__ == "__main__":
    main()
