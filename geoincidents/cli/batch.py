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
    from geoincidents.reports.source import Line

    #: Gazetteers, hints, whether footprints are wanted, and the fields' names.
    Settings = tuple[list[str] | None, Hints, bool, dict[str, str]]
    #: The line that answers a line, and what was wrong with that.
    Result = tuple[str, str | None]

#: Lines handed to a process at once.
_CHUNK = 16
#: Lines under way for each process: what is read ahead is bounded, however slow one line is.
_UNDER_WAY = 4 * _CHUNK


def geoparse_batch(options: argparse.Namespace) -> int:
    """Geoparse an NDJSON file; a line that is no report gives a line that says so."""
    from geoincidents.reports import columns_from

    given = columns_from(options.columns)
    failed = 0
    with _numbered_lines(options.batch) as found, output_to(options.output) as sink:
        lines, mapping = _mapped(found, given, options.batch)
        settings = (options.gazetteer, hints_from(options), bool(options.geometry), mapping)
        for line, problem in _results(lines, options.workers, settings):
            if problem:
                failed += 1
                say(problem)
            sink.write(line + "\n")
    return 1 if failed else 0


def _mapped(
    lines: Iterator[Line], given: dict[str, str], path: str
) -> tuple[Iterator[Line], dict[str, str]]:
    """The lines, and which of their fields is read as which of ours, shown where names differ."""
    from geoincidents.reports.columns import shown
    from geoincidents.reports.ndjson import fields_of

    lines, mapping = fields_of(lines, path, given)
    if any(key != head for key, head in mapping.items()):
        say(shown(mapping, path))
    return lines, mapping


def _results(lines: Iterator[Line], workers: int, settings: Settings) -> Iterator[Result]:
    if workers <= 1:
        _start(*settings)
        yield from _shown(map(_geoparse_line, lines))
        return
    from multiprocessing import get_context

    slots = Slots(workers * _UNDER_WAY)
    with get_context("spawn").Pool(workers, _start, settings) as pool:
        try:
            for result in _shown(pool.imap(_geoparse_line, slots.taken(lines), chunksize=_CHUNK)):
                slots.free()
                yield result
        finally:
            slots.close()


class Slots:
    """So many lines may be under way; a pool would read all of its input ahead."""

    def __init__(self, count: int) -> None:
        from threading import Semaphore

        self._free = Semaphore(count)
        self._closed = False

    def taken(self, lines: Iterator[Line]) -> Iterator[Line]:
        """Lines, each once there is room for it."""
        for line in lines:
            self._free.acquire()
            if self._closed:
                return
            yield line

    def free(self) -> None:
        """Give one place back."""
        self._free.release()

    def close(self) -> None:
        """Let who waits for a place go, and take no more lines."""
        self._closed = True
        self._free.release()


def _shown(items: Iterator[Any]) -> Iterator[Any]:
    if not sys.stderr.isatty():
        return iter(items)
    from tqdm import tqdm

    return iter(tqdm(items, unit="report", leave=False))


_worker: Any = None


def _start(
    gazetteer: list[str] | None, hints: Hints, geometry: bool, mapping: dict[str, str]
) -> None:
    """Open the gazetteer once a process."""
    import argparse

    global _worker  # noqa: PLW0603 - a pool's processes have no other memory
    opened = open_from(argparse.Namespace(gazetteer=gazetteer))
    _worker = partial(
        _line_record, gazetteer=opened, hints=hints, geometry=geometry, mapping=mapping
    )


def _geoparse_line(line: Line) -> Result:
    from geoincidents.errors import ReportError

    try:
        return json.dumps(_worker(line), ensure_ascii=True), None
    except ReportError as error:
        record = {"id": _id_of(line), "mentions": [], "error": str(error)}
        return json.dumps(record), str(error)


def _id_of(line: Line) -> Any:
    try:
        row = json.loads(line.data or b"null")
    except (ValueError, RecursionError):
        return None
    return row.get("id") if isinstance(row, dict) else None


def _line_record(
    line: Line, *, gazetteer: Any, hints: Hints, geometry: bool, mapping: dict[str, str]
) -> dict[str, Any]:
    from geoincidents.pipeline import geoparse
    from geoincidents.publishing import footprints
    from geoincidents.records import mention_record
    from geoincidents.reports.ndjson import json_of_line, renamed, report_from_json

    where = f"line {line.number}"
    row = renamed(json_of_line(line.data, where), mapping)
    report = report_from_json(row, where, "")
    mentions = geoparse(report, gazetteer=gazetteer, hints=hints)
    shapes = footprints(gazetteer) if geometry else None
    rows = [mention_record(m, geometry=geometry, footprints=shapes) for m in mentions]
    return {"id": row.get("id"), "mentions": rows}


@contextmanager
def _numbered_lines(path: str) -> Iterator[Iterator[Line]]:
    """Lines of a file, or of standard input for ``-``; empty ones are passed over.

    One line is held at a time, and of one that is too long nothing.

    Raises
    ------
    UsageError
        When the file cannot be opened.
    """
    from pathlib import Path

    from geoincidents.errors import UsageError
    from geoincidents.reports.source import filled_lines

    if path == "-":
        yield filled_lines(sys.stdin.buffer)
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror}); check the path.") from None
    with stream:
        yield filled_lines(stream)


@contextmanager
def lines_of(path: str) -> Iterator[Iterator[str]]:
    """Lines as text, for `locate`; of one that is too long only "" is given.

    Raises
    ------
    UsageError
        When the file cannot be opened.
    """
    with _numbered_lines(path) as lines:
        yield ((data or b"").decode("utf-8", "surrogateescape") for _, data in lines)


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
