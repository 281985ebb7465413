"""An opinion given on a phone, and stepping back from a question."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 375, "height": 667}


@pytest.fixture
def waiting(site, signed_in):
    """waiting(email): the first question that waits for this member, opened on a phone."""

    def open_it(email):
        page = signed_in(email)
        page.set_viewport_size(PHONE)
        page.goto(f"{site.url}/ballots")
        page.locator(".task-title a").first.click()
        return page

    return open_it


@pytest.mark.may_answer(422)
def test_a_member_votes_on_a_phone_and_changes_their_mind(waiting, accessible):
    page = waiting("sarafov@zeleno.example")
    expect(page.locator("input[name=position]").first).to_be_hidden()
    accessible(page)

    page.check("input[name=conflict][value=none]")
    page.check("input[name=position][value=oppose]")
    page.get_by_role("button", name="Запиши становището").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.fill("textarea[name=reasons]", "Ще оскъпи покупката за малките общини.")
    page.get_by_role("button", name="Запиши становището").click()

    expect(page.locator(".ballot-standing")).to_contain_text("против: 1")
    page.check("input[name=position][value=support]")
    page.get_by_role("button", name="Запиши становището").click()
    expect(page.locator(".ballot-standing")).to_contain_text("против: 0")
    accessible(page)


@pytest.mark.may_answer(403)
def test_an_interest_hides_the_papers_at_once_and_closes_them(waiting, accessible):
    page = waiting("gancheva@zeleno.example")
    address = page.url
    expect(page.locator(".brief")).to_be_visible()

    page.check("input[name=conflict][value=client_or_supplier]")
    expect(page.locator(".brief")).to_be_hidden()
    page.get_by_role("button", name="Оттегли се от въпроса").click()

    expect(page).to_have_url(re.compile("/ballots$"))
    accessible(page)
    assert page.goto(address).status == 403
