"""Typed answers for any form: something fitting for each kind of field."""

from datetime import date
from decimal import Decimal
from typing import Any

from app.formdef import Field, Form, Kind, visible

CONTEXT = {
    "options": {
        "experts": [{"value": 5, "label": "Мария Петкова"}, {"value": 6, "label": "Иван Тодоров"}],
        "product_groups": [{"value": "paper", "label": {"bg": "Хартия", "en": "Paper"}}],
        "criteria": [{"value": "c-1", "label": "Критерий 1"}],
        "regions": [{"value": "BG341", "label": "Бургас"}],
    },
    "attachments": {7: "Спецификация.docx"},
    "notice": {"relation": "model"},
    "triage": {"missing": ["value", "cpv"], "missing_text": "Какъв е срокът?", "legal_reason": "Важи ли чл. 47а?"},
    "overview": {"found": Decimal(9), "provable": Decimal(4)},
    "request": {"promises": {"S": date(2026, 3, 5), "M": date(2026, 3, 10), "L": date(2026, 3, 17)}},
}
SINGLE = {
    Kind.TEXT: "Осветление <b>& „лампи“",
    Kind.TEXTAREA: "Първи ред\n\n  втори ред",
    Kind.NUMBER: Decimal("12.5"),
    Kind.MONEY: {"amount": Decimal("1240.50"), "currency": "BGN"},
    Kind.DATE: date(2026, 11, 27),
    Kind.MONTH_OR_DATE: "2026-03",
    Kind.CHECKBOX: True,
    Kind.CPV: "34928500",
    Kind.NUTS: "BG341",
    Kind.PERSON: 5,
    Kind.FILES: [7],
}


def sample(form: Form, routing: str = "") -> dict[str, Any]:
    """Every visible field answered; the field that routes answered as asked."""
    values: dict[str, Any] = {}
    for field in form.fields:
        if field.is_input and field.key in visible(form, values, CONTEXT):
            values[field.key] = routing if field.key == form.submit.routed_by else _answer(field)
    return values


def _answer(field: Field) -> Any:
    if field.kind is Kind.TABLE:
        return _fixed(field) if field.rows else [{column.key: _answer(column) for column in field.columns}] * 2
    if field.kind in (Kind.RADIO, Kind.SELECT, Kind.CHECKLIST):
        offered = [one.value for one in field.options]
        offered += [str(one["value"]) for one in CONTEXT["options"].get(field.options_from, ())]
        return offered if field.kind is Kind.CHECKLIST else offered[0]
    return SINGLE[field.kind]


def _fixed(field: Field) -> list[dict[str, Any]]:
    first, *others = field.columns
    return [{first.key: item, **{one.key: _answer(one) for one in others}} for item in CONTEXT["triage"]["missing"]]
