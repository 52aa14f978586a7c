"""``geoincidents export``: the same incidents for GIS."""

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
        "export",
        "Write the incidents of reports for a GIS; the format follows the name.",
        "Example:  geoincidents export reports/ -o incidents.gpkg",
    )
    add_report_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file to write, or - for standard output",
    )
    parser.add_argument("--format", help="the format, where the name does not tell it")
    parser.add_argument(
        "--layer",
        default="incidents",
        help="layer for formats that hold one: incidents (default), locations, responses, claims, "
        "reports, mentions",
    )
    parser.add_argument(
        "--schema", choices=["acled", "ucdp"], help="CSV with the columns of ACLED or UCDP GED"
    )
    parser.add_argument(
        "--hxl", action="store_true", help="a row of HXL hashtags under the heads (CSV, XLSX)"
    )
    parser.add_argument(
        "--with-text", action="store_true", help="include the reports' texts (JSON)"
    )
    return parser


def run(options: argparse.Namespace) -> int:
    """Write the export."""
    from geoincidents.exports.registry import destination_for
    from geoincidents.publishing import write

    # A wrong format is told before an hour of work, not after it.
    if destination_for(options.output) is None:
        _check_format(options)
    found = find(options)
    write(
        found.collection,
        options.output,
        format=options.format,
        layer=options.layer,
        with_text=options.with_text,
        schema=options.schema,
        hxl=options.hxl,
        care=found.care,
        gazetteer=found.gazetteer,
    )
    if options.output != "-":
        from geoincidents.databases import redacted

        found.tell(redacted(options.output))
    return found.status


def _check_format(options: argparse.Namespace) -> None:
    from geoincidents.errors import UsageError
    from geoincidents.exports.registry import format_for

    chosen = format_for(options.output, options.format)
    if options.schema and chosen.name != "csv":
        raise UsageError(f"--schema {options.schema}: a table is written as CSV; name it so.")
    if options.hxl and (options.schema or chosen.name not in {"csv", "xlsx"}):
        raise UsageError("--hxl: hashtags stand in CSV and XLSX of our own columns; name it so.")
