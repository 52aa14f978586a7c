"""Ids that are the same on any machine and in any order: they derive from the founding claim."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.linking.parts import Founding

_DIGITS = 16


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def incident_id(founding: Founding, copy: int = 0) -> str:
    """Id of an incident from its founding claim.

    `copy` tells apart the incidents that one span founds.

    >>> incident_id(("2024-05-01", "ab", 10, 42))
    'inc-0b169f5c5b22d8d2'
    """
    fields = [str(field) for field in founding] + ([str(copy)] if copy else [])
    return "inc-" + text_hash("\x1f".join(fields))[:_DIGITS]


def distinct_ids(foundings: Iterable[Founding], taken: Iterable[str] = ()) -> list[str]:
    """Ids for foundings in their order; the second of one span gets a copy number."""
    used, ids = set(taken), []
    for founding in foundings:
        copy = 0
        while (chosen := incident_id(founding, copy)) in used:
            copy += 1
        used.add(chosen)
        ids.append(chosen)
    return ids
