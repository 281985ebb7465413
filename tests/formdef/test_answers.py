"""Answers as a whole: conditions, tables, "I don't know", and what cannot be smuggled in."""

from decimal import Decimal

from app.formdef import merge_answers, prefill, validate, visible
from tests.formdef.make import component, form, options

REQUIRED = {"required": True}


def routed():
    return form(
        component("radio", "decision", values=options("ask", "answer")),
        component("textarea", "reply", validate=REQUIRED, conditional={"hide": '=decision != "answer"'}),
        component("text", "note", conditional={"hide": "=reply = null"}),
    )


def test_a_hidden_field_is_neither_demanded_nor_taken():
    assert validate(routed(), {"decision": "ask", "reply": "тайно", "note": "още"}).values == {"decision": "ask"}
    assert set(validate(routed(), {"decision": "answer"}).errors) == {"reply"}
    assert validate(routed(), {"decision": "ask", "reply": 7}).errors == {}


def test_visibility_follows_the_answers():
    assert visible(routed(), {"decision": "ask"}, {}) == {"decision"}
    assert visible(routed(), {"decision": "answer", "reply": "да"}, {}) == {"decision", "reply", "note"}


def test_an_answer_of_the_context_does_not_stand_in_for_one_of_the_form():
    assert visible(routed(), {}, {"decision": "answer", "reply": "да"}) == {"decision"}


def test_required_if_demands_only_when_it_holds():
    asked = form(
        component("radio", "decision", values=options("ok", "return")),
        component("text", "note", properties={"zeleno:requiredIf": '=decision = "return"'}),
    )

    assert validate(asked, {"decision": "ok"}).ok
    assert set(validate(asked, {"decision": "return"}).errors) == {"note"}
    assert validate(asked, {"decision": "return", "note": "чл. 49"}).ok


def test_all_items_must_be_ticked_where_the_form_says_so():
    ticks = form(
        component("checkbox", "sure"),
        component("checklist", "checks", values=options("a", "b"), properties={"zeleno:allIf": "=sure"}),
    )

    assert validate(ticks, {"sure": True, "checks": ["a", "b"]}).ok
    assert set(validate(ticks, {"sure": True, "checks": ["a"]}).errors) == {"checks"}
    assert validate(ticks, {"checks": ["a"]}).ok


def test_unknown_names_and_shown_fields_are_ignored():
    shown = form(component("text"), component("computed", "sum", properties={"zeleno:value": "=1 + 1"}))

    assert validate(shown, {"field": "да", "sum": "9", "role": "administrator", "_unknown": ["field"]}).values == {
        "field": "да"
    }


def test_a_readonly_field_comes_from_the_context_and_not_from_outside():
    fixed = form(component("text", readonly=True, properties={"zeleno:default": "=request.title"}))

    assert validate(fixed, {"field": "чуждо"}, {"request": {"title": "Лампи"}}).values == {"field": "Лампи"}


def lots(**parts):
    columns = [component("text", "title", validate=REQUIRED), component("money", "value")]
    return form(component("table", "lots", components=columns, **parts))


def test_rows_are_typed_and_empty_ones_are_dropped():
    typed = [
        {"title": "А", "value": "1 240,50"},
        {"title": " ", "value": {"amount": "", "currency": "EUR"}},
        {"title": "Б", "x": 1},
    ]

    assert validate(lots(), {"lots": typed}).values == {
        "lots": [
            {"title": "А", "value": {"amount": Decimal("1240.50"), "currency": "EUR"}},
            {"title": "Б", "value": None},
        ]
    }


def test_errors_name_the_row_that_was_sent():
    answers = validate(lots(), {"lots": [{}, {"value": "5"}, {"title": "В", "value": "пет"}]})

    assert set(answers.errors) == {"lots.1.title", "lots.2.value"}
    assert set(validate(lots(), {"lots": [{}, {"value": "5"}]}, draft=True).errors) == set()


