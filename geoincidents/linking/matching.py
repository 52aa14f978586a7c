"""Do two profiles tell of one incident? A sum of explained evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.linking import kinds, places, times, tolls

if TYPE_CHECKING:
    from geoincidents.linking.parts import Profile

#: Same kind, same day, same province is not enough (4.5); with a toll, a weapon or wording it is.
_THRESHOLD = 4.75
#: A recap joins more readily: it moves no estimate, and would otherwise stand alone.
_RECAP_THRESHOLD = 4.0
_SHARED_WEAPON = 0.5
_OTHER_WEAPON = -0.75
_WORDING = 0.5
#: So large a part of the shorter account's words, and so many of them, make wording alike.
_ALIKE = 0.25
_SHARED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Evidence that two profiles are of one incident."""

    score: float
    reasons: tuple[str, ...]


def same_incident(ours: Profile, theirs: Profile) -> Verdict | None:
    """Why both are one incident, or None where that cannot be said.

    Place, time and kind must each agree; weapon, toll and wording then weigh in.
    """
    recap = ours.recap or theirs.recap
    kind = kinds.compare(ours.kind, theirs.kind)
    if kind is None or ours.window is None or theirs.window is None:
        return None
    time = times.compare(ours.window, theirs.window, lenient=recap)
    if time is None:
        return None
    place = places.match(ours.places, theirs.places)
    if place is None:
        return None
    evidence = [
        (place.score, f"{place.how} ({place.name})"),
        (time.score, time.how),
        kind,
        _weapons(ours, theirs),
        tolls.compare(ours.tolls, theirs.tolls),
        _wording(ours, theirs),
    ]
    score = sum(value for value, _ in evidence)
    if score < (_RECAP_THRESHOLD if recap else _THRESHOLD):
        return None
    return Verdict(score, tuple(reason for value, reason in evidence if value >= 0 and reason))


def _weapons(ours: Profile, theirs: Profile) -> tuple[float, str]:
    if not ours.weapons or not theirs.weapons:
        return 0.0, ""
    shared = sorted(ours.weapons & theirs.weapons)
    if shared:
        return _SHARED_WEAPON, f"the same weapon ({', '.join(shared)})"
    return _OTHER_WEAPON, ""


def _wording(ours: Profile, theirs: Profile) -> tuple[float, str]:
    """Shared words, measured by the shorter account."""
    least, shared = min(len(ours.words), len(theirs.words)), len(ours.words & theirs.words)
    if shared >= _SHARED_WORDS and shared / least >= _ALIKE:
        return _WORDING, "much the same wording"
    return 0.0, ""
