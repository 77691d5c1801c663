"""Runs the built-in scenario in an empty folder and looks at what it leaves: a report, and memory in bounds."""

import json
import os
import pathlib
import resource
import subprocess
import sys
import time

MAX_PEAK_BYTES = 1_500_000_000


def main():
    program, work = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    folder = work / "run"
    folder.mkdir()
    start = time.monotonic()
    # No arguments, no terminal: what a new user types, as a log sees it.
    done = subprocess.run([program], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    seconds = time.monotonic() - start
    print(done.stdout)
    if done.returncode != 0:
        sys.exit(f"FAILED: the built-in run ended with {done.returncode}")
    # Kilobytes on Linux; the program is the only child so far.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    results = folder / "results" / "winter-solstice"
    report = results / "report.html"
    if not report.is_file() or report.stat().st_size < 100_000:
        sys.exit("FAILED: no report.html worth the name")
    summary = json.loads((results / "result.json").read_text(encoding="utf-8"))
    left = [str(path) for path in folder.rglob("*.part")] + [p for p in os.listdir(folder) if p != "results"]
    if left:
        sys.exit(f"FAILED: left behind: {left}")
    if not summary:
        sys.exit("FAILED: result.json is empty")
    files = sum(1 for path in results.rglob("*") if path.is_file())
    print(f"{files} files, report of {report.stat().st_size} bytes, {seconds:.1f} s, peak memory {peak / 1e6:.0f} MB")
    if peak > MAX_PEAK_BYTES:
        sys.exit(f"FAILED: peak memory {peak / 1e6:.0f} MB, at most {MAX_PEAK_BYTES / 1e6:.0f} MB")


main()
