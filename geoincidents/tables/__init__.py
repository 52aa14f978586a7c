"""ACLED's and UCDP GED's tables, read and written without losing a cell.

Every column of a row that was read is kept in `Incident.extra`. When written
again, a cell comes out as it was read unless the incident has since come to say
something else; columns of an incident that came from reports are computed.
"""

from __future__ import annotations

from geoincidents.tables.reading import read_acled, read_table, read_ucdp, schema_of
from geoincidents.tables.schema import place_columns, schema
from geoincidents.tables.writing import write_acled, write_table, write_ucdp

__all__ = [
    "place_columns",
    "read_acled",
    "read_table",
    "read_ucdp",
    "schema",
    "schema_of",
    "write_acled",
    "write_table",
    "write_ucdp",
]
