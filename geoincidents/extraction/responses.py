"""What was done about it: alerts, shelter, evacuation, rescue, repairs and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from geoincidents.extraction.numbers import find_quantities
from geoincidents.extraction.patterns import all_matches, alternation, phrases, table

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
    #: Who did it, where the sentence says so.
    actor: str | None = None


def find_reactions(sentence: Sentence) -> list[Reaction]:
    """All responses of a sentence, one of a kind at most, in order.

    "No siren sounded" is none; neither is what may yet be done, except the
    announced day of mourning and what is called off.
    """
    found: list[Reaction] = []
    text = sentence.text
    denied = [
        m.span() for m in all_matches(text, sentence.language, "responses", "not_response", "words")
    ]
    for kind, entry in (table(sentence.language, "responses") or {}).items():
        if kind in {"not_response", "actors"}:
            continue
        matches = [
            m
            for m in all_matches(text, sentence.language, "responses", kind, "words")
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
                _actor(text, first, sentence.language),
            )
        )
    return sorted(found, key=lambda r: r.start)


@cache
def _doers(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Who leads a response's verb, who is led by "by" behind it, and who opens its words."""
    words = table(language, "responses", "actors")
    heads = rf"(?i:{alternation(words.get('heads', ()))})"
    name = r"[A-ZА-ЯІЇЄҐ][\w'’-]*(?:\s+[A-ZА-ЯІЇЄҐ][\w'’-]*){0,4}"
    of = rf"(?:\s+(?:of|from|in)\s+(?:the\s+)?{name})?"
    who = rf"(?P<who>(?:{name}(?:['’]s)?\s+)?(?:(?!{heads})[a-z-]+\s+)?{heads}{of}|{name})"
    helping = alternation(words.get("auxiliary", ()))
    by, said = (alternation(words.get(key, ())) for key in ("by", "announce"))
    return (
        re.compile(rf"(?<!\w){who}\s+(?:(?i:{helping})\s+)*(?:{said}\s+(?:[\w-]+\s+){{0,3}})?$"),
        re.compile(rf"[^,;.]{{0,40}}?(?<!\w){by}\s+(?:the\s+|an?\s+|[\d,]+\s+)?{who}(?!\w)"),
        re.compile(rf"(?P<who>{heads}{of})(?!\w)"),
    )


def _actor(text: str, match: re.Match[str], language: str) -> str | None:
    """Who carried a response out, by the words before, within or behind it."""
    leading, behind, opening = _doers(language)
    own = opening.match(text, match.start())
    if own:
        first = re.search(r"(?:[A-ZА-ЯІЇЄҐ][\w'’-]+\s+){1,4}$", text[: match.start()])
        return re.sub(r"\s+", " ", (first.group() if first else "") + own.group("who"))
    found = behind.match(text, match.end())
    if found is None and not phrases(language, "responses", "actors", "passive").search(
        match.group()
    ):
        found = leading.search(text[: match.start()])
    return re.sub(r"\s+", " ", found.group("who")) if found else None


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
