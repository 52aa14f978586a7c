"""When it happened: the words, the day of publication, and the interval they mean."""

from __future__ import annotations

import pytest

# Published Wednesday 13 March 2024 unless told otherwise; Harv keeps Kyiv time, Orsk Moscow time.
STORIES = [
    ("A missile struck Harv today.", "2024-03-13", "2024-03-13T00:00", "2024-03-13T23:59", "day"),
    (
        "A missile struck Harv yesterday.",
        "2024-03-13",
        "2024-03-12T00:00",
        "2024-03-12T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Wednesday.",
        "2024-03-13",
        "2024-03-13T00:00",
        "2024-03-13T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Saturday.",
        "2024-03-13",
        "2024-03-09T00:00",
        "2024-03-09T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Thursday.",
        "2024-03-13",
        "2024-03-07T00:00",
        "2024-03-07T23:59",
        "day",
    ),
    (
        "A missile struck Harv last Wednesday.",
        "2024-03-13",
        "2024-03-06T00:00",
        "2024-03-06T23:59",
        "day",
    ),
    (
        "A missile struck Harv on March 11.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv on 11 March 2024.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Mar. 11.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv on 2024-03-11.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Dec. 30.",
        "2024-01-02",
        "2023-12-30T00:00",
        "2023-12-30T23:59",
        "day",
    ),
    (
        "A missile struck Harv on New Year's Eve.",
        "2024-01-02",
        "2023-12-31T00:00",
        "2023-12-31T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Christmas Day.",
        "2024-01-02",
        "2023-12-25T00:00",
        "2023-12-25T23:59",
        "day",
    ),
    (
        "A missile struck Harv two days ago.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv the day before yesterday.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv on Monday at around 3 p.m. local time.",
        "2024-03-13",
        "2024-03-11T15:00",
        "2024-03-11T15:59",
        "hour",
    ),
    (
        "At 14:30 on Tuesday a missile struck Harv.",
        "2024-03-13",
        "2024-03-12T14:30",
        "2024-03-12T15:29",
        "hour",
    ),
    (
        "A missile struck Harv at 9 a.m. today.",
        "2024-03-13",
        "2024-03-13T09:00",
        "2024-03-13T09:59",
        "hour",
    ),
    (
        "A missile struck Harv on Monday morning.",
        "2024-03-13",
        "2024-03-11T05:00",
        "2024-03-11T11:59",
        "day",
    ),
    (
        "A missile struck Harv on Monday evening.",
        "2024-03-13",
        "2024-03-11T17:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "A missile struck Harv in the early hours of Tuesday.",
        "2024-03-13",
        "2024-03-12T00:00",
        "2024-03-12T05:59",
        "day",
    ),
    (
        "A missile struck Harv shortly after midnight on Tuesday.",
        "2024-03-13",
        "2024-03-12T00:00",
        "2024-03-12T00:59",
        "hour",
    ),
    (
        "A missile struck Harv at dawn on Tuesday.",
        "2024-03-13",
        "2024-03-12T04:00",
        "2024-03-12T06:59",
        "day",
    ),
    (
        "Missiles struck Harv overnight.",
        "2024-03-13",
        "2024-03-12T21:00",
        "2024-03-13T06:59",
        "day",
    ),
    (
        "Missiles struck Harv overnight into Tuesday.",
        "2024-03-13",
        "2024-03-11T21:00",
        "2024-03-12T06:59",
        "day",
    ),
    (
        "Missiles struck Harv during the night from Monday to Tuesday.",
        "2024-03-13",
        "2024-03-11T21:00",
        "2024-03-12T06:59",
        "day",
    ),
    (
        "Missiles struck Harv for the seventh day in a row.",
        "2024-03-13",
        "2024-03-13T00:00",
        "2024-03-13T23:59",
        "day",
    ),
    (
        "Missiles struck Harv over the weekend.",
        "2024-03-13",
        "2024-03-09T00:00",
        "2024-03-10T23:59",
        "2-6days",
    ),
    (
        "Missiles struck Harv on March 9-11.",
        "2024-03-13",
        "2024-03-09T00:00",
        "2024-03-11T23:59",
        "2-6days",
    ),
    (
        "Missiles struck Harv this week.",
        "2024-03-13",
        "2024-03-07T00:00",
        "2024-03-13T23:59",
        "week",
    ),
    (
        "Missiles struck Harv in the past 24 hours.",
        "2024-03-13",
        "2024-03-12T00:00",
        "2024-03-13T23:59",
        "2-6days",
    ),
    ("A missile struck Harv.", "2024-03-13", "2024-03-13T00:00", "2024-03-13T23:59", "day"),
    # the publication's hour counts, in the zone of the place
    (
        "A missile struck Orsk on Friday.",
        "2024-01-04T21:27:00+00:00",
        "2024-01-05T00:00",
        "2024-01-05T23:59",
        "day",
    ),
    (
        "A missile struck Orsk just before midnight.",
        "2024-01-04T21:27:00+00:00",
        "2024-01-04T23:00",
        "2024-01-04T23:59",
        "hour",
    ),
    (
        "A missile struck Orsk today.",
        "2024-01-04T23:30:00Z",
        "2024-01-05T00:00",
        "2024-01-05T23:59",
        "day",
    ),
    (
        "A missile struck Nabat at 18:00 GMT on Monday.",
        "2024-03-13",
        "2024-03-11T20:00",
        "2024-03-11T20:59",
        "hour",
    ),
    # without a date of publication the text gives what it can
    (
        "A missile struck Harv on 11 March 2024.",
        None,
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    # Russian and Ukrainian
    (
        "Вчера ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-12T00:00",
        "2024-03-12T23:59",
        "day",
    ),
    (
        "В ночь на 12 марта ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-11T21:00",
        "2024-03-12T06:59",
        "day",
    ),
    (
        "В понедельник ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-11T00:00",
        "2024-03-11T23:59",
        "day",
    ),
    (
        "11 марта около 15:00 ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-11T15:00",
        "2024-03-11T15:59",
        "hour",
    ),
    (
        "Утром 11 марта ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-11T05:00",
        "2024-03-11T11:59",
        "day",
    ),
    (
        "Накануне вечером ракета попала в дом в Орске.",
        "2024-03-13",
        "2024-03-12T17:00",
        "2024-03-12T23:59",
        "day",
    ),
    (
        "У суботу ракета влучила в будинок у Харві.",
        "2024-03-13",
        "2024-03-09T00:00",
        "2024-03-09T23:59",
        "day",
    ),
    (
        "У ніч на 12 березня ракета влучила в будинок у Харві.",
        "2024-03-13",
        "2024-03-11T21:00",
        "2024-03-12T06:59",
        "day",
    ),
    (
        "Учора ввечері ракета влучила в будинок у Харві.",
        "2024-03-13",
        "2024-03-12T17:00",
        "2024-03-12T23:59",
        "day",
    ),
]


@pytest.mark.parametrize(
    ("sentence", "published", "start", "end", "precision"),
    STORIES,
    ids=[f"{s[1]} {s[0][:50]}" for s in STORIES],
)
def test_words_mean_this_interval(tell, sentence, published, start, end, precision):
    (event,) = tell(sentence, published=published).events
    assert event.time is not None
    assert event.time.start.isoformat()[:16] == start
    assert event.time.end.isoformat()[:16] == end
    assert event.time.precision == precision


ZONES = [("Harv", "+02:00"), ("Orsk", "+03:00"), ("Darsal", "+02:00"), ("Tessal", "+00:00")]


@pytest.mark.parametrize(("place", "offset"), ZONES)
def test_times_bear_the_offset_of_the_place(tell, place, offset):
    (event,) = tell(f"A missile struck {place} on Monday.").events
    assert event.time.start.isoformat().endswith(offset)


@pytest.mark.parametrize("words", ["on Saturday", "yesterday", "on 30 February 2024"])
def test_a_time_that_cannot_be_told_is_none_and_flagged(tell, words):
    (event,) = tell(f"A missile struck Harv {words}.", published=None).events
    assert event.time is None
    assert any("no date" in flag for flag in event.flags)


def test_the_thirtieth_of_february_falls_back_on_the_day_of_publication(tell):
    (event,) = tell("A missile struck Harv on 30 February 2024.").events
    assert event.time.start.date().isoformat() == "2024-03-13"


def test_a_clause_a_day_after_another_is_dated_by_it(tell):
    text = (
        "Orsk came under heavy fire on Saturday, a day after a wave of missile strikes "
        "across Ukraine killed 30 people."
    )
    first, second = tell(text).events
    assert first.time.start.date().isoformat() == "2024-03-09"
    assert second.time.start.date().isoformat() == "2024-03-08"


def test_the_time_of_saying_is_not_the_time_of_the_deed(tell):
    text = "On Monday a missile struck Harv, the mayor said on Wednesday."
    (event,) = tell(text).events
    assert event.time.start.date().isoformat() == "2024-03-11"


def test_a_report_that_misdates_its_own_event_is_flagged(tell):
    text = (
        "Shells hit Orsk on Thursday, 4 January. A rocket attack on New Year's Eve hit Orsk, "
        "killing 20 people. The December 30 attack was the worst of its kind."
    )
    events = tell(text, published="2024-01-04").events
    assert len(events) == 2
    assert any("both" in flag for flag in events[1].flags)
