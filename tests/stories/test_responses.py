"""What was done about it: a sentence, the kind of response, and how many."""

from __future__ import annotations

import pytest

OPENING = {
    "en": "A missile struck Harv on Tuesday. ",
    "ru": "Ракета попала в жилой дом в Орске во вторник. ",
    "uk": "Ракета влучила в будинок у Харві у вівторок. ",
}

STORIES = [
    ("en", "An air raid alert was declared.", "alert", None),
    ("en", "Sirens wailed across the city.", "alert", None),
    ("en", "The governor activated a missile attack alert.", "alert", None),
    ("en", "Residents were told to head to shelters.", "shelter", None),
    ("en", "People took cover in basements.", "shelter", None),
    ("en", "The mayor imposed a curfew.", "shelter", None),
    ("en", "Locals were urged to stay indoors.", "shelter", None),
    ("en", "Some 200 residents were evacuated.", "evacuation", 200),
    ("en", "Authorities began the evacuation of the hospital.", "evacuation", None),
    ("en", "Rescuers pulled a girl from under the rubble.", "rescue", None),
    ("en", "A search operation went on all night.", "rescue", None),
    ("en", "Emergency services worked at the scene.", "rescue", None),
    ("en", "Seven people were taken to hospital.", "medical", 7),
    ("en", "Medical teams were sent to the city.", "medical", None),
    ("en", "Doctors treated the wounded.", "medical", None),
    ("en", "Residents queued to donate blood.", "medical", None),
    ("en", "Firefighters put out the blaze.", "firefighting", None),
    ("en", "The fire was extinguished by noon.", "firefighting", None),
    ("en", "Air defences shot down ten rockets.", "air_defence", 10),
    ("en", "Of the missiles, 14 were intercepted.", "air_defence", 14),
    ("en", "Power was restored by the evening.", "restoration", None),
    ("en", "Repair crews replaced the shattered windows.", "restoration", None),
    ("en", "All public events were cancelled.", "cancellation", None),
    ("en", "Schools were closed.", "cancellation", None),
    ("en", "The airport suspended flights.", "cancellation", None),
    ("en", "A day of mourning was declared.", "mourning", None),
    ("en", "Flags flew at half-mast.", "mourning", None),
    ("en", "The UN Security Council met over the attack.", "diplomatic", None),
    ("en", "The attack was condemned by several governments.", "diplomatic", None),
    ("en", "The ministry summoned the ambassador over the strike.", "diplomatic", None),
    ("en", "Police opened an investigation into the attack.", "statement", None),
    ("en", "The president vowed revenge for the attack.", "statement", None),
    ("ru", "В городе объявлена ракетная опасность.", "alert", None),
    ("ru", "Жителей просят спуститься в укрытия.", "shelter", None),
    ("ru", "Из домов эвакуировали 40 человек.", "evacuation", 40),
    ("ru", "Спасатели разбирают завалы.", "rescue", None),
    ("ru", "Пострадавшие доставлены в больницу.", "medical", None),
    ("ru", "Пожар ликвидирован.", "firefighting", None),
    ("ru", "В регионе объявлен траур.", "mourning", None),
    ("ru", "Массовые мероприятия отменены.", "cancellation", None),
    ("uk", "У місті оголошено повітряну тривогу.", "alert", None),
    ("uk", "Рятувальники розбирають завали.", "rescue", None),
    ("uk", "Поранених доправлено до лікарні.", "medical", None),
    ("uk", "Пожежу ліквідовано.", "firefighting", None),
    ("uk", "Світло відновлено.", "restoration", None),
]


@pytest.mark.parametrize(
    ("language", "sentence", "kind", "quantity"), STORIES, ids=[s[1][:50] for s in STORIES]
)
def test_a_sentence_tells_this_response_to_the_attack(tell, language, sentence, kind, quantity):
    text = OPENING[language] + sentence
    (event,) = tell(text, language=language).events
    made = [r for r in event.responses if r.kind == kind]
    assert made, [r.kind for r in event.responses]
    assert quantity is None or quantity in [r.quantity for r in made]
    assert text[made[0].source.start : made[0].source.end] == made[0].source.text


def test_an_alert_told_alone_is_an_entry_of_its_own(tell):
    (event,) = tell("An air raid alert was declared in Dobro on Monday.").events
    assert (event.event_type, event.sub_event_type) == ("Strategic developments", "Other")
    assert [(p.role, p.location.name) for p in event.locations] == [("response", "Dobro")]
    assert event.responses[0].kind == "alert"


def test_an_alert_elsewhere_does_not_join_the_attack(tell):
    text = "A missile struck Harv on Tuesday. Warnings were issued for Lymna and Dobro."
    attack, alert = tell(text).events
    assert [p.location.name for p in attack.locations] == ["Harv"]
    assert {p.location.name for p in alert.locations} == {"Lymna", "Dobro"}
    assert {p.role for p in alert.locations} == {"response"}


def test_no_siren_is_no_alert(tell):
    (event,) = tell("A missile struck Harv on Tuesday. No sirens sounded.").events
    assert all(r.kind != "alert" for r in event.responses)


def test_a_response_bears_its_speaker(tell):
    text = "A missile struck Harv on Tuesday. Governor Ivan Petrenko said 50 people were evacuated."
    (event,) = tell(text).events
    assert [r.actor for r in event.responses if r.kind == "evacuation"] == ["Ivan Petrenko"]


SERVICE = "Rescuers of the State Emergency Service"
CROSS = "volunteers of the Red Cross"
GOVERNOR = "Governor Ivan Petrenko"
CREWS = "firefighters"
WHO = [
    (f"{SERVICE} evacuated 40 people.", "evacuation", SERVICE),
    (f"{GOVERNOR} said firefighters had put out the blaze.", "firefighting", CREWS),
    ("The fire was extinguished by 60 firefighters, the mayor said.", "firefighting", CREWS),
    (f"40 people were evacuated by {CROSS}.", "evacuation", CROSS),
    (f"{GOVERNOR} declared three days of mourning.", "mourning", GOVERNOR),
    ("Russia asked for an urgent meeting of the UN Security Council.", "diplomatic", "Russia"),
    ("Residents were told to go to shelters.", "shelter", None),
    ("Mass events were cancelled.", "cancellation", None),
]


@pytest.mark.parametrize(("sentence", "kind", "actor"), WHO, ids=[w[0][:50] for w in WHO])
def test_a_response_says_who_did_it(tell, sentence, kind, actor):
    (event,) = tell("A missile struck Harv on Tuesday. " + sentence).events
    assert [r.actor for r in event.responses if r.kind == kind] == [actor]


def test_closures_abroad_do_not_join_a_strike(tell):
    (event,) = tell("A missile struck Harv on Tuesday. Airports in Lebanon were closed.").events
    assert event.responses == ()


def test_condemnation_from_abroad_belongs_to_the_deed(tell):
    text = (
        "A bomb exploded in Darsal on Tuesday. The mayor of Dobro condemned the attack in Lebanon."
    )
    (event,) = tell(text).events
    assert [p.location.name for p in event.locations] == ["Darsal"]
    assert [r.kind for r in event.responses] == ["diplomatic"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Romania condemned the strike."),
        ("ru", "Румыния осудила удар вблизи своей границы."),
        ("uk", "Румунія засудила удар біля свого кордону."),
    ],
)
def test_who_condemns_a_deed_has_not_done_it(tell, language, text):
    told = tell(OPENING[language] + text, language=language)
    assert told.events
    assert all(actor.role != "accused" for event in told.events for actor in event.actors)
