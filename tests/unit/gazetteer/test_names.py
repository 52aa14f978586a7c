"""Spellings of one name meet in one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.gazetteer import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kup'yans'k", "Kup’yans’k", "Kupyansk", "Kupiansk", "KUPʹYANSʹK"),
        ("Zaporizhzhya", "Zaporizhzhia"),
        ("Grayvoron", "Graivoron"),
        ("Krasnyy Lyman", "Krasny Lyman", "Krasnyi Lyman"),
        ("Yuzhne", "Iuzhne"),
        ("St. Petersburg", "Saint Petersburg", "St Petersburg"),
        ("Mt. Vernon", "Mount Vernon"),
        ("Rostov-on-Don", "Rostov on Don", "Rostov‑on‑Don"),
        ("São Paulo", "Sao Paulo", "SAO PAULO"),
        ("Łódź", "Lodz"),
        ("Орёл", "Орел"),
        ("Куп'янськ", "Куп’янськ", "Купʼянськ"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kharkiv", "Kharkov"),  # an alias, never a matter of spelling
        ("Киев", "Київ"),
        ("Mайк", "Майк"),  # a Latin M inside a Cyrillic word stays one
        ("Sumy", "Suma"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгґдеєжзиіїйклмнопрстуфхцчшщьюя -'"))
def test_case_makes_no_difference(name: str) -> None:
    assert fold(name.upper()) == fold(name)


@given(st.text())
def test_a_key_never_holds_what_the_file_uses_to_part_keys(name: str) -> None:
    assert not {"\x00", "\x01", "\n"} & set(fold(name))
