"""Each kind of field: what it takes, what it makes of it, and what it refuses."""

from datetime import date
from decimal import Decimal

import pytest

from app.formdef import validate
from tests.formdef.make import component, form, options

EUR = "EUR"


def money(amount, currency=EUR):
    return {"amount": Decimal(amount), "currency": currency}


GOOD = [
    ("text", "  лампи \r\n нови ", "лампи   нови"),
    ("text", "", None),
    ("text", None, None),
    ("textarea", "ред 1\r\nред 2\n", "ред 1\nред 2"),
    ("number", "1 240,5", Decimal("1240.5")),
    ("number", "1\u00a0240,5", Decimal("1240.5")),
    ("number", "0,125", Decimal("0.125")),
    ("number", "-3", Decimal("-3")),
    ("number", "\u22123", Decimal("-3")),
    ("number", 7, Decimal("7")),
    ("number", 0.1, Decimal("0.1")),
    ("number", Decimal("1E+2"), Decimal("100")),
    ("number", " ", None),
    ("money", "1 240,50", money("1240.50")),
    ("money", "1240.50", money("1240.50")),
    ("money", "1\u00a0240,50", money("1240.50")),
    ("money", "1\u202f240,50", money("1240.50")),
    ("money", "1.240,50", money("1240.50")),
    ("money", "1,240.50", money("1240.50")),
    ("money", "1.240.500", money("1240500.00")),
    ("money", "1240 €", money("1240.00")),
    ("money", {"amount": "5", "currency": "BGN"}, money("5.00", "BGN")),
    ("money", {"amount": Decimal("5"), "currency": "EUR"}, money("5.00")),
    ("money", Decimal("1240.5000"), money("1240.50")),
    ("money", {"amount": "", "currency": "EUR"}, None),
    ("date", "2026-11-27", date(2026, 11, 27)),
    ("date", "27.11.2026", date(2026, 11, 27)),
    ("date", "27.11.2026 г.", date(2026, 11, 27)),
    ("date", {"day": "7", "month": "3", "year": "2026"}, date(2026, 3, 7)),
    ("date", {"day": "", "month": "", "year": ""}, None),
    ("date", date(2026, 3, 7), date(2026, 3, 7)),
    ("month_or_date", "2026-03", "2026-03"),
    ("month_or_date", "3.2026", "2026-03"),
    ("month_or_date", "03.03.2026", date(2026, 3, 3)),
    ("month_or_date", {"day": "", "month": "3", "year": "2026"}, "2026-03"),
    ("month_or_date", {"day": "9", "month": "3", "year": "2026"}, date(2026, 3, 9)),
    ("cpv", "34928500", "34928500"),
    ("cpv", "34928500-3", "34928500"),
    ("cpv", "34928500 Улични осветители", "34928500"),
    ("nuts", "bg341", "BG341"),
    ("person", "17", 17),
    ("person", Decimal("17"), 17),
    ("person", "", None),
    ("checkbox", "true", True),
    ("checkbox", "on", True),
    ("checkbox", None, False),
    ("radio", "yes", "yes"),
    ("select", "", None),
    ("checklist", ["yes", "no", "yes"], ["yes", "no"]),
    ("checklist", "yes", ["yes"]),
    ("checklist", None, []),
    ("files", ["3", "4", 3], [3, 4]),
    ("files", "", []),
]


@pytest.mark.parametrize(("kind", "typed", "value"), GOOD)
def test_takes(kind, typed, value):
    answers = validate(form(one(kind)), {"field": typed})

    assert (answers.values, answers.errors) == ({"field": value}, {})
    assert type(answers.values["field"]) is type(value)


def one(kind, **parts):
    return component(kind, values=options("yes", "no"), **parts)


