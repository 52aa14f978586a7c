"""One place name or spatial expression → where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.expressions.answers import (
    Hints,
    LocateResult,
    Resolver,
    by_population,
    location_of_feature,
)
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError
from geoincidents.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoincidents.expressions.footprints import Anchor, Footprint, Setting
    from geoincidents.expressions.grammar import Grammar
    from geoincidents.expressions.tokens import Token
    from geoincidents.expressions.tree import Node, PlaceRef
    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.expressions.vocabulary import Found
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Candidate, Feature, Precision

_ALTERNATIVES = 5
_LONGEST_TEXT = 400


def locate(
    text: str,
    gazetteer: Gazetteer,
    *,
    resolver: Resolver | None = None,
    near: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    table: Uncertainty | None = None,
) -> LocateResult:
    """Place one place name or spatial expression.

    Parameters
    ----------
    text
        "Belgorod", "20 km north of Kharkiv", "the border districts of Kursk region".
    resolver
        Ranks what a name can mean; the most populous bearer where none is given.
    near, country, admin1
        What the text leaves out: a place close by, a country (name or code), a province.
    table
        How vague words are; the shipped table where none is given.

    Returns
    -------
    LocateResult
        Never a guess: what cannot be placed is unresolved, with the reason.
    """
    cleaned = " ".join(text.split()).strip(' .;:!?"“”«»')
    if not any(letter.isalnum() for letter in cleaned):
        return LocateResult(text, unresolved="the text names no place")
    if len(cleaned) > _LONGEST_TEXT:
        return LocateResult(
            text, unresolved="the text is too long for one place; geoparse reads reports"
        )
    hints = Hints(near or None, country or None, admin1 or None)
    resolve = resolver or by_population(gazetteer)
    return _Locator(cleaned, gazetteer, resolve, hints, table).result(text)


class _Locator:
    """Reads one text as a name, as an expression, or as neither."""

    def __init__(
        self,
        text: str,
        gazetteer: Gazetteer,
        resolver: Resolver,
        hints: Hints,
        table: Uncertainty | None,
    ) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._resolver = resolver
        self._hints = hints
        self._given_table = table

    @property
    def _table(self) -> Uncertainty:
        from geoincidents.expressions.uncertainty import default_uncertainty

        return self._given_table or default_uncertainty()

    def result(self, original: str) -> LocateResult:
        """Return the answer, or the reason why there is none."""
        try:
            found = self._found()
        except UnreadableError as error:
            return LocateResult(original, unresolved=str(error))
        return replace(found, text=original, gazetteer=self._gazetteer)

    def _found(self) -> LocateResult:
        names_first = self._is_whole_name() or not self._is_spatial()
        if names_first:
            found = self._as_known_name() or self._as_expression() or self._as_name()
        else:
            found = self._as_expression() or self._as_known_name()
        found = found or self._as_name_after_words()
        if found is None:
            raise UnreadableError(self._why_not())
        return found

    def _is_spatial(self) -> bool:
        from geoincidents.expressions.signals import is_spatial

        return is_spatial(self._text)

    def _is_whole_name(self) -> bool:
        starts_low = self._text[0].islower() and self._text != self._text.lower()
        return not starts_low and self._gazetteer.has_name(self._text)

    def _as_name(self, name: str | None = None) -> LocateResult | None:
        found = self._candidates(name or self._text)
        if not found:
            return None
        best, *others = (self._location(candidate) for candidate in found[: _ALTERNATIVES + 1])
        return LocateResult(self._text, (best,), tuple(others))

    def _as_known_name(self) -> LocateResult | None:
        """Read a text with spatial words as a name only when all of the name is known."""
        name, _, holder = self._text.partition(",")
        if not self._gazetteer.lookup(name):
            return None
        found = self._as_name()
        if found is None or not holder.strip():
            return found
        best = found.chosen[0]
        if not self._is_held(best, holder.strip()):
            return None
        if best.precision in {"site", "neighbourhood"}:
            return replace(found, chosen=(replace(best, relation="site_of"),))
        return found

    def _as_name_after_words(self) -> LocateResult | None:
        """Read "in Kharkiv" as the name it ends with."""
        from geoincidents.expressions.script import languages_of
        from geoincidents.expressions.tokens import tokenise
        from geoincidents.expressions.vocabulary import spatial_vocabulary

        tokens = tokenise(self._text)
        for language in languages_of(self._text):
            words, at = spatial_vocabulary(language), 0
            while (hits := words.asked("filler", tokens, at)) and hits[0][0] < len(tokens):
                at = hits[0][0]
            name = self._text[tokens[at].start :]
            if at and self._gazetteer.lookup(name.partition(",")[0]):
                return self._as_name(name)
        return None

    def _is_held(self, location: Location, holder: str) -> bool:
        """Tell whether what follows the comma can hold a place, or is no place at all."""
        holders = [candidate.feature for candidate in self._candidates(holder)[:_ALTERNATIVES]]
        return not holders or any(_holds(feature, location) for feature in holders)

    def _as_expression(self) -> LocateResult | None:
        reason: UnreadableError | None = None
        for footprint in self._footprints():
            if isinstance(footprint, UnreadableError):
                reason = reason or footprint
                continue
            chosen = tuple(self._members(footprint)) or (footprint.located(),)
            return LocateResult(self._text, chosen)
        if reason is not None:
            raise reason
        return None

    def _footprints(self) -> Iterator[Footprint | UnreadableError]:
        """Yield what each reading of the whole text comes to."""
        from geoincidents.expressions.evaluate import place
        from geoincidents.expressions.script import languages_of

        setting = self._setting()
        for language in languages_of(self._text):
            for node, clip in self._readings(language):
                try:
                    yield place(node, setting, clip)
                except NotApplicableError:
                    continue
                except UnreadableError as error:
                    yield error

    def _readings(self, language: str) -> Iterator[tuple[Node, PlaceRef | None]]:
        from geoincidents.expressions.grammar import Grammar
        from geoincidents.expressions.looked_up import LookedUpPlaces
        from geoincidents.expressions.tokens import tokenise

        tokens = tokenise(self._text)
        places = LookedUpPlaces(self._text, tokens, self._gazetteer)
        grammar = Grammar(tokens, language, places)
        places.grammar = grammar
        for at in _openings(grammar):
            for end, node in grammar.readings(at):
                if end == len(tokens):
                    yield node, None
                begins = [begin for begin, _ in grammar.phrase("in_area", end)]
                for begin in [*begins, end + 1] if grammar.word(end) == "," else begins:
                    for last, clip in grammar.part("anchor", begin):
                        if last == len(tokens):
                            yield node, clip

    def _setting(self) -> Setting:
        from geoincidents.expressions.footprints import Setting

        near = self._near()
        return Setting(
            self._gazetteer,
            self._table,
            resolve=self._anchors,
            deictic=self._deictic,
            vantage=near,
            country=self._country_code(),
            is_strict=True,
        )

    def _near(self) -> Anchor | None:
        if self._hints.near is None:
            return None
        found = self._resolver(self._hints.near, country=self._hints.country)
        if not found:
            raise UnreadableError(f'the place "{self._hints.near}" does not resolve')
        return self._anchor(_towns_first(found)[0])

    def _country_code(self) -> str | None:
        if self._hints.country is None:
            return None
        given = self._hints.country.strip()
        if len(given) == 2 and given.isascii():
            return given.upper()
        hits = self._gazetteer.lookup(given)
        return next((h.feature.country for h in hits if h.feature.precision == "country"), None)

    def _anchors(self, ref: PlaceRef) -> tuple[Anchor, ...]:
        from geoincidents.expressions.footprints import anchor_from_feature
        from geoincidents.expressions.mentioned import adjective_features

        if ref.is_adjective:
            features = adjective_features(ref.names[0], self._gazetteer)
            return tuple(anchor_from_feature(feature, self._table) for feature in features)
        for name in ref.names:
            found = self._candidates(name) or self._countries(name) or self._bearers(name)
            hinted = [c for c in found if c.feature.precision == ref.type_hint]
            if hinted or (found and ref.type_hint is None):
                return tuple(self._anchor(c) for c in hinted or _towns_first(found))
        if ref.type_hint == "admin1" and (unit := self._unit_of(ref)):
            return (unit,)
        return tuple(self._anchor(c) for name in ref.names for c in self._candidates(name))

    def _bearers(self, name: str) -> Sequence[Candidate]:
        """Return what the gazetteer knows under a form that the resolver cannot read."""
        return by_population(self._gazetteer)(name, country=self._country_code())

    def _countries(self, name: str) -> Sequence[Candidate]:
        """Return countries of a name: a border has a side beyond the country hinted at."""
        if self._hints.country is None:
            return ()
        found = self._resolver(name)
        return [c for c in found if c.feature.precision == "country"]

    def _unit_of(self, ref: PlaceRef) -> Anchor | None:
        """Return the province of a town whose name the text gives to the province."""
        from geoincidents.expressions.footprints import anchor_from_feature

        for name in ref.names:
            for candidate in self._candidates(name):
                unit = self._gazetteer.admin1_of(candidate.feature)
                if unit is not None:
                    return anchor_from_feature(unit, self._table, candidate.score)
        return None

    def _candidates(self, name: str) -> Sequence[Candidate]:
        hints = self._hints
        return self._resolver(name, country=hints.country, admin1=hints.admin1, near=hints.near)

    def _deictic(self, kind: Precision) -> Anchor | None:
        """Return what "the city", "the region", "the country" means by the hints."""
        from geoincidents.expressions.footprints import anchor_from_feature

        near = self._near()
        feature: Feature | None = None
        if near is not None and near.precision == kind:
            return near
        if kind == "country":
            code = self._country_code() or (near.country if near else None)
            feature = self._gazetteer.country(code) if code else None
        elif kind == "admin1" and self._hints.admin1:
            units = self._resolver(self._hints.admin1, country=self._hints.country)
            feature = units[0].feature if units else None
        elif kind == "admin1" and near is not None and near.admin1_id:
            feature = self._gazetteer.feature(near.admin1_id)
        return anchor_from_feature(feature, self._table) if feature else None

    def _anchor(self, candidate: Candidate) -> Anchor:
        from geoincidents.expressions.footprints import anchor_from_feature

        return anchor_from_feature(candidate.feature, self._table, min(1.0, candidate.score))

    def _location(self, candidate: Candidate) -> Location:
        return location_of_feature(candidate, self._given_table)

    def _members(self, footprint: Footprint) -> Iterator[Location]:
        from geoincidents.expressions.naming import ground_of

        setting = self._setting()
        for member in footprint.members:
            yield Location(
                name=member.name,
                lat=member.lat,
                lon=member.lon,
                precision=member.precision,
                uncertainty_m=member.extent_m,
                confidence=member.confidence,
                feature_id=member.feature_id,
                feature_code=member.feature_code,
                country=member.country,
                country_name=member.country_name,
                admin1=member.admin1,
                admin1_id=member.admin1_id,
                relation="coordination",
                geometry=ground_of(member, setting),
                evidence=footprint.evidence,
            )

    def _why_not(self) -> str:
        """Say what stands in the way of an answer."""
        if not self._is_spatial():
            close = [hit.name for hit in self._gazetteer.suggest(self._text, limit=3)]
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            return f'no place "{self._text}" is known{hint}'
        from geoincidents.expressions.script import languages_of
        from geoincidents.expressions.tokens import tokenise
        from geoincidents.expressions.vocabulary import spatial_vocabulary

        tokens = tokenise(self._text)
        found = spatial_vocabulary(languages_of(self._text)[0]).scan(tokens)
        numbers = [at for at, token in enumerate(tokens) if token.kind == "number"]
        if numbers and "unit" not in found:
            return f'a number without a unit: "{tokens[numbers[0]].text}" of what?'
        unknown = self._unknown_name(tokens, found)
        if unknown:
            return f'the place "{unknown}" does not resolve'
        return f'"{self._text}" is not an expression that can be read'

    def _unknown_name(self, tokens: Sequence[Token], found: Found) -> str | None:
        """Return the first capitalised word that neither lexicon nor gazetteer knows."""
        words = {at for places in found.values() for at in places}
        for at, token in enumerate(tokens):
            is_name = token.kind == "word" and token.text[0].isupper() and at not in words
            if is_name and not self._gazetteer.lookup(token.text):
                return token.text
        return None


def _holds(feature: Feature, location: Location) -> bool:
    """Tell whether a place lies in a country, a unit, or the same unit as a town."""
    if feature.country != location.country:
        return False
    if feature.precision in {"country", "region"} or feature.admin1_id is None:
        return True
    return feature.admin1_id == location.admin1_id


def _towns_first(found: Sequence[Candidate]) -> list[Candidate]:
    """Put a town before the unit that bears its name: no type word asks for the unit."""
    best = found[0].feature
    if best.precision not in {"admin1", "admin2"}:
        return list(found)
    seats = [
        c
        for c in found
        if c.feature.precision == "settlement" and c.feature.admin1_id in {best.id, best.admin1_id}
    ]
    return [*seats, *(c for c in found if c not in seats)]


def _openings(grammar: Grammar) -> Iterator[int]:
    """Yield where an expression can begin: at the start, or after prepositions."""
    at = 0
    yield at
    while hits := grammar.phrase("filler", at):
        at = hits[0][0]
        yield at
