"""A compiled form: what it opens with, keeps, hides, and does with its buttons."""

import json

import pytest
from flask import render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict

from app.formdef import parse_form
from app.forms.answers import answer_rows
from app.forms.compiler import compile_form
from tests.formdef.make import component, form, options

PAGE = '{% from "components/form.html" import task_form with context %}{{ task_form(form) }}'


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context("/"):
        yield


def opened(definition, language="bg", context=None, **parts):
    return compile_form(definition, language, context, **parts)()


def sent(definition, values, language="bg", context=None, **parts):
    return compile_form(definition, language, context, **parts)(formdata=MultiDict(values), meta={"csrf": False})


def tree_of(bound):
    return html.fromstring(render_template_string(PAGE, form=bound))


def test_money_is_shown_as_people_write_it_and_read_either_way():
    value = form(component("money", "value"))
    bound = sent(value, {"value": "1 240,50"})
    bound.validate()

    assert (
        tree_of(compile_form(value, "bg")(kept=bound.answers.values)).get_element_by_id("value").get("value")
        == "1240,50"
    )
    assert (
        tree_of(compile_form(value, "en")(kept=bound.answers.values)).get_element_by_id("value").get("value")
        == "1240.50"
    )
    assert [row.text for row in answer_rows(value, bound.answers.values, "bg")] == ["1\u00a0240,50\u00a0EUR"]
    assert [row.text for row in answer_rows(value, bound.answers.values, "en")] == ["1,240.50\u00a0EUR"]


def test_what_was_typed_stands_there_again_beside_its_error():
    bound = sent(
        form(component("date", "promised"), component("money", "value")),
        {"promised-day": "31", "promised-month": "2", "promised-year": "2026", "value": "много"},
    )

    assert not bound.validate()
    page = tree_of(bound)
    assert [page.get_element_by_id(f"promised-{part}").get("value") for part in ("day", "month", "year")] == [
        "31",
        "2",
        "2026",
    ]
    assert page.get_element_by_id("value").get("value") == "много"
    assert page.get_element_by_id("value").get("aria-invalid") == "true"
    assert page.get_element_by_id("value").get("aria-describedby") == "value-error"
    assert page.xpath('//*[@id="error-summary"]//a/@href') == ["#promised-day", "#value"]


def test_a_draft_may_keep_what_was_typed_as_it_was():
    typed = {"promised-day": "31", "promised-month": "", "promised-year": ""}
    definition = form(component("date", "promised", validate={"required": True}))

    again = compile_form(definition, "bg")(kept=sent(definition, typed).raw)

    assert tree_of(again).get_element_by_id("promised-day").get("value") == "31"


def test_kept_answers_win_over_defaults_and_only_defaults_say_where_they_come_from():
    definition = form(
        component("text", "title", properties={"zeleno:default": "=request.title", "zeleno:source": "cpv"})
    )
    context = {"request": {"title": "Лампи"}}

    assert tree_of(opened(definition, context=context)).get_element_by_id("title").get("value") == "Лампи"
    assert "Попълнено от CPV" in tree_of(opened(definition, context=context)).text_content()
    kept = tree_of(compile_form(definition, "bg", context)(kept={"title": "Тела"}))
    assert kept.get_element_by_id("title").get("value") == "Тела"
    assert "Попълнено" not in kept.text_content()


def lots():
    return form(component("table", "lots", components=[component("text", "title", validate={"required": True})]))


def test_rows_can_be_added_and_removed_without_scripts():
    typed = {"lots-0-title": "А", "lots-1-title": "", "lots-2-title": "В"}

    added = sent(lots(), {**typed, "_add_row": "lots"})
    removed = sent(lots(), {**typed, "_remove_row": "lots-0"})

    assert added.wants_row and removed.wants_row and not sent(lots(), typed).wants_row
    assert [row["title"] for row in added.raw["lots"]] == ["А", "", "В"]
    assert [row["title"] for row in removed.raw["lots"]] == ["", "В"]
    assert tree_of(added).xpath("//fieldset[@data-row and not(ancestor::template)]/@data-row") == ["0", "1", "2", "3"]


def test_blank_rows_do_not_pile_up_when_a_form_is_shown_again():
    again = sent(lots(), {"lots-0-title": "А", "lots-1-title": " ", "lots-2-title": ""})

    assert [row["title"] for row in again.raw["lots"]] == ["А"]
    assert tree_of(again).xpath("//fieldset[@data-row and not(ancestor::template)]/@data-row") == ["0", "1"]


def test_an_error_in_a_row_leads_to_its_cell():
    definition = form(
        component(
            "table",
            "lots",
            components=[component("text", "title", validate={"required": True}), component("cpv", "cpv")],
        )
    )
    bound = sent(definition, {"lots-3-title": "А", "lots-7-cpv": "лампи"})

    assert not bound.validate()
    assert [id for id, _said in bound.problems] == ["lots-1-title", "lots-1-cpv"]
    assert tree_of(bound).get_element_by_id("lots-1-cpv").get("value") == "лампи"


