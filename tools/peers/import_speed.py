"""Speed and memory of a whole import, beside quick-xml on the same file in the same run.

    python3 tools/peers/make_big_gml.py --out FOLDER BUILDINGS.gml...
    cargo build --release -p futago
    cargo build --release -p futago_citygml --example rate
    python3 tools/peers/import_speed.py --futago target/release/futago --rate target/release/examples/rate FOLDER/big_300.gml

The two take turns. MB are millions of bytes of the CityGML file. Only ratios of one run mean something on a
machine that does other things as well; the best round is the one least disturbed.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time


def import_once(futago, file, threads):
    with tempfile.TemporaryDirectory() as folder:
        pack = pathlib.Path(folder) / "t.city"
        command = [futago, "import", str(file), "-o", str(pack), "--threads", str(threads)]
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            raise SystemExit(f"the import failed with {status}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, pack.stat().st_size / 1e6


def events_once(rate, file):
    text = subprocess.run([rate, str(file), "1"], capture_output=True, text=True, check=True).stdout
    return float(re.search(r"buffered events: ([\d.]+) MB/s", text).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futago", required=True)
    parser.add_argument("--rate", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("file", type=pathlib.Path)
    options = parser.parse_args()
    megabytes = options.file.stat().st_size / 1e6
    imports, events = [], []
    for _ in range(options.rounds):
        events.append(events_once(options.rate, options.file))
        imports.append(import_once(options.futago, options.file, options.threads))
    rates = [megabytes / seconds for seconds, *_ in imports]
    print(f"{megabytes:.0f} MB, {options.rounds} rounds, {options.threads} threads")
    print(f"quick-xml, buffered events, one thread: best {max(events):.0f} MB/s, median {statistics.median(events):.0f}")
    print(f"whole import: best {max(rates):.0f} MB/s, median {statistics.median(rates):.0f}, worst {min(rates):.0f}")
    print(f"ratio: best {max(rates) / max(events):.2f}, median {statistics.median(rates) / statistics.median(events):.2f}")
    cpu, memory, pack = min(i[1] for i in imports), max(i[2] for i in imports), imports[0][3]
    print(f"least CPU time {cpu:.2f} s; most memory {memory:.0f} MB; pack {pack:.0f} MB: {memory - pack:.0f} MB without it")


if __name__ == "__main__":
    main()
