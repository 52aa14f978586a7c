"""From news reports to an incident map you can defend.

Examples
--------
>>> import geoincidents as gi
>>> reports = gi.read_reports(gi.sample_reports())
>>> incidents = gi.find_incidents(reports)
>>> page = gi.render_map(incidents)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoincidents.errors import GeoincidentsError
    from geoincidents.gazetteer import open_gazetteer
    from geoincidents.model import Incident, IncidentCollection, Location, Mention, Report
    from geoincidents.pipeline import Hints, find_incidents, geoparse, locate, sample_reports
    from geoincidents.publishing import Care, MapOptions, render_map, write, write_map
    from geoincidents.reports import read_reports

__version__ = "0.1.0"

#: Where each public name lives; it is imported when first asked for.
_HOMES = {
    "Care": "publishing",
    "GeoincidentsError": "errors",
    "Hints": "pipeline",
    "Incident": "model",
    "IncidentCollection": "model",
    "Location": "model",
    "MapOptions": "publishing",
    "Mention": "model",
    "Report": "model",
    "find_incidents": "pipeline",
    "geoparse": "pipeline",
    "locate": "pipeline",
    "open_gazetteer": "gazetteer",
    "read_reports": "reports",
    "render_map": "publishing",
    "sample_reports": "pipeline",
    "write": "publishing",
    "write_map": "publishing",
}

__all__ = [
    "Care",
    "GeoincidentsError",
    "Hints",
    "Incident",
    "IncidentCollection",
    "Location",
    "MapOptions",
    "Mention",
    "Report",
    "find_incidents",
    "geoparse",
    "locate",
    "open_gazetteer",
    "read_reports",
    "render_map",
    "sample_reports",
    "write",
    "write_map",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
