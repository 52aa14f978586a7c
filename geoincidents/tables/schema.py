"""The columns of each table and how their codes read, from ``gazetteer/tables/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Literal

from geoincidents.data import data_path

SchemaName = Literal["acled", "ucdp"]
SCHEMAS: tuple[SchemaName, ...] = ("acled", "ucdp")

#: Keys of `Incident.extra` that are no columns: which table, its header, its line end, the row.
SCHEMA_KEY, COLUMNS_KEY, NEWLINE_KEY = "table:schema", "table:columns", "table:newline"
ROW_KEY = "table:row"


@cache
def schema(name: SchemaName) -> dict[str, Any]:
    """Columns, signature, and the codes of precision, time and kind."""
    return read_toml(f"{name}.toml")


@cache
def columns(name: SchemaName) -> tuple[str, ...]:
    """Column names in the table's own order."""
    return tuple(schema(name)["columns"])


@cache
def place_columns(name: SchemaName) -> frozenset[str]:
    """Columns that may tell of a place more finely than its province."""
    return frozenset(schema(name)["place_columns"])


@cache
def countries() -> dict[str, dict[str, Any]]:
    """What the tables call a country, by ISO 3166-1 alpha-2."""
    return read_toml("countries.toml")


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 by the names that the tables use, and by ACLED's numeric code."""
    codes: dict[str, str] = {}
    for code, entry in countries().items():
        for name in (entry["name"], entry.get("ucdp"), str(entry["numeric"])):
            if name:
                codes.setdefault(name, code)
    return codes


@cache
def read_toml(file: str) -> dict[str, Any]:
    """A file of ``gazetteer/tables``."""
    with data_path("gazetteer", "tables", file).open("rb") as stream:
        return tomllib.load(stream)
