"""``geoincidents geoparse``: the places of one report, or of many."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from geoincidents.cli.common import (
    add_columns_option,
    add_gazetteer_options,
    add_hint_options,
    hints_from,
    new_command,
    open_from,
    say,
    tell_problems,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geoincidents.cli.common import Commands
    from geoincidents.model import Mention, Report


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "geoparse",
        "Find the places that a report speaks of, and say where they are and why.",
        (
            "Examples:\n  geoincidents geoparse report.txt\n"
            "  geoincidents geoparse report.txt --format json --geometry\n"
            "  geoincidents geoparse --batch reports.ndjson -o places.ndjson --workers 2"
        ),
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="one report, or - for standard input"
    )
    parser.add_argument(
        "--format", choices=["table", "json"], default="table", help="default: table"
    )
    parser.add_argument(
        "--geometry", action="store_true", help="add each place's footprint (GeoJSON)"
    )
    parser.add_argument("--published", metavar="ISO", help="when the report was published")
    add_hint_options(parser)
    parser.add_argument(
        "--recogniser",
        metavar="NAME",
        action="append",
        help="add places found by spacy, gliner or natasha (:MODEL for another model)",
    )
    add_gazetteer_options(parser)
    add_columns_option(parser)
    batch = parser.add_argument_group("many reports")
    batch.add_argument("--batch", metavar="IN.ndjson", help="one report a line")
    batch.add_argument("-o", "--output", metavar="OUT.ndjson", help="one line per line, in order")
    batch.add_argument("--workers", type=int, default=1, metavar="N", help="processes; default 1")
    batch.add_argument("--weights", metavar="FILE", help="weights other than the shipped ones")
    return parser


def run(options: argparse.Namespace) -> int:
    """Geoparse one report or a batch."""
    from geoincidents.errors import UsageError

    if options.batch and options.file:
        raise UsageError("give either FILE or --batch, not both.")
    if options.batch:
        from geoincidents.cli.batch import geoparse_batch

        return geoparse_batch(options)
    if not options.file:
        raise UsageError("no report was named; give a file, - for standard input, or --batch.")
    return _geoparse_file(options)


def _geoparse_file(options: argparse.Namespace) -> int:
    from geoincidents.errors import ReportError
    from geoincidents.pipeline import geoparse
    from geoincidents.reports import columns_from, read_reports

    read = read_reports(options.file, columns=columns_from(options.columns))
    tell_problems(read)
    if not read.reports:
        raise ReportError("nothing to read; no places.")
    if len(read.reports) > 1:
        say(
            f"{options.file}: holds {len(read.reports)} reports; this reads the first, see --batch."
        )
    report = _published(read.reports[0], options.published)
    gazetteer = open_from(options)
    mentions = geoparse(report, gazetteer=gazetteer, hints=hints_from(options))
    if options.format == "json":
        _print_json(report, mentions, gazetteer if options.geometry else None)
    else:
        _print_table(mentions)
    return 1 if read.problems else 0


def _published(report: Report, published: str | None) -> Report:
    from dataclasses import replace
    from datetime import datetime

    from geoincidents.errors import UsageError

    if published is None:
        return report
    try:
        datetime.fromisoformat(published)
    except ValueError:
        raise UsageError(
            f"--published {published}: not an ISO 8601 date, like 2024-01-31."
        ) from None
    return replace(report, published=published, published_from="metadata")


def _print_json(report: Report, mentions: Sequence[Mention], gazetteer: object) -> None:
    from geoincidents.publishing import footprints
    from geoincidents.records import mention_record, report_record

    shapes = footprints(gazetteer) if gazetteer is not None else None  # type: ignore[arg-type]
    rows = [mention_record(m, geometry=gazetteer is not None, footprints=shapes) for m in mentions]
    json.dump(
        {"report": report_record(report), "mentions": rows},
        sys.stdout,
        ensure_ascii=False,
        indent=1,
    )
    sys.stdout.write("\n")


def _print_table(mentions: Sequence[Mention]) -> None:
    from geoincidents.cli.tables import print_table

    print_table(
        ("at", "text", "kind", "role", "place", "precision", "±", "lat, lon", "sure"),
        [_table_row(mention) for mention in mentions],
    )


def _table_row(mention: Mention) -> tuple[str, ...]:
    place = mention.location
    head = (str(mention.start), mention.text, mention.kind, mention.role)
    if place is None:
        return (*head, f"– {mention.unresolved or 'unresolved'}", "", "", "", "")
    where = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    radius = place.uncertainty_m
    about = f"{radius:.0f} m" if radius < 1000 else f"{radius / 1000:.0f} km"
    point = f"{place.lat:.4f}, {place.lon:.4f}"
    return (*head, where, place.precision, about, point, f"{place.confidence:.2f}")
