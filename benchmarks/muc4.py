"""Events of the MUC-4 development texts, held against their answer keys.

    python benchmarks/muc4.py FOLDER [--mixed FILE …] [--limit N] [--misses N]

FOLDER holds the ``dev-muc3-*`` texts and ``key-dev-*`` answers. The texts are
upper case: their case is restored first, by how often each word bears a capital
in the ``--mixed`` texts (any English text of usual case; the LGL and TR-News
files serve). Printed: precision, recall and F1 of incidents by type, and, of
those found, how many bear the key's date and most specific place; beside a
naive baseline (a keyword gives the type, the dateline the date, the first place
named the place). Incidents the keys call optional, or threatened or attempted only,
need not be told; telling one costs nothing in the lines marked "lenient", which is
how the conference scored, and counts as an error in the others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geoincidents.model import Event, Report
from geoincidents.pipeline import read_one

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
#: ACLED's sub-events as MUC types.
TYPES = {
    "Remote explosive/landmine/IED": "BOMBING",
    "Grenade": "BOMBING",
    "Suicide bomb": "BOMBING",
    "Air/drone strike": "BOMBING",
    "Shelling/artillery/missile attack": "ATTACK",
    "Armed clash": "ATTACK",
    "Attack": "ATTACK",
    "Sexual violence": "ATTACK",
    "Abduction/forced disappearance": "KIDNAPPING",
    "Looting/property destruction": "ARSON",
    "Mob violence": "ATTACK",
}
KEYWORDS = {
    "KIDNAPPING": r"kidnap|abduct|hostage",
    "BOMBING": r"bomb|dynamite|explosi",
    "ARSON": r"arson|set fire|set on fire",
    "ATTACK": r"attack|murder|kill|assassinat|ambush|clash",
}


@dataclass
class Answer:
    """One template: an incident as the key has it, or as it was read."""

    type: str
    #: Need not be told: optional in the key, or threatened or attempted only.
    optional: bool = False
    first: date | None = None
    last: date | None = None
    places: set[str] = field(default_factory=set)


@dataclass
class Score:
    """Counts over all texts."""

    found: int = 0
    told: int = 0
    keys: int = 0
    dated: int = 0
    date_keys: int = 0
    placed: int = 0
    place_keys: int = 0

    def line(self, name: str) -> str:
        precision = self.found / max(1, self.told)
        recall = self.found / max(1, self.keys)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"{name:17} incidents by type P {precision:.3f} R {recall:.3f} F1 {f1:.3f} "
            f"({self.told} told, {self.keys} in the keys) | date {self.dated}/{self.date_keys} "
            f"({self.dated / max(1, self.date_keys):.3f}) | place {self.placed}/{self.place_keys} "
            f"({self.placed / max(1, self.place_keys):.3f})"
        )


def texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("dev-muc3-*")):
        parts = re.split(
            r"^(DEV-MUC3-\d{4}) .*$", path.read_text(errors="replace"), flags=re.MULTILINE
        )
        found.update(dict(zip(parts[1::2], parts[2::2], strict=True)))
    return found


def keys(folder: Path) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for path in sorted(folder.glob("key-dev-*")):
        for block in path.read_text(errors="replace").split("0.  MESSAGE: ID")[1:]:
            name = re.search(r"DEV-MUC3-\d{4}", block)
            kind = re.search(r"INCIDENT: TYPE +([A-Z ]+?)(?: */.*)?$", block, re.MULTILINE)
            if not name:
                continue
            found.setdefault(name.group(), [])
            stage = re.search(r"STAGE OF EXECUTION +(\w+)", block)
            done = not stage or stage.group(1) == "ACCOMPLISHED"
            if kind:
                optional = not done or "OPTIONAL" in block.split("\n", 3)[1]
                found[name.group()].append(answer_of(block, kind.group(1).strip(), optional))
    return found


def answer_of(block: str, kind: str, optional: bool) -> Answer:
    told = re.search(r"INCIDENT: DATE +(.*)", block)
    days = [
        _day(*d) for d in re.findall(r"(\d\d) ([A-Z]{3}) (\d\d)", told.group(1) if told else "")
    ]
    days = [d for d in days if d]
    place = re.search(r"INCIDENT: LOCATION +(.*(?:\n {36}.*)*)", block)
    names = re.findall(r"([A-Z][A-Z .'-]+?) \([A-Z /]+\)", place.group(1) if place else "")
    last = {names[-1].strip()} if names else set()
    return Answer(kind, optional, min(days, default=None), max(days, default=None), last)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(1900 + int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


class Caser:
    """Gives upper-case text its usual case back, by what mixed-case text does."""

    def __init__(self, files: list[Path]) -> None:
        self.small: Counter[str] = Counter()
        self.large: Counter[str] = Counter()
        for path in files:
            plain = re.sub(
                r"<!\[CDATA\[|</?\w[^<>]*>|https?\S+", " ", path.read_text(errors="replace")
            )
            for word in re.findall(r"(?<=[a-z,;] )[A-Za-z]+", plain):
                (self.small if word.islower() else self.large)[word.lower()] += 1

    def restore(self, text: str) -> str:
        words = re.sub(r"[A-Z][A-Z'’]*", lambda m: self._word(m.group()), text)
        words = re.sub(r"\[([A-Za-z]{2,6})\]", lambda m: f"[{m.group(1).upper()}]", words)
        return re.sub(r"(^\s*|[.!?]\s+|\] )([a-z])", lambda m: m[1] + m[2].upper(), words)

    def _word(self, word: str) -> str:
        low = word.lower()
        if self.small[low] > self.large[low] or (low == "s" or "'" in low):
            return low
        return low.capitalize()


def report_of(name: str, text: str, caser: Caser) -> Report:
    plain = caser.restore(text.replace("[TEXT]", "").strip())
    plain = re.sub(r"\[(?:Report|Text|Communique|Editorial)\]\s*", "", plain, flags=re.IGNORECASE)
    return Report(name, plain, published=dateline(text), language="en")


def dateline(text: str) -> str | None:
    found = re.search(r"(\d{1,2}) (" + "|".join(MONTHS) + r") (\d\d)", text[:300])
    day = _day(found[1].zfill(2), found[2], found[3]) if found else None
    return day.isoformat() if day else None


def answers_read(events: tuple[Event, ...]) -> list[Answer]:
    return [
        Answer(
            TYPES[e.sub_event_type],
            False,
            e.time.start.date() if e.time else None,
            e.time.end.date() if e.time else None,
            {n.upper() for p in e.locations for n in (p.location.name or "", p.source.text)},
        )
        for e in events
        if e.sub_event_type in TYPES
    ]


def baseline(report: Report, first: set[str]) -> list[Answer]:
    for kind, words in KEYWORDS.items():
        if re.search(words, report.text, re.IGNORECASE):
            day = date.fromisoformat(report.published) if report.published else None
            return [Answer(kind, False, day, day, first)]
    return []


def hold(told: list[Answer], keys: list[Answer], score: Score, *, lenient: bool) -> list[Answer]:
    """Match one to one by type, the best agreeing first; give back the keys missed."""
    wanted = [k for k in keys if not k.optional]
    score.told += len(told)
    score.keys += len(wanted)
    free, missed = list(told), []
    for key in wanted:
        best = take(free, key)
        if best is None:
            missed.append(key)
            continue
        score.found += 1
        score.date_keys += key.first is not None
        score.dated += key.first is not None and _same_day(best, key)
        score.place_keys += bool(key.places)
        score.placed += bool(key.places) and _same_place(best, key)
    if lenient:
        score.told -= sum(take(free, k) is not None for k in keys if k.optional)
    return missed


def take(free: list[Answer], key: Answer) -> Answer | None:
    """Take the answer that agrees best with a key of its type out of those still free."""
    same = [a for a in free if a.type == key.type]
    best = max(same, key=lambda a: _same_day(a, key) + _same_place(a, key), default=None)
    if best is not None:
        free.remove(best)
    return best


def _same_day(one: Answer, key: Answer) -> bool:
    if not (one.first and one.last and key.first and key.last):
        return False
    return one.first <= key.last and key.first <= one.last


def _same_place(one: Answer, key: Answer) -> bool:
    return any(k in p or (len(p) > 3 and p in k) for k in key.places for p in one.places)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mixed", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    caser = Caser(options.mixed)
    wanted = keys(options.folder)
    scores = {name: Score() for name in ("read", "baseline", "read, lenient", "baseline, lenient")}
    shown = 0
    for name, text in list(texts(options.folder).items())[: options.limit]:
        report = report_of(name, text, caser)
        reading = read_one(report)
        named = [m.text.upper() for m in reading.mentions if m.location and m.kind == "toponym"]
        told = {
            "read": answers_read(reading.events),
            "baseline": baseline(report, set(named[:1])),
        }
        here = wanted.get(name, [])
        for line, score in scores.items():
            who = line.split(",")[0]
            missed = hold(told[who], here, score, lenient="lenient" in line)
            if line == "read" and missed and shown < options.misses:
                shown += 1
                print(name, [(m.type, m.places) for m in missed], "| read:", told["read"])
    for line, score in scores.items():
        print(score.line(line))


if __name__ == "__main__":
    main()
