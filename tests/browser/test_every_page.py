"""Every kind of page: open to everyone, in light and in dark, on a narrow screen, and without scripts."""

import pytest
from playwright.sync_api import expect

from app.db import db
from app.domain.requests.models import Request
from app.seed.people import PASSWORD, email_of
from tests.browser.journeys import Desk

#: Requests of the story, by what they show.
STORY = {
    "asked": "LED улично осветление, 1240 тела",
    "declined": "Работно облекло за общинските предприятия",
    "begun": "Автомати за храни в спортна зала „Тополово“",
    "delivered": "Почистване на общинската сграда",
    "stopped": "Сървъри за общинския център за данни",
    "closed": "Обедно хранене за I–VII клас",
    "withdrawn": "LED street lamps",
}

#: By person, the pages to look at, and a link to follow from there.
PAGES = {
    "silvia": [("/", None), ("/account", None), ("/requests?status=all", None), ("/requests/new", None),
               ("/requests/{asked}", None), ("/requests/{asked}/withdraw", None), ("/requests/{declined}", None),
               ("/requests?q=няма-такава", None)],
    "nikolay": [("/requests/{begun}/draft", None), ("/requests/{begun}/draft?page=purchase", None),
                ("/requests/{begun}/draft?page=figures", None), ("/requests/{begun}/draft?page=documents", None),
                ("/requests/{begun}/check", None), ("/requests/{delivered}", None),
                ("/requests/{delivered}/dossier", None)],
    "desislava": [("/", None), ("/requests/{stopped}", None), ("/requests/{closed}", None)],
    "maria": [("/inbox?box=done", ".task-title a")],
    "gancheva": [("/", None), ("/inbox", ".task-title a"), ("/ballots", None)],
    "plamen": [("/", None)],
    "krastev": [("/ballots", None)],
    "chiara": [("/requests/{withdrawn}", None)],
}  # fmt: skip

#: Kinds of pages at which the tests beside this one look, in more of their states.
LOOKED_AT_ELSEWHERE = {
    "auth.sign_in",
    "ballots.ballot",
    "definitions.decisions",
    "definitions.definition",
    "definitions.definitions_page",
    "definitions.upload",
    "definitions.version",
    "inbox.inbox_page",
    "overviews.again",
    "overviews.overview",
}
#: Answers that are no page of their own: files, parts of a page, and ways to another page.
NO_PAGES = {
    "attachments.download",
    "auth.language",
    "auth.theme",
    "definitions.diagram",
    "definitions.file",
    "reference.cpv",
    "reference.guidance",
    "requests.diagram",
    "static",
}


@pytest.fixture(scope="module")
def story(site):
    """The numbers of these requests in the addresses of their pages."""
    with site.app.app_context():
        numbers = dict(db.session.query(Request.title, Request.id).filter(Request.title.in_(STORY.values())).tuples())
    return {key: numbers[title] for key, title in STORY.items()}


@pytest.fixture(autouse=True)
def _still(page):
    """Colours change at once, so that none is measured half-way."""
    page.emulate_media(reduced_motion="reduce")


def unfold(page):
    """Open all that is folded, and wait for the drawing in it."""
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
    if page.locator(".diagram").count():
        page.locator(".diagram").scroll_into_view_if_needed()
        expect(page.locator(".diagram[data-state=drawn]")).to_be_visible()


@pytest.mark.parametrize("person", PAGES)
def test_nothing_hinders_anyone(site, signed_in, accessible, story, person):
    page = signed_in(email_of(person))
    for path, link in PAGES[person]:
        page.goto(site.url + path.format(**story))
        if link:
            page.locator(link).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        unfold(page)
        accessible(page)


def test_no_kind_of_page_is_left_out(site, story):
    addresses = [path.format(**story).partition("?")[0] for pages in PAGES.values() for path, link in pages if not link]
    routes = site.app.url_map.bind("localhost")
    looked_at = {routes.match(address)[0] for address in addresses} | {"inbox.task"} | LOOKED_AT_ELSEWHERE
    pages = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in rule.methods} - NO_PAGES

    assert looked_at == pages


@pytest.mark.may_answer(404, 403, 422)
def test_pages_that_say_no_hinder_nobody(site, signed_in, accessible):
    page = signed_in("silvia@zeleno.example")
    for path in ("/no-such-page", "/processes"):
        page.goto(site.url + path)
        accessible(page)
    page.goto(f"{site.url}/requests/new")
    page.locator("form[enctype] button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    accessible(page)


def test_open_menus_hinder_nobody(site, signed_in, accessible):
    page = signed_in("penev@zeleno.example")
    page.set_viewport_size({"width": 375, "height": 667})
    for menu in ("main-menu", "account-menu"):
        page.locator(f"[popovertarget={menu}]").click()
        expect(page.locator(f"#{menu}")).to_be_visible()
        accessible(page)
        page.keyboard.press("Escape")


@pytest.fixture
def plain(browser, site):
    """A desk whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="bg-BG")
    yield Desk(context.new_page(), site, "bg")
    context.close()


def test_without_scripts_a_person_signs_in_asks_and_is_answered(plain):
    page = plain.page
    page.goto(plain.site.url)
    page.get_by_label(plain.words("E-mail")).fill(email_of("petya"))
    page.get_by_label(plain.words("Password")).fill(PASSWORD)
    plain.press("Sign in")
    plain.ask_quickly("Важи ли етикетът и за рециклирана хартия?", "Хартия за читалището")
    address = page.url
    expect(page.get_by_text("Получихме заявката.")).to_be_visible()

    plain.sit("desislava")
    plain.open_task(plain.step("triage"), "Хартия за читалището", box="group")
    plain.key = "triage"
    plain.choose("decision", "answer_now")
    plain.fill("answer", "Да, важи и за нея.")
    plain.tick("no_conflict")
    page.locator("[data-submit]").click()

    plain.sit("petya")
    page.goto(address)
    expect(page.get_by_role("region", name=plain.words("Our answer"))).to_contain_text("Да, важи и за нея.")


def test_without_scripts_a_member_votes(plain):
    page = plain.page
    plain.sit("sarafov")
    page.locator(".task-title a").first.click()
    plain.key = "vote"
    plain.choose("conflict", "none")
    plain.choose("position", "abstain")
    page.locator("[data-submit]").click()

    recorded = plain.words("Your position is recorded. You can change it until the ballot closes.")
    expect(page.get_by_text(recorded)).to_be_visible()
