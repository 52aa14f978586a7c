"""The registry of writers: a new output format is one file with one decorated function."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from geoincidents.atomic import replacing
from geoincidents.errors import ExportError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.model import IncidentCollection
    from geoincidents.records.writing import Footprints

    #: Writes the collection to a path that does not exist yet.
    Writer = Callable[[IncidentCollection, Path, "WriteOptions"], None]
    #: Writes the collection to an address, such as a database's.
    Destination = Callable[[IncidentCollection, str, "WriteOptions"], None]

LAYERS = ("incidents", "locations", "responses", "claims", "reports", "mentions")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a writer may be asked for."""

    layer: str = "incidents"
    with_text: bool = False
    #: Columns of another's table instead of a layer's: "acled" or "ucdp" (CSV).
    schema: Literal["acled", "ucdp"] | None = None
    #: Add a row of HXL hashtags under the heads (CSV, XLSX).
    hxl: bool = False
    #: Gives the footprint of a gazetteer feature by its id.
    footprints: Footprints | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, the suffixes it answers to and its writer."""

    name: str
    suffixes: tuple[str, ...]
    write: Writer


_FORMATS: dict[str, Format] = {}
_DESTINATIONS: dict[str, Destination] = {}


def writer(name: str, *suffixes: str) -> Callable[[Writer], Writer]:
    """Register a function as the writer of a format and of files with these suffixes."""

    def register(function: Writer) -> Writer:
        _FORMATS[name] = Format(name, suffixes, function)
        return function

    return register


def destination(*schemes: str) -> Callable[[Destination], Destination]:
    """Register a function as the writer to addresses that open so ("postgresql://")."""

    def register(function: Destination) -> Destination:
        _DESTINATIONS.update(dict.fromkeys(schemes, function))
        return function

    return register


def destination_for(address: str) -> Destination | None:
    """The writer to an address, or None where it is a file's name."""
    found = (write for scheme, write in _DESTINATIONS.items() if address.startswith(scheme))
    return next(found, None)


def formats() -> tuple[str, ...]:
    """Names of the formats that can be written, sorted."""
    return tuple(sorted(_FORMATS))


def format_for(path: str, name: str | None = None) -> Format:
    """The format asked for by name, else by the path's suffix.

    Raises
    ------
    UsageError
        When neither tells of a known format.
    """
    known = f"use one of {', '.join(formats())}"
    if name is not None:
        if name not in _FORMATS:
            raise UsageError(f"--format {name}: not a known format; {known}.")
        return _FORMATS[name]
    lowered = path.lower()
    matches = [
        (len(suffix), item.name)
        for item in _FORMATS.values()
        for suffix in item.suffixes
        if lowered.endswith(suffix)
    ]
    if not matches:
        raise UsageError(f"{path}: the name tells no format; {known} with --format.")
    return _FORMATS[max(matches)[1]]


def write(
    collection: IncidentCollection,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the command's own word
    options: WriteOptions | None = None,
) -> None:
    """Write incidents to a file, or with ``-`` to standard output.

    The format follows the path's suffix unless it is named.

    Raises
    ------
    UsageError
        When the format or the layer is unknown.
    ExportError
        When the file cannot be written; what stood there before still does.
    """
    options = options or WriteOptions()
    if options.layer not in LAYERS:
        raise UsageError(f"--layer {options.layer}: no such layer; use one of {', '.join(LAYERS)}.")
    if (send := destination_for(str(path))) is not None:
        send(collection, str(path), options)
        return
    chosen = format_for(str(path), format)
    if str(path) == "-":
        _write_to_stdout(collection, chosen, options)
        return
    with replacing(Path(path)) as fresh:
        chosen.write(collection, fresh, options)


def _write_to_stdout(collection: IncidentCollection, chosen: Format, options: WriteOptions) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / f"incidents{chosen.suffixes[0]}"
        chosen.write(collection, fresh, options)
        with fresh.open("rb") as stream:
            _copy_to_stdout(stream)


def _copy_to_stdout(stream: BinaryIO) -> None:
    try:
        while block := stream.read(1 << 20):
            sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"standard output cannot be written ({error.strerror}).") from error
