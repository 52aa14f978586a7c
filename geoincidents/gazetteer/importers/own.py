"""Read one's own places: a table, GeoJSON or a GeoPackage."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.errors import SourceError, UsageError
from geoincidents.gazetteer.importers.geojson import read_features
from geoincidents.gazetteer.importers.properties import (
    COUNTRY,
    LATITUDE,
    LONGITUDE,
    NAME,
    Properties,
)
from geoincidents.gazetteer.layout import PRECISIONS
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.ledger import Ledger
    from geoincidents.model import Precision

#: Feature codes where the file gives none.
_USUAL_CODE: dict[str, str] = {
    "site": "SITE",
    "neighbourhood": "PPLX",
    "settlement": "PPL",
    "admin2": "ADM2",
    "admin1": "ADM1",
    "country": "PCLI",
    "sea": "SEA",
}


def read_own(path: str | Path, ledger: Ledger) -> Iterator[Row]:
    """Yield the places of a ``.csv``, ``.geojson`` or ``.gpkg`` file.

    Needed are a name and a position (columns ``lat`` and ``lon``, or a geometry);
    read where given: id, country, admin1 and admin2 (ids), code, precision,
    population, extent_m, names (``|`` between them), name_uk and the like,
    source, licence.

    Raises
    ------
    UsageError
        When the file is not there or of another form.
    SourceError
        When it is broken, or lacks the columns needed.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    readers = {".csv": _csv, ".geojson": _geojson, ".json": _geojson, ".gpkg": _geopackage}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise UsageError(f"{path}: own places are read from .csv, .geojson and .gpkg files.")
    for number, (properties, geometry) in enumerate(reader(path, ledger), start=1):
        row = _row(properties, geometry, path, number, ledger)
        if row is not None:
            yield row


def _csv(path: Path, ledger: Ledger) -> Iterator[tuple[Properties, BaseGeometry | None]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = {(name or "").strip().casefold() for name in reader.fieldnames or ()}
            for wanted, called in ((NAME, "name"), (LATITUDE, "lat"), (LONGITUDE, "lon")):
                if not columns.intersection(wanted):
                    raise SourceError(f"{path}, line 1: there is no column {called}.")
            for values in reader:
                ledger.at(str(path), reader.line_num)
                yield Properties({key: value for key, value in values.items() if key}), None
    except UnicodeDecodeError:
        raise SourceError(f"{path} is no UTF-8 text; save it as UTF-8.") from None
    except csv.Error as error:
        raise SourceError(f"{path}: {error}.") from None


def _geojson(path: Path, ledger: Ledger) -> Iterator[tuple[Properties, BaseGeometry | None]]:
    import shapely

    for line, feature in read_features(path):
        ledger.at(str(path), line)
        properties = _properties(feature)
        try:
            geometry = shapely.from_geojson(json.dumps(feature.get("geometry")))
        except (shapely.errors.GEOSException, ValueError) as error:
            ledger.refuse(properties.text(*NAME), f"its geometry cannot be read: {error}")
            continue
        yield properties, geometry


def _properties(feature: dict[str, Any]) -> Properties:
    values = feature.get("properties")
    return Properties(values if isinstance(values, dict) else {})


def _geopackage(path: Path, ledger: Ledger) -> Iterator[tuple[Properties, BaseGeometry | None]]:
    import pyogrio
    import shapely

    with path.open("rb") as stream:
        if stream.read(15) != b"SQLite format 3":
            raise SourceError(f"{path} is no GeoPackage.")
    try:
        meta, _, shapes, columns = pyogrio.raw.read(path)
    except pyogrio.errors.DataSourceError as error:
        raise SourceError(f"{path} is a broken GeoPackage: {error}") from None
    names = [str(name) for name in meta["fields"]]
    geometries = _to_wgs84(shapely.from_wkb(shapes), meta["crs"])
    for number, (geometry, *values) in enumerate(zip(geometries, *columns, strict=True), start=1):
        ledger.at(str(path), number)
        yield Properties(dict(zip(names, values, strict=True))), geometry


def _to_wgs84(geometries: Any, crs: str | None) -> Any:
    if crs in (None, "EPSG:4326", "OGC:CRS84"):
        return geometries
    import pyproj
    import shapely

    transformer = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return shapely.transform(geometries, transformer.transform, interleaved=False)


def _row(
    properties: Properties,
    geometry: BaseGeometry | None,
    path: Path,
    number: int,
    ledger: Ledger,
) -> Row | None:
    name = properties.text(*NAME)
    try:
        lat, lon = _position(properties, geometry)
        population = int(properties.number("population") or 0)
        extent_m = properties.number("extent_m") or 0.0
        precision = _precision(properties, geometry)
    except ValueError as error:
        ledger.refuse(name or f"row {number}", str(error))
        return None
    shape = geometry if geometry is not None and geometry.geom_type != "Point" else None
    return Row(
        id=properties.text("id", "feature_id") or f"gi:own/{_slug(path.stem)}/{number}",
        name=name,
        code=properties.text("code", "feature_code") or _USUAL_CODE.get(precision, "UNK"),
        precision=precision,
        lat=lat,
        lon=lon,
        country=properties.text(*COUNTRY)[:2].upper() or None,
        admin1=properties.text("admin1_id", "admin1") or None,
        admin2=properties.text("admin2_id", "admin2") or None,
        population=population,
        extent_m=extent_m,
        names=properties.names(name),
        geometry=_wkb(shape),
        source=properties.text("source") or path.name,
        licence=properties.text("licence", "license") or "own",
    )


def _position(properties: Properties, geometry: BaseGeometry | None) -> tuple[float, float]:
    lat, lon = properties.number(*LATITUDE), properties.number(*LONGITUDE)
    if lat is not None and lon is not None:
        return lat, lon
    if geometry is None or geometry.is_empty:
        raise ValueError("it has no position")
    point = geometry.representative_point()
    return point.y, point.x


def _precision(properties: Properties, geometry: BaseGeometry | None) -> Precision:
    given = properties.text("precision")
    for precision in PRECISIONS:
        if precision == given:
            return precision
    if given:
        raise ValueError(f"{given!r} is no precision; it is one of {', '.join(PRECISIONS)}")
    if properties.text("code", "feature_code").startswith("PPL"):
        return "settlement"
    area = geometry is not None and geometry.geom_type.endswith("Polygon")
    return "region" if area else "site"


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-")


def _wkb(geometry: BaseGeometry | None) -> bytes | None:
    return None if geometry is None else bytes(geometry.wkb)
