"""Signing in to the demonstration, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from app.seed.people import PASSWORD


def test_the_sign_in_page_hinders_nobody(site, page, accessible):
    page.goto(f"{site.url}/sign-in")

    accessible(page)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_person_signs_in_and_out_by_keyboard(site, page, language):
    page.goto(f"{site.url}/language?to={language}&next=/sign-in")
    page.get_by_role("textbox").first.focus()
    page.keyboard.type("silvia@zeleno.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("button", name=re.compile("Силвия"))).to_be_visible()

    page.get_by_role("button", name=re.compile("Силвия")).press("Enter")
    page.locator("form[action$='sign-out'] button").press("Enter")

    expect(page).to_have_url(re.compile("/sign-in$"))


def test_the_chosen_look_is_remembered_by_the_server(site, page):
    page.goto(f"{site.url}/theme?to=dark&next=/sign-in")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")

    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
