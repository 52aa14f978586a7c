"""Who says so: the speaker of a sentence, of a quotation, of a number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import alternation, first_match, phrases, table
from geoincidents.extraction.time_words import find_times

if TYPE_CHECKING:
    from geoincidents.extraction.sentences import Sentence

_PERSON = re.compile(
    r"(?:[A-ZА-ЯІЇЄҐ][\w'’-]+|[A-ZА-ЯІЇЄҐ]\.)(?:\s+(?:[A-ZА-ЯІЇЄҐ][\w'’-]+|[A-ZА-ЯІЇЄҐ]\.|al|bin|de|von|van|el|ben|ibn)){0,3}"
)
_BREAK = re.compile(r"[,;:—–\"“”«»()]|\s-\s|\bthat\b|\bbut\b|\bwhile\b|\band\b(?=[^,]{40})")


def _without_time(said: str, language: str) -> str:
    """Cut "on the same morning" off the head of a speaker."""
    leading = [w.end for w in find_times(said, language) if w.start == 0]
    return said[leading[0] :].strip(" ,") or said if leading else said


@dataclass(slots=True)
class Speakers:
    """What is remembered of the speakers of a report, to tell "he" and "Gladkov"."""

    language: str
    #: Surname → full name.
    names: dict[str, str] = field(default_factory=dict)
    #: Title → who bears it: "the governor" is Gladkov.
    titled: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    last_person: str | None = None

    def of(self, sentence: Sentence) -> str | None:
        """Name the speaker of a sentence; None when it is the report's own voice."""
        found = _speaker(sentence)
        if found is None:
            return None
        found = _without_time(found.strip(), self.language)
        known = self._known(found)
        if known:
            return known
        name = self._canonical(found)
        if name is None:
            return None
        self.last = name
        if name in self.names.values():
            self.last_person = name
        return name

    def _known(self, said: str) -> str | None:
        """Whom "he", "the governor" or "the ministry" points to; None when it is new."""
        if not phrases(self.language, "claims", "anaphors").fullmatch(said):
            return None
        word = said.lower().split()[-1]
        if word in self.titled:
            return self.titled[word]
        if self.last and word in self.last.lower():
            return self.last
        bodies = phrases(self.language, "claims", "bodies").search(said)
        return None if bodies else self.last_person or self.last

    def _canonical(self, said: str) -> str | None:
        """The full name of a person, else the name of a body, without article."""
        words, all_words = said.split(), said.split()
        while words and not _titles(self.language).isdisjoint({words[0].lower().strip(".,'’s")}):
            if len(words) == 1 or not any(w[:1].isupper() for w in words[1:]):
                break
            words = words[1:]
        core = " ".join(words)
        bodies = phrases(self.language, "claims", "speakers")
        person = _PERSON.fullmatch(core)
        if person and not bodies.search(core):
            surname = core.split()[-1]
            if len(core.split()) > 1:
                self.names[surname] = core
                self._entitle(all_words[: len(all_words) - len(words)], core)
                return core
            return self.names.get(surname, core)
        text = re.sub(r"^(?:the|a|an|some|one|two)\s+", "", said.strip(), flags=re.IGNORECASE)
        trailing = self._person_in(text)
        if trailing:
            return trailing
        return text[:80] if bodies.search(text) or text[:1].isupper() else None

    def _person_in(self, text: str) -> str | None:
        """Find the person at the end of "the city's mayor Olena Koval"."""
        names = re.search(r"((?:[A-ZА-ЯІЇЄҐ][\w'’-]+\s+){1,2}[A-ZА-ЯІЇЄҐ][\w'’-]+)$", text)
        if not names:
            return None
        words = names.group(1).split()
        titled = _titles(self.language)
        while len(words) > 1 and words[0].lower() in titled:
            words = words[1:]
        full = " ".join(words)
        if len(words) < 2 or phrases(self.language, "claims", "speakers").search(full):
            return None
        self.names[words[-1]] = full
        self._entitle(text.split()[: -len(words)], full)
        return full

    def _entitle(self, titles: list[str], name: str) -> None:
        for title in titles:
            word = title.lower().strip(".,'’s")
            if word not in {"the", "a", "an"}:
                self.titled[word] = name


