"""Spatial language → a small tree → geometry with honest uncertainty.

`find_expressions` reads a report's text over its resolved mentions; `locate` reads a
text that is nothing but one name or expression. The words are in the lexicon, the
vagueness of each in ``uncertainty.toml``, the shapes in `geoincidents.geodesy`.

Names are imported when they are first asked for: a plain look-up needs no grammar.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoincidents.expressions.answers import LocateResult, Resolver
    from geoincidents.expressions.finding import find_expressions
    from geoincidents.expressions.locating import locate
    from geoincidents.expressions.records import feature_records
    from geoincidents.expressions.uncertainty import (
        Uncertainty,
        default_uncertainty,
        read_uncertainty,
    )

__all__ = [
    "LocateResult",
    "Resolver",
    "Uncertainty",
    "default_uncertainty",
    "feature_records",
    "find_expressions",
    "locate",
    "read_uncertainty",
]

_HOMES = {
    "LocateResult": "answers",
    "Resolver": "answers",
    "Uncertainty": "uncertainty",
    "default_uncertainty": "uncertainty",
    "feature_records": "records",
    "find_expressions": "finding",
    "locate": "locating",
    "read_uncertainty": "uncertainty",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
