"""The invented units, municipalities, councils and people of the demonstration."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.accounts.models import ROLE_NAMES, Actor, Membership, Organisation, OrganisationKind, Role, User
from app.domain.accounts.operations import add_membership, create_organisation, create_user
from app.domain.accounts.queries import actor_for, find_user_by_email, memberships_of
from app.words import Words, say

#: The same for everyone: nothing in the demonstration is worth protecting.
PASSWORD = "zelena-porachka"


@dataclass(frozen=True)
class Place:
    """An organisation of the story; `unit` is the key of the unit that serves it."""

    key: str
    kind: OrganisationKind
    name: Words
    nuts: str
    unit: str | None = None
    country: str = "BG"
    population: int | None = None
    buyer_kind: str | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody of the story and the roles they hold."""

    key: str
    name: str
    roles: tuple[tuple[str, str], ...]
    language: str = "bg"
    phone: str | None = None
    group: Words | None = None


PLACES = (
    Place("bg", OrganisationKind.UNIT, {"bg": "ЗПЗеОП към Енергийна агенция „Югоизток“", "en": "GPP support unit, Energy Agency “Yugoiztok”"}, "BG34", regions=("BG34",)),
    Place("it", OrganisationKind.UNIT, {"bg": "ЗПЗеОП към Agenzia Energia Valli Ioniche", "en": "GPP support unit, Agenzia Energia Valli Ioniche"}, "ITF6", country="IT", regions=("ITF6",)),
    Place("zb", OrganisationKind.BUYER, {"bg": "Община Зелен бряг", "en": "Zelen Bryag Municipality"}, "BG341", "bg", population=28000, buyer_kind="municipality"),
    Place("ka", OrganisationKind.BUYER, {"bg": "Община Каменица", "en": "Kamenitsa Municipality"}, "BG342", "bg", population=6100, buyer_kind="municipality"),
    Place("to", OrganisationKind.BUYER, {"bg": "Община Тополово", "en": "Topolovo Municipality"}, "BG343", "bg", population=19000, buyer_kind="municipality"),
    Place("ni", OrganisationKind.BUYER, {"bg": "Община Нови извор", "en": "Novi Izvor Municipality"}, "BG344", "bg", population=41000, buyer_kind="municipality"),
    Place("rm", OrganisationKind.BUYER, {"bg": "Община Рока Марина", "en": "Municipality of Rocca Marina"}, "ITF61", "it", country="IT", population=9800, buyer_kind="municipality"),
    Place("st", OrganisationKind.BUYER, {"bg": "Община Сан Теодоро Йонико", "en": "Municipality of San Teodoro Ionico"}, "ITF62", "it", country="IT", population=22000, buyer_kind="municipality"),
    Place("council_bg", OrganisationKind.COUNCIL, {"bg": "Координационен съвет за ЗеОП, България", "en": "Coordination council for GPP, Bulgaria"}, "BG", "bg"),
    Place("council_it", OrganisationKind.COUNCIL, {"bg": "Координационен съвет за ЗеОП, Калабрия", "en": "Coordination council for GPP, Calabria"}, "ITF6", "it", country="IT"),
    Place("lumitek", OrganisationKind.SUPPLIER, {"bg": "„Лумитек Юг“ ООД", "en": "Lumitek Yug Ltd"}, "BG34", "bg"),
)  # fmt: skip

_AGENCY: Words = {"bg": "енергийна агенция", "en": "energy agency"}
_DISTRICT: Words = {"bg": "областна администрация", "en": "district administration"}
_ENVIRONMENT: Words = {"bg": "централен орган по околна среда", "en": "central environment authority"}
_MUNICIPALITY: Words = {"bg": "община", "en": "municipality"}
_ASSOCIATION: Words = {"bg": "сдружение на общините", "en": "association of municipalities"}
_CONSULTANT: Words = {"bg": "консултант", "en": "consultant"}
_PRODUCER: Words = {"bg": "производител", "en": "producer"}
_REGION: Words = {"bg": "регионална власт", "en": "regional authority"}
_COOPERATIVE: Words = {"bg": "кооперация на производители", "en": "producers' cooperative"}

