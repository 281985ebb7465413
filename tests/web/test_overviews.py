"""The pages of sealed market overviews."""

import pytest

from app.clock import now
from app.db import db
from app.domain.accounts.models import OrganisationKind
from app.domain.criteria.models import EvidenceKind
from app.domain.requests import operations as requests
from app.domain.requests.desks import local_day
from app.domain.requests.models import RequestStatus
from app.domain.requests.overviews import get_visible_overview, listed_overviews
from app.domain.suppliers.models import Match, Supplier
from app.domain.suppliers.operations import (
    add_evidence,
    add_offer,
    add_supplier,
    make_overview,
    need_for,
    withdraw_supplier,
)
from app.domain.suppliers.sealing import open_sealed
from app.errors import NotFound
from tests.domain.accounts.people import make_actor, make_organisation, make_unit
from tests.domain.accounts.statements import counted_statements
from tests.web.filing import make_place, make_request

DESKS, CHAIRS = "39121000", "39112000"
WOOD = {"code": "wood", "text": {"bg": "Законен дървен материал", "en": "Legal timber"}, "level": "core"}
GLUE = {"code": "glue", "text": {"bg": "Без формалдехид", "en": "No formaldehyde"}, "level": "comprehensive"}


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def filed(place):
    return make_request(place.clerk, title="Чинове и столове", place="BG341")


@pytest.fixture
def as_(client, sign_in):
    """as_(actor, language="en"): this person uses the browser."""

    def enter(actor, language="en"):
        sign_in(client, actor.user, actor.membership)
        client.set_cookie("language", language)

    return enter


def stored(name, *, regions=("BG34",), cpv=(DESKS,), **facts):
    """A supplier with one offer."""
    supplier = add_supplier(name, by=None, now=now(), country="BG", source="тестов източник", **facts)
    title = {"bg": "Ученически чинове", "en": "School desks"}
    add_offer(supplier, by=None, key="desks", title=title, cpv=cpv, regions=regions, source="сайт на доставчика")
    return supplier


def proof(supplier, criterion="wood", kind=EvidenceKind.LABEL, **facts):
    return add_evidence(supplier, by=None, criterion_code=criterion, kind=kind, source="регистър", **facts)


def overview_of(request, **asked):
    wanted = {"cpv": [DESKS], "regions": ["BG341"], "criteria": [WOOD, GLUE], **asked}
    need = need_for(on=local_day(request.unit, now()), **wanted)
    return make_overview(request.id, need, by=None, now=now())


@pytest.fixture
def full(filed):
    """An overview of three suppliers: one proves, one declares, of one nothing is known."""
    proof(stored("Ясен"), scheme="FSC", number="C-77", issuer="Орган", scope="плотове")
    proof(stored("Бряст"), kind=EvidenceKind.SELF_DECLARATION)
    stored("Явор", regions=(), website="javascript:alert(1)")
    stored("Чужд", regions=("BG41",))
    return overview_of(filed)


def url_of(match, rest=""):
    return f"/overviews/{match.id}{rest}"


def test_a_full_overview_in_english(place, full, as_, page):
    as_(place.expert)
    shown = page(url_of(full))

    assert shown.heading == "Market overview 1"
    assert shown.texts("//p[contains(@class, 'alert-info')]") == [
        f"The list is an overview of the market as of {_on(full)}; it is not a ranking, not a preselection, and does "
        "not restrict participation."
    ]
    assert shown.texts("//article//h3") == ["Бряст", "Явор", "Ясен"]
    assert "Suppliers found: 3. The market is thin" in shown.text
    assert shown.texts("//section[@aria-labelledby='found']//tbody/tr") == [
        "No formaldehyde 0 of 3 can prove it 030",
        "Legal timber 1 of 3 can prove it 110",
    ]
    ash = shown.texts("//article")[2]
    assert "Coverage 85 of 100" in ash
    assert "met Legal timber third-party label or certificate: FSC, C-77, Орган; плотове" in ash
    assert "unknown No formaldehyde nothing is known; this does not mean “no”" in ash
    assert "the same code: asked for 39121000, offered 39121000 (School desks)" in ash
    assert "BG341: serves the whole region (BG34)" in ash
    assert full.sha256 in shown.text and "2026.1" in shown.text


