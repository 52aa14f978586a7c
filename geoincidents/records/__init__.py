"""The contract's JSON records, made from model values and read back."""

from geoincidents.records.reading import collection_from_record
from geoincidents.records.writing import (
    collection_record,
    incident_record,
    location_record,
    mention_record,
    report_record,
)

__all__ = [
    "collection_from_record",
    "collection_record",
    "incident_record",
    "location_record",
    "mention_record",
    "report_record",
]
