"""The registry of readers: a new input format is one file with one decorated function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoincidents.model import IncidentCollection, Report


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, and a sentence saying why and what to do."""

    name: str
    sentence: str


if TYPE_CHECKING:
    Item = Report | IncidentCollection | Problem
    #: Takes a file's bytes and its name as shown to people; yields what it holds.
    Reader = Callable[[bytes, str], Iterator[Item]]


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
    """The reader of a file by its name.

    Raises
    ------
    ReportError
        When no reader knows its suffix.
    """
    lowered = name.lower()
    for suffix, function in _READERS.items():
        if lowered.endswith(suffix):
            return function
    known = " ".join(supported_suffixes())
    raise ReportError(f"{name}: not a format of reports that can be read; use one of {known}.")
