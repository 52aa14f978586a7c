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
    "AIR": 1.0,
}
#: Waters and landforms, which have no people: how far one reaches tells how well it is known.
_BY_REACH = frozenset({
    "STM", "LK", "LKS", "RSV", "BAY", "GULF", "STRT", "CHN", "CNL", "FJD", "LGN", "SD", "FRTH",
    "INLT", "BIGHT", "EST", "RF", "SHOL", "ATOL", "FLLS", "HBR", "MT", "MTS", "HLL", "HLLS",
    "VLC", "PEN", "CAPE", "CST", "CSTL", "VAL", "DSRT", "PLAT", "PLN", "ISL", "ISLS", "FRST",
    "PRK", "GLCR", "DLTA", "SWMP", "GRGE", "CNYN", "PASS", "SPIT", "BCH",
})  # fmt: skip
_REACH_BASE, _REACH_SLOPE = 1.5, 1.5


def importance(feature: Row | Feature) -> float:
    """How likely a feature is meant, all else unknown: by its size and office.

    The logarithm of the population, and a weight for its kind: a country of the same
    name as a village is worth three powers of ten; a water or a range is worth half as
    many again as its reach in kilometres has.
    """
    code = feature.code
    if code in _BY_REACH:
        return _REACH_BASE + _REACH_SLOPE * log10(feature.extent_m / 1000 + 1)
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
