"""Which places a report's resolved mentions name, by token."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from geoincidents.expressions.footprints import Anchor, anchor_from_feature
from geoincidents.expressions.tree import PlaceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.expressions.tokens import Token
    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature, Mention

Refs = list[tuple[int, PlaceRef]]


class MentionedPlaces:
    """A report's mentions as the grammar's places."""

    def __init__(
        self, tokens: Sequence[Token], mentions: Sequence[Mention], gazetteer: Gazetteer
    ) -> None:
        self.mentions = tuple(sorted(mentions, key=lambda mention: mention.start))
        self._tokens = tokens
        self._gazetteer = gazetteer
        starts = [token.start for token in tokens]
        self._at: dict[int, Refs] = {}
        self._inside: set[int] = set()
        for mention in self.mentions:
            begin, end = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            if begin < len(starts) and starts[begin] == mention.start and begin < end:
                self._at.setdefault(begin, []).append((end, _ref(mention)))
                self._inside.update(range(begin + 1, end))

    def is_inside(self, at: int) -> bool:
        """Tell whether a token continues a mention that began before it."""
        return at in self._inside

    def places(self, at: int) -> Refs:
        """Return the toponyms and deictics that begin at a token."""
        return [hit for hit in self._at.get(at, ()) if not hit[1].is_adjective]

    def adjectives(self, at: int) -> Refs:
        """Return the demonyms that begin at a token, else what the gazetteer knows as one."""
        mentioned = [hit for hit in self._at.get(at, ()) if hit[1].is_adjective]
        if mentioned or at in self._at or at >= len(self._tokens):
            return mentioned
        token = self._tokens[at]
        if token.kind != "word" or not adjective_features(token.text, self._gazetteer):
            return []
        return [
            (at + 1, PlaceRef(token.start, token.end, token.text, (token.text,), is_adjective=True))
        ]

    def names(self, at: int) -> Refs:  # noqa: ARG002 - the grammar asks by position
        """Return no unknown names: a report's names are its mentions."""
        return []

    def by_word(self, at: int, end: int, names: Sequence[str]) -> PlaceRef | None:
        """Return a country by one of its adjectives."""
        return adjective_ref(self._tokens, at, end, names, self._gazetteer)

    def countries(self, ref: PlaceRef, table: Uncertainty) -> tuple[Anchor, ...]:
        """Return the countries that an adjective belongs to."""
        features = [f for name in ref.names for f in adjective_features(name, self._gazetteer)]
        return tuple(anchor_from_feature(feature, table) for feature in features)


def adjective_features(word: str, gazetteer: Gazetteer) -> list[Feature]:
    """Return countries and provinces of which a word is the adjective, countries first."""
    hits = [
        hit.feature
        for hit in gazetteer.lookup(word)
        if hit.form in {"demonym", "adjective"} or hit.feature.precision == "country"
    ]
    return sorted(hits, key=lambda feature: feature.precision != "country")


def adjective_ref(
    tokens: Sequence[Token], at: int, end: int, names: Sequence[str], gazetteer: Gazetteer
) -> PlaceRef | None:
    """Return a reference to the country of the first name that is an adjective of one."""
    for name in names:
        if adjective_features(name, gazetteer):
            start, stop = tokens[at].start, tokens[end - 1].end
            return PlaceRef(start, stop, tokens[at].text, (name,), is_adjective=True)
    return None


def _ref(mention: Mention) -> PlaceRef:
    return PlaceRef(
        mention.start,
        mention.end,
        mention.text,
        mention.names or (mention.text,),
        mention.type_hint,
        mention,
        mention.kind == "demonym",
    )
