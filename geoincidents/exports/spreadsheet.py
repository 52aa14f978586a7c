"""XLSX: every layer a sheet, safe to open: no cell is a formula."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ExportError
from geoincidents.exports.hxl import hashtags
from geoincidents.exports.layers import KINDS, layer_parts
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.exports.tabular import heads, wkt_texts
from geoincidents.exports.zips import write_zip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection

#: The same input gives the same bytes: no clock goes into the file.
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zones
#: A cell holds no more than this.
_CELL_LIMIT = 32_767
_SHEET_ROWS = 1_048_576
#: What XML 1.0, and so a cell, cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@writer("xlsx", ".xlsx")
def write_spreadsheet(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write every layer as a sheet, geometry as WKT where it fits a cell."""
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _FIXED
    whole = BytesIO()
    try:
        for name in KINDS:
            parts = layer_parts(name, collection, options.footprints)
            _add_sheet(book, name, parts, hxl=options.hxl)
        book.save(whole)
    except SerialisationError as error:
        raise OSError(f"temporary files of the sheets: {error}") from error
    finally:
        _drop(book)
    with zipfile.ZipFile(whole) as archive:
        names = archive.namelist()
        write_zip(path, ((name, BytesIO(_undated(archive.read(name)))) for name in names))


def _undated(data: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)


def _drop(book: Any) -> None:
    """Close half-written sheets: left to the interpreter they would complain at its end."""
    from lxml.etree import LxmlError

    for sheet in book.worksheets:
        for name in ("_rows", "_writer"):
            half: Any = getattr(sheet, name, None)
            with suppress(LxmlError, AttributeError):
                half.close()


def _add_sheet(book: Any, name: str, parts: Iterator[Layer], *, hxl: bool) -> None:
    from openpyxl.cell import WriteOnlyCell

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, value=_FORBIDDEN.sub("\ufffd", value)[:_CELL_LIMIT])
        # Said to be text, "=1+1" stays text.
        made.data_type = "s"
        return made

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A3" if hxl else "A2"
    sheet.append(heads(name))
    if hxl:
        sheet.append(hashtags(heads(name)))
    room = _SHEET_ROWS - (2 if hxl else 1)
    for part in parts:
        room -= len(part)
        if room < 0:
            raise ExportError(
                f"a sheet of XLSX holds {_SHEET_ROWS:,} rows, {name} has more; choose CSV or "
                "GeoPackage; nothing was changed."
            )
        texts = wkt_texts(part)
        for number, row in enumerate(part.rows):
            cells = list(map(cell, row))
            if texts is not None:
                cells.append(_fitting(texts[number]))
            sheet.append(cells)


def _fitting(text: str | None) -> str | None:
    """Geometry that is cut would be another: what is longer than a cell is left out."""
    return text if text is not None and len(text) <= _CELL_LIMIT else None
