"""Every page in Bulgarian to the last string, in a browser that is set to American English."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import or_

from app.clock import now
from app.db import db, unit_of_work
from app.domain.definitions.models import Definition
from app.domain.definitions.operations import upload_change
from app.domain.requests.models import Request
from app.domain.requests.operations import save_draft, start_draft
from app.domain.suppliers.models import Match
from app.seed.people import actor_of
from tests.domain.definitions.changed import check_always, drawing, drawing_with_call
from tests.support.wording import foreign, foreign_words
from tests.web.filing import WHOLE

#: Which pages each person of the story reaches by links.
COMMON = {"start.home", "auth.account"}
OF_UNIT = {"inbox.inbox_page", "inbox.task", "requests.requests_page", "requests.show", "requests.dossier"}
OF_PROCESSES = {
    "definitions.definitions_page",
    "definitions.definition",
    "definitions.version",
    "definitions.decisions",
}
PAGES = {
    "silvia": COMMON
    | {"inbox.inbox_page", "requests.requests_page", "requests.new", "requests.draft", "requests.check"}
    | {"requests.show", "requests.withdraw", "requests.dossier", "overviews.overview"},
    "desislava": COMMON | OF_UNIT | OF_PROCESSES | {"definitions.upload", "overviews.overview", "overviews.again"},
    "ivan": COMMON | OF_UNIT | OF_PROCESSES | {"overviews.overview", "overviews.again"},
    "plamen": COMMON | OF_UNIT - {"inbox.task"} | OF_PROCESSES | {"definitions.upload", "overviews.overview"},
    "danov": COMMON | {"ballots.ballots_page", "ballots.ballot"},
    "gancheva": COMMON
    | {"ballots.ballots_page", "ballots.ballot", "inbox.inbox_page", "inbox.task"}
    | {"requests.requests_page", "requests.new"},
}
#: Pages outside the ways of these people, read in tests of their own below.
ALONE = {"auth.sign_in", "reference.guidance"}
#: Addresses that answer with something other than a page, or with another page.
NOT_PAGES = {"static", "auth.language", "auth.theme", "requests.diagram", "definitions.diagram", "definitions.file",
             "reference.cpv", "attachments.download"}  # fmt: skip

#: How many pages of one kind a person reads: with the same endpoint and the same box, status or page of a form.
PER_KIND = 2


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-US", "timezone_id": "America/New_York"}


@pytest.fixture(scope="module")
def beginnings(site):
    """By person, addresses to begin with: drafts of a request and of a process, and market overviews."""
    with site.app.app_context(), unit_of_work():
        clerk, coordinator = actor_of("silvia"), actor_of("desislava")
        request = start_draft(by=clerk, now=now())
        save_draft(request, WHOLE, by=clerk, now=now())
        process = db.session.query(Definition).filter_by(unit_id=coordinator.organisation_id).one()
        mistaken = drawing(('zeleno:formKey="reply"', 'zeleno:formKey="no_such_form"'))
        files = [{"process.bpmn": drawing_with_call(), "second_check.dmn": check_always()}, {"process.bpmn": mistaken}]
        versions = [upload_change(process, each, by=coordinator, now=now()) for each in files]
        overviews = {person: f"/overviews/{newest_overview(actor_of(person))}" for person in ("silvia", "ivan")}
        return {
            "silvia": [f"/requests/{request.id}/check", overviews["silvia"]],
            "desislava": [overviews["ivan"], *(f"/processes/versions/{version.id}" for version in versions)],
            "ivan": [overviews["ivan"]],
            "plamen": [overviews["ivan"]],
        }


def newest_overview(actor) -> int:
    """Of the open requests that this person's organisation filed or works on."""
    ours = or_(Request.filer_id == actor.organisation_id, Request.unit_id == actor.organisation_id)
    found = db.session.query(Match.id).join(Request).filter(ours, Request.status == "open")
    return found.order_by(Match.id.desc()).first().id


def endpoint_of(site, url: str) -> str | None:
    """The endpoint of an address of the site; None for what is not a page."""
    if not url.startswith(site.url) or urlsplit(url).path.startswith("/static/"):
        return None
    endpoint, _values = site.app.url_map.bind("127.0.0.1").match(urlsplit(url).path)
    return None if endpoint in NOT_PAGES else endpoint


def walk(page, site, first: list[str]):
    """Open every page that is reached by links, a few of each kind: the endpoint and the address of each."""
    waiting, opened = [f"{site.url}{path}" for path in ("/", *first)], {}
    while waiting:
        url = waiting.pop(0).partition("#")[0]
        endpoint = endpoint_of(site, url)
        kind = opened.setdefault((endpoint, re.sub(r"\b(?:after|base|against)=[^&]*", "", urlsplit(url).query)), [])
        if endpoint is None or url in kind or len(kind) >= PER_KIND:
            continue
        kind.append(url)
        page.goto(url)
        yield endpoint, url
        waiting.extend(page.locator("header a[href], main a[href]").evaluate_all("links => links.map(one => one.href)"))


