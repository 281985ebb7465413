"""Task forms in a real browser: every shipped form, and what scripts add to them."""

from pathlib import Path

import pytest
from flask import jsonify, request
from playwright.sync_api import expect

from app.formdef import parse_form
from app.forms.compiler import compile_form
from tests.forms.samples import CONTEXT, sample
from tests.support import gallery, sites

FOLDER = Path(__file__).parents[2] / "forms"
FORMS = {path.stem: parse_form(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}
PAGE = """{% extends "base.html" %}{% from "components/form.html" import task_form, form_assets with context %}
{% block head %}{{ form_assets() }}{% endblock %}{% block title %}{{ title }}{% endblock %}
{% block content %}<h1>{{ title }}</h1>
{{ task_form(form, draft=True, cpv_url="/cpv", autosave_url="/draft") }}{% endblock %}"""


@pytest.fixture(scope="module")
def forms():
    """The address of a site with the shipped forms; it takes any post that the form itself would take."""
    drafts: list[dict] = []
    site = gallery.make_gallery()
    site.jinja_env.globals["drafts"] = drafts
    site.add_url_rule("/forms/<key>", "form", lambda key: _page(site, key), methods=["GET", "POST"])
    site.add_url_rule(
        "/cpv", "cpv", lambda: jsonify([{"code": "34928500", "label": "Оборудване за улично осветление"}])
    )
    site.add_url_rule("/draft", "draft", lambda: drafts.append(request.form.to_dict()) or "", methods=["POST"])
    served = sites.Served(site)
    served.drafts = drafts
    yield served
    served.stop()


def _page(site, key):
    kept = sample(FORMS[key]) if "filled" in request.args else None
    form = compile_form(FORMS[key], "bg", CONTEXT)(kept=kept)
    if not form.wants_row and form.validate_on_submit():
        return f"<title>ok</title><p>{sorted(form.answers.values)}</p>"
    source = site.jinja_env.from_string(PAGE)
    return source.render(form=form, title=FORMS[key].title["bg"], **gallery._globals(site))


@pytest.fixture(autouse=True)
def _still(page):
    """Colours change at once, so that none is measured half-way."""
    page.emulate_media(reduced_motion="reduce")


@pytest.mark.parametrize("key", FORMS)
def test_every_form_is_open_to_everyone_empty_wrong_and_filled(page, forms, accessible, key):
    page.goto(f"{forms.url}/forms/{key}?filled")
    accessible(page)

    page.goto(f"{forms.url}/forms/{key}")
    page.locator("[data-submit]").click()

    expect(page.locator("#error-summary")).to_be_focused()
    accessible(page)


def test_only_what_the_decision_asks_for_is_shown_and_the_button_says_the_result(page, forms):
    page.goto(f"{forms.url}/forms/triage")
    expect(page.get_by_label("Отговор", exact=True)).to_be_hidden()
    expect(page.locator("[data-submit]")).to_have_text("Изпрати")

    page.get_by_label("Отговаряме веднага").check()

    expect(page.get_by_label("Отговор", exact=True)).to_be_visible()
    expect(page.get_by_role("group", name="Обем")).to_be_hidden()
    expect(page.locator("[data-submit]")).to_have_text("Изпрати отговора и приключи")
    expect(page.locator("[data-then]")).to_contain_text("заявката приключва")


def test_a_field_that_depends_on_a_hidden_one_is_hidden_with_it(page, forms):
    page.goto(f"{forms.url}/forms/triage")
    page.get_by_label("Поемаме заявката").check()
    page.get_by_role("group", name="Нужен ли е юрист?").get_by_label("Да").check()
    expect(page.get_by_label("Въпрос към юриста")).to_be_visible()

    page.get_by_label("Питаме за липсващото").check()

    expect(page.get_by_label("Въпрос към юриста")).to_be_hidden()


def test_rows_come_and_go(page, forms):
    page.goto(f"{forms.url}/forms/request")
    lots = page.get_by_role("group", name="Обособени позиции")
    lots.get_by_label("Предмет").first.fill("Лот А")

    lots.get_by_role("button", name="Добави ред").click()
    expect(lots.get_by_label("Предмет")).to_have_count(2)
    expect(lots.get_by_label("Предмет").nth(1)).to_be_focused()
    expect(lots.get_by_role("group", name="Ред 2")).to_be_visible()
    page.keyboard.type("Лот Б")
    lots.get_by_role("button", name="Премахни реда Ред 1").click()

    expect(lots.get_by_label("Предмет")).to_have_value("Лот Б")


@pytest.mark.may_answer(422)
def test_without_scripts_a_row_is_added_by_the_server(browser, forms):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{forms.url}/forms/request")
    page.locator("[name=lots-0-title]").fill("Лот А")

    page.get_by_role("button", name="Добави ред").click()

    expect(page.locator("[name=lots-0-title]")).to_have_value("Лот А")
    expect(page.locator("[name=lots-1-title]")).to_be_visible()
    expect(page.locator("#error-summary")).to_have_count(0)
    context.close()


def test_codes_are_offered_while_typing(page, forms):
    page.goto(f"{forms.url}/forms/request")

    page.get_by_label("CPV код (по избор)").first.press_sequentially("осветл")

    expect(page.locator("datalist option")).to_have_attribute("label", "34928500 Оборудване за улично осветление")


def test_what_is_typed_is_kept_as_a_draft(page, forms):
    page.goto(f"{forms.url}/forms/request")

    page.get_by_label("Предмет на поръчката").fill("Улично осветление")

    expect(page.locator("[data-autosave-status]")).to_contain_text("Черновата е запазена в")
    assert forms.drafts[-1]["title"] == "Улично осветление"


def test_chosen_files_are_listed_in_bulgarian(page, forms):
    page.goto(f"{forms.url}/forms/request")
    expect(page.locator(".zf-file-list")).to_have_text("Няма избран файл")

    page.locator("#documents").set_input_files(
        {"name": "Проект.docx", "mimeType": "application/octet-stream", "buffer": b"x"}
    )

    expect(page.locator(".zf-file-list")).to_have_text("Проект.docx")
