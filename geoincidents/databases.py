"""A connection to PostgreSQL, and error messages that never show a password.

Passwords come from the address, from `PG*` variables or from `.pgpass`: libpq
reads them itself.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geoincidents.errors import OperationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

_CONNECT_TIMEOUT_S = 10


def redacted(text: str) -> str:
    """An address or a message without its password.

    >>> redacted("postgresql://ann:secret@db/gis?password=x")
    'postgresql://ann:***@db/gis?password=***'
    """
    text = re.sub(r"(://[^:/@\s]*):[^@\s]*@", r"\1:***@", text)
    return re.sub(r"(password=)[^&\s]*", r"\1***", text, flags=re.IGNORECASE)


@contextmanager
def transaction(address: str) -> Iterator[psycopg.Connection]:
    """One connection and one transaction: all of it is kept, or nothing.

    Raises
    ------
    UsageError
        When psycopg is not installed.
    OperationError
        When the database cannot be reached, or goes away, or refuses.
    """
    try:
        import psycopg
    except ImportError:
        raise UsageError(
            "PostGIS needs psycopg; install it with: pip install 'geoincidents[postgis]'."
        ) from None
    try:
        with psycopg.connect(address, connect_timeout=_CONNECT_TIMEOUT_S) as connection:
            yield connection
    except psycopg.Error as error:
        reason = redacted(str(error).strip().splitlines()[0] if str(error).strip() else repr(error))
        raise OperationError(f"{redacted(address)}: {reason}; the database is as it was.") from None
