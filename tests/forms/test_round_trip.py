"""Every shipped form, rendered with answers and posted back by a browser without scripts, gives the same answers."""

import re
from pathlib import Path

import pytest
from flask import render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from app.formdef import parse_form, prefill
from app.forms.answers import answer_rows
from app.forms.compiler import compile_form
from tests.forms.browser import posted
from tests.forms.samples import CONTEXT, sample

FOLDER = Path(__file__).parents[2] / "forms"
FORMS = {path.stem: parse_form(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}
WAYS = [
    (key, option.value)
    for key, form in FORMS.items()
    for option in (form.field(form.submit.routed_by).options if form.submit.routed_by else [None])
    if option
] + [(key, "") for key, form in FORMS.items() if not form.submit.routed_by]
PAGE = '{% from "components/form.html" import task_form, answers with context %}'
LATIN_ALLOWED = {"CPV", "NUTS", "DNSH", "BG341", "docx", "c-1"}


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context("/"):
        yield


def render(form) -> str:
    return render_template_string(PAGE + "{{ task_form(form, draft=True, cpv_url='/cpv') }}", form=form)


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(("key", "way"), WAYS)
def test_answers_come_back_as_they_went(key, way, language):
    form, answers = FORMS[key], sample(FORMS[key], way)
    compiled = compile_form(form, language, CONTEXT)

    back = compiled(formdata=posted(render(compiled(kept=answers))), meta={"csrf": False})

    assert back.validate(), back.error_texts
    assert back.answers.values == answers


@pytest.mark.parametrize("key", FORMS)
def test_an_empty_post_shows_an_error_for_each_field_that_is_named_in_the_summary(key):
    form = compile_form(FORMS[key], "bg", CONTEXT)(formdata=MultiDict({"x": "1"}), meta={"csrf": False})
    form.validate()
    page = html.fromstring(render(form))

    assert len(form.problems) == len(form.answers.errors) > 0 or key == "missing"
    for id, said in form.problems:
        assert page.get_element_by_id(id).get("name") or page.get_element_by_id(id).tag == "fieldset", said
        assert page.xpath(f'//a[@href="#{id}"]')[0].text == said


@pytest.mark.parametrize("key", FORMS)
def test_bulgarian_pages_hold_no_foreign_word(key):
    form = compile_form(FORMS[key], "bg", CONTEXT)(formdata=MultiDict({"x": "1"}), meta={"csrf": False})
    form.validate()
    tree = html.fromstring(render(form))
    for element in tree.xpath("//option[not(@value)]"):
        element.drop_tree()

    assert set(re.findall("[A-Za-z][A-Za-z0-9]{2,}", tree.text_content())) <= LATIN_ALLOWED
    assert not re.search("[А-Яа-я]{3,}", html.fromstring(render(compile_form(FORMS[key], "en")())).text_content())


@pytest.mark.parametrize("key", FORMS)
def test_every_input_has_a_label_and_every_reference_a_target(key):
    compiled = compile_form(FORMS[key], "bg", CONTEXT)
    wrong = compiled(formdata=MultiDict({"x": "1"}), meta={"csrf": False})
    wrong.validate()

    for form in (compiled(kept=sample(FORMS[key])), wrong):
        tree = html.fromstring(render(form))
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        for element in tree.xpath('//input[not(@type="hidden")] | //select | //textarea'):
            assert tree.xpath(f'//label[@for="{element.get("id")}"]'), element.get("name")
        for reference in " ".join(tree.xpath("//@aria-describedby")).split():
            assert reference in ids
        assert not tree.xpath("//script | //style | //@style | //@onclick")


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize(("key", "way"), WAYS)
def test_answers_can_be_read(key, way, language):
    form, answers = FORMS[key], sample(FORMS[key], way)

    rows = answer_rows(form, answers, language, CONTEXT)
    page = render_template_string(PAGE + "{{ answers(rows) }}", rows=rows)

    assert {row.key for row in rows} >= {name for name, value in answers.items() if value}
    assert "None" not in page and "Decimal" not in page


@pytest.mark.parametrize("key", FORMS)
def test_defaults_are_shown_with_where_they_come_from(key):
    context = {
        **CONTEXT,
        "intake": {"size": "M", "missing": ["cpv"]},
        "suggested": {"place": "BG341", "contact": "Силвия"},
    }
    opened = compile_form(FORMS[key], "bg", context)()

    assert {name for name, raw in opened.raw.items() if raw is not None} == set(prefill(FORMS[key], context))
