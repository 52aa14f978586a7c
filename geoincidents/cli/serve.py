"""``geoincidents serve``: the map page, features for a GIS, and a geocoder, on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.cli.common import add_report_options, find, new_command, say, summary

if TYPE_CHECKING:
    import argparse

    from geoincidents.cli.common import Commands


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "serve",
        (
            "Serve the incidents of reports or of an export on this machine: the map page at /, "
            "OGC API – Features at /ogc (for QGIS and GDAL), and a geocoder at /search and "
            "/reverse that Nominatim's clients can talk to."
        ),
        "Example:  geoincidents serve incidents.gpkg --port 8080",
    )
    add_report_options(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: 127.0.0.1"
    )
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a further host name to answer to",
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from geoincidents.errors import UsageError
    from geoincidents.publishing import render_map, with_care

    try:
        from geoincidents.serving import make_app, run_server
    except ImportError:
        raise UsageError(
            "serving needs starlette and uvicorn; install: pip install 'geoincidents[serve]'."
        ) from None
    found = find(options)
    publishable = with_care(found.collection, found.care, found.gazetteer)
    page = render_map(publishable, gazetteer=found.gazetteer)
    app = make_app(publishable, found.gazetteer, page=page, names=tuple(options.name))
    say(summary(publishable))
    run_server(app, host=options.host, port=options.port, tell=say)
    return 0
