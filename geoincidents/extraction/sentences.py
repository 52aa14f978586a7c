"""A report's text as sentences with offsets, aware of the language's abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import Mention, Report

_TERMINAL = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_OPENING = re.compile(r"[\"'“‘«(\[–—-]*\s*[^\W_]")
_QUOTED = re.compile(r"[“«\"„][^“”«»\"„]{2,600}(?:[”»\"“]|$)")
_WORD_BEFORE = re.compile(r"([^\s(“«\"]+)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span, its paragraph and the mentions within it."""

    start: int
    end: int
    text: str
    index: int
    paragraph: int
    language: str
    heading: bool = False
    mentions: tuple[Mention, ...] = field(default=(), compare=False)

    def quotes(self) -> list[tuple[int, int]]:
        """Spans of quoted speech, as offsets into the report."""
        return [(self.start + m.start(), self.start + m.end()) for m in _QUOTED.finditer(self.text)]


def language_of(report: Report) -> str:
    """Tell the report's language: the stated one, else by its letters."""
    stated = (report.language or "").split("-")[0].lower()
    if stated in {"en", "ru", "uk"}:
        return stated
    sample = report.text[:20_000].lower()
    cyrillic = len(re.findall(r"[а-яіїєґё]", sample))
    if cyrillic * 2 < len(re.findall(r"[^\W\d_]", sample)):
        return "en"
    ukrainian = len(re.findall(r"[іїєґ]", sample))
    return "uk" if ukrainian > len(re.findall(r"[ыэъё]", sample)) else "ru"


_DATELINE = re.compile(
    r"^(?:[A-ZА-ЯІЇЄҐ][^\n.!?]{1,90}?|[^\n.!?]{0,60}\([^)]{2,40}\)[^\n.!?]{0,30}?)(?:\s*--\s*|\s+[-–—]\s+|(?<!\d)—(?!\d))(?=\S)"
)


def dateline_end(text: str) -> int:
    """Length of a dateline at the head of a sentence ("Moscow, 3 May (Agency) - "); 0 if none."""
    found = _DATELINE.match(text[:140])
    if not found:
        return 0
    head = found.group()
    told = re.search(r"\d|\([^)]+\)", head) or head.split("-")[0].strip().isupper()
    return found.end() if told else 0


def open_quotes(sentences: list[Sentence]) -> Iterator[tuple[int, int]]:
    """First and last sentence of each quotation that runs over several of a paragraph."""
    begun: int | None = None
    for sentence in sentences:
        if begun is not None and sentences[begun].paragraph != sentence.paragraph:
            begun = None
        opened = len(re.findall(r"[“«„]", sentence.text))
        closed = len(re.findall(r"[”»]", sentence.text))
        straight = sentence.text.count('"') % 2 == 1
        if begun is None and (opened > closed or straight):
            begun = sentence.index
        elif begun is not None and (closed > opened or straight):
            yield begun, sentence.index
            begun = None


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(table(language, "times", "abbreviations") or ())


def _names_day(word: str, language: str) -> bool:
    times = table(language, "times")
    return word in times.get("weekdays", {}) or word in times.get("months", {})


def split_sentences(
    report: Report, mentions: tuple[Mention, ...] = (), language: str | None = None
) -> list[Sentence]:
    """Split a report into sentences; ``report.text[s.start:s.end] == s.text``.

    Paragraphs end at blank lines, and at single line breaks unless the text is
    wrapped (lines of even length that end in mid-sentence).
    """
    tongue = language or language_of(report)
    found: list[Sentence] = []
    cursor = 0
    for number, (start, end) in enumerate(_paragraphs(report.text, report.body_start)):
        for first, last in _within(report.text, start, end, tongue):
            text = report.text[first:last]
            while cursor < len(mentions) and mentions[cursor].start < first:
                cursor += 1
            inside = tuple(m for m in mentions[cursor:] if m.start < last and m.start >= first)
            heading = not re.search(r"[.!?…:;][\"'”’»)]*$", text)
            found.append(Sentence(first, last, text, len(found), number, tongue, heading, inside))
            cursor += len(inside)
    return found


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    wrapped = _is_wrapped(text)
    cuts = [(m.start(), m.end()) for m in _BLANK.finditer(text, start)]
    if not wrapped:
        breaks = re.compile(r"\n\s*").finditer(text, start)
        cuts = [(m.start(), m.end()) for m in breaks if not _runs_on(text, m)]
    at = start
    for a, b in [*cuts, (len(text), len(text))]:
        if text[at:a].strip():
            yield at, a
        at = b


def _runs_on(text: str, gap: re.Match[str]) -> bool:
    """A single line break in mid-sentence: a long or comma-ended line, a small letter after."""
    if gap.group().count("\n") > 1:
        return False
    line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()].rstrip()
    following = text[gap.end() : gap.end() + 1]
    if not line or line[-1] in '.!?:”»"':
        return False
    return following.islower() or line[-1] in ",;" or (len(line) >= 75 and following.isalnum())


def _is_wrapped(text: str) -> bool:
    lines = [line.rstrip() for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    broken = sum(50 <= len(line) <= 100 and line[-1] not in '.!?”"»' for line in lines)
    return broken * 2 > len(lines)


def _within(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _TERMINAL.finditer(text, start, end):
        if _ends_sentence(text, at, stop, end, language):
            yield from _trimmed(text, at, stop.end())
            at = stop.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, at: int, stop: re.Match[str], end: int, language: str) -> bool:
    rest = text[stop.end() : end].lstrip()
    if not rest:
        return True
    opening = _OPENING.match(rest)
    if not opening:
        return True
    letter = rest[opening.end() - 1]
    if stop.group().startswith(".") and len(stop.group().strip("\"'”’»)]")) == 1:
        before = _WORD_BEFORE.search(text, at, stop.start())
        word = before.group(1).lower() if before else ""
        if word in _abbreviations(language):
            # "3 p.m." may close a sentence, "Dec." and "Gen." do not
            following = re.match(r"\w+", rest)
            dated = following and _names_day(following.group().lower(), language)
            return word in {"a.m", "p.m"} and letter.isupper() and not dated
        if re.fullmatch(r"[^\W\d_]|([^\W\d_]\.)+[^\W\d_]", word):
            return False
    return letter.isupper() or letter.isdigit()
