"""The rules of one language, filed by how they begin and by what they cannot do without."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.expressions.forms import Form, Start, compile_form
from geoincidents.expressions.vocabulary import ASKED_FOR, spatial_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Rules that are only parts of others.
_INNER_RULES = frozenset({"border"})
#: Rules that say where something named lies.
CONSTRAINT_RULES = (
    *("border_distance", "border_within", "border_inside", "near_border"),
    *("offset", "distance_from", "within", "direction", "near"),
)
#: Parts that are the phrases of one class, and that class.
PHRASE_PARTS = {
    "dir": "compass_noun",
    "diradj": "compass_adjective",
    "beside": "compass_beside",
    "types": "types",
}
#: Other parts that rest on words, and the class without which none is read.
_PART_CLASSES = {
    **PHRASE_PARTS,
    "regional": "regional_capital",
    "far": "far",
    "distance": "unit",
    "deictic": "deictic",
}
#: Parts that are read by rules.
_PART_RULES = {"border": ("border",), "constraint": CONSTRAINT_RULES}
_KEPT = 4096


class Entry(NamedTuple):
    """One form of a rule; `needs` are the classes, as bits, that every match of it holds."""

    number: int
    rule: str
    form: Form
    needs: int


class Fitting(NamedTuple):
    """Forms by how they begin; those that begin with a part are listed once more."""

    by_start: Mapping[Start, tuple[Entry, ...]]
    by_part: tuple[tuple[str, tuple[Entry, ...]], ...]


class Rulebook:
    """The forms of one language.

    A class of words is one bit: the bits of the classes that stand in a stretch of text
    tell which forms can match there at all.
    """

    def __init__(self, language: str) -> None:
        rules = spatial_vocabulary(language).rules
        self._forms = {rule: tuple(map(compile_form, rules[rule])) for rule in rules}
        self._bits: dict[str, int] = {}
        self._entries = self._numbered()
        self._fitting = lru_cache(maxsize=_KEPT)(self._filed)

    def bit(self, name: str) -> int:
        """Return the bit of a class, 0 when every form can do without it."""
        return self._bits.get(name, 0)

    def of_rule(self, rule: str) -> tuple[Entry, ...]:
        """Return the forms of one rule."""
        return self._entries.get(rule, ())

    def fitting(self, bits: int, skip: frozenset[str]) -> Fitting:
        """Return the forms that a stretch with these classes can hold, of rules not skipped."""
        return self._fitting(bits, skip)

    def _filed(self, bits: int, skip: frozenset[str]) -> Fitting:
        filed: dict[Start, tuple[Entry, ...]] = {}
        skip |= _INNER_RULES
        for rule, entries in self._entries.items():
            for entry in entries if rule not in skip else ():
                if entry.needs & bits == entry.needs:
                    for start in entry.form.starts()[0]:
                        filed[start] = (*filed.get(start, ()), entry)
        parts = {name: entries for (kind, name), entries in filed.items() if kind == "part"}
        return Fitting(filed, tuple(parts.items()))

    def _numbered(self) -> dict[str, tuple[Entry, ...]]:
        number = 0
        numbered: dict[str, tuple[Entry, ...]] = {}
        for rule, forms in self._forms.items():
            made = []
            for form in forms:
                made.append(Entry(number, rule, form, self._as_bits(self._classes(form))))
                number += 1
            numbered[rule] = tuple(made)
        return numbered

    def _as_bits(self, classes: Iterable[str]) -> int:
        return sum(self._bits.setdefault(name, 1 << len(self._bits)) for name in classes)

    def _classes(self, form: Form) -> set[str]:
        """Return the classes that every match of a form holds, in its parts as well."""
        found: set[str] = set()
        for kind, name in form.needs():
            if kind == "class" and name not in ASKED_FOR:
                found.add(name)
            elif name in _PART_CLASSES:
                found.add(_PART_CLASSES[name])
            elif name in _PART_RULES:
                forms = [form for rule in _PART_RULES[name] for form in self._forms.get(rule, ())]
                found |= set.intersection(*map(self._classes, forms)) if forms else set()
        return found


@cache
def rulebook(language: str) -> Rulebook:
    """Return a language's rules, compiled once."""
    return Rulebook(language)
