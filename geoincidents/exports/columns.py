"""The layers' columns: names, types, and how each value is taken from a model value.

Column names are the contract's field names, flat; lists are JSON text. A value is
taken column by column, which is several times quicker than a record a row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from geoincidents.model import PRECISION_ORDER
from geoincidents.records.writing import COORDINATE_DECIMALS, mention_record, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoincidents.model import (
        EventLocation,
        Incident,
        IncidentCollection,
        Location,
        TimeInterval,
    )

ColumnType = Literal["text", "integer", "real", "datetime", "boolean"]
#: Measures that have columns of their own in the flat layers.
TOLLS = ("killed", "injured", "missing", "displaced")
_ENDS = ("low", "best", "high")
#: The same short lists come again and again.
_REMEMBERED = 4096
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Item(NamedTuple):
    """What one row is made of: a part of an incident, a report, or a mention's record."""

    part: Any
    #: Id of the incident that it belongs to.
    owner: str | None = None
    place: Location | None = None
    time: TimeInterval | None = None
    #: Every place it is drawn at.
    places: tuple[Location, ...] = ()


class Items(NamedTuple):
    """Items of many rows, field by field: a value is taken from a whole column at once."""

    parts: list[Any]
    owners: list[str | None]
    place: list[Location | None]
    times: list[TimeInterval | None]
    places: list[tuple[Location, ...]]


