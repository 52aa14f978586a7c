"""What is no incident: habits, threats, denials, exercises, history, sport, markets, weather."""

from __future__ import annotations

import pytest

STORIES = [
    # background
    ("Harv has been regularly shelled since the invasion began.", "background"),
    ("Militants have attacked villages near Maiduk for years.", "background"),
    ("Russian forces shell Lymna almost daily.", "background"),
    ("Orsk has suffered drone attacks throughout the year.", "background"),
    ("Rockets are often fired at Bekaat.", "background"),
    ("Residents of Harv have endured missile attacks in recent months.", "background"),
    ("Орск регулярно обстреливают.", "background"),
    ("Харв постійно обстрілюють.", "background"),
    # threats, plans, what may be
    ("The general threatened to bomb Harv.", "threat"),
    ("Rebels vowed to attack Tessal.", "threat"),
    ("A missile strike on Dobro could kill thousands.", "threat"),
    ("Officials warned of possible drone attacks on Orsk.", "threat"),
    ("The army is preparing to launch an offensive on Darsal.", "threat"),
    ("If the rebels attack Darsal, thousands will flee.", "threat"),
    ("Police foiled a bomb attack in Maiduk.", "threat"),
    ("The minister said the army would strike Bekaat.", "threat"),
    ("В Орске предотвратили теракт.", "threat"),
    # denials
    ("The army said it did not bomb the hospital in Nabat.", "denial"),
    ("There were no explosions in Orsk, the governor said.", "denial"),
    ("The ministry denied striking the market in Darsal.", "denial"),
    ("The army has not attacked Bekaat.", "denial"),
    ("В Орске взрывов не было.", "denial"),
    # exercises
    ("Troops simulated a missile attack near Orsk.", "exercise"),
    ("A live-fire exercise with artillery fire began near Dobro.", "exercise"),
    ("Под Орском прошли военные учения с ракетными ударами.", "exercise"),
    # history and remembrance
    ("Dobro marked the anniversary of the rocket attack.", "anniversary"),
    ("A memorial service was held in Harv for those killed in the bombing.", "anniversary"),
    ("Ten years ago a car bomb exploded in Darsal.", "anniversary"),
    ("In 1943 the city of Orsk was bombed.", "history"),
    # courts
    ("A man was sentenced for the bombing in Maiduk.", "court"),
    ("The trial of the gunmen who shot dead a mayor in Tessal opened.", "court"),
    ("Two men face murder charges over a shooting in Dobro.", "court"),
    ("A man charged with the stabbing of a nurse in Harv appeared in court.", "court"),
    ("A prison term of 20 years was given for the bombing in Maiduk.", "court"),
    # spoken of in general
    ("The talks were slow. The bishop lamented murders and bombings in Darsal.", "general"),
    ("The talks were slow. Kidnappings in Maiduk are a business, the paper wrote.", "general"),
    ("The talks were slow. The group is known for assassinations in Tessal.", "general"),
    # hoaxes, and what somebody was able to do
    ("A woman of Dobro was not kidnapped, police found.", "denial"),
    ("The shooting in Harv was staged to mislead police.", "hoax"),
    ("The system in Orsk is able to shoot down missiles.", "threat"),
    ("A man of Dobro was going to shoot his neighbours.", "intent"),
    # the future
    ("The army will strike Darsal on 20 March 2024.", "future"),
    ("A missile struck Harv on 30 June 2024.", "future"),
    # sport
    ("Dobro strike late to sink Harv in the league.", "sport"),
    ("Harv hit by injuries before the derby.", "sport"),
    ("The striker fired Dobro ahead with a shot from the penalty spot.", "sport"),
    ("Orsk attack down the left but the goalkeeper saves.", "sport"),
    ("Нападающий Орска нанёс удар по воротам, гол в матче.", "sport"),
    # markets and money
    ("Oil strikes a high as traders in Dobro cheer.", "market"),
    ("Shares in Harv hit a record high.", "market"),
    ("Inflation hit households in Orsk.", "market"),
    # weather and accidents
    ("A storm hit Lymna, killing two people.", "weather"),
    ("An earthquake struck Tessal, leaving 30 dead.", "weather"),
    ("Lightning killed five cows near Darsal.", "weather"),
    ("Three people died in a car crash near Dobro.", "accident"),
    ("A driver died after crashing his car in Dobro.", "accident"),
    ("Two people were killed when a bus overturned in Harv.", "accident"),
    ("Five miners were killed in a mining accident in Harv.", "accident"),
    # figures of speech
    ("Teachers in Dobro went on strike over pay.", "figure"),
    ("The two sides struck a deal in Harv.", "figure"),
    ("A population explosion worries planners in Maiduk.", "figure"),
    ("The coach was fired by Dobro.", "figure"),
    ("The mayor of Orsk came under fire for the budget.", "figure"),
    ("The singer's hit single tops the charts in Lymna.", "figure"),
    ("Hackers launched a cyberattack on a bank in Harv.", "figure"),
    ("He battled cancer in a clinic in Dobro.", "figure"),
    ("The film, set in Darsal, tells of a bank robbery and a shootout.", "figure"),
]


@pytest.mark.parametrize(("sentence", "why"), STORIES, ids=[s[0][:60] for s in STORIES])
def test_a_sentence_is_no_incident(tell, sentence, why):
    assert tell(sentence).events == ()


@pytest.mark.parametrize(
    "sentence",
    [
        s
        for s, why in STORIES
        if why in {"background", "threat", "denial", "exercise", "court", "future"}
    ],
)
def test_a_violent_sentence_that_is_no_event_is_listed_with_a_reason(tell, sentence):
    unread = tell(sentence).unread
    assert unread
    assert all(u.reason and u.text for u in unread)


def test_satire_makes_no_incident(tell):
    text = "Satire. A missile made of cheese struck Harv on Monday, killing the mood."
    read = tell(text)
    assert read.events == ()
    assert "satire" in read.unread[0].reason


def test_a_habit_on_a_named_day_is_an_event(tell):
    (event,) = tell("Harv was repeatedly shelled on Monday.").events
    assert event.sub_event_type == "Shelling/artillery/missile attack"


def test_a_superlative_since_the_war_began_is_an_event(tell):
    (event,) = tell("Orsk saw the heaviest shelling since the war began on Monday.").events
    assert event.locations[0].location.name == "Orsk"


def test_a_violent_sentence_without_a_place_is_listed(tell):
    read = tell("A missile struck a house, killing two people.")
    assert read.events == ()
    assert read.unread[0].reason == "no place could be told"
