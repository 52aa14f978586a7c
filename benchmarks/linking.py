"""How linking grows: synthetic reports of strikes over a year, merged on one core.

    python benchmarks/linking.py [REPORTS ...]

Each incident has a town, an hour and a toll, and one to six reports that tell of
it with updates, day-level times and province-level places; every fifth report
also recalls an earlier incident. Prints seconds of processor time, incidents found and the ratio
of time to reports, which stays flat when growth is linear; then the share of
pairs of reports brought together that belong together (precision), and the
share of those that belong together that were (recall), recaps left aside.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from geoincidents.linking import link
from geoincidents.model import (
    Claim,
    Event,
    EventLocation,
    Location,
    Provenance,
    TimeInterval,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import Incident

KINDS = [
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Battles", "Armed clash"),
]
TOWNS, PROVINCES, DAYS = 400, 25, 365
START = datetime(2024, 1, 1, tzinfo=UTC)


def towns(rng: random.Random) -> list[tuple[Location, Location]]:
    """Towns with their provinces, spread over a country of 1,000 by 600 km."""
    provinces = [
        Location(f"Province {n}", 45 + n % 5 * 1.5, 24 + n // 5 * 3, "admin1", 9e4, 0.9,
                 feature_id=f"p{n}", country="XX", admin1_id=f"p{n}")
        for n in range(PROVINCES)
    ]  # fmt: skip
    made = []
    for n in range(TOWNS):
        home = rng.choice(provinces)
        made.append((
            Location(f"Town {n}", home.lat + rng.uniform(-0.7, 0.7), home.lon + rng.uniform(-1, 1),
                     "settlement", 3000, 0.9, feature_id=f"t{n}", country="XX",
                     admin1_id=home.feature_id),
            home,
        ))  # fmt: skip
    return made


def event(rng: random.Random, report: str, fact: dict, recap: bool = False) -> Event:
    """One report's telling of a fact."""
    town, province = fact["place"]
    place = province if rng.random() < 0.15 else town
    source = Provenance(report, 900 if recap else 0, 80, f"{report}: {fact['words']} {place.name}")
    begin = fact["time"]
    if rng.random() < 0.3:
        when = TimeInterval(begin, begin + timedelta(hours=1), "hour")
    else:
        day = begin.replace(hour=0)
        when = TimeInterval(day, day + timedelta(days=1, seconds=-1), "day")
    published = (begin + timedelta(hours=rng.randint(2, 60))).isoformat()
    killed = fact["killed"] + rng.randint(0, 2)
    claim = Claim("killed", killed, killed, "exact", source, published=published)
    return Event(report, *fact["kind"], (source,), when, (EventLocation("target", place, source),),
                 (claim,), is_recap=recap, published=published)  # fmt: skip


def corpus(reports: int, seed: int = 1) -> tuple[list[Event], dict[str, int]]:
    """Events of so many reports, shuffled, and which fact each report is about."""
    rng = random.Random(seed)
    places, facts, events, written = towns(rng), [], [], 0
    about: dict[str, int] = {}
    while written < reports:
        fact = {
            "place": rng.choice(places),
            "time": START + timedelta(hours=rng.randint(0, DAYS * 24)),
            "killed": rng.choice([0, 0, 0, 1, 2, 3, 5, 9, 20]),
            "kind": rng.choices(KINDS, (6, 3, 1))[0],
            "words": rng.choice(["shells fell on", "a blast in", "fire after a hit in"]),
        }
        facts.append(fact)
        for _ in range(min(rng.choice([1, 1, 2, 3, 4, 6]), reports - written)):
            name = f"r{written:06}"
            events.append(event(rng, name, fact))
            about[name] = len(facts)
            if written % 5 == 0:
                events.append(event(rng, name, rng.choice(facts[-200:]), recap=True))
            written += 1
    rng.shuffle(events)
    return events, about


def pairs(sizes: Iterable[int]) -> int:
    """Pairs within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def agreement(incidents: Iterable[Incident], about: dict[str, int]) -> tuple[float, float]:
    """Precision and recall of pairs of reports."""
    told = [
        Counter(about[s.report_id] for s in incident.sources if s.start == 0)
        for incident in incidents
    ]
    right = sum(pairs(group.values()) for group in told)
    made = pairs(group.total() for group in told)
    return right / made, right / pairs(Counter(about.values()).values())


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1_250, 2_500, 5_000, 10_000, 20_000]
    head = f"{'reports':>8} {'events':>8} {'incidents':>9} {'seconds':>8} {'ms/report':>9}"
    print(f"{head} {'precision':>9} {'recall':>7}")
    for size in sizes:
        events, about = corpus(size)
        start = time.process_time()
        incidents = link(events)
        took = time.process_time() - start
        precision, recall = agreement(incidents, about)
        row = f"{size:8} {len(events):8} {len(incidents):9} {took:8.2f} {took / size * 1e3:9.2f}"
        print(f"{row} {precision:9.3f} {recall:7.3f}")


if __name__ == "__main__":
    main()
