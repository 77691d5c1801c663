"""Holds `futago info --json` of the built-in city against the figures that the city must have."""

import json
import sys


def main():
    info = json.load(open(sys.argv[1], encoding="utf-8"))
    counts = info["counts"]
    roofs = {place["name_ja"]: place["main_roof_m"] for place in info["landmarks"]}
    tocho = roofs.get("東京都庁第一本庁舎") or 0.0
    checks = [
        ("buildings", counts["buildings"], counts["buildings"] >= 25_400),
        ("over 100 m in the core", counts["buildings_over_100_m_in_core"], counts["buildings_over_100_m_in_core"] >= 50),
        ("main roof of 東京都庁第一本庁舎", tocho, abs(tocho - 242.7) <= 0.5),
        ("streets, km", round(counts["streets_km"], 1), counts["streets_km"] > 50),
        ("shelters", counts["shelters"], counts["shelters"] > 0),
        ("credits", len(info["credits"]), len(info["credits"]) >= 2),
    ]
    for name, value, good in checks:
        print(f"{'ok    ' if good else 'FAILED'} {name}: {value}")
    sys.exit(0 if all(good for *_, good in checks) else 1)


main()
