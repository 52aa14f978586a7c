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
from geoincidents.reports.registry import Notice, Problem, reader_for, supported_suffixes
from geoincidents.reports.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from io import BufferedReader

    from geoincidents.reports.registry import Item, Reader


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What could be read, in order, and what could not."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    #: Incidents read from exports and tables, already made.
    collections: tuple[IncidentCollection, ...] = ()
    #: How tables were read, and what formats have lost.
    notices: tuple[Notice, ...] = ()


def read_reports(
    sources: Iterable[str | PathLike[str]] | str | PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
) -> ReadResult:
    """Read reports from files, folders and ``-`` (standard input).

    Folders are walked in the order of their paths; hidden files and files of
    other kinds in them are passed over. A report given twice is read once.

    Parameters
    ----------
    columns
        Which column of a table holds which field of a report, such as
        ``{"text": "Body"}``; the others are guessed by their heads.

    Raises
    ------
    UsageError
        When a path does not exist, a folder holds no report, or a table lacks a
        column that was named.
    """
    if isinstance(sources, str | PathLike):
        sources = [sources]
    items = [item for source in sources for item in _read_source(str(source), columns or {})]
    return ReadResult(
        reports=_unique(item for item in items if isinstance(item, Report)),
        problems=tuple(item for item in items if isinstance(item, Problem)),
        collections=tuple(item for item in items if isinstance(item, IncidentCollection)),
        notices=tuple(item for item in items if isinstance(item, Notice)),
    )


def _read_source(source: str, columns: Mapping[str, str]) -> Iterator[Item]:
    if source == "-":
        yield from read_stream(Source("-", sys.stdin.buffer, columns))  # type: ignore[arg-type]
        return
    if source.startswith(SCHEMES):
        yield read_database(source)
        return
    path = Path(source)
    if path.is_dir():
        for file in _files_in(path):
            yield from _read_file(file, columns)
    elif path.exists():
        yield from _read_file(path, columns)
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


def _read_file(path: Path, columns: Mapping[str, str]) -> Iterator[Item]:
    name = str(path)
    try:
        # A name that no reader knows is not opened: it may be a pipe that never ends.
        reader_for(name)
        with path.open("rb") as stream:
            yield from read_stream(Source(name, stream, columns, path))
    except ReportError as error:
        yield Problem(name, str(error))
    except OSError as error:
        yield Problem(name, f"{path}: cannot be read ({error.strerror or error}); check it.")


def read_stream(source: Source) -> Iterator[Item]:
    """What a source holds; standard input is known by how it begins."""
    try:
        read = _stream_reader(source.stream) if source.name == "-" else reader_for(source.name)
        for item in read(source):
            yield replace(item, origin=source.name) if isinstance(item, Report) else item
    except ReportError as error:
        yield Problem(source.name, str(error))


def _stream_reader(stream: BufferedReader) -> Reader:
    """Standard input has no name: an object on its first line means NDJSON."""
    head = stream.peek().removeprefix(b"\xef\xbb\xbf").lstrip()
    return ndjson.read_ndjson if head[:1] == b"{" else plain.read_plain


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
