"""The role of a place in its sentence: event, reference or actor.

An ordered table of readings, each a question about the words beside the place
(or beside the list it stands in); the first that answers decides. The words
are in the vocabulary ``roles``; here is only where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from geoincidents.model import MentionRole
from geoincidents.recognition.drafts import (
    Draft,
    is_power,
    left_words,
    right_words,
    sentence_words,
)
from geoincidents.recognition.lexica import word_set
from geoincidents.recognition.names import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.recognition.tokens import Tokens

_DATELINE = re.compile(
    r"^[ \t]*(?:\([A-Z][\w/ .]{1,40}\))?[ \t]*(?:[,/][ \t]*[\w .,]{1,40})?"
    r"[ \t]*(?:\([\w/ .]{2,40}\))?[ \t]*[-–—]{1,2}[ \t]"
)
_DATELINE_REACH = 90


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands about a place: words left and right of its list, nearest first."""

    draft: Draft
    tokens: Tokens
    #: Left of the list, with determiners, directions and type words skipped.
    left: tuple[str, ...]
    #: The same, nothing skipped.
    plain_left: tuple[str, ...]
    right: tuple[str, ...]
    #: Right of the draft itself, within the list.
    own_right: tuple[str, ...]
    opens_line: bool
    nominal: bool = field(default=False)


_words = partial(word_set, "en", "roles")


def assign_roles(tokens: Tokens, groups: list[list[Draft]]) -> None:
    """Set the role of every draft; the members of a list share what stands about it."""
    sentences: dict[int, bool] = {}
    owner: Draft | None = None
    for members in groups:
        opener = _opener(members[0], owner)
        owner = members[-1]
        for draft in members:
            setting = _setting(tokens, members, draft, opener)
            role, why = _read(setting) or _by_sentence(setting, sentences)
            draft.role = role
            draft.evidence.append(f"{role}: {why}")


def _opener(first: Draft, owner: Draft | None) -> Draft:
    """What a list's left side is read from: itself, or the place that owns it."""
    if owner is not None and first.container == owner.start and owner.first < first.first:
        return owner
    return first


def _setting(tokens: Tokens, members: list[Draft], draft: Draft, opener: Draft) -> Setting:
    left = left_words(tokens, opener.first, 10)
    first = members[0].first
    return Setting(
        draft=draft,
        tokens=tokens,
        left=tuple(_skip(left, _words("transparent", "words"))),
        plain_left=tuple(left),
        right=tuple(right_words(tokens, members[-1].last)),
        own_right=tuple(right_words(tokens, draft.last)),
        opens_line=first == 0 or "\n" in tokens.gaps[first],
    )


def _skip(words: list[str], skipped: frozenset[str]) -> list[str]:
    """Drop leading determiners, directions, "city of" and demonyms before the place."""
    for n, word in enumerate(words):
        if (
            word == "of"
            and n + 1 < len(words)
            and words[n + 1] in _words("transparent", "of_after")
        ):
            continue
        if word not in skipped and not word.endswith(("ian", "ish", "ese")):
            return words[n:]
    return []


Answer = tuple[MentionRole, str] | None


def _read(setting: Setting) -> Answer:
    for reading in _readings():
        answer = reading(setting)
        if answer:
            return answer
    return None


@cache
def _readings() -> tuple[Callable[[Setting], Answer], ...]:
    return (
        _dateline,
        _demonym,
        _hyphen,
        _possessive,
        _title_after,
        _beside_border,
        _passive,
        _subject,
        _officials,
        _of_whom,
        _object,
        _dated,
    )


def _dateline(s: Setting) -> Answer:
    """As in "Moscow, 31 December 2023 (dpa) -" at the head of a line."""
    if not s.opens_line:
        return None
    rest = s.tokens.text[s.draft.end : s.draft.end + _DATELINE_REACH]
    if rest.startswith(": ") and s.tokens.text[s.draft.start : s.draft.end].isupper():
        return "reference", "dateline"
    return ("reference", "dateline") if _DATELINE.match(rest) else None


def _demonym(s: Setting) -> Answer:
    """Peoples and adjectives act, unless they say where something lies."""
    if s.draft.kind != "demonym":
        return None
    head = next((w for w in s.own_right[:3] if w not in _words("transparent", "directions")), "")
    if head in _words("reference", "owned_places"):
        return "reference", f"says where the {head} lies"
    return "actor", "a people or an adjective"


def _hyphen(s: Setting) -> Answer:
    after = s.draft.last + 1
    if after < len(s.tokens) and s.tokens.gaps[after] in {"-", "‑", "–"}:
        word = s.tokens.words[after].lower()
        if word in _words("reference", "hyphen"):
            return "reference", f"-{word}"
        if word in _words("actor", "hyphen"):
            return "actor", f"-{word}"
    return None


def _owned(words: tuple[str, ...]) -> str:
    """The word that tells what is owned, within a few adjectives."""
    known = _words("actor", "owned") | _words("reference", "owned_places")
    return next((word for word in words[:4] if word in known), "")


def _possessive(s: Setting) -> Answer:
    """As in "Kiev's artillery", which acts; "Russia's border regions" only says where."""
    if s.own_right[:1] != ("s",) and not _bare_apostrophe(s):
        return None
    rest = s.own_right[1:] if s.own_right[:1] == ("s",) else s.own_right
    word = _owned(rest)
    after = s.draft.last + (2 if s.own_right[:1] == ("s",) else 1)
    if after < len(s.tokens) and s.tokens.words[after][0].isupper() and not word:
        return "reference", "owns the place that follows"
    if word in _words("reference", "owned_places"):
        return "reference", f"owns the {word}"
    if word and is_power(s.draft):
        return "actor", f"owns the {word}"
    return None


