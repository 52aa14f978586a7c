"""Taking a generalised place out of words: its name and any coordinates beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from geoincidents.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Fields that name things, not places: they stay as they are.
_IDS = frozenset({"id", "report_id", "reports", "former_ids", "apart_from", "supersedes", "extra"})
_COORDINATES = re.compile(
    r"""[-+]?\d{1,3}[.,]\d{2,}\s*°?\s*[NSEWСЮВЗ]?\s*[,;/\s]\s*[-+]?\d{1,3}[.,]\d{2,}\s*°?\s*[NSEWСЮВЗ]?"""
    r"""|\d{1,3}\s*°\s*\d{1,2}(?:\s*['′’]\s*(?:\d{1,2}(?:[.,]\d+)?\s*(?:["″”]|''))?)?\s*[NSEWСЮВЗ]?"""
    r"""|\b\d{1,2}[A-HJ-NP-Z]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b"""
)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
#: Stands for each character blacked out of a text.
MASK = "█"
_MIN_NAME = 3
#: Inflection changes so many last letters of a Cyrillic name of this length or more.
_ENDING, _INFLECTED_FROM = 2, 5

Redaction = Callable[[str], str]


def redaction(names: Mapping[str, str], keep: Iterable[str]) -> Redaction:
    """Give a function that puts ``[unit]`` for each name and drops coordinates.

    Parameters
    ----------
    names
        Name of a generalised place → name of the unit it is generalised to.
    keep
        Names that may stand although they hold one of `names` ("Sumy Oblast").
    """
    pattern, table = _pattern(names, keep)

    def redacted(text: str) -> str:
        return _COORDINATES.sub("[coordinates]", pattern.sub(put, text)) if text else text

    def put(found: re.Match[str]) -> str:
        group = found.lastgroup
        return found.group() if group is None or group == "keep" else f"[{table[group]}]"

    return redacted


def mask(names: Mapping[str, str], keep: Iterable[str]) -> Redaction:
    """Give a function that blacks the names and coordinates out, so that offsets still hold."""
    pattern, _ = _pattern(names, keep)

    def black(found: re.Match[str]) -> str:
        return found.group() if found.lastgroup == "keep" else MASK * len(found.group())

    return lambda text: _COORDINATES.sub(black, pattern.sub(black, text))


def _pattern(
    names: Mapping[str, str], keep: Iterable[str]
) -> tuple[re.Pattern[str], dict[str, str]]:
    kept = [_form(name) for name in sorted(keep, key=_longest_first) if len(name) >= _MIN_NAME]
    table, groups = {}, []
    for number, name in enumerate(sorted(names, key=_longest_first)):
        if len(name) >= _MIN_NAME:
            table[f"n{number}"] = names[name]
            groups.append(f"(?P<n{number}>{_form(name)})")
    branches = ([f"(?P<keep>{'|'.join(kept)})"] if kept else []) + groups
    if not groups:
        return re.compile(r"(?!)"), table
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)", re.IGNORECASE), table


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _form(name: str) -> str:
    """The name, in any case form where it is Cyrillic."""
    if _CYRILLIC.search(name) and len(name) >= _INFLECTED_FROM:
        return re.escape(name[:-_ENDING]) + r"\w{0,4}"
    return re.escape(name)


def mapped(value: Any, change: Redaction, name: str = "") -> Any:
    """The value with every string in it changed, but for ids; locations are left to others."""
    if isinstance(value, str):
        return value if name in _IDS else change(value)
    if isinstance(value, tuple):
        return tuple(mapped(item, change, name) for item in value)
    if isinstance(value, dict):
        changed = {change(key): mapped(item, change, name) for key, item in value.items()}
        return value if name in _IDS else changed
    if isinstance(value, Location) or not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: mapped(getattr(value, field.name), change, field.name)
        for field in fields(value)
    }
    return replace(value, **changed)
