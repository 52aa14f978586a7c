"""What both tables ask of an incident."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geoincidents.model import PRECISION_ORDER, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoincidents.model import ActorRole, Estimate, Incident, Location

    Reports = Mapping[str, Report]

_ROLE_ORDER = ("target", "intercept", "response", "launch")


def report_of(report_id: str, text: str, *, publisher: str, published: str | None) -> Report:
    """A table's row as a report: its notes are the text."""
    return Report(
        id=report_id,
        text=text,
        publisher=publisher or None,
        published=published,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        published_from="metadata" if published else "",
    )


def main_place(incident: Incident) -> Location | None:
    """The one place a table has room for: the finest target, else where it was met."""
    places = [p for p in incident.locations if p.role != "launch"]
    chosen = min(
        places,
        default=None,
        key=lambda p: (_ROLE_ORDER.index(p.role), PRECISION_ORDER.index(p.location.precision)),
    )
    return chosen.location if chosen else None


def toll(incident: Incident, measure: str) -> Estimate | None:
    """Estimate of a measure, or None where nothing counts."""
    return incident.estimates.get(measure)


def named_actor(incident: Incident, *roles: ActorRole) -> str:
    """Name of the first actor in the first of these roles that anyone has."""
    for role in roles:
        for actor in incident.actors:
            if actor.role == role:
                return actor.name
    return ""


def sources_told(incident: Incident, reports: Reports) -> str:
    """Publishers of an incident's reports (their ids where unknown), joined by semicolons."""
    told = [reports.get(name) for name in incident.reports]
    names = [
        (report.publisher if report else None) or name
        for name, report in zip(incident.reports, told, strict=True)
    ]
    return "; ".join(dict.fromkeys(names))
