"""Incidents as columns: the compact JSON that the page carries.

One list a field instead of one object an incident; strings that recur stand once
in a table and are named by number; a column whose values are all equal is that
one value. Rows of child tables (places, claims, responses, …) follow the order of
the incidents, and a column of counts says how many belong to each.
`assets/js/data.js` reads it back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geoincidents.maps.areas import AreaTable
from geoincidents.maps.showing import shown_places
from geoincidents.model import PRECISION_ORDER
from geoincidents.records.writing import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from geoincidents.maps.areas import Footprints
    from geoincidents.maps.styles import Style
    from geoincidents.model import (
        Incident,
        IncidentCollection,
        Location,
        Provenance,
        Report,
        TimeInterval,
    )

#: Coordinates are whole hundred-thousandths of a degree, about 1 m.
COORDINATE_GRID = 100_000
ROLES = ("target", "launch", "intercept", "response")
VERIFICATION = ("confirmed", "claimed", "disputed", "unverified")
QUALIFIERS = ("exact", "at_least", "about", "over", "up_to", "vague")
TIME_PRECISION = ("hour", "day", "2-6days", "week", "month", "year")
RECAP, PART = 1, 2

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PRECISION = {name: number for number, name in enumerate(PRECISION_ORDER)}
_ROLE = {name: number for number, name in enumerate(ROLES)}
_VERIFICATION = {name: number for number, name in enumerate(VERIFICATION)}
_QUALIFIER = {name: number for number, name in enumerate(QUALIFIERS)}
_TIME_PRECISION = {name: number for number, name in enumerate(TIME_PRECISION)}


class Strings:
    """Strings by number; 0 is None, so that absent text costs one digit."""

    def __init__(self) -> None:
        self.values: list[str | None] = [None]
        self._index: dict[str | None, int] = {None: 0}

    def __call__(self, text: str | None) -> int:
        number = self._index.get(text)
        if number is None:
            number = self._index[text] = len(self.values)
            self.values.append(text)
        return number


class Groups:
    """Short lists by number (weapons, evidence); 0 is the empty list."""

    def __init__(self) -> None:
        self.values: list[list[Any]] = [[]]
        self._index: dict[Hashable, int] = {(): 0}

    def __call__(self, items: tuple[Any, ...], write: Callable[[Any], Any]) -> int:
        number = self._index.get(items)
        if number is None:
            number = self._index[items] = len(self.values)
            self.values.append([write(item) for item in items])
        return number


class Table:
    """Rows of a fixed width, handed out as columns."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.rows: list[tuple[Any, ...]] = []
        self.add = self.rows.append

    def columns(self) -> dict[str, Any]:
        """Columns by name; a column of equal values is that value."""
        lists: Iterable[tuple[Any, ...]] = zip(*self.rows, strict=True) if self.rows else ()
        table: dict[str, Any] = {"n": len(self.rows)}
        for name, values in zip(self.names, lists, strict=False):
            first = values[0]
            same = values.count(first) == len(values)
            table[name] = first if same else list(values)
        return table


