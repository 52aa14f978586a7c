"""A small, realistic collection for tests: invented outlets, the facts of one week."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from geoincidents.model import (
    Actor,
    Claim,
    Estimate,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    Report,
    Response,
    TimeInterval,
    Verification,
)

if TYPE_CHECKING:
    from geoincidents.model import LocationRole, Precision, TimePrecision, VerificationStatus

MOSCOW, KYIV = timezone(timedelta(hours=3)), timezone(timedelta(hours=2))
REPORTS = {
    "a": ("Strike on a city centre kills 14", "Sample Agency", "2023-12-30T18:10:00+03:00"),
    "b": ("Toll in Belgorod rises to 21", "Sample Courier", "2023-12-31T09:00:00+03:00"),
    "c": ("Two hospitals treat the wounded", "Sample Herald", "2024-01-01T12:00:00+02:00"),
    "d": ("Night of rockets", "Sample Evening News", "2024-01-05T07:30:00+03:00"),
}


def says(report: str, text: str, start: int = 0) -> Provenance:
    return Provenance(report, start, start + len(text), text)


def place(
    name: str,
    lon: float,
    lat: float,
    precision: Precision = "settlement",
    uncertainty_m: float = 6000,
    country: str = "UA",
    admin1: str | None = None,
    **more: Any,
) -> Location:
    names = {"UA": "Ukraine", "RU": "Russia"}
    return Location(
        name, lat, lon, precision, uncertainty_m, 0.9, country=country,
        country_name=names.get(country, country), admin1=admin1,
        evidence=(f"“{name}” is the largest place of that name", f"in {names.get(country, country)}, named nearby"),
        **more,
    )  # fmt: skip


def at(location: Location, role: LocationRole = "target", report: str = "a") -> EventLocation:
    return EventLocation(role, location, says(report, location.name or "?", 40))


def when(
    start: str, hours: float, zone: timezone, precision: TimePrecision = "hour", text: str = ""
) -> TimeInterval:
    begun = datetime.fromisoformat(start).replace(tzinfo=zone)
    return TimeInterval(begun, begun + timedelta(hours=hours), precision, text)


def claim(measure: str, number: int, report: str, who: str | None, text: str, **more: Any) -> Claim:
    return Claim(
        measure,
        number,
        number,
        more.pop("qualifier", "exact"),
        says(report, text, 100),
        claimant=who,
        **more,
    )


def incident(
    id_: str,
    sub: str,
    time: TimeInterval | None,
    places: tuple[EventLocation, ...],
    status: VerificationStatus,
    **more: Any,
) -> Incident:
    fields: dict[str, Any] = {
        "event_type": "Explosions/Remote violence", "claims": (), "estimates": {}, "actors": (),
        "weapons": (), "responses": (), "reports": ("a",), "confidence": 0.8,
    }  # fmt: skip
    return Incident(
        id=id_, sub_event_type=sub, time=time, locations=places,
        verification=Verification(status, (says("b", "officials said, and it could not be checked independently", 300),)),
        **fields | more,
    )  # fmt: skip


def belgorod() -> Incident:
    centre = place(
        "Cathedral Square, Belgorod", 36.5873, 50.5957, "site", 150, "RU", "Belgorod Oblast"
    )
    city = place("Belgorod", 36.58, 50.61, "settlement", 8000, "RU", "Belgorod Oblast")
    launch = place(
        "Kharkiv Oblast",
        36.4,
        49.6,
        "admin1",
        130_000,
        admin1="Kharkiv Oblast",
        feature_id="geonames:706482",
    )
    return incident(
        "inc-belgorod-30",
        "Shelling/artillery/missile attack",
        when("2023-12-30 15:00", 1, MOSCOW, text="about 3 p.m. on Saturday"),
        (at(centre), at(city, report="b"), at(launch, "launch", "b")),
        "disputed",
        claims=(
            claim("killed", 14, "a", "Emergencies ministry", "fourteen people, two of them children, were killed"),
            claim("killed", 2, "a", "Emergencies ministry", "two of them children", subject="children", is_part=True),
            claim("killed", 21, "b", "Regional governor", "the number of dead has risen to 21"),
            claim("killed", 24, "c", "Regional governor", "24 residents have died, the governor wrote"),
            claim("injured", 108, "a", "Emergencies ministry", "108 were wounded"),
            claim("injured", 110, "c", None, "hospitals took in 110 people", qualifier="about"),
            claim("damaged:apartment buildings", 37, "b", "City hall", "37 blocks of flats were damaged"),
        ),
        estimates={"killed": Estimate(14, 24, 24), "injured": Estimate(108, 110, 110)},
        damage={"apartment buildings": (37, 37), "cars": (53, 53)},
        weapons=("missile", "multiple rocket launcher"),
        actors=(
            Actor("accused", "Ukraine", "defence ministry in Moscow", says("a", "accused Kyiv of the strike", 220)),
            Actor("denied", "Ukraine", "a source in the security service", says("b", "debris of air defence fell on the city", 400)),
        ),
        responses=(
            Response("alert", says("a", "a missile alert sounded"), "City hall"),
            Response("medical", says("a", "a team of doctors flew in"), "Health ministry", quantity=12),
            Response("rescue", says("a", "rescuers searched the square"), "Emergencies ministry"),
            Response("diplomatic", says("a", "asked for a session of the Security Council"), "Foreign ministry", place("New York", -74.0, 40.71, country="US")),
            Response("cancellation", says("b", "New Year concerts were called off"), "Regional governor"),
        ),
        reports=("a", "b", "c"),
        sources=(says("a", "A strike hit the centre of Belgorod on Saturday afternoon, killing shoppers on Cathedral Square.", 10),),
        flags=("One report says debris of air defence fell on the city; two say the city was the target.",),
        merged_because=("same square, same afternoon", "the tolls follow one another"),
    )  # fmt: skip


def wave() -> Incident:
    cities = [
        ("Kyiv", 30.52, 50.45),
        ("Dnipro", 35.04, 48.46),
        ("Kharkiv", 36.23, 49.99),
        ("Odesa", 30.72, 46.48),
        ("Lviv", 24.03, 49.84),
        ("Zaporizhzhia", 35.14, 47.84),
    ]
    country = place("Ukraine", 32.0, 49.0, "country", 600_000, feature_id="geonames:690791")
    return incident(
        "inc-wave-29", "Air/drone strike", when("2023-12-29 00:00", 24, KYIV, "day", "on Friday"),
        (at(country), *(at(place(*city)) for city in cities)), "confirmed",
        claims=(claim("killed", 39, "b", "Interior ministry", "at least 39 dead across the country", qualifier="at_least"), claim("intercepted", 114, "b", "Air force", "114 of 158 shot down"), claim("launched", 158, "b", "Air force", "114 of 158 shot down")),
        estimates={"killed": Estimate(30, 39, 39), "injured": Estimate(120, 160, 160)}, weapons=("missile", "drone"),
        responses=(Response("air_defence", says("b", "114 of 158 shot down"), "Air force", quantity=114), Response("mourning", says("b", "a day of mourning in the capital"), "City council", place("Kyiv", 30.52, 50.45))),
        reports=("a", "b", "c"),
    )  # fmt: skip


def others() -> list[Incident]:
    oblasts = [
        ("Bryansk Oblast", 33.4, 52.9, "geonames:571473"),
        ("Oryol Oblast", 36.4, 52.8, "geonames:514801"),
        ("Kursk Oblast", 36.3, 51.6, "geonames:538555"),
        ("Moscow Oblast", 37.6, 55.6, "geonames:524925"),
    ]
    alerts = [
        ("Kherson Oblast", 33.5, 46.6, "geonames:706442"),
        ("Mykolaiv Oblast", 31.8, 47.4, "geonames:700567"),
        ("Dnipropetrovsk Oblast", 34.9, 48.4, "geonames:709929"),
    ]

    def area(name: str, lon: float, lat: float, id_: str, country: str) -> Location:
        return place(name, lon, lat, "admin1", 110_000, country, name, feature_id=id_)

    return [
        incident("inc-drones-30", "Disrupted weapons use", when("2023-12-30 01:00", 6, MOSCOW, text="overnight"), tuple(at(area(*o, "RU"), "intercept") for o in oblasts), "claimed", event_type="Strategic developments", claims=(claim("intercepted", 32, "b", "Defence ministry", "32 drones destroyed"),), weapons=("drone",)),
        incident("inc-kharkiv-30", "Shelling/artillery/missile attack", when("2023-12-30 19:20", 2, KYIV, text="in the evening"), (at(place("Kharkiv centre", 36.2304, 49.9935, "neighbourhood", 1200, admin1="Kharkiv Oblast")),), "confirmed", claims=(claim("injured", 21, "b", "Mayor", "21 wounded"), claim("injured", 26, "c", "Prosecutors", "26 wounded")), estimates={"injured": Estimate(21, 26, 26)}, weapons=("missile", "S-300"), reports=("b", "c"), responses=(Response("firefighting", says("b", "crews put out the fire")),)),
        incident("inc-alert-30", "Other", when("2023-12-30 21:00", 2, KYIV), tuple(at(area(*o, "UA"), "response") for o in alerts), "claimed", event_type="Strategic developments", responses=(Response("alert", says("b", "an alert was declared"), "Air force"),)),
        incident("inc-belgorod-05", "Shelling/artillery/missile attack", when("2024-01-04 23:00", 3, MOSCOW, text="around midnight"), (at(place("Belgorod", 36.58, 50.61, "settlement", 8000, "RU", "Belgorod Oblast"), report="d"),), "claimed", claims=(claim("injured", 2, "d", "Regional governor", "two people were wounded"),), estimates={"injured": Estimate(2, 2, 2)}, weapons=("rocket",), reports=("d",), responses=(Response("alert", says("d", "sirens woke the city")), Response("shelter", says("d", "residents went to shelters")), Response("air_defence", says("d", "ten rockets shot down"), quantity=10), Response("restoration", says("d", "windows were replaced by morning")))),
        incident("inc-village", "Shelling/artillery/missile attack", when("2024-01-02 00:00", 48, KYIV, "2-6days", "earlier this week"), (at(place("near Kupiansk", 37.75, 49.68, "vicinity", 12_000, admin1="Kharkiv Oblast")),), "unverified"),
    ]  # fmt: skip


def sample() -> IncidentCollection:
    """Seven incidents of one week: a site, areas, a wave over a country, an alert."""
    reports = tuple(
        Report(id_, "", title=title, publisher=publisher, published=published, url=f"https://example.org/{id_}")
        for id_, (title, publisher, published) in REPORTS.items()
    )  # fmt: skip
    return IncidentCollection((belgorod(), wave(), *others()), reports)
