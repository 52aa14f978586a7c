"""The registry of readers: a new input format is one file with one decorated function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoincidents.model import IncidentCollection, Report
    from geoincidents.reports.source import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, and a sentence saying why and what to do."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was read, and a sentence on how: its columns, what its format has lost."""

    name: str
    sentence: str


if TYPE_CHECKING:
    Item = Report | IncidentCollection | Problem | Notice
    #: Takes a source; yields what it holds.
    Reader = Callable[[Source], Iterator[Item]]


_READERS: dict[str, Reader] = {}


def reader(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of files with these suffixes (".txt")."""

    def register(function: Reader) -> Reader:
        _READERS.update(dict.fromkeys(suffixes, function))
        return function

    return register


def supported_suffixes() -> tuple[str, ...]:
    """Suffixes that have a reader, sorted."""
    return tuple(sorted(_READERS))


def reader_for(name: str) -> Reader:
    """The reader of a file by its name; of two suffixes that fit, the longer tells.

    Raises
    ------
    ReportError
        When no reader knows its suffix.
    """
    lowered = name.lower()
    fitting = [suffix for suffix in _READERS if lowered.endswith(suffix)]
    if fitting:
        return _READERS[max(fitting, key=len)]
    known = " ".join(supported_suffixes())
    raise ReportError(f"{name}: not a format of reports that can be read; use one of {known}.")
