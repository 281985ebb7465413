"""What makes the service better than e-mail, measured on the pages of the story (docs/decisions)."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.db import db
from app.domain.council.models import Ballot, BallotState
from app.domain.requests.models import Phase, Request
from app.forms.texts import form_text
from tests.browser.journeys import Desk

PHONE = {"width": 375, "height": 667}
WORKERS = ("desislava", "ivan", "maria", "kaloyan", "nikolay", "elitsa", "gancheva")
CLERKS = ("silvia", "petya", "nikolay", "elitsa", "chiara", "antonio")
VOTERS = ("danov", "minkova", "sarafov")
#: What a practised person needs for a key, and for making up their mind about a question, in seconds.
A_KEY, A_THOUGHT = 0.28, 1.35
#: The rows of a list with more or less than one link, without a reason, or with a badge that is a colour alone.
POOR_ROWS = """() => [...document.querySelectorAll(".task-list > li")].filter(row => {
  const isSilent = part => !part?.textContent.trim();
  const links = row.querySelectorAll("a[href]").length;
  return links !== 1 || isSilent(row.querySelector(".task-line")) || [...row.querySelectorAll(".badge")].some(isSilent);
}).map(row => row.textContent.trim())"""


@pytest.fixture
def enter(signed_in):
    """enter(person): somebody of the story on their start page."""
    return lambda person: signed_in(f"{person}@zeleno.example")


def addresses(page, selector=".task-title a"):
    return page.locator(selector).evaluate_all("links => links.map(link => link.href)")


def test_the_first_task_stands_on_the_first_screen_of_a_phone(site, page, enter):
    for person in WORKERS:
        enter(person)
        page.set_viewport_size(PHONE)
        for path in ("/", "/inbox"):
            page.goto(site.url + path)
            expect(page.locator(".task-title").first, f"{person} {path}").to_be_in_viewport(ratio=1)


def test_each_row_is_one_link_with_a_reason_and_badges_that_speak(site, page, enter):
    rows = 0
    for person in WORKERS:
        enter(person)
        for path in ("/", "/inbox", "/inbox?box=group", "/inbox?box=done", "/requests?status=all"):
            page.goto(site.url + path)
            rows += page.locator(".task-list > li").count()
            assert page.evaluate(POOR_ROWS) == [], f"{person} {path}"
    assert rows > 50


def test_a_button_says_its_result(site, page, enter):
    told = set()
    for person in WORKERS:
        enter(person)
        for box in ("mine", "group"):
            page.goto(f"{site.url}/inbox?box={box}")
            for address in one_of_each_step(page):
                page.goto(address)
                told.update(page.get_by_role("main").get_by_role("button").all_text_contents())

    names = {" ".join(name.split()) for name in told}
    assert {"Запази чернова", "Добави ред (Рискове)", "Предай правния отговор"} <= names
    assert names.isdisjoint(("Завърши", "Приключи", "Готово", "Complete", "Finish", "Submit", "OK"))


def one_of_each_step(page):
    """The first task of each step in the list."""
    titles = page.locator(".task-title a").all_inner_texts()
    steps = dict(zip(reversed([title.partition(":")[0] for title in titles]), reversed(addresses(page)), strict=True))
    return steps.values()


def test_a_quick_question_takes_under_ninety_seconds_by_keyboard(site, page, enter):
    enter("petya")
    keyboard = Keyboard(page)
    began = time.monotonic()
    keyboard.reach("a[href$='/requests/new']").press("Enter")
    keyboard.reach("button[value=quick]").press("Enter")
    keyboard.reach("[name=question]").write("Важи ли етикетът и за рециклирана хартия?")
    keyboard.reach("[name=stage]").press("Space")
    keyboard.reach("[name=title]").write("Хартия за общината")
    keyboard.reach("[data-submit]").press("Enter")
    keyboard.reach("main form.zf-buttons .btn-primary").press("Enter")

    expect(page.get_by_text("Получихме заявката.")).to_be_visible()
    human = keyboard.keys * A_KEY + keyboard.stops * A_THOUGHT
    assert human + time.monotonic() - began < 90


class Keyboard:
    """Hands that never touch a mouse; counts the keys, and the places where one has to think."""

    def __init__(self, page):
        self.page, self.keys, self.stops = page, 0, 0

    def reach(self, selector):
        self.page.locator(selector).first.wait_for()
        self.stops += 1
        for _tab in range(60):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
            self.press("Tab")
        pytest.fail(f"{selector} is not reached by keyboard on {self.page.url}")

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def write(self, text):
        self.keys += len(text)
        self.page.keyboard.type(text)


def test_four_things_stand_first_on_the_page_of_a_request_in_every_state(site, page, enter):
    page.set_viewport_size(PHONE)
    seen = {}
    for clerk in CLERKS:
        enter(clerk)
        page.goto(f"{site.url}/requests?status=all")
        for address in [one for one in addresses(page) if not one.endswith("/draft")]:
            page.goto(address)
            seen[urlsplit(address).path] = bottoms(page)

    with site.app.app_context():
        phases = {phase for (phase,) in db.session.query(Request.phase).filter(Request.sequence.is_not(None))}
        assert len(seen) == db.session.query(Request).filter(Request.sequence.is_not(None)).count()
    assert len(phases) >= 12, phases
    assert {path: found for path, found in seen.items() if len(found) != 4 or max(found) > 600} == {}


def bottoms(page):
    """Where the status, the promised date, the person and the one action end, in pixels from the top of the page."""
    standing = page.locator(".standing")
    parts = (".standing-sentence", ".standing-act", "dl > div:nth-child(1) > dd", "dl > div:nth-child(2) > dd")
    found = [standing.locator(part) for part in parts]
    boxes = [one.first.bounding_box() for one in found if one.first.inner_text().strip()]
    return [round(box["y"] + box["height"]) for box in boxes]


def test_the_page_of_a_vote_holds_nothing_of_who_asks(site, page, enter):
    looked_at = set()
    for voter in VOTERS:
        enter(voter)
        page.goto(f"{site.url}/ballots")
        for address in addresses(page):
            answer = page.goto(address)
            number = int(address.rpartition("/")[2])
            looked_at.add(number)
            assert [secret for secret in secrets_of(site, number) if secret in answer.text()] == []

    with site.app.app_context():
        assert db.session.query(Ballot).filter(Ballot.id.in_(looked_at), Ballot.state == BallotState.OPEN).count()


def secrets_of(site, ballot_id):
    """What tells the buyer, the purchase, its value or its papers."""
    with site.app.app_context():
        asked = db.session.get_one(Request, db.session.get_one(Ballot, ballot_id).request_id)
        names = [name.split()[-1] for name in asked.filer.name.values()]
        value = f"{asked.value_amount:.0f}"
        grouped = f"{int(value):,}"
        told = [asked.title, asked.number, asked.answers["contact"], asked.answers["question"], asked.filed_by.name]
        return [*names, *told, value, grouped.replace(",", " "), grouped.replace(",", "\xa0"), grouped]


@pytest.mark.may_answer(403)
def test_an_interest_closes_the_papers(site, page):
    desk = Desk(page, site, "bg")
    desk.sit("sarafov")
    page.goto(f"{site.url}/ballots")
    page.locator(".task-title a").first.click()
    address = page.url
    desk.key = "vote"
    desk.choose("conflict", "own_organisation")
    desk.send("own_organisation")

    expect(page).to_have_url(f"{site.url}/ballots")
    assert page.goto(address).status == 403
    assert addresses(page, "main a[href*='/ballots/']") == []


@pytest.mark.parametrize("typed", ["1 240,50", "1240.50"])
def test_an_amount_is_read_as_people_write_it(site, page, typed):
    desk = Desk(page, site, "bg")
    desk.sit("petya")
    page.goto(f"{site.url}/requests/new")
    desk.press("Begin a full request")
    page.goto(page.url.partition("?")[0] + "?page=figures")
    value = page.get_by_label(re.compile("^Прогнозна стойност без ДДС"))
    value.first.fill(typed)
    page.get_by_role("button", name=form_text("save_draft", "bg")).click()

    expect(page.locator("#error-summary")).to_have_count(0)
    expect(value.first).to_have_value("1240,50")


def test_a_clause_is_copied_word_for_word(site, page, enter):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with site.app.app_context():
        delivered = db.session.query(Request.id).filter_by(phase=Phase.DELIVERED).first().id
    enter("nikolay")
    page.goto(f"{site.url}/requests/{delivered}")
    for wording in page.locator(".wording").all():
        wording.locator("[data-module~=copy]").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == wording.locator(".wording-text").inner_text()