def _on(match):
    return open_sealed(match)["sentence"]["en"].split("as of ")[1].split(";")[0]


def test_a_full_overview_in_bulgarian(place, full, as_, page):
    as_(place.expert, "bg")
    shown = page(url_of(full))

    assert "не е класиране, не е предварителен подбор и не ограничава участието." in shown.text
    assert "доказан Законен дървен материал" in shown.texts("//article")[2]
    assert "само деклариран Законен дървен материал" in shown.texts("//article")[0]


def test_what_stands_in_the_catalogue_is_text_and_never_a_link(place, full, as_, page):
    as_(place.expert)
    shown = page(url_of(full))

    assert "javascript:alert(1)" in shown.text
    assert not [url for url in shown.links().values() if "javascript" in url]


def test_details_are_open_for_printing_when_asked(place, full, as_, page):
    as_(place.clerk)
    folded, unfolded = page(url_of(full)), page(url_of(full, "?open=1"))

    assert len(folded.tree.xpath("//article//details[@open]")) == 0
    assert len(unfolded.tree.xpath("//article//details[@open]")) == 6


def test_an_empty_overview_explains_itself_and_names_the_nearest_alternative(place, filed, as_, page):
    stored("Далечен", regions=("BG33",))
    match = overview_of(filed)
    as_(place.expert)

    shown = page(url_of(match))

    assert "Suppliers found: 0. Fewer than three suppliers were found: look in a wider region or justify." in shown.text
    assert "Left out: do not serve the region1" in shown.text
    assert shown.texts("//section[@aria-labelledby='found']//li") == ["a wider region (BG3): suppliers: 1"]
    assert "Nobody in the catalogue passes" in shown.texts("//h2")
    as_(place.expert, "bg")
    assert "по-широк район (BG3)" in page(url_of(match)).text


def test_an_empty_overview_without_alternatives_says_so(place, filed, as_, page):
    match = overview_of(filed, criteria=[])
    as_(place.expert)

    shown = page(url_of(match))

    assert "Neither a wider region nor a broader code finds more." in shown.text
    assert "No criteria were asked for; this term is 1 for everyone." in shown.text


def test_an_old_overview_stays_as_it_was_when_the_catalogue_changes(place, full, as_, page):
    as_(place.expert)
    before = page(url_of(full)).text

    withdraw_supplier(_supplier("Ясен"), by=None, on=now().date())
    proof(_supplier("Бряст"), scheme="PEFC")
    stored("Нов")

    assert page(url_of(full)).text == before


def _supplier(name):
    return db.session.query(Supplier).filter_by(name=name).one()


def test_the_buyer_reads_it_and_cannot_ask_again(place, full, as_, page, client):
    for reader in (place.clerk, place.colleague):
        as_(reader)
        assert "Ask again with other criteria or regions" not in page(url_of(full)).links()
        assert client.get(url_of(full, "/again")).status_code == 403


def test_nobody_else_reads_it(place, full, as_, client):
    unit = place.coordinator.organisation
    council = make_organisation(OrganisationKind.COUNCIL, unit)
    codes = {}
    for name, actor in {
        "another buyer": make_actor("clerk", make_organisation(OrganisationKind.BUYER, unit)),
        "another unit": make_actor("expert", make_unit()),
        "the chair": make_actor("chair", council),
        "a member": make_actor("member", council),
        "a supplier": make_actor("contact", make_organisation(OrganisationKind.SUPPLIER, unit)),
        "an editor": make_actor("editor", unit),
    }.items():
        as_(actor)
        codes[name] = client.get(url_of(full)).status_code

    assert codes == {
        "another buyer": 404,
        "another unit": 404,
        "the chair": 403,
        "a member": 403,
        "a supplier": 403,
        "an editor": 403,
    }


def test_a_council_that_asked_for_itself_gets_no_overview(place, full, filed):
    council = make_organisation(OrganisationKind.COUNCIL, place.coordinator.organisation)
    filed.filer_id = council.id
    db.session.flush()

    with pytest.raises(NotFound):
        get_visible_overview(full.id, make_actor("chair", council))


