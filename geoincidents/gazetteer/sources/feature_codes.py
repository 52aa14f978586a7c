"""Feature codes of settlements, from a protobuf stream of GeoNames places.

The stream is a run of length-prefixed messages; of each only the id (field 1)
and the feature code (field 7) are read. Ids are zigzag-encoded (Protocol
Buffers encoding, "Signed integers").
"""

from __future__ import annotations

from geoincidents.errors import SourceError

_VARINT, _BYTES = 0, 2
_ID, _CODE = 1, 7


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def feature_codes(data: bytes) -> dict[int, str]:
    """Feature code by GeoNames id.

    Raises
    ------
    SourceError
        When the stream is not of that form.
    """
    codes: dict[int, str] = {}
    at = 0
    try:
        while at < len(data):
            length, at = _varint(data, at)
            number, code = _read_place(data, at, at + length)
            codes[number] = code
            at += length
    except IndexError:
        raise SourceError("The stream of feature codes is truncated.") from None
    return codes


def _read_place(data: bytes, at: int, end: int) -> tuple[int, str]:
    number, code = 0, "PPL"
    while at < end:
        key, at = _varint(data, at)
        if key & 7 == _VARINT:
            value, at = _varint(data, at)
            if key >> 3 == _ID:
                number = (value >> 1) ^ -(value & 1)
        elif key & 7 == _BYTES:
            length, at = _varint(data, at)
            if key >> 3 == _CODE:
                code = data[at : at + length].decode("ascii", "replace")
            at += length
        else:
            raise SourceError("The stream of feature codes is of another form.")
    return number, code