BAD = [
    ("text", 7),
    ("text", ["a"]),
    ("text", {"a": 1}),
    ("text", "а" * 501),
    ("text", "скрит\u202eтекст"),
    ("text", "нула\x00"),
    ("text", "\ud800"),
    ("textarea", "звън\x07"),
    ("textarea", "а" * 10_001),
    ("textarea", "а" * 1_000_000),
    ("number", "сто"),
    ("number", "1e5"),
    ("number", "1,2,3"),
    ("number", "1.24,5,0"),
    ("number", "١٢"),
    ("number", "9" * 17),
    ("number", True),
    ("number", float("nan")),
    ("number", float("inf")),
    ("number", Decimal("1E+99")),
    ("number", Decimal("NaN")),
    ("money", "1.240"),
    ("money", "12,345"),
    ("money", "-1"),
    ("money", "5 лв"),
    ("money", {"amount": "5", "currency": "евро"}),
    ("money", {"amount": ["5"]}),
    ("date", "2026-02-30"),
    ("date", "27/11"),
    ("date", "27.11.26"),
    ("date", {"day": "31", "month": "4", "year": "2026"}),
    ("date", {"day": "1", "month": "", "year": "2026"}),
    ("date", 20261127),
    ("month_or_date", "2026-13"),
    ("month_or_date", {"day": "x", "month": "3", "year": "2026"}),
    ("month_or_date", {"day": "5", "month": "", "year": "2026"}),
    ("cpv", "3492850"),
    ("cpv", "улично осветление"),
    ("cpv", 34928500),
    ("nuts", "БГ341"),
    ("nuts", "BG3411"),
    ("person", "Иван"),
    ("person", -1),
    ("person", True),
    ("person", 2**60),
    ("checkbox", "може би"),
    ("checkbox", 2),
    ("radio", "maybe"),
    ("radio", ["yes"]),
    ("checklist", ["yes", "maybe"]),
    ("checklist", {"yes": 1}),
    ("files", ["../etc/passwd"]),
    ("files", [0]),
    ("files", list(range(1, 60))),
]


@pytest.mark.parametrize(("kind", "typed"), BAD)
@pytest.mark.parametrize("draft", [False, True])
def test_refuses_in_both_languages(kind, typed, draft):
    answers = validate(form(one(kind)), {"field": typed}, draft=draft)

    assert set(answers.errors) == {"field"}
    assert all(answers.errors["field"][language] for language in ("bg", "en"))


RANGES = [
    ("number", {"min": 0, "max": 100}, "100", "101"),
    ("number", {"min": 0}, "0", "-1"),
    ("money", {"min": 10}, "10,00", "9,99"),
    ("text", {"minLength": 3}, "три", "да"),
    ("text", {"maxLength": 3}, "три", "четири"),
    ("text", {"pattern": "[0-9]{4}-[0-9]{4}"}, "0001-2026", "0001-202"),
]


@pytest.mark.parametrize(("kind", "rules", "good", "bad"), RANGES)
def test_keeps_limits(kind, rules, good, bad):
    limited = form(component(kind, validate=rules))

    assert validate(limited, {"field": good}).ok
    assert not validate(limited, {"field": bad}).ok


@pytest.mark.parametrize(
    "kind", ["text", "number", "money", "date", "cpv", "radio", "checkbox", "checklist", "files", "person"]
)
def test_a_required_field_must_be_answered_except_in_a_draft(kind):
    required = form(one(kind, validate={"required": True}))

    assert set(validate(required, {}).errors) == {"field"}
    assert validate(required, {}, draft=True).ok


def test_offered_options_of_the_context_are_the_only_answers():
    offered = form(
        component("person", valuesKey="experts"),
        component("select", "group", valuesKey="groups", values=options("none")),
    )
    context = {
        "options": {"experts": [{"value": 5, "label": "Мария"}], "groups": [{"value": "paper", "label": "Хартия"}]}
    }

    assert validate(offered, {"field": "5", "group": "none"}, context).ok
    assert set(validate(offered, {"field": "6", "group": "food"}, context).errors) == {"field", "group"}
    assert validate(offered, {"field": "6", "group": "food"}).ok
