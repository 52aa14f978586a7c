"""Roles and deictics in Russian and Ukrainian, by stems and prepositions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

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
    from geoincidents.model import MentionRole
    from geoincidents.recognition.tokens import Tokens


@cache
def _stems(language: str, *path: str) -> tuple[str, ...]:
    return tuple(sorted(word_set(language, "roles", *path)))


def assign_slavic_roles(tokens: Tokens, groups: list[list[Draft]], language: str) -> None:
    """Set the role of every draft; the members of a list share what stands about it."""
    for members in groups:
        left = left_words(tokens, members[0].first, 6)
        right = right_words(tokens, members[-1].last, 4)
        for draft in members:
            if draft.kind != "demonym":
                draft.role, why = _role(tokens, draft, left, right, language)
                draft.evidence.append(f"{draft.role}: {why}")


def _strikes(draft: Draft, before: str, after: str, language: str) -> bool:
    """As in "удар РФ": what is struck would stand after "по" or "на".

    "Обстрел" and its like take what is struck in the genitive too, so that only the
    abbreviation of a state, of which only its territory could be struck, is the doer.
    """
    aimed = after in word_set(language, "roles", "actor", "aimed")
    if before in _nouns(language, "strikes"):
        return draft.known_as == COUNTRY or aimed
    if before in _nouns(language, "shellings"):
        return aimed or (draft.known_as == COUNTRY and draft.names[-1].isupper())
    return False


@cache
def _nouns(language: str, group: str) -> frozenset[str]:
    """Forms of a group's nouns: "атаки", not "атаковала"."""
    endings = ("", *word_set(language, "roles", "actor", "noun_endings"))
    return frozenset(stem + e for stem in _stems(language, "actor", group) for e in endings)


def _why_actor(draft: Draft, before: str, after: str, verb: str, language: str) -> str:
    """Why a power stands for its government between these words; "" where it does not."""
    governed = before in _nouns(language, "shellings")  # so that no verb after it is its own
    if not governed and verb.startswith(_stems(language, "actor", "verbs")):
        return f"it {verb}"
    if before.startswith(_stems(language, "actor", "objects")):
        return f"told of after {before!r}"
    if before in word_set(language, "roles", "actor", "bodies"):
        return f"{before} of it"
    if _strikes(draft, before, after, language):
        return f"its {before}"
    return f"{before} of it" if before.startswith(_stems(language, "actor", "heads")) else ""


def _verb_of(tokens: Tokens, draft: Draft, right: list[str], language: str) -> str:
    """The word that would tell what it does: next, with "не" and the like passed over."""
    skipped = word_set(language, "roles", "actor", "skipped")
    if not right or tokens.gaps[draft.last + 1] not in {" ", "» ", "” "}:
        return ""
    verb = right[1] if right[0] in skipped and len(right) > 1 else right[0]
    return "" if _is_done_to(verb, draft, language) else verb


def _is_done_to(verb: str, draft: Draft, language: str) -> bool:
    """As in "Сумы обстреляны", "Луцьк атакували": the city is not the doer."""
    if verb.endswith(_stems(language, "actor", "passive")):
        return True
    many = verb.endswith(_stems(language, "actor", "many")) and draft.is_settlement()
    return many and not draft.names[0].endswith(_stems(language, "actor", "plural_names"))


def _role(
    tokens: Tokens, draft: Draft, left: list[str], right: list[str], language: str
) -> tuple[MentionRole, str]:
    places = word_set(language, "roles", "prepositions", "in")
    before = left[0] if left else ""
    if before not in places and is_power(draft) and draft.type_hint is None:
        after = right[0] if right else ""
        why = _why_actor(draft, before, after, _verb_of(tokens, draft, right, language), language)
        if why:
            return "actor", why
    if before.startswith(_stems(language, "reference", "heads")):
        return "reference", f"{before} of it"
    if before.startswith(_stems(language, "reference", "verbs")):
        return "reference", f"after {before!r}"
    told = any(
        word.startswith(_stems(language, "event", "stems"))
        for word in sentence_words(tokens, draft)
    )
    if told:
        return "event", "an event told beside it"
    return "reference", "no event told beside it"
