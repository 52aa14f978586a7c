"""FlatGeobuf, parsed feature by feature by the format's own schema (version 3)."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.reports.flat_tables import Table
from geoincidents.reports.registry import reader
from geoincidents.reports.restoring import Layers, holds_incidents, other_layer, restored
from geoincidents.reports.shapes import fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.reports.registry import Item
    from geoincidents.reports.restoring import Placed
    from geoincidents.reports.source import Source

_MAGIC = b"fgb\x03fgb"
_MAX_HEADER = 10_000_000
_MAX_COLUMNS = 2000
_MAX_FEATURE = 200_000_000
_NODE_BYTES = 40
#: Parts of parts: a collection of multipolygons is three deep.
_MAX_DEPTH = 32
#: Column types in the schema's order; None is text, "" is bytes.
_FORMS: tuple[str | None, ...] = (
    *("b", "B", "?", "h", "H", "i", "I", "q", "Q", "f", "d"),
    *(None, None, None, ""),
)
_KINDS = (
    "Unknown",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
LOST = (
    "one layer alone keeps no claims, quotes, roles of places or reports; "
    "those are not there (a .json, .gpkg or .xlsx export keeps them)."
)


@reader(".fgb")
def read_flatgeobuf(source: Source) -> Iterator[Item]:
    """Yield the incidents of an `incidents` layer."""
    try:
        kind, columns = _header(source)
        heads = [name for name, _ in columns]
        if not holds_incidents(heads):
            layer = other_layer(heads)
            what = f"the layer {layer}" if layer else "other features"
            raise ReportError(
                f"{source.name}: holds {what} and no incidents; export the layer incidents."
            )
        yield from restored(Layers(_rows(source, kind, columns)), source.name, lost=LOST)
    except (struct.error, IndexError) as error:
        raise ReportError(
            f"{source.name}: a damaged FlatGeobuf file ({error}); export it again."
        ) from None


def _header(source: Source) -> tuple[int, list[tuple[str, int]]]:
    """Geometry type of all features (0: each its own) and the columns; the index is passed over."""
    if source.stream.read(8)[:7] != _MAGIC:
        raise ReportError(f"{source.name}: not a FlatGeobuf file; export it again.")
    header = Table.root(_sized(source, _MAX_HEADER))
    system = header.table(10)
    if system is not None and system.scalar(1, "i") not in {0, 4326}:
        raise ReportError(f"{source.name}: not in EPSG:4326; save the layer in that system.")
    columns = _columns(header.tables(7))
    _skip(source, _index_bytes(header.scalar(8, "Q"), header.scalar(9, "H", 16)))
    return header.scalar(2, "B"), columns


def _columns(tables: list[Table]) -> list[tuple[str, int]]:
    """Name and type of each column."""
    if len(tables) > _MAX_COLUMNS:
        raise struct.error(f"{len(tables):,} columns")
    return [(column.name(0), column.scalar(1, "B")) for column in tables]


def _sized(source: Source, limit: int) -> bytes:
    """A block that its own length goes before; empty at the end of the file."""
    head = source.stream.read(4)
    if not head:
        return b""
    (size,) = struct.unpack("<I", head)
    if size > limit:
        raise struct.error(f"a block of {size:,} bytes")
    block = source.stream.read(size)
    if len(block) < size:
        raise struct.error("cut short")
    return block


def _skip(source: Source, size: int) -> None:
    while size > 0:
        read = len(source.stream.read(min(size, 1 << 20)))
        if not read:
            raise struct.error("cut short")
        size -= read


def _index_bytes(features: int, node_size: int) -> int:
    """Bytes of the packed R-tree over so many features, with so many children a node."""
    if not features or node_size < 2:
        return 0
    level = -(-features // node_size)
    nodes = features + level
    while level > 1:
        level = -(-level // node_size)
        nodes += level
    return nodes * _NODE_BYTES


def _rows(source: Source, kind: int, columns: list[tuple[str, int]]) -> Iterator[Placed]:
    while block := _sized(source, _MAX_FEATURE):
        feature = Table.root(block)
        own = _columns(feature.tables(2))
        row = _properties(feature.octets(1), own or columns)
        geometry = feature.table(0)
        yield row, partial(_shape, geometry, kind) if geometry is not None else None


def _properties(data: bytes, columns: list[tuple[str, int]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    at = 0
    while at < len(data):
        (number,) = struct.unpack_from("<H", data, at)
        name, kind = columns[number]
        form = _FORMS[kind]
        at += 2
        if form:
            row[name] = struct.unpack_from("<" + form, data, at)[0]
            at += struct.calcsize("<" + form)
            continue
        (size,) = struct.unpack_from("<I", data, at)
        value = data[at + 4 : at + 4 + size]
        row[name] = value.decode("utf-8", "replace") if form is None else value
        at += 4 + size
    return row


def _shape(geometry: Table, kind: int) -> BaseGeometry | None:
    try:
        return fit(_made(geometry, kind, 0, [2 * len(geometry.data)]))
    except (struct.error, IndexError):
        raise ValueError("its geometry is damaged") from None


def _made(geometry: Table, kind: int, depth: int, left: list[int]) -> BaseGeometry:
    """The shape of a table; `left` bytes may still be read, since parts may be shared."""
    import shapely

    name = _KINDS[kind or geometry.scalar(6, "B")]
    if depth > _MAX_DEPTH:
        raise ValueError("its geometry is nested too deeply")
    if name in {"GeometryCollection", "MultiPolygon"}:
        inner = _KINDS.index("Polygon") if name == "MultiPolygon" else 0
        tables = geometry.tables(7)
        _take(left, 4 * len(tables))
        parts = [_made(part, inner, depth + 1, left) for part in tables]
        join = shapely.multipolygons if inner else shapely.geometrycollections
        return join(parts)
    numbers = geometry.numbers(1, "d")
    _take(left, 8 * len(numbers))
    points = [*zip(*[iter(numbers)] * 2, strict=False)]
    if name == "Point":
        return shapely.Point(points[0]) if points else shapely.Point()
    if name == "MultiPoint":
        return shapely.MultiPoint(points)
    ends = list(geometry.numbers(0, "I")) or [len(points)]
    lines = [points[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    if name == "LineString":
        return shapely.LineString(points)
    if name == "MultiLineString":
        return shapely.MultiLineString(lines)
    if name == "Polygon":
        return shapely.Polygon(lines[0], lines[1:])
    raise ValueError("its geometry is of a kind that is not known")


def _take(left: list[int], size: int) -> None:
    """Take bytes of what may be read; more than the block holds are parts told many times over."""
    left[0] -= size
    if left[0] < 0:
        raise ValueError("its geometry tells one part many times")
