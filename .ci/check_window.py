"""Opens the window on a display in memory, lets a script drive it, and looks at the pictures it leaves."""

import os
import pathlib
import struct
import subprocess
import sys
import zlib

SCRIPT = """
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
{"picture": "%(work)s/after.png"}
"quit"
"""


def main():
    program, work = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    script = work / "window.jsonl"
    script.write_text(SCRIPT % {"work": work}, encoding="utf-8")
    read, write = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1300x740x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        here = dict(os.environ, DISPLAY=f":{number}")
        command = [program, "--lang", "ja", "view", "--commands", str(script)]
        done = subprocess.run(command, env=here, timeout=900, capture_output=True, text=True)
    finally:
        display.terminate()
    if done.returncode != 0:
        sys.exit(f"FAILED: the window ended with {done.returncode}\n{done.stderr[-4000:]}")
    for name in ("noon", "night", "hours", "after"):
        look_at(work / f"{name}.png")


def look_at(path):
    width, height, colours = size_and_colours(path)
    print(f"{path.name}: {width} x {height}, {colours} colours")
    if (width, height) != (1280, 720):
        sys.exit(f"FAILED: {path.name} has another size")
    # Panels, letters, ground and sky alone have 740; towers at night 2700.
    if colours < 1500:
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
