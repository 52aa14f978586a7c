"""Which places the gazetteer knows in a text that is nothing but one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.expressions.mentioned import adjective_features, adjective_ref
from geoincidents.expressions.tree import PlaceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.expressions.grammar import Grammar
    from geoincidents.expressions.tokens import Token
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Precision

Refs = list[tuple[int, PlaceRef]]
_LONGEST_NAME = 7


class LookedUpPlaces:
    """Runs of words that the gazetteer knows as names, longest first."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._gazetteer = gazetteer
        #: Set once it is built over these places: it knows the words that are no names.
        self.grammar: Grammar | None = None
        self._any_case = text == text.lower()
        self._memo: dict[int, Refs] = {}

    def places(self, at: int) -> Refs:
        """Return names that begin at a token, longest first."""
        if at not in self._memo:
            self._memo[at] = self._places(at) if at < len(self._tokens) else []
        return self._memo[at]

    def adjectives(self, at: int) -> Refs:
        """Return adjectives of countries that begin at a token."""
        found = []
        for end in (at + 2, at + 1):
            if end <= len(self._tokens) and self._tokens[end - 1].kind == "word":
                text = self._slice(at, end)
                if adjective_features(text, self._gazetteer):
                    found.append((end, self._ref(at, end, adjective=True)))
        return found

    def by_word(self, at: int, end: int, names: Sequence[str]) -> PlaceRef | None:
        """Return a country by one of its adjectives."""
        return adjective_ref(self._tokens, at, end, names, self._gazetteer)

    def _places(self, at: int) -> Refs:
        if self._tokens[at].kind not in {"word", "number"}:
            return []
        found: Refs = []
        for end in range(min(at + _LONGEST_NAME, len(self._tokens)), at, -1):
            if not self._is_name(at, end):
                continue
            for typed, hint in self.grammar.phrase("types", end) if self.grammar else ():
                found.append((typed, self._ref(at, typed, bare_end=end, hint=hint)))
            found.append((end, self._ref(at, end)))
        return sorted(found, key=lambda hit: -hit[0])

    def _is_name(self, at: int, end: int) -> bool:
        last = self._tokens[end - 1]
        text = self._slice(at, end)
        if last.kind not in {"word", "number"} or "," in text:
            return False
        is_low = text == text.lower()
        if is_low and (not self._any_case or self._is_vocabulary(at, end)):
            return False
        if self._gazetteer.has_name(text):
            return True
        return not text.isascii() and bool(self._gazetteer.lookup(text))

    def _is_vocabulary(self, at: int, end: int) -> bool:
        """Tell a run of small words that all belong to spatial language."""
        return self.grammar is not None and all(map(self.grammar.is_word, range(at, end)))

    def names(self, at: int) -> Refs:
        """Return every run of words from a token on, known or not: a site's name."""
        found: Refs = []
        for end in range(at + 1, min(at + _LONGEST_NAME, len(self._tokens)) + 1):
            if self._tokens[end - 1].text == ",":
                break
            found.append((end, self._ref(at, end)))
        return found[::-1]

    def _slice(self, at: int, end: int) -> str:
        return self._text[self._tokens[at].start : self._tokens[end - 1].end]

    def _ref(
        self,
        at: int,
        end: int,
        *,
        bare_end: int | None = None,
        hint: Precision | None = None,
        adjective: bool = False,
    ) -> PlaceRef:
        start, stop = self._tokens[at].start, self._tokens[end - 1].end
        names = [self._slice(at, end)]
        if bare_end is not None:
            names.append(self._slice(at, bare_end))
        return PlaceRef(start, stop, names[0], tuple(names), hint, None, adjective)
