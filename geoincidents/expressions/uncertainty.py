"""The table of how vague words are, and the point-radius formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians, sin
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.data import data_path
from geoincidents.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The values of ``uncertainty.toml``: metres, degrees and shares by table and key."""

    tables: Mapping[str, Mapping[str, float]]

    def get(self, table: str, key: str) -> float:
        """Return one value, such as ``get("near", "least")``."""
        return self.tables[table][key]

    def scaled(self, table: str, extent_m: float, prefix: str = "") -> float:
        """Return a share of an extent, held within the table's bounds."""
        values = self.tables[table]
        size = values.get(f"{prefix}extent_share", values.get(f"{prefix}share", 1.0)) * extent_m
        return min(max(size, values[f"{prefix}least"]), values[f"{prefix}greatest"])


@cache
def default_uncertainty() -> Uncertainty:
    """Return the shipped table."""
    return Uncertainty(_tables(data_path("gazetteer", "lexicon", "uncertainty.toml")))


def read_uncertainty(path: str | Path) -> Uncertainty:
    """Return the shipped table with the values of a file of the same form over it.

    Raises
    ------
    UsageError
        When the file cannot be read, or names a key that the table does not know.
    """
    tables = {name: dict(values) for name, values in default_uncertainty().tables.items()}
    for name, values in _tables(Path(path)).items():
        for key, value in values.items():
            if key not in tables.get(name, {}):
                raise UsageError(
                    f"{path}: the uncertainty table has no [{name}] {key}; see its page."
                )
            if value < 0:
                raise UsageError(f"{path}: [{name}] {key} must not be negative.")
            tables[name][key] = value
    return Uncertainty(tables)


def _tables(path: Path) -> dict[str, dict[str, float]]:
    import tomllib

    try:
        with path.open("rb") as stream:
            raw = tomllib.load(stream)
        return {
            name: {key: float(value) for key, value in values.items()}
            for name, values in raw.items()
        }
    except (OSError, tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: not a table of uncertainties ({error}).") from error


def point_radius(distance_m: float, spread_m: float, half_span_deg: float) -> float:
    """Return the radius about an offset's centre that holds all it may mean.

    With D = distance + spread (anchor extent and rounding) and θ the half-span of the
    compass word, u = hypot(D·cos θ − d, D·sin θ): Wieczorek et al. 2004, figure 4.
    The near end, d − spread, is never farther than D's corner except for a narrow span,
    where it lies `spread_m` away.
    """
    reach, angle = distance_m + spread_m, radians(half_span_deg)
    return max(spread_m, hypot(reach * cos(angle) - distance_m, reach * sin(angle)))
