"""The vocabulary of each language, from ``gazetteer/lexicon/<language>/<topic>.toml``."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from geoincidents.data import data_file

#: Languages with a vocabulary of their own, first to last in care.
LANGUAGES = ("en", "ru", "uk")


@cache
def vocabulary(language: str, topic: str) -> dict[str, Any]:
    """Tables of one topic ("spatial", "roles", "events", …) in one language.

    Returns an empty table for a language that has no such file. A wheel holds each
    file as JSON too, which is read sooner; a checkout holds none.
    """
    path = f"{data_file('gazetteer', 'lexicon')}/{language}/{topic}"
    try:
        with open(f"{path}.json", "rb") as stream:  # noqa: PTH123 - see `geoincidents.data`
            compiled: dict[str, Any] = json.load(stream)
            return compiled
    except FileNotFoundError:
        return _written(f"{path}.toml")


def _written(path: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
