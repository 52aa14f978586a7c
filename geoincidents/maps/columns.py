"""Incidents as columns: the compact JSON that the page carries.

One list a field instead of one object an incident; strings that recur stand once
in a table and are named by number; a column whose values are all equal is that
one value, and one that repeats an earlier column names it. Rows of child tables
(places, claims, responses, …) follow the order of the incidents, and a column of
counts says how many belong to each.
`assets/js/data.js` reads it back.
"""

from __future__ import annotations

from datetime import UTC
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from geoincidents.maps.areas import COARSE, AreaTable, needs_area
from geoincidents.maps.showing import shown_places
from geoincidents.model import PRECISION_ORDER
from geoincidents.records.writing import QUOTE_LIMIT, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from geoincidents.maps.areas import Footprints
    from geoincidents.maps.styles import Style
    from geoincidents.model import (
        Claim,
        EventLocation,
        Incident,
        IncidentCollection,
        Location,
        Provenance,
        Report,
        Response,
    )

    Column = list[Any]
    Table = dict[str, Any]

#: Coordinates are whole hundred-thousandths of a degree, about 1 m.
COORDINATE_GRID = 100_000
ROLES = ("target", "launch", "intercept", "response")
VERIFICATION = ("confirmed", "claimed", "disputed", "unverified")
QUALIFIERS = ("exact", "at_least", "about", "over", "up_to", "vague")
TIME_PRECISION = ("hour", "day", "2-6days", "week", "month", "year")
RECAP, PART = 1, 2
#: Columns worth comparing with an earlier one: table, column, and the earlier two.
_REPEATED = (
    ("claim", "rep", "place", "rep"),
    ("claim", "a", "place", "a"),
    ("claim", "b", "place", "b"),
    ("claim", "text", "place", "text"),
    ("claim", "max", "claim", "min"),
)

_PRECISION = {name: number for number, name in enumerate(PRECISION_ORDER)}
_ROLE = {name: number for number, name in enumerate(ROLES)}
_VERIFICATION = {name: number for number, name in enumerate(VERIFICATION)}
_QUALIFIER = {name: number for number, name in enumerate(QUALIFIERS)}
_TIME_PRECISION = {name: number for number, name in enumerate(TIME_PRECISION)}


class Index:
    """Values by number, each told once; number 0 is the empty value."""

    def __init__(self, empty: Any) -> None:
        self.values: list[Any] = [empty]
        self._index: dict[Any, int] = {empty: 0}

    def column(self, values: Column) -> Column:
        """The number of each value; new values get the next ones."""
        index = self._index
        for value in dict.fromkeys(values):
            if value not in index:
                index[value] = len(self.values)
                self.values.append(value)
        return list(map(index.__getitem__, values))


def table(count: int, columns: dict[str, Column]) -> Table:
    """Columns with their count; a column of equal values is that one value."""
    small: Table = {"n": count}
    for name, values in columns.items():
        same = bool(values) and values[0] == values[-1] and values.count(values[0]) == len(values)
        small[name] = values[0] if same else values
    return small


def share(tables: Table) -> None:
    """Let a column that repeats one before it say so: ``{"as": [table, column]}``.

    Most often all is said in the words that name the place, and counts are exact.
    """
    for name, column, first, other in _REPEATED:
        values = tables[name][column]
        if isinstance(values, list) and values and values == tables[first][other]:
            tables[name][column] = {"as": [first, other]}


