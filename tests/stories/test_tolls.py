"""How many, in all the ways reports say it: a sentence and the claims it makes."""

from __future__ import annotations

import pytest

OPENING = {
    "en": "A missile struck Harv on Tuesday. ",
    "ru": "Ракета попала в жилой дом в Орске во вторник. ",
    "uk": "Ракета влучила в будинок у Харві у вівторок. ",
}

# A claim is (measure, min, max, qualifier); "/part" marks a sub-count.
K, J = "killed", "injured"
STORIES = [
    # exact numbers
    ("en", "Five people were killed.", {(K, 5, 5, "exact")}),
    ("en", "The blast killed five people.", {(K, 5, 5, "exact")}),
    ("en", "It killed 5 people and injured 17.", {(K, 5, 5, "exact"), (J, 17, 17, "exact")}),
    (
        "en",
        "Five people were killed and 17 were wounded.",
        {(K, 5, 5, "exact"), (J, 17, 17, "exact")},
    ),
    ("en", "The strike left four dead and nine wounded.", {(K, 4, 4, "exact"), (J, 9, 9, "exact")}),
    ("en", "Rescuers counted 12 dead, 40 injured.", {(K, 12, 12, "exact"), (J, 40, 40, "exact")}),
    ("en", "The explosion claimed the lives of seven residents.", {(K, 7, 7, "exact")}),
    ("en", "Officials reported the deaths of six miners.", {(K, 6, 6, "exact")}),
    (
        "en",
        "The attack resulted in 11 deaths and 30 injuries.",
        {(K, 11, 11, "exact"), (J, 30, 30, "exact")},
    ),
    ("en", "Twenty-four people died in the attack.", {(K, 24, 24, "exact")}),
    ("en", "One hundred and five people were wounded.", {(J, 105, 105, "exact")}),
    ("en", "The toll has risen to 31.", {(K, 31, 31, "exact")}),
    ("en", "The death toll rose to 19 on Wednesday.", {(K, 19, 19, "exact")}),
    ("en", "The death toll stands at 8, the mayor said.", {(K, 8, 8, "exact")}),
    ("en", "Three villagers lost their lives.", {(K, 3, 3, "exact")}),
    ("en", "Two pensioners succumbed to their wounds.", {(K, 2, 2, "exact")}),
    ("en", "Eight workers were shot dead.", {(K, 8, 8, "exact")}),
    ("en", "1,250 people were injured in the explosion.", {(J, 1250, 1250, "exact")}),
    ("en", "Nine soldiers perished.", {(K, 9, 9, "exact")}),
    (
        "en",
        "Killing nine shoppers, the rocket also wounded 33 others.",
        {(K, 9, 9, "exact"), (J, 33, 33, "exact")},
    ),
    ("en", "Fourteen people were taken to hospital.", {(J, 14, 14, "exact")}),
    ("en", "Two men were hospitalised after the strike.", {(J, 2, 2, "exact")}),
    ("en", "Six passengers sustained shrapnel wounds.", {(J, 6, 6, "exact")}),
    ("en", "Four police officers were hurt.", {(J, 4, 4, "exact")}),
    # qualified numbers
    ("en", "At least 39 people were killed.", {(K, 39, None, "at_least")}),
    ("en", "No fewer than 12 civilians died.", {(K, 12, None, "at_least")}),
    ("en", "More than 160 people were injured.", {(J, 160, None, "over")}),
    ("en", "Over 50 residents were wounded.", {(J, 50, None, "over")}),
    ("en", "About 20 people were killed.", {(K, 20, 20, "about")}),
    ("en", "Nearly 300 people were injured.", {(J, 300, 300, "about")}),
    ("en", "Some 45 people were hurt.", {(J, 45, 45, "about")}),
    ("en", "Up to 15 militants were killed.", {(K, None, 15, "up_to")}),
    ("en", "As many as 70 people were wounded.", {(J, None, 70, "up_to")}),
    ("en", "More than two dozen people were injured.", {(J, 24, None, "over")}),
    ("en", "Between 20 and 30 fighters were killed.", {(K, 20, 30, "about")}),
    ("en", "Two or three people were wounded.", {(J, 2, 3, "about")}),
    ("en", "10-12 soldiers were killed.", {(K, 10, 12, "about")}),
    # vague words
    ("en", "Dozens of people were killed.", {(K, 24, None, "vague")}),
    ("en", "Hundreds were injured.", {(J, 200, None, "vague")}),
    ("en", "Several people were wounded.", {(J, 3, None, "vague")}),
    ("en", "The shelling killed scores of civilians.", {(K, 40, None, "vague")}),
    ("en", "A handful of people were hurt.", {(J, 3, None, "vague")}),
    # people spoken of as one
    ("en", "A woman was killed.", {(K, 1, 1, "exact")}),
    ("en", "The rocket killed a 10-year-old boy.", {(K, 1, 1, "exact")}),
    ("en", "An elderly man was wounded.", {(J, 1, 1, "exact")}),
    ("en", "A couple were killed in their home.", {(K, 2, 2, "exact")}),
    # nobody
    ("en", "There were no casualties.", {(K, 0, 0, "exact"), (J, 0, 0, "exact")}),
    ("en", "No one was hurt.", {(J, 0, 0, "exact")}),
    (
        "en",
        "No one was killed, but six people were wounded.",
        {(K, 0, 0, "exact"), (J, 6, 6, "exact")},
    ),
    ("en", "There were no reports of casualties.", {(K, 0, 0, "exact"), (J, 0, 0, "exact")}),
    # sub-counts
    (
        "en",
        "Fourteen people were killed, including two children.",
        {(K, 14, 14, "exact"), (K + "/part", 2, 2, "exact")},
    ),
    (
        "en",
        "Nine people, including three medics, were killed.",
        {(K, 9, 9, "exact"), (K + "/part", 3, 3, "exact")},
    ),
    (
        "en",
        "110 people were injured, 30 of them seriously.",
        {(J, 110, 110, "exact"), (J + "/part", 30, 30, "exact")},
    ),
    (
        "en",
        "Six people were killed, among them a child.",
        {(K, 6, 6, "exact"), (K + "/part", 1, 1, "exact")},
    ),
    (
        "en",
        "The strike injured 21 people, including two boys and a nurse.",
        {(J, 21, 21, "exact"), (J + "/part", 2, 2, "exact"), (J + "/part", 1, 1, "exact")},
    ),
    (
        "en",
        "Five civilians and three soldiers were killed.",
        {(K, 8, 8, "exact"), (K + "/part", 5, 5, "exact"), (K + "/part", 3, 3, "exact")},
    ),
    (
        "en",
        "Gunfire killed four villagers and two guards.",
        {(K, 6, 6, "exact"), (K + "/part", 4, 4, "exact"), (K + "/part", 2, 2, "exact")},
    ),
    (
        "en",
        "Ten people died. Another man died in hospital.",
        {(K, 10, 10, "exact"), (K + "/part", 1, 1, "exact")},
    ),
    # missing, abducted, displaced apart
    ("en", "Ten people are missing under the rubble.", {("missing", 10, 10, "exact")}),
    (
        "en",
        "At least four residents are unaccounted for after the strike.",
        {("missing", 4, None, "at_least")},
    ),
    ("en", "Gunmen kidnapped 12 schoolgirls.", {("abducted", 12, 12, "exact")}),
    ("en", "Five nurses were taken hostage by militants.", {("abducted", 5, 5, "exact")}),
    # launched and shot down
    ("en", "Air defences shot down ten rockets.", {("intercepted", 10, 10, "exact")}),
    (
        "en",
        "The army launched 40 drones and 12 missiles at the city.",
        {("launched", 40, 40, "exact"), ("launched", 12, 12, "exact")},
    ),
    (
        "en",
        "Of 20 drones launched, 18 were shot down.",
        {("launched", 20, 20, "exact"), ("intercepted", 18, 18, "exact")},
    ),
    ("en", "Some 160 missiles were fired.", {("launched", 160, 160, "about")}),
    # damage
    (
        "en",
        "The shelling damaged 37 apartment buildings and 53 cars.",
        {("damaged:apartment buildings", 37, 37, "exact"), ("damaged:cars", 53, 53, "exact")},
    ),
    ("en", "At least 130 windows were shattered.", {("damaged:windows", 130, None, "at_least")}),
    ("en", "Two schools were destroyed by the bombardment.", {("damaged:schools", 2, 2, "exact")}),
    ("en", "More than 30 cars were damaged by shrapnel.", {("damaged:cars", 30, None, "over")}),
    # numbers that count nobody
    ("en", "The S-300 missile fell 40 km from the border.", set()),
    ("en", "A 16-year-old heard explosions at 3 p.m.", set()),
    ("en", "The explosion was heard 15 kilometres away, 30% louder than before.", set()),
    ("en", "More than 40,000 people have been killed since the war began.", set()),
    ("en", "10^12 people were killed.", set()),
    ("en", "1,000,000,000,000 people were killed.", set()),
    # Russian
    ("ru", "Погибли 14 человек.", {(K, 14, 14, "exact")}),
    (
        "ru",
        "Погибли 14 человек, в том числе двое детей.",
        {(K, 14, 14, "exact"), (K + "/part", 2, 2, "exact")},
    ),
    ("ru", "Число погибших выросло до 24.", {(K, 24, 24, "exact")}),
    (
        "ru",
        "Ранены 110 человек, из них 30 в тяжелом состоянии.",
        {(J, 110, 110, "exact"), (J + "/part", 30, 30, "exact")},
    ),
    ("ru", "Не менее 26 человек получили ранения.", {(J, 26, None, "at_least")}),
    (
        "ru",
        "Двадцать четыре человека погибли, более ста пострадали.",
        {(K, 24, 24, "exact"), (J, 100, None, "over")},
    ),
    (
        "ru",
        "Двое мирных жителей погибли, ещё пятеро ранены.",
        {(K, 2, 2, "exact"), (J, 5, 5, "exact")},
    ),
    ("ru", "Погибла женщина.", {(K, 1, 1, "exact")}),
    ("ru", "Пострадавших нет.", {(J, 0, 0, "exact")}),
    ("ru", "Обошлось без жертв и пострадавших.", {(K, 0, 0, "exact"), (J, 0, 0, "exact")}),
    ("ru", "Около десяти человек ранены осколками.", {(J, 10, 10, "about")}),
    ("ru", "Убиты три солдата.", {(K, 3, 3, "exact")}),
    ("ru", "ПВО сбила 32 беспилотника.", {("intercepted", 32, 32, "exact")}),
    (
        "ru",
        "Повреждены 37 многоквартирных домов и 53 автомобиля.",
        {("damaged:apartment buildings", 37, 37, "exact"), ("damaged:cars", 53, 53, "exact")},
    ),
    ("ru", "Десятки человек ранены.", {(J, 20, None, "vague")}),
    # Ukrainian
    ("uk", "Загинули троє людей, ще 12 поранено.", {(K, 3, 3, "exact"), (J, 12, 12, "exact")}),
    ("uk", "Кількість загиблих зросла до 7.", {(K, 7, 7, "exact")}),
    ("uk", "Щонайменше 26 людей постраждали.", {(J, 26, None, "at_least")}),
    (
        "uk",
        "Двоє людей загинули, понад двадцять постраждали.",
        {(K, 2, 2, "exact"), (J, 20, None, "over")},
    ),
    ("uk", "Загинула жінка.", {(K, 1, 1, "exact")}),
    ("uk", "Загиблих та постраждалих немає.", {(K, 0, 0, "exact"), (J, 0, 0, "exact")}),
    ("uk", "Сили ППО збили 114 дронів.", {("intercepted", 114, 114, "exact")}),
    ("uk", "Пошкоджено щонайменше 10 будинків.", {("damaged:houses", 10, None, "at_least")}),
    (
        "uk",
        "Серед поранених двоє дітей; усього постраждали 15 осіб.",
        {(J, 2, 2, "exact"), (J, 15, 15, "exact")},
    ),
]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"), STORIES, ids=[s[1][:60] for s in STORIES]
)
def test_a_sentence_makes_these_claims(tell, language, sentence, expected):
    read = tell(OPENING[language] + sentence, language=language)
    made = {
        (c.measure + ("/part" if c.is_part else ""), c.min, c.max, c.qualifier)
        for event in read.events
        for c in event.claims
    }
    assert made == expected


