"""GeoPackage: all layers in one file, with a style and names that QGIS shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from geoincidents.exports.layers import KINDS
from geoincidents.exports.ogr import FIXED_DATE, fixed_clock, write_stream
from geoincidents.exports.qml import aliases, layer_qml
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection

_DESCRIPTIONS = {
    "incidents": "Incidents, each at its best footprint",
    "locations": "Places of incidents, each in its role",
    "responses": "What was done about an incident",
    "claims": "What one report asserts as a number",
    "reports": "The reports, without their texts",
    "mentions": "Places that a report speaks of",
}
#: QGIS looks for a default style here, and only at styleQML.
_STYLES_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)"""
_STYLE_ROW = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'As on the map page', '', ?)"""
_REGISTERED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles of QGIS', ?)"""
#: The schema extension keeps a title for each column; its two tables come together.
_TITLES_TABLES = (
    """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name)
)""",
    """
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
)""",
)
_EXTENSION = """
INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope)
VALUES (?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', 'read-write')"""


@writer("gpkg", ".gpkg")
def write_geopackage(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write every layer and attribute table, whichever layer was named."""
    from geoincidents.exports.arrow import batches

    with fixed_clock():
        for name, kind in KINDS.items():
            first = name == "incidents"
            shape = {"GEOMETRY_NAME": "geom"} if kind.spatial else {}
            about = {"IDENTIFIER": name, "DESCRIPTION": _DESCRIPTIONS[name]}
            write_stream(
                batches(name, collection, options.footprints),
                path,
                "GPKG",
                layer=name,
                append=not first,
                # 1.3 is what the GIS in use today all read.
                dataset_options={"VERSION": "1.3"} if first else {},
                layer_options={"FID": "fid", **shape, **about},
            )
    try:
        _add_style(path)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _add_style(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES_TABLE)
        spatial = [name for name, kind in KINDS.items() if kind.spatial]
        styles = [(name, name, layer_qml(name), FIXED_DATE) for name in spatial]
        database.executemany(_STYLE_ROW, styles)
        database.execute(_REGISTERED, (FIXED_DATE,))
        for statement in _TITLES_TABLES:
            database.execute(statement)
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) "
            "VALUES (?, ?, ?, ?)",
            [
                (name, column, column, title)
                for name in KINDS
                for column, title in aliases(name).items()
            ],
        )
        tables = [("gpkg_data_columns",), ("gpkg_data_column_constraints",)]
        database.executemany(_EXTENSION, tables)
