"""Who is said to have done it, to have claimed or denied it; rival tellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import first_match, phrases
from geoincidents.extraction.places import suffers

if TYPE_CHECKING:
    from geoincidents.extraction.clauses import Clause
    from geoincidents.extraction.triggers import Trigger
    from geoincidents.model import ActorRole, Mention


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody in a role towards an event; offsets into the report."""

    role: ActorRole
    name: str
    by: str | None
    start: int
    end: int
    #: Country code, where the name is a state's or a people's.
    country: str | None = None


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    start: int
    end: int
    country: str | None
    #: An army, a group, a state acting: no mere place.
    armed: bool


def find_doers(clause: Clause, text: str, speaker: str | None) -> list[Doer]:
    """All parties of a clause in their roles.

    An army or group that does the deed is `accused` by the speaker, or has
    `claimed` it when it says so itself; a state acting before the deed
    ("Russia launched …") likewise.
    """
    parties = _parties(clause, text)
    found = [*_rivals(clause, text, speaker), *_accused(clause, text, parties, speaker)]
    found += _claimants(clause, text, parties, speaker)
    taken = {d.start for d in found}
    accusers = {d.by for d in found if d.role == "accused"}
    parties = [p for p in parties if p.name not in accusers]
    found += [d for d in _attackers(clause, text, parties, speaker) if d.start not in taken]
    return sorted(found, key=lambda d: d.start)


def names_responsible(text: str, language: str) -> bool:
    """Tell whether somebody claims, denies or is given responsibility here."""
    if first_match(text, language, "actors", "not_claim"):
        return False
    return any(first_match(text, language, "actors", k) for k in ("claim", "deny", "accuse"))


def _parties(clause: Clause, text: str) -> list[_Party]:
    found = [p for m in clause.mentions if (p := _state(m, clause, text))]
    language = clause.sentence.language
    for key in ("groups", "unnamed"):
        flags = 0 if key == "groups" else re.IGNORECASE
        pattern = re.compile(phrases(language, "actors", key).pattern, flags)
        for match in pattern.finditer(text, clause.start, clause.end):
            # "the M23 rebels" are one party, not two
            if all(match.end() <= p.start or match.start() > p.end + 1 for p in found):
                found.append(_Party(match.group(), match.start(), match.end(), None, armed=True))
    return sorted(found, key=lambda p: p.start)


def _state(mention: Mention, clause: Clause, text: str) -> _Party | None:
    place = mention.location
    if place is None or mention.kind not in {"toponym", "demonym"} or suffers(clause, mention):
        return None
    forces = phrases(clause.sentence.language, "actors", "forces")
    tail = text[mention.end : min(clause.end, mention.end + 60)]
    armed = re.match(r"(?:['’]s)?\s+(?:[\w-]+\s+){0,2}?" + forces.pattern, tail, re.IGNORECASE)
    if mention.role != "actor" and not armed and not _acts(mention, clause, text):
        return None
    if place.precision != "country" and mention.role != "actor":
        return None
    name = place.country_name or place.name or mention.text
    end = mention.end + (armed.end() if armed else 0)
    return _Party(name, mention.start, end, place.country, armed=bool(armed))


def _acts(mention: Mention, clause: Clause, text: str) -> bool:
    """A state's name that leads a verb of attack, or is led by one of blame."""
    language, place = clause.sentence.language, mention.location
    if mention.kind != "toponym" or place is None or place.precision != "country":
        return False
    blamed = phrases(language, "actors", "accuse").finditer(text, clause.start, mention.start)
    if any(mention.start - m.end() <= 30 and m.end() <= mention.start for m in blamed):
        return True
    if phrases(language, "actors", "object_endings").fullmatch(mention.text):
        return False
    led = phrases(language, "claims", "places", "prepositions").pattern + r"\s+(?:the\s+)?$"
    if re.search(led, text[max(clause.start, mention.start - 30) : mention.start], re.IGNORECASE):
        return False
    verbs = phrases(language, "actors", "acts").pattern
    return re.match(r"\s+" + verbs, text[mention.end : clause.end], re.IGNORECASE) is not None


