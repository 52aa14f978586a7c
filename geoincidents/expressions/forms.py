"""The little language of the lexicon's forms, compiled to matchers.

A form is words, ``{class}``, ``<part>``, ``<label=part>``, ``( a | b )`` and ``x?``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from geoincidents.errors import OperationError
from geoincidents.expressions.tokens import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"\{\w+\}|<(?:\w+=)?\w+>|[()|?]|[^\s(){}<>|?]+")
Captures = tuple[tuple[str, Any], ...]
#: What a form can begin with, or cannot do without: ("word" | "class" | "part", name).
Start = tuple[str, str]


class Reader(Protocol):
    """What a form is matched against."""

    def word(self, at: int) -> str:
        """Return the folded token at a position, "" past the end."""

    def phrase(self, name: str, at: int) -> list[tuple[int, Any]]:
        """Return the (end, value) of a class's phrases at a position."""

    def part(self, name: str, at: int) -> list[tuple[int, Any]]:
        """Return the (end, value) of a part at a position."""


@dataclass(frozen=True, slots=True)
class Word:
    """One literal word."""

    key: str

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        word = reader.word(at)
        if word == self.key or (self.key[-1] == "*" and word.startswith(self.key[:-1])):
            yield at + 1, captures

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        return {("word", self.key)}, False

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return {("word", self.key)}


@dataclass(frozen=True, slots=True)
class Class:
    """A phrase of a vocabulary class."""

    name: str

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        for end, _ in reader.phrase(self.name, at):
            yield end, captures

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        return {("class", self.name)}, False

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return {("class", self.name)}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the grammar reads, kept under a label."""

    name: str
    label: str

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        for end, value in reader.part(self.name, at):
            yield end, (*captures, (self.label, value))

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        return {("part", self.name)}, False

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return {("part", self.name)}


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something that may be missing."""

    inner: Form

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        yield from self.inner.walk(reader, at, captures)
        yield at, captures

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        return self.inner.starts()[0], True

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return set()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple[Form, ...]

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        for option in self.options:
            yield from option.walk(reader, at, captures)

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        each = [option.starts() for option in self.options]
        return set().union(*(found for found, _ in each)), any(empty for _, empty in each)

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return set.intersection(*(option.needs() for option in self.options))


@dataclass(frozen=True, slots=True)
class Row:
    """Things one after another."""

    items: tuple[Form, ...]

    def walk(self, reader: Reader, at: int, captures: Captures) -> Iterator[tuple[int, Captures]]:
        """Yield where the match can end, with what it captured."""
        return self._from(0, reader, at, captures)

    def _from(
        self, index: int, reader: Reader, at: int, captures: Captures
    ) -> Iterator[tuple[int, Captures]]:
        if index == len(self.items):
            yield at, captures
            return
        for end, taken in self.items[index].walk(reader, at, captures):
            yield from self._from(index + 1, reader, end, taken)

    def starts(self) -> tuple[set[Start], bool]:
        """Return how it can begin, and whether it can be empty."""
        found: set[Start] = set()
        for item in self.items:
            starts, empty = item.starts()
            found |= starts
            if not empty:
                return found, False
        return found, True

    def needs(self) -> set[Start]:
        """Return what every match of it holds: the classes and parts it cannot do without."""
        return set().union(*(item.needs() for item in self.items))


Form = Word | Class | Part | Maybe | Either | Row


def compile_form(source: str) -> Form:
    """Compile one form of the lexicon.

    Raises
    ------
    OperationError
        When brackets do not match: the lexicon is damaged.
    """
    pieces = _PIECE.findall(source)
    form, end = _either(pieces, 0, source)
    if end != len(pieces):
        raise OperationError(f"The spatial form {source!r} has a bracket too many.")
    return form


def _either(pieces: list[str], at: int, source: str) -> tuple[Form, int]:
    options: list[Form] = []
    while True:
        row, at = _row(pieces, at, source)
        options.append(row)
        if at >= len(pieces) or pieces[at] != "|":
            return (options[0] if len(options) == 1 else Either(tuple(options))), at
        at += 1


def _row(pieces: list[str], at: int, source: str) -> tuple[Form, int]:
    items: list[Form] = []
    while at < len(pieces) and pieces[at] not in {"|", ")"}:
        piece = pieces[at]
        if piece == "?":
            items[-1] = Maybe(items[-1])
        elif piece == "(":
            inner, at = _either(pieces, at + 1, source)
            if at >= len(pieces):
                raise OperationError(f"The spatial form {source!r} lacks a closing bracket.")
            items.append(inner)
        else:
            items.append(_atom(piece))
        at += 1
    return Row(tuple(items)), at


def _atom(piece: str) -> Form:
    if piece[0] == "{":
        return Class(piece[1:-1])
    if piece[0] == "<":
        label, _, name = piece[1:-1].rpartition("=")
        return Part(name, label or name)
    return Word(fold_word(piece))
