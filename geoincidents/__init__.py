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
    from geoincidents.pipeline import (
        Care,
        Hints,
        find_incidents,
        geoparse,
        locate,
        render_map,
        sample_reports,
        write,
    )
    from geoincidents.reports import read_reports

__version__ = "0.1.0"

#: Where each public name lives; it is imported when first asked for.
_HOMES = {
    "Care": "pipeline",
    "GeoincidentsError": "errors",
    "Hints": "pipeline",
    "Incident": "model",
    "IncidentCollection": "model",
    "Location": "model",
    "Mention": "model",
    "Report": "model",
    "find_incidents": "pipeline",
    "geoparse": "pipeline",
    "locate": "pipeline",
    "open_gazetteer": "gazetteer",
    "read_reports": "reports",
    "render_map": "pipeline",
    "sample_reports": "pipeline",
    "write": "pipeline",
}

__all__ = [
    "Care",
    "GeoincidentsError",
    "Hints",
    "Incident",
    "IncidentCollection",
    "Location",
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
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
