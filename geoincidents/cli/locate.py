"""``geoincidents locate``: one place name or spatial expression, or many, → geometry."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from geoincidents.cli.common import add_gazetteer_options, new_command, open_from, say
from geoincidents.cli.online import add_online_options, asked_online

if TYPE_CHECKING:
    import argparse

    from geoincidents.cli.common import Commands
    from geoincidents.expressions import LocateResult, Uncertainty
    from geoincidents.gazetteer import Gazetteer

_FIELDS = ("near", "country", "admin1")


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "locate",
        "Place a name or a spatial expression, in English, Russian or Ukrainian.",
        (
            'Examples:\n  geoincidents locate "20 km north of Kharkiv"\n'
            '  geoincidents locate "40 km from the border" --near Belgorod --map band.html\n'
            "  geoincidents locate --batch places.ndjson -o located.ndjson"
        ),
    )
    parser.add_argument("text", nargs="?", metavar="TEXT", help="a place name or an expression")
    parser.add_argument(
        "--near", metavar="PLACE", help="a place close by, for what TEXT leaves out"
    )
    parser.add_argument("--country", metavar="C", help="the country it is in (name or code)")
    parser.add_argument("--admin1", metavar="A", help="the province it is in")
    parser.add_argument(
        "--format",
        choices=["geojson", "json", "table"],
        help="default: geojson; a table on a terminal",
    )
    parser.add_argument("--map", metavar="OUT.html", help="also draw it on a small map")
    parser.add_argument(
        "--uncertainty", metavar="FILE", help="a table of how vague words are, to use instead"
    )
    add_gazetteer_options(parser)
    add_online_options(parser)
    batch = parser.add_argument_group("many places")
    batch.add_argument("--batch", metavar="IN.ndjson", help='one {"id", "text", "near"?, …} a line')
    batch.add_argument("-o", "--output", metavar="OUT", help="instead of standard output")
    return parser


def run(options: argparse.Namespace) -> int:
    """Locate one text or a batch; an unresolved text is an answer, not a failure."""
    from geoincidents.errors import UsageError

    if bool(options.batch) == (options.text is not None):
        raise UsageError("give either TEXT or --batch IN.ndjson; see geoincidents locate --help.")
    gazetteer = open_from(options)
    if options.batch:
        return _batch(options, gazetteer)
    result = _located(options.text, options, gazetteer, {})
    if options.map:
        _draw(options.map, result, gazetteer)
    _print(result, options, gazetteer)
    return 0


def _located(
    text: str, options: argparse.Namespace, gazetteer: Gazetteer, row: dict[str, Any]
) -> LocateResult:
    """Locate a text with what its line or else the command says beside it."""
    from geoincidents.pipeline import locate

    hints = {name: row.get(name) or getattr(options, name) for name in _FIELDS}
    hints = {name: str(value) for name, value in hints.items() if value}
    result = locate(text, gazetteer=gazetteer, table=_table(options), **hints)
    if result.unresolved and options.online:
        return asked_online(text, options, hints.get("country")) or result
    return result


def _table(options: argparse.Namespace) -> Uncertainty | None:
    if options.uncertainty is None:
        return None
    from geoincidents.expressions import read_uncertainty

    return read_uncertainty(options.uncertainty)


def _print(result: LocateResult, options: argparse.Namespace, gazetteer: Gazetteer) -> None:
    from geoincidents.cli.batch import output_to
    from geoincidents.expressions.records import feature_records

    style = options.format or ("table" if sys.stdout.isatty() and not options.output else "geojson")
    if style == "table":
        _print_table(result)
        return
    features = feature_records(result, gazetteer)
    record: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if style == "json":
        record = {"text": result.text, "features": features}
    if result.unresolved:
        record["unresolved"] = {"reason": result.unresolved}
    with output_to(options.output) as sink:
        sink.write(json.dumps(record, ensure_ascii=False, indent=None if options.output else 1))
        sink.write("\n")


def _print_table(result: LocateResult) -> None:
    from geoincidents.cli.tables import print_table

    if result.unresolved:
        print(f"unresolved: {result.unresolved}")
        return
    heads = ("", "name", "precision", "relation", "lat", "lon", "± km", "admin1", "country")
    rows = [
        (
            "→" if location in result.chosen else "",
            location.name or "",
            location.precision,
            location.relation or "",
            f"{location.lat:.4f}",
            f"{location.lon:.4f}",
            f"{location.uncertainty_m / 1000:.1f}",
            location.admin1 or "",
            location.country or "",
        )
        for location in (*result.chosen, *result.alternatives)
    ]
    print_table(heads, rows)
    for sentence in result.chosen[0].evidence:
        print(f"  · {sentence}")


def _draw(path: str, result: LocateResult, gazetteer: Gazetteer) -> None:
    from pathlib import Path

    from geoincidents.atomic import write_text
    from geoincidents.expressions.picture import page

    if result.unresolved:
        say(f"no map was drawn: {result.unresolved}")
        return
    write_text(Path(path), page(result, gazetteer))


def _batch(options: argparse.Namespace, gazetteer: Gazetteer) -> int:
    from geoincidents.cli.batch import lines_of, output_to

    failed = 0
    with lines_of(options.batch) as source, output_to(options.output) as sink:
        for number, line in enumerate(source, 1):
            record, problem = _line_record(line, options, gazetteer)
            if problem:
                failed += 1
                say(f"line {number}: {problem}")
            sink.write(json.dumps(record, ensure_ascii=True) + "\n")
    return 1 if failed else 0


def _line_record(
    line: str, options: argparse.Namespace, gazetteer: Gazetteer
) -> tuple[dict[str, Any], str | None]:
    """Return the output line for an input line, and what was wrong with it."""
    from geoincidents.expressions.records import feature_records

    row, problem = _row(line)
    if problem:
        return {"id": row.get("id"), "features": [], "unresolved": {"reason": problem}}, problem
    result = _located(row["text"], options, gazetteer, row)
    record: dict[str, Any] = {"id": row.get("id"), "features": feature_records(result, gazetteer)}
    if result.unresolved:
        record["unresolved"] = {"reason": result.unresolved}
    return record, None


def _row(line: str) -> tuple[dict[str, Any], str | None]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return {}, "not a line of JSON"
    if not isinstance(row, dict):
        return {}, "not a JSON object"
    if not isinstance(row.get("text"), str):
        return row, 'no "text" in it'
    return row, None
