"""The schema `geoincidents`: tables from the layers' own columns, keys, indices, views.

Every identifier is quoted by psycopg and every value is bound; nothing is pasted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.exports.columns import ColumnType, LayerKind

SCHEMA = "geoincidents"
_TYPES: dict[ColumnType, str] = {
    "text": "text",
    "integer": "bigint",
    "real": "double precision",
    "datetime": "timestamptz",
    "boolean": "boolean",
}
#: Tables whose rows have an id of their own; the rows of the others belong to one of these.
KEYS = {"incidents": "id", "reports": "id"}
OWNERS = {
    "locations": ("incident_id", "incidents"),
    "responses": ("incident_id", "incidents"),
    "claims": ("incident_id", "incidents"),
    "mentions": ("report_id", "reports"),
}
_COMMENTS = {
    "incidents": "One row an incident, at its best footprint; record is the whole of it as JSON.",
    "locations": "One row an incident and place, with the place's role.",
    "responses": "What was done about an incident.",
    "claims": "What one report asserts as a number; disagreement stays visible.",
    "reports": "The reports, without their texts.",
    "mentions": "The places that a report speaks of, resolved or not.",
}
#: QGIS shows one geometry type a layer.
_VIEWS = {"points": "Point", "areas": "MultiPolygon"}


def table(name: str) -> sql.Identifier:
    """A table of the schema, quoted."""
    return sql.Identifier(SCHEMA, name)


def statements(layers: list[LayerKind]) -> Iterator[sql.Composed]:
    """What makes the schema where it is missing, and changes nothing where it is there."""
    yield sql.SQL("CREATE EXTENSION IF NOT EXISTS postgis").format()
    yield sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA))
    # Owners come before what belongs to them.
    for layer in sorted(layers, key=lambda layer: layer.name in OWNERS):
        yield _create(layer)
        yield from _indices(layer)
        comment = sql.Literal(_COMMENTS[layer.name])
        yield sql.SQL("COMMENT ON TABLE {} IS {}").format(table(layer.name), comment)
    for name, kind in _VIEWS.items():
        yield _view(name, kind)


def _create(layer: LayerKind) -> sql.Composed:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(_TYPES[kind]))
        for name, kind, _ in layer.columns
    ]
    if layer.spatial:
        columns.append(sql.SQL("geom geometry(Geometry, 4326)").format())
    if layer.name == "incidents":
        columns.append(sql.SQL("record jsonb NOT NULL").format())
    if layer.name in KEYS:
        columns.append(sql.SQL("PRIMARY KEY ({})").format(sql.Identifier(KEYS[layer.name])))
    else:
        columns.append(sql.SQL("fid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY").format())
        column, owner = OWNERS[layer.name]
        columns.append(
            sql.SQL("FOREIGN KEY ({}) REFERENCES {} (id) ON DELETE CASCADE").format(
                sql.Identifier(column), table(owner)
            )
        )
    body = sql.SQL(", ").join(columns)
    return sql.SQL("CREATE TABLE IF NOT EXISTS {} ({})").format(table(layer.name), body)


def _indices(layer: LayerKind) -> Iterator[sql.Composed]:
    names = {column.name for column in layer.columns}
    wanted = [name for name in ("incident_id", "report_id", "time_start") if name in names]
    for name in wanted:
        yield _index(layer.name, name, "btree")
    if layer.spatial:
        yield _index(layer.name, "geom", "gist")


def _index(layer: str, column: str, method: str) -> sql.Composed:
    return sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING {} ({})").format(
        sql.Identifier(f"{layer}_{column}_{method}"),
        table(layer),
        sql.SQL("gist" if method == "gist" else "btree"),
        sql.Identifier(column),
    )


def _view(name: str, kind: str) -> sql.Composed:
    """Incidents of one geometry type; a lone polygon counts as a multipolygon of one."""
    geometry = sql.SQL("geom" if kind == "Point" else "ST_Multi(geom)")
    return sql.SQL(
        "CREATE OR REPLACE VIEW {} AS SELECT id, event_type, sub_event_type, time_start, time_end, "
        "name, precision, killed_low, killed_best, killed_high, injured_low, injured_best, "
        "injured_high, verification, {}::geometry({}, 4326) AS geom FROM {} "
        "WHERE GeometryType({}) = upper({})"
    ).format(
        table(f"incident_{name}"),
        geometry,
        sql.SQL("Point" if kind == "Point" else "MultiPolygon"),
        table("incidents"),
        geometry,
        sql.Literal(kind),
    )
