"""Places that the tagger left out, and what stands beside them tells: "the Kiev regime"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary
from geoincidents.recognition.lexica import tags, word_set
from geoincidents.recognition.names import ADMIN1, BIG_CITY, COUNTRY, DEMONYM, METROPOLIS, UNKNOWN
from geoincidents.recognition.page import span_name

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tagger import Tagged
    from geoincidents.recognition.tokens import Tokens

_POWERS = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY})
_SCORE = 0.6
_JOINTS = frozenset({" ", "-"})
#: Most words of a name that nobody lists.
_LONGEST = 3
_BEFORE = frozenset({"in", "near", "outside", "around"})


def with_added(
    tokens: Tokens, chained: list[list[int]], tagged: list[Tagged], classes: NameClasses
) -> list[Tagged]:
    """The tagger's places and those that the words beside them add, in order."""
    tagged = _with_typed_phrases(tokens, chained, tagged)
    taken = {word for first, last, _ in tagged for word in range(first, last + 1)}
    added = _powers(tokens, chained, taken, classes) + _unlisted(tokens, chained, taken)
    added += _with_offices(tokens, chained, taken, classes)
    return sorted(tagged + added) if added else tagged


def _with_typed_phrases(
    tokens: Tokens, chained: list[list[int]], tagged: list[Tagged]
) -> list[Tagged]:
    """Add capitalised words before a lower-case admin type that the tagger left out.

    "Yakovlevsky urban district": a name no gazetteer may know, but what follows
    says that it is one.
    """
    strong = word_set("en", "admin_types", "unmistakable", "words")
    spots = {
        chain[place - 1]: i
        for chain in chained
        for place, i in enumerate(chain)
        if place and tokens.low[i] in strong and tokens.words[chain[place - 1]][0].isupper()
    }
    if not spots:
        return tagged
    taken = {last for _, last, _ in tagged}
    widened = [
        (first, spots[last] if last in spots and _is_capital(tokens, spots[last]) else last, score)
        for first, last, score in tagged
    ]
    added = [
        (i, after if _is_capital(tokens, after) else i, _SCORE)
        for i, after in spots.items()
        if i not in taken and after not in taken
    ]
    return sorted(widened + added)


def _is_capital(tokens: Tokens, i: int) -> bool:
    return tokens.words[i][0].isupper()


def _powers(
    tokens: Tokens, chained: list[list[int]], taken: set[int], classes: NameClasses
) -> list[Tagged]:
    """Well-known names that a word beside them makes a power: "the Kiev regime"."""
    attached = word_set("en", "roles", "actor", "attached")
    return [
        (chain[0], chain[0], _SCORE)
        for chain in chained
        if len(chain) == 1
        and chain[0] + 1 < len(tokens)
        and tokens.gaps[chain[0] + 1] == " "
        and tokens.words[chain[0] + 1] in attached
        and chain[0] not in taken
        and classes[tokens.words[chain[0]]] in _POWERS
    ]


def _with_offices(
    tokens: Tokens, chained: list[list[int]], taken: set[int], classes: NameClasses
) -> list[Tagged]:
    """Known names after what only places have: "the mayor of X said"."""
    owned = word_set("en", "admin_types", "owned_by_places", "words")
    added: list[Tagged] = []
    for i in (i for chain in chained for i in chain if i > 1 and tokens.low[i - 1] == "of"):
        if tokens.words[i - 2] in owned and tokens.gaps[i] == " " and _is_capital(tokens, i):
            last = _end_of_run(tokens, i)
            free = taken.isdisjoint(range(i, last + 1))
            if free and classes[span_name(tokens, i, last)] not in {UNKNOWN, DEMONYM}:
                added.append((i, last, _SCORE))
    return added


def _unlisted(tokens: Tokens, chained: list[list[int]], taken: set[int]) -> list[Tagged]:
    """Names no gazetteer may know: "the village of X", "in X, Haiti"."""
    added: list[Tagged] = []
    listed = -1  # where the next name of a list of towns would stand: "the towns of X and Y"
    for i in (i for chain in chained for i in chain if _is_capital(tokens, i)):
        last = _end_of_run(tokens, i)
        before = tokens.low[i - 2 : i] if i > 1 and tokens.gaps[i] == " " else ["", ""]
        of_towns = before[1] == "of" and tokens.words[i - 2] in _settlements()
        if of_towns or i == listed:
            many = i == listed or before[0].endswith("s")
            listed = _next_in_list(tokens, last) if many else -1
        elif before[1] not in _BEFORE or not _lies_within(tokens, last, taken):
            continue
        if _may_be_place(tokens, i, last, taken):
            added.append((i, last, _SCORE))
    return added


def _next_in_list(tokens: Tokens, last: int) -> int:
    """The word after a comma, or after "and"; −1 where the list ends."""
    after = last + 1
    if after >= len(tokens):
        return -1
    if tokens.low[after] == "and" and tokens.gaps[after] in {" ", ", "}:
        return after + 1
    return after if tokens.gaps[after] == ", " else -1


def _end_of_run(tokens: Tokens, i: int) -> int:
    """Last of the capitalised words that stand together from word i on; not far beyond a name's."""
    stop = min(i + _LONGEST, len(tokens) - 1)
    while i < stop and tokens.gaps[i + 1] in _JOINTS and _is_capital(tokens, i + 1):
        i += 1
    return i


def _may_be_place(tokens: Tokens, first: int, last: int, taken: set[int]) -> bool:
    """Whether no word of a run is a person's, a body's or an everyday one, or an abbreviation."""
    run = range(first, last + 1)
    return (
        len(run) <= _LONGEST
        and taken.isdisjoint(run)
        and all(tokens.words[k][1:].islower() and tokens.low[k] not in tags() for k in run)
    )


def _lies_within(tokens: Tokens, last: int, taken: set[int]) -> bool:
    """As in "in X, Haiti", "near X in Haiti"."""
    after = last + 1
    if after + 1 >= len(tokens):
        return False
    if tokens.gaps[after] == ", ":
        return after in taken
    inside = tokens.low[after] == "in" and tokens.gaps[after] == tokens.gaps[after + 1] == " "
    return inside and after + 1 in taken


@cache
def _settlements() -> frozenset[str]:
    """Words for towns that a name follows: "the village of X"; not "the capital of culture"."""
    before = vocabulary("en", "admin_types")["before"]["settlement"]
    nouns = {phrase.removesuffix(" of") for phrase in before if phrase.endswith(" of")}
    return frozenset(nouns - set(before))
