"""A server on this machine: the map page, OGC API – Features, and a geocoder.

It listens on 127.0.0.1 unless told otherwise, answers only to its own name (so
that no page elsewhere can rebind a name to it), and sends no CORS headers.
"""

from geoincidents.serving.app import make_app, run_server

__all__ = ["make_app", "run_server"]
