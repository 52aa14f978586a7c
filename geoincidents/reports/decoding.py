"""Bytes → text, or one sentence on why not."""

from __future__ import annotations

import codecs

from geoincidents.errors import EmptyReportError, ReportError

#: A text holds none of these control characters; a picture or an archive does at once.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13, 27}
_SAMPLE = 4096


def decode(data: bytes, name: str) -> str:
    r"""Text of a report: UTF-8 (or UTF-16 with its mark), without a mark, CRLF → LF.

    Raises
    ------
    EmptyReportError
        When there is no text at all.
    ReportError
        When the bytes are not text, or not UTF-8.

    Examples
    --------
    >>> decode(b"\xef\xbb\xbfKyiv\r\n", "note.txt")
    'Kyiv\n'
    """
    if not data.strip():
        raise EmptyReportError(f"{name}: the file is empty; put the report's text into it.")
    text = _decoded(data, name).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise EmptyReportError(f"{name}: the file is empty; put the report's text into it.")
    return text


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise ReportError(f"{name}: not valid UTF-16; save it as UTF-8.") from None
    check_text(data, name)
    return decode_utf8(data, name)


def decode_utf8(data: bytes, name: str) -> str:
    """UTF-8 as it is.

    Raises
    ------
    ReportError
        When it is another encoding.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name}: not UTF-8 (byte {data[error.start]:#04x} at offset {error.start}); "
            "convert it, for example with: iconv -f WINDOWS-1251 -t UTF-8."
        ) from None


def check_text(data: bytes, name: str) -> None:
    """Whether the beginning of a file looks like text.

    Raises
    ------
    ReportError
        When it holds control characters that no text holds.
    """
    if any(byte in _BINARY for byte in data[:_SAMPLE]):
        raise ReportError(f"{name}: not a text file; save the report as plain text in UTF-8.")
