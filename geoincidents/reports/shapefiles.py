"""Shapefiles in a zip: parts for points, lines and polygons, joined again by id."""

from __future__ import annotations

import csv
import io
import struct
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.reports.archives import opened
from geoincidents.reports.flatgeobuf import LOST
from geoincidents.reports.registry import reader
from geoincidents.reports.restoring import (
    INCIDENT_COLUMNS,
    Layers,
    holds_incidents,
    other_layer,
    restored,
)
from geoincidents.reports.shapes import fit

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.reports.registry import Item
    from geoincidents.reports.restoring import Placed
    from geoincidents.reports.source import Source

_MAPPING = "_columns.csv"
_NAME_LIMIT = 10
_MAX_MAPPING = 1_000_000
#: A point of such a system is degrees; a projection names itself PROJCS.
_PROJECTED = b"PROJCS"
_FAULTS = (struct.error, OSError, ValueError, LookupError, EOFError)


@reader(".shp.zip")
def read_shapefiles(source: Source) -> Iterator[Item]:
    """Yield the incidents of an `incidents` layer, under their whole names."""
    with opened(source, "zip of shapefiles") as archive:
        names = {name.lower(): name for name in archive.namelist()}
        layers = sorted(name for name in names if name.endswith(".shp"))
        if not layers:
            raise ReportError(f"{source.name}: holds no .shp file; export it again.")
        mapping = _mapping(archive)
        rows = (
            row
            for layer in layers
            for row in _rows(archive, names, layer.removesuffix(".shp"), mapping, source.name)
        )
        lost = "text is cut at 254 bytes, and " + LOST
        yield from restored(Layers(rows), source.name, lost=lost)


def _mapping(archive: zipfile.ZipFile) -> dict[str, str]:
    """Whole names by the ten letters that a shapefile keeps of them."""
    name = next((n for n in archive.namelist() if n.lower().endswith(_MAPPING)), None)
    if name is None or archive.getinfo(name).file_size > _MAX_MAPPING:
        return {}
    text = archive.read(name).decode("utf-8", "replace")
    return {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if len(row) == 2}


def _whole_name(short: str, mapping: dict[str, str]) -> str:
    """The column's name before it was cut; another program leaves no mapping of its cuts."""
    if short in mapping or len(short) < _NAME_LIMIT:
        return mapping.get(short, short)
    fitting = [name for name in INCIDENT_COLUMNS if name.startswith(short)]
    return fitting[0] if len(fitting) == 1 else short


def _rows(
    archive: zipfile.ZipFile, names: dict[str, str], stem: str, mapping: dict[str, str], source: str
) -> Iterator[Placed]:
    import shapefile

    where = f"{source}, {PurePosixPath(stem).name}"
    # Without its index the file is read from front to back, so that no record counts twice.
    parts = {end: _member(archive, names, stem + end) for end in (".shp", ".dbf", ".prj")}
    if parts[".dbf"] is None:
        raise ReportError(f"{where}: has no .dbf beside it; export it again.")
    if (parts[".prj"] or b"").lstrip().startswith(_PROJECTED):
        raise ReportError(f"{where}: not in EPSG:4326; save the layer in that system.")
    files = {end[1:]: io.BytesIO(data) for end in (".shp", ".dbf") if (data := parts[end])}
    encoding = (_member(archive, names, stem + ".cpg") or b"utf-8").decode("ascii", "replace")
    try:
        with shapefile.Reader(**files, encoding=encoding, encodingErrors="replace") as layer:
            heads = [_whole_name(field[0], mapping) for field in layer.fields[1:]]
            _check_heads(heads, where)
            for each in layer.iterShapeRecords():
                yield dict(zip(heads, each.record, strict=True)), partial(_shape, each.shape)
    except (*_FAULTS, shapefile.ShapefileException) as error:
        raise ReportError(f"{where}: a damaged shapefile ({error}); export it again.") from None


def _member(archive: zipfile.ZipFile, names: dict[str, str], name: str) -> bytes | None:
    return archive.read(names[name]) if name in names else None


def _check_heads(heads: list[str], where: str) -> None:
    if not holds_incidents(heads):
        layer = other_layer(heads)
        what = f"the layer {layer}" if layer else "other features"
        raise ReportError(f"{where}: holds {what} and no incidents; export the layer incidents.")


def _shape(shape: Any) -> BaseGeometry | None:
    from shapefile import GeoJSON_Error, RingSamplingError
    from shapely.geometry import shape as shaped

    if shape.shapeType == 0:
        return None
    try:
        return fit(shaped(shape.__geo_interface__))
    except (GeoJSON_Error, RingSamplingError) as error:
        raise ValueError(f"its geometry cannot be read: {error}") from None
