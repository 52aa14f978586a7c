"""The command line: thin commands over the Python API, one file each."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

#: Commands in the order that `--help` lists them; each is a module of this package.
COMMANDS = {
    "map": "reports → the interactive strike and response map, one HTML file",
    "export": "reports → incidents as GeoJSON, GeoPackage, JSON and other GIS formats",
    "geoparse": "the places of one report, or of many, with role, location and evidence",
    "locate": "one place name or spatial expression → geometry",
    "explain": "why each place of a report resolved as it did",
    "serve": "the map page, OGC API – Features and a geocoder, on this machine",
    "gazetteer": "what the gazetteer holds; look-ups; build and add your own",
}
_INTERRUPTED = 130
#: New objects between two searches for cycles: a command makes few of them and ends soon.
_OBJECTS_BETWEEN = 200_000
_EPILOG = """\
Exit status: 0 done; 1 done, but some reports could not be read; 2 wrong use; 3 could not be done.

Try:  geoincidents map --sample -o map.html
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit status. No traceback reaches a user."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        print("geoincidents: stopped; nothing was left half-written.", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left: no more can be said, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _report(error)


def script() -> int:
    """The command as a process of its own, which ends after it."""
    gc.set_threshold(_OBJECTS_BETWEEN, 20, 20)
    status = main()
    gc.freeze()  # what the process holds goes with it: no search for cycles at the end
    return status


def _run(arguments: list[str]) -> int:
    parser = build_parser(arguments[0] if arguments else None)
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help(sys.stderr)
        return 2
    status: int = options.run(options)
    sys.stdout.flush()
    return status


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or only of the one that is asked for, which is quicker."""
    import argparse

    from geoincidents import __version__
    from geoincidents.cli.help import help_formatter

    parser = argparse.ArgumentParser(
        prog="geoincidents",
        description="From news reports to an incident map you can defend.",
        epilog=_EPILOG,
        formatter_class=help_formatter,
    )
    parser.add_argument("--version", action="version", version=f"geoincidents {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name in [only] if only in COMMANDS else COMMANDS:
        module = import_module(f"geoincidents.cli.{name}")
        subparser = module.add_parser(commands)
        subparser.set_defaults(run=module.run)
    return parser


def _report(error: Exception) -> int:
    from geoincidents.errors import GeoincidentsError

    if os.environ.get("GEOINCIDENTS_DEBUG"):
        raise error
    if isinstance(error, GeoincidentsError):
        print(f"geoincidents: {error}", file=sys.stderr)
        return error.exit_status
    kind = type(error).__name__
    print(
        f"geoincidents: an error of the program itself ({kind}: {error}); "
        "please report it with the input that caused it (GEOINCIDENTS_DEBUG=1 shows more).",
        file=sys.stderr,
    )
    return 3