def test_the_list_of_overviews_needs_one_statement_however_many_there_are(filed, full):
    counts = []
    for _ in range(2):
        with counted_statements() as seen:
            listed_overviews(filed.id)
        counts.append(len(seen))
        overview_of(filed)
        overview_of(filed)

    assert counts == [1, 1]


def test_asking_again_seals_a_new_overview_beside_the_old_one(place, full, as_, page):
    as_(place.expert)
    before = page(url_of(full)).texts("//article")
    form = page(url_of(full, "/again"))
    assert form.tree.xpath("//select[@name='regions']/option[@selected]/@value") == ["BG341"]
    assert form.tree.xpath("//select[@name='regions']/option/@value") == ["BG341", "BG34", "BG3", "BG", ""]
    assert form.tree.xpath("//input[@name='criteria'][@checked]/@value") == ["glue", "wood"]

    made = form.submit(regions="BG", criteria=["wood"], reason="По-широко и с един критерий")

    assert made.heading == "Market overview 2"
    assert "A new overview is sealed. The earlier ones stay as they were." in made.text
    assert made.texts("//article//h3") == ["Бряст", "Чужд", "Явор", "Ясен"]
    assert made.texts("//section[@aria-labelledby='found']//tbody/tr") == ["Legal timber 1 of 4 can prove it 120"]
    rows = made.texts("//section[@aria-labelledby='overviews']//tbody/tr")
    assert rows[0].startswith("Overview 2, this one") and "Иван Тодоров 4 По-широко и с един критерий" in rows[0]
    assert rows[1].startswith("Overview 1 ") and rows[1].endswith("the process, by itself 3 step of the process")
    assert page(url_of(full)).texts("//article") == before


def test_asking_again_for_no_region_and_no_criteria(place, full, as_, page):
    as_(place.coordinator)

    made = page(url_of(full, "/again")).submit(regions="", criteria=[], reason="Всички")

    assert made.texts("//article//h3") == ["Бряст", "Чужд", "Явор", "Ясен"]
    assert "no region was asked for" in made.text


def test_asking_again_needs_a_reason_and_only_what_is_offered(place, full, as_, page):
    as_(place.expert)

    for values in ({"reason": ""}, {"reason": "x", "regions": "DE"}, {"reason": "x", "criteria": ["other"]}):
        shown = page(url_of(full, "/again")).submit(**values)
        assert (shown.status, shown.heading) == (422, "Ask the market again"), values
        assert len(shown.texts("//*[@role='alert']//li")) == 1, values

    assert db.session.query(Match).count() == 1


@pytest.mark.parametrize(("role", "code"), [("lawyer", 403), ("administrator", 403), ("liaison", 200)])
def test_experts_coordinators_and_the_liaison_ask_again(place, full, as_, client, role, code):
    as_(make_actor(role, place.coordinator.organisation))

    assert client.get(url_of(full, "/again")).status_code == code


def test_nothing_is_asked_about_a_request_that_is_over(place, filed, full, as_, client, page):
    requests.withdraw(filed, reason="", by=place.clerk, now=now())
    assert filed.status == RequestStatus.WITHDRAWN
    as_(place.expert)

    assert "Ask again with other criteria or regions" not in page(url_of(full)).links()
    assert client.get(url_of(full, "/again")).status_code == 403


def test_a_broken_seal_shows_nothing_of_the_text_but_the_way_on(place, filed, full, as_, page, client):
    whole = overview_of(filed)
    full.report = full.report.replace("Ясен", "Ясно")
    as_(place.expert)

    shown = page(url_of(full), status=409)

    assert shown.heading == "The seal of this overview is broken"
    assert "This overview was changed after it was sealed. Make a new one." in shown.text
    assert "Ясно" not in shown.text
    assert shown.links()["Overview 2"] == url_of(whole)
    assert client.get(url_of(full, "/again")).status_code == 409


def test_an_overview_without_a_request_is_nobodys(place, filed, full, as_, client):
    full.request_id = None
    as_(place.coordinator)

    assert client.get(url_of(full)).status_code == 404
