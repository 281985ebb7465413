"""What +, -, *, / and ** do to each pair of types; None where they do nothing sensible."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from app.feel import temporal
from app.feel.budget import Budget
from app.feel.numbers import CONTEXT, power
from app.feel.values import YearsMonths, kind_of

Operation = Callable[[Any, Any], Any]


def _span(later: datetime, earlier: datetime) -> timedelta | None:
    if (later.utcoffset() is None) != (earlier.utcoffset() is None):
        return None
    if later.tzinfo is not None:
        return later.astimezone(UTC) - earlier.astimezone(UTC)
    return later - earlier


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _seconds_of(moment: time) -> timedelta:
    span = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return span - (moment.utcoffset() or timedelta(0))


def _time_span(later: time, earlier: time) -> timedelta | None:
    if (later.utcoffset() is None) != (earlier.utcoffset() is None):
        return None
    return _seconds_of(later) - _seconds_of(earlier)


def _time_plus(moment: time, span: timedelta) -> time:
    start = datetime.combine(date(2000, 1, 1), moment)
    return (start + timedelta(seconds=span.seconds, microseconds=span.microseconds)).timetz()


def _months(amount: Decimal) -> YearsMonths:
    return YearsMonths(int(amount))


def _scaled(span: timedelta, factor: Decimal) -> timedelta:
    return temporal.from_microseconds(CONTEXT.multiply(temporal.microseconds(span), factor))


def _times(months: YearsMonths, factor: Decimal) -> YearsMonths:
    return _months(CONTEXT.multiply(Decimal(months.months), factor))


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _date_plus(day: date, span: timedelta) -> date:
    return day + span


def _plus_months(moment: date, months: YearsMonths) -> date:
    return temporal.add_months(moment, months.months)


_ADD: dict[tuple[type, type], Operation] = {
    (str, str): lambda left, right: left + right,
    (timedelta, timedelta): lambda left, right: left + right,
    (YearsMonths, YearsMonths): lambda left, right: YearsMonths(left.months + right.months),
    (date, timedelta): _date_plus,
    (date, YearsMonths): _plus_months,
    (datetime, timedelta): temporal.add_seconds,
    (datetime, YearsMonths): _plus_months,
    (time, timedelta): _time_plus,
}
_ADD |= {(right, left): _swapped(does) for (left, right), does in list(_ADD.items()) if left is not right}

_SUBTRACT: dict[tuple[type, type], Operation] = {
    (timedelta, timedelta): lambda left, right: left - right,
    (YearsMonths, YearsMonths): lambda left, right: YearsMonths(left.months - right.months),
    (date, date): lambda left, right: left - right,
    (datetime, datetime): _span,
    (date, datetime): lambda left, right: _span(_midnight(left), right),
    (datetime, date): lambda left, right: _span(left, _midnight(right)),
    (time, time): _time_span,
    (date, timedelta): lambda left, right: left + -right,
    (date, YearsMonths): lambda left, right: temporal.add_months(left, -right.months),
    (datetime, timedelta): lambda left, right: temporal.add_seconds(left, -right),
    (datetime, YearsMonths): lambda left, right: temporal.add_months(left, -right.months),
    (time, timedelta): lambda left, right: _time_plus(left, -right),
}
_MULTIPLY: dict[tuple[type, type], Operation] = {
    (timedelta, Decimal): _scaled,
    (Decimal, timedelta): _swapped(_scaled),
    (YearsMonths, Decimal): _times,
    (Decimal, YearsMonths): _swapped(_times),
}
_DIVIDE: dict[tuple[type, type], Operation] = {
    (timedelta, Decimal): lambda left, right: temporal.from_microseconds(
        CONTEXT.divide(temporal.microseconds(left), right)
    ),
    (YearsMonths, Decimal): lambda left, right: _months(CONTEXT.divide(Decimal(left.months), right)),
    (timedelta, timedelta): lambda left, right: CONTEXT.divide(
        temporal.microseconds(left), temporal.microseconds(right)
    ),
    (YearsMonths, YearsMonths): lambda left, right: CONTEXT.divide(Decimal(left.months), Decimal(right.months)),
}

NUMERIC: dict[str, Operation] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": power,
}
_OTHERS = {"+": _ADD, "-": _SUBTRACT, "*": _MULTIPLY, "/": _DIVIDE, "**": {}}


def calculate(operator: str, left: Any, right: Any, budget: Budget) -> Any:
    """The result for any two values; None, with a warning, where the types or amounts do not allow it."""
    kinds = (type(left), type(right))
    operation = NUMERIC[operator] if kinds == (Decimal, Decimal) else _OTHERS[operator].get(kinds)
    if operation is None:
        written = f"{kind_of(left)} {operator} {kind_of(right)}"
        budget.warn(f"{written} is not defined.", f"{written} не е определено.")
        return None
    if kinds == (str, str):
        budget.hold_text(len(left) + len(right))
    try:
        return operation(left, right)
    except (ArithmeticError, InvalidOperation, ValueError, TypeError):
        budget.warn(f"{operator} has no result here.", f"{operator} няма резултат тук.")
        return None


def negate(value: Any, budget: Budget) -> Any:
    """The value with its sign turned, or None if it has none."""
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    if type(value) is timedelta:
        return calculate("*", value, Decimal(-1), budget)
    if type(value) is YearsMonths:
        return YearsMonths(-value.months)
    return calculate("-", None, value, budget)
