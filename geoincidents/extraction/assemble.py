"""Drafts of events as values of the model: claims, actors, responses, verification."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction.drafts import is_general
from geoincidents.extraction.patterns import first_match, phrases
from geoincidents.extraction.places import covers, event_locations, provenance, rank
from geoincidents.extraction.toll_rules import PEOPLE
from geoincidents.extraction.triggers import KIND_ORDER, REASONS, kinds, mode_of
from geoincidents.model import Actor, Claim, Event, Response, Unresolved, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.extraction.drafts import Draft
    from geoincidents.extraction.frames import Frame, Reading
    from geoincidents.extraction.sentences import Sentence
    from geoincidents.extraction.tolls import Toll
    from geoincidents.model import (
        EventLocation,
        Location,
        LocationRole,
        Report,
        VerificationStatus,
    )

#: An event told in passing this long after it is told again, not news.
_RECAP_AFTER = timedelta(hours=48)
#: Characters before a country in which words like "across all of" stand.
_REACH = 40


class Assembler:
    """Makes the events of one report from its drafts."""

    def __init__(self, report: Report, reading: Reading, drafts: list[Draft]) -> None:
        self.report = report
        self.reading = reading
        self.drafts = drafts
        self.main = max(drafts, key=lambda d: len(d.frames), default=None)
        self.unread: list[Unresolved] = []
        self.verified = self._verification_sentences()

    def events(self) -> list[Event]:
        """All events, in order of telling; what has no place or is too general is left unread."""
        made = []
        for draft in self.drafts:
            places = self._locations(draft)
            if not places or is_general(draft):
                self._leave(draft, "general" if places else "place")
                continue
            made.append(self._event(draft, places))
        return made

    def _leave(self, draft: Draft, reason: str) -> None:
        clause = draft.frames[0].clause
        text = clause.text[:300]
        span = (clause.start, clause.start + len(text))
        self.unread.append(Unresolved(self.report.id, *span, text, REASONS[reason]))

    def _event(self, draft: Draft, places: list[EventLocation]) -> Event:
        kind = _side_of(_kind_of(draft), draft)
        row = kinds("en").get(kind, {})
        recap = self._is_recap(draft)
        claims = self._claims(draft, recap=recap)
        sources = [
            provenance(self.report.id, self.report.text, f.clause.start, f.clause.end)
            for f in sorted(draft.frames, key=lambda f: not f.is_act)
        ]
        stated = [f for frame in draft.frames for m in frame.clause.mentions for f in m.flags]
        flags = list(dict.fromkeys([*draft.flags, *stated]))
        if draft.time is None:
            flags.append("The report gives no date, and its words give none.")
        return Event(
            report_id=self.report.id,
            event_type=row.get("type", "Strategic developments"),
            sub_event_type=row.get("sub", "Other"),
            sources=tuple(sources),
            time=draft.time,
            locations=tuple(places),
            claims=tuple(claims),
            actors=self._actors(draft),
            weapons=_weapons(draft),
            responses=self._responses(draft),
            verification=self._verification(draft),
            is_recap=recap,
            flags=tuple(flags),
            confidence=_confidence(draft, places),
            published=self.report.published,
        )

    def _locations(self, draft: Draft) -> list[EventLocation]:
        role: LocationRole = "target"
        if draft.alert:
            role = "response"
        elif draft.mode == "intercept":
            role = "intercept"
        found: dict[tuple[str, str], EventLocation] = {}
        for frame in draft.frames:
            helped = not frame.is_act and not _harm(frame) and bool(frame.reactions)
            for told in event_locations(frame.places, self.report.id, self.report.text, role):
                away = told.role == role and not _within_any([told.location], draft)
                place = replace(told, role="response") if helped and away else told
                key = (place.role, place.location.feature_id or str(place.location.name))
                if place.location.relation:
                    key = (place.role, place.source.text)
                kept = found.get(key)
                if kept is None or kept.location.confidence < place.location.confidence:
                    found[key] = place
        if not draft.is_wide:
            found = {k: p for k, p in found.items() if not _merely_around(p, found.values())}
        struck = any(k[0] != "launch" for k in found)
        if not struck and draft.inherited and draft.frames:
            clause = draft.frames[0].clause
            source = provenance(self.report.id, self.report.text, clause.start, clause.end)
            from geoincidents.model import EventLocation as Place

            return [*found.values(), *(Place(role, p, source) for p in draft.inherited)]
        return list(found.values()) if struck else []

    def _is_recap(self, draft: Draft) -> bool:
        clock = self.reading.clock
        if draft is self.main or draft.time is None or clock.now is None:
            return False
        return draft.time.end < clock.now - _RECAP_AFTER

    def _claims(self, draft: Draft, *, recap: bool) -> list[Claim]:
        claims: list[Claim] = []
        wider: str | None = None
        for frame in draft.frames:
            wider = _whole_country(frame, self.report.text) or (wider if _goes_on(frame) else None)
            for toll in frame.tolls:
                if toll.scope and toll.measure in PEOPLE:
                    self._leave_total(toll)
                    continue
                claim = self._claim(toll, frame, draft, recap=recap)
                beyond = wider is not None and claim.scope is None and toll.measure in PEOPLE
                claims.append(replace(claim, scope=wider) if beyond else claim)
        unique: dict[tuple[str, int, int], Claim] = {}
        for claim in claims:
            unique.setdefault((claim.measure, claim.source.start, claim.source.end), claim)
        return _subordinate(_sole_steps(list(unique.values()), draft), draft)

    def _leave_total(self, toll: Toll) -> None:
        text = self.report.text[toll.start : toll.end]
        reason = f"a total over a longer time ({toll.scope}), not one incident's"
        self.unread.append(Unresolved(self.report.id, toll.start, toll.end, text, reason))

    def _claim(self, toll: Toll, frame: Frame, draft: Draft, *, recap: bool) -> Claim:
        quantity = toll.quantity
        scope, part = _scope(frame, draft)
        rounded = quantity.qualifier == "vague" or (
            quantity.min is not None and quantity.min >= 20 and quantity.min % 10 == 0
        )
        parts = tuple((t.start, t.end) for t in frame.tolls if t.parent == (toll.start, toll.end))
        source = provenance(self.report.id, self.report.text, toll.start, toll.end)
        return Claim(
            measure=toll.measure,
            min=quantity.min,
            max=quantity.max,
            qualifier=quantity.qualifier,
            source=source,
            subject=toll.subject,
            claimant=frame.speaker,
            as_of=frame.as_of,
            includes=parts,
            is_part=toll.is_part or part,
            scope=scope,
            recap=recap and (rounded or frame.speaker is None),
            published=self.report.published,
        )

    def _actors(self, draft: Draft) -> tuple[Actor, ...]:
        found: dict[tuple[str, str, str | None], Actor] = {}
        for frame in draft.frames:
            for doer in frame.doers:
                key = (doer.role, doer.name, doer.by)
                span = provenance(self.report.id, self.report.text, doer.start, doer.end)
                found.setdefault(key, Actor(doer.role, doer.name, doer.by, span))
        named = {(role, name) for role, name, by in found if by}
        return tuple(a for (r, n, by), a in found.items() if by or (r, n) not in named)

    def _responses(self, draft: Draft) -> tuple[Response, ...]:
        made = []
        for frame in draft.frames:
            for reaction in frame.reactions:
                places = [*frame.places.get("response", []), *frame.places.get("target", [])]
                where = next((m.location for m in places if m.location), None)
                source = provenance(self.report.id, self.report.text, reaction.start, reaction.end)
                quantity = reaction.quantity
                if reaction.kind == "air_defence":
                    quantity = _shot_down(frame) or quantity
                actor = reaction.actor or frame.speaker
                made.append(Response(reaction.kind, source, actor, where, frame.time, quantity))
        return tuple(made)

    def _verification_sentences(self) -> dict[int, tuple[VerificationStatus, Sentence]]:
        found: dict[int, tuple[VerificationStatus, Sentence]] = {}
        order: tuple[VerificationStatus, ...] = ("unverified", "disputed", "confirmed")
        for sentence in self.reading.sentences:
            for status in order:
                if first_match(sentence.text, sentence.language, "claims", "verification", status):
                    found[sentence.index] = (status, sentence)
                    break
        return found

    def _owner(self, index: int) -> Draft | None:
        """The event last spoken of at a sentence."""
        best, at = None, -1
        for draft in self.drafts:
            for frame in draft.frames:
                number = frame.clause.sentence.index
                if at < number <= index or (number == at and draft is self.main):
                    best, at = draft, number
        return best or self.main

    def _verification(self, draft: Draft) -> Verification:
        mine = [row for n, row in self.verified.items() if self._owner(n) is draft]
        rivals = any(d.role == "denied" for f in draft.frames for d in f.doers)
        statuses = {status for status, _ in mine}
        status: VerificationStatus = "claimed"
        for name in ("unverified", "disputed", "confirmed"):
            if name in statuses:
                status = name
                break
        if rivals and status == "claimed":
            status = "disputed"
        quotes = tuple(
            provenance(self.report.id, self.report.text, s.start, s.end) for _, s in mine
        )
        return Verification(status, quotes)


def _merely_around(place: EventLocation, others: Iterable[EventLocation]) -> bool:
    """A country beside a place within it: where the place lies, not what was hit."""
    return place.location.precision == "country" and any(
        o.role == place.role
        and o.location.precision != "country"
        and covers(place.location, o.location)
        for o in others
    )


def _harm(frame: Frame) -> bool:
    return any(t.measure in PEOPLE or t.measure.startswith("damaged") for t in frame.tolls)


def _within_any(places: list[Location], draft: Draft) -> bool:
    others = [p for f in draft.frames if f.is_act or _harm(f) for p in f.targets]
    return any(covers(a, b) or covers(b, a) for a in places for b in others)


def _shot_down(frame: Frame) -> int | None:
    return next((t.quantity.min for t in frame.tolls if t.measure == "intercepted"), None)


def _kind_of(draft: Draft) -> str:
    """The kind most told, the more telling on a tie; a weapon named elsewhere sharpens."""
    if draft.alert:
        return "alert"
    told = Counter({f.kind: 0 for f in draft.frames if f.kind})
    told.update(k for f in draft.frames if (k := f.kind) for _ in range(2 if f.strong else 1))
    if mode_of(next((f.kind for f in draft.frames if f.kind), "")) != "intercept":
        told.pop("interception", None)
    specific = {k: n for k, n in told.items() if k != "strike"}
    if specific == {"attack": 1} and told.get("strike", 0) > 1:
        specific = {}
    if not specific:
        if not told:
            return "attack"
        weapon = Counter(k for f in draft.frames for k in f.weapon_kinds)
        if weapon:
            return weapon.most_common(1)[0][0]
        return "attack" if all(map(_is_unarmed, draft.frames)) else "strike"
    order = {kind: n for n, kind in enumerate(KIND_ORDER)}
    return max(specific, key=lambda k: (specific[k], -order.get(k, 99)))


def _side_of(kind: str, draft: Draft) -> str:
    """A town taken by its own state's army is regained; by another's, overtaken."""
    states = {p.country for p in draft.targets if p.country}
    if kind not in {"gains", "overtakes"} or not draft.attackers or not states:
        return kind
    return "gains" if draft.attackers & states else "overtakes"


def _is_unarmed(frame: Frame) -> bool:
    """Its deeds are attacks and assaults, which need no missile; a strike does."""
    unarmed = phrases(frame.clause.sentence.language, "events", "kind", "strike", "unarmed")
    acts = [t.text for t in frame.clause.triggers if t.kind != "effect"]
    return all(unarmed.fullmatch(text) for text in acts)


def _weapons(draft: Draft) -> tuple[str, ...]:
    named = dict.fromkeys(w for f in draft.frames for w in f.weapons)
    return tuple(named)


def _scope(frame: Frame, draft: Draft) -> tuple[str | None, bool]:
    """Give the place a toll is of in an event of a whole country, and whether it is a part."""
    if not draft.is_wide or not any(p.precision == "country" for p in draft.targets):
        return None, False
    country = next(p for p in draft.targets if p.precision == "country")
    own = [p for p in frame.targets if p.precision != "country"]
    if own and len(own) == 1:
        return own[0].name, True
    return country.country_name or country.name, False


def _whole_country(frame: Frame, text: str) -> str | None:
    """The country that a clause counts the people of: "killed across Sudan"."""
    words = phrases(frame.clause.sentence.language, "claims", "places", "throughout")
    for mention in frame.clause.mentions:
        place = mention.location
        if not frame.tolls or place is None or place.precision != "country":
            continue
        before = text[max(frame.clause.start, mention.start - _REACH) : mention.start].rstrip()
        if any(match.end() == len(before) for match in words.finditer(before)):
            return place.country_name or place.name
    return None


def _goes_on(frame: Frame) -> bool:
    """Whether a clause only counts on, of the place that the one before it spoke of."""
    return bool(frame.tolls) and not frame.targets and not frame.kind


def _sole_steps(claims: list[Claim], draft: Draft) -> list[Claim]:
    """Take "another 12 were hurt" as the whole count where nothing else counts the hurt."""
    steps = {
        (t.start, t.end) for f in draft.frames for t in f.tolls if t.is_part and t.parent is None
    }
    whole = {
        c.measure for c in claims if (c.source.start, c.source.end) not in steps and not c.is_part
    }
    return [
        replace(c, is_part=False)
        if (c.source.start, c.source.end) in steps and c.measure not in whole
        else c
        for c in claims
    ]


def _subordinate(claims: list[Claim], draft: Draft) -> list[Claim]:
    """Somebody spoken of singly is a part where the report tells a greater total."""
    single = {
        (t.start, t.end) for f in draft.frames for t in f.tolls if t.single or t.quantity.max == 1
    }
    most: dict[str, int] = {}
    for claim in claims:
        if not claim.is_part and (claim.source.start, claim.source.end) not in single:
            value = claim.max or claim.min or 0
            most[claim.measure] = max(value, most.get(claim.measure, 0))
    return [
        replace(c, is_part=True)
        if (c.source.start, c.source.end) in single
        and not c.is_part
        and most.get(c.measure, 0) > (c.max or c.min or 0)
        and c.measure in PEOPLE
        else c
        for c in claims
    ]


def _confidence(draft: Draft, places: list[EventLocation]) -> float:
    """How sure it is that the report tells this event so: words, time, place, counts."""
    best = max(p.location.confidence for p in places)
    score = 0.35 + 0.15 * draft.timed + 0.1 * (len(draft.frames) > 1)
    score += 0.1 * any(f.tolls for f in draft.frames)
    score += 0.1 * any(f.is_act and not f.hedged for f in draft.frames)
    fine = min(rank(p.location) for p in places) <= 3
    return round(min(0.95, (score + 0.1 * fine) * (0.5 + best / 2)), 3)
