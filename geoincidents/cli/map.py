"""``geoincidents map``: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.cli.common import add_report_options, find, new_command

if TYPE_CHECKING:
    import argparse

    from geoincidents.cli.common import Commands


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "map",
        (
            "Read reports, resolve their places, find and merge the incidents, and write the "
            "interactive strike and response map: one HTML file that opens without a network."
        ),
        "Example:  geoincidents map reports/ -o map.html --title 'Belgorod, December 2023'",
    )
    add_report_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the page to write (.html), or a picture (.png, .svg, .pdf)",
    )
    parser.add_argument("--title", help="title of the page")
    parser.add_argument("--language", choices=["en", "uk", "ru"], default="en", help="of the page")
    parser.add_argument(
        "--style", metavar="STYLE", help="a style by name, or a .toml file of yours"
    )
    parser.add_argument(
        "--round", type=int, metavar="N", dest="decimals", help="round coordinates to N decimals"
    )
    parser.add_argument(
        "--tiles",
        metavar="NAME",
        help="an online basemap of xyzservices, such as OpenStreetMap.Mapnik; default: none",
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the map."""
    from geoincidents.publishing import MapOptions, write_map

    found = find(options)
    drawing = MapOptions(
        options.title, options.language, options.style, options.decimals, options.tiles
    )
    write_map(
        found.collection,
        options.output,
        options=drawing,
        care=found.care,
        gazetteer=found.gazetteer,
    )
    found.tell(options.output)
    return found.status
