"""Reports and the places they mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model.kinds import MentionKind, MentionRole, Precision, Relation
    from geoincidents.model.places import Candidate, Location


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
    #: File it was read from, as shown to people.
    origin: str = ""


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
    #: Contradictions between what is said of the place and where it is, as sentences.
    flags: tuple[str, ...] = ()
