"""Read spatial expressions out of tokens with the forms of the lexicon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from geoincidents.expressions.forms import Form, Start, compile_form
from geoincidents.expressions.quantities import QuantityReader
from geoincidents.expressions.tree import Compass, Deictic, Node, PlaceRef, UnreadableError
from geoincidents.expressions.vocabulary import Vocabulary, spatial_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.expressions.tokens import Token

Parts = list[tuple[int, Any]]
#: Rules whose reading is a place that another can start from.
ANCHOR_RULES = ("part_centre", "main_square", "part_side", "outskirts", "capital", "site")
#: Rules that say where something named lies.
CONSTRAINT_RULES = (
    *("border_distance", "border_within", "border_inside", "near_border"),
    *("offset", "distance_from", "within", "direction", "near"),
)
#: Rules that are only parts of others.
_INNER_RULES = frozenset({"border"})
_STARTING_PARTS = ("distance", "number", "dir", "diradj", "place", "country", "deictic", "list", "name")
_DEEPEST = 3


class PlaceFinder(Protocol):
    """Tells which places are named at a position of the tokens."""

    def places(self, at: int) -> list[tuple[int, PlaceRef]]:
        """Return names that begin at a position, longest first."""

    def adjectives(self, at: int) -> list[tuple[int, PlaceRef]]:
        """Return adjectives and demonyms of countries that begin at a position."""

    def names(self, at: int) -> list[tuple[int, PlaceRef]]:
        """Return runs of words that can be the name of an unknown site, longest first."""

    def by_word(self, at: int, end: int, names: Sequence[str]) -> PlaceRef | None:
        """Return the country that one of these adjectives belongs to."""


class Grammar:
    """One text, read with one language's vocabulary."""

    def __init__(self, tokens: Sequence[Token], language: str, places: PlaceFinder) -> None:
        self.tokens = tokens
        self.vocabulary: Vocabulary = spatial_vocabulary(language)
        self._places = places
        self._found = self.vocabulary.scan(tokens)
        self._quantities = QuantityReader(tokens, self._found)
        self._memo: dict[tuple[str, int], Parts] = {}
        self._depth = 0

    def readings(self, at: int, *, skip: frozenset[str] = frozenset()) -> list[tuple[int, Node]]:
        """Return every reading that begins at a position, longest first."""
        starts = self._starts_at(at)
        found: list[tuple[int, Node]] = []
        for rule, form_starts, form in _forms(self.vocabulary.language):
            if rule in skip or rule in _INNER_RULES or starts.isdisjoint(form_starts):
                continue
            found.extend(self._match(rule, form, at))
        return sorted(found, key=lambda reading: -reading[0])

    def rule(self, name: str, at: int) -> list[tuple[int, Node]]:
        """Return the readings of one rule at a position, longest first."""
        found: list[tuple[int, Node]] = []
        for rule, _, form in _forms(self.vocabulary.language):
            if rule == name:
                found.extend(self._match(rule, form, at))
        return sorted(found, key=lambda reading: -reading[0])

    def word(self, at: int) -> str:
        """Return the folded token at a position, "" past the end."""
        return self.tokens[at].key if at < len(self.tokens) else ""

    def is_word(self, at: int) -> bool:
        """Tell whether a token begins a phrase of the vocabulary."""
        return any(at in places for places in self._found.values())

    def phrase(self, name: str, at: int) -> Parts:
        """Return the (end, value) of a class's phrases at a position."""
        return self._found.get(name, {}).get(at, [])

    def part(self, name: str, at: int) -> Parts:
        """Return the (end, value) of a part at a position; read once."""
        key = (name, at)
        if key not in self._memo:
            self._memo[key] = []  # a part cannot begin with itself
            self._memo[key] = self._read_part(name, at)
        return self._memo[key]

    def _read_part(self, name: str, at: int) -> Parts:
        if at >= len(self.tokens):
            return []
        match name:
            case "dir":
                return self.phrase("compass_noun", at)
            case "diradj":
                return self.phrase("compass_adjective", at)
            case "beside":
                return self.phrase("compass_beside", at)
            case "types":
                return self.phrase("types", at)
            case "regional":
                return [(end, True) for end, _ in self.phrase("regional_capital", at)]
            case "place":
                return list(self._places.places(at))
            case "name":
                return list(self._places.names(at))
            case "country":
                return [*self._places.adjectives(at), *self._places.places(at)]
            case "distance":
                return self._optional(self._distance(at))
            case "number":
                return self._optional(self._quantities.number(at))
            case "constraint":
                return [hit for rule in CONSTRAINT_RULES for hit in self.rule(rule, at)]
            case "border":
                return list(self.rule("border", at))
            case _:
                return list(getattr(self, f"_{name}")(at))

    def _distance(self, at: int) -> tuple[int, Any] | None:
        try:
            return self._quantities.distance(at)
        except UnreadableError as error:
            end = next((i for i in range(at + 1, len(self.tokens)) if self.phrase("unit", i)), at)
            return end + 1, error

    @staticmethod
    def _optional(read: tuple[int, Any] | None) -> Parts:
        return [read] if read else []

    def _anchor(self, at: int) -> Parts:
        if self._depth >= _DEEPEST:
            return []
        self._depth += 1
        try:
            found: Parts = []
            for begin in (at, *(end for end, _ in self.phrase("the", at))):
                found.extend(self._places.places(begin))
                found.extend(self._typed_place(begin))
                for rule in ANCHOR_RULES:
                    found.extend(self.rule(rule, begin))
            found.extend(self.part("deictic", at))
        finally:
            self._depth -= 1
        return sorted(found, key=lambda hit: -hit[0])

    def _typed_place(self, at: int) -> Parts:
        """Read "city of X", "the border town of X", "город X"."""
        found: Parts = []
        for type_end, precision in self.phrase("types", at):
            for begin in (type_end, *(end for end, _ in self.phrase("of", type_end))):
                for end, ref in self._places.places(begin):
                    hinted = ref.type_hint or precision
                    found.append((end, _with_hint(ref, self.tokens[at].start, hinted)))
        return found

    def _deictic(self, at: int) -> Parts:
        begins = [end for end, _ in self.phrase("the", at)]
        if not begins and "the" not in self.vocabulary.classes:
            begins = [at]
        return [
            (end, Deictic(self.tokens[at].start, self.tokens[end - 1].end, kind))
            for begin in begins
            for end, kind in self.phrase("deictic", begin)
            if not self._places.places(begin)
        ]

    def _list(self, at: int) -> Parts:
        """Read "A, B and C"; at least two places."""
        members: list[PlaceRef] = []
        found: Parts = []
        while True:
            named = self._places.places(at)
            if not named:
                return found[::-1]
            at, ref = named[0]
            members.append(ref)
            if len(members) > 1:
                found.append((at, tuple(members)))
            comma = self.word(at) == ","
            at += comma
            joined = self.phrase("and", at)
            at = joined[0][0] if joined else at
            if not (comma or joined):
                return found[::-1]
            at = self._past_articles(at)

    def _past_articles(self, at: int) -> int:
        article = self.phrase("the", at)
        return article[0][0] if article else at

    def _compound(self, at: int) -> Parts:
        """Read a joint adjective, "российско-украинская": its first half is a stem."""
        endings = self.vocabulary.endings
        word = self.word(at)
        suffix = str(endings.get("suffix", ""))
        if not suffix or not word.endswith(suffix) or self.word(at + 1) not in {"-", "–", "—"}:
            return []
        stem = word.removesuffix(suffix)
        first = self._places.by_word(at, at + 1, [stem + tail for tail in endings["add"]])
        seconds = self._places.adjectives(at + 2)
        return [(end, (first, second)) for end, second in seconds] if first else []

    def _starts_at(self, at: int) -> set[Start]:
        starts: set[Start] = {("word", self.word(at))}
        starts.update(("class", name) for name, places in self._found.items() if at in places)
        starts.update(("part", name) for name in (*_STARTING_PARTS, "beside") if self.part(name, at))
        if ("class", "the") in starts or ("part", "place") in starts or self.phrase("types", at):
            starts.add(("part", "anchor"))
        starts.update({("part", "border"), ("part", "compound")})
        return starts

    def _match(self, rule: str, form: Form, at: int) -> list[tuple[int, Node]]:
        if at >= len(self.tokens):
            return []
        start = self.tokens[at].start
        return [
            (end, Node(rule, start, self.tokens[end - 1].end, dict(captures)))
            for end, captures in form.walk(self, at, ())
            if end > at
        ]


@cache
def _forms(language: str) -> tuple[tuple[str, frozenset[Start], Form], ...]:
    """Return (rule, how it can begin, form) for each form of a language."""
    compiled = []
    for rule, sources in spatial_vocabulary(language).rules.items():
        for source in sources:
            form = compile_form(source)
            compiled.append((rule, frozenset(form.starts()[0]), form))
    return tuple(compiled)


def _with_hint(ref: PlaceRef, start: int, hint: Any) -> PlaceRef:
    return PlaceRef(start, ref.end, ref.text, ref.names, hint, ref.mention, ref.is_adjective)


def compass_of(node: Node) -> Compass | None:
    """Return the compass word of a reading, whatever its part of speech."""
    word = node.get("dir") or node.get("diradj") or node.get("beside")
    return word if isinstance(word, Compass) else None