def minutes(moment: datetime) -> int:
    """Whole minutes since 1970 in UTC; a naive time is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int((aware - _EPOCH).total_seconds() // 60)


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


class Columns:
    """Gathers the tables of one page."""

    def __init__(
        self, style: Style, footprints: Footprints | None, decimals: int | None = None
    ) -> None:
        self.style = style
        self.decimals = decimals
        self.strings = Strings()
        self.groups = Groups()
        self.areas = AreaTable(footprints)
        self.reports: dict[str, int] = {}
        self.incident = Table(
            "id", "kind", "type", "sub", "t0", "dt", "tp", "tz", "tt", "ver", "conf",
            "est", "weapons", "damage", "flags", "merged", "extra",
            "loc", "claim", "resp", "actor", "quote", "source",
        )  # fmt: skip
        self.place = Table(
            "role", "shown", "name", "x", "y", "prec", "unc", "conf", "area", "admin1", "country",
            "cc", "rel", "ev", "rep", "a", "b", "text",
        )  # fmt: skip
        self.claim = Table(
            "m", "min", "max", "q", "who", "subj", "asof", "scope", "fl", "rep", "a", "b", "text",
        )  # fmt: skip
        self.response = Table(
            "kind", "style", "actor", "qty", "name", "x", "y", "prec", "area", "tt",
            "rep", "a", "b", "text",
        )  # fmt: skip
        self.actor = Table("role", "name", "by", "rep", "a", "b", "text")
        self.quote = Table("rep", "a", "b", "text")
        self.source = Table("rep", "a", "b", "text")
        self.report = Table("id", "title", "publisher", "url", "published", "lang", "graphic")

    def add_report(self, report: Report) -> None:
        """Note a report; claims and places then name it by number."""
        text = self.strings
        self.reports[report.id] = len(self.report.rows)
        self.report.add(
            (report.id, text(report.title), text(report.publisher), text(report.url),
             text(report.published), text(report.language), int(report.graphic))
        )  # fmt: skip

    def _source(self, source: Provenance) -> tuple[int, int, int, int]:
        number = self.reports.get(source.report_id, -1)
        return number, source.start, source.end, self.strings(quote(source.text))

    def _grid(self, degrees: float) -> int:
        if self.decimals is not None:
            degrees = round(degrees, self.decimals)
        return round(degrees * COORDINATE_GRID)

    def _spot(self, place: Location) -> tuple[int, int, int]:
        return self._grid(place.lon), self._grid(place.lat), _PRECISION[place.precision]

    def add_incident(self, incident: Incident) -> None:
        """Add an incident and all that hangs on it."""
        self._add_places(incident)
        self._add_claims(incident)
        self._add_responses(incident)
        for actor in incident.actors:
            row = (actor.role, self.strings(actor.name), self.strings(actor.by))
            self.actor.add(row + self._source(actor.source))
        for source in incident.verification.quotes:
            self.quote.add(self._source(source))
        for source in incident.sources:
            self.source.add(self._source(source))
        self.incident.add(
            (incident.id, self.style.kind_of(incident), self.strings(incident.event_type),
             self.strings(incident.sub_event_type), *self._time(incident.time),
             _VERIFICATION[incident.verification.status], round(incident.confidence * 100),
             self._estimates(incident), *self._lists(incident),
             len(incident.locations), len(incident.claims), len(incident.responses),
             len(incident.actors), len(incident.verification.quotes), len(incident.sources))
        )  # fmt: skip

    def _time(self, time: TimeInterval | None) -> tuple[int | None, int, int, int, int]:
        if time is None:
            return None, 0, -1, 0, 0
        start, words = minutes(time.start), self.strings(time.text or None)
        span = max(0, minutes(time.end) - start)
        return start, span, _TIME_PRECISION[time.precision], _offset(time.start), words

    def _estimates(self, incident: Incident) -> int:
        items = tuple((m, e.low, e.best, e.high) for m, e in incident.estimates.items())
        return self.groups(items, list)

    def _lists(self, incident: Incident) -> tuple[int, int, int, int, int]:
        damage = tuple((what, low, high) for what, (low, high) in incident.damage.items())
        return (
            self.groups(incident.weapons, str),
            self.groups(damage, list),
            self.groups(incident.flags, str),
            self.groups(incident.merged_because, str),
            self.groups(tuple(incident.extra.items()), list),
        )

    def _add_places(self, incident: Incident) -> None:
        text = self.strings
        shown = shown_places(incident.locations)
        for number, place in enumerate(incident.locations):
            at = place.location
            self.place.add(
                (_ROLE[place.role], int(number in shown), text(at.name), *self._spot(at),
                 round(at.uncertainty_m), round(at.confidence * 100), self.areas(at),
                 text(at.admin1), text(at.country_name), text(at.country), text(at.relation),
                 self.groups(at.evidence, str), *self._source(place.source))
            )  # fmt: skip

    def _add_claims(self, incident: Incident) -> None:
        text = self.strings
        for claim in incident.claims:
            marks = RECAP * claim.recap + PART * claim.is_part
            self.claim.add(
                (text(claim.measure), claim.min, claim.max, _QUALIFIER[claim.qualifier],
                 text(claim.claimant), text(claim.subject), text(claim.as_of), text(claim.scope),
                 marks, *self._source(claim.source))
            )  # fmt: skip

    def _add_responses(self, incident: Incident) -> None:
        text = self.strings
        for response in incident.responses:
            at = response.location
            spot = self._spot(at) if at else (None, None, -1)
            words = response.time.text if response.time else None
            self.response.add(
                (response.kind, self.style.response_kind(response.kind), text(response.actor),
                 response.quantity, text(at.name if at else None), *spot,
                 self.areas(at) if at else -1, text(words or None),
                 *self._source(response.source))
            )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """All tables as JSON values."""
        return {
            "grid": COORDINATE_GRID,
            "precision": list(PRECISION_ORDER),
            "roles": list(ROLES),
            "verification": list(VERIFICATION),
            "qualifiers": list(QUALIFIERS),
            "timePrecision": list(TIME_PRECISION),
            "strings": self.strings.values,
            "groups": self.groups.values,
            "areas": self.areas.records,
            "incident": self.incident.columns(),
            "place": self.place.columns(),
            "claim": self.claim.columns(),
            "response": self.response.columns(),
            "actor": self.actor.columns(),
            "quote": self.quote.columns(),
            "source": self.source.columns(),
            "report": self.report.columns(),
        }


def columnar(
    collection: IncidentCollection,
    style: Style,
    footprints: Footprints | None = None,
    *,
    decimals: int | None = None,
) -> dict[str, Any]:
    """The collection as the page's columns.

    Parameters
    ----------
    collection
        What to draw.
    style
        Decides each incident's kind.
    footprints
        Gives a gazetteer feature's polygon by its id; without it, areas are
        circles of their uncertainty.
    decimals
        Digits kept of coordinates in degrees; None keeps five.
    """
    columns = Columns(style, footprints, decimals)
    for report in collection.reports:
        columns.add_report(report)
    for incident in collection.incidents:
        columns.add_incident(incident)
    return columns.record()
