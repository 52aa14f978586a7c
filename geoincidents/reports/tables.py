"""CSV, XLSX and Parquet: incidents with known columns, or one report a row."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.formulas import unguarded
from geoincidents.reports.decoding import decode
from geoincidents.reports.registry import reader
from geoincidents.reports.rows import holds_incidents, incidents_from_rows, reports_from_rows
from geoincidents.tables import read_table, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.reports.registry import Item
    from geoincidents.reports.rows import Row

#: An archive that unpacks to more is no workbook of reports.
_MAX_UNPACKED = 1_000_000_000
_MAX_RATIO = 200


@reader(".csv")
def read_csv(data: bytes, name: str) -> Iterator[Item]:
    """Yield the incidents of a known table, else the report of each row."""
    rows = csv.reader(io.StringIO(decode(data, name), newline=""))
    header = next(rows)
    if schema_of(header):
        yield read_table(data, name)
        return
    cells = ({h: unguarded(c) for h, c in zip(header, row, strict=False)} for row in rows if row)
    yield from _read_rows(header, cells, name)


@reader(".xlsx")
def read_spreadsheet(data: bytes, name: str) -> Iterator[Item]:
    """Yield what the first sheet, or a sheet called `incidents`, holds."""
    from openpyxl import load_workbook

    _check_archive(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ReportError(f"{name}: not a readable workbook ({error}); save it again.") from None
    sheet = book["incidents"] if "incidents" in book.sheetnames else book.worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    header = [str(cell or "") for cell in next(rows, ())]
    yield from _read_rows(header, (dict(zip(header, row, strict=False)) for row in rows), name)
    book.close()


@reader(".parquet")
def read_parquet(data: bytes, name: str) -> Iterator[Item]:
    """Yield the incidents or reports of a Parquet table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data))
    except (pa.ArrowInvalid, OSError) as error:
        reason = str(error).splitlines()[0]
        raise ReportError(f"{name}: not a readable Parquet file ({reason}).") from None
    yield from _read_rows(table.column_names, table.to_pylist(), name)


def _read_rows(header: Sequence[str], rows: Iterable[Row], name: str) -> Iterator[Item]:
    if holds_incidents(header):
        yield from incidents_from_rows(((row, _shape(row.get("geometry"))) for row in rows), name)
    else:
        yield from reports_from_rows(header, rows, name, PurePath(name).stem)


def _shape(value: Any) -> Any:
    """Geometry of a cell: WKT in text, WKB in Parquet; what is neither is no geometry."""
    if not value:
        return None
    import shapely

    if isinstance(value, bytes):
        return shapely.from_wkb(value, on_invalid="ignore")
    return shapely.from_wkt(str(value), on_invalid="ignore")


def _check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that would unpack to far more than it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise ReportError(f"{name}: not a workbook; save it as .xlsx again.") from None
    if size > _MAX_UNPACKED or size > _MAX_RATIO * max(len(data), 1_000_000):
        raise ReportError(f"{name}: would unpack to {size:,} bytes; refused.")
