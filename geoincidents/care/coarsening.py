"""A collection with its too exact places generalised, wherever they appear."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.care.generalising import Generaliser, Level, Places
from geoincidents.care.words import MASK, mapped, mask, redaction
from geoincidents.tables.schema import SCHEMAS, columns, place_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import (
        EventLocation,
        Incident,
        IncidentCollection,
        Location,
        Mention,
        Report,
        Response,
    )

__all__ = ["Generaliser", "Level", "Places", "coarsened"]

_GUARDED_ROLES = frozenset({"launch", "intercept"})
#: Where air defence worked is a place of interception.
_GUARDED_RESPONSES = frozenset({"air_defence"})
#: A longer span is a sentence, not a name.
_NAME_LIMIT = 80


class _Guarded:
    """Places to generalise and places that stay, per report."""

    def __init__(self) -> None:
        self.hidden: dict[str, dict[str, Location]] = {}
        self.spans: dict[str, set[tuple[int, int]]] = {}
        self.shown: dict[str, set[str]] = {}

    def hide(self, report: str, span: tuple[int, int], location: Location) -> None:
        """Note a place that a report must not tell exactly."""
        self.hidden.setdefault(report, {})[_identity(location)] = location
        self.spans.setdefault(report, set()).add(span)

    def show(self, report: str, location: Location) -> None:
        """Note a place that a report tells openly."""
        self.shown.setdefault(report, set()).add(_identity(location))


def _identity(location: Location) -> str:
    return location.feature_id or f"{location.name}@{location.lat},{location.lon}"


def coarsened(collection: IncidentCollection, generaliser: Generaliser) -> IncidentCollection:
    """Generalise places of incidents, responses, mentions and tables, and the words that name them.

    In quotes a name gives way to the unit in square brackets; in whole texts it
    is blacked out, so that offsets still hold.
    """
    guarded = _guarded(collection, generaliser)
    incidents = tuple(_incident(item, generaliser, collection) for item in collection.incidents)
    names = {
        report.id: _names(collection, report.id, guarded, generaliser)
        for report in collection.reports
    }
    mentions = {
        report: tuple(_mention(m, report, guarded, generaliser) for m in items)
        for report, items in collection.mentions.items()
    }
    return replace(
        collection,
        incidents=incidents,
        reports=tuple(_report(r, *names[r.id]) for r in collection.reports),
        unresolved=tuple(
            mapped(u, redaction(*names[u.report_id])) if u.report_id in names else u
            for u in collection.unresolved
        ),
        mentions=mentions,
    )


def _is_guarded(place: EventLocation, generaliser: Generaliser) -> bool:
    exposed = generaliser.everything or place.role in _GUARDED_ROLES
    return exposed and generaliser.is_exact(place.location)


def _is_guarded_response(response: Response, generaliser: Generaliser) -> bool:
    exposed = generaliser.everything or response.kind in _GUARDED_RESPONSES
    return exposed and response.location is not None and generaliser.is_exact(response.location)


def _guarded(collection: IncidentCollection, generaliser: Generaliser) -> _Guarded:
    found = _Guarded()
    for incident in collection.incidents:
        for place in incident.locations:
            source = place.source
            if _is_guarded(place, generaliser):
                found.hide(source.report_id, (source.start, source.end), place.location)
            else:
                found.show(source.report_id, place.location)
        for response in incident.responses:
            if _is_guarded_response(response, generaliser) and response.location is not None:
                span = (response.source.start, response.source.start)
                found.hide(response.source.report_id, span, response.location)
    return found


def _incident(
    incident: Incident, generaliser: Generaliser, collection: IncidentCollection
) -> Incident:
    """Generalise an incident's guarded places and every word of it that names them."""
    targets = {_identity(p.location) for p in incident.locations if not _is_guarded(p, generaliser)}
    names: dict[str, str] = {}
    for place in incident.locations:
        if _is_guarded(place, generaliser) and _identity(place.location) not in targets:
            unit = generaliser.general(place.location).name or "place"
            names.update(dict.fromkeys(_called(place, collection), unit))
    for response in incident.responses:
        location = response.location
        if (
            location is not None
            and _is_guarded_response(response, generaliser)
            and _identity(location) not in targets
            and location.name
        ):
            names[location.name] = generaliser.general(location).name or "place"
    changed = replace(
        incident,
        locations=tuple(_event_location(p, generaliser) for p in incident.locations),
        responses=tuple(_response(r, generaliser) for r in incident.responses),
    )
    if changed == incident:
        return incident
    kept = [p.location.name for p in changed.locations if p.location.name]
    kept += [p.source.text for p in incident.locations if not _is_guarded(p, generaliser)]
    told: Incident = mapped(changed, redaction(_without(names, kept), kept))
    return replace(told, extra=_placeless(incident.extra))