PEOPLE = (
    Person("desislava", "Десислава Маринова", (("bg", "coordinator"),), phone="056 810 101"),
    Person("ivan", "инж. Иван Тодоров", (("bg", "expert"),), phone="056 810 102"),
    Person("maria", "Мария Петкова", (("bg", "expert"),), phone="056 810 103"),
    Person("kaloyan", "Калоян Димитров", (("bg", "lawyer"),), phone="056 810 104"),
    Person("radostina", "Радостина Илиева", (("bg", "liaison"), ("bg", "editor"), ("council_bg", "secretary")), phone="056 810 105"),
    Person("plamen", "Пламен Стоев", (("bg", "administrator"),)),
    Person("giulia", "Giulia Ferrante", (("it", "coordinator"), ("it", "expert")), "en", "+39 0984 555 101"),
    Person("marco", "Marco Bevilacqua", (("it", "expert"),), "en", "+39 0984 555 102"),
    Person("sara", "Sara Loiacono", (("it", "lawyer"), ("it", "liaison"), ("council_it", "secretary")), "en", "+39 0984 555 103"),
    Person("silvia", "Силвия Атанасова", (("zb", "clerk"),), phone="0554 22 101"),
    Person("valkanov", "Георги Вълканов", (("zb", "signatory"),)),
    Person("petya", "Петя Желева", (("ka", "clerk"),), phone="0478 33 102"),
    Person("nenov", "Стоян Ненов", (("ka", "signatory"),)),
    Person("nikolay", "Николай Костов", (("to", "clerk"),), phone="0470 44 103"),
    Person("baleva", "Румяна Балева", (("to", "signatory"),)),
    Person("elitsa", "Елица Райчева", (("ni", "clerk"),), phone="0431 55 104"),
    Person("penev", "Явор Пенев", (("ni", "signatory"), ("council_bg", "member")), group=_MUNICIPALITY),
    Person("chiara", "Chiara Greco", (("rm", "clerk"),), "en", "+39 0984 555 201"),
    Person("serra", "Paolo Serra", (("rm", "signatory"),), "en"),
    Person("antonio", "Antonio Rizzo", (("st", "clerk"),), "en", "+39 0962 555 301"),
    Person("lucia", "Lucia Moriconi", (("st", "signatory"), ("council_it", "member")), "en", group=_MUNICIPALITY),
    Person("gancheva", "Людмила Ганчева", (("council_bg", "chair"),), group=_AGENCY),
    Person("danov", "Кирил Данов", (("council_bg", "member"),), group=_DISTRICT),
    Person("ruseva", "Антоанета Русева", (("council_bg", "member"),), group=_ENVIRONMENT),
    Person("minkova", "Теодора Минкова", (("council_bg", "member"),), group=_ASSOCIATION),
    Person("sarafov", "Борис Сарафов", (("council_bg", "member"),), group=_CONSULTANT),
    Person("krastev", "Емил Кръстев", (("council_bg", "member"), ("lumitek", "contact")), group=_PRODUCER),
    Person("santoro", "Paola Santoro", (("council_it", "chair"),), "en", group=_REGION),
    Person("marchetti", "Luca Marchetti", (("council_it", "member"),), "en", group=_AGENCY),
    Person("conti", "Davide Conti", (("council_it", "member"),), "en", group=_CONSULTANT),
    Person("nardini", "Francesca Nardini", (("council_it", "member"),), "en", group=_COOPERATIVE),
)  # fmt: skip

_ZONES = {"BG": "Europe/Sofia", "IT": "Europe/Rome"}
_LANGUAGES = {"BG": ["bg", "en"], "IT": ["en", "bg"]}


def email_of(key: str) -> str:
    """The address a person of the story signs in with."""
    return f"{key}@zeleno.example"