def test_a_table_is_bounded_and_refuses_other_shapes():
    few = lots(properties={"zeleno:maxRows": "2"})

    assert set(validate(few, {"lots": [{"title": "А"}] * 3}).errors) == {"lots"}
    assert set(validate(few, {"lots": [{"title": "А"}] * 5000}).errors) == {"lots"}
    assert set(validate(few, {"lots": "много"}).errors) == {"lots"}
    assert set(validate(few, {"lots": ["ред"]}).errors) == {"lots"}
    assert set(validate(lots(validate=REQUIRED), {"lots": [{}]}).errors) == {"lots"}


def test_fixed_rows_keep_what_they_ask_about():
    asked = form(
        component(
            "table",
            "items",
            components=[
                component("text", "about"),
                component("text", "answer", properties={"zeleno:requiredIf": "=not(skip)"}),
                component("checkbox", "skip"),
            ],
            properties={"zeleno:rows": "=triage.missing"},
        )
    )
    context = {"triage": {"missing": ["value", "cpv"]}}

    answers = validate(
        asked, {"items": [{"about": "друго", "answer": "5"}, {"skip": "true"}, {"about": "още"}]}, context
    )

    assert answers.values == {
        "items": [{"about": "value", "answer": "5", "skip": False}, {"about": "cpv", "answer": None, "skip": True}]
    }
    assert set(validate(asked, {}, context).errors) == {"items.0.answer", "items.1.answer"}


def unsure():
    return form(
        component("money", "value", validate=REQUIRED, properties={"zeleno:unknownAllowed": "true"}),
        component("text", "title", validate=REQUIRED),
    )


def test_not_knowing_is_an_answer_where_the_form_allows_it():
    assert validate(unsure(), {"value": {"amount": "", "unknown": True}, "title": "А"}).values == {
        "value": None,
        "title": "А",
        "_unknown": ["value"],
    }
    assert set(
        validate(unsure(), {"value": {"amount": "", "unknown": True}, "title": {"value": "", "unknown": True}}).errors
    ) == {"title"}


def test_what_was_typed_beside_not_knowing_wins():
    answers = validate(unsure(), {"value": {"amount": "5", "unknown": "true"}, "title": "А"})

    assert answers.values == {"value": {"amount": Decimal("5.00"), "currency": "EUR"}, "title": "А"}


def test_typed_answers_pass_again_unchanged():
    first = validate(unsure(), {"value": {"unknown": True}, "title": "А"}).values

    assert validate(unsure(), first).values == first


def test_only_limits_what_is_demanded_but_not_what_conditions_see():
    answers = validate(routed(), {"decision": "answer", "note": "n"}, only={"reply"})

    assert (answers.values, set(answers.errors)) == ({"reply": None}, {"reply"})


def test_a_draft_gives_back_only_what_it_was_given():
    assert validate(unsure(), {"title": "А"}, draft=True).values == {"title": "А"}


def test_merging_keeps_what_is_unknown_until_it_is_answered():
    kept = {"title": "А", "value": None, "_unknown": ["value"]}

    assert merge_answers(kept, {"cpv": None, "_unknown": ["cpv"]}) == {
        "title": "А",
        "value": None,
        "cpv": None,
        "_unknown": ["value", "cpv"],
    }
    assert merge_answers(kept, {"value": 5}) == {"title": "А", "value": 5}


def test_prefill_offers_only_what_the_field_would_take():
    opened = form(
        component("date", "promised", properties={"zeleno:default": "=intake.promised"}),
        component("text", "title", properties={"zeleno:default": "=request.title"}),
        component("number", "hours", defaultValue=3),
        component("text", "broken", properties={"zeleno:default": "=1 / 0"}),
    )

    assert prefill(opened, {"intake": {"promised": "скоро"}, "request": {"title": "Лампи"}}) == {
        "title": "Лампи",
        "hours": Decimal(3),
    }
