"""Doing a task in a real browser: by keyboard alone, on a phone, and when somebody was faster."""

import re

import pytest
from playwright.sync_api import expect

FREE = "/inbox?box=group"


def tab_to(page, selector, limit=120):
    """Press Tab until this element has the focus, as somebody without a mouse would."""
    for _step in range(limit):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by keyboard on {page.url}")


@pytest.mark.parametrize("path", ["/inbox", FREE, "/inbox?box=unit", "/inbox?box=done"])
def test_the_inbox_hinders_nobody(site, signed_in, accessible, path):
    page = signed_in("desislava@zeleno.example")
    page.goto(site.url + path)

    accessible(page)


def test_the_first_task_stands_on_the_first_screen_of_a_phone(site, signed_in):
    page = signed_in("ivan@zeleno.example")
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{site.url}/inbox")

    expect(page.locator(".task-title").first).to_be_in_viewport(ratio=1)


def test_a_task_is_finished_by_keyboard_alone(site, signed_in, accessible):
    page = signed_in("desislava@zeleno.example")
    page.goto(f"{site.url}{FREE}")
    title = page.locator(".task-title a").first.inner_text()

    tab_to(page, ".task-title a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    accessible(page)
    tab_to(page, "input[name=decision]")
    page.keyboard.press("Space")
    expect(page.locator("#what-follows dt")).to_have_count(0)
    next_step = page.locator("#what-follows p").inner_text()
    tab_to(page, "textarea[name=answer]")
    page.keyboard.type("Да, може: поискайте етикет от тип I или равностойно доказателство.")
    tab_to(page, "input[name=no_conflict]")
    page.keyboard.press("Space")
    tab_to(page, "[data-submit]")
    expect(page.locator("[data-submit]")).to_have_text("Изпрати отговора и приключи")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Първоначален преглед")
    expect(page.get_by_role("link", name=title)).to_have_count(0)
    assert "Отговорено веднага" in next_step


def test_the_second_of_two_learns_who_was_faster_and_keeps_what_they_typed(site, signed_in, browser, accessible):
    first = signed_in("nikolay@zeleno.example")
    other = browser.new_context(locale="bg-BG", timezone_id="Europe/Sofia")
    other.add_cookies([site.cookie_for("baleva@zeleno.example")])
    second = other.new_page()
    reply = re.compile("^Отговор на възложителя: ")
    for page in (first, second):
        page.goto(f"{site.url}{FREE}")
        page.get_by_role("link", name=reply).first.click()
        page.check("input[name=decision][value=use_partly]")
    second.fill("textarea[name=text]", "Вземаме изискванията за почистващите препарати.")

    first.locator("[data-submit]").click()
    expect(first).to_have_url(re.compile("/inbox"))
    second.locator("[data-submit]").click()

    expect(second.get_by_role("alert")).to_contain_text("Николай Костов")
    expect(second.get_by_role("alert")).to_contain_text(re.compile(r"\d{1,2}:\d\d"))
    expect(second.locator("textarea[name=text]")).to_have_value("Вземаме изискванията за почистващите препарати.")
    expect(second.locator("[data-submit]")).to_have_count(0)
    accessible(second)
    other.close()


def test_what_is_typed_into_ones_own_task_is_there_after_an_accident(site, signed_in):
    page = signed_in("ivan@zeleno.example")
    page.goto(f"{site.url}/inbox?box=mine")
    page.get_by_role("link", name=re.compile("^Анализ: ")).first.click()
    page.fill("input[name=hours]", "3,5")

    expect(page.locator("[data-autosave-status]")).not_to_be_empty()
    page.reload()

    expect(page.locator("input[name=hours]")).to_have_value("3,5")
