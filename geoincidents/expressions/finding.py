"""Spatial expressions in a report, over its resolved mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    anchor_from_feature,
    anchor_from_location,
)
from geoincidents.expressions.grammar import Grammar
from geoincidents.expressions.mentioned import MentionedPlaces
from geoincidents.expressions.placements import Placements
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError
from geoincidents.expressions.script import languages_of
from geoincidents.expressions.tokens import tokenise, tokenise_near
from geoincidents.expressions.tree import Node, PlaceRef
from geoincidents.expressions.uncertainty import Uncertainty, default_uncertainty
from geoincidents.expressions.vocabulary import spatial_vocabulary
from geoincidents.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoincidents.expressions.tokens import Token
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import MentionRole, Precision, Report

#: Rules that need a text which is nothing but the expression, or that the mentions tell.
_ONLY_ALONE = frozenset({"intersection", "span", "site", "capital", "border_itself", "at_sea"})
_TOWNS = frozenset({"settlement", "neighbourhood", "site", "vicinity"})
#: A deictic reaches back this far, in characters.
_MEMORY = 4000
_LONGEST_APPOSITION = 9
#: An expression lies within this many characters of a word that tells of it.
_REACH = 90


def find_expressions(
    report: Report,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    table: Uncertainty | None = None,
) -> tuple[Mention, ...]:
    """Find the spatial expressions of a report and place them.

    Parameters
    ----------
    report
        Its text is read in its own language, or in the one its letters tell.
    mentions
        The report's resolved mentions.
    gazetteer
        Gives borders, polygons, capitals and countries' adjectives.
    table
        How vague words are; the shipped table where none is given.

    Returns
    -------
    tuple of Mention
        Of kind "expression", sorted, not overlapping each other; the location has a
        geometry, a relation and evidence. One that cannot be placed says why.
    """
    language = languages_of(report.text, report.language)[0]
    tokens = tokenise_near(report.text, _hints(report.text, mentions, language), _REACH)
    named = [mention for mention in mentions if not _is_border(mention, language)]
    places = MentionedPlaces(tokens, named, gazetteer)
    grammar = Grammar(tokens, language, places)
    finder = _Finder(report, places, grammar, gazetteer, table or default_uncertainty())
    return tuple(finder.found())


class _Finder:
    """Walks through one report."""

    def __init__(
        self,
        report: Report,
        places: MentionedPlaces,
        grammar: Grammar,
        gazetteer: Gazetteer,
        table: Uncertainty,
    ) -> None:
        self._report = report
        self._places = places
        self._grammar = grammar
        self._tokens = grammar.tokens
        self._language = grammar.vocabulary.language
        self._gazetteer = gazetteer
        self._table = table
        self._opponents = _countries(places.mentions)
        #: What an expression can point back to.
        self._spoken_of = [
            mention
            for mention in places.mentions
            if mention.location is not None and mention.kind != "demonym"
        ]
        self._spoken_at = [mention.start for mention in self._spoken_of]
        self._longest = max((m.end - m.start for m in self._spoken_of), default=0)
        self._last: tuple[int, Footprint] | None = None
        self._placements = Placements()

    def found(self) -> Iterator[Mention]:
        """Yield the expressions, first to last."""
        past = 0
        for at in self._grammar.beginnings():
            made = None if at < past or self._places.is_inside(at) else self._read(at)
            if made is not None:
                past, mention = made
                yield mention

    def _read(self, at: int) -> tuple[int, Mention] | None:
        """Read the longest expression at a position that can be placed, else its refusal."""
        refused: tuple[int, Mention] | None = None
        for end, node in self._grammar.readings(at, skip=_ONLY_ALONE):
            if self._places.is_inside(end) or not self._is_meant(node, end):
                continue
            try:
                last, footprint = self._placed(at, end, node)
            except NotApplicableError:
                continue
            except UnreadableError as error:
                if not _is_idle(node):
                    refused = refused or (end, self._mention(at, end, node, reason=str(error)))
                continue
            self._last = (last, footprint)
            return last, self._mention(at, last, node, footprint)
        return refused

    def _placed(self, at: int, end: int, node: Node) -> tuple[int, Footprint]:
        """Place a reading, confined to the area that follows it if there is one."""
        setting = self._setting(at)
        for begin, _ in self._grammar.phrase("in_area", end):
            for last, clip in self._grammar.part("anchor", begin):
                try:
                    return last, self._placements.place(node, setting, clip)
                except (NotApplicableError, UnreadableError):
                    continue
        return end, self._placements.place(node, setting)

    def _is_meant(self, node: Node, end: int) -> bool:
        """Tell a coordination of units from a mere list of names."""
        if node.get("border") and (
            self._grammar.phrase("types", end) or self._grammar.phrase("border_units", end)
        ):
            return False  # "the Russian border town of X" speaks of X
        if self._goes_on_as_road(node, end):
            return False
        if node.rule == "between":
            return not (_is_country(node.get("a")) and _is_country(node.get("b")))
        if node.rule != "coordination":
            return True
        refs: Sequence[PlaceRef] = node.get("list")
        last = refs[-1]
        listed = all(ref.mention and ref.mention.location for ref in refs)
        if not listed:
            return False
        ends_with_type = end > 0 and bool(self._grammar.phrase("types_plural", end - 1))
        hinted = last.mention is not None and last.mention.type_hint == "admin1"
        begins_with_type = refs[0].start > node.start
        return ends_with_type or begins_with_type or (hinted and ends_with_type)

    def _goes_on_as_road(self, node: Node, end: int) -> bool:
        """Tell "near U.S. 95", "off the U.S. highway": what is named is a road."""
        if end >= len(self._tokens) or not _ends_with_initials(node):
            return False
        return self._tokens[end].kind == "number" or bool(self._grammar.phrase("road", end))

    def _mention(
        self,
        at: int,
        end: int,
        node: Node,
        footprint: Footprint | None = None,
        reason: str | None = None,
    ) -> Mention:
        at = self._past_lead(at, end)
        start, stop = self._tokens[at].start, self._tokens[end - 1].end
        return Mention(
            start=start,
            end=stop,
            text=self._report.text[start:stop],
            kind="expression",
            role=_role(node),
            location=footprint.located() if footprint else None,
            language=self._language,
            relation=footprint.relation if footprint else None,
            evidence=footprint.evidence if footprint else (),
            unresolved=reason,
            flags=footprint.flags if footprint else (),
        )

    def _past_lead(self, at: int, end: int) -> int:
        """Leave out "the" and "in the": they belong to the sentence, not to the expression."""
        for begin in (at, at + 1):
            article = self._grammar.phrase("the", begin)
            leads = begin == at or self._grammar.phrase("lead", at)
            if article and leads and article[0][0] < end and not self._places.places(begin):
                return article[0][0]
        return at

    def _setting(self, at: int) -> Setting:
        before = self._before(at)
        vantage = next((m for m in before if _is_vantage(m)), None)
        subject = self._subject(at, before)
        hosts: tuple[Anchor, ...] = ()
        if self._last is not None and self._last[0] == at and self._last[1].members:
            hosts = self._last[1].members
        elif subject is None and before and before[0].end == self._previous_end(at):
            anchor = self._anchor(before[0])
            hosts = (anchor,) if anchor.precision in AREAS else ()
        return Setting(
            self._gazetteer,
            self._table,
            resolve=self._resolve,
            deictic=lambda kind: self._deictic(kind, before),
            vantage=self._anchor(vantage) if vantage else None,
            opponents=self._opponents,
            subject=subject,
            hosts=hosts,
        )

    def _before(self, at: int) -> list[Mention]:
        """Return resolved mentions before a position, nearest first."""
        limit = self._tokens[at].start
        first = bisect_left(self._spoken_at, limit - _MEMORY - self._longest)
        near = self._spoken_of[first : bisect_left(self._spoken_at, limit)]
        return [m for m in reversed(near) if m.end <= limit and limit - m.end < _MEMORY]

    def _previous_end(self, at: int) -> int:
        return self._tokens[at - 1].end if at else -1

    def _subject(self, at: int, before: Sequence[Mention]) -> Anchor | None:
        """Return the town that the expression describes: "X, a city 40 km from …"."""
        towns = [m for m in before if m.location and m.location.precision in _TOWNS]
        if not towns or towns[0].end != max(m.end for m in before):
            return None
        begin = bisect_left(self._tokens, towns[0].end, hi=at, key=_start_of)
        if at - begin > _LONGEST_APPOSITION:
            return None
        while begin < at:
            glue = self._grammar.phrase("apposition", begin)
            if not glue or self._places.places(begin):
                return None
            begin = glue[0][0]
        return self._anchor(towns[0])

    def _deictic(self, kind: Precision, before: Sequence[Mention]) -> Anchor | None:
        """Return the place last spoken of that "the city", "the region" can mean."""
        for calm in (True, False):
            for mention in before:
                location = mention.location
                if location is None or (calm and mention.role == "actor"):
                    continue
                if location.precision == kind:
                    return self._anchor(mention)
                if kind == "admin1" and location.precision in _TOWNS and location.admin1_id:
                    return self._unit(location.admin1_id)
        country = next((m.location.country for m in before if m.location), None)
        if kind == "country" and country:
            return anchor_from_feature(self._gazetteer.country(country), self._table)
        return None

    def _unit(self, feature_id: str) -> Anchor:
        return anchor_from_feature(self._gazetteer.feature(feature_id), self._table)

    def _anchor(self, mention: Mention) -> Anchor:
        assert mention.location is not None  # noqa: S101  # callers keep to resolved mentions
        return anchor_from_location(mention.location)

    def _resolve(self, ref: PlaceRef) -> tuple[Anchor, ...]:
        if ref.mention is None:
            return self._places.countries(ref, self._table)
        if ref.mention.location is None:
            return ()
        anchor = self._anchor(ref.mention)
        if ref.type_hint == "admin1" and anchor.precision == "settlement" and anchor.admin1_id:
            return (self._unit(anchor.admin1_id),)
        return (anchor,)


def _start_of(token: Token) -> int:
    return token.start


def _hints(text: str, mentions: Sequence[Mention], language: str) -> Iterator[tuple[int, int]]:
    """Yield the words about which it is worth reading: a place is named by, or none need be."""
    edges = sorted(edge for mention in mentions for edge in (mention.start, mention.end))
    for start, end, alone in spatial_vocabulary(language).telltales.spans(text):
        if alone or bisect_left(edges, start - _REACH) < bisect_left(edges, end + _REACH):
            yield start, end


def _is_border(mention: Mention, language: str) -> bool:
    """Tell "the border", which points to no place that could be an anchor."""
    if mention.kind != "deictic":
        return False
    return _speaks_of_border(mention.text, language)


@lru_cache(maxsize=1024)
def _speaks_of_border(words: str, language: str) -> bool:
    return "border" in spatial_vocabulary(language).scan(tokenise(words))


def _countries(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return codes of the countries a report speaks of, the most frequent first."""
    counted = Counter(m.location.country for m in mentions if m.location and m.location.country)
    return tuple(code for code, _ in counted.most_common())


