"""One file as a reader gets it: its name, its bytes as a stream, and what the user said of it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.errors import EmptyReportError, ReportError
from geoincidents.reports.decoding import check_text, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

#: A file that has to be read whole is no longer than this.
MAX_WHOLE = 2_000_000_000
#: A file that is one report is no longer than this.
MAX_REPORT = 100_000_000
#: A line of NDJSON is one report, and no report is longer than a thick book.
MAX_LINE = 4_000_000
_CHUNK = 1 << 16


class Line(NamedTuple):
    """A line by its number from one; `data` is None where it is too long to be read."""

    number: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader reads.

    `columns` are the columns that the user named, by our field ("title": "Headline").
    `path` is None for standard input.
    """

    name: str
    stream: BufferedReader
    columns: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    @classmethod
    def of(cls, data: bytes, name: str, columns: Mapping[str, str] | None = None) -> Source:
        """A source of bytes that are there already."""
        return cls(name, BufferedReader(BytesIO(data)), columns or {})

    def whole(self, limit: int = MAX_WHOLE) -> bytes:
        """All bytes.

        Raises
        ------
        ReportError
            When there are more than `limit`.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ReportError(f"{self.name}: larger than {limit // 1_000_000:,} MB; split it.")
        return data

    def text(self, limit: int = MAX_WHOLE) -> str:
        """All text; see `decoding.decode` for what is raised."""
        return decode(self.whole(limit), self.name)

    def lines(self, limit: int = MAX_LINE) -> Iterator[Line]:
        """Lines as UTF-8 bytes without a mark, held one at a time.

        Raises
        ------
        EmptyReportError
            When there is no text at all.
        ReportError
            When the bytes are not text.
        """
        head = self.stream.peek(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = self.text()
            yield from (Line(n, s.encode()) for n, s in enumerate(text.split("\n"), start=1))
            return
        check_text(head, self.name)
        if head.startswith(codecs.BOM_UTF8):
            self.stream.read(len(codecs.BOM_UTF8))
        seen = False
        for line in bounded_lines(self.stream, limit):
            seen = seen or line.data is None or bool(line.data.strip())
            yield line
        if not seen:
            raise EmptyReportError(f"{self.name}: the file is empty; put the reports into it.")


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    r"""Lines of a stream without their ends; of one longer than `limit` bytes nothing is kept.

    >>> from io import BytesIO
    >>> list(bounded_lines(BytesIO(b"one\r\nfifteen\ntwo"), 4))
    [Line(number=1, data=b'one'), Line(number=2, data=None), Line(number=3, data=b'two')]
    """
    number = 0
    while data := stream.readline(limit + 2):
        number += 1
        plain = data.removesuffix(b"\n").removesuffix(b"\r")
        if len(plain) <= limit:
            yield Line(number, plain)
            continue
        yield Line(number, None)
        while not data.endswith(b"\n") and (data := stream.readline(_CHUNK)):
            pass


def filled_lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[Line]:
    """Lines that hold something, without the mark that the first may open with."""
    for number, data in bounded_lines(stream, limit):
        plain = data.removeprefix(codecs.BOM_UTF8) if data and number == 1 else data
        if plain is None or plain.strip():
            yield Line(number, plain)
