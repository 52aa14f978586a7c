"""What is brought together: one report's event, or an incident already made, as a profile."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from geoincidents.linking import ids, kinds, places, times, tolls
from geoincidents.model import Event, Incident

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoincidents.linking.places import Place
    from geoincidents.linking.times import Window
    from geoincidents.linking.tolls import Toll

#: Publication ("9999" unknown), text hash, span.
Founding = tuple[str, str, int, int]

_LETTERS = re.compile(r"[^\W\d_]{4,}")
_MAX_WORDS = 200
_UNKNOWN = "9999"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of an event, an incident, or a cluster of both."""

    places: tuple[Place, ...]
    window: Window | None
    kind: tuple[str, str]
    weapons: frozenset[str]
    tolls: dict[str, Toll]
    words: frozenset[str]
    recap: bool

    def joined(self, other: Profile) -> Profile:
        """Profile of both: the finest places, the most precise time, all figures."""
        merged = dict(self.tolls)
        for name, toll in other.tolls.items():
            merged[name] = merged[name].joined(toll) if name in merged else toll
        return Profile(
            places=_finest(self, other),
            window=_sharper(self, other),
            kind=other.kind if self.recap and not other.recap else self.kind,
            weapons=self.weapons | other.weapons,
            tolls=merged,
            words=self.words if len(self.words) > _MAX_WORDS else self.words | other.words,
            recap=self.recap and other.recap,
        )


def _finest(ours: Profile, theirs: Profile) -> tuple[Place, ...]:
    """Places of both, but a recap does not move those of a report on the event itself."""
    if theirs.recap and not ours.recap and ours.places:
        return ours.places
    if ours.places == theirs.places or not theirs.places:
        return ours.places
    wide = all(places.reach_of(side.places) == "wide" for side in (ours, theirs))
    return places.core({*ours.places, *theirs.places}, wide=wide)


def _sharper(ours: Profile, theirs: Profile) -> Window | None:
    if ours.window is None or theirs.window is None:
        return ours.window or theirs.window
    if theirs.recap and not ours.recap:
        return ours.window
    return min(ours.window, theirs.window, key=lambda w: (w.level, w.end - w.start))


@dataclass(frozen=True)
class Part:
    """An event or an incident, its profile, and what puts it in a fixed order."""

    item: Event | Incident
    founding: Founding
    #: Told in passing, by each report that tells of it.
    recap: bool = False
    #: The id of an incident given from outside, which stays.
    known_id: str | None = None
    #: Ids of reports with the very same text, which tell of it too.
    copies: tuple[str, ...] = ()
    #: Feature id of the administrative centre by that of its unit.
    capitals: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def profile(self) -> Profile:
        """What is compared."""
        item = self.item
        return Profile(
            places=places.places_of(
                item.locations, self.capitals, {c.scope for c in item.claims if c.scope}
            ),
            window=times.window_of(item.time, published(item), recap=self.recap),
            kind=(item.event_type, item.sub_event_type),
            weapons=kinds.weapon_classes(item.weapons),
            tolls=tolls.tolls_of(item.claims),
            words=_words(item),
            recap=self.recap,
        )

    @cached_property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports that tell of it."""
        item = self.item
        own = item.reports if isinstance(item, Incident) else (item.report_id,)
        return (*own, *self.copies)

    @cached_property
    def content(self) -> tuple[object, ...]:
        """What two tellings of one text have in common, whatever their reports are called."""
        item = self.item
        return (
            self.founding,
            self.known_id,
            self.recap,
            self.profile.kind,
            tuple((place.key, place.precision) for place in self.profile.places),
            item.time,
            tuple((c.measure, c.min, c.max, c.source.start) for c in item.claims),
        )

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Place in a total order that no order of input can change.

        Known incidents come first, and what is precise before what is loose:
        the loose then finds all it might belong to.
        """
        profile, item = self.profile, self.item
        reach = ("fine", "admin", "wide", "none").index(places.reach_of(profile.places))
        return (
            self.known_id is None,
            profile.recap,
            reach,
            profile.window is None or profile.window.level > 1,
            self.founding,
            self.known_id or "",
            profile.kind,
            tuple((place.key, place.precision) for place in profile.places),
            sorted(self.reports),
            repr(item.time),
            tuple((c.measure, c.min or -1, c.max or -1, c.source.start) for c in item.claims),
            item.weapons,
            item.confidence,
            tuple(
                (at.role, at.location.feature_id or "", at.location.precision, at.source.start)
                for at in item.locations
            ),
        )


def event_part(event: Event, hashes: Mapping[str, str], capitals: Mapping[str, str]) -> Part:
    """Part of one report's event; `hashes` gives the text hash of a report id."""
    first = min(event.sources, key=lambda s: (s.start, s.end), default=None)
    span = (first.start, first.end) if first else (0, 0)
    known = hashes.get(event.report_id) or ids.text_hash(first.text if first else event.report_id)
    founding = (event.published or _UNKNOWN, known, *span)
    return Part(event, founding, recap=event.is_recap, capitals=capitals)


def incident_part(incident: Incident, capitals: Mapping[str, str]) -> Part:
    """Part of an incident given from outside."""
    founding = (published(incident) or _UNKNOWN, incident.id, 0, 0)
    return Part(
        incident,
        founding,
        recap=incident.in_passing,
        known_id=incident.id,
        capitals=capitals,
    )


def published(item: Event | Incident) -> str | None:
    """Publication of an event's report, or the earliest among an incident's claims."""
    if isinstance(item, Event):
        return item.published
    return min((c.published for c in item.claims if c.published), default=None)


def _words(item: Event | Incident) -> frozenset[str]:
    """Words of the quotes but those that name places, which are weighed as places."""
    named = (f"{place.location.name} {place.source.text}" for place in item.locations)
    return _stems(source.text for source in item.sources) - _stems(named)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """Words of four letters and more, cut to five letters against inflection."""
    return frozenset(word[:5] for word in _LETTERS.findall(" ".join(texts).casefold()))
