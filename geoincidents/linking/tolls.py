"""Which claims count, and whether the tolls of two reports can be of one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoincidents.model import Claim

DAMAGE = "damaged:"
_PEOPLE = frozenset({"killed", "injured", "missing", "displaced"})
#: No toll exceeds mankind; a larger figure is a slip or a jest.
_MANKIND = 8_300_000_000
#: Figures this close are the same toll, told at another hour or by another hand.
_CLOSE = 3.0
#: A later figure may exceed an earlier one this many times, as the dead are found.
_GROWTH = 20.0
#: Equal figures below this are too common to mean anything.
_TELLING = 3


def impossible(claim: Claim) -> bool:
    """True for a number of people that exceeds mankind."""
    return claim.measure in _PEOPLE and max(claim.min or 0, claim.max or 0) > _MANKIND


def bounds(claim: Claim) -> tuple[int, int] | None:
    """Least and greatest figure a claim stands for; None when it counts as nothing.

    A claim of n, be it exact, at least, about, over or up to, counts as n. A
    range counts with both ends.
    """
    if claim.qualifier == "vague" or impossible(claim):
        return None
    if claim.qualifier == "up_to":
        top = claim.max if claim.max is not None else claim.min
        return None if top is None else (top, top)
    low = claim.min if claim.min is not None else claim.max
    if low is None:
        return None
    if claim.qualifier in {"at_least", "over"} or claim.max is None:
        return low, low
    return low, max(low, claim.max)


@dataclass(frozen=True, slots=True)
class Toll:
    """Span of what one event is claimed to have cost in one measure."""

    low: int
    high: int
    #: When the lowest and the highest figure were first published; "" unknown.
    since: str
    until: str
    numbers: frozenset[int]

    def joined(self, other: Toll) -> Toll:
        """The span of both."""
        return Toll(
            min(self.low, other.low),
            max(self.high, other.high),
            min(self.since, other.since),
            max(self.until, other.until),
            self.numbers | other.numbers,
        )


def tolls_of(claims: Iterable[Claim]) -> dict[str, Toll]:
    """Tolls of an event per measure, from its totals alone; damage is left aside."""
    tolls: dict[str, Toll] = {}
    for claim in claims:
        span = bounds(claim)
        if span is None or claim.is_part or claim.measure.startswith(DAMAGE):
            continue
        day = claim.as_of or claim.published or ""
        toll = Toll(*span, day, day, frozenset(span))
        known = tolls.get(claim.measure)
        tolls[claim.measure] = toll if known is None else known.joined(toll)
    return tolls


def compare(ours: Mapping[str, Toll], theirs: Mapping[str, Toll]) -> tuple[float, str]:
    """Agreement of tolls, from -2 (cannot be one event) to 1, and why."""
    verdicts = [_measure(name, ours[name], theirs[name]) for name in sorted(ours.keys() & theirs)]
    if not verdicts:
        return 0.0, ""
    worst = min(verdicts)
    return worst if worst[0] < 0 else max(verdicts)


def _measure(name: str, a: Toll, b: Toll) -> tuple[float, str]:
    equal = [n for n in a.numbers & b.numbers if n >= _TELLING]
    if equal:
        return 1.0, f"both tell of {max(equal)} {name}"
    small, large = (a, b) if a.high <= b.high else (b, a)
    ratio = large.low / max(small.high, 1)
    if ratio <= _CLOSE:
        return 0.25, f"{small.high} and {large.high} {name} are close"
    if ratio <= _GROWTH and large.until >= small.since:
        return 0.0, f"{small.high} {name} may have risen to {large.high}"
    return -2.0, f"{small.high} and {large.high} {name} are far apart"
