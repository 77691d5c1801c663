"""What measure.py and truth.py share: building the programs and reading their arrays."""

import json
import os
import pathlib
import subprocess
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACK = ROOT / "assets/nishi-shinjuku/buildings.city"


def build_example(name: str) -> pathlib.Path:
    """Builds an example of the sunlight crate; gives the program."""
    command = ["cargo", "build", "--release", "-p", "futago_sunlight", "--example", name]
    subprocess.run([*command, "--quiet"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return target / "release/examples" / name


def build_embree(folder: pathlib.Path) -> pathlib.Path:
    """Compiles the Embree peer into a folder; gives the program. Needs g++ and libembree-dev (3.13)."""
    program = folder / "embree_peer"
    flags = ["-O3", "-march=native", "-std=c++17"]
    source = HERE / "embree_peer.cpp"
    subprocess.run(["g++", *flags, source, "-o", program, "-lembree3", "-lpthread"], check=True)
    return program


def run_json(command: list, threads: int | None = None) -> dict:
    """Runs a program that prints one JSON object."""
    environment = dict(os.environ)
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    done = subprocess.run([str(c) for c in command], env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def floats(path: pathlib.Path, width: int) -> np.ndarray:
    return np.fromfile(path, np.float32).reshape(-1, width)


def cpu_name() -> str:
    facts = {}
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    return f"{facts['model name']}, family {facts['cpu family']} model {facts['model']}, {os.cpu_count()} cores"


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def fail(bars: list[str]) -> int:
    """Prints the bars that were missed; the exit code."""
    for bar in bars:
        print(f"MISSED: {bar}", file=sys.stderr)
    return 1 if bars else 0
