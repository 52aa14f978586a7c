"""Spatial language → a small tree → geometry with honest uncertainty.

`find_expressions` reads a report's text over its resolved mentions; `locate` reads a
text that is nothing but one name or expression. The words are in the lexicon, the
vagueness of each in ``uncertainty.toml``, the shapes in `geoincidents.geodesy`.
"""

from typing import TYPE_CHECKING, Any

from geoincidents.expressions.answers import LocateResult, Resolver
from geoincidents.expressions.locating import locate
from geoincidents.expressions.records import feature_records
from geoincidents.expressions.uncertainty import Uncertainty, default_uncertainty, read_uncertainty

if TYPE_CHECKING:
    from geoincidents.expressions.finding import find_expressions

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


def __getattr__(name: str) -> Any:
    # kept out of the way of a plain look-up, which needs no grammar of reports
    if name == "find_expressions":
        from geoincidents.expressions.finding import find_expressions

        return find_expressions
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