def _is_vantage(mention: Mention) -> bool:
    location = mention.location
    return (
        location is not None
        and mention.role != "actor"
        and (location.precision in _TOWNS or location.precision in {"admin1", "admin2"})
    )


def _is_country(part: object) -> bool:
    """Tell a country: what is between two of them is seldom a place."""
    location = part.mention.location if isinstance(part, PlaceRef) and part.mention else None
    return location is not None and location.precision == "country"


def _ends_with_initials(node: Node) -> bool:
    """Tell a reading whose last word is a place's initials, "U.S." or "SC"."""
    refs = (part for part in node.parts.values() if isinstance(part, PlaceRef))
    return any(ref.end == node.end and ref.text.isupper() for ref in refs)


def _is_idle(node: Node) -> bool:
    """Tell a reading about "the county" that points nowhere: nothing was said to refuse."""
    refs = [part for part in node.parts.values() if isinstance(part, PlaceRef)]
    return any(
        ref.mention is not None and ref.mention.kind != "toponym" and ref.mention.location is None
        for ref in refs
    )


def _role(node: Node) -> MentionRole:
    """Return the role of the first place that the expression names."""
    for part in node.parts.values():
        if isinstance(part, PlaceRef) and part.mention is not None:
            return "reference" if part.mention.role == "actor" else part.mention.role
    return "reference"