@cache
def _titles(language: str) -> frozenset[str]:
    return frozenset(table(language, "claims", "titles") or ())


@cache
def _grammar(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    say = alternation(table(language, "claims", "say") or ())
    according = alternation(table(language, "claims", "according") or ())
    name = r"(?P<who>[^,;:—–\"“”«»()]{2,90}?)"
    before = re.compile(
        rf"{name}\s+(?:(?:has|have|had|also|later|further|earlier)\s+)*(?<!\w){say}(?!\w)",
        re.IGNORECASE,
    )
    after = re.compile(
        rf"[,”\"»]\s*[-–—]?\s*(?:as\s+)?{say}\s+{name}(?=\s+(?:on|in|to|at|after|during|via|as|late|early|by)\b|[.,;:]|$)",
        re.IGNORECASE,
    )
    source = re.compile(
        rf"(?<!\w){according}\s+(?:to\s+)?{name}(?=[.,;:]|\s+(?:that|who|which|said|on|in|as)\b|$)",
        re.IGNORECASE,
    )
    return before, after, source


def _speaker(sentence: Sentence) -> str | None:
    """The words that name the speaker, as they stand."""
    text, language = sentence.text, sentence.language
    told = (first_match(text, language, "claims", key) for key in ("say", "according"))
    if not any(told):
        return None
    before, after, source = _grammar(language)
    for match in before.finditer(text):
        who = _subject(text, match, sentence.language)
        if who and _is_speaker(who, sentence.language) and not _is_opening_word(who, sentence):
            return who
    for pattern in (after, source):
        found = pattern.search(text)
        if found and _is_speaker(found.group("who"), sentence.language):
            return found.group("who").strip()
    return None


def _is_opening_word(who: str, sentence: Sentence) -> bool:
    """A single capital at the head of a sentence is a name only when known as one."""
    if " " in who or not sentence.text.startswith(who):
        return False
    named = any(m.start == sentence.start for m in sentence.mentions)
    heads = phrases(sentence.language, "claims", "speakers").fullmatch(who)
    anaphor = phrases(sentence.language, "claims", "anaphors").fullmatch(who)
    common = phrases(sentence.language, "claims", "common").fullmatch(who)
    return bool(common) and not (named or heads or anaphor)


def _last_piece(words: str) -> str:
    pieces = [p.strip() for p in _BREAK.split(words) if p.strip()]
    return re.sub(r"\s+as$", "", pieces[-1]) if pieces else ""


def _subject(text: str, match: re.Match[str], language: str) -> str:
    """The words before a verb of saying; over an aside ("Russia, in turn, says")."""
    who = _last_piece(match.group("who"))
    if _is_speaker(who, language) or not re.search(r",\s*$", text[: match.start("who")]):
        return who
    before = _last_piece(text[: match.start("who")].rstrip(" ,"))
    return before if _is_speaker(before, language) else who


def _is_speaker(who: str, language: str) -> bool:
    who = who.strip()
    if phrases(language, "claims", "anaphors").fullmatch(who):
        return True
    if phrases(language, "claims", "not_speaker_ends").search(who[-12:]):
        return False
    if len(who.split()) > 10 or phrases(language, "claims", "not_speakers").match(who):
        return False
    if phrases(language, "claims", "speakers").search(who):
        return True
    return bool(re.search(r"[A-ZА-ЯІЇЄҐ][\w'’-]+$", who))


def is_hedged(text: str, language: str) -> bool:
    """Tell whether a clause is hedged ("allegedly", "reportedly")."""
    return phrases(language, "claims", "hedges").search(text) is not None
