"""Spatial expressions in a report, over its resolved mentions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.expressions.evaluate import place
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
from geoincidents.expressions.script import languages_of
from geoincidents.expressions.tokens import Token, tokenise
from geoincidents.expressions.tree import Node, NotApplicableError, PlaceRef, UnreadableError
from geoincidents.expressions.uncertainty import Uncertainty, default_uncertainty
from geoincidents.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Precision, Report

#: Rules that need a text which is nothing but the expression, or that the mentions tell.
_ONLY_ALONE = frozenset({"intersection", "span", "site", "capital"})
_TOWNS = frozenset({"settlement", "neighbourhood", "site", "vicinity"})
#: A deictic reaches back this far, in characters.
_MEMORY = 4000
_LONGEST_APPOSITION = 9


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
    tokens = tokenise(report.text)
    places = MentionedPlaces(tokens, mentions, gazetteer)
    finder = _Finder(report, tokens, places, gazetteer, table or default_uncertainty(), language)
    return tuple(finder.found())


class _Finder:
    """Walks through one report."""

    def __init__(
        self,
        report: Report,
        tokens: Sequence[Token],
        places: MentionedPlaces,
        gazetteer: Gazetteer,
        table: Uncertainty,
        language: str,
    ) -> None:
        self._report = report
        self._tokens = tokens
        self._places = places
        self._gazetteer = gazetteer
        self._table = table
        self._language = language
        self._grammar = Grammar(tokens, language, places)
        self._opponents = _countries(places.mentions)
        self._last: tuple[int, Footprint] | None = None

    def found(self) -> Iterator[Mention]:
        """Yield the expressions, first to last."""
        at = 0
        while at < len(self._tokens):
            made = None if self._places.is_inside(at) else self._read(at)
            if made is None:
                at += 1
                continue
            at, mention = made
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
                    return last, place(node, setting, clip)
                except (NotApplicableError, UnreadableError):
                    continue
        return end, place(node, setting)

    def _is_meant(self, node: Node, end: int) -> bool:
        """Tell a coordination of units from a mere list of names."""
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

    def _mention(
        self,
        at: int,
        end: int,
        node: Node,
        footprint: Footprint | None = None,
        reason: str | None = None,
    ) -> Mention:
        while at + 1 < end and self._grammar.phrase("lead", at) and not self._places.places(at):
            at += 1
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
        return [
            mention
            for mention in reversed(self._places.mentions)
            if mention.end <= limit
            and mention.location is not None
            and limit - mention.end < _MEMORY
            and mention.kind != "demonym"
        ]

    def _previous_end(self, at: int) -> int:
        return self._tokens[at - 1].end if at else -1

    def _subject(self, at: int, before: Sequence[Mention]) -> Anchor | None:
        """Return the town that the expression describes: "X, a city 40 km from …"."""
        towns = [m for m in before if m.location and m.location.precision in _TOWNS]
        if not towns or towns[0].end != max(m.end for m in before):
            return None
        begin = next((i for i, token in enumerate(self._tokens) if token.start >= towns[0].end), at)
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
        return anchor_from_location(mention.location, self._table)

    def _resolve(self, ref: PlaceRef) -> tuple[Anchor, ...]:
        if ref.mention is None:
            return self._places.countries(ref, self._table)
        if ref.mention.location is None:
            return ()
        anchor = self._anchor(ref.mention)
        if ref.type_hint == "admin1" and anchor.precision == "settlement" and anchor.admin1_id:
            return (self._unit(anchor.admin1_id),)
        return (anchor,)


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


def _role(node: Node) -> str:  # type: ignore[return]
    """Return the role of the first place that the expression names."""
    for part in node.parts.values():
        if isinstance(part, PlaceRef) and part.mention is not None:
            return "reference" if part.mention.role == "actor" else part.mention.role
    return "reference"
