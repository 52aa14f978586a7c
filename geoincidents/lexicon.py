"""The vocabulary of each language, read from ``gazetteer/lexicon/<language>/<topic>.toml``."""

from __future__ import annotations

from functools import cache
from typing import Any

from geoincidents.data import data_file

#: Languages with a vocabulary of their own, first to last in care.
LANGUAGES = ("en", "ru", "uk")


@cache
def vocabulary(language: str, topic: str) -> dict[str, Any]:
    """Tables of one topic ("spatial", "roles", "events", …) in one language.

    Returns an empty table for a language that has no such file.
    """
    path = f"{data_file('gazetteer', 'lexicon')}/{language}/{topic}.toml"
    import tomllib

    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - see `geoincidents.data`
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
