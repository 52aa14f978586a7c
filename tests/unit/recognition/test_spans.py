"""Spans, kinds, names, hints and containers of what is recognised."""

from __future__ import annotations

import pytest

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import Report
from geoincidents.recognition import recognise

_UNLISTED = ["Ardun", "Velsk-Orla", "Tashbel"]


def texts(mentions, kind="toponym"):
    return [m.text for m in mentions if m.kind == kind]


def test_a_place_is_found_without_its_article_or_possessive(read):
    mentions = read("Rescuers reached Kharkiv's suburbs and the city of Odessa on Monday.")
    assert texts(mentions) == ["Kharkiv", "Odessa"]


def test_the_apostrophe_s_that_belongs_to_a_name_stays(read):
    assert "St. John's" in texts(
        read("A storm hit the city of St. John's, officials in Canada said.")
    )


def test_a_type_word_belongs_to_the_span_and_says_what_is_meant(find):
    mention = find("Two villages in the Belgorod region were shelled on Friday.", "Belgorod region")
    assert mention.type_hint == "admin1"
    assert "Belgorod Oblast" in mention.names
    assert mention.names[-1] == "Belgorod"


def test_a_name_no_gazetteer_knows_is_found_by_its_type_word(find):
    mention = find(
        "Shells fell in the Krasnoyarovsky urban district.", "Krasnoyarovsky urban district"
    )
    assert mention.type_hint == "admin2"


def test_a_list_shares_the_type_word_that_stands_once(read):
    mentions = read("Drones were shot down over the Kursk and Belgorod regions of Russia.")
    hints = {m.text: (m.type_hint, m.names[0]) for m in mentions if m.kind == "toponym"}
    assert hints["Kursk"] == ("admin1", "Kursk Region")
    assert hints["Belgorod"] == ("admin1", "Belgorod Region")


def test_a_place_after_a_comma_is_the_container(read):
    odessa, texas = read("Police said three people died near Odessa, Texas, on Sunday.")[:2]
    assert (odessa.text, texas.text) == ("Odessa", "Texas")
    assert odessa.container == texas.start


def test_the_owner_of_a_town_is_its_container(read):
    russia, belgorod = read("Explosions were heard in Russia's Belgorod on Saturday.")[:2]
    assert belgorod.container == russia.start


def test_demonyms_bear_their_own_kind(read):
    mentions = read("Russian shells hit Kharkiv, Ukrainian officials said.")
    assert texts(mentions, "demonym") == ["Russian", "Ukrainian"]


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("Governor Vyacheslav Gladkov said the alert was over.", "Gladkov"),
        ("The novelist Washington Irving wrote it in London.", "Washington"),
        ("Paris Hilton said on Tuesday that she would sell her house.", "Paris"),
    ],
)
def test_people_are_no_places(read, sentence, person):
    assert person not in texts(read(sentence))


@pytest.mark.parametrize(
    "outlet", ["Kyiv Independent", "RBC-Ukraine", "RBC Ukraine", "Moscow Times", "France 24"]
)
def test_outlets_are_no_places(read, outlet):
    assert texts(read(f"A source told the {outlet} that the talks had failed.")) == []


def test_a_word_that_opens_a_sentence_is_no_town(read):
    assert texts(read("Reading the report took two hours. The minister was not amused.")) == []


def test_headlines_in_capitals_are_read_as_sentences(read):
    assert texts(read("SHELLING OF KHARKIV KILLS FIVE PEOPLE\n\nMore follows.")) == ["KHARKIV"]


def test_given_spans_are_taken_and_nothing_else_is_sought(read):
    from geoincidents.model import Span

    text = "From Paris to London and on to Odessa, Texas."
    start = text.index("Odessa")
    mentions = read(text, mentions=(Span(start, start + 6), Span(start + 8, start + 13)))
    assert texts(mentions) == ["Odessa", "Texas"]
    assert mentions[0].container == mentions[1].start


def test_given_spans_outside_the_text_are_left_out(read):
    from geoincidents.model import Span

    assert read("Paris", mentions=(Span(90, 95), Span(3, 3), Span(0, 500)))[0].text == "Paris"


def test_ships_are_no_places(read):
    assert texts(read("Sailors of the cruiser Odessa were rescued off Brest.")) == ["Brest"]


def test_other_latin_languages_are_read_by_exact_names(read):
    mentions = read("Die Stadt wurde in der Nacht beschossen und Moscow ist nicht erreichbar.")
    assert [(m.text, m.language) for m in mentions] == [("Moscow", "de")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Drones hit Belgorod airport on Monday.", "Belgorod airport"),
        ("Blasts were heard at Engels air base.", "Engels air base"),
        ("Shells hit the Zaporizhzhia nuclear power plant.", "Zaporizhzhia nuclear power plant"),
        ("Drones struck the Crimean bridge at night.", "Crimean bridge"),
        ("Shells hit the Belgorod hospital.", "Belgorod"),
    ],
)
def test_a_facility_takes_the_span_where_the_gazetteer_has_its_whole_name(text, wanted):
    (mention,) = recognise(Report("t", text), open_gazetteer())
    assert (mention.text, mention.kind) == (wanted, "toponym")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gunmen burned houses in the village of Tashbel on Sunday.", ["Tashbel"]),
        ("They held the towns of Ardun, Velsk-Orla and Tashbel for days.", _UNLISTED),
        ("Two men drowned near Velsk-Orla, Ukraine, on Monday.", ["Velsk-Orla", "Ukraine"]),
        ("A mill burned down outside Ardun in Canada.", ["Ardun", "Canada"]),
    ],
)
def test_a_name_nobody_lists_is_found_by_its_type_word_or_by_what_it_lies_in(read, text, wanted):
    assert texts(read(text)) == wanted


def test_a_small_place_is_found_by_what_only_places_have(read):
    assert texts(read("The mayor of Gladkov said nobody was hurt.")) == ["Gladkov"]


@pytest.mark.parametrize(
    "text",
    [
        "It was named the capital of Fashion again.",
        "The mayor of Tashbel was not there.",
        "He was matched to Tashbel, Ukraine told reporters.",
        "A guide called City of Tashbel sold well.",
    ],
)
def test_an_unknown_name_alone_is_no_place(read, text):
    assert "Tashbel" not in texts(read(text))
    assert "Fashion" not in texts(read(text))


@pytest.mark.parametrize(
    "outlet", ["London Courier", "The Kharkiv Gazette", "Paris Morning Herald", "Brest-Odessa Star"]
)
def test_what_ends_in_a_word_for_outlets_is_no_place(read, outlet):
    assert texts(read(f"The mine fell near Kursk, the {outlet} reported.")) == ["Kursk"]


def test_a_place_that_ends_like_an_outlet_stays_a_place():
    (mention,) = recognise(
        Report("t", "A fire broke out in Lone Star, police said."), open_gazetteer()
    )
    assert mention.text == "Lone Star"
