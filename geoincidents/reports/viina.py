"""VIINA's tables: labelled events as incidents, bare headlines as reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.model import IncidentCollection
from geoincidents.reports.registry import Notice, Problem
from geoincidents.tables import viina

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoincidents.model import Incident, Report
    from geoincidents.reports.registry import Item


def read_viina(kind: viina.Kind, rows: Iterable[dict[str, Any]], name: str) -> Iterator[Item]:
    """Yield what one of VIINA's files holds, and each row that could not be read.

    Raises
    ------
    ReportError
        When it holds labels alone, which tell neither text nor place.
    """
    if kind == "labels":
        raise ReportError(
            f"{name}: VIINA's labels alone hold no text and no place; "
            "give event_1pd, or event_info joined with them by event_id."
        )
    if kind == "reports":
        yield from _headlines(rows, name)
        return
    yield from _incidents(rows, name)


def _headlines(rows: Iterable[dict[str, Any]], name: str) -> Iterator[Report | Problem | Notice]:
    yield Notice(
        name,
        f"{name}: VIINA's headlines, read as reports; the points that VIINA gave them "
        "are not used (event_1pd holds those).",
    )
    seen = set()
    for number, row in enumerate(rows, start=2):
        try:
            report = viina.report_of_row(row, f"{name}, row {number}")
        except ReportError as error:
            yield Problem(name, str(error))
            continue
        # An article stands there once for each of its places.
        if report.id not in seen:
            seen.add(report.id)
            yield report


def _incidents(
    rows: Iterable[dict[str, Any]], name: str
) -> Iterator[IncidentCollection | Problem | Notice]:
    incidents: dict[str, Incident] = {}
    reports: dict[str, Report] = {}
    left = 0
    for number, row in enumerate(rows, start=2):
        try:
            made = viina.incident_of(row, f"{name}, row {number}")
        except ReportError as error:
            yield Problem(name, str(error))
            continue
        if made is None:
            left += 1
            continue
        incidents.setdefault(made[0].id, made[0])
        for report in made[1]:
            reports.setdefault(report.id, report)
    if left:
        yield Notice(name, f"{name}: {left:,} rows are not labelled as of the war; passed over.")
    yield IncidentCollection(tuple(incidents.values()), tuple(reports.values()))