def _placeless(extra: dict[str, str]) -> dict[str, str]:
    """Cells of a table that tell of no place; a column nobody knows may tell of one."""
    return {
        column: cell
        for column, cell in extra.items()
        if any(column in columns(name) and column not in place_columns(name) for name in SCHEMAS)
    }


def _without(names: dict[str, str], kept: Iterable[str]) -> dict[str, str]:
    """Names but those that stay: a city-province goes by one name at both levels."""
    open_names = {name.casefold() for name in kept}
    return {name: unit for name, unit in names.items() if name.casefold() not in open_names}


def _called(place: EventLocation, collection: IncidentCollection) -> set[str]:
    """Names a place goes by in the words at hand: its own, and those of its mentions."""
    told = {place.location.name or ""}
    if len(place.source.text) <= _NAME_LIMIT and not place.source.text.islower():
        told.add(place.source.text)
    identity = _identity(place.location)
    for mention in collection.mentions.get(place.source.report_id, ()):
        if mention.location is not None and _identity(mention.location) == identity:
            told |= _surface(mention)
    return told - {""}


def _surface(mention: Mention) -> set[str]:
    """What a mention calls its place; "the city" is no name."""
    return {mention.text} if mention.kind in {"toponym", "expression"} else set()


def _event_location(place: EventLocation, generaliser: Generaliser) -> EventLocation:
    if not _is_guarded(place, generaliser):
        return place
    return replace(place, location=generaliser.general(place.location))


def _response(response: Response, generaliser: Generaliser) -> Response:
    if not _is_guarded_response(response, generaliser) or response.location is None:
        return response
    return replace(response, location=generaliser.general(response.location))


def _is_hidden(mention: Mention, report: str, guarded: _Guarded, generaliser: Generaliser) -> bool:
    location = mention.location
    if location is None or not generaliser.is_exact(location):
        return False
    if generaliser.everything:
        return True
    identity = _identity(location)
    if identity in guarded.shown.get(report, ()):
        return False
    spans = guarded.spans.get(report, ())
    met = any(start < mention.end and mention.start < end for start, end in spans)
    return met or identity in guarded.hidden.get(report, ())


def _names(
    collection: IncidentCollection, report: str, guarded: _Guarded, generaliser: Generaliser
) -> tuple[dict[str, str], list[str]]:
    """Names that a report's own words must not tell, with the unit that stands for each."""
    shown = guarded.shown.get(report, set())
    names = {
        location.name: generaliser.general(location).name or "place"
        for identity, location in guarded.hidden.get(report, {}).items()
        if location.name and identity not in shown
    }
    for mention in collection.mentions.get(report, ()):
        if mention.location is not None and _is_hidden(mention, report, guarded, generaliser):
            unit = generaliser.general(mention.location).name or "place"
            names.update(dict.fromkeys(_surface(mention) | {mention.location.name or ""}, unit))
    names.pop("", None)
    kept = sorted(set(names.values()))
    return _without(names, kept), kept


def _mention(mention: Mention, report: str, guarded: _Guarded, generaliser: Generaliser) -> Mention:
    if mention.location is None or not _is_hidden(mention, report, guarded, generaliser):
        return mention
    general = generaliser.general(mention.location)
    same_name = mention.text.casefold() == (general.name or "").casefold()
    return replace(
        mention,
        text=mention.text if same_name else MASK * len(mention.text),
        location=general,
        names=(),
        relation=None,
        evidence=general.evidence,
        candidates=(),
    )


def _report(report: Report, names: dict[str, str], kept: list[str]) -> Report:
    if not names:
        return report
    put = redaction(names, kept)
    return replace(
        report, text=mask(names, kept)(report.text), title=report.title and put(report.title)
    )