def routed():
    return form(
        component("radio", "decision", values=options("ask", "answer")),
        component("text", "reply", conditional={"hide": '=decision != "answer"'}),
        component("text", "expert", conditional={"hide": '=decision = "ask" or unit.experts = 0'}),
        component("text", "far", conditional={"hide": "=count(decision) > 3"}),
        submit={
            "field": "decision",
            "labels": {"ask": {"bg": "Питай", "en": "Ask"}, "answer": {"bg": "Отговори", "en": "Answer"}},
            "then": {
                "ask": {"bg": "Срокът спира.", "en": "The clock stops."},
                "answer": {"bg": "Приключва.", "en": "It closes."},
            },
        },
    )


def test_the_browser_is_told_the_conditions_it_can_follow():
    page = tree_of(compile_form(routed(), "bg", {"unit": {"experts": 2}})(prefix="t"))

    told = [json.loads(one) for one in page.xpath("//@data-show-when")]
    assert told == [[{"field": "t-decision", "in": ["answer"]}], [{"field": "t-decision", "notIn": ["ask"]}]]
    assert page.xpath('//input[@name="t-far"]')


def test_a_field_that_cannot_apply_is_not_drawn():
    assert not tree_of(opened(routed(), context={"unit": {"experts": 0}})).xpath('//input[@name="expert"]')


def test_the_button_and_its_line_follow_the_answer():
    assert (opened(routed()).submit_label, opened(routed()).then) == ("Изпрати", "")
    asked = sent(routed(), {"decision": "ask"})
    assert (asked.submit_label, asked.then) == ("Питай", "Срокът спира.")
    box = tree_of(opened(routed(), "en")).xpath("//*[@data-submit-by]")[0]
    assert json.loads(box.get("data-labels")) == {"ask": "Ask", "answer": "Answer"}
    assert json.loads(box.get("data-thens"))["ask"] == "The clock stops."


def pages():
    return parse_form(
        {
            "id": "long",
            "title": "Дълъг",
            "submit": {"label": "Прати"},
            "components": [
                {
                    "type": "group",
                    "id": "one",
                    "label": "Едно",
                    "components": [component("radio", "kind", values=options("draft", "none"))],
                },
                {
                    "type": "group",
                    "id": "two",
                    "label": "Две",
                    "components": [
                        component(
                            "text", "spec", validate={"required": True}, conditional={"hide": '=kind != "draft"'}
                        ),
                        component("text", "title", validate={"required": True}, properties={"zeleno:quick": "true"}),
                    ],
                },
            ],
        }
    )


def test_one_page_asks_only_its_own_but_knows_the_others():
    drafted = sent(pages(), {"title": "А"}, page="two", known={"kind": "draft"})
    other = sent(pages(), {"title": "А", "spec": "тайно"}, page="two", known={"kind": "none"})

    assert not drafted.validate() and set(drafted.answers.errors) == {"spec"}
    assert other.validate() and other.answers.values == {"title": "А"}
    assert tree_of(drafted).xpath('//input[@name="spec"]') and not tree_of(other).xpath('//input[@name="spec"]')


def test_quick_mode_asks_only_the_quick_fields():
    quick = sent(pages(), {"title": "А", "kind": "draft"}, only=pages().quick_keys)

    assert quick.validate() and quick.answers.values == {"title": "А"}


def test_saving_a_draft_demands_nothing_but_refuses_wrong_kinds():
    assert sent(pages(), {"title": ""}).validate(draft=True)
    assert not sent(form(component("number", "hours")), {"hours": "много"}).validate(draft=True)


def test_new_files_wait_for_the_page_and_kept_ones_can_be_removed():
    definition = form(component("files", "documents", values=options("spec")))
    page = tree_of(compile_form(definition, "bg", {"attachments": {7: "Схема.pdf"}})(kept={"documents": [7]}))

    assert page.xpath("//form/@enctype") == ["multipart/form-data"]
    assert page.xpath('//input[@type="file"]/@name') == ["documents-upload"]
    assert "Схема.pdf" in page.text_content()
    removed = sent(definition, {"documents-kind": "spec"})
    assert removed.validate() and removed.answers.values == {"documents": []}


def test_a_form_without_its_token_is_refused_and_says_so(app):
    with app.test_request_context("/", method="POST", data={"title": "А"}):
        bound = compile_form(form(component("text", "title")), "bg")()

        assert not bound.validate_on_submit()
        assert bound.problems == [("", bound.text("page_expired"))]
        assert "CSRF" not in tree_of(bound).text_content()


def test_field_names_cannot_break_the_form():
    definition = form(
        component("text", "data"),
        component("text", "errors"),
        component("text", "validate"),
        component("text", "process"),
    )
    bound = sent(definition, {"data": "1", "errors": "2", "validate": "3", "process": "4"})

    assert bound.validate() and bound.answers.values == {"data": "1", "errors": "2", "validate": "3", "process": "4"}
