"""Reasons in words: which features spoke for a candidate, and how strongly."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.resolution.options import Part

_SHOWN = 3
_LEAST = 0.15


def weighted(parts: Iterable[Part], weights: dict[str, float]) -> tuple[Part, ...]:
    """Features with their share in the score, the strongest first."""
    told: dict[str, float] = {}
    for name, value in parts:
        told[name] = told.get(name, 0.0) + weights.get(name, 0.0) * value
    return tuple(sorted(told.items(), key=lambda item: (-abs(item[1]), item[0])))


def evidence_of(reasons: Iterable[Part], options: int) -> tuple[str, ...]:
    """The few features that spoke most for the winner, as short sentences."""
    if options == 1:
        lead = ("the only place of this name",)
    else:
        lead = (f"best of {options} places of this name",)
    helpful = [reason for reason in reasons if reason[1] >= _LEAST]
    strongest = sorted(helpful, key=itemgetter(1), reverse=True)[:_SHOWN]
    return (*lead, *(name for name, _ in strongest))


def told_by(parts: Iterable[Part], weights: dict[str, float]) -> list[Part]:
    """Features with their share in the score, in the order given."""
    known = weights.get
    return [(name, known(name, 0.0) * value) for name, value in parts]
