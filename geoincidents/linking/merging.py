"""A cluster of parts → one incident that keeps all that was said, and by whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from geoincidents.linking import estimates, places, times, tolls
from geoincidents.linking.parts import published
from geoincidents.linking.responses import distinct
from geoincidents.model import Event, Incident, Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from geoincidents.linking.clusters import Cluster
    from geoincidents.linking.parts import Part
    from geoincidents.model import (
        Actor,
        Claim,
        EventLocation,
        Location,
        Provenance,
        TimeInterval,
        VerificationStatus,
    )

    Value = TypeVar("Value")

#: What each further report leaves of the doubt; a recap leaves more.
_DOUBT_LEFT, _DOUBT_LEFT_BY_RECAP = 0.75, 0.95
_MAX_CONFIDENCE = 0.99


def incident_of(cluster: Cluster, incident_id: str) -> Incident:
    """Reconcile a cluster; an incident that nothing joined comes back as it was."""
    parts = cluster.parts
    if len(parts) == 1 and isinstance(parts[0].item, Incident) and not parts[0].copies:
        return replace(parts[0].item, id=incident_id)
    locations = _locations(parts)
    claims = estimates.with_supersedes(_claims(parts))
    event_type, sub_event_type = _kind(parts)
    actors = _actors(parts)
    return Incident(
        id=incident_id,
        event_type=event_type,
        sub_event_type=sub_event_type,
        time=_time(parts),
        locations=locations,
        claims=claims,
        estimates=estimates.estimates_of(claims, scopes_of(locations)),
        actors=actors,
        weapons=_unique((w for p in parts for w in p.item.weapons), str.casefold),
        responses=distinct(r for part in parts for r in part.item.responses),
        verification=_verification(parts, actors),
        reports=_reports(parts),
        sources=_sources(s for p in parts for s in p.item.sources),
        damage=estimates.damage_of(claims),
        confidence=_confidence(parts),
        former_ids=_former_ids(parts, incident_id),
        apart_from=_own("apart_from", parts),
        in_passing=all(part.recap for part in parts),
        merged_because=_because(cluster),
        flags=_flags(parts, claims),
        extra=_extra(parts),
    )


def _unique(items: Iterable[Value], key: Callable[[Value], Hashable]) -> tuple[Value, ...]:
    """First of each key, in order."""
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())


def _spot(source: Provenance) -> tuple[str, int, int]:
    return source.report_id, source.start, source.end


def _sources(sources: Iterable[Provenance]) -> tuple[Provenance, ...]:
    return _unique(sources, _spot)


def _time(parts: list[Part]) -> TimeInterval | None:
    """The most precise time that is not told in passing; the first of equals."""
    timed = [(part.recap, part.item.time) for part in parts if part.item.time is not None]
    if not timed:
        return None
    return min(timed, key=lambda item: (item[0], *_looseness(item[1])))[1]


def _looseness(time: TimeInterval) -> tuple[int, float]:
    window = times.window_of_interval(time)
    return window.level, window.end - window.start


def _kind(parts: list[Part]) -> tuple[str, str]:
    """The kind most reports give; the first of equals."""
    votes: Counter[tuple[str, str]] = Counter()
    for part in parts:
        kind = (part.item.event_type, part.item.sub_event_type)
        votes[kind] += 0 if part.recap else len(part.reports)
    return votes.most_common(1)[0][0]


def _place_key(location: Location | None) -> Hashable:
    return None if location is None else places.place_of(location).key


def _locations(parts: list[Part]) -> tuple[EventLocation, ...]:
    return _unique(
        (place for part in parts for place in part.item.locations),
        lambda place: (place.role, _place_key(place.location), _spot(place.source)),
    )


def scopes_of(locations: Iterable[EventLocation]) -> frozenset[str]:
    """Names that a claim's scope may bear and still be the incident's own: its widest places."""
    happened = [item.location for item in locations if item.role != "launch"]
    reaches = {places.place_of(location).reach: location for location in happened}
    widest = next((reach for reach in ("wide", "admin", "fine") if reach in reaches), None)
    return frozenset(
        (location.name or "").casefold()
        for location in happened
        if places.place_of(location).reach == widest
    )


def _claims(parts: list[Part]) -> Iterable[Claim]:
    """Claims of all parts; what a passing mention tells without a source becomes a recap."""
    told_at_length = any(not part.recap for part in parts)
    for claim, passing in _unique(
        ((claim, part.recap) for part in parts for claim in part.item.claims),
        lambda item: _claim_key(item[0]),
    ):
        unattributed = passing and told_at_length and claim.claimant is None
        yield replace(claim, recap=True) if unattributed else claim


def _claim_key(claim: Claim) -> Hashable:
    """The same words at the same spot of the same text are one claim."""
    source = claim.source
    return (
        claim.measure,
        claim.min,
        claim.max,
        claim.qualifier,
        claim.subject,
        claim.claimant,
        claim.published,
        source.start,
        source.end,
        source.text,
    )


def _actors(parts: list[Part]) -> tuple[Actor, ...]:
    return _unique(
        (actor for part in parts for actor in part.item.actors),
        lambda a: (a.role, a.name.casefold(), (a.by or "").casefold()),
    )


def _verification(parts: list[Part], actors: tuple[Actor, ...]) -> Verification:
    """The status that the reports' own words allow; rival accounts make it disputed."""
    told = {part.item.verification.status for part in parts}
    quotes = _sources(q for part in parts for q in part.item.verification.quotes)
    order: tuple[VerificationStatus, ...] = ("disputed", "confirmed", "unverified", "claimed")
    status: VerificationStatus = next((s for s in order if s in told), "claimed")
    return Verification("disputed" if _rivals(actors) else status, quotes)


