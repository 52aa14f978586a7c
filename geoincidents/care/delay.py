"""Withholding what is too young to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model import Incident, IncidentCollection, Report


def withheld(collection: IncidentCollection, hours: float, now: datetime) -> IncidentCollection:
    """Leave out incidents younger than so many hours, and what else tells of them.

    A report that tells of nothing older goes too; one that does keeps its title
    line in the list of reports, without its text and mentions.
    """
    limit = _earlier(now, hours)
    young = [item for item in collection.incidents if _moment(item) > limit]
    if not young:
        return collection
    kept = tuple(item for item in collection.incidents if _moment(item) <= limit)
    telling = {report for item in young for report in item.reports}
    still_told = {report for item in kept for report in item.reports}
    gone = telling - still_told
    return replace(
        collection,
        incidents=kept,
        reports=tuple(
            _without_text(report) if report.id in telling else report
            for report in collection.reports
            if report.id not in gone
        ),
        unresolved=tuple(u for u in collection.unresolved if u.report_id not in telling),
        mentions={name: m for name, m in collection.mentions.items() if name not in telling},
    )


def _earlier(now: datetime, hours: float) -> datetime:
    aware = now if now.tzinfo else now.replace(tzinfo=UTC)
    try:
        return aware - timedelta(hours=hours)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def _moment(incident: Incident) -> datetime:
    """When it was over; what bears no time counts as happening now, since nobody can tell."""
    if incident.time is None:
        return datetime.max.replace(tzinfo=UTC)
    end = incident.time.end
    return end if end.tzinfo else end.replace(tzinfo=UTC)


def _without_text(report: Report) -> Report:
    return replace(report, text="", title=None, mentions=None)
