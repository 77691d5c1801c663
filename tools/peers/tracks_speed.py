#!/usr/bin/env python3
"""Bins 20 million points in Futago, polars and DuckDB, in one run: from Parquet and from CSV.

    pip install polars duckdb pyarrow
    python3 tools/peers/tracks_speed.py [--work FOLDER] [--points 20000000] [--ids 100000] [--rounds 5]

Each reads a file, keeps points of accuracy <= 50 m in bounds, puts them into cells of about 25 m and hours, and counts
points and different ids of each bin, exactly. The points are made by the crate's example, from a seed. Peers take turns
so that all meet the same noise; medians count. All bins must be the same. Bars are judged by CPU seconds over cores, which
is wall time on a machine that does nothing else; wall time stands beside it. Ends with 1 when a bar is missed.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb
import polars as pl

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WEST, SOUTH, EAST, NORTH = 139.67, 35.67, 139.72, 35.71
LON_STEP, LAT_STEP = 0.0002765, 0.0002253
COLUMNS = 181  # (EAST - WEST) / LON_STEP, rounded up
# As the example has it: one over the step.
PER_LON, PER_LAT = 1.0 / LON_STEP, 1.0 / LAT_STEP


def build() -> pathlib.Path:
    command = ["cargo", "build", "--release", "-p", "futago_tracks", "--example", "tracks_speed", "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return target / "release/examples/tracks_speed"


def ours(program, file, dump=None):
    command = [program, "bin", file, "degrees"] + ([dump] if dump else [])
    done = subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def polars_bins(file):
    """With the streaming engine, which was the faster of the two by half (polars 2.1.0)."""
    if file.suffix == ".parquet":
        points = pl.scan_parquet(file)
        hour = pl.col("timestamp").dt.epoch("s") // 3600
    else:
        points = pl.scan_csv(file)
        hour = pl.col("timestamp") // 3600
    lon, lat = pl.col("longitude"), pl.col("latitude")
    column = ((lon - WEST) * PER_LON).floor().cast(pl.Int32)
    row = ((lat - SOUTH) * PER_LAT).floor().cast(pl.Int32)
    inside = (lon >= WEST) & (lon < EAST) & (lat >= SOUTH) & (lat < NORTH)
    return (
        points.filter((pl.col("accuracy") <= 50) & inside)
        .group_by((row * COLUMNS + column).alias("cell"), hour.cast(pl.Int64).alias("hour"))
        .agg(pl.len().alias("points"), pl.col("id").n_unique().alias("ids"))
        .collect(engine="streaming")
    )


def duckdb_bins(file):
    parquet = file.suffix == ".parquet"
    source = f"read_parquet('{file}')" if parquet else f"read_csv('{file}')"
    hour = "epoch_ms(timestamp) // 3600000" if parquet else "timestamp // 3600"
    query = f"""
        SELECT CAST(floor((latitude - {SOUTH}::DOUBLE) * {PER_LAT!r}::DOUBLE) AS INTEGER) * {COLUMNS}
             + CAST(floor((longitude - {WEST}::DOUBLE) * {PER_LON!r}::DOUBLE) AS INTEGER) AS cell,
               CAST({hour} AS BIGINT) AS hour, count(*) AS points, count(DISTINCT id) AS ids
        FROM {source}
        WHERE accuracy <= 50 AND longitude >= {WEST}::DOUBLE AND longitude < {EAST}::DOUBLE
          AND latitude >= {SOUTH}::DOUBLE AND latitude < {NORTH}::DOUBLE
        GROUP BY ALL"""
    return duckdb.sql(query).pl()


def cpu_s(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def clocked(run, who=resource.RUSAGE_SELF):
    """Wall seconds, CPU seconds of all threads, and what was made."""
    begun, used = time.perf_counter(), cpu_s(who)
    made = run()
    return time.perf_counter() - begun, cpu_s(who) - used, made


def same(mine: pl.DataFrame, other: pl.DataFrame) -> bool:
    keys = ["cell", "hour"]
    whole = lambda bins: bins.select(pl.all().cast(pl.Int64)).select([*keys, "points", "ids"]).sort(keys)
    return whole(mine).equals(whole(other))


def compare(program, file, work, rounds, points):
    """Median wall and CPU seconds of each; whether all agree."""
    dump = work / "bins.csv"
    ours(program, file, dump)
    mine = pl.read_csv(dump)
    takers = {
        "polars": lambda: polars_bins(file),
        "DuckDB": lambda: duckdb_bins(file),
    }
    seconds = {"Futago": [], **{name: [] for name in takers}}
    agree = True
    for number in range(rounds):
        *took, _ = clocked(lambda: ours(program, file), resource.RUSAGE_CHILDREN)
        seconds["Futago"].append(took)
        for name, run in takers.items():
            *took, made = clocked(run)
            seconds[name].append(took)
            if number == 0 and not same(mine, made):
                print(f"{name} has other bins from {file.name}", file=sys.stderr)
                agree = False
    medians = {}
    for name, took in seconds.items():
        wall, cpu = (statistics.median(clock) for clock in zip(*took))
        medians[name] = wall, cpu
        rate = points / 1e6
        print(f"  {name:7} {rate / wall:6.1f} M points/s by the wall, {rate / cpu * os.cpu_count():6.1f} by CPU time")
    print(f"  {len(mine):,} bins, {mine['points'].sum():,} points kept, {mine['ids'].sum():,} distinct; all the same: {agree}")
    return medians, agree


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--work", type=pathlib.Path, help="keep the files here")
    arguments.add_argument("--points", type=int, default=20_000_000)
    arguments.add_argument("--ids", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    if chosen.work:
        chosen.work.mkdir(parents=True, exist_ok=True)
        return run(chosen, chosen.work)
    with tempfile.TemporaryDirectory() as folder:
        return run(chosen, pathlib.Path(folder))


def run(chosen, work) -> int:
    program = build()
    print(f"polars {pl.__version__}, DuckDB {duckdb.__version__}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{chosen.points:,} points, {chosen.ids:,} ids, {chosen.rounds} rounds in turn, medians")
    took, agree = {}, True
    for ending in ("parquet", "csv"):
        file = work / f"points-{chosen.points}-{chosen.ids}.{ending}"
        if not file.exists():
            subprocess.run([program, "make", file, str(chosen.points), str(chosen.ids)], check=True)
        print(f"from {ending} ({file.stat().st_size / 1e6:.0f} MB)")
        took[ending], same_bins = compare(program, file, work, chosen.rounds, chosen.points)
        agree &= same_bins
    least = {"parquet": 1, "csv": 3}
    missed = not agree
    for ending, peer, aim in (("parquet", "polars", ", aim 2"), ("csv", "DuckDB", "")):
        for clock, name in enumerate(("by the wall", "by CPU time")):
            ratio = took[ending][peer][clock] / took[ending]["Futago"][clock]
            judged = name == "by CPU time"
            missed |= judged and ratio < least[ending]
            bar = f" (at least {least[ending]}{aim})" if judged else ""
            print(f"from {ending} against {peer}, {name}: {ratio:.2f}{bar}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
