"""Plain Python values → the exact types FEEL deals in, so that nothing else is ever met while evaluating."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, Overflow
from typing import Any

from app.feel.budget import Budget, too_deep
from app.feel.numbers import CONTEXT
from app.feel.values import Function, Range, YearsMonths

MAX_LEVELS = 40
_AS_THEY_ARE = frozenset((type(None), bool, date, datetime, time, timedelta, YearsMonths, Function, Range))


def adopt(value: Any, budget: Budget, levels: int = MAX_LEVELS) -> Any:
    """The value as FEEL knows it; what FEEL does not know becomes null."""
    kind = type(value)
    if kind is str:
        if len(value) > 1000:
            budget.hold_text(len(value))
        return value
    if kind is Decimal:
        return _number(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is list or kind is dict:
        return _collection(value, budget, levels)
    return _foreign(value, budget, levels)


def _number(value: Decimal) -> Decimal | None:
    if not value.is_finite():
        return None
    try:
        return CONTEXT.plus(value)
    except Overflow:
        return None


def _collection(value: list | dict, budget: Budget, levels: int) -> list | dict:
    if not levels:
        raise too_deep()
    budget.hold_items(len(value))
    if type(value) is dict:
        return {str(key): adopt(item, budget, levels - 1) for key, item in value.items()}
    return [adopt(item, budget, levels - 1) for item in value]


def _foreign(value: Any, budget: Budget, levels: int) -> Any:
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return _number(Decimal(repr(float(value))))
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Decimal):
        return _number(Decimal(value))
    if isinstance(value, Mapping):
        return _collection(dict(value), budget, levels)
    if isinstance(value, list | tuple | set | frozenset):
        return _collection(list(value), budget, levels)
    budget.warn("A value of an unknown type counts as null.", "Стойност от непознат вид се приема за null.")
    return None


def _integer(value: int) -> Decimal | None:
    """The integer as a number; one far beyond 34 digits is none."""
    if value.bit_length() > 20_000:
        return None
    return _number(Decimal(int(value)))
