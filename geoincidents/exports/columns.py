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
        Claim,
        EventLocation,
        Incident,
        IncidentCollection,
        Location,
        Response,
        TimeInterval,
    )

ColumnType = Literal["text", "integer", "real", "datetime", "boolean"]
#: Measures that have columns of their own in the flat layers.
TOLLS = ("killed", "injured", "missing", "displaced")
_ENDS = ("low", "best", "high")
#: The same short lists come again and again.
_REMEMBERED = 4096
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Column(NamedTuple):
    """A name, a type, and what takes the value from an item of the layer."""

    name: str
    kind: ColumnType
    of: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class LayerKind:
    """What a layer holds: its items, their columns, and the places they are drawn at.

    `places` is None for a table without geometry.
    """

    name: str
    items: Callable[[IncidentCollection], Iterator[Any]]
    columns: tuple[Column, ...]
    places: Callable[[Any], tuple[Location, ...]] | None = None


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


class _IncidentItem(NamedTuple):
    incident: Incident
    places: tuple[Location, ...]
    #: The first of them.
    place: Location | None
    time: TimeInterval | None


class _PartItem(NamedTuple):
    """A location, response or claim, and the incident it belongs to."""

    incident_id: str
    part: Any
    place: Location | None
    time: TimeInterval | None


def _of_place(
    name: str, kind: ColumnType = "text", shape: Callable[[Any], Any] | None = None
) -> Column:
    """A field of the item's place; None where it has none."""
    take = attrgetter(name)

    def of(item: Any) -> Any:
        if item.place is None:
            return None
        return take(item.place) if shape is None else shape(take(item.place))

    return Column(name, kind, of)


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
    Column("time_start", "datetime", lambda item: item.time and item.time.start),
    Column("time_end", "datetime", lambda item: item.time and item.time.end),
    Column("time_precision", "text", lambda item: item.time and item.time.precision),
    Column("time_text", "text", lambda item: item.time and item.time.text),
)
_INCIDENT_ID = Column("incident_id", "text", attrgetter("incident_id"))
_SOURCE = (
    Column("report_id", "text", attrgetter("part.source.report_id")),
    Column("start", "integer", attrgetter("part.source.start")),
    Column("end", "integer", attrgetter("part.source.end")),
    Column("text", "text", lambda item: quote(item.part.source.text)),
)


def _of_part(name: str, kind: ColumnType = "text") -> Column:
    return Column(name, kind, attrgetter(f"part.{name}"))


def _estimate(toll: str, end: str) -> Column:
    take = attrgetter(end)

    def of(item: _IncidentItem) -> int | None:
        estimate = item.incident.estimates.get(toll)
        return None if estimate is None else take(estimate)

    return Column(f"{toll}_{end}", "integer", of)


def _actors(item: _IncidentItem) -> str | None:
    return as_json([{"role": a.role, "name": a.name, "by": a.by} for a in item.incident.actors])


def _damage(item: _IncidentItem) -> str | None:
    return as_json({what: list(span) for what, span in sorted(item.incident.damage.items())})


def _responses(item: _IncidentItem) -> str | None:
    return as_json(sorted({response.kind for response in item.incident.responses}))


def _texts_of(name: str) -> Column:
    take = attrgetter(f"incident.{name}")
    return Column(name, "text", lambda item: _texts_as_json(take(item)))


INCIDENTS = LayerKind(
    "incidents",
    lambda collection: map(_incident_item, collection.incidents),
    (
        *(
            Column(name, "text", attrgetter(f"incident.{name}"))
            for name in ("id", "event_type", "sub_event_type")
        ),
        *_TIME,
        _of_place("name"),
        _of_place("country"),
        _of_place("country_name"),
        _of_place("admin1"),
        _of_place("admin2"),
        _LAT,
        _LON,
        _of_place("precision"),
        _UNCERTAINTY,
        *(_estimate(toll, end) for toll in TOLLS for end in _ENDS),
        _texts_of("weapons"),
        Column("actors", "text", _actors),
        Column("damage", "text", _damage),
        Column("responses", "text", _responses),
        Column("verification", "text", attrgetter("incident.verification.status")),
        Column("claims", "integer", lambda item: len(item.incident.claims)),
        _texts_of("reports"),
        Column("confidence", "real", lambda item: round(item.incident.confidence, 3)),
        _texts_of("former_ids"),
        _texts_of("flags"),
    ),
    attrgetter("places"),
)


def _incident_item(incident: Incident) -> _IncidentItem:
    places = tuple(place.location for place in main_places(incident))
    return _IncidentItem(incident, places, places[0] if places else None, incident.time)


def _only_place(item: _PartItem) -> tuple[Location, ...]:
    return () if item.place is None else (item.place,)


LOCATIONS = LayerKind(
    "locations",
    lambda collection: (
        _PartItem(incident.id, place, place.location, None)
        for incident in collection.incidents
        for place in incident.locations
    ),
    (_INCIDENT_ID, _of_part("role"), *_PLACE, _of_place("admin2"), *_SOURCE),
    _only_place,
)


def _response_items(collection: IncidentCollection) -> Iterator[_PartItem]:
    for incident in collection.incidents:
        for response in incident.responses:
            part: Response = response
            yield _PartItem(incident.id, part, part.location, part.time)


RESPONSES = LayerKind(
    "responses",
    _response_items,
    (
        _INCIDENT_ID,
        _of_part("kind"),
        _of_part("actor"),
        _of_part("quantity", "integer"),
        *_TIME,
        _of_place("name"),
        _of_place("precision"),
        *_SOURCE,
    ),
    _only_place,
)


def _includes(item: _PartItem) -> str | None:
    claim: Claim = item.part
    return as_json(claim.includes)


CLAIMS = LayerKind(
    "claims",
    lambda collection: (
        _PartItem(incident.id, claim, None, None)
        for incident in collection.incidents
        for claim in incident.claims
    ),
    (
        _INCIDENT_ID,
        _of_part("measure"),
        _of_part("min", "integer"),
        _of_part("max", "integer"),
        *map(_of_part, ("qualifier", "subject", "claimant", "as_of")),
        Column("includes", "text", _includes),
        *map(_of_part, ("supersedes", "scope")),
        _of_part("recap", "boolean"),
        *_SOURCE,
    ),
)
REPORTS = LayerKind(
    "reports",
    lambda collection: iter(collection.reports),
    tuple(
        Column(name, "text", attrgetter(name))
        for name in ("id", "title", "publisher", "url", "published", "language", "sha256")
    ),
)


def _mention_items(collection: IncidentCollection) -> Iterator[dict[str, Any]]:
    for report_id, mentions in collection.mentions.items():
        for mention in mentions:
            yield mention_record(mention) | {"report_id": report_id}


def _of_record(name: str, kind: ColumnType) -> Column:
    def of(record: dict[str, Any]) -> Any:
        value = record.get(name)
        return as_json(value) if isinstance(value, list) else value

    return Column(name, kind, of)


MENTIONS = LayerKind(
    "mentions",
    _mention_items,
    tuple(
        _of_record(column.name, column.kind)
        for column in (*_SOURCE, *map(_of_part, ("kind", "role")), *_PLACE)
    ),
)
