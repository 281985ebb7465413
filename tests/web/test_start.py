"""The start page of each kind of person."""

import pytest

from app.domain.accounts.models import OrganisationKind, Role
from tests.domain.accounts.people import make_actor, make_organisation
from tests.web.filing import complete, make_draft, make_place, make_request


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def start(client, sign_in, page):
    """start(actor): their start page, in English."""

    def fetch(actor):
        sign_in(client, actor.user, actor.membership)
        client.set_cookie("language", "en")
        return page("/")

    return fetch


def test_a_buyer_is_invited_to_ask_and_has_nothing_yet(start, place):
    shown = start(place.clerk)

    assert shown.heading == "Good day, Силвия Атанасова"
    assert shown.links()["Ask for help"] == "/requests/new"
    assert "What you ask for will stand here" in shown.text


def test_a_buyer_sees_what_waits_and_the_own_requests_drafts_too(start, place):
    request = make_request(place.clerk, title="Лампи")
    complete(request, place.coordinator, decision="ask", missing=["quantity"], no_conflict="true")
    make_draft(place.clerk, title="Чернова за столове")

    shown = start(place.clerk)

    waiting, own = shown.tree.xpath("//ul[contains(@class, 'task-list')]")
    assert "Лампи" in waiting.text_content()
    assert [title.text_content() for title in own.xpath(".//h3")] == ["Чернова за столове", "Лампи"]
    assert "Waiting for the buyer" in own.text_content()


def test_the_unit_sees_what_waits_today(start, place):
    make_request(place.clerk, title="Лампи")

    coordinator = start(place.coordinator)
    [row] = coordinator.texts("//ul[contains(@class, 'task-list')][1]/li")[:1]

    assert "Лампи" in row
    assert "Free to take" in row
    assert "Ask for help" not in coordinator.text
    assert "Nothing waits for you" in start(place.expert).text


def test_a_council_member_sees_that_no_question_waits(start, place):
    council = make_organisation(OrganisationKind.COUNCIL, place.coordinator.organisation)

    shown = start(make_actor(Role.MEMBER, council, name="Кирил Данов"))

    assert "No question waits for your opinion" in shown.text
    assert "Ask for help" not in shown.text


def test_a_supplier_finds_a_page_that_explains_itself(start, place):
    supplier = make_organisation(OrganisationKind.SUPPLIER, place.coordinator.organisation)

    assert "Nothing to do here yet" in start(make_actor(Role.CONTACT, supplier, name="Емил Кръстев")).text
