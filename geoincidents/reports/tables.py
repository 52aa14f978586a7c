"""CSV, XLSX and Parquet: incidents with known columns, or one report a row."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from functools import partial
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.formulas import unguarded
from geoincidents.reports.archives import opened
from geoincidents.reports.decoding import decode_utf8
from geoincidents.reports.flatgeobuf import LOST
from geoincidents.reports.registry import reader
from geoincidents.reports.restoring import Layers, holds_incidents, other_layer, restored
from geoincidents.reports.rows import reports_from_rows, without_hashtags
from geoincidents.reports.shapes import shape_from_wkb, shape_from_wkt
from geoincidents.reports.viina import read_viina
from geoincidents.reports.xml_rules import check_xml
from geoincidents.tables import read_table, schema_of, viina

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.reports.registry import Item
    from geoincidents.reports.restoring import Placed
    from geoincidents.reports.rows import Row
    from geoincidents.reports.source import Source

#: A footprint of a million vertices still fits a cell.
_MAX_CELL = 100_000_000
#: A sheet has no more rows than this, whatever its numbers of rows say.
_MAX_SHEET_ROWS = 1_048_576
_LAYERS = ("locations", "responses", "claims", "reports")
#: What a table of Parquet may take in memory at once, and in all.
_PARQUET_ROWS = 4096
_MAX_UNPACKED = 20_000_000_000
_DELIMITERS = ",;\t|"


@reader(".csv", ".tsv")
def read_csv(source: Source) -> Iterator[Item]:
    """Yield the incidents of a known table, else the report of each row."""
    if _has_schema(source):
        yield read_table(source.whole(), source.name)
        return
    lines = _csv_lines(source)
    try:
        header, delimiter = _header(next((line for line in lines if line.strip()), ""))
        cells = (
            {h: unguarded(c) for h, c in zip(header, row, strict=False)}
            for row in _wide(csv.reader(lines, delimiter=delimiter))
            if row
        )
        rows = without_hashtags(cells)
        kind = viina.kind_of(header)
        if kind is not None and not source.columns:
            yield from read_viina(kind, rows, source.name)
            return
        yield from _read_rows(header, rows, source)
    except csv.Error as error:
        raise ReportError(f"{source.name}: not a CSV table ({error}); export it again.") from None


def _has_schema(source: Source) -> bool:
    """Whether the first line has the heads of ACLED or UCDP, which are kept to the byte."""
    first = source.stream.peek().partition(b"\n")[0].removeprefix(BOM_UTF8)
    try:
        header, delimiter = _header(first.decode("utf-8", "replace"))
    except csv.Error:
        return False
    return delimiter == "," and schema_of(header) is not None


def _wide(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Rows whose cells may be as long as footprints are; other readers keep their own limit."""
    while True:
        before = csv.field_size_limit(_MAX_CELL)
        try:
            row = next(rows, None)
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield row


def _csv_lines(source: Source) -> Iterator[str]:
    for number, data in source.lines(_MAX_CELL):
        where = f"{source.name}, line {number}"
        if data is None:
            raise ReportError(f"{where}: longer than {_MAX_CELL:,} bytes; mend it.")
        yield decode_utf8(data, where) + "\n"


def _header(line: str) -> tuple[list[str], str]:
    """The heads, and what parts them: the sign of ``, ; tab |`` that makes the most of them.

    >>> _header("Datum;Titel;Text, kurz")
    (['Datum', 'Titel', 'Text, kurz'], ';')
    """
    found = {sign: next(csv.reader([line], delimiter=sign), []) for sign in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda sign: len(found[sign]))
    return [unguarded(head).strip() for head in found[delimiter]], delimiter


@reader(".xlsx")
def read_spreadsheet(source: Source) -> Iterator[Item]:
    """Yield what the first sheet holds, or the sheets of an export together."""
    from openpyxl import load_workbook

    with opened(source, "workbook") as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                with archive.open(member) as stream:
                    check_xml(stream, source.name)
        try:
            book = load_workbook(source.stream, read_only=True, data_only=True)
            yield from _read_book(book, source)
            book.close()
        except _WORKBOOK_FAULTS as error:
            raise ReportError(
                f"{source.name}: not a readable workbook ({_brief(error)}); save it again."
            ) from None


