"""Rates and memory of our writers beside pyogrio with Arrow, on the same rows and columns.

    python benchmarks/exports.py [--incidents N] [--formats geojson,gpkg,…]

Both start from incidents: ours builds columns as it writes, pyogrio writes the frames
that `to_geodataframe` makes. The second ratio gives pyogrio its frames ready made (all
six for GeoPackage), and ours nothing. Each runs in a process of its own, forked after
the incidents are made; what counts is user processor time, since a busy machine
lengthens the rest. Memory is the growth of the process. Both files are read back and
compared, row by row and column by column.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import tempfile
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from made_up import synthetic

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.model import IncidentCollection

#: Name by which pyogrio knows a format, and what makes its file alike to ours.
PEERS = {
    "geojson": (
        "GeoJSON",
        {"RFC7946": "YES", "COORDINATE_PRECISION": "6", "AUTODETECT_JSON_STRINGS": "NO"},
    ),
    "gpkg": ("GPKG", {"VERSION": "1.3"}),
    "fgb": ("FlatGeobuf", {}),
}
OURS_ALONE = ("geojsonl", "parquet", "csv", "kml", "shp.zip", "json")
LAYERS = ("incidents", "locations", "responses", "claims", "reports", "mentions")
SPATIAL = LAYERS[:3]


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """What a piece of work gives in a process of its own, which leaves no memory behind."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        theirs.send(work(*arguments))

    process = context.Process(target=run)
    process.start()
    theirs.close()
    result = ours.recv()
    process.join()
    return result


def measured(work: Callable[[], Any]) -> tuple[float, float, float]:
    """User seconds, elapsed seconds and growth in MiB of a piece of work."""
    figures: tuple[float, float, float] = apart(_timed, work)
    return figures


def _timed(work: Callable[[], Any]) -> tuple[float, float, float]:
    prepared = work()
    gc.collect()
    gc.freeze()
    gc.enable()
    memory, before, clock = _resident_mib(), resource.getrusage(resource.RUSAGE_SELF), time.time()
    prepared()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (
        after.ru_utime - before.ru_utime,
        time.time() - clock,
        after.ru_maxrss / 1024 - memory,
    )


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def ours(collection: IncidentCollection, path: Path) -> Callable[[], Any]:
    """From incidents to the file; only modules are loaded before."""

    def prepare() -> Callable[[], None]:
        from geoincidents.exports import write

        first = path.with_name(f"first.{path.name}")
        write(replace(collection, incidents=collection.incidents[:1]), first)
        first.unlink()
        return lambda: write(collection, path)

    return prepare


def peer(collection: IncidentCollection, path: Path, name: str, *, ready: bool) -> Any:
    """From incidents, or from frames that are ready, to the file, by pyogrio with Arrow."""

    def prepare() -> Callable[[], None]:
        frames = _frames(replace(collection, incidents=collection.incidents[:1]), name)
        _write_frames(frames, path, name)
        path.unlink()
        if ready:
            frames = _frames(collection, name)
            return lambda: _write_frames(frames, path, name)
        return lambda: _write_frames(_frames(collection, name), path, name)

    return prepare


def _frames(collection: IncidentCollection, name: str) -> dict[str, Any]:
    from geoincidents.exports.frames import to_geodataframe

    layers = LAYERS if name == "gpkg" else LAYERS[:1]
    return {
        layer: _alike(to_geodataframe(collection, layer=layer), spatial=layer in SPATIAL)
        for layer in layers
    }


def _write_frames(frames: dict[str, Any], path: Path, name: str) -> None:
    import pyogrio

    driver, options = PEERS[name]
    for number, (layer, frame) in enumerate(frames.items()):
        spatial = {"geometry_type": "Unknown"} if hasattr(frame, "crs") else {}
        more = options if number == 0 else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pyogrio.write_dataframe(
                frame,
                path,
                layer=layer,
                driver=driver,
                use_arrow=True,
                append=number > 0,
                **spatial,
                **more,
            )


def _alike(frame: Any, *, spatial: bool) -> Any:
    """Plain columns for what pyogrio has no type for; tables without their empty geometry."""
    import pandas as pd

    for column in frame.columns:
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            frame[column] = frame[column].astype("string")
    if not spatial:
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return frame


def same(first: Path, second: Path) -> bool:
    """Whether two files hold the same rows, columns and geometry."""
    import pyogrio

    for layer in _layers(first):
        pair = [
            pyogrio.read_dataframe(path, layer=layer, use_arrow=True) for path in (first, second)
        ]
        key = "id" if "id" in pair[0] else next(iter(pair[0].columns))
        one, two = (frame.sort_values(key, kind="stable").reset_index(drop=True) for frame in pair)
        if list(one.columns) != list(two.columns) or not _equal(one, two):
            return False
    return True


def _layers(path: Path) -> list[str | None]:
    return list(LAYERS) if path.suffix == ".gpkg" else [None]


def _equal(one: Any, two: Any) -> bool:
    import shapely

    if "geometry" in one and not shapely.equals_exact(one.geometry, two.geometry, 1e-6).all():
        return False
    return all(
        one[column].astype("object").fillna("").equals(two[column].astype("object").fillna(""))
        for column in one.columns
        if column != "geometry"
    )


def compare(collection: IncidentCollection, name: str, folder: Path) -> None:
    """Print the line of one format."""
    count = len(collection.incidents)
    mine = folder / f"ours.{name}"
    user, elapsed, grown = measured(ours(collection, mine))
    size = mine.stat().st_size / 2**20
    line = f"{name:9} {count / user:10,.0f} {elapsed:7.1f} {grown:7.0f} {size:7.0f}"
    if name in PEERS:
        theirs = folder / f"peer.{name}"
        ready, *_ = measured(peer(collection, theirs, name, ready=True))
        theirs.unlink()
        peer_user, _, peer_grown = measured(peer(collection, theirs, name, ready=False))
        line += f" {count / peer_user:10,.0f} {peer_grown:7.0f} {peer_user / user:6.2f}"
        line += f" {count / ready:10,.0f} {ready / user:6.2f}"
        line += "  the same" if apart(same, mine, theirs) else "  DIFFERS"
        theirs.unlink()
    print(line, flush=True)
    mine.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--formats", default=",".join((*PEERS, *OURS_ALONE)))
    options = parser.parse_args()
    gc.disable()
    collection = synthetic(options.incidents)
    gc.freeze()
    print(f"{options.incidents:,} incidents; made they take {_resident_mib():,.0f} MiB")
    print("          ours                               pyogrio, from incidents     from frames")
    print("format           /s elapsed    +MiB file MiB      /s    +MiB  ratio         /s  ratio")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats.split(","):
            compare(collection, name, Path(folder))


if __name__ == "__main__":
    main()