class Column(NamedTuple):
    """A name, a type, and what takes the values from the items of the layer."""

    name: str
    kind: ColumnType
    of: Callable[[Items], list[Any]]


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What a layer holds: an item a row, its columns, and whether it has geometry."""

    name: str
    items: Callable[[IncidentCollection], Iterator[Item]]
    columns: tuple[Column, ...]
    spatial: bool = True


def as_json(value: Any) -> str | None:
    """Lists and tables as compact JSON text; None where they are empty."""
    return _encode(value) if value else None


@lru_cache(_REMEMBERED)
def _texts_as_json(texts: tuple[str, ...]) -> str | None:
    return as_json(texts)


def main_places(incident: Incident) -> tuple[EventLocation, ...]:
    """The most precise places that an incident is drawn at: its targets, else where it was met."""
    if len(incident.locations) == 1 and incident.locations[0].role == "target":
        return incident.locations
    for role in ("target", "intercept", "response"):
        places = [place for place in incident.locations if place.role == role]
        if places:
            best = min(PRECISION_ORDER.index(p.location.precision) for p in places)
            return tuple(p for p in places if PRECISION_ORDER.index(p.location.precision) == best)
    return ()


def _of_place(
    name: str, kind: ColumnType = "text", shape: Callable[[Any], Any] | None = None
) -> Column:
    """A field of the place; None where there is none."""
    take = attrgetter(name)

    def plain(items: Items) -> list[Any]:
        return [None if place is None else take(place) for place in items.place]

    if shape is None:
        return Column(name, kind, plain)
    return Column(
        name,
        kind,
        lambda items: [None if value is None else shape(value) for value in plain(items)],
    )


def _of_time(name: str, kind: ColumnType = "text") -> Column:
    take = attrgetter(name.removeprefix("time_"))
    return Column(
        name, kind, lambda items: [None if time is None else take(time) for time in items.times]
    )


def _of_part(path: str, kind: ColumnType = "text", name: str | None = None) -> Column:
    take = attrgetter(path)
    return Column(name or path, kind, lambda items: list(map(take, items.parts)))


def _made(name: str, kind: ColumnType, make: Callable[[Any], Any]) -> Column:
    """A value made of the part itself."""
    return Column(name, kind, lambda items: list(map(make, items.parts)))


def _degrees(value: float) -> float:
    return round(value, COORDINATE_DECIMALS)


def _share(value: float) -> float:
    return round(value, 3)


_LAT, _LON = (_of_place(name, "real", _degrees) for name in ("lat", "lon"))
_UNCERTAINTY = _of_place("uncertainty_m", "integer", round)
_PLACE = (
    _of_place("name"),
    _of_place("feature_id"),
    _of_place("feature_code"),
    _of_place("country"),
    _of_place("country_name"),
    _of_place("admin1"),
    _LAT,
    _LON,
    _of_place("precision"),
    _UNCERTAINTY,
    _of_place("confidence", "real", _share),
    _of_place("relation"),
    _of_place("evidence", "text", _texts_as_json),
)
_TIME = (
    _of_time("time_start", "datetime"),
    _of_time("time_end", "datetime"),
    _of_time("time_precision"),
    _of_time("time_text"),
)
_OWNER = Column("incident_id", "text", lambda items: items.owners)
_SOURCE = (
    _of_part("source.report_id", name="report_id"),
    _of_part("source.start", "integer", "start"),
    _of_part("source.end", "integer", "end"),
    _made("text", "text", lambda part: quote(part.source.text)),
)


def _estimate(toll: str, end: str) -> Column:
    take = attrgetter(end)

    def of(items: Items) -> list[int | None]:
        estimates = [incident.estimates.get(toll) for incident in items.parts]
        return [None if estimate is None else take(estimate) for estimate in estimates]

    return Column(f"{toll}_{end}", "integer", of)


def _actors(incident: Incident) -> str | None:
    return as_json([{"role": a.role, "name": a.name, "by": a.by} for a in incident.actors])


def _damage(incident: Incident) -> str | None:
    told = incident.damage
    return as_json({what: list(told[what]) for what in sorted(told)}) if told else None


def _responses(incident: Incident) -> str | None:
    told = incident.responses
    return as_json(sorted({response.kind for response in told})) if told else None


def _texts_of(name: str) -> Column:
    take = attrgetter(name)
    return _made(name, "text", lambda incident: _texts_as_json(take(incident)))


def _incident_items(collection: IncidentCollection) -> Iterator[Item]:
    for incident in collection.incidents:
        places = tuple([place.location for place in main_places(incident)])
        yield Item(incident, None, places[0] if places else None, incident.time, places)


INCIDENTS = LayerKind(
    "incidents",
    _incident_items,
    (
        *map(_of_part, ("id", "event_type", "sub_event_type")),
        *_TIME,
        *map(_of_place, ("name", "country", "country_name", "admin1", "admin2")),
        _LAT,
        _LON,
        _of_place("precision"),
        _UNCERTAINTY,
        *(_estimate(toll, end) for toll in TOLLS for end in _ENDS),
        _texts_of("weapons"),
        _made("actors", "text", _actors),
        _made("damage", "text", _damage),
        _made("responses", "text", _responses),
        _of_part("verification.status", name="verification"),
        _made("claims", "integer", lambda incident: len(incident.claims)),
        _texts_of("reports"),
        _made("confidence", "real", lambda incident: round(incident.confidence, 3)),
        _texts_of("former_ids"),
        _texts_of("flags"),
    ),
)
LOCATIONS = LayerKind(
    "locations",
    lambda collection: (
        Item(place, incident.id, place.location, None, (place.location,))
        for incident in collection.incidents
        for place in incident.locations
    ),
    (_OWNER, _of_part("role"), *_PLACE, _of_place("admin2"), *_SOURCE),
)


def _response_items(collection: IncidentCollection) -> Iterator[Item]:
    for incident in collection.incidents:
        for response in incident.responses:
            place = response.location
            yield Item(response, incident.id, place, response.time, (place,) if place else ())


RESPONSES = LayerKind(
    "responses",
    _response_items,
    (
        _OWNER,
        _of_part("kind"),
        _of_part("actor"),
        _of_part("quantity", "integer"),
        *_TIME,
        _of_place("name"),
        _of_place("precision"),
        *_SOURCE,
    ),
)
CLAIMS = LayerKind(
    "claims",
    lambda collection: (
        Item(claim, incident.id) for incident in collection.incidents for claim in incident.claims
    ),
    (
        _OWNER,
        _of_part("measure"),
        _of_part("min", "integer"),
        _of_part("max", "integer"),
        *map(_of_part, ("qualifier", "subject", "claimant", "as_of")),
        _made("includes", "text", lambda claim: as_json(claim.includes)),
        *map(_of_part, ("supersedes", "scope")),
        _of_part("recap", "boolean"),
        *_SOURCE,
    ),
    spatial=False,
)
REPORTS = LayerKind(
    "reports",
    lambda collection: map(Item, collection.reports),
    tuple(map(_of_part, ("id", "title", "publisher", "url", "published", "language", "sha256"))),
    spatial=False,
)


def _mention_items(collection: IncidentCollection) -> Iterator[Item]:
    for report_id, mentions in collection.mentions.items():
        for mention in mentions:
            yield Item(mention_record(mention) | {"report_id": report_id})


def _of_record(name: str, kind: ColumnType) -> Column:
    def of(record: dict[str, Any]) -> Any:
        value = record.get(name)
        return as_json(value) if isinstance(value, list) else value

    return _made(name, kind, of)


MENTIONS = LayerKind(
    "mentions",
    _mention_items,
    tuple(
        _of_record(column.name, column.kind)
        for column in (*_SOURCE, *map(_of_part, ("kind", "role")), *_PLACE)
    ),
    spatial=False,
)
