"""What the other names of a report say of where it is about: votes by unit and by cell."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoincidents.resolution.options import Option

#: Row from the south and column from the west of a grid.
Cell = tuple[int, int]

_AREALESS = frozenset({"country", "region", "sea"})


class Votes:
    """Weights of the places a report is taken to speak of, by unit key and by cell.

    A place votes for each unit it lies in, for the four corners of a grid about
    it, and for a cell of four degrees. So reading the votes costs the same
    however many places have voted.
    """

    __slots__ = ("cells", "total", "units", "wides")

    def __init__(self) -> None:
        self.units: defaultdict[str, float] = defaultdict(float)
        self.cells: defaultdict[Cell, float] = defaultdict(float)
        self.wides: defaultdict[Cell, float] = defaultdict(float)
        self.total = 0.0

    def add(self, option: Option, weight: float) -> None:
        """Count a place; a negative weight takes it back."""
        self.total += weight
        for key in option.within:
            if key:
                self.units[key] += weight
        if option.kind in _AREALESS:
            return
        cells = self.cells
        for cell in option.cells:
            cells[cell] += weight
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
#: Where in the measures those of each unit begin, and those of the cells stand.
_UNIT_MEASURES = (0, 2, 4)
_NEAR, _WIDE = 6, 7
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
    weigh = votes.units.get
    first = weigh(country, 0.0) if country else 0.0
    second = weigh(admin1, 0.0) if admin1 else 0.0
    third = weigh(admin2, 0.0) if admin2 else 0.0
    near = wide = 0.0
    if option.level == "place":
        near = votes.cells.get(option.cell, 0.0)
        wide = votes.wides.get(option.wide, 0.0)
    total += 1
    return (
        log1p(first) if first > _TRACE else 0.0,
        first / total if first > _TRACE else 0.0,
        log1p(second) if second > _TRACE else 0.0,
        second / total if second > _TRACE else 0.0,
        log1p(third) if third > _TRACE else 0.0,
        third / total if third > _TRACE else 0.0,
        log1p(near) if near > _TRACE else 0.0,
        log1p(wide) if wide > _TRACE else 0.0,
    )


class Namesakes:
    """Where the other names could lie, whatever they mean: each shares one vote evenly.

    Names that many places bear say little one by one; that all of them are
    borne within one unit says much.
    """

    __slots__ = ("units", "wides")

    def __init__(self) -> None:
        self.units: defaultdict[str, float] = defaultdict(float)
        self.wides: defaultdict[Cell, float] = defaultdict(float)

    def add(self, options: Sequence[Option]) -> tuple[float, float]:
        """Count one name's options; gives its vote for each of its units and of its cells."""
        keys = {key for option in options for key in option.within}
        wides = {option.wide for option in options if option.kind not in _AREALESS}
        unit_vote = 1 / max(1, len(keys)) ** 0.5
        cell_vote = 1 / max(1, len(wides)) ** 0.5
        for key in keys:
            self.units[key] += unit_vote
        for wide in wides:
            self.wides[wide] += cell_vote
        return unit_vote, cell_vote


def namesake_measures(
    option: Option, votes: Namesakes, own: tuple[float, float]
) -> tuple[float, ...]:
    """How far the other names could lie where `option` does, its `own` votes taken back."""
    if option.kind in _AREALESS:
        return (0.0, 0.0, 0.0)
    _, admin1, admin2 = option.within
    units = votes.units
    return (
        log1p(max(0.0, units[admin1] - own[0])) if admin1 else 0.0,
        log1p(max(0.0, units[admin2] - own[0])) if admin2 else 0.0,
        log1p(max(0.0, votes.wides[option.wide] - own[1])),
    )


def vote_score(option: Option, votes: Votes, table: Sequence[float]) -> float:
    """The sum of `vote_measures` times their weights, without the measures between."""
    total = votes.total
    if total <= _TRACE:
        return 0.0
    score = 0.0
    weigh = votes.units.get
    for at, key in zip(_UNIT_MEASURES, option.within, strict=True):
        weight = weigh(key, 0.0) if key else 0.0
        if weight > _TRACE:
            score += table[at] * log1p(weight) + table[at + 1] * weight / (total + 1)
    if option.level == "place":
        near = votes.cells.get(option.cell, 0.0)
        wide = votes.wides.get(option.wide, 0.0)
        if near > _TRACE:
            score += table[_NEAR] * log1p(near)
        if wide > _TRACE:
            score += table[_WIDE] * log1p(wide)
    return score


def votes_of(ballots: Iterable[tuple[Option, float]]) -> Votes:
    """The votes of places with their weights."""
    votes = Votes()
    for option, weight in ballots:
        votes.add(option, weight)
    return votes
