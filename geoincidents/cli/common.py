"""What several commands share: inputs, hints, progress, messages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.gazetteer.answers import BoundaryPolicy
    from geoincidents.model import IncidentCollection, Report
    from geoincidents.pipeline import Hints
    from geoincidents.publishing import Care
    from geoincidents.reports import ReadResult

    #: What a command adds its parser to.
    Commands = argparse._SubParsersAction[ArgumentParser]  # noqa: SLF001 - argparse's own name


def new_command(commands: Commands, name: str, description: str, examples: str) -> ArgumentParser:
    """A command's parser, listed with the line of help that `COMMANDS` has for it."""
    from geoincidents.cli import COMMANDS
    from geoincidents.cli.help import help_formatter

    return commands.add_parser(
        name,
        help=COMMANDS[name],
        description=description,
        epilog=examples,
        formatter_class=help_formatter,
    )


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


class Found(NamedTuple):
    """What the reports told, how it may be published, and the exit status so far."""

    collection: IncidentCollection
    gazetteer: Gazetteer
    care: Care
    status: int

    def tell(self, where: str) -> None:
        """Say what was found and where it now is."""
        say(f"{summary(self.collection)} → {where}")


def find(options: argparse.Namespace) -> Found:
    """Read the reports and find their incidents.

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

    gazetteer = open_from(options)
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
    return Found(collection, gazetteer, _care(options), 1 if read.problems else 0)


def _care(options: argparse.Namespace) -> Care:
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
