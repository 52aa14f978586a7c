"""The words of the field as plain values: frozen, slotted, free of heavy imports.

Data flows one way: a `Report` holds text; recognition finds `Mention` spans in
it; resolution gives a mention a `Location`; extraction turns a report and its
mentions into `Event` values (what one report tells); linking merges events of
many reports into `Incident` values that keep every `Claim`.

Positions are WGS84 degrees (EPSG:4326), geometry is in x, y (lon, lat) order,
distances are metres. Offsets are code points into the report's text,
``text == report.text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from shapely.geometry.base import BaseGeometry

MentionKind = Literal["toponym", "demonym", "expression", "deictic"]
MentionRole = Literal["event", "reference", "actor"]
Precision = Literal[
    "site",
    "neighbourhood",
    "settlement",
    "vicinity",
    "admin2",
    "admin1",
    "region",
    "country",
    "sea",
]
Relation = Literal[
    "offset",
    "distance_from",
    "distance_from_border",
    "border_zone",
    "near",
    "near_border",
    "direction_of",
    "part_of",
    "between",
    "along",
    "coordination",
    "site_of",
    "capital_of",
    "off_coast",
    "intersection",
]
NameForm = Literal[
    "main",
    "official",
    "common",
    "alternate",
    "historical",
    "abbreviation",
    "demonym",
    "adjective",
    "code",
    "inflected",
]
LocationRole = Literal["target", "launch", "intercept", "response"]
ActorRole = Literal["claimed", "accused", "denied", "target"]
Qualifier = Literal["exact", "at_least", "about", "over", "up_to", "vague"]
TimePrecision = Literal["hour", "day", "2-6days", "week", "month", "year"]
ResponseKind = Literal[
    "alert",
    "shelter",
    "evacuation",
    "rescue",
    "medical",
    "firefighting",
    "air_defence",
    "restoration",
    "cancellation",
    "mourning",
    "diplomatic",
    "statement",
]
VerificationStatus = Literal["confirmed", "claimed", "disputed", "unverified"]

#: From the most to the least precise; `Precision` values in order.
PRECISION_ORDER: tuple[Precision, ...] = (
    "site",
    "neighbourhood",
    "settlement",
    "vicinity",
    "admin2",
    "admin1",
    "region",
    "country",
    "sea",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news report: its text and what is known of where it came from.

    `published` is as given, ISO 8601, a bare date or a date-time with offset;
    None when nothing is known. `mentions`, where given, are the only spans to
    resolve: recognition is skipped.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    timezone: str | None = None
    mentions: tuple[Span, ...] | None = None
    graphic: bool = False
    sha256: str = ""
    #: Offset at which the prose begins, after a block of ``key: value`` lines.
    body_start: int = 0
    #: What was read of `published`: "metadata", "dateline", "byline", "update" or "".
    published_from: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a gazetteer."""

    id: str
    name: str
    code: str
    precision: Precision
    lat: float
    lon: float
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    admin2: str | None = None
    admin2_id: str | None = None
    population: int = 0
    #: Radius in metres of the circle about the point that holds the feature.
    extent_m: float = 0.0
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A feature found under a name, and what kind of name that is to it."""

    feature: Feature
    name: str
    form: NameForm = "alternate"
    language: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is, how surely, and why so: a resolved place."""

    name: str | None
    lat: float
    lon: float
    precision: Precision
    uncertainty_m: float
    confidence: float
    feature_id: str | None = None
    feature_code: str | None = None
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    admin2: str | None = None
    admin2_id: str | None = None
    relation: Relation | None = None
    #: Footprint; None means "the feature's own", see `Gazetteer.geometry`.
    geometry: BaseGeometry | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feature weighed for a mention: its score and each feature's part in it."""

    feature: Feature
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place spoken of in a report; `location` is None while unresolved.

    `names` are the forms to look up, best first (a nominative for an inflected
    form, the full name for a member of an elliptic list); empty means `text`.
    `type_hint` is the precision that a type word asks for ("oblast": admin1).
    `antecedent` is the start offset of the mention a deictic points to.
    `container` is the start offset of the mention that a name is said to lie in
    ("Odessa, Texas").
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    role: MentionRole = "reference"
    location: Location | None = None
    language: str = "en"
    names: tuple[str, ...] = ()
    type_hint: Precision | None = None
    antecedent: int | None = None
    container: int | None = None
    relation: Relation | None = None
    #: Recognition's own probability that this span is a place.
    score: float = 1.0
    evidence: tuple[str, ...] = ()
    #: Why it has no location.
    unresolved: str | None = None
    candidates: tuple[Candidate, ...] = ()


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
