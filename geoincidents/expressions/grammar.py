"""Read spatial expressions out of tokens with the forms of the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from geoincidents.expressions.quantities import QuantityReader
from geoincidents.expressions.refusals import UnreadableError
from geoincidents.expressions.rulebook import CONSTRAINT_RULES, PHRASE_PARTS, rulebook
from geoincidents.expressions.telling import TELLING
from geoincidents.expressions.tree import Compass, Deictic, Node, PlaceRef
from geoincidents.expressions.vocabulary import ASKED_FOR, Vocabulary, spatial_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.expressions.rulebook import Entry
    from geoincidents.expressions.tokens import Token

Parts = list[tuple[int, Any]]
#: Rules whose reading is a place that another can start from.
ANCHOR_RULES = ("part_centre", "main_square", "part_side", "outskirts", "capital", "site")
_NUMERIC = frozenset({"distance", "number"})
_NUMBER_WORDS = ("number_cardinals", "number_scales", "number_vague", "number_negative")
#: Classes with one of which a part begins; the others can begin with any name.
_OPENERS = {
    "distance": frozenset({*_NUMBER_WORDS, "qualifier", "one"}),
    "number": frozenset(_NUMBER_WORDS),
    "dir": frozenset({"compass_noun"}),
    "diradj": frozenset({"compass_adjective"}),
    "beside": frozenset({"compass_beside"}),
    "deictic": frozenset({"the", "deictic"}),
    "types": frozenset({"types"}),
    "far": frozenset({"far"}),
    "regional": frozenset({"regional_capital"}),
}
#: Parts that begin with a name of a place.
_NAMED = frozenset({"place", "list"})
#: Parts that cost as much to test as to read: their forms are simply tried.
_UNTESTED = frozenset({"anchor", "border", "compound", "constraint"})
#: The word that tells stands at most this many tokens after the beginning: "one hundred
#: and twenty km", "Norville's western outskirts", "Hill, Top and Low oblasts".
_LEADS = {
    "unit": 7,
    "types_plural": 14,
    **dict.fromkeys(("centre", "city_centre", "main_square", "outskirts", "suburbs"), 6),
}
_USUAL_LEAD = 3
#: A longer list is no sentence's, and each "and" in it is kept with all that stands before.
_MOST_LISTED = 60
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
        self._classes_at: dict[int, list[str]] = {}
        self._rules = rulebook(language)
        #: The classes at each position and further on, as far as text is read in one go.
        self._ahead = [0] * len(tokens)
        self._look_ahead()
        self._memo: dict[tuple[str, int], Parts] = {}
        self._depth = 0

    def beginnings(self) -> list[int]:
        """Return the positions from which a reading can reach a word of spatial language."""
        near: set[int] = set()
        for name in TELLING & self._found.keys():
            lead = _LEADS.get(name, _USUAL_LEAD)
            for at in self._found[name]:
                near.update(range(max(0, at - lead), at + 1))
        return sorted(near)

    def _look_ahead(self) -> None:
        classes_at, ahead = self._classes_at, self._ahead
        for name, positions in self._found.items():
            bit = self._rules.bit(name)
            for at in positions:
                classes_at.setdefault(at, []).append(name)
                ahead[at] |= bit
        bits = 0
        for at in range(len(ahead) - 1, -1, -1):
            bits = 0 if self.tokens[at].kind == "gap" else bits | ahead[at]
            ahead[at] = bits

    def readings(self, at: int, *, skip: frozenset[str] = frozenset()) -> list[tuple[int, Node]]:
        """Return every reading that begins at a position, longest first."""
        if at >= len(self.tokens):
            return []
        chosen = {entry.number: entry for entry in self._entries_at(at, skip)}
        return self._matched((chosen[number] for number in sorted(chosen)), at)

    def rule(self, name: str, at: int) -> list[tuple[int, Node]]:
        """Return the readings of one rule at a position, longest first."""
        if at >= len(self.tokens):
            return []
        here = self._ahead[at]
        entries = self._rules.of_rule(name)
        return self._matched((each for each in entries if each.needs & here == each.needs), at)

    def _entries_at(self, at: int, skip: frozenset[str]) -> Iterator[Entry]:
        """Yield the forms that can begin here and whose words all stand further on.

        An article begins nothing: what follows it is read by itself. A part is read only
        where its words can stand.
        """
        fitting = self._rules.fitting(self._ahead[at], skip)
        classes = self._classes_at.get(at, ())
        yield from fitting.by_start.get(("word", self.word(at)), ())
        for name in classes:
            if name != "the":
                yield from fitting.by_start.get(("class", name), ())
        named = bool(self._places.places(at))
        for name, entries in fitting.by_part:
            if (named or name not in _NAMED) and self._begins(name, at, classes):
                yield from entries

    def _begins(self, part: str, at: int, classes: Sequence[str]) -> bool:
        """Tell whether a part begins at a position, or costs as much to test as to read."""
        if not self._may_begin(part, at, classes):
            return False
        return part in _UNTESTED or bool(self.part(part, at))

    def _matched(self, entries: Iterable[Entry], at: int) -> list[tuple[int, Node]]:
        """Return what forms read at a position, longest first."""
        start = self.tokens[at].start
        found = [
            (end, Node(entry.rule, start, self.tokens[end - 1].end, dict(captures)))
            for entry in entries
            for end, captures in entry.form.walk(self, at, ())
            if end > at
        ]
        return sorted(found, key=lambda reading: -reading[0])

    def word(self, at: int) -> str:
        """Return the folded token at a position, "" past the end."""
        return self.tokens[at].key if at < len(self.tokens) else ""

    def is_word(self, at: int) -> bool:
        """Tell whether a token begins a phrase of the vocabulary."""
        return at in self._classes_at

    def phrase(self, name: str, at: int) -> Parts:
        """Return the (end, value) of a class's phrases at a position."""
        if name in ASKED_FOR:
            return self.vocabulary.asked(name, self.tokens, at)
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
        if name in PHRASE_PARTS:
            return self.phrase(PHRASE_PARTS[name], at)
        return list(getattr(self, f"_{name}")(at))

    def _place(self, at: int) -> Parts:
        return list(self._places.places(at))

    def _name(self, at: int) -> Parts:
        return list(self._places.names(at))

    def _country(self, at: int) -> Parts:
        return [*self._places.adjectives(at), *self._places.places(at)]

    def _regional(self, at: int) -> Parts:
        return [(end, True) for end, _ in self.phrase("regional_capital", at)]

    def _far(self, at: int) -> Parts:
        return [(end, True) for end, _ in self.phrase("far", at)]

    def _constraint(self, at: int) -> Parts:
        return [hit for rule in CONSTRAINT_RULES for hit in self.rule(rule, at)]

    def _border(self, at: int) -> Parts:
        return list(self.rule("border", at))

    def _number(self, at: int) -> Parts:
        read = self._quantities.number(at)
        return [read] if read else []

    def _distance(self, at: int) -> Parts:
        try:
            read = self._quantities.distance(at)
        except UnreadableError as error:
            end = next((i for i in range(at + 1, len(self.tokens)) if self.phrase("unit", i)), at)
            return [(end + 1, error)]
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
        """Read "A, B and C"; "A, B" alone is a place and what holds it."""
        is_joined = False
        members: list[PlaceRef] = []
        found: Parts = []
        while True:
            named = self._places.places(at)
            if not named or len(members) == _MOST_LISTED:
                return found[::-1]
            at, ref = named[0]
            members.append(ref)
            if len(members) > 1 and is_joined:
                found.append((at, tuple(members)))
            comma = self.word(at) == ","
            at += comma
            joined = self.phrase("and", at)
            is_joined = bool(joined)
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

    def _may_begin(self, part: str, at: int, classes: Sequence[str]) -> bool:
        """Tell cheaply whether a part can begin at a position."""
        openers = _OPENERS.get(part)
        if openers is None:
            return True
        if not openers.isdisjoint(classes):
            return True
        return part in _NUMERIC and self.tokens[at].kind == "number"


def _with_hint(ref: PlaceRef, start: int, hint: Any) -> PlaceRef:
    return PlaceRef(start, ref.end, ref.text, ref.names, hint, ref.mention, ref.is_adjective)


def compass_of(node: Node) -> Compass | None:
    """Return the compass word of a reading, whatever its part of speech."""
    word = node.get("dir") or node.get("diradj") or node.get("beside")
    return word if isinstance(word, Compass) else None
