"""Events of many reports → incidents, each told once, with every claim kept.

`link` blocks events by place and time, compares kind, weapon, toll and wording,
and lets each event join the incident it fits best, or found one. Nothing in it
depends on the order of reports; ids derive from the founding claim.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from geoincidents.linking import ids
from geoincidents.linking.clusters import Cluster, cluster
from geoincidents.linking.merging import incident_of
from geoincidents.linking.parts import Part, event_part, incident_part
from geoincidents.linking.undo import merge, unmerge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoincidents.model import Event, Feature, Incident, Report

__all__ = ["link", "merge", "unmerge"]


class Units(Protocol):
    """What is asked of a gazetteer."""

    def feature(self, feature_id: str) -> Feature:
        """The feature of an id; KeyError when unknown."""

    def capital(self, feature: Feature) -> Feature | None:
        """The administrative centre of a unit."""


def link(
    events: Iterable[Event],
    gazetteer: Units | None = None,
    *,
    known: Iterable[Incident] = (),
    reports: Iterable[Report] = (),
) -> tuple[Incident, ...]:
    """Merge what reports tell into incidents.

    Parameters
    ----------
    events
        One event per event and report, in any order.
    gazetteer
        Tells which city is a province's administrative centre. Without one, a
        province and its centre are known by their common name.
    known
        Incidents already made, from an earlier run or a file. Their ids stay; an
        event joins one of them or founds a new one. Two known incidents that turn
        out to be one are merged, unless a person set them apart (`unmerge`).
    reports
        The reports, whose text hashes found ids and find copies of one text.
        Without them, the quotes stand in for the texts.

    Returns
    -------
    tuple of Incident
        By time, then id.
    """
    hashes = {report.id: report.sha256 for report in reports if report.sha256}
    told, made = list(events), list(known)
    capitals = _capitals([*told, *made], gazetteer)
    parts = [event_part(event, hashes, capitals) for event in told]
    parts = _without_copies([*parts, *_known_parts(made, capitals)])
    incidents = _settled(parts)
    fresh = {incident.id for incident in incidents} - {incident.id for incident in made}
    # an incident may tell less than the events it came of, and meet another for it
    while len(again := _settled([incident_part(i, capitals) for i in incidents])) < len(incidents):
        incidents = tuple(_without_ids(incident, fresh) for incident in again)
    return incidents


def _settled(parts: list[Part]) -> tuple[Incident, ...]:
    """Incidents of parts, brought together until nothing moves."""
    while len(clusters := cluster(parts)) < len(parts):
        parts = [_part_of(home) for home in clusters]
    return _incidents(clusters)


def _without_ids(incident: Incident, unseen: set[str]) -> Incident:
    """The incident without former ids that nobody has seen."""
    kept = tuple(name for name in incident.former_ids if name not in unseen)
    return replace(incident, former_ids=kept)


def _capitals(items: Iterable[Event | Incident], gazetteer: Units | None) -> dict[str, str]:
    """Feature id of the administrative centre by that of its unit, for all units told of."""
    if gazetteer is None:
        return {}
    units = {
        place.location.feature_id
        for item in items
        for place in item.locations
        if place.location.precision in {"admin1", "admin2"}
    }
    capitals = {}
    for unit in sorted(name for name in units if name):
        try:
            capital = gazetteer.capital(gazetteer.feature(unit))
        except KeyError:
            continue
        if capital is not None:
            capitals[unit] = capital.id
    return capitals


def _known_parts(known: Iterable[Incident], capitals: Mapping[str, str]) -> list[Part]:
    """One part per known id; the same incident given twice is merged with itself."""
    by_id: dict[str, Incident] = {}
    for incident in known:
        twin = by_id.get(incident.id)
        if twin is None or twin == incident:
            by_id[incident.id] = incident
        else:
            first, second = sorted((twin, incident), key=repr)
            by_id[incident.id] = replace(merge(first, second), merged_because=first.merged_because)
    return [incident_part(incident, capitals) for incident in by_id.values()]


def _without_copies(parts: list[Part]) -> list[Part]:
    """One part for the same event of the same text; the copies' report ids are kept."""
    found: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        found.setdefault(part.content, []).append(part)
    unique = []
    for twins in found.values():
        first, *others = sorted(twins, key=lambda p: p.order)
        names = sorted({name for p in others for name in p.reports} - set(first.reports))
        unique.append(replace(first, copies=tuple(names)) if names else first)
    return unique


def _part_of(home: Cluster) -> Part:
    """A cluster as a part of the next round, in which clusters may still meet."""
    if len(home.parts) == 1:
        return home.parts[0]
    founding = min(part.founding for part in home.parts)
    known = min((p.known_id for p in _eldest(home) if p.known_id), default=None)
    return Part(
        incident_of(home, known or ids.incident_id(founding)),
        founding,
        recap=all(part.recap for part in home.parts),
        known_id=known,
        capitals=home.parts[0].capitals,
    )


def _eldest(home: Cluster) -> list[Part]:
    """The known incident that was founded first, if any, whose id the cluster bears."""
    known = [part for part in home.parts if part.known_id]
    return sorted(known, key=lambda p: (p.founding[0], p.known_id))[:1]


def _incidents(clusters: list[Cluster]) -> tuple[Incident, ...]:
    """Incidents under their final ids; each cluster is a single part by now."""
    settled = sorted((home for home in clusters), key=lambda home: home.parts[0].order)
    known = {home.parts[0].known_id for home in settled} - {None}
    fresh = [home for home in settled if home.parts[0].known_id is None]
    chosen = ids.distinct_ids(
        (home.parts[0].founding for home in fresh), (name for name in known if name)
    )
    incidents = [incident_of(home, name) for home, name in zip(fresh, chosen, strict=True)]
    incidents += [
        incident_of(home, home.parts[0].known_id) for home in settled if home.parts[0].known_id
    ]
    return tuple(sorted(incidents, key=_by_time))


def _by_time(incident: Incident) -> tuple[str, str]:
    return (incident.time.start.isoformat() if incident.time else "9999", incident.id)
