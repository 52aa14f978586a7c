"""XML of others: no document type, so no entities of its own, and no encoding that hides one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError

if TYPE_CHECKING:
    from typing import IO

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 20
_OVERLAP = 16


def check_xml(stream: IO[bytes], name: str) -> None:
    """Read a stream of XML to its end, looking for what could unfold or reach out.

    Raises
    ------
    ReportError
        When it defines a document type or entities, or is not UTF-8.
    """
    tail, first = b"", True
    while chunk := stream.read(_CHUNK):
        if first and b"\0" in chunk[:4]:
            raise ReportError(f"{name}: XML in UTF-16 or UTF-32; save it as UTF-8.")
        first = False
        if _DOCTYPE.search(tail + chunk):
            raise ReportError(f"{name}: defines an XML document type or entities; refused.")
        tail = chunk[-_OVERLAP:]
