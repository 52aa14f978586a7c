"""``geoincidents map``: the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.cli.common import (
    add_report_options,
    care_from,
    gather,
    open_from,
    say,
    summary,
)

if TYPE_CHECKING:
    import argparse


def add_parser(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    import argparse

    parser = commands.add_parser(
        "map",
        help="reports → the interactive strike and response map, one HTML file",
        description=(
            "Read reports, resolve their places, find and merge the incidents, and write the "
            "interactive strike and response map: one HTML file that opens without a network."
        ),
        epilog="Example:  geoincidents map reports/ -o map.html --title 'Belgorod, December 2023'",
        formatter_class=argparse.RawDescriptionHelpFormatter,
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

    gazetteer = open_from(options)
    collection, status = gather(options, gazetteer)
    drawing = MapOptions(
        options.title, options.language, options.style, options.decimals, options.tiles
    )
    care = care_from(options)
    write_map(collection, options.output, options=drawing, care=care, gazetteer=gazetteer)
    say(f"{summary(collection)} → {options.output}")
    return status
