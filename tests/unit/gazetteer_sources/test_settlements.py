from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.feature_codes import feature_codes
from geoincidents.gazetteer.sources.settlements import drop_foreign_aliases


def town(name, lat, lon, *, people=10_000, country="RU", aliases=(), number=0):
    draft = Draft(
        f"geonames:{number or hash(name) % 10**6}",
        name,
        "PPL",
        "settlement",
        lat,
        lon,
        country=country,
        admin1=f"{country}.01",
        population=people,
    )
    draft.add_names(aliases)
    return draft


def names(draft):
    return {name.text for name in draft.names.values()}


def test_a_qualified_name_that_is_another_citys_own_is_taken_away():
    ford = town("Oxenford", 51.7, -1.2, people=150_000, aliases=["Ford", "Ford-on-Sea", "Oxonia"])
    sea = town("Ford-on-Sea", 53.0, -1.2, people=20_000)
    assert drop_foreign_aliases([ford, sea]) == 1
    assert names(ford) == {"Ford", "Oxonia"}


def test_a_small_place_does_not_keep_the_main_name_of_a_large_one_of_its_country():
    village = town("Lesser", 50.0, 30.0, people=600, aliases=["Greater"])
    city = town("Greater", 52.0, 30.0, people=60_000)
    abroad = town("Faraway", 10.0, 30.0, people=600, country="KE", aliases=["Greater"])
    drop_foreign_aliases([village, city, abroad])
    assert names(village) == set()
    assert names(abroad) == {"Greater"}


def test_a_suburb_keeps_the_name_it_shares_with_its_city():
    suburb = town("New Greater", 52.05, 30.0, people=900, aliases=["Greater"])
    city = town("Greater", 52.0, 30.0, people=60_000)
    assert drop_foreign_aliases([suburb, city]) == 0


def test_feature_codes_are_read_from_a_run_of_messages():
    # id 3039154 as zigzag varint, code "PPLA"; then a message without a code.
    first = bytes([0x08, 0xE4, 0xFE, 0xF2, 0x02, 0x3A, 0x04]) + b"PPLA"
    second = bytes([0x08, 0x02, 0x12, 0x01]) + b"x"
    stream = b"".join(bytes([len(message)]) + message for message in (first, second))
    assert feature_codes(stream) == {3039154: "PPLA", 1: "PPL"}


def test_a_name_given_twice_keeps_its_weightier_form_and_learns_its_language():
    draft = town("Kyiv", 50.45, 30.52, country="UA")
    draft.add_name("Киев")
    draft.add_name("Киев", "main", "ru")
    draft.add_name("Киев", "historical")
    (name,) = draft.row().names
    assert (name.text, name.form, name.language) == ("Киев", "main", "ru")
