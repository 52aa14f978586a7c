"""Layers that our own exports hold → incidents: rows become the contract's records again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from geoincidents.model import PRECISION_ORDER, IncidentCollection
from geoincidents.reports.cells import items, missing, number, table, texts, told, whole
from geoincidents.reports.registry import Notice, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import Incident, Report

Row = dict[str, Any]
#: A row and its geometry: a shape, or what makes it, so that a bad one spoils only its row.
Placed = tuple[Row, Any]

#: Columns by which a layer of incidents is known again.
_INCIDENT_HEADS = frozenset({"id", "event_type", "sub_event_type", "time_start", "verification"})
#: Columns by which the other layers are known, to say which one was given.
_OTHER_HEADS = {
    "locations": {"incident_id", "role", "precision"},
    "responses": {"incident_id", "kind", "quantity"},
    "claims": {"incident_id", "measure", "qualifier"},
    "reports": {"id", "sha256", "publisher"},
    "mentions": {"report_id", "kind", "role", "start"},
}
_TOLLS = ("killed", "injured", "missing", "displaced")
_ENDS = ("low", "best", "high")
#: A layer alone does not say which words a value came from.
_NOWHERE: Row = {"report_id": "", "start": 0, "end": 0, "text": ""}
_PLACE_TEXTS = (
    "name",
    "feature_id",
    "feature_code",
    "country",
    "country_name",
    "admin1",
    "admin1_id",
    "admin2",
    "admin2_id",
    "relation",
)
_CLAIM_TEXTS = ("subject", "claimant", "as_of", "supersedes", "scope", "published")
#: Columns of the `incidents` layer whose names are longer than a shapefile's ten letters.
INCIDENT_COLUMNS = (
    *("event_type", "sub_event_type", "time_start", "time_end", "time_precision", "time_text"),
    *("country_name", "uncertainty_m", "verification", "confidence", "former_ids"),
    *(f"{toll}_{end}" for toll in _TOLLS for end in _ENDS),
)
_ROW_ERRORS = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)


@dataclass(slots=True)
class Layers:
    """Rows of an export, layer by layer; a format of one layer has only `incidents`."""

    incidents: Iterable[Placed]
    locations: Iterable[Placed] = ()
    responses: Iterable[Placed] = ()
    claims: Iterable[Placed] = ()
    reports: Iterable[Placed] = ()


@dataclass(slots=True)
class _Parts:
    """What belongs to each incident, by its id."""

    locations: dict[str, list[Row]] = field(default_factory=dict)
    responses: dict[str, list[Row]] = field(default_factory=dict)
    claims: dict[str, list[Row]] = field(default_factory=dict)


def holds_incidents(header: Iterable[str]) -> bool:
    """Whether a table has the columns of the `incidents` layer."""
    return set(header) >= _INCIDENT_HEADS


def other_layer(header: Iterable[str]) -> str | None:
    """Which other layer of an export a table's columns belong to, or None."""
    heads = set(header)
    if "text" in heads and not heads & {"incident_id", "report_id"}:
        return None
    return next((name for name, needed in _OTHER_HEADS.items() if heads >= needed), None)


def restored(
    layers: Layers, name: str, *, lost: str | None = None
) -> Iterator[IncidentCollection | Problem | Notice]:
    """The incidents of an export; what its format does not keep stays empty and is said.

    Parameters
    ----------
    layers
        Rows as the format gives them; texts of numbers and times are understood.
    name
        The file as shown to people.
    lost
        What the format has lost, as people are told it.
    """
    parts = _Parts()
    for kind in ("locations", "responses", "claims"):
        grouped, faults = _by_incident(getattr(layers, kind), f"{name}, layer {kind}")
        setattr(parts, kind, grouped)
        yield from faults
    reports, faults = _reports(layers.reports, f"{name}, layer reports")
    yield from faults
    incidents: dict[str, Incident] = {}
    count = 0
    for count, placed in enumerate(layers.incidents, start=1):
        try:
            made = _incident(*placed, parts)
        except _ROW_ERRORS as error:
            yield Problem(name, f"{name}, row {count}: {_why(error)}; passed over.")
            continue
        known = incidents.get(made.id)
        incidents[made.id] = made if known is None else _joined(known, made)
    if not count:
        yield Problem(name, f"{name}: holds no incidents; there is nothing to read.")
    if not incidents:
        return
    if lost:
        yield Notice(name, f"{name}: {lost}")
    yield IncidentCollection(incidents=tuple(incidents.values()), reports=tuple(reports))


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"not an incident, it has no {error.args[0]}"
    return f"not an incident ({error})"