def _attackers(clause: Clause, text: str, parties: list[_Party], speaker: str | None) -> list[Doer]:
    acts = [t for t in clause.triggers if t.kind not in {"effect", "interception"}]
    language = clause.sentence.language
    say = phrases(language, "claims", "say")
    answer = phrases(language, "responses", "diplomatic", "words")

    def said(party: _Party, deed: Trigger) -> bool:
        """Tell whether the party speaks of the deed, or answers it, and did not do it."""
        spoken = say.search(text[party.end : deed.start])
        return bool(spoken or answer.search(text[party.start : deed.end]))

    found = []
    for party in parties:
        near = any(
            (party.start <= t.start and t.start - party.end <= 45 and not said(party, t))
            or _led_by(text, t.end, party.start)
            for t in acts
        )
        if near:
            role: ActorRole = "claimed" if _same(party, speaker) else "accused"
            by = party.name if role == "claimed" else speaker
            found.append(Doer(role, party.name, by, party.start, party.end, party.country))
    return found[:2]


def _led_by(text: str, end: int, start: int) -> bool:
    """Tell whether a deed is led by a party ("attacks by …", "from …")."""
    return 0 <= start - end <= 60 and bool(
        re.search(r"\b(?:by|from|со стороны|з боку)\s(?:the\s)?(?:[\w-]+\s)?$", text[end:start])
    )


def _same(party: _Party, speaker: str | None) -> bool:
    return bool(speaker) and (speaker or "").lower().startswith(party.name.lower()[:5])


def _accused(clause: Clause, text: str, parties: list[_Party], speaker: str | None) -> list[Doer]:
    found = []
    for match in phrases(clause.sentence.language, "actors", "accuse").finditer(
        text, clause.start, clause.end
    ):
        named = [p for p in parties if match.end() <= p.start <= match.end() + 60]
        before = [p for p in parties if p.end <= match.start()]
        by = before[-1].name if before else speaker
        if not before:
            leading = text[clause.start : match.start()].strip(" ,")
            by = speaker or (leading[-80:] if 0 < len(leading) <= 80 else None)
        found += [
            Doer("accused", party.name, by, party.start, party.end, party.country)
            for party in named[:2]
            if party.name != by
        ]
    return found


def _claimants(clause: Clause, text: str, parties: list[_Party], speaker: str | None) -> list[Doer]:
    language = clause.sentence.language
    refused = [
        m.span()
        for m in phrases(language, "actors", "not_claim").finditer(text, clause.start, clause.end)
    ]
    found: list[Doer] = []
    for role, key in (("claimed", "claim"), ("denied", "deny")):
        for match in phrases(language, "actors", key).finditer(text, clause.start, clause.end):
            if any(a < match.end() and match.start() < b for a, b in refused):
                continue
            before = [p for p in parties if p.end <= match.start()]
            after = [p for p in parties if p.start >= match.end()]
            party = before[-1] if before else (after[0] if after and key == "claim" else None)
            name = party.name if party else speaker
            if name:
                country = party.country if party else None
                found.append(Doer(role, name, name, match.start(), match.end(), country))  # type: ignore[arg-type]
    return found


def _rivals(clause: Clause, text: str, speaker: str | None) -> list[Doer]:
    language = clause.sentence.language
    found = []
    for match in phrases(language, "actors", "rival").finditer(text, clause.start, clause.end):
        words = re.sub(r"\s+", " ", match.group())
        defence = phrases(language, "actors", "by_defence").search(text, clause.start, clause.end)
        name = words if defence is None else _with_nation(clause, text, defence)
        found.append(Doer("accused", name, speaker, match.start(), match.end()))
        break
    return found


def _with_nation(clause: Clause, text: str, match: re.Match[str]) -> str:
    """Name the people just before the defence with it ("Russian air defence")."""
    for mention in clause.mentions:
        if mention.kind == "demonym" and 0 <= match.start() - mention.end <= 2:
            return text[mention.start : match.end()]
    return match.group()
