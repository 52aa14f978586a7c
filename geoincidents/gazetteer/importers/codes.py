"""What a GeoNames feature class and code say of a place as a location."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model import Precision

_SEAS = frozenset({"BAY", "BAYS", "CHN", "GULF", "OCN", "SD", "SEA", "STRT"})
_BROAD_WATERS = frozenset({"CNL", "LGN", "LK", "LKS", "RSV", "STM", "STMS", "WAD"})
_BROAD_LANDS = frozenset({"AREA", "CONT", "LCTY", "OAS", "PRK", "RES", "RGN", "RGNE", "RGNH"})
_POINTS_OF_LAND = frozenset({"CAPE", "HLL", "MT", "PASS", "PK", "PT", "VLC"})


def precision_of(feature_class: str, code: str) -> Precision:
    """Precision of a feature as a location."""
    if feature_class == "P":
        return "neighbourhood" if code == "PPLX" else "settlement"
    if feature_class == "A":
        return _area(code)
    if feature_class in ("H", "U"):
        return _water(feature_class, code)
    if feature_class == "L":
        return "region" if code in _BROAD_LANDS else "site"
    if feature_class == "T":
        return "site" if code in _POINTS_OF_LAND else "region"
    return "region" if feature_class in ("R", "V") else "site"


def _area(code: str) -> Precision:
    if code.startswith(("PCL", "TERR")):
        return "country"
    if code.startswith("ADM1"):
        return "admin1"
    return "admin2" if code.startswith("ADM") else "region"


def _water(feature_class: str, code: str) -> Precision:
    if feature_class == "U" or code in _SEAS:
        return "sea"
    return "region" if code in _BROAD_WATERS else "site"
