"""GeoPackage, read as the SQLite database that it is, and as one that may be hostile.

It is opened read-only and immutable, its schema is not trusted, and only plain tables
are read, column by column: no view, no virtual table, no function and no extension of
the file's own ever runs.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import Counter
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from geoincidents.errors import ReportError
from geoincidents.reports.registry import Notice, reader
from geoincidents.reports.restoring import Layers, holds_incidents, other_layer, restored
from geoincidents.reports.shapes import shape_from_wkb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.reports.registry import Item
    from geoincidents.reports.restoring import Placed
    from geoincidents.reports.source import Source

_MAGIC = b"SQLite format 3\0"
_LAYERS = ("locations", "responses", "claims", "reports")
#: Bytes of the box before a geometry, by the box's kind in the flags.
_BOX_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
#: What a statement may do: select from and read plain tables.
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_WGS84 = (4326, 0, -1)
_HEAD_BYTES = 100
#: A file that tells more than so many times its size tells the same pages again and again.
_TELLS_AT_MOST = 10
_LONGEST_CELL = 100_000_000


@reader(".gpkg")
def read_geopackage(source: Source) -> Iterator[Item]:
    """Yield the incidents of a GeoPackage with their places, claims, responses and reports."""
    head = source.stream.peek(len(_MAGIC))
    if not head.startswith(_MAGIC):
        raise ReportError(f"{source.name}: not a GeoPackage; export it again.")
    if source.path is not None and _has_unsaved(source):
        yield Notice(
            source.name,
            f"{source.name}: is open in another program; what that has not saved is not read.",
        )
    try:
        with _connected(source) as (database, size):
            yield from _read(database, source.name, size)
    except (sqlite3.Error, UnicodeError) as error:
        raise ReportError(
            f"{source.name}: a damaged or unsafe GeoPackage ({error}); export it again."
        ) from None


def _has_unsaved(source: Source) -> bool:
    beside = source.path.with_name(source.path.name + "-wal") if source.path else None
    return beside is not None and beside.is_file() and beside.stat().st_size > 0


@contextmanager
def _connected(source: Source) -> Iterator[tuple[sqlite3.Connection, int]]:
    """The database, and how many bytes it has."""
    head = source.stream.peek(_HEAD_BYTES)
    if source.path is not None:
        size = source.path.stat().st_size
        address = f"file:{quote(str(source.path.resolve()))}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True)
    else:
        data = source.whole()
        size = len(data)
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
    if size < _promised(head):
        raise sqlite3.DatabaseError("cut short")
    with closing(database):
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
            database.execute(f"PRAGMA {pragma}")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        database.text_factory = lambda data: data.decode("utf-8", "replace")
        database.set_authorizer(_allowed)
        yield database, size


def _promised(head: bytes) -> int:
    """Bytes that the database says it has; 0 where it does not say (file format, 1.3.7)."""
    if len(head) < _HEAD_BYTES:
        return _HEAD_BYTES
    page, changes, pages, known = struct.unpack_from(">H6xII60xI", head, 16)
    return (65_536 if page == 1 else page) * pages if changes == known else 0


def _allowed(action: int, *_details: Any) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _read(database: sqlite3.Connection, name: str, size: int) -> Iterator[Item]:
    tables = _plain_tables(database)
    chosen = "incidents" if "incidents" in tables else None
    heads = {table: _heads(database, table) for table in tables}
    if chosen is None or not holds_incidents(heads[chosen]):
        chosen = next((table for table in tables if holds_incidents(heads[table])), None)
    if chosen is None:
        layers = sorted(table for table in tables if other_layer(heads[table]))
        found = f"only {', '.join(layers)}" if layers else "other tables"
        raise ReportError(f"{name}: holds no layer of incidents, {found}; give an export.")
    beside = {layer: _rows(database, layer, size) for layer in _LAYERS if layer in tables}
    absent = [layer for layer in _LAYERS if layer not in tables]
    lost = f"has no layers {', '.join(absent)}, so what they tell is not there." if absent else None
    yield from restored(Layers(_rows(database, chosen, size), **beside), name, lost=lost)


def _plain_tables(database: sqlite3.Connection) -> list[str]:
    """Names of tables that hold rows of their own: no view, no virtual table."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return [
        name for name, sql in rows if sql and not sql.lstrip().upper().startswith("CREATE VIRTUAL")
    ]


def _heads(database: sqlite3.Connection, table: str) -> list[str]:
    cursor = database.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")  # noqa: S608 - quoted
    return [column[0] for column in cursor.description]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(database: sqlite3.Connection, table: str, size: int) -> Iterator[Placed]:
    """Rows of a table of a file of so many bytes."""
    heads = _heads(database, table)
    twice = [head for head, count in Counter(heads).items() if count > 1]
    if twice:
        raise ReportError(f"its table {table} has the column {twice[0]} twice")
    geometry = _geometry_column(database, table)
    left = _TELLS_AT_MOST * size
    for cells in database.execute(f"SELECT * FROM {_quoted(table)}"):  # noqa: S608 - quoted
        left -= 1 + sum(len(cell) for cell in cells if isinstance(cell, str | bytes))
        if left < 0:
            raise sqlite3.DatabaseError("its pages lead in circles")
        row = dict(zip(heads, cells, strict=True))
        blob = row.pop(geometry, None) if geometry else None
        yield row, partial(_shape, blob) if blob is not None else None


def _geometry_column(database: sqlite3.Connection, table: str) -> str | None:
    """The column that is registered as the table's geometry, whatever it is called."""
    found = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    return str(found[0]) if found else None


def _shape(blob: Any) -> Any:
    """Geometry of a GeoPackage's cell: a head, perhaps a box, then well-known binary."""
    if not isinstance(blob, bytes) or not blob.startswith(b"GP") or len(blob) < 8:
        raise ValueError("its geometry is not one of a GeoPackage")
    flags = blob[3]
    (system,) = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)
    if system not in _WGS84:
        raise ValueError("its geometry is not in EPSG:4326; save the layer in that system")
    box = _BOX_BYTES.get((flags >> 1) & 7)
    if box is None:
        raise ValueError("its geometry is not one of a GeoPackage")
    return None if flags & 0x10 else shape_from_wkb(blob[8 + box :])
