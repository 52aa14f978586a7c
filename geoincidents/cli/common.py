"""What several commands share: inputs, hints, progress, messages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.gazetteer.answers import BoundaryPolicy
    from geoincidents.model import IncidentCollection, Report
    from geoincidents.pipeline import Hints
    from geoincidents.publishing import Care
    from geoincidents.reports import ReadResult


def add_gazetteer_options(parser: argparse.ArgumentParser) -> None:
    """`--gazetteer`, for every command that looks names up."""
    parser.add_argument(
        "--gazetteer",
        metavar="FILE",
        action="append",
        help="a gazetteer to use instead of the shipped one; again for layers on top",
    )
    parser.add_argument(
        "--boundary-policy",
        choices=["de_jure", "source"],
        default="de_jure",
        help="whose provinces are: by ISO 3166-2 (default), or as the source files them",
    )


def add_hint_options(parser: argparse.ArgumentParser) -> None:
    """`--country` and `--near`: what the user knows beforehand."""
    parser.add_argument(
        "--country", metavar="C", help="country the reports are about (name or code)"
    )
    parser.add_argument("--near", metavar="PLACE", help="a place the reports are about")


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """The reports to read and how to publish what they tell."""
    parser.add_argument(
        "reports", nargs="*", metavar="REPORTS", help="files, folders, or - for standard input"
    )
    parser.add_argument("--sample", action="store_true", help="use the sample reports that ship")
    add_columns_option(parser)
    add_hint_options(parser)
    add_gazetteer_options(parser)
    care = parser.add_argument_group("publishing with care")
    care.add_argument("--delay", type=float, metavar="HOURS", help="withhold what is younger")
    care.add_argument("--coarsen", choices=["admin2", "admin1"], help="generalise every place")
    care.add_argument(
        "--exact-launch-places",
        action="store_true",
        help="do not generalise places of launch and interception to their district",
    )


def add_columns_option(parser: argparse.ArgumentParser) -> None:
    """`--columns`, for every command that reads tables of reports."""
    parser.add_argument(
        "--columns",
        metavar="FIELD=COLUMN,…",
        action="append",
        default=[],
        help="which column of a table holds what: text=Body,title=Headline,published=Date; "
        "also id, publisher, url, language, timezone; the others are guessed and shown",
    )


def open_from(options: argparse.Namespace) -> Gazetteer:
    """The gazetteer that the options ask for."""
    from geoincidents.gazetteer import open_gazetteer

    paths = getattr(options, "gazetteer", None) or []
    policy: BoundaryPolicy = getattr(options, "boundary_policy", "de_jure")
    if not paths:
        return open_gazetteer(boundary_policy=policy)
    return open_gazetteer(paths[0], layers=paths[1:], boundary_policy=policy)


def hints_from(options: argparse.Namespace) -> Hints:
    """The hints that the options give."""
    from geoincidents.pipeline import Hints

    return Hints(
        country=getattr(options, "country", None),
        near=getattr(options, "near", None),
        weights=getattr(options, "weights", None),
        recognisers=tuple(getattr(options, "recogniser", None) or ()),
    )


def progress(items: Sequence[Report], *, unit: str = "report") -> Iterable[Report]:
    """Show a progress bar on standard error, only when that is a terminal."""
    if not sys.stderr.isatty() or len(items) < 2:
        return items
    from tqdm import tqdm

    bar: Iterable[Report] = tqdm(items, unit=unit, desc="reading", leave=False)
    return bar


def say(sentence: str) -> None:
    """Tell the user something on standard error."""
    print(f"geoincidents: {sentence}", file=sys.stderr)


def tell_problems(read: ReadResult) -> None:
    """Say how tables were read, what formats have lost, and which reports could not be read."""
    for notice in read.notices:
        say(notice.sentence)
    for problem in read.problems:
        say(problem.sentence)


def gather(options: argparse.Namespace, gazetteer: Gazetteer) -> tuple[IncidentCollection, int]:
    """Read the reports and find their incidents; gives the exit status so far.

    Raises
    ------
    UsageError
        When no reports were named.
    ReportError
        When none of them could be read.
    """
    from geoincidents.errors import ReportError, UsageError
    from geoincidents.pipeline import find_incidents, sample_reports
    from geoincidents.reports import columns_from, read_reports

    sources = [*options.reports, *([sample_reports()] if options.sample else [])]
    if not sources:
        raise UsageError("no reports were named; give files or folders, or try --sample.")
    read = read_reports(sources, columns=columns_from(options.columns))
    tell_problems(read)
    if not read.reports and not read.collections:
        raise ReportError("none of the reports could be read; nothing was written.")
    collection = find_incidents(
        read, gazetteer=gazetteer, hints=hints_from(options), progress=progress
    )
    for notice in collection.notices:
        say(notice)
    return collection, 1 if read.problems else 0


def care_from(options: argparse.Namespace) -> Care:
    """How the options ask to publish; launch places are generalised unless told otherwise."""
    from geoincidents.publishing import Care

    return Care(
        delay_hours=options.delay,
        coarsen=options.coarsen,
        exact_launch_places=options.exact_launch_places,
    )


def summary(collection: IncidentCollection) -> str:
    """One line on what was found, for people."""
    reports = len(collection.reports)
    incidents = len(collection.incidents)
    text = (
        f"{incidents} incident{'s' * (incidents != 1)} from {reports} report{'s' * (reports != 1)}"
    )
    left = len(collection.unresolved)
    return text + (
        f"; {left} places or sentences left unresolved (listed in the output)" if left else ""
    )