def minutes(moment: datetime) -> int:
    """Whole minutes since 1970 in UTC; a naive time is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() // 60)


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


class Columns:
    """Gathers the tables of one page, a column at a time: that is what makes it quick."""

    def __init__(
        self, style: Style, footprints: Footprints | None, decimals: int | None = None
    ) -> None:
        self.style = style
        self.decimals = decimals
        self.strings = Index(None)
        self.groups = Index(())
        self.areas = AreaTable(footprints, decimals)
        self.reports: dict[str, int] = {}

    def number_reports(self, reports: Sequence[Report]) -> None:
        """Let claims and places name reports by number."""
        self.reports = {report.id: number for number, report in enumerate(reports)}

    def report_table(self, reports: Sequence[Report]) -> Table:
        """Reports, in the order of their numbers."""
        text = self.strings.column
        columns: dict[str, Column] = {
            "id": [r.id for r in reports],
            "title": text([r.title for r in reports]),
            "publisher": text([r.publisher for r in reports]),
            "url": text([r.url for r in reports]),
            "published": text([r.published for r in reports]),
            "lang": text([r.language for r in reports]),
            "graphic": [int(r.graphic) for r in reports],
        }
        return table(len(reports), columns)

    def _sources(self, sources: Iterable[Provenance]) -> dict[str, Column]:
        told = list(sources)
        number = self.reports.get
        texts = [s.text if len(s.text) <= QUOTE_LIMIT else quote(s.text) for s in told]
        return {
            "rep": [number(s.report_id, -1) for s in told],
            "a": [s.start for s in told],
            "b": [s.end for s in told],
            "text": self.strings.column(texts),
        }

    def source_table(self, sources: Sequence[Provenance]) -> Table:
        """Quotes alone."""
        return table(len(sources), self._sources(sources))

    def incident_table(self, incidents: Sequence[Incident]) -> Table:
        """Incidents, with how many rows of each child table are theirs."""
        text, group = self.strings.column, self.groups.column
        kind = self.style.kind_of
        columns: dict[str, Column] = {
            "id": [i.id for i in incidents],
            "kind": [kind(i) for i in incidents],
            "type": text([i.event_type for i in incidents]),
            "sub": text([i.sub_event_type for i in incidents]),
            **self._times(incidents),
            "ver": [_VERIFICATION[i.verification.status] for i in incidents],
            "conf": [round(i.confidence * 100) for i in incidents],
            "est": group([_estimates(i) if i.estimates else () for i in incidents]),
            "weapons": group([i.weapons for i in incidents]),
            "damage": group([_damage(i) if i.damage else () for i in incidents]),
            "flags": group([i.flags for i in incidents]),
            "merged": group([i.merged_because for i in incidents]),
            "extra": group([tuple(i.extra.items()) if i.extra else () for i in incidents]),
            "loc": [len(i.locations) for i in incidents],
            "claim": [len(i.claims) for i in incidents],
            "resp": [len(i.responses) for i in incidents],
            "actor": [len(i.actors) for i in incidents],
            "quote": [len(i.verification.quotes) for i in incidents],
            "source": [len(i.sources) for i in incidents],
        }
        return table(len(incidents), columns)

    def _times(self, incidents: Sequence[Incident]) -> dict[str, Column]:
        times = [i.time for i in incidents]
        starts = [minutes(t.start) if t else None for t in times]
        spans = [max(0, int((t.end - t.start).total_seconds()) // 60) if t else 0 for t in times]
        return {
            "t0": starts,
            "dt": spans,
            "tp": [_TIME_PRECISION[t.precision] if t else -1 for t in times],
            "tz": [_offset(t.start) if t else 0 for t in times],
            "tt": self.strings.column([(t.text or None) if t else None for t in times]),
        }

    def place_table(self, incidents: Sequence[Incident]) -> Table:
        """Places of all incidents, and which of them are drawn."""
        places = [p for i in incidents for p in i.locations]
        at = [p.location for p in places]
        text = self.strings.column
        columns: dict[str, Column] = {
            "role": [_ROLE[p.role] for p in places],
            "shown": [flag for i in incidents for flag in _shown(i.locations)],
            **self._spots(at),
            "unc": [round(p.uncertainty_m) for p in at],
            "conf": [round(p.confidence * 100) for p in at],
            "area": self._areas(at),
            "admin1": text([p.admin1 for p in at]),
            "country": text([p.country_name for p in at]),
            "cc": text([p.country for p in at]),
            "rel": text([p.relation for p in at]),
            "ev": self.groups.column([p.evidence for p in at]),
            **self._sources(p.source for p in places),
        }
        return table(len(places), columns)

    def _areas(self, places: Sequence[Location]) -> Column:
        number = self.areas
        if self.decimals is None:
            return [number(p) if needs_area(p) else -1 for p in places]
        # The shape of a finer place would tell where it is.
        return [number(p) if p.precision in COARSE else -1 for p in places]

    def _spots(self, places: Sequence[Location]) -> dict[str, Column]:
        grid, digits = COORDINATE_GRID, self.decimals
        if digits is None:
            xs = [round(p.lon * grid) for p in places]
            ys = [round(p.lat * grid) for p in places]
        else:
            xs = [round(round(p.lon, digits) * grid) for p in places]
            ys = [round(round(p.lat, digits) * grid) for p in places]
        names = self.strings.column([p.name for p in places])
        return {"name": names, "x": xs, "y": ys, "prec": [_PRECISION[p.precision] for p in places]}

    def claim_table(self, claims: Sequence[Claim]) -> Table:
        """Claims of all incidents."""
        text = self.strings.column
        columns: dict[str, Column] = {
            "m": text([c.measure for c in claims]),
            "min": [c.min for c in claims],
            "max": [c.max for c in claims],
            "q": [_QUALIFIER[c.qualifier] for c in claims],
            "who": text([c.claimant for c in claims]),
            "subj": text([c.subject for c in claims]),
            "asof": text([c.as_of for c in claims]),
            "scope": text([c.scope for c in claims]),
            "fl": [RECAP * c.recap + PART * c.is_part for c in claims],
            **self._sources(c.source for c in claims),
        }
        return table(len(claims), columns)

    def response_table(self, responses: Sequence[Response]) -> Table:
        """Responses of all incidents; those without a place of their own have none."""
        text, kind = self.strings.column, self.style.response_kind
        at = [r.location for r in responses]
        own = [p for p in at if p]
        placed = {**self._spots(own), "area": self._areas(own)}
        spread = {
            name: _spread(
                at, values, -1 if name in {"prec", "area"} else 0 if name == "name" else None
            )
            for name, values in placed.items()
        }
        columns: dict[str, Column] = {
            "kind": [r.kind for r in responses],
            "style": [kind(r.kind) for r in responses],
            "actor": text([r.actor for r in responses]),
            "qty": [r.quantity for r in responses],
            "tt": text([(r.time.text or None) if r.time else None for r in responses]),
            **spread,
            **self._sources(r.source for r in responses),
        }
        return table(len(responses), columns)

    def actor_table(self, incidents: Sequence[Incident]) -> Table:
        """Who is said to have done it, or denies it."""
        actors = [a for i in incidents for a in i.actors]
        columns: dict[str, Column] = {
            "role": [a.role for a in actors],
            "name": self.strings.column([a.name for a in actors]),
            "by": self.strings.column([a.by for a in actors]),
            **self._sources(a.source for a in actors),
        }
        return table(len(actors), columns)


def _spread(places: Sequence[Location | None], values: Column, none: int | None) -> Column:
    """Values of the places there are, with `none` for the others."""
    rest = iter(values)
    return [next(rest) if place else none for place in places]


def _estimates(incident: Incident) -> tuple[tuple[str, int, int, int], ...]:
    return tuple([(m, e.low, e.best, e.high) for m, e in incident.estimates.items()])


def _damage(incident: Incident) -> tuple[tuple[str, int | None, int | None], ...]:
    return tuple((what, low, high) for what, (low, high) in incident.damage.items())


def _shown(places: tuple[EventLocation, ...]) -> Iterable[int]:
    if len(places) == 1:
        return (1,)
    shown = shown_places(places)
    return (int(number in shown) for number in range(len(places)))


def columnar(
    collection: IncidentCollection,
    style: Style,
    footprints: Footprints | None = None,
    *,
    decimals: int | None = None,
) -> Table:
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
    gather = Columns(style, footprints, decimals)
    incidents = collection.incidents
    gather.number_reports(collection.reports)
    # Strings that recur most come first and get the shortest numbers.
    tables: Table = {
        "incident": gather.incident_table(incidents),
        "place": gather.place_table(incidents),
        "claim": gather.claim_table(_flat(incidents, "claims")),
        "response": gather.response_table(_flat(incidents, "responses")),
        "actor": gather.actor_table(incidents),
        "quote": gather.source_table(_flat(incidents, "verification.quotes")),
        "source": gather.source_table(_flat(incidents, "sources")),
        "report": gather.report_table(collection.reports),
    }
    share(tables)
    return {
        "grid": COORDINATE_GRID,
        "precision": list(PRECISION_ORDER),
        "roles": list(ROLES),
        "verification": list(VERIFICATION),
        "qualifiers": list(QUALIFIERS),
        "timePrecision": list(TIME_PRECISION),
        "strings": gather.strings.values,
        "groups": gather.groups.values,
        "areas": gather.areas.records,
        **tables,
    }


def _flat(incidents: Sequence[Incident], children: str) -> list[Any]:
    return list(chain.from_iterable(map(attrgetter(children), incidents)))