def settle(now: datetime) -> dict[str, Organisation]:
    """Create the organisations and people; the organisations by key."""
    places: dict[str, Organisation] = {}
    for place in PLACES:
        places[place.key] = _found(place, places)
    for person in PEOPLE:
        _welcome(person, places, now)
    return places


def _found(place: Place, places: dict[str, Organisation]) -> Organisation:
    return create_organisation(
        place.kind,
        place.name,
        country=place.country,
        nuts=place.nuts,
        regions_served=list(place.regions),
        time_zone=_ZONES[place.country],
        languages=_LANGUAGES[place.country],
        unit_id=places[place.unit].id if place.unit else None,
        population=place.population,
        buyer_kind=place.buyer_kind,
        is_active=True,
    )


def _welcome(person: Person, places: dict[str, Organisation], now: datetime) -> User:
    user = create_user(
        email_of(person.key), person.name, PASSWORD, now=now, language=person.language, phone=person.phone
    )
    for place, role in person.roles:
        membership = add_membership(user, places[place], Role(role))
        _say_group(membership, person.group)
    return user


def _say_group(membership: Membership, group: Words | None) -> None:
    if group and membership.organisation.kind == OrganisationKind.COUNCIL:
        membership.group = dict(group)


def actor_of(key: str, role: str | None = None) -> Actor:
    """Somebody of the story, acting in the named role or their first. Raises LookupError when they are not there."""
    user = find_user_by_email(email_of(key))
    if user is None:
        raise LookupError(f"{key} is not in this database")
    chosen = next((m.id for m in memberships_of(user.id) if role is None or m.role == role), None)
    return actor_for(user, chosen)


#: Whom a visitor tries first, and what each of them shows best.
_SHOWN: dict[str, Words] = {
    "desislava": {"bg": "нови заявки, цялата работа на звеното, диаграми", "en": "new requests, all work of the unit, diagrams"},
    "ivan": {"bg": "препоръки за писане, едни върнати, едни с промени", "en": "recommendations to write, one of them returned"},
    "maria": {"bg": "просрочен анализ, пазарен обзор, втора проверка", "en": "an overdue analysis, a market overview, a second check"},
    "kaloyan": {"bg": "правна проверка", "en": "a legal check"},
    "radostina": {"bg": "доставчици, доказателства, секретар на съвета", "en": "suppliers, evidence, secretary of the council"},
    "silvia": {"bg": "община с осем заявки", "en": "a municipality with eight requests"},
    "nikolay": {"bg": "чернова, въпрос за отговор, готови препоръки", "en": "a draft, a question to answer, recommendations"},
    "elitsa": {"bg": "приключени заявки, техническа грешка", "en": "closed requests with their outcome, a fault"},
    "gancheva": {"bg": "равни гласове, които чакат председателя", "en": "a tie that waits for the chair"},
    "sarafov": {"bg": "въпрос, по който още не е гласувал", "en": "a question still to vote on"},
    "krastev": {"bg": "отстранен от въпроса за осветлението", "en": "taken out of the question on lighting"},
    "plamen": {"bg": "управление", "en": "administration"},
    "giulia": {"bg": "второ звено, английски", "en": "the second unit, in English"},
    "chiara": {"bg": "община на второто звено", "en": "a municipality of the second unit"},
}  # fmt: skip
_HEADING: Words = {
    "bg": "Хората в демонстрацията (паролата на всички е „{password}“):",
    "en": "People of the demonstration (everyone has the password “{password}”):",
}


def who_can_sign_in(language: str = "en") -> str:
    """The people of the story whom one would want to try, with their roles, for the terminal."""
    people = {person.key: person for person in PEOPLE}
    lines = [say(_HEADING, language).format(password=PASSWORD)]
    lines += [_introduced(people[key], say(shows, language), language) for key, shows in _SHOWN.items()]
    return "\n".join(lines)


def _introduced(person: Person, shows: str, language: str) -> str:
    place, role = person.roles[0]
    name = next(say(known.name, language) for known in PLACES if known.key == place)
    return f"  {email_of(person.key):28} {person.name}, {say(ROLE_NAMES[Role(role)], language)}, {name}: {shows}"
