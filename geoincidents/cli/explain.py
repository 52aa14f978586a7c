"""``geoincidents explain``: why each place of a report resolved as it did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geoincidents.cli.common import (
    add_gazetteer_options,
    add_hint_options,
    hints_from,
    new_command,
    open_from,
    tell_problems,
)

if TYPE_CHECKING:
    import argparse

    from geoincidents.cli.common import Commands


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "explain",
        "Show each place's candidates with their scores and reasons, losers too.",
        (
            "Examples:\n  geoincidents explain report.txt\n"
            "  geoincidents explain report.txt -o why.html"
        ),
    )
    parser.add_argument("file", metavar="FILE", help="one report, or - for standard input")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="write to a file; .html gives a page to read"
    )
    parser.add_argument(
        "--format", choices=["text", "html"], help="default: text, or what OUT ends in"
    )
    parser.add_argument("--weights", metavar="FILE", help="weights other than the shipped ones")
    add_hint_options(parser)
    add_gazetteer_options(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Explain the reports of one file."""
    from pathlib import Path

    from geoincidents.atomic import write_text
    from geoincidents.errors import ReportError
    from geoincidents.pipeline import geoparse
    from geoincidents.reports import read_reports

    read = read_reports(options.file)
    tell_problems(read)
    if not read.reports:
        raise ReportError("nothing to read; nothing to explain.")
    report = read.reports[0]
    hints = hints_from(options)._replace(keep_candidates=True)
    mentions = geoparse(report, gazetteer=open_from(options), hints=hints)
    page = _rendered(options, report, mentions)
    if options.output and options.output != "-":
        write_text(Path(options.output), page)
    else:
        sys.stdout.write(page)
    return 1 if read.problems else 0


def _rendered(options: argparse.Namespace, report: object, mentions: object) -> str:
    from geoincidents.resolution.explanation import explain_text
    from geoincidents.resolution.explanation_page import explain_page

    ends_html = str(options.output or "").lower().endswith((".html", ".htm"))
    if options.format == "html" or (options.format is None and ends_html):
        return explain_page(report, mentions)  # type: ignore[arg-type]
    return explain_text(report, mentions)  # type: ignore[arg-type]
