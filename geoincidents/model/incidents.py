"""What reports tell: events, claims, responses, and the incidents they merge into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from geoincidents.model.kinds import (
        ActorRole,
        LocationRole,
        Qualifier,
        ResponseKind,
        TimePrecision,
        VerificationStatus,
    )
    from geoincidents.model.mentions import Mention
    from geoincidents.model.places import Location
    from geoincidents.model.reports import Report


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which report says so, and where in it."""

    report_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """A time as an interval, ISO 8601 with the offset of the place.

    `start` and `end` are inclusive instants; `text` the words of the report.
    """

    start: datetime
    end: datetime
    precision: TimePrecision
    text: str = ""


@dataclass(frozen=True, slots=True)
class EventLocation:
    """A place of an event, in its role."""

    role: LocationRole
    location: Location
    source: Provenance


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report asserts as a number: dead, injured, damaged, launched."""

    measure: str
    min: int | None
    max: int | None
    qualifier: Qualifier
    source: Provenance
    subject: str | None = None
    claimant: str | None = None
    as_of: str | None = None
    #: Provenance spans ``(start, end)`` of the sub-counts this total includes.
    includes: tuple[tuple[int, int], ...] = ()
    #: True for a sub-count ("two children" of a total): no rival of its total.
    is_part: bool = False
    supersedes: str | None = None
    scope: str | None = None
    recap: bool = False
    #: Publication time of the report, for the order of updates.
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is said, and by whom, to have done it, denied it or been its target."""

    role: ActorRole
    name: str
    by: str | None
    source: Provenance


@dataclass(frozen=True, slots=True)
class Response:
    """What was done about it."""

    kind: ResponseKind
    source: Provenance
    actor: str | None = None
    location: Location | None = None
    time: TimeInterval | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """How sure the reports are of it, in their own words."""

    status: VerificationStatus
    quotes: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event as one report tells it; linking merges events into incidents."""

    report_id: str
    event_type: str
    sub_event_type: str
    #: The words that tell of it, first the trigger.
    sources: tuple[Provenance, ...]
    time: TimeInterval | None = None
    locations: tuple[EventLocation, ...] = ()
    claims: tuple[Claim, ...] = ()
    actors: tuple[Actor, ...] = ()
    weapons: tuple[str, ...] = ()
    responses: tuple[Response, ...] = ()
    verification: Verification = Verification("claimed")
    #: Told in passing by a report chiefly about another event.
    is_recap: bool = False
    #: Contradictions the report bears in itself, as sentences.
    flags: tuple[str, ...] = ()
    confidence: float = 0.5
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The span of what is claimed of one measure, and the best figure."""

    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Incident:
    """The merged event; it always keeps its claims, so disagreement stays visible."""

    id: str
    event_type: str
    sub_event_type: str
    time: TimeInterval | None
    locations: tuple[EventLocation, ...]
    claims: tuple[Claim, ...]
    estimates: dict[str, Estimate]
    actors: tuple[Actor, ...]
    weapons: tuple[str, ...]
    responses: tuple[Response, ...]
    verification: Verification
    reports: tuple[str, ...]
    sources: tuple[Provenance, ...] = ()
    #: ``{what: (min, max)}``
    damage: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    confidence: float = 0.5
    former_ids: tuple[str, ...] = ()
    #: Ids of incidents that a person has set apart from this one; linking keeps them apart.
    apart_from: tuple[str, ...] = ()
    #: Told in passing by every report that tells of it: none is chiefly about it.
    in_passing: bool = False
    #: Why these events were merged, as sentences.
    merged_because: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    #: Columns of a table this was read from that the model has no place for.
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What could not be done: a place without an answer, a sentence not read."""

    report_id: str
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentCollection:
    """All that came of a set of reports: what maps and exports are made from."""

    incidents: tuple[Incident, ...]
    reports: tuple[Report, ...]
    unresolved: tuple[Unresolved, ...] = ()
    #: What a reader of the output should know: a report without a date, without a place.
    notices: tuple[str, ...] = ()
    #: Mentions of each report, by report id.
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
