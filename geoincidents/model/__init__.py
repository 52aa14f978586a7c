"""The words of the field as plain values: frozen, slotted, free of heavy imports.

Data flows one way: a `Report` holds text; recognition finds `Mention` spans in
it; resolution gives a mention a `Location`; extraction turns a report and its
mentions into `Event` values (what one report tells); linking merges events of
many reports into `Incident` values that keep every `Claim`.

Positions are WGS84 degrees (EPSG:4326), geometry is in x, y (lon, lat) order,
distances are metres. Offsets are code points into the report's text,
``text == report.text[start:end]``.

Each part is imported when a name of it is first asked for: a frozen, slotted
dataclass takes over a millisecond to make, and a look-up of one place needs few.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoincidents.model.incidents import (
        Actor,
        Claim,
        Estimate,
        Event,
        EventLocation,
        Incident,
        IncidentCollection,
        Provenance,
        Response,
        TimeInterval,
        Unresolved,
        Verification,
    )
    from geoincidents.model.kinds import (
        PRECISION_ORDER,
        ActorRole,
        LocationRole,
        MentionKind,
        MentionRole,
        NameForm,
        Precision,
        Qualifier,
        Relation,
        ResponseKind,
        TimePrecision,
        VerificationStatus,
    )
    from geoincidents.model.mentions import Mention
    from geoincidents.model.places import Candidate, Feature, Location, NameHit
    from geoincidents.model.reports import Report, Span

_HOMES = {
    "Actor": "incidents",
    "ActorRole": "kinds",
    "Candidate": "places",
    "Claim": "incidents",
    "Estimate": "incidents",
    "Event": "incidents",
    "EventLocation": "incidents",
    "Feature": "places",
    "Incident": "incidents",
    "IncidentCollection": "incidents",
    "Location": "places",
    "LocationRole": "kinds",
    "Mention": "mentions",
    "MentionKind": "kinds",
    "MentionRole": "kinds",
    "NameForm": "kinds",
    "NameHit": "places",
    "PRECISION_ORDER": "kinds",
    "Precision": "kinds",
    "Provenance": "incidents",
    "Qualifier": "kinds",
    "Relation": "kinds",
    "Report": "reports",
    "Response": "incidents",
    "ResponseKind": "kinds",
    "Span": "reports",
    "TimeInterval": "incidents",
    "TimePrecision": "kinds",
    "Unresolved": "incidents",
    "Verification": "incidents",
    "VerificationStatus": "kinds",
}

__all__ = [
    "PRECISION_ORDER",
    "Actor",
    "ActorRole",
    "Candidate",
    "Claim",
    "Estimate",
    "Event",
    "EventLocation",
    "Feature",
    "Incident",
    "IncidentCollection",
    "Location",
    "LocationRole",
    "Mention",
    "MentionKind",
    "MentionRole",
    "NameForm",
    "NameHit",
    "Precision",
    "Provenance",
    "Qualifier",
    "Relation",
    "Report",
    "Response",
    "ResponseKind",
    "Span",
    "TimeInterval",
    "TimePrecision",
    "Unresolved",
    "Verification",
    "VerificationStatus",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
