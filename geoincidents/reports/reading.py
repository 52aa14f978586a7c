"""Paths, folders and standard input → reports, in a fixed order."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError, UsageError
from geoincidents.model import IncidentCollection, Report
from geoincidents.reports import ndjson, plain
from geoincidents.reports.database import SCHEMES, read_database
from geoincidents.reports.registry import Problem, reader_for, supported_suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoincidents.reports.registry import Item, Reader

#: Larger files are not one report; many belong into NDJSON, which is as long as it likes.
MAX_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What could be read, in order, and what could not."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    #: Incidents read from exports and tables, already made.
    collections: tuple[IncidentCollection, ...] = ()


def read_reports(sources: Iterable[str | PathLike[str]] | str | PathLike[str]) -> ReadResult:
    """Read reports from files, folders and ``-`` (standard input).

    Folders are walked in the order of their paths; hidden files and files of
    other kinds in them are passed over. A report given twice is read once.

    Raises
    ------
    UsageError
        When a path does not exist, or a folder holds no report.
    """
    if isinstance(sources, str | PathLike):
        sources = [sources]
    items = [item for source in sources for item in _read_source(str(source))]
    return ReadResult(
        reports=_unique(item for item in items if isinstance(item, Report)),
        problems=tuple(item for item in items if isinstance(item, Problem)),
        collections=tuple(item for item in items if isinstance(item, IncidentCollection)),
    )


def _read_source(source: str) -> Iterator[Item]:
    if source == "-":
        yield from _read_bytes(sys.stdin.buffer.read(), "-")
        return
    if source.startswith(SCHEMES):
        yield read_database(source)
        return
    path = Path(source)
    if path.is_dir():
        for file in _files_in(path):
            yield from _read_file(file)
    elif path.exists():
        yield from _read_file(path)
    else:
        raise UsageError(f"{source}: no such file or folder; check the path.")


def _files_in(folder: Path) -> list[Path]:
    suffixes = supported_suffixes()
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.name.lower().endswith(suffixes)
    ]
    if not files:
        raise UsageError(
            f"{folder}: no reports in this folder; it needs {' '.join(suffixes)} files."
        )
    return files


def _read_file(path: Path) -> Iterator[Item]:
    try:
        if path.stat().st_size > MAX_BYTES:
            yield Problem(str(path), f"{path}: larger than 2 GB; split it.")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Problem(str(path), f"{path}: cannot be opened ({error.strerror}); check it.")
        return
    yield from _read_bytes(data, str(path))


def _read_bytes(data: bytes, name: str) -> Iterator[Item]:
    try:
        read = _stream_reader(data) if name == "-" else reader_for(name)
        for item in read(data, name):
            yield replace(item, origin=name) if isinstance(item, Report) else item
    except ReportError as error:
        yield Problem(name, str(error))


def _stream_reader(data: bytes) -> Reader:
    """Standard input has no name: an object on its first line means NDJSON."""
    return ndjson.read_ndjson if data.lstrip()[:1] == b"{" else plain.read_plain


def _unique(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Drop a report read twice; tell two reports of one id apart by their text."""
    seen: dict[str, str] = {}
    out: list[Report] = []
    for report in reports:
        if seen.get(report.id) == report.sha256:
            continue
        named = (
            report
            if report.id not in seen
            else replace(report, id=f"{report.id}-{report.sha256[:8]}")
        )
        if seen.get(named.id) == named.sha256:
            continue
        seen[named.id] = named.sha256
        out.append(named)
    return tuple(out)
