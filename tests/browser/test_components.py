"""The parts of the pages, in a real browser."""

import re

from playwright.sync_api import expect

CURRENT = ".djs-element.is-current"


def test_nothing_hinders_anyone_and_nothing_sticks_out(page, components, accessible):
    page.goto(components)
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(CURRENT)).to_have_count(1)

    accessible(page)


def test_a_page_follows_the_device_until_a_look_is_chosen(page, components):
    page.emulate_media(color_scheme="dark")
    page.goto(components)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")

    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_menus_open_without_scripts(browser, components):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 667})
    page = context.new_page()
    page.goto(components)
    expect(page.get_by_role("link", name="Задачи")).to_be_hidden()

    page.get_by_role("button", name="Menu").click()

    expect(page.get_by_role("link", name="Задачи")).to_be_visible()
    context.close()


def test_the_diagram_shows_where_the_case_stands_and_leads_to_its_words(page, components):
    page.goto(components)
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(CURRENT)).to_have_attribute("data-element-id", "Task_Second")
    expect(page.locator(".diagram-flag")).to_have_text("Now here")

    page.locator('[data-element-id="Task_First"]').first.click()

    expect(page.locator("#step-Task_First")).to_be_focused()
    expect(page.get_by_role("img", name=re.compile("Пътят на заявката"))).to_be_visible()


def test_the_mark_of_bpmn_io_stays_visible_and_free(page, components):
    page.goto(components)
    page.locator(".diagram").scroll_into_view_if_needed()
    mark = page.locator(".bjs-powered-by")
    expect(mark).to_be_visible()

    box = mark.bounding_box()
    on_top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.bjs-powered-by') !== null",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert on_top


def test_the_diagram_is_enlarged_by_the_keyboard(page, components):
    page.goto(components)
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(CURRENT)).to_be_visible()
    before = page.locator(CURRENT).bounding_box()["width"]

    page.get_by_role("button", name="Larger").focus()
    page.keyboard.press("Enter")

    assert page.locator(CURRENT).bounding_box()["width"] > before * 1.2
