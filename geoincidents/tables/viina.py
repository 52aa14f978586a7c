"""One row of VIINA → one incident, or, where nothing labels it, one report.

Its points were set by machine, and about one in ten is wrong: they bear that
confidence, and the label that stood for the kind is their evidence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from geoincidents.errors import ReportError
from geoincidents.model import (
    Actor,
    EventLocation,
    Incident,
    Location,
    Provenance,
    Report,
    Response,
    Verification,
)
from geoincidents.tables import cells
from geoincidents.tables.common import report_of
from geoincidents.tables.schema import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What a file holds: labelled events with places, bare headlines, or labels alone.
Kind = Literal["events", "reports", "labels"]
_KINDS: tuple[Kind, ...] = ("events", "reports", "labels")
#: Nine points in ten are right, as measured on its headlines.
_CONFIDENCE = 0.9
_SET = frozenset({"1", "1.0"})
#: A report at midnight is one whose hour is not known.
_NO_HOUR = frozenset({"", "00:00", "00:00:00"})
#: Places whose own feature the row names; of a province it names a town inside.
_OWN_FEATURE = frozenset({"settlement", "neighbourhood"})


@cache
def codes() -> dict[str, Any]:
    """Signatures, precisions and labels."""
    return read_toml("viina.toml")


def kind_of(header: Iterable[str]) -> Kind | None:
    """Which of VIINA's files a header belongs to, or None."""
    found = set(header)
    return next((kind for kind in _KINDS if found.issuperset(codes()[kind])), None)


def report_of_row(row: Mapping[str, str], where: str) -> Report:
    """The report that a row's headline is; rows of one article are one report.

    Raises
    ------
    ReportError
        When it has no headline.
    """
    text = row.get("text", "")
    if not text.strip():
        raise ReportError(f"{where}: has no text; passed over.")
    key = row.get("report_id") or row.get("event_id") or row.get("event_id_1pd", "")
    report = report_of(
        f"viina:{_key(key)}", text, publisher=row.get("source", ""), published=_published(row)
    )
    language = codes()["languages"].get(row.get("lang", ""))
    return replace(report, url=row.get("url") or None, language=language)


def _key(cell: str) -> str:
    number = cells.integer(cell)
    return cell if number is None else str(number)


def _day(cell: str) -> datetime | None:
    """Midnight of ``20240203``, which a spreadsheet may have made ``20240203.0``."""
    digits = _key(cell)
    if len(digits) != len("20240203"):
        return cells.day(cell) if "-" in cell else None
    try:
        return datetime.strptime(digits, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def _published(row: Mapping[str, str]) -> str | None:
    day = _day(row.get("date", ""))
    if day is None:
        return None
    time = row.get("time", "").strip()
    if time in _NO_HOUR:
        return day.date().isoformat()
    try:
        return datetime.fromisoformat(f"{day.date()}T{time}").isoformat()
    except ValueError:
        return day.date().isoformat()


def incident_of(row: Mapping[str, str], where: str) -> tuple[Incident, tuple[Report, ...]] | None:
    """Incident and reports of a row; None where its labels say that it is not of the war.

    Raises
    ------
    ReportError
        When the row has no readable date or no position.
    """
    if not _is_set(row, "t_mil_b"):
        return None
    day = _day(row.get("date", ""))
    spot = cells.position(row.get("latitude", ""), row.get("longitude", ""))
    if day is None or spot is None:
        lacks = f"date {row.get('date', '')!r} is no date" if day is None else "has no position"
        raise ReportError(f"{where}: {lacks}; passed over.")
    reports = _reports(row, where)
    text = reports[0].text
    source = Provenance(reports[0].id, 0, len(text), text)
    label, event_type, sub_event_type = _event(row)
    incident = Incident(
        id=f"viina:{_key(row.get('event_id') or row.get('event_id_1pd', ''))}",
        event_type=event_type,
        sub_event_type=sub_event_type,
        time=cells.interval(day, None, "day", row["date"]),
        locations=(EventLocation("target", _location(row, spot, label), source),),
        claims=(),
        estimates={},
        actors=_actors(row, source),
        weapons=tuple(name for key, name in codes()["weapons"].items() if _is_set(row, key)),
        responses=(Response("alert", source),) if _is_set(row, "t_airalert_b") else (),
        verification=Verification("claimed"),
        reports=tuple(report.id for report in reports),
        sources=(source,),
        confidence=_CONFIDENCE,
    )
    return incident, reports


def _is_set(row: Mapping[str, str], label: str) -> bool:
    return row.get(label, "").strip() in _SET


def _event(row: Mapping[str, str]) -> tuple[str, str, str]:
    for kind in codes()["kind"]:
        for label in kind["labels"]:
            if _is_set(row, label):
                return label, kind["event_type"], kind["sub_event_type"]
    raise AssertionError("t_mil_b is set, and the last kind is its own")


def _reports(row: Mapping[str, str], where: str) -> tuple[Report, ...]:
    """The row's headline; of an event of several articles, their numbers and outlets."""
    if row.get("text", "").strip():
        return (report_of_row(row, where),)
    ids = [key.strip() for key in row.get("event_ids", "").split(",") if key.strip()]
    outlets = [name.strip() for name in row.get("sources", "").split(",") if name.strip()]
    # One outlet for many articles stands once.
    named = outlets if len(outlets) == len(ids) else outlets[:1] * len(ids)
    named += [""] * (len(ids) - len(named))
    keys = ids or [row.get("event_id_1pd") or row.get("event_id", "")]
    named = named or outlets[:1] or [""]
    return tuple(
        report_of(f"viina:{_key(key)}", "", publisher=outlet, published=_published(row))
        for key, outlet in zip(keys, named, strict=True)
    )


def _location(row: Mapping[str, str], spot: tuple[float, float], label: str) -> Location:
    precision = codes()["precision"].get(row.get("GEO_PRECISION", "").strip(), "settlement")
    names = {"admin1": "ADM1_NAME", "admin2": "ADM2_NAME"}
    feature = cells.integer(row.get("geonameid", ""))
    return Location(
        name=row.get(names.get(precision, "asciiname")) or None,
        lat=spot[0],
        lon=spot[1],
        precision=precision,
        uncertainty_m=float(codes()["radius_m"][precision]),
        confidence=_CONFIDENCE,
        feature_id=f"geonames:{feature}" if feature and precision in _OWN_FEATURE else None,
        feature_code=row.get("feature_code") or None if precision in _OWN_FEATURE else None,
        country="UA",
        country_name="Ukraine",
        admin1=row.get("ADM1_NAME") or None,
        admin2=row.get("ADM2_NAME") or None,
        evidence=(f"VIINA GEO_PRECISION {row.get('GEO_PRECISION', '')}", f"VIINA {label}"),
    )


def _actors(row: Mapping[str, str], source: Provenance) -> tuple[Actor, ...]:
    found = []
    for name, labels in codes()["actors"].items():
        column = next((label for label in labels if label in row), None)
        if column is not None and _is_set(row, column):
            found.append(Actor("accused", name, "VIINA", source))
    return tuple(found)
