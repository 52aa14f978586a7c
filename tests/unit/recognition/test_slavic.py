"""Russian and Ukrainian: inflection, type words, people and bodies."""

from __future__ import annotations

import pytest

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import Report
from geoincidents.recognition import recognise


@pytest.fixture(scope="module")
def full_gazetteer():
    return open_gazetteer()


def test_an_inflected_name_bears_its_nominative(find):
    mention = find("В Харькове прогремели взрывы.", "Харькове")
    assert mention.names[0] == "Харьков"
    assert (mention.language, mention.role) == ("ru", "event")


def test_ukrainian_is_told_from_russian(find):
    assert find("В Одесі пролунали вибухи, є поранені.", "Одесі").language == "uk"


def test_a_list_of_adjectives_shares_its_province(read):
    text = "Беспилотники сбили над Брянской и Харьковской областями."
    found = [(m.text, m.names[0], m.type_hint) for m in read(text)]
    assert found == [
        ("Брянской", "Брянская область", "admin1"),
        ("Харьковской областями", "Харьковская область", "admin1"),
    ]


def test_the_everyday_name_of_a_province_is_its_province(find):
    mention = find("На Харьковщине ранены двое мирных жителей.", "Харьковщине")
    assert mention.names[0] == "Харьковская область"


def test_a_village_nobody_lists_is_found_by_its_type_word(find):
    assert find("В селе Гоптаревка повреждены дома.", "Гоптаревка").type_hint == "settlement"


@pytest.mark.parametrize(
    "text",
    [
        "Правда в том, что люди устали ждать.",
        "Об этом пишет Иван Белгород в своей статье.",
        "Команда «Харьков» выиграла матч у соседей.",
    ],
)
def test_words_people_and_clubs_are_no_places(read, text):
    assert [m for m in read(text) if m.kind == "toponym"] == []


def test_small_letter_adjectives_of_countries_are_demonyms(read):
    mentions = read("По городу ударила российская артиллерия.")
    assert [(m.text, m.kind, m.role) for m in mentions] == [("российская", "demonym", "actor")]


def test_a_government_by_its_country_acts(find):
    assert find("Россия заявила о прекращении огня.", "Россия").role == "actor"


def test_passages_of_two_languages_are_read_each_in_its_own(read):
    text = "Explosions were heard in Kharkiv on Monday.\n\nВ Харькове прогремели взрывы.\n"
    assert [(m.text, m.language) for m in read(text)] == [("Kharkiv", "en"), ("Харькове", "ru")]


def test_a_hyphenated_adjective_is_one_name(find):
    mention = find("В Санкто-Брянской области сгорел склад.", "Санкто-Брянской области")
    assert mention.names[0] == "Санкто-Брянская область"


@pytest.mark.parametrize(
    "text",
    [
        "Того ж вечора на околицях знову пролунали вибухи.",
        "Мали постраждати люди, але всі були в укритті.",
        "Чад від пожежі вкрив усе подвір'я.",
        "Того же дня взрывы прогремели и на складе.",
        "Комсомольская правда публикует список погибших.",
        "Корабль Белгород затонул после взрыва.",
    ],
)
def test_everyday_words_outlets_and_ships_are_no_places(full_gazetteer, text):
    assert [m.text for m in _toponyms(full_gazetteer, text)] == []


@pytest.mark.parametrize(
    ("text", "wanted", "role"),
    [
        ("Ракета упала в Чаде, есть погибшие.", "Чаде", "event"),
        ("Минобороны РФ отчиталось о сбитых дронах.", "РФ", "actor"),
        ("Киев не признал причастность к взрыву.", "Киев", "actor"),
        ("Луцьк атакували крилаті ракети.", "Луцьк", "event"),
        ("Вугледар обстріляли з артилерії.", "Вугледар", "event"),
        ("Чад объявил траур по погибшим военным.", "Чад", "actor"),
        ("Сили оборони звільнили Роботине після боїв.", "Роботине", "event"),
        ("Над акваторией Чёрного моря сбили дрон.", "Чёрного моря", "event"),
    ],
)
def test_a_place_is_told_from_the_everyday_word_by_what_stands_beside(
    full_gazetteer, text, wanted, role
):
    assert [(m.text, m.role) for m in _toponyms(full_gazetteer, text)] == [(wanted, role)]


@pytest.mark.parametrize(
    ("text", "place", "role"),
    [
        ("Удар РФ по складу: есть погибшие.", "РФ", "actor"),
        ("После удара России по порту погибли двое.", "России", "actor"),
        ("Унаслідок атаки РФ на порт загинув вартовий.", "РФ", "actor"),
        ("Обстрел РФ унёс жизни двоих мирных жителей.", "РФ", "actor"),
        ("Удар Киева по складу повредил крышу.", "Киева", "actor"),
        ("Обстрел Киева длился до утра, погиб сторож.", "Киева", "event"),
        ("Обстрел Украины продолжается, погиб сторож.", "Украины", "event"),
        ("Удар по РФ нанесли ночью, погиб сторож.", "РФ", "event"),
        ("Соседи атаковали Россию ракетами, погиб сторож.", "Россию", "event"),
        ("Ракетный удар по территории РФ: погиб сторож.", "РФ", "event"),
    ],
)
def test_who_strikes_stands_in_the_genitive_and_acts(full_gazetteer, text, place, role):
    (mention,) = [m for m in _toponyms(full_gazetteer, text) if m.text == place]
    assert mention.role == role, mention.evidence


def _toponyms(gazetteer, text):
    return [m for m in recognise(Report("t", text), gazetteer) if m.kind == "toponym"]