@pytest.mark.parametrize("person", PAGES)
def test_what_a_person_reads_is_bulgarian(signed_in, site, beginnings, person):
    page, reached, found = signed_in(f"{person}@zeleno.example"), set(), []
    for endpoint, url in walk(page, site, beginnings.get(person, [])):
        assert page.locator("html").get_attribute("lang") == "bg"
        reached.add(endpoint)
        found += [f"{url}: {one}" for one in foreign_words(page)]

    assert not found, "\n".join(found)
    assert reached >= PAGES[person]


def test_somebody_reads_each_page(site):
    pages = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in rule.methods}

    assert pages - NOT_PAGES == set().union(ALONE, *PAGES.values())


@pytest.mark.may_answer(404, 403, 422)
def test_signing_in_wrongly_and_losing_the_way_is_told_in_bulgarian(site, page, signed_in):
    found = []
    page.goto(f"{site.url}/sign-in")
    found += foreign_words(page)
    page.get_by_role("button", name="Вход").click()
    expect(page.get_by_role("alert")).to_contain_text("Въведете паролата си.")
    found += foreign_words(page)
    page = signed_in("ivan@zeleno.example")
    for path in ("/no-such-page", "/requests/999999", "/processes/1/upload"):
        page.goto(site.url + path)
        found += foreign_words(page)

    assert not found, "\n".join(found)


#: Who, where, and the button that is pressed with nothing filled in.
MISTAKES = [
    ("silvia", "/requests/new", "Прочети обявлението"),
    ("desislava", "/processes/1/upload", "Провери файловете и ги запази като чернова"),
    ("ivan", "/account", "Смени паролата"),
]


@pytest.mark.may_answer(422)
@pytest.mark.parametrize(("person", "path", "button"), MISTAKES)
def test_a_mistake_is_told_in_bulgarian(signed_in, site, person, path, button):
    page = signed_in(f"{person}@zeleno.example")
    page.goto(site.url + path)

    page.get_by_role("button", name=button).click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert foreign_words(page) == []


@pytest.mark.may_answer(422)
def test_a_reason_that_is_too_long_is_told_in_bulgarian(signed_in, site):
    page = signed_in("silvia@zeleno.example")
    page.goto(f"{site.url}/requests?status=open")
    page.locator("main .task-title a").first.click()
    page.get_by_role("link", name="Оттегли заявката").click()
    reason = page.get_by_label("Защо вече не ви трябва помощ?")
    reason.evaluate("box => { box.removeAttribute('maxlength'); box.value = 'а'.repeat(1001); }")

    page.get_by_role("button", name="Оттегли заявката").click()

    expect(page.get_by_text("Напишете най-много 1000 знака.")).to_be_visible()
    assert foreign_words(page) == []


@pytest.mark.may_answer(422)
def test_asking_the_market_again_without_a_reason_is_told_in_bulgarian(signed_in, site, beginnings):
    page = signed_in("ivan@zeleno.example")
    page.goto(f"{site.url}{beginnings['ivan'][0]}/again")

    page.get_by_role("button", name="Направи и запечатай нов обзор").click()

    expect(page.get_by_role("alert")).to_contain_text("Посочете защо")
    assert foreign_words(page) == []


def test_the_drawing_and_the_hints_of_a_code_are_bulgarian(signed_in, site, beginnings):
    page = signed_in("silvia@zeleno.example")
    page.goto(site.url + beginnings["silvia"][0].replace("/check", "/guidance?cpv=30213100"))
    assert "Продуктова група:" in page.locator("body").inner_text()
    assert foreign(page.locator("body").inner_text()) == []

    page = signed_in("ivan@zeleno.example")
    page.goto(f"{site.url}/processes/1")
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(".diagram[data-state=drawn]")).to_be_visible()
    assert "Първоначален" in page.locator(".diagram-canvas").text_content()
    assert foreign_words(page) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Запази draft", ["draft"]),
        ("Заявка от Zeleno по CPV 30213100, LED, 12 kWh, ivan@zeleno.example", []),
        ("Файл проект.txt, {time}, Directive (EU) 2023/1791 art. 7 and annex IV", []),
        ("Directive without a number", ["Directive", "without", "number"]),
    ],
)
def test_english_is_told_from_names_and_codes(text, found):
    assert foreign(text) == found
