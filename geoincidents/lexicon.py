"""The vocabulary of each language, read from ``gazetteer/lexicon/<language>/<topic>.toml``."""

from __future__ import annotations

from functools import cache
from typing import Any

from geoincidents.data import data_path

#: Languages with a vocabulary of their own, first to last in care.
LANGUAGES = ("en", "ru", "uk")


@cache
def vocabulary(language: str, topic: str) -> dict[str, Any]:
    """Tables of one topic ("spatial", "roles", "events", …) in one language.

    Returns an empty table for a language that has no such file.
    """
    root = data_path("gazetteer", "lexicon")
    path = root / language / f"{topic}.toml"
    if not path.is_file():
        return {}
    import tomllib

    with path.open("rb") as stream:
        return tomllib.load(stream)
