"""The table of vague words, and what a user may change in it."""

from __future__ import annotations

import pytest

from geoincidents.errors import UsageError
from geoincidents.expressions import default_uncertainty, locate, read_uncertainty
from geoincidents.expressions.uncertainty import point_radius


def test_a_changed_table_changes_the_answer(tmp_path, world):
    path = tmp_path / "mine.toml"
    path.write_text("[near]\nleast = 20000\n", encoding="utf-8")
    wide = locate("near Norville", world, table=read_uncertainty(path)).chosen[0]
    usual = locate("near Norville", world).chosen[0]
    assert wide.uncertainty_m == pytest.approx(usual.uncertainty_m + 13_000, rel=0.01)


def test_what_a_changed_table_leaves_out_keeps_its_value(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[near]\nleast = 20000\n", encoding="utf-8")
    assert read_uncertainty(path).get("site", "radius") == default_uncertainty().get(
        "site", "radius"
    )


@pytest.mark.parametrize(
    "text",
    ["[near]\nlest = 1\n", "[nearly]\nleast = 1\n", "[near]\nleast = -1\n", "near =", "x = 1"],
)
def test_a_table_with_a_mistake_is_refused(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        read_uncertainty(path)


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(UsageError):
        read_uncertainty(tmp_path / "none.toml")


def test_the_point_radius_formula():
    # 20 km away, 10 km of spread, ±22.5°: D = 30 km, hypot(27.716 - 20, 11.481)
    assert point_radius(20_000, 10_000, 22.5) == pytest.approx(13_833, abs=5)
