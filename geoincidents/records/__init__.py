"""The contract's JSON records, made from model values and read back.

What reads them back is imported when it is first asked for: it needs every value of
the model, and a look-up of one place few.
"""

from typing import TYPE_CHECKING, Any

from geoincidents.records.writing import (
    collection_record,
    incident_record,
    location_record,
    mention_record,
    report_record,
)

if TYPE_CHECKING:
    from geoincidents.records.reading import collection_from_record

__all__ = [
    "collection_from_record",
    "collection_record",
    "incident_record",
    "location_record",
    "mention_record",
    "report_record",
]


def __getattr__(name: str) -> Any:
    if name != "collection_from_record":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from geoincidents.records import reading

    return reading.collection_from_record
