"""PostGIS: every layer in a schema of its own, upserted by id in one transaction."""

from geoincidents.exports.postgis.writing import write_postgis

__all__ = ["write_postgis"]