def _rivals(actors: tuple[Actor, ...]) -> bool:
    """True when one is accused and denies it, or different ones are accused by different voices."""
    accused = {a.name.casefold(): (a.by or "").casefold() for a in actors if a.role == "accused"}
    denied = any(a.role == "denied" for a in actors)
    return (denied and bool(accused)) or (len(accused) > 1 and len(set(accused.values())) > 1)


def _reports(parts: list[Part]) -> tuple[str, ...]:
    """Report ids by the publication of what they tell, then by id."""
    dated = sorted((published(p.item) or "9999", report) for p in parts for report in p.reports)
    return _unique((report for _, report in dated), str)


def _confidence(parts: list[Part]) -> float:
    """The surest part, and less doubt with every further report that tells the same."""
    surest = max(parts, key=lambda p: p.item.confidence)
    doubt, seen = 1 - surest.item.confidence, set(surest.reports)
    for part in parts:
        for report in sorted(set(part.reports) - seen):
            seen.add(report)
            doubt *= _DOUBT_LEFT_BY_RECAP if part.recap else _DOUBT_LEFT
    return max(surest.item.confidence, min(_MAX_CONFIDENCE, 1 - doubt))


def _own(name: str, parts: list[Part]) -> tuple[Any, ...]:
    """Values that only incidents bear, of all parts."""
    incidents = [part.item for part in parts if isinstance(part.item, Incident)]
    return _unique((value for item in incidents for value in getattr(item, name)), str)


def _former_ids(parts: list[Part], incident_id: str) -> tuple[str, ...]:
    known = [part.known_id for part in parts if part.known_id]
    ids = sorted({*known, *_own("former_ids", parts)} - {incident_id})
    return tuple(ids)


def _because(cluster: Cluster) -> tuple[str, ...]:
    """One sentence for each part that joined, after those it brought along."""
    told = list(_own("merged_because", cluster.parts))
    for part, verdict in cluster.reasons:
        who = f"Incident {part.known_id}" if part.known_id else f"Report {', '.join(part.reports)}"
        told.append(f"{who} joined: {', '.join(verdict.reasons)}.")
    return tuple(dict.fromkeys(told))


def _flags(parts: list[Part], claims: tuple[Claim, ...]) -> tuple[str, ...]:
    told = [flag for part in parts for flag in part.item.flags]
    told += [
        f"A toll of {max(c.min or 0, c.max or 0)} {c.measure} exceeds mankind and is not counted."
        for c in claims
        if tolls.impossible(c)
    ]
    return tuple(dict.fromkeys(told))


def _extra(parts: list[Part]) -> dict[str, str]:
    """Columns of the first table row among the parts; two rows are not mixed."""
    for part in parts:
        if not isinstance(part.item, Event) and part.item.extra:
            return dict(part.item.extra)
    return {}