def _bare_apostrophe(s: Setting) -> bool:
    after = s.draft.last + 1
    return after < len(s.tokens) and s.tokens.gaps[after] in {"' ", "’ "}


def _title_after(s: Setting) -> Answer:
    """As in "Belgorod Governor", "the Kharkov regional prosecutor"; "the Kiev regime" acts."""
    head = s.own_right[:2]
    if not head or s.own_right[0] in {"s", "and"}:
        return None
    if not _touches(s):
        return None
    if is_power(s.draft) and head[0] in _words("actor", "attached"):
        return "actor", f"its {head[0]}"
    if head[0] in _words("reference", "titles"):
        return "reference", f"its {' '.join(head)}"
    return None


def _touches(s: Setting) -> bool:
    after = s.draft.last + 1
    return after < len(s.tokens) and s.tokens.gaps[after] == " "


def _verb(words: tuple[str, ...]) -> tuple[str, list[str]]:
    """The first word after auxiliaries and adverbs, and what was passed over."""
    passed: list[str] = []
    for word in words[:5]:
        if word not in _words("actor", "between") and not word.endswith("ly"):
            return word, passed
        passed.append(word)
    return "", passed


def _passive(s: Setting) -> Answer:
    """As in "Belgorod has been shelled", "Kharkiv came under fire"."""
    if s.left[:1] and s.left[0] in _words("event", "prepositions"):
        return None
    word, passed = _verb(s.right)
    if word in _words("event", "passive") and not {
        "been",
        "was",
        "were",
        "is",
        "being",
        "are",
    }.isdisjoint(passed):
        return "event", f"was {word}"
    if word in _words("event", "suffers"):
        return "event", word
    return None


def _subject(s: Setting) -> Answer:
    """As in "Moscow has accused", "Ukraine strikes"; not what stands in a prepositional phrase."""
    if s.left[:1] and s.left[0] in _words("event", "prepositions"):
        return None
    if s.draft.type_hint is not None and s.draft.known_as != COUNTRY:
        return None
    word, _ = _verb(s.right)
    if word in _words("actor", "verbs") and is_power(s.draft):
        return "actor", f"it {word}"
    return None


def _officials(s: Setting) -> Answer:
    """As in "No comment from officials in Kiev": the capital stands for the government."""
    if s.left[:1] != ("in",) or s.left[1:2] == () or s.left[1] not in _words("actor", "officials"):
        return None
    if is_power(s.draft) and s.draft.type_hint is None:
        return "actor", f"{s.left[1]} in it"
    return "reference", f"{s.left[1]} in it"


def _beside_border(s: Setting) -> Answer:
    """As in "borders Ukraine", "adjacent to northern Ukraine", "40 km from Kursk"."""
    if s.left[:1] and s.left[0] in _words("reference", "verbs_before"):
        return "reference", f"after {s.left[0]!r}"
    two = " ".join(reversed(s.left[:2]))
    if two in _words("reference", "phrases_before"):
        return "reference", f"after {two!r}"
    return None


def _of_whom(s: Setting) -> Answer:
    """As in "the mayor of Belgorod", "headquarters … for Sumy", "allies of Russia"."""
    if s.left[:1] == ("of",) and len(s.left) > 1:
        if s.left[1] in _words("actor", "of_heads") and is_power(s.draft):
            return "actor", f"{s.left[1]} of it"
        if s.left[1] in _words("reference", "of_heads"):
            return "reference", f"{s.left[1]} of it"
    if s.left[:1] == ("for",) and not _words("reference", "for_heads").isdisjoint(s.left[1:8]):
        return "reference", "what an office is for"
    return None


_HEADS = (
    ("by", None),
    ("to", "to_heads"),
    ("from", "from_heads"),
    ("on", "on_heads"),
    ("with", "with_heads"),
    ("against", "against_heads"),
    ("between", None),
)


def _object(s: Setting) -> Answer:
    """As in "attributed to Ukraine", "issued by Kyiv", "accused the US"."""
    if not s.left or not is_power(s.draft):
        return None
    if s.left[0] in _words("actor", "object_verbs"):
        return "actor", f"after {s.left[0]!r}"
    for preposition, heads in _HEADS:
        if s.left[0] != preposition:
            continue
        if heads is None:
            return "actor", f"after {preposition!r}"
        head = next((word for word in s.left[1:5] if word in _words("actor", heads)), "")
        if head:
            return "actor", f"{head} {preposition} it"
    return None


def _dated(s: Setting) -> Answer:
    """As in "since the invasion of X", a date; "one of the deadliest attacks on X since"."""
    if s.draft.known_as != COUNTRY:
        return None
    if "since" in s.left[:6]:
        return "reference", "told as a date"
    if (
        s.right[:1] == ("since",)
        and "one" in s.left[:7]
        and any(word.endswith("est") for word in s.left[:5])
    ):
        return "reference", "told as a measure"
    return None


def _by_sentence(s: Setting, sentences: dict[int, bool]) -> tuple[MentionRole, str]:
    """An event where its sentence tells of one and the place stands where it may be."""
    key = s.draft.first - len(left_words(s.tokens, s.draft.first, 40))
    told = sentences.get(key)
    if told is None:
        words = sentence_words(s.tokens, s.draft)
        told = sentences[key] = not _words("event", "words").isdisjoint(words)
    if not told:
        return "reference", "no event told beside it"
    if s.right[:1] == ("s",):
        return "event", "owns what was struck"
    return "event", "an event told beside it"
