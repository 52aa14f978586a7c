"""How fast whole reports are read, how that grows with their length, and how soon it starts.

    python benchmarks/geoparse.py REPORTS.ndjson [--runs N] [--largest BYTES]

REPORTS.ndjson holds one report a line, as ``geoincidents geoparse --batch`` takes it.
Prints three things, all in processor time on one core:

* megabytes of UTF-8 text a second of the whole ``geoparse`` (roles, resolution,
  spatial expressions, records), with flashgeotext beside it, from the same run,
  where that is installed; it finds cities and countries in a list and places none;
* time and greatest memory for one report of 1 kB to 10 MB, each in a process of
  its own: time to bytes stays flat when growth is linear;
* the cold start of ``geoincidents locate Belgorod`` against ``python -c pass``,
  the least of some interleaved runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MEGABYTE = 1_000_000
LOCATE = [sys.executable, "-m", "geoincidents", "locate", "Belgorod"]
BARE = [sys.executable, "-c", "pass"]


def texts_of(path: Path) -> list[str]:
    """The texts of the reports of a file."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line in stream if line.strip()]


@cache
def reader():
    """What turns a text into the line that ``geoparse --batch`` writes."""
    from geoincidents.gazetteer import open_gazetteer
    from geoincidents.pipeline import geoparse, report_from_text
    from geoincidents.records import mention_record

    gazetteer = open_gazetteer()

    def read(text: str) -> str:
        mentions = geoparse(report_from_text(text), gazetteer=gazetteer)
        return json.dumps([mention_record(mention) for mention in mentions])

    read("Shells hit Kharkiv, 30 km from the border.")
    return read


def seconds(read, texts: list[str]) -> float:
    """Processor time of reading all the texts."""
    start = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - start


def compare(texts: list[str]) -> None:
    """Speed of the whole chain, and of flashgeotext on the same texts."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    print(f"{len(texts)} reports, {size:.2f} MB")
    readers = {"geoincidents": reader()}
    if find_spec("flashgeotext"):
        from flashgeotext.geotext import GeoText

        readers["flashgeotext"] = GeoText().extract
    for name, read in readers.items():
        taken = seconds(read, texts)
        print(f"  {name:14} {taken:8.2f} s  {size / taken:8.3f} MB/s")
        if name == "geoincidents":
            taken = seconds(read, texts)
            print(f"  {'  read again':14} {taken:8.2f} s  {size / taken:8.3f} MB/s")


def grow(texts: list[str], largest: int) -> None:
    """Time and memory for reports of growing length."""
    whole = "\n\n".join(texts)
    whole *= largest // len(whole) + 1
    print(f"{'bytes':>11} {'seconds':>9} {'s/MB':>7} {'MB of memory':>13}")
    for size in (each for each in SIZES if each <= largest):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "report.txt")
            path.write_text(whole[:size], encoding="utf-8")
            told = subprocess.run(
                [sys.executable, __file__, "--alone", str(path)],
                capture_output=True, check=True, text=True,
            )  # fmt: skip
        taken, memory = map(float, told.stdout.split())
        print(f"{size:11,} {taken:9.2f} {taken / size * MEGABYTE:7.2f} {memory:13.0f}")


def alone(path: Path) -> None:
    """Read one report in this process: its time, and the most memory held."""
    taken = seconds(reader(), [path.read_text(encoding="utf-8")])
    print(taken, greatest_memory())


def greatest_memory() -> float:
    """Most memory that this process held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells there began with the parent process
        held = next(line for line in status.read_text().splitlines() if "VmHWM" in line)
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def start_up(runs: int) -> None:
    """Cold start of a plain look-up, with compiled bytecode, against a bare interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        settings.pop("PYTHONDONTWRITEBYTECODE", None)
        _processor_time(LOCATE, settings)
        _processor_time(BARE, settings)
        pairs = [
            (_processor_time(LOCATE, settings), _processor_time(BARE, settings))
            for _ in range(runs)
        ]
    locate, bare = (min(times) for times in zip(*pairs, strict=True))
    print(
        f"cold start {locate * 1000:.0f} ms, bare {bare * 1000:.0f} ms: {locate / bare:.1f} times"
    )


def _processor_time(command: list[str], settings: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=settings, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print all three."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        alone(options.alone)
        return
    if options.reports is None:
        parser.error("give an NDJSON file of reports.")
    texts = texts_of(options.reports)
    compare(texts)
    grow(texts, options.largest)
    start_up(options.runs)


if __name__ == "__main__":
    main()
