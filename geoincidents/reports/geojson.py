"""GeoJSON that one of our exports wrote, parsed by our own rules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError
from geoincidents.reports.decoding import decode_utf8
from geoincidents.reports.flatgeobuf import LOST
from geoincidents.reports.geojson_rules import parse_geojson
from geoincidents.reports.registry import Problem, reader
from geoincidents.reports.restoring import Layers, holds_incidents, other_layer, restored
from geoincidents.reports.shapes import fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from shapely.geometry.base import BaseGeometry

    from geoincidents.reports.registry import Item
    from geoincidents.reports.source import Source

#: A line is one feature; a footprint of a million vertices still fits.
_MAX_FEATURE = 100_000_000


@reader(".geojson")
def read_geojson(source: Source) -> Iterator[Item]:
    """Yield the incidents of an `incidents` layer, and each feature that is refused."""
    name = source.name
    parsed = parse_geojson(source.text(), name)
    yield from (Problem(name, f"{name}: {fault}") for fault in parsed.refused)
    if parsed.features or not parsed.refused:
        yield from _incidents(parsed.features, name)


@reader(".geojsonl", ".geojsons")
def read_geojson_lines(source: Source) -> Iterator[Item]:
    """Yield the incidents of a file with a feature a line."""
    features, faults = [], 0
    for number, data in source.lines(_MAX_FEATURE):
        where = f"{source.name}, line {number}"
        if data is None:
            yield Problem(where, f"{where}: longer than {_MAX_FEATURE:,} bytes; passed over.")
            continue
        if not data.strip():
            continue
        try:
            parsed = parse_geojson(decode_utf8(data, where).removeprefix("\x1e"), where)
        except ReportError as error:
            faults += 1
            yield Problem(where, str(error))
            continue
        faults += len(parsed.refused)
        yield from (Problem(where, f"{where}: {fault}") for fault in parsed.refused)
        features += parsed.features
    if features or not faults:
        yield from _incidents(features, source.name)


def _incidents(features: list[dict[str, Any]], name: str) -> Iterator[Item]:
    rows = [(feature["properties"] or {}, feature["geometry"]) for feature in features]
    if rows and not any(holds_incidents(row) for row, _ in rows):
        layer = next((layer for row, _ in rows if (layer := other_layer(row))), None)
        what = f"the layer {layer}" if layer else "other features"
        raise ReportError(f"{name}: holds {what} and no incidents; export the layer incidents.")
    placed = ((row, partial(_shape, geometry)) for row, geometry in rows)
    yield from restored(Layers(placed), name, lost=LOST)


def _shape(geometry: dict[str, Any] | None) -> BaseGeometry | None:
    if geometry is None:
        return None
    from shapely.errors import GEOSException
    from shapely.geometry import shape

    try:
        return fit(shape(geometry))
    except GEOSException as error:
        raise ValueError(f"its geometry cannot be read: {error}") from None
