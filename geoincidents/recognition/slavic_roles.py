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


def _role(
    tokens: Tokens, draft: Draft, left: list[str], right: list[str], language: str
) -> tuple[MentionRole, str]:
    places = word_set(language, "roles", "prepositions", "in")
    before = left[0] if left else ""
    if before not in places and is_power(draft) and draft.type_hint is None:
        if right and right[0].startswith(_stems(language, "actor", "verbs")):
            return "actor", f"it {right[0]}"
        if before.startswith(_stems(language, "actor", "heads")):
            return "actor", f"{before} of it"
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
