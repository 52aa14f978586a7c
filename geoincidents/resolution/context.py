"""What the other names of a report say of where it is about: votes by unit and by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.resolution.options import Option

_AREALESS = frozenset({"country", "region", "sea"})


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
        self.wides[option.wide] += weight


#: The rest of one's own vote, taken back, may be a trace of rounding.
_TRACE = 1e-9
_MEASURES = (
    "lie in the same country",
    "share in the same country",
    "lie in the same admin1",
    "share in the same admin1",
    "lie in the same admin2",
    "share in the same admin2",
    "lie near",
    "lie in the same part of the world",
)
_NOTHING = (0.0,) * len(_MEASURES)
_NAMESAKE_MEASURES = ("occur in the same admin1", "occur in the same admin2", "occur near")


@cache
def measure_names(who: str, level: str) -> tuple[str, ...]:
    """Feature names of what `vote_measures` gives, for voters `who` and an option's level."""
    return tuple(f"{who} {measure} ({level})" for measure in _MEASURES)


@cache
def namesake_names(level: str) -> tuple[str, ...]:
    """Feature names of what `namesake_measures` gives."""
    return tuple(f"other names {measure} ({level})" for measure in _NAMESAKE_MEASURES)


def vote_measures(option: Option, votes: Votes) -> tuple[float, ...]:
    """How far the votes speak for `option`, whose own vote must have been taken back."""
    total = votes.total
    if total <= _TRACE:
        return _NOTHING
    country, admin1, admin2 = option.within
    units = votes.units
    first = max(0.0, units.get(country, 0.0)) if country else 0.0
    second = max(0.0, units.get(admin1, 0.0)) if admin1 else 0.0
    third = max(0.0, units.get(admin2, 0.0)) if admin2 else 0.0
    near = wide = 0.0
    if option.level == "place":
        near = max(0.0, votes.cells.get(option.cell, 0.0))
        wide = max(0.0, votes.wides.get(option.wide, 0.0))
    total += 1
    return (
        log1p(first),
        first / total,
        log1p(second),
        second / total,
        log1p(third),
        third / total,
        log1p(near),
        log1p(wide),
    )


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
        keys: set[str] = set()
        wides: set[tuple[int, int]] = set()
        for option in options:
            keys.update(option.within)
            if option.kind not in _AREALESS:
                wides.add(option.wide)
        for key in keys:
            self.units[key] += sign / len(keys) ** 0.5
        for wide in wides:
            self.wides[wide] += sign / len(wides) ** 0.5


def namesake_measures(option: Option, votes: Namesakes) -> tuple[float, ...]:
    """How far the other names could lie where `option` does, its own taken back."""
    if option.kind in _AREALESS:
        return (0.0, 0.0, 0.0)
    _, admin1, admin2 = option.within
    units = votes.units
    return (
        log1p(max(0.0, units.get(admin1, 0.0))) if admin1 else 0.0,
        log1p(max(0.0, units.get(admin2, 0.0))) if admin2 else 0.0,
        log1p(max(0.0, votes.wides.get(option.wide, 0.0))),
    )


def votes_of(ballots: Iterable[tuple[Option, float]]) -> Votes:
    """The votes of places with their weights."""
    votes = Votes()
    for option, weight in ballots:
        votes.add(option, weight)
    return votes
