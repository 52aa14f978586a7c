"""``geoincidents gazetteer``: what it holds, look-ups, a full build, own places."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.cli.common import add_gazetteer_options, new_command, open_from, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from geoincidents.cli.common import Commands
    from geoincidents.gazetteer.build import BuildReport
    from geoincidents.model import Feature, NameHit

_EXAMPLES = """\
Examples:
  geoincidents gazetteer info
  geoincidents gazetteer search Yakovl
  geoincidents gazetteer search --reverse 50.6,36.58
  geoincidents gazetteer build --geonames allCountries.zip \\
      --alternate-names alternateNamesV2.zip --boundaries adm1.geojson -o my.gazetteer
  geoincidents gazetteer add places.csv
"""


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    """Add this command to the parser."""
    parser = new_command(
        commands,
        "gazetteer",
        "Ask the gazetteer, check it, build a larger one, add your own places.",
        _EXAMPLES,
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_info(actions)
    _add_search(actions)
    _add_build(actions)
    _add_add(actions)
    return parser


def _add_info(actions: Any) -> None:
    info = actions.add_parser("info", help="counts, vintage, sources and attributions")
    info.add_argument("--json", action="store_true", help="as JSON")
    add_gazetteer_options(info)
    check = actions.add_parser("check", help="verify every byte against the checksums")
    add_gazetteer_options(check)


def _add_search(actions: Any) -> None:
    search = actions.add_parser("search", help="names that begin so, or what lies at a point")
    search.add_argument("name", nargs="?", help="the beginning of a name, in any spelling")
    search.add_argument("--reverse", metavar="LAT,LON", help="what lies at this point instead")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many")
    search.add_argument("--json", action="store_true", help="as JSON")
    add_gazetteer_options(search)


def _add_build(actions: Any) -> None:
    build = actions.add_parser("build", help="a gazetteer from GeoNames, boundaries, OpenStreetMap")
    build.add_argument("--geonames", type=Path, metavar="ZIP", help="allCountries.zip or UA.zip")
    build.add_argument("--alternate-names", type=Path, metavar="ZIP", help="alternateNamesV2.zip")
    build.add_argument(
        "--boundaries", type=Path, nargs="+", default=[], metavar="GEOJSON", help="units' polygons"
    )
    build.add_argument("--osm", type=Path, metavar="PBF", help="an OpenStreetMap extract")
    build.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the gazetteer to write"
    )
    add_gazetteer_options(build)


def _add_add(actions: Any) -> None:
    add = actions.add_parser("add", help="a layer of your own places, winning over the rest")
    add.add_argument("places", type=Path, help=".csv, .geojson or .gpkg")
    add.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: beside the places")
    add_gazetteer_options(add)


def run(options: argparse.Namespace) -> int:
    """Run the command; gives the exit status."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "info": _info,
        "check": _check,
        "search": _search,
        "build": _build,
        "add": _add,
    }
    return actions[options.action](options)


def _info(options: argparse.Namespace) -> int:
    layers = open_from(options).info()
    if options.json:
        _print_json(layers)
        return 0
    for layer in layers:
        for key, value in layer.items():
            print(f"{key}: {_plain(value)}")
        print()
    return 0


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "".join(f"\n  {key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "".join(f"\n  {each}" for each in value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _check(options: argparse.Namespace) -> int:
    from geoincidents.gazetteer.checking import check_file

    for store in open_from(options).stores:
        print(f"{store.path}: {check_file(store)}")
    return 0


def _search(options: argparse.Namespace) -> int:
    from geoincidents.errors import UsageError

    if bool(options.name) == bool(options.reverse):
        raise UsageError("give the beginning of a name, or --reverse LAT,LON.")
    if options.reverse:
        return _reverse(options)
    gazetteer = open_from(options)
    hits = gazetteer.search(options.name, options.limit)
    if options.json:
        _print_json([_hit_record(hit) for hit in hits])
        return 0
    _print_table([_hit_line(hit) for hit in hits])
    if not hits:
        close = ", ".join(dict.fromkeys(hit.name for hit in gazetteer.suggest(options.name)))
        say(f"no name begins with {options.name!r}" + (f"; do you mean {close}?" if close else "."))
    return 0


def _reverse(options: argparse.Namespace) -> int:
    lat, lon = _point(options.reverse)
    found = open_from(options).reverse(lon, lat)._asdict()
    if options.json:
        _print_json({key: _feature_record(value) for key, value in found.items()})
        return 0
    _print_table(
        [[key, *(_feature_line(value) if value else ["none"])] for key, value in found.items()]
    )
    return 0


def _point(text: str) -> tuple[float, float]:
    from geoincidents.errors import UsageError

    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is no point; write LAT,LON such as 50.6,36.58.") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UsageError(f"{text!r} is off the globe; write LAT,LON such as 50.6,36.58.")
    return lat, lon


def _build(options: argparse.Namespace) -> int:
    from geoincidents.gazetteer.full import Downloads, build_full

    downloads = Downloads(
        options.geonames, options.alternate_names, tuple(options.boundaries), options.osm
    )
    reports = build_full(downloads, options.output, base=open_from(options), progress=_progress())
    return max(_tell(report) for report in reports)


def _add(options: argparse.Namespace) -> int:
    from geoincidents.gazetteer.full import add_places

    report = add_places(options.places, options.output, base=open_from(options))
    status = _tell(report)
    say(f"use it with --gazetteer {report.path}; it lies on top of the shipped gazetteer.")
    return status


def _tell(report: BuildReport) -> int:
    counts = ", ".join(f"{count:,} {kind}" for kind, count in report.counts.items())
    print(
        f"{report.path}: {report.features:,} features ({counts}), {report.names:,} names, "
        f"{report.path.stat().st_size / 1e6:.1f} MB, {report.seconds:.0f} s"
    )
    if report.refused:
        say(f"{report.refused:,} rows were refused; they are listed in {report.refused_path}.")
    return 0


def _progress() -> Callable[[str, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int) -> None:
        print(f"\r{stage}: {done:,} rows  ", end="", file=sys.stderr)

    return show


def _hit_record(hit: NameHit) -> dict[str, Any]:
    found = {"matched": hit.name, "form": hit.form, "language": hit.language, "period": hit.period}
    return {**found, **(_feature_record(hit.feature) or {})}


def _feature_record(feature: Feature | None) -> dict[str, Any] | None:
    if feature is None:
        return None
    from dataclasses import asdict

    return asdict(feature)


def _hit_line(hit: NameHit) -> list[str]:
    return [hit.name if hit.name != hit.feature.name else "", *_feature_line(hit.feature)]


def _feature_line(feature: Feature) -> list[str]:
    return [
        feature.name,
        feature.code,
        feature.admin1 or "",
        feature.country or "",
        f"{feature.population:,}" if feature.population else "",
        f"{feature.lat:.4f},{feature.lon:.4f}",
        feature.id,
    ]


def _print_table(rows: list[list[str]]) -> None:
    width = max((len(row) for row in rows), default=0)
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(width)]
    for row in rows:
        print("  ".join(f"{cell:<{widths[i]}}" for i, cell in enumerate(row)).rstrip())


def _print_json(value: object) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False, indent=1))