def test_a_total_includes_the_spans_of_its_parts(tell):
    text = OPENING["en"] + "Nine people, including three medics, were killed."
    (event,) = tell(text).events
    total = next(c for c in event.claims if not c.is_part)
    assert [text[a:b] for a, b in total.includes] == ["three medics"]


def test_a_campaigns_total_is_listed_as_unread_with_its_reason(tell):
    read = tell(OPENING["en"] + "More than 40,000 people have been killed since the war began.")
    assert any("40,000" in u.text and u.reason for u in read.unread)


def test_every_claim_quotes_its_span(tell):
    text = OPENING["en"] + "Five people were killed and 17 were wounded."
    (event,) = tell(text).events
    assert event.claims
    assert all(text[c.source.start : c.source.end] == c.source.text for c in event.claims)


DAMAGE = [
    "37 apartment buildings, two schools and 130 windows were damaged.",
    "The blast damaged 37 apartment buildings, two schools and 130 windows.",
    "Damage was recorded in 37 apartment buildings, two schools and 130 windows.",
]


@pytest.mark.parametrize("sentence", DAMAGE)
def test_every_item_of_a_list_of_damage_counts(tell, sentence):
    (event,) = tell("A missile struck Harv on Tuesday. " + sentence).events
    damaged = {c.measure: c.min for c in event.claims}
    assert damaged == {
        "damaged:apartment buildings": 37,
        "damaged:schools": 2,
        "damaged:windows": 130,
    }


