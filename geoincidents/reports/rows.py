"""Rows of any table → reports, or incidents that one of our own exports holds."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.model import (
    PRECISION_ORDER,
    Estimate,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    TimeInterval,
    Verification,
)
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import Report, TimePrecision

    Row = dict[str, Any]

#: Our field: the heads under which people keep it, the surest first.
COLUMNS = {
    "text": ("text", "body", "content", "article", "message", "description"),
    "id": ("id", "report_id", "doc_id", "guid"),
    "title": ("title", "headline"),
    "published": ("published", "published_at", "date", "datetime", "time", "timestamp"),
    "publisher": ("publisher", "outlet", "source", "channel"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
#: Columns by which a layer of incidents is known again.
_INCIDENT_HEADS = frozenset({"id", "event_type", "sub_event_type", "time_start", "verification"})
_TOLLS = ("killed", "injured", "missing", "displaced")


def holds_incidents(header: Iterable[str]) -> bool:
    """Whether a table has the columns of the `incidents` layer."""
    return set(header) >= _INCIDENT_HEADS


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Which column holds which field of a report, by its head.

    >>> guess_columns(["Link", "Headline", "Body"])
    {'text': 'Body', 'title': 'Headline', 'url': 'Link'}
    """
    heads = {head.strip().lower(): head for head in header}
    found = {}
    for key, names in COLUMNS.items():
        places = [heads[name] for name in names if name in heads]
        if places:
            found[key] = places[0]
    return found


def reports_from_rows(
    header: Sequence[str], rows: Iterable[Row], name: str, stem: str
) -> Iterator[Report | Problem]:
    """The report of each row.

    Raises
    ------
    ReportError
        When no column holds the reports' text.
    """
    mapping = guess_columns(header)
    if "text" not in mapping:
        heads = ", ".join(COLUMNS["text"])
        raise ReportError(f"{name}: no column holds the reports' text; call one of them {heads}.")
    for number, row in enumerate(rows, start=2):
        fields = {key: _text(row.get(head)) for key, head in mapping.items()}
        body = fields.pop("text")
        if not body.strip():
            yield Problem(name, f"{name}, row {number}: has no text; passed over.")
            continue
        yield make_report(body, fields, default_id=f"{stem}-{number}")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def incidents_from_rows(
    rows: Iterable[tuple[Row, BaseGeometry | None]], name: str
) -> Iterator[IncidentCollection | Problem]:
    """The incidents of a flat layer; what a flat layer does not hold stays empty."""
    incidents = []
    for number, (row, shape) in enumerate(rows, start=1):
        try:
            incidents.append(_incident(row, shape))
        except (KeyError, TypeError, ValueError) as error:
            yield Problem(name, f"{name}, row {number}: not an incident ({error}); passed over.")
    if incidents:
        yield IncidentCollection(incidents=tuple(incidents), reports=())


def _incident(row: Row, shape: BaseGeometry | None) -> Incident:
    place = _place(row, shape)
    return Incident(
        id=str(row["id"]),
        event_type=str(row["event_type"]),
        sub_event_type=str(row["sub_event_type"]),
        time=_time(row),
        locations=(EventLocation("target", place, _nowhere()),) if place else (),
        claims=(),
        estimates=_estimates(row),
        actors=(),
        weapons=tuple(_list(row.get("weapons"))),
        responses=(),
        verification=Verification(row.get("verification") or "unverified"),
        reports=tuple(_list(row.get("reports"))),
        damage={what: (low, high) for what, (low, high) in _table(row.get("damage")).items()},
        confidence=float(row.get("confidence") or 0.5),
        former_ids=tuple(_list(row.get("former_ids"))),
        flags=tuple(_list(row.get("flags"))),
    )


def _nowhere() -> Provenance:
    """A flat layer does not say which words a place came from."""
    return Provenance("", 0, 0, "")


def _place(row: Row, shape: BaseGeometry | None) -> Location | None:
    if _missing(row.get("lat")) or _missing(row.get("lon")):
        return None
    precision = row.get("precision")
    return Location(
        name=_or_none(row.get("name")),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        precision=precision if precision in PRECISION_ORDER else "settlement",
        uncertainty_m=float(_or_none(row.get("uncertainty_m")) or 0),
        confidence=float(_or_none(row.get("confidence")) or 0.5),
        country=_or_none(row.get("country")),
        country_name=_or_none(row.get("country_name")),
        admin1=_or_none(row.get("admin1")),
        admin2=_or_none(row.get("admin2")),
        geometry=shape if shape is not None and shape.geom_type != "Point" else None,
    )


def _missing(value: Any) -> bool:
    """None, an empty cell, or a table's not-a-number."""
    return value is None or value == "" or value != value  # noqa: PLR0124


def _or_none(value: Any) -> Any:
    return None if _missing(value) else value


def _time(row: Row) -> TimeInterval | None:
    start = _or_none(row.get("time_start"))
    if start is None:
        return None
    end = _or_none(row.get("time_end")) or start
    precision: TimePrecision = row.get("time_precision") or "day"
    return TimeInterval(_moment(start), _moment(end), precision, row.get("time_text") or "")


def _moment(value: Any) -> datetime:
    from datetime import UTC

    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _estimates(row: Row) -> dict[str, Estimate]:
    found = {}
    for toll in _TOLLS:
        ends = [_or_none(row.get(f"{toll}_{end}")) for end in ("low", "best", "high")]
        if None not in ends:
            low, best, high = (int(float(str(end))) for end in ends)
            found[toll] = Estimate(low, best, high)
    return found


def _list(value: Any) -> list[Any]:
    found = json.loads(value) if isinstance(value, str) and value else []
    return found if isinstance(found, list) else []


def _table(value: Any) -> dict[str, list[Any]]:
    found = json.loads(value) if isinstance(value, str) and value else {}
    return found if isinstance(found, dict) else {}
