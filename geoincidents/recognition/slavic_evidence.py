"""Whether a Russian or Ukrainian name that the gazetteer knows means a place where it stands."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geoincidents.gazetteer.inflection import nominatives
from geoincidents.recognition.names import (
    ADMIN1,
    BIG_CITY,
    CITY,
    COUNTRY,
    METROPOLIS,
    REGION,
)
from geoincidents.recognition.slavic_words import words_for
from geoincidents.recognition.tokens import ends_sentence

if TYPE_CHECKING:
    from geoincidents.recognition.drafts import Draft
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.slavic_words import Words
    from geoincidents.recognition.tokens import Tokens

_QUOTES = frozenset('«“"„')
WELL_KNOWN = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY, REGION})
#: People of a province abroad below which its bare name opens no sentence.
_WIDELY_KNOWN = 1_000_000


def why_place(
    tokens: Tokens, draft: Draft, words: Words, before: list[Draft], classes: NameClasses
) -> str:
    """The reason to take a known name for a place; "" for none."""
    if draft.type_hint or _type_word_before(tokens, draft, words):
        return "a type word stands before it"
    if _is_no_place(tokens, draft, words) or _is_weak_opening(tokens, draft, words, classes):
        return ""
    if draft.known_as in WELL_KNOWN:
        return "a well-known name"
    if draft.known_as != CITY and _runs_into_capital(tokens, draft):
        return ""
    if draft.first and tokens.low[draft.first - 1] in words.prepositions:
        return "a preposition of place stands before it"
    return _why_small(tokens, draft, words, before)


def _type_word_before(tokens: Tokens, draft: Draft, words: Words) -> bool:
    i = draft.first
    near = i > 0 and tokens.gaps[i] in {" ", "", ". ", " «"}
    return near and tokens.low[i - 1] in words.before


def _is_no_place(tokens: Tokens, draft: Draft, words: Words) -> bool:
    first = tokens.low[draft.first]
    if draft.first == draft.last and (first in words.never or _is_too_short(tokens, draft)):
        return True
    if _opens(tokens, draft) and not _is_exact(draft, tokens) and draft.known_as not in WELL_KNOWN:
        return True
    return (
        is_person(tokens, draft, words)
        or _is_quoted_body(tokens, draft)
        or _is_vessel(tokens, draft, words)
    )


def _is_too_short(tokens: Tokens, draft: Draft) -> bool:
    word = tokens.words[draft.first]
    return len(word) < 3 and not (draft.known_as == COUNTRY and word.isupper())


def _is_exact(draft: Draft, tokens: Tokens) -> bool:
    """Whether the name stands as the gazetteer has it, not inflected."""
    written = " ".join(tokens.words[draft.first : draft.last + 1]).casefold()
    return draft.names[0].replace("-", " ").casefold() == written


def _is_weak_opening(tokens: Tokens, draft: Draft, words: Words, classes: NameClasses) -> bool:
    """A first word whose capital says nothing: an everyday word, or a far and little known name."""
    if draft.first != draft.last or not _opens(tokens, draft):
        return False
    if _is_everyday(tokens.low[draft.first], words.language):
        return not _acts(tokens, draft, words)
    if _stands_alone(tokens, draft):
        return False
    if draft.known_as == ADMIN1:
        return classes.is_remote(draft.names[0], words.home, _WIDELY_KNOWN)
    if _is_exact(draft, tokens):
        return draft.known_as == CITY and _is_adjective_of_next(tokens, draft, words)
    return draft.known_as == BIG_CITY and classes.is_remote(draft.names[0], words.home, None)


@cache
def _is_everyday(low: str, language: str) -> bool:
    """Whether a word is, or is a form of, one that places share with everyday speech."""
    words = words_for(language)
    shared = words.homographs | words.never
    return low in shared or any(base in shared for base in nominatives(low, language))


def _acts(tokens: Tokens, draft: Draft, words: Words) -> bool:
    """As in "Чад обвинил соседей": a country, and what only governments do."""
    after = draft.last + 1
    if draft.known_as != COUNTRY or after >= len(tokens) or tokens.gaps[after] != " ":
        return False
    verb = tokens.low[after]
    return verb.startswith(words.acts) and not verb.endswith(("ть", "ти"))


def _is_adjective_of_next(tokens: Tokens, draft: Draft, words: Words) -> bool:
    """As in "Мирный житель": the ending of an adjective, and a small word after it."""
    after = draft.last + 1
    if after >= len(tokens) or tokens.gaps[after] != " " or not tokens.words[after].islower():
        return False
    return tokens.low[draft.first].endswith(words.any_adjective)


def _why_small(tokens: Tokens, draft: Draft, words: Words, before: list[Draft]) -> str:
    """Reasons for a town or village without a preposition."""
    opens = _opens(tokens, draft)
    if draft.known_as == CITY or (not opens and draft.last > draft.first):
        return "the name of a town"
    beside = before[-1] if before else None
    if beside and beside.last + 2 >= draft.first and beside.kind == "toponym":
        return "stands in a list of places"
    if not opens and tokens.low[draft.first - 1].startswith(words.undergone):
        return "stands after what is done to places"
    if opens and _undergoes(tokens, draft, words):
        return "what is done to places is told after it"
    return "a place by itself" if opens and _stands_alone(tokens, draft) else ""


def _undergoes(tokens: Tokens, draft: Draft, words: Words) -> bool:
    """As in "Вугледар обстріляли"."""
    after = draft.last + 1
    return after < len(tokens) and tokens.low[after].startswith(words.undergone)


def _stands_alone(tokens: Tokens, draft: Draft) -> bool:
    after = tokens.text[draft.end : draft.end + 1]
    return after in {":", ","}


def _opens(tokens: Tokens, draft: Draft) -> bool:
    return draft.first == 0 or ends_sentence(tokens.gaps[draft.first])


def _runs_into_capital(tokens: Tokens, draft: Draft) -> bool:
    after = draft.last + 1
    return after < len(tokens) and tokens.gaps[after] == " " and tokens.words[after][0].isupper()


def is_person(tokens: Tokens, draft: Draft, words: Words) -> bool:
    """Whether a first name, a patronymic or a title beside it makes it a person's name."""
    low = tokens.words[draft.first].lower()
    if low in words.first_names and draft.known_as not in {COUNTRY, METROPOLIS}:
        return True
    if draft.first and tokens.gaps[draft.first] == " ":
        previous = tokens.words[draft.first - 1]
        low = previous.lower()
        if low in words.first_names or low.endswith(words.name_endings):
            return previous[0].isupper()
        if len(previous) == 2 and previous.endswith(".") and previous[0].isupper():
            return True
        if low in words.titles and draft.known_as not in {COUNTRY, ADMIN1, METROPOLIS, BIG_CITY}:
            return True
    if _runs_into_capital(tokens, draft):
        return tokens.low[draft.last + 1].endswith(words.name_endings)
    return False


def _is_quoted_body(tokens: Tokens, draft: Draft) -> bool:
    """«Харьков» in quotes is a club, a ship or a battalion."""
    gap = tokens.gaps[draft.first]
    closes = tokens.text[draft.end : draft.end + 1] in {"»", "”", '"', "“"}
    return bool(gap) and gap[-1] in _QUOTES and closes


def _is_vessel(tokens: Tokens, draft: Draft, words: Words) -> bool:
    """As in "крейсер Москва"; "корабли России" is inflected, so it is not."""
    i = draft.first
    if not i or tokens.gaps[i] != " " or not _is_exact(draft, tokens):
        return False
    return tokens.low[i - 1].startswith(words.vessels)