AS_OF = [
    ("en", "As of 18:00, 14 people had been killed.", "2024-03-13T18:00:00+02:00"),
    ("en", "As of Tuesday evening 14 people were dead.", "2024-03-12T17:00:00+02:00"),
    ("en", "As of 12 March, 14 people were dead.", "2024-03-12"),
    ("en", "The death toll rose to 14 on Wednesday.", "2024-03-13"),
    ("ru", "По состоянию на 18:00 погибли 14 человек.", "2024-03-13T18:00:00+03:00"),
    ("uk", "Станом на 18:00 загинули 14 людей.", "2024-03-13T18:00:00+02:00"),
    ("en", "The blast killed 14 people.", None),
]


@pytest.mark.parametrize(("language", "sentence", "moment"), AS_OF, ids=[a[1] for a in AS_OF])
def test_a_count_says_when_it_was_taken(tell, language, sentence, moment):
    (event,) = tell(OPENING[language] + sentence, language=language).events
    assert [c.as_of for c in event.claims if c.measure == "killed"] == [moment]
    assert event.time.start.date().isoformat() == "2024-03-12"


def test_people_driven_out_are_counted(tell):
    (event,) = tell("Fighters shelled Darsal on Monday. Some 12,000 people were displaced.").events
    assert [(c.measure, c.min) for c in event.claims] == [("displaced", 12_000)]


def test_a_salvo_told_in_passing_without_a_source_is_a_recap(tell):
    text = (
        "A missile struck Orsk on Wednesday. Five people were killed. Houses burned in Orsk. "
        "A week before the strike on Orsk, Russia had launched 158 missiles at Ukraine."
    )
    wave = tell(text).events[-1]
    assert wave.is_recap
    assert [(c.measure, c.min, c.recap) for c in wave.claims] == [("launched", 158, True)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "At least 56 people were killed across Romania. Some 595 people were injured."),
        ("ru", "По всей Румынии погибли 56 человек. Ещё 595 человек ранены."),
        ("uk", "По всій Румунії загинули 56 людей. Поранено 595 людей."),
    ],
)
def test_a_count_of_a_whole_country_is_not_the_city_s(tell, language, sentence):
    events = tell(OPENING[language] + sentence, language=language).events
    counted = [claim for event in events for claim in event.claims]
    assert {claim.min for claim in counted} == {56, 595}
    assert {claim.scope for claim in counted} == {"Romania"}
