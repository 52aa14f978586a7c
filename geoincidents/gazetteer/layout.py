"""How a gazetteer file is laid out: shared by the writer and the reader.

::

    header   512 bytes: magic, version, size, counts, section table, CRC32
    sections, each padded to 8 bytes
    checks   CRC32 of every block of 16 KiB of what stands before, itself checked
             by a CRC32 in the header

Sections:

``meta``      JSON: counts, sources, attributions, vintage (only for ``info``)
``strings``   newline-joined: feature codes, country codes, sources, licences
``features``  fixed records, see `FEATURE`: units (countries, admin-1, admin-2),
              then settlements by grid cell, then all other features by grid cell
``blobs``     per feature, NUL-closed: extras and names, a line each
``buckets``   u32 start of each bucket of ``keys``, one more than there are buckets
``keys``      per name key: NUL, key, SOH, postings ``ordinal.line`` in base 32, commas
``ids``       open-addressed table of u32 ordinal + 1 by CRC32 of the feature id
``grid``      u32 first settlement of each cell of a quarter degree, row by row from the south
``shapes``    u32 length and geometry, packed; see `geoincidents.gazetteer.shapes`
``touching``  u32 pairs of ordinals of units that share a boundary

A name's bucket is the leading bits of the CRC32 of its key. Postings stand best first.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model import Precision

MAGIC = b"GEOINCG\x1a"
VERSION = 1
BLOCK_SHIFT = 14
BLOCK = 1 << BLOCK_SHIFT
HEADER_SIZE = 512
SECTIONS = (
    "meta",
    "strings",
    "features",
    "blobs",
    "buckets",
    "keys",
    "ids",
    "grid",
    "shapes",
    "touching",
)
#: magic, version, file size, features, units, settlements, bucket bits, flags, CRC32 of the checks
HEADER = struct.Struct("<8sIQIIIIII")
#: Flag of a file that is meant to lie on top of the shipped one.
LAYER = 1
SECTION = struct.Struct("<QQ")
U32 = struct.Struct("<I")
PAIR = struct.Struct("<II")

#: lat, lon (microdegrees), GeoNames id, population, extent, admin1 + 1, admin2 + 1,
#: capital + 1, code, country, source's country, source, licence, precision, blob, shape + 1
FEATURE = struct.Struct("<iiIIfIIIHHHHHBII")
#: Where `admin1` stands in a record.
ADMIN1_AT = struct.calcsize("<iiIIf")
#: Where `capital` stands in a record: filled in last, when settlements have ordinals.
CAPITAL_AT = struct.calcsize("<iiIIfII")

DEGREE = 1_000_000
CELLS_PER_DEGREE = 4
COLUMNS = 360 * CELLS_PER_DEGREE
ROWS = 180 * CELLS_PER_DEGREE
CELLS = COLUMNS * ROWS

PRECISIONS: tuple[Precision, ...] = (
    "site",
    "neighbourhood",
    "settlement",
    "vicinity",
    "admin2",
    "admin1",
    "region",
    "country",
    "sea",
)
DIGITS = "0123456789abcdefghijklmnopqrstuv"

KEY_OPENS = b"\x00"
KEY_CLOSES = b"\x01"


def cell_of(lon: float, lat: float) -> int:
    """Grid cell of a point, row by row from the south-west."""
    column = min(int((lon + 180.0) * CELLS_PER_DEGREE), COLUMNS - 1)
    row = min(int((lat + 90.0) * CELLS_PER_DEGREE), ROWS - 1)
    return row * COLUMNS + column


def base32(number: int) -> str:
    """Write a number in the digits that ``int(text, 32)`` reads."""
    digits = DIGITS[number & 31]
    while number := number >> 5:
        digits = DIGITS[number & 31] + digits
    return digits
