"""Why a row cannot be taken, in words."""

from __future__ import annotations

from hashlib import blake2b
from math import isfinite
from typing import TYPE_CHECKING

from geoincidents.gazetteer.layout import PRECISIONS

if TYPE_CHECKING:
    from geoincidents.gazetteer.rows import Row

_LARGEST = 1 << 32


class Known:
    """The ids seen so far: a bit each for GeoNames' numbers, a hash for the rest."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << 21)
        self._others: set[int] = set()

    def add(self, feature_id: str) -> bool:
        """Take an id; True when it was new."""
        scheme, _, number = feature_id.partition(":")
        if scheme == "geonames" and number.isdecimal() and int(number) < _LARGEST:
            return self._add_number(int(number))
        digest = int.from_bytes(blake2b(feature_id.encode(), digest_size=8).digest(), "little")
        before = len(self._others)
        self._others.add(digest)
        return len(self._others) > before

    def _add_number(self, number: int) -> bool:
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits) + (1 << 18)))
        new = not self._bits[place] & bit
        self._bits[place] |= bit
        return new


def complaint(row: Row, known: Known) -> str | None:
    """Say what is wrong with a row; None when it is sound."""
    if not row.name.strip():
        return "it has no name"
    if row.precision not in PRECISIONS:
        return f"{row.precision!r} is no precision"
    if row.population < 0 or not row.extent_m >= 0:
        return f"its population {row.population} or extent {row.extent_m} is no measure"
    return _misplaced(row) or (None if known.add(row.id) else "its id was there before")


def _misplaced(row: Row) -> str | None:
    if not (isfinite(row.lat) and isfinite(row.lon)):
        return "its position is no number"
    if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
        return f"its position {row.lat}, {row.lon} is out of range"
    return None
