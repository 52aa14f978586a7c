"""Layers → PostGIS: staged by COPY, then upserted by id."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geoincidents.databases import transaction
from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import destination
from geoincidents.records import incident_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psycopg

    from geoincidents.exports.layers import Layer
    from geoincidents.exports.registry import WriteOptions
    from geoincidents.model import IncidentCollection


@destination("postgresql://", "postgres://")
def write_postgis(collection: IncidentCollection, address: str, options: WriteOptions) -> None:
    """Write every layer; rows of an id that is there already are replaced.

    Raises
    ------
    ExportError
        When the database cannot be reached or refuses; it is then as it was.
    """
    layers = [build(collection, options.footprints) for build in BUILDERS.values()]
    records = [
        json.dumps(incident_record(incident, options.footprints), ensure_ascii=False)
        for incident in collection.incidents
    ]
    owners = {
        "incident_id": [incident.id for incident in collection.incidents],
        "report_id": [report.id for report in collection.reports],
    }
    with transaction(address) as connection:
        _make_schema(connection, layers)
        for layer in layers:
            _empty(connection, layer.name, owners)
            _write_layer(connection, layer, records if layer.name == "incidents" else None)


def _make_schema(connection: psycopg.Connection, layers: list[Layer]) -> None:
    from geoincidents.exports.postgis.schema import statements

    with connection.cursor() as cursor:
        # What is there already is no news.
        cursor.execute("SET LOCAL client_min_messages = warning")
        # Two writers making the schema at once would meet: the second waits.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('geoincidents'))")
        for statement in statements(layers):
            cursor.execute(statement)


def _write_layer(connection: psycopg.Connection, layer: Layer, records: list[str] | None) -> None:
    from psycopg import sql

    from geoincidents.exports.postgis.schema import KEYS, table

    names = [name for name, _ in layer.columns]
    names += ["geom"] if layer.geometries is not None else []
    names += ["record"] if records is not None else []
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    stage = sql.Identifier(f"stage_{layer.name}")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                stage, columns, table(layer.name)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(stage, columns)) as copy:
            for row in _rows(layer, records):
                copy.write_row(row)
        if layer.name in KEYS:
            cursor.execute(_upsert(layer.name, KEYS[layer.name], names, stage))
            return
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
                table(layer.name), columns, columns, stage
            )
        )


def _empty(connection: psycopg.Connection, name: str, owners: dict[str, list[str]]) -> None:
    """Drop the rows that belong to what is written again: they come with it anew."""
    from psycopg import sql

    from geoincidents.exports.postgis.schema import OWNERS, table

    if name not in OWNERS:
        return
    column, _ = OWNERS[name]
    connection.execute(
        sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(table(name), sql.Identifier(column)),
        (owners[column],),
    )


def _upsert(name: str, key: str, names: list[str], stage: Any) -> Any:
    from psycopg import sql

    from geoincidents.exports.postgis.schema import table

    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    changes = sql.SQL(", ").join(
        sql.SQL("{} = EXCLUDED.{}").format(sql.Identifier(n), sql.Identifier(n))
        for n in names
        if n != key
    )
    return sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}"
    ).format(table(name), columns, columns, stage, sql.Identifier(key), changes)


def _rows(layer: Layer, records: list[str] | None) -> Iterable[tuple[Any, ...]]:
    import shapely

    shapes = layer.geometries
    for number, row in enumerate(layer.rows):
        cells = [_storable(value) for value in row]
        if shapes is not None:
            shape = shapes[number]
            located = None if shape is None else shapely.set_srid(shape, 4326)
            cells.append(shapely.to_wkb(located, hex=True, include_srid=True) if located else None)
        if records is not None:
            cells.append(records[number].replace("\\u0000", ""))
        yield tuple(cells)


def _storable(value: Any) -> Any:
    """PostgreSQL's text holds no NUL and no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return value
