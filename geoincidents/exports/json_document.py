"""The contract's own JSON: incidents, reports and what was not resolved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records import collection_record

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("json", ".json")
def write_json(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write ``{"incidents", "reports", "unresolved"}``."""
    record = collection_record(
        collection, footprints=options.footprints, with_text=options.with_text
    )
    text = json.dumps(record, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