#: Whatever openpyxl and the parser below it make of a sheet that is cut short or forged.
_WORKBOOK_FAULTS = (LookupError, ValueError, OSError, TypeError, AttributeError, SyntaxError)


def _brief(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:100]


def _read_book(book: Any, source: Source) -> Iterator[Item]:
    if not book.worksheets:
        raise ReportError(f"{source.name}: holds no sheet; save it again.")
    sheet = book["incidents"] if "incidents" in book.sheetnames else book.worksheets[0]
    header, rows = _sheet(sheet, source.name)
    if not holds_incidents(header):
        yield from _read_rows(header, rows, source)
        return
    beside = {name: _sheet(book[name], source.name) for name in _LAYERS if name in book.sheetnames}
    absent = [name for name in _LAYERS if name not in beside]
    lost = f"has no sheets {', '.join(absent)}, so what they tell is not there." if absent else None
    layers = Layers(_placed(rows), **{name: _placed(rows) for name, (_, rows) in beside.items()})
    yield from restored(layers, source.name, lost=lost)


def _sheet(sheet: Any, name: str) -> tuple[list[str], Iterator[Row]]:
    # What a sheet says of its own size may be anything.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    header = [str(cell or "") for cell in next(rows, ())]

    def cells() -> Iterator[Row]:
        for number, row in enumerate(rows, start=2):
            if number > _MAX_SHEET_ROWS:
                raise ReportError(f"{name}: more than {_MAX_SHEET_ROWS:,} rows; mend it.")
            if any(cell is not None for cell in row):
                yield dict(zip(header, row, strict=False))

    return header, without_hashtags(cells())


@reader(".parquet", ".geoparquet")
def read_parquet(source: Source) -> Iterator[Item]:
    """Yield the incidents or reports of a Parquet table, batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source.stream) as file:
            size = sum(
                file.metadata.row_group(n).total_byte_size
                for n in range(file.metadata.num_row_groups)
            )
            if size > _MAX_UNPACKED:
                raise ReportError(f"{source.name}: would unpack to {size:,} bytes; refused.")
            rows = _parquet_rows(file.iter_batches(_PARQUET_ROWS))
            yield from _read_rows(file.schema_arrow.names, rows, source)
    except (pa.ArrowException, OSError, ValueError, ArithmeticError) as error:
        raise ReportError(
            f"{source.name}: not a readable Parquet file ({_brief(error)}); export it again."
        ) from None


def _parquet_rows(batches: Iterator[Any]) -> Iterator[Row]:
    for batch in batches:
        try:
            rows = batch.to_pylist()
        except LookupError as error:  # a time zone that there is not
            raise ValueError(f"unknown {error}") from None
        yield from rows


def _read_rows(header: Sequence[str], rows: Iterable[Row], source: Source) -> Iterator[Item]:
    if holds_incidents(header):
        yield from restored(Layers(_placed(rows)), source.name, lost=LOST)
        return
    layer = other_layer(header)
    if layer is not None and not source.columns:
        raise ReportError(
            f"{source.name}: holds the layer {layer} and no incidents; export the layer incidents."
        )
    yield from reports_from_rows(header, rows, source)


def _placed(rows: Iterable[Row]) -> Iterator[Placed]:
    """Rows with the geometry of their cell: WKT in text, WKB in Parquet."""
    for row in rows:
        if _only_hashtags(row):
            continue
        value = row.pop("geometry", None)
        if not value:
            yield row, None
        elif isinstance(value, bytes):
            yield row, partial(shape_from_wkb, value)
        else:
            yield row, partial(shape_from_wkt, str(value))


def _only_hashtags(row: Row) -> bool:
    """Whether it is the row that HXL puts under the heads.

    >>> _only_hashtags({"id": "#meta+id", "flags": None})
    True
    """
    cells = [cell for cell in row.values() if cell is not None and cell != ""]
    return bool(cells) and all(isinstance(cell, str) and cell.startswith("#") for cell in cells)
