"""Build a gazetteer from the user's own downloads, and layers from their own places."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import UsageError
from geoincidents.gazetteer.build import refusals_of, write_store
from geoincidents.gazetteer.importers.geonames import Units, read_codes, read_dump
from geoincidents.gazetteer.importers.holders import placed
from geoincidents.gazetteer.importers.own import read_own
from geoincidents.gazetteer.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geoincidents.gazetteer.build import BuildReport
    from geoincidents.gazetteer.gazetteer import Gazetteer
    from geoincidents.gazetteer.rows import Row

    Progress = Callable[[str, int], None]

_GEONAMES = (
    "Contains data of GeoNames (geonames.org), CC BY 4.0 "
    "(creativecommons.org/licenses/by/4.0), changed: selected, joined and indexed."
)


@dataclass(frozen=True, slots=True)
class Downloads:
    """What a full build reads; see ``geoincidents gazetteer build --help``."""

    geonames: Path | None = None
    alternate_names: Path | None = None
    boundaries: tuple[Path, ...] = ()
    osm: Path | None = None


def build_full(
    downloads: Downloads,
    output: str | Path,
    *,
    base: Gazetteer | None = None,
    progress: Progress | None = None,
) -> list[BuildReport]:
    """Build a gazetteer from downloads; one of OpenStreetMap stands beside it.

    Parameters
    ----------
    downloads
        The files.
    output
        Where the gazetteer is to stand. What comes of an OpenStreetMap extract is
        ODbL and goes into ``<output stem>.osm.gazetteer``, a layer.
    base
        Gazetteer that knows the countries' codes and boundaries; None for the
        shipped one.
    progress
        Called with the stage and the number of rows done.

    Returns
    -------
    list[BuildReport]
        One for each file that was built.

    Raises
    ------
    UsageError
        When no download is named, or one is not there.
    SourceError
        When one is broken or of another form; nothing is built then.
    """
    output = Path(output)
    if downloads.geonames is None and not downloads.boundaries and downloads.osm is None:
        raise UsageError("Name at least one of --geonames, --boundaries and --osm.")
    if downloads.alternate_names and not downloads.geonames:
        raise UsageError("--alternate-names go with --geonames.")
    base = base or _shipped()
    reports = []
    if downloads.geonames or downloads.boundaries:
        reports.append(_build_main(downloads, output, base, progress))
    if downloads.osm:
        reports.append(_build_osm(downloads.osm, output, base, progress))
    return reports


def _shipped() -> Gazetteer:
    from geoincidents.gazetteer import open_gazetteer

    return open_gazetteer()


def _build_main(
    downloads: Downloads, output: Path, base: Gazetteer, progress: Progress | None
) -> BuildReport:
    with _scratch(output) as work, Ledger(refusals_of(output)) as ledger:
        rows = _rows(downloads, work, ledger, base)
        attributions = [_GEONAMES] if downloads.geonames else []
        meta = {
            "title": f"built from {', '.join(path.name for path in _files(downloads))}",
            "attributions": [*attributions, *(path.name for path in downloads.boundaries)],
            "boundaries": "as the sources file them",
        }
        return write_store(
            rows, output, meta=meta, progress=progress, ledger=ledger, layer=not downloads.geonames
        )


def _rows(downloads: Downloads, work: Path, ledger: Ledger, base: Gazetteer) -> Iterator[Row]:
    units = read_codes(downloads.geonames, ledger) if downloads.geonames else Units()
    if not downloads.boundaries:
        yield from _dump(downloads, units, work, ledger)
        return
    from geoincidents.gazetteer.importers.boundaries import Shapes, read_boundaries

    with Shapes(work / "polygons") as shapes:
        others = read_boundaries(
            downloads.boundaries, units.points, ledger, shapes=shapes, alpha2=_alpha2(base)
        )
        yield from placed(others, base)
        for row in _dump(downloads, units, work, ledger):
            yield shapes.dress(row)


def _dump(downloads: Downloads, units: Units, work: Path, ledger: Ledger) -> Iterator[Row]:
    if downloads.geonames is not None:
        yield from read_dump(
            downloads.geonames, units, ledger, names=downloads.alternate_names, work=work
        )


def _alpha2(base: Gazetteer) -> Callable[[str], str | None]:
    def alpha2(code: str) -> str | None:
        try:
            return base.country(code).country
        except KeyError:
            return code.upper() if len(code) == 2 else None

    return alpha2


def _build_osm(
    extract: Path, output: Path, base: Gazetteer, progress: Progress | None
) -> BuildReport:
    from geoincidents.gazetteer.importers.osm import ATTRIBUTION, read_osm

    beside = output.with_name(f"{output.stem}.osm{output.suffix or '.gazetteer'}")
    with Ledger(refusals_of(beside)) as ledger:
        rows = placed(read_osm(extract, ledger), base)
        meta = {"title": f"built from {extract.name}", "attributions": [ATTRIBUTION]}
        return write_store(rows, beside, meta=meta, progress=progress, ledger=ledger, layer=True)


def add_places(
    places: str | Path,
    output: str | Path | None = None,
    *,
    base: Gazetteer | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Make a layer of one's own places, to lie on top of the shipped gazetteer.

    Parameters
    ----------
    places
        A ``.csv``, ``.geojson`` or ``.gpkg`` file.
    output
        Where the layer is to stand; None: beside the places, ``<stem>.gazetteer``.
    base
        Gazetteer that says which country and unit each place lies in.

    Raises
    ------
    UsageError, SourceError
        When the file is not there, of another form, or broken; nothing is built then.
    """
    places = Path(places)
    output = Path(output) if output else places.with_suffix(".gazetteer")
    with Ledger(refusals_of(output)) as ledger:
        rows = placed(read_own(places, ledger), base or _shipped())
        meta = {"title": f"own places of {places.name}", "attributions": []}
        return write_store(rows, output, meta=meta, progress=progress, ledger=ledger, layer=True)


@contextmanager
def _scratch(output: Path) -> Iterator[Path]:
    """A fresh folder for spill files beside the output; what a killed build left goes first."""
    folder = output.with_name(f".{output.name}.scratch")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(downloads: Downloads) -> Sequence[Path]:
    named = (downloads.geonames, downloads.alternate_names)
    return [path for path in named if path] + list(downloads.boundaries)