def _by_incident(rows: Iterable[Placed], name: str) -> tuple[dict[str, list[Row]], list[Problem]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    faults = []
    for count, (row, geometry) in enumerate(rows, start=1):
        try:
            grouped[str(row["incident_id"])].append(row | {"geometry": _shape(geometry)})
        except _ROW_ERRORS as error:
            faults.append(Problem(name, f"{name}, row {count}: {error}; passed over."))
    return grouped, faults


def _reports(rows: Iterable[Placed], name: str) -> tuple[list[Report], list[Problem]]:
    from geoincidents.records.reading import report_from_record

    found, faults = [], []
    for count, (row, _) in enumerate(rows, start=1):
        try:
            record = {key: None if missing(value) else value for key, value in row.items()}
            found.append(report_from_record(record))
        except _ROW_ERRORS as error:
            faults.append(Problem(name, f"{name}, row {count}: {error}; passed over."))
    return found, faults


def _shape(geometry: Any) -> BaseGeometry | None:
    return geometry() if callable(geometry) else geometry


def _incident(row: Row, geometry: Any, parts: _Parts) -> Incident:
    from geoincidents.records.reading import incident_from_record

    for head in ("id", "event_type", "sub_event_type"):
        if missing(row.get(head)):
            raise KeyError(head)
    key = str(row["id"])
    places = parts.locations.get(key)
    record = {
        "id": key,
        "event_type": str(row["event_type"]),
        "sub_event_type": str(row["sub_event_type"]),
        **_times(row),
        "locations": [_location(place) for place in places]
        if places
        else _own_place(row, _shape(geometry)),
        "claims": [_claim(claim) for claim in parts.claims.get(key, ())],
        "estimates": _estimates(row),
        "actors": [_actor(each) for each in items(row.get("actors")) if isinstance(each, dict)],
        "weapons": texts(row.get("weapons")),
        "responses": _responses(row, parts.responses.get(key)),
        "verification": {"status": told(row.get("verification")) or "unverified"},
        "reports": texts(row.get("reports")),
        "damage": {
            what: {"min": low, "max": high}
            for what, (low, high) in table(row.get("damage")).items()
        },
        "confidence": number(row.get("confidence"), 0.5),
        "former_ids": texts(row.get("former_ids")),
        "flags": texts(row.get("flags")),
    }
    return incident_from_record(record)


def _actor(value: Row) -> Row:
    by = value.get("by")
    name = {"role": str(value.get("role") or "accused"), "name": str(value["name"])}
    return {**name, "by": None if by is None else str(by), **_NOWHERE}


def _joined(one: Incident, other: Incident) -> Incident:
    """An incident that a shapefile has parted by the kinds of its geometry, whole again."""
    from shapely import union_all

    if not one.locations or not other.locations:
        return one if one.locations else other
    first = one.locations[0]
    shapes = [_drawn(place.location) for place in (first, other.locations[0])]
    whole_place = replace(first.location, geometry=union_all(shapes))
    return replace(one, locations=(replace(first, location=whole_place), *one.locations[1:]))


def _drawn(location: Any) -> BaseGeometry:
    from shapely import Point

    return location.geometry or Point(location.lon, location.lat)


def _times(row: Row) -> Row:
    """`time_start` to `time_text`, however a format spells a time."""
    start = told(row.get("time_start"))
    if start is None:
        return {"time_start": None}
    end = told(row.get("time_end"))
    return {
        "time_start": _instant(start),
        "time_end": _instant(start if end is None else end),
        "time_precision": told(row.get("time_precision")),
        "time_text": told(row.get("time_text")),
    }


def _instant(value: Any) -> str:
    from datetime import UTC

    text = value if isinstance(value, datetime) else str(value).strip().replace("/", "-")
    moment = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _own_place(row: Row, shape: BaseGeometry | None) -> list[Row]:
    """The one place that an incident's own row tells of; none where it has no position."""
    spot = _position(row, shape)
    return [] if spot is None else [_place(row, shape, spot) | {"role": "target", **_NOWHERE}]


def _position(row: Row, shape: BaseGeometry | None) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; a point that was moved in a GIS beats the columns."""
    if shape is not None and shape.geom_type == "Point":
        return shape.y, shape.x
    lat, lon = number(row.get("lat")), number(row.get("lon"))
    if lat is not None and lon is not None:
        return lat, lon
    if shape is None:
        return None
    inside = shape.representative_point()
    return inside.y, inside.x


def _place(row: Row, shape: BaseGeometry | None, spot: tuple[float, float]) -> Row:
    precision = told(row.get("precision"))
    return {
        **{key: told(row.get(key)) for key in _PLACE_TEXTS},
        "lat": spot[0],
        "lon": spot[1],
        "precision": precision if precision in PRECISION_ORDER else "settlement",
        "uncertainty_m": number(row.get("uncertainty_m"), 0.0),
        "confidence": number(row.get("confidence"), 0.5),
        "evidence": texts(row.get("evidence")),
        "geometry": shape,
    }


def _location(row: Row) -> Row:
    spot = _position(row, row["geometry"])
    if spot is None:
        raise ValueError("a place without a position")
    return _place(row, row["geometry"], spot) | {"role": told(row["role"]), **_source(row)}


def _source(row: Row) -> Row:
    return {
        "report_id": told(row.get("report_id")) or "",
        "start": whole(row.get("start")) or 0,
        "end": whole(row.get("end")) or 0,
        "text": told(row.get("text")) or "",
    }


def _claim(row: Row) -> Row:
    return {
        **_source(row),
        **{key: told(row.get(key)) for key in _CLAIM_TEXTS},
        "measure": told(row["measure"]),
        "min": whole(row.get("min")),
        "max": whole(row.get("max")),
        "qualifier": told(row["qualifier"]),
        "includes": items(row.get("includes")),
        "is_part": _true(row.get("is_part")),
        "recap": _true(row.get("recap")),
    }


def _true(value: Any) -> bool:
    return value is True or str(value).lower() in {"true", "1"}


def _responses(row: Row, rows: list[Row] | None) -> list[Row]:
    if rows is None:
        return [{"kind": kind, **_NOWHERE} for kind in texts(row.get("responses"))]
    return [_response(each) for each in rows]


def _response(row: Row) -> Row:
    shape = row["geometry"]
    spot = _position(row, shape)
    return {
        **_source(row),
        "kind": told(row["kind"]),
        "actor": told(row.get("actor")),
        "quantity": whole(row.get("quantity")),
        "time": _times(row),
        "location": None if spot is None else _place(row, shape, spot),
    }


def _estimates(row: Row) -> dict[str, dict[str, int]]:
    found = {}
    for toll in _TOLLS:
        ends = {end: whole(row.get(f"{toll}_{end}")) for end in _ENDS}
        told_ends = {end: count for end, count in ends.items() if count is not None}
        if len(told_ends) == len(_ENDS):
            found[toll] = told_ends
    return found
