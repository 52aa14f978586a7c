"""Many reports, one line out for each line in, in order, over several processes if asked."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from geoincidents.cli.common import hints_from, open_from, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import TextIO

    from geoincidents.pipeline import Hints

#: Lines handed to a process at once.
_CHUNK = 16


def geoparse_batch(options: argparse.Namespace) -> int:
    """Geoparse an NDJSON file; a line that is no report gives a line that says so."""
    settings = (options.gazetteer, hints_from(options), bool(options.geometry))
    failed = 0
    with lines_of(options.batch) as source, output_to(options.output) as sink:
        for number, (line, problem) in enumerate(_results(source, options.workers, settings), 1):
            if problem:
                failed += 1
                say(f"line {number}: {problem}")
            sink.write(line + "\n")
    return 1 if failed else 0


def _results(
    source: Iterator[str], workers: int, settings: tuple[Any, Hints, bool]
) -> Iterator[tuple[str, str | None]]:
    if workers <= 1:
        _start(*settings)
        yield from map(_geoparse_line, _shown(source))
        return
    from multiprocessing import get_context

    with get_context("spawn").Pool(workers, _start, settings) as pool:
        yield from _shown(pool.imap(_geoparse_line, source, chunksize=_CHUNK))


def _shown(items: Iterator[Any]) -> Iterator[Any]:
    if not sys.stderr.isatty():
        return iter(items)
    from tqdm import tqdm

    return iter(tqdm(items, unit="report", leave=False))


_worker: Any = None


def _start(gazetteer: list[str] | None, hints: Hints, geometry: bool) -> None:
    """Open the gazetteer once a process."""
    import argparse

    global _worker  # noqa: PLW0603 - a pool's processes have no other memory
    opened = open_from(argparse.Namespace(gazetteer=gazetteer))
    _worker = partial(_line_record, gazetteer=opened, hints=hints, geometry=geometry)


def _geoparse_line(line: str) -> tuple[str, str | None]:
    from geoincidents.errors import ReportError

    try:
        return json.dumps(_worker(line), ensure_ascii=True), None
    except ReportError as error:
        record = {"id": _id_of(line), "mentions": [], "error": str(error)}
        return json.dumps(record), str(error)


def _id_of(line: str) -> Any:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return row.get("id") if isinstance(row, dict) else None


def _line_record(line: str, *, gazetteer: Any, hints: Hints, geometry: bool) -> dict[str, Any]:
    from geoincidents.pipeline import geoparse
    from geoincidents.publishing import footprints
    from geoincidents.records import mention_record
    from geoincidents.reports.ndjson import load_json, report_from_json

    row = load_json(line, "this line")
    report = report_from_json(row, "this line", "")
    mentions = geoparse(report, gazetteer=gazetteer, hints=hints)
    shapes = footprints(gazetteer) if geometry else None
    rows = [mention_record(m, geometry=geometry, footprints=shapes) for m in mentions]
    return {"id": row.get("id"), "mentions": rows}


@contextmanager
def lines_of(path: str) -> Iterator[Iterator[str]]:
    """Lines of a file, or of standard input for ``-``; empty ones are passed over.

    Raises
    ------
    UsageError
        When the file cannot be opened.
    """
    from pathlib import Path

    from geoincidents.errors import UsageError

    if path == "-":
        yield (line for line in sys.stdin if line.strip())
        return
    try:
        stream = Path(path).open(encoding="utf-8", errors="surrogateescape", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror}); check the path.") from None
    with stream:
        yield (line for line in stream if line.strip())


@contextmanager
def output_to(path: str | None) -> Iterator[TextIO]:
    """Standard output, or a file that is replaced whole when all is done."""
    if path in {None, "-"}:
        yield sys.stdout
        return
    from pathlib import Path

    from geoincidents.atomic import replacing

    with (
        replacing(Path(str(path))) as fresh,
        fresh.open("w", encoding="utf-8", newline="\n") as sink,
    ):
        yield sink
