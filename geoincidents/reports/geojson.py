"""GeoJSON that one of our exports wrote, parsed by our own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.errors import ReportError
from geoincidents.reports.decoding import decode
from geoincidents.reports.geojson_rules import parse_geojson
from geoincidents.reports.registry import Problem, reader
from geoincidents.reports.rows import holds_incidents, incidents_from_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from shapely.geometry.base import BaseGeometry

    from geoincidents.reports.registry import Item
    from geoincidents.reports.rows import Row


@reader(".geojson")
def read_geojson(data: bytes, name: str) -> Iterator[Item]:
    """Yield the incidents of an `incidents` layer, and each feature that is refused."""
    parsed = parse_geojson(decode(data, name), name)
    yield from (Problem(name, f"{name}: {fault}") for fault in parsed.refused)
    yield from _incidents(parsed.features, name)


@reader(".geojsonl", ".geojsons")
def read_geojson_lines(data: bytes, name: str) -> Iterator[Item]:
    """Yield the incidents of a file with a feature a line."""
    features = []
    for number, line in enumerate(decode(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            parsed = parse_geojson(line.removeprefix("\x1e"), where)
        except ReportError as error:
            yield Problem(where, str(error))
            continue
        yield from (Problem(where, f"{where}: {fault}") for fault in parsed.refused)
        features += parsed.features
    yield from _incidents(features, name)


def _incidents(features: list[dict[str, Any]], name: str) -> Iterator[Item]:
    rows = [(feature["properties"] or {}, feature["geometry"]) for feature in features]
    if not any(holds_incidents(row) for row, _ in rows):
        raise ReportError(
            f"{name}: its features are no incidents; give the incidents layer of an export."
        )
    yield from incidents_from_rows(((row, _shape(geometry)) for row, geometry in rows), name)


def _shape(geometry: Row | None) -> BaseGeometry | None:
    if geometry is None:
        return None
    from shapely.geometry import shape

    return shape(geometry)
