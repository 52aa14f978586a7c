"""Features of a GeoJSON file one at a time, with the line each begins on.

Nothing but GeoJSON is read, whatever the file says it is, and memory holds one
feature at a time.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper

_CHUNK = 1 << 20
_START = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
#: No single feature of an honest file is larger, in characters.
_LARGEST = 1 << 29


def read_features(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line and the value of each feature of a FeatureCollection.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceError
        When it is no GeoJSON FeatureCollection, or breaks off.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    with path.open(encoding="utf-8-sig") as stream:
        try:
            yield from _Reader(stream, path).features()
        except UnicodeDecodeError:
            raise SourceError(f"{path} is no UTF-8 text, so no GeoJSON.") from None


class _Reader:
    def __init__(self, stream: TextIOWrapper, path: Path) -> None:
        self._stream = stream
        self._path = path
        self._text = ""
        self._at = 0
        self._line = 1
        self._decode = json.JSONDecoder(parse_constant=_no_number).raw_decode

    def features(self) -> Iterator[tuple[int, dict[str, Any]]]:
        self._open()
        while True:
            self._pass(self._between())
            if self._text.startswith("]", self._at):
                return
            value, end = self._value()
            yield self._line, value
            self._pass(end)

    def _open(self) -> None:
        while not (found := _START.search(self._text)):
            if not self._more():
                raise SourceError(
                    f"{self._path} holds no GeoJSON FeatureCollection: it has no features."
                )
        self._pass(found.end())

    def _between(self) -> int:
        while True:
            found = _BETWEEN.match(self._text, self._at)
            end = found.end() if found else self._at
            if end < len(self._text):
                return end
            if not self._more():
                raise self._broken("it breaks off before its features end")

    def _value(self) -> tuple[dict[str, Any], int]:
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > _LARGEST or not self._more():
                    raise self._broken(f"a feature cannot be read ({error})") from None
            else:
                if not isinstance(value, dict):
                    raise self._broken("a feature is no object")
                return value, end

    def _more(self) -> bool:
        """Read on, at least as much again as is waiting; False at the end of the file."""
        waiting = self._text[self._at :]
        chunk = self._stream.read(max(_CHUNK, len(waiting)))
        self._text, self._at = waiting + chunk, 0
        return bool(chunk)

    def _pass(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end

    def _broken(self, why: str) -> SourceError:
        return SourceError(f"{self._path}, line {self._line}: {why}. Nothing was built.")


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number in JSON")
