"""Places that a report mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model.kinds import MentionKind, MentionRole, Precision, Relation
    from geoincidents.model.places import Candidate, Location


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
