"""Read boundaries: GeoJSON of units of the first and second level, as geoBoundaries gives it.

A polygon that holds the point of exactly one unit of the dump, or of one that
bears its name, becomes that unit's shape; the others become units of their own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import shapely

from geoincidents.errors import SourceError
from geoincidents.gazetteer.importers.geojson import read_features
from geoincidents.gazetteer.importers.properties import COUNTRY, ISO, NAME, Properties
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.importers.geonames import UnitPoint
    from geoincidents.gazetteer.ledger import Ledger
    from geoincidents.model import Precision

_CODES = ("PCLI", "ADM1", "ADM2")
_PRECISIONS: tuple[Precision, ...] = ("country", "admin1", "admin2")


class Boundary(NamedTuple):
    """One polygon of a boundary file."""

    name: str
    level: int
    country: str
    code: str
    properties: Properties
    geometry: BaseGeometry


class Shapes:
    """Polygons of units of the dump, kept on disk until the unit's row comes by."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def put(self, feature_id: str, geometry: BaseGeometry) -> bool:
        """Keep a unit's polygon; False when it has one already."""
        if feature_id in self._places:
            return False
        wkb = shapely.to_wkb(geometry)
        self._stream.seek(0, 2)
        self._places[feature_id] = (self._stream.tell(), len(wkb))
        self._stream.write(wkb)
        return True

    def dress(self, row: Row) -> Row:
        """The row with its polygon, where it has one."""
        place = self._places.get(row.id)
        if place is None:
            return row
        self._stream.seek(place[0])
        return row._replace(geometry=self._stream.read(place[1]))


def read_boundaries(
    paths: Sequence[Path],
    units: Sequence[UnitPoint],
    ledger: Ledger,
    *,
    shapes: Shapes,
    alpha2: Callable[[str], str | None],
) -> Iterator[Row]:
    """Match polygons with units, and yield those of no known unit as rows of their own.

    Parameters
    ----------
    paths
        GeoJSON files, WGS84.
    units
        Units of the dump, as points.
    shapes
        Takes the polygons of known units.
    alpha2
        ISO 3166-1 alpha-2 code of a country given in any code.

    Raises
    ------
    SourceError
        When a file is broken, or none of its features has a name.
    """
    points = shapely.points([unit.lon for unit in units], [unit.lat for unit in units])
    tree = shapely.STRtree(points)
    for path in paths:
        for boundary in _read(path, ledger, alpha2):
            unit = _match(boundary, tree, units)
            if unit is None:
                yield _row(boundary, path)
            elif not shapes.put(unit.id, boundary.geometry):
                ledger.refuse(boundary.name, f"{unit.id} has a boundary already")


def _read(path: Path, ledger: Ledger, alpha2: Callable[[str], str | None]) -> Iterator[Boundary]:
    seen = named = 0
    for line, feature in read_features(path):
        ledger.at(str(path), line)
        seen += 1
        properties = Properties(feature.get("properties") or {})
        name = properties.text(*NAME)
        if not name:
            ledger.refuse(f"feature {seen}", "it has no name")
            continue
        named += 1
        geometry = _polygon(feature, name, ledger)
        if geometry is not None:
            level = properties.level()
            yield Boundary(
                name,
                1 if level is None else level,
                alpha2(properties.text(*COUNTRY)) or "",
                properties.text(*ISO),
                properties,
                geometry,
            )
    if seen and not named:
        raise SourceError(
            f"{path}: none of its {seen} features has a name (one of {', '.join(NAME)}). "
            "Nothing was built."
        )


def _polygon(feature: dict[str, Any], name: str, ledger: Ledger) -> BaseGeometry | None:
    try:
        geometry = shapely.from_geojson(json.dumps(feature.get("geometry")))
    except (shapely.errors.GEOSException, ValueError) as error:
        ledger.refuse(name, f"its geometry cannot be read: {error}")
        return None
    if geometry is None or not geometry.geom_type.endswith("Polygon") or geometry.is_empty:
        ledger.refuse(name, "its geometry is no polygon")
        return None
    return geometry if geometry.is_valid else shapely.make_valid(geometry, method="structure")


def _match(
    boundary: Boundary, tree: shapely.STRtree, units: Sequence[UnitPoint]
) -> UnitPoint | None:
    inside: list[UnitPoint] = [
        units[i]
        for i in tree.query(boundary.geometry, predicate="contains")
        if units[i].level == boundary.level and boundary.country in ("", units[i].country)
    ]
    if len(inside) == 1:
        return inside[0]
    named = [unit for unit in inside if fold(unit.name) == fold(boundary.name)]
    return named[0] if len(named) == 1 else None


def _row(boundary: Boundary, path: Path) -> Row:
    point = shapely.point_on_surface(boundary.geometry)
    level = boundary.level
    slug = fold(f"{boundary.country} {boundary.code or boundary.name}").replace(" ", "-")
    return Row(
        id=f"gi:boundary/{('adm0', 'adm1', 'adm2')[level]}-{slug}",
        name=boundary.name,
        code=_CODES[level],
        precision=_PRECISIONS[level],
        lat=point.y,
        lon=point.x,
        country=boundary.country or None,
        names=boundary.properties.names(boundary.name),
        geometry=shapely.to_wkb(boundary.geometry),
        source=boundary.properties.text("source") or f"boundaries of {path.name}",
        licence=boundary.properties.text("licence", "license"),
        codes=(boundary.code,) if boundary.code else (),
    )
