"""A mention in the making: the stages fill it in, then it is frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoincidents.model import Mention, MentionKind, MentionRole, Precision, Relation
from geoincidents.recognition.names import ADMIN1, ADMIN2, CITY, COUNTRY, METROPOLIS, VILLAGE

if TYPE_CHECKING:
    from geoincidents.recognition.tokens import Tokens

#: How far a look at the neighbourhood goes, in words; bounds the cost of hostile text.
REACH = 40


@dataclass(slots=True)
class Draft:
    """A span of whole words and what is known of it so far."""

    #: Index of its first and last word.
    first: int
    last: int
    start: int
    end: int
    kind: MentionKind = "toponym"
    #: Class of its name, see `names`.
    known_as: int = 0
    score: float = 1.0
    #: Whether a town bears its name, whatever else does.
    town: bool = False
    role: MentionRole = "reference"
    language: str = "en"
    names: tuple[str, ...] = ()
    type_hint: Precision | None = None
    container: int | None = None
    antecedent: int | None = None
    relation: Relation | None = None
    evidence: list[str] = field(default_factory=list)

    def is_settlement(self) -> bool:
        """Whether it is read as a town rather than as an area."""
        if self.type_hint is not None:
            return self.type_hint == "settlement"
        return self.town or VILLAGE <= self.known_as <= METROPOLIS

    def freeze(self, text: str) -> Mention:
        """As the model's value."""
        return Mention(
            start=self.start,
            end=self.end,
            text=text[self.start : self.end],
            kind=self.kind,
            role=self.role,
            language=self.language,
            names=self.names,
            type_hint=self.type_hint,
            antecedent=self.antecedent,
            container=self.container,
            relation=self.relation,
            score=round(self.score, 4),
            evidence=tuple(self.evidence),
        )


def breadth(draft: Draft) -> int:
    """How wide an area a draft's name covers: 0 a spot or town … 3 a country."""
    by_hint = {"admin2": 1, "admin1": 2, "country": 3}
    if draft.type_hint in by_hint:
        return by_hint[draft.type_hint]
    by_class = {ADMIN2: 1, ADMIN1: 2, COUNTRY: 3}
    return by_class.get(draft.known_as, 0)


def is_power(draft: Draft) -> bool:
    """Whether its name may stand for a government: a country, a province, a big city."""
    return draft.known_as in {ADMIN1, COUNTRY} or CITY <= draft.known_as <= METROPOLIS


def left_words(tokens: Tokens, first: int, reach: int = 8) -> list[str]:
    """Lower-case words before word `first` within its sentence, nearest first."""
    begin, _ = tokens.sentence(first)
    return tokens.low[max(begin, first - reach) : first][::-1]


def right_words(tokens: Tokens, last: int, reach: int = 8) -> list[str]:
    """Lower-case words after word `last` within its sentence, nearest first."""
    _, end = tokens.sentence(last)
    return tokens.low[last + 1 : min(end, last + 1 + reach)]


def sentence_words(tokens: Tokens, draft: Draft) -> list[str]:
    """Lower-case words of the sentence about a draft, at most `REACH` each way."""
    begin, end = tokens.sentence(draft.first)
    return tokens.low[max(begin, draft.first - REACH) : min(end, draft.last + REACH)]
