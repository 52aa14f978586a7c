"""What the other names of a report say of where it is about: votes by unit and by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.resolution.options import Option, Part

_WIDE = 4
_AREALESS = frozenset({"country", "region", "sea"})


def _wide(cell: tuple[int, int]) -> tuple[int, int]:
    return cell[0] // _WIDE, cell[1] // _WIDE


@dataclass(slots=True)
class Votes:
    """Weights of the places a report is taken to speak of, by unit key and by cell.

    A place votes for each unit it lies in, for its own one-degree cell and the
    eight about it, and for a cell of four degrees. So reading the votes costs
    the same however many places have voted.
    """

    units: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    cells: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    wides: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))
    total: float = 0.0

    def add(self, option: Option, weight: float) -> None:
        """Count a place; a negative weight takes it back."""
        self.total += weight
        for key in option.within:
            if key:
                self.units[key] += weight
        if option.kind in _AREALESS:
            return
        lat, lon = option.cell
        for row in (lat - 1, lat, lat + 1):
            for column in (lon - 1, lon, lon + 1):
                self.cells[row, column] += weight
        self.wides[_wide(option.cell)] += weight


#: The rest of one's own vote, taken back, may be a trace of rounding.
_TRACE = 1e-9


@dataclass(slots=True)
class Namesakes:
    """Where the other names could lie, whatever they mean: each shares one vote evenly.

    Names that many places bear say little one by one; that all of them are
    borne within one unit says much.
    """

    units: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    wides: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, options: Iterable[Option], sign: float = 1.0) -> None:
        """Count one name's options; `sign` -1 takes them back."""
        keys, wides = set(), set()
        for option in options:
            keys.update(option.within)
            if option.kind not in _AREALESS:
                wides.add(_wide(option.cell))
        for key in keys:
            self.units[key] += sign / len(keys) ** 0.5
        for wide in wides:
            self.wides[wide] += sign / len(wides) ** 0.5


def namesake_parts(option: Option, votes: Namesakes) -> list[Part]:
    """How far the other names could lie where `option` does."""
    if option.kind in _AREALESS:
        return []
    parts: list[Part] = []
    for name, key in zip(("admin1", "admin2"), option.within[1:], strict=True):
        weight = votes.units.get(key, 0.0) if key else 0.0
        if weight > _TRACE:
            parts.append((f"other names occur in the same {name} ({option.level})", log1p(weight)))
    weight = votes.wides.get(_wide(option.cell), 0.0)
    if weight > _TRACE:
        parts.append(("other names occur near", log1p(weight)))
    return parts


def vote_parts(option: Option, votes: Votes, prefix: str) -> list[Part]:
    """How far the votes speak for `option`, whose own vote must have been taken back."""
    total = votes.total
    if total <= _TRACE:
        return []
    level = option.level
    parts: list[Part] = []
    for name, key in zip(("country", "admin1", "admin2"), option.within, strict=False):
        weight = votes.units.get(key, 0.0) if key else 0.0
        if weight > _TRACE:
            parts.append((f"{prefix} lie in the same {name} ({level})", log1p(weight)))
            parts.append((f"{prefix}: share in the same {name} ({level})", weight / (total + 1)))
    if level == "place":
        parts += _cell_parts(option, votes, prefix)
    return parts


def _cell_parts(option: Option, votes: Votes, prefix: str) -> list[Part]:
    parts: list[Part] = []
    near = votes.cells.get(option.cell, 0.0)
    if near > _TRACE:
        parts.append((f"{prefix} lie near", log1p(near)))
    wide = votes.wides.get(_wide(option.cell), 0.0)
    if wide > _TRACE:
        parts.append((f"{prefix} lie in the same part of the world", log1p(wide)))
    return parts


def votes_of(ballots: Iterable[tuple[Option, float]]) -> Votes:
    """The votes of places with their weights."""
    votes = Votes()
    for option, weight in ballots:
        votes.add(option, weight)
    return votes
