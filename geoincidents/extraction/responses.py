"""What was done about it: alerts, shelter, evacuation, rescue, repairs and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from geoincidents.extraction.numbers import find_quantities
from geoincidents.extraction.patterns import phrases, table

if TYPE_CHECKING:
    from geoincidents.extraction.sentences import Sentence
    from geoincidents.model import ResponseKind


@dataclass(frozen=True, slots=True)
class Reaction:
    """One response told in a sentence, before it is tied to an event."""

    kind: ResponseKind
    start: int
    end: int
    text: str
    quantity: int | None
    #: Makes an entry of its own when no attack is told with it.
    alone: bool


def find_reactions(sentence: Sentence) -> list[Reaction]:
    """All responses of a sentence, one of a kind at most, in order.

    "No siren sounded" is none; neither is what may yet be done, except the
    announced day of mourning and what is called off.
    """
    found: list[Reaction] = []
    text = sentence.text
    denied = [
        m.span()
        for m in phrases(sentence.language, "responses", "not_response", "words").finditer(text)
    ]
    for kind, entry in (table(sentence.language, "responses") or {}).items():
        if kind == "not_response":
            continue
        matches = [
            m
            for m in phrases(sentence.language, "responses", kind, "words").finditer(text)
            if not any(a < m.end() and m.start() < b for a, b in denied)
        ]
        if not matches:
            continue
        first = matches[0]
        found.append(
            Reaction(
                cast("ResponseKind", kind),
                sentence.start + first.start(),
                sentence.start + matches[-1].end()
                if matches[-1].end() - first.start() <= 300
                else sentence.start + first.end(),
                first.group(),
                _quantity(text, first, sentence.language),
                bool(entry.get("alone")),
            )
        )
    return sorted(found, key=lambda r: r.start)


def _quantity(text: str, match: re.Match[str], language: str) -> int | None:
    """A number beside or within the words of a response."""
    for quantity in find_quantities(text, language):
        value = quantity.min if quantity.min is not None else quantity.max
        if quantity.qualifier == "vague" or value is None:
            continue
        gap = text[quantity.end : match.start()]
        after = text[match.end() : quantity.start]
        inside = match.start() <= quantity.start and quantity.end <= match.end()
        before = quantity.end <= match.start() and len(gap.split()) <= 4
        behind = match.end() <= quantity.start and len(after.split()) <= 1
        if inside or ((before or behind) and not re.search(r"[,;.]", gap + after)):
            return value
    return None
