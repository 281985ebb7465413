"""Built-ins that turn values into text and text into numbers."""

import re
from decimal import Decimal
from typing import Any

from app.feel import temporal
from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.numbers import CONTEXT, text_of
from app.feel.values import Function, Range

declared = Declared()
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?")


@declared("string", "from")
def to_string(budget: Budget, value: Any) -> str | None:
    """The value as text; null stays null."""
    if value is None or type(value) is str:
        return value
    return written(value, budget)


def written(value: Any, budget: Budget) -> str:
    """The value as it would be written in an expression."""
    made = _written(value, budget)
    budget.hold_text(len(made))
    return made


def _written(value: Any, budget: Budget) -> str:
    if value is None or type(value) is bool:
        return {None: "null", True: "true", False: "false"}[value]
    if type(value) is Decimal:
        return text_of(value)
    if type(value) is str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if type(value) is list:
        return "[" + ", ".join(written(item, budget) for item in value) + "]"
    if type(value) is dict:
        return "{" + ", ".join(f"{key}: {written(item, budget)}" for key, item in value.items()) + "}"
    if type(value) is Range:
        return _written_range(value, budget)
    return "function" if type(value) is Function else temporal.write(value)


def _written_range(value: Range, budget: Budget) -> str:
    begin, end = "[" if value.low_included else "(", "]" if value.high_included else ")"
    return f"{begin}{written(value.low, budget)}..{written(value.high, budget)}{end}"


@declared("number", "from")
def to_number(budget: Budget, value: Any) -> Decimal | None:
    """The number a text spells with a point and without grouping."""
    if type(value) is Decimal:
        return value
    if type(value) is not str or not _NUMBER.fullmatch(value):
        return None
    return CONTEXT.create_decimal(value)


@declared("number", "from: string, grouping separator?: string, decimal separator?: string")
def to_number_grouped(
    budget: Budget, text: str, grouping: str | None = None, point: str | None = None
) -> Decimal | None:
    """The number a text spells with these separators."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return None
    budget.hold_text(len(text))
    plain = text.replace(grouping, "") if grouping else text
    return to_number(budget, plain.replace(point, ".") if point else plain)
