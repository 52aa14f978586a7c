"""Which feature a bare name stands for, before anything of the text is known."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.gazetteer.rows import Row
    from geoincidents.model import Feature, NameHit

#: What a kind of name takes from its feature's weight.
_FORM_PENALTY = {
    "main": 0.0,
    "official": 0.0,
    "common": 0.0,
    "demonym": 0.2,
    "adjective": 0.2,
    "alternate": 0.6,
    "historical": 0.7,
    "abbreviation": 0.9,
    "code": 2.0,
}
#: By feature code or its beginning, the longest that fits.
_CODE_WEIGHT = {
    "PCL": 3.0,
    "CONT": 3.0,
    "OCN": 7.0,
    "SEA": 6.0,
    "RGN": 5.0,
    "PPLC": 1.5,
    "PPLA": 0.7,
    "PPLA2": 0.4,
    "PPLX": -0.3,
    "PPL": 0.3,
    "ADM1": -0.5,
    "ADM2": -0.5,
    "LK": 3.0,
    "STM": 3.5,
    "AIR": 1.0,
}


def importance(feature: Row | Feature) -> float:
    """How likely a feature is meant, all else unknown: by its size and office.

    The logarithm of the population, and a weight for its kind: a country of the same
    name as a village is worth three powers of ten.
    """
    code = feature.code
    weight = 0.0
    for length in range(len(code), 1, -1):
        if code[:length] in _CODE_WEIGHT:
            weight = _CODE_WEIGHT[code[:length]]
            break
    return log10(max(feature.population, 0) + 1) + weight


def penalty_of(form: str) -> float:
    """What a name's being an alias, a historical form or the like counts against it."""
    return _FORM_PENALTY.get(form, _FORM_PENALTY["alternate"])


def weight_of(hit: NameHit) -> float:
    """How likely a feature is meant by one of its names: what look-ups are sorted by."""
    return importance(hit.feature) - penalty_of(hit.form)
