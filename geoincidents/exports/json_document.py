"""The contract's own JSON: incidents, reports and what was not resolved, one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records import collection_record, incident_record, report_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TextIO

    from geoincidents.model import IncidentCollection


@writer("json", ".json")
def write_json(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write ``{"incidents", "reports", "unresolved"}``."""
    small = collection_record(replace(collection, incidents=(), reports=()))
    large: dict[str, Iterable[Any]] = {
        "incidents": (incident_record(i, options.footprints) for i in collection.incidents),
        "reports": (report_record(r, with_text=options.with_text) for r in collection.reports),
    }
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        lead = "{"
        for name, values in (small | large).items():
            stream.write(f'{lead}\n "{name}": ')
            _write_list(stream, values)
            lead = ","
        stream.write("\n}\n")


def _write_list(stream: TextIO, values: Iterable[Any]) -> None:
    """A list of the document, each item indented as `json.dumps` would indent the whole."""
    lead = "["
    for value in values:
        text = json.dumps(value, ensure_ascii=False, indent=1)
        stream.write(f"{lead}\n  " + text.replace("\n", "\n  "))
        lead = ","
    stream.write("[]" if lead == "[" else "\n ]")
