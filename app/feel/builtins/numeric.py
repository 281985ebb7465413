"""Built-ins on numbers."""

import decimal
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.numbers import CONTEXT, ONE, ZERO, small_integer
from app.feel.values import YearsMonths

declared = Declared()


def rounded(number: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """The number with this many decimals; one that needs no rounding is kept when padding would overflow it."""
    places = small_integer(scale, 6176)
    if places is None:
        return None
    try:
        return number.quantize(Decimal((0, (1,), -places)), rounding, CONTEXT)
    except InvalidOperation:
        return number if int(number.as_tuple().exponent) >= -places else None


@declared("decimal", "n: number, scale: number")
def half_even(budget: Budget, number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded half to even."""
    return rounded(number, scale, decimal.ROUND_HALF_EVEN)


@declared("floor", "n: number, scale?: number")
def floor(budget: Budget, number: Decimal, scale: Decimal | None = None) -> Decimal | None:
    """Rounded down, towards minus infinity."""
    return rounded(number, scale or ZERO, decimal.ROUND_FLOOR)


@declared("ceiling", "n: number, scale?: number")
def ceiling(budget: Budget, number: Decimal, scale: Decimal | None = None) -> Decimal | None:
    """Rounded up, towards plus infinity."""
    return rounded(number, scale or ZERO, decimal.ROUND_CEILING)


@declared("round up", "n: number, scale: number")
def round_up(budget: Budget, number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded away from zero."""
    return rounded(number, scale, decimal.ROUND_UP)


@declared("round down", "n: number, scale: number")
def round_down(budget: Budget, number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded towards zero."""
    return rounded(number, scale, decimal.ROUND_DOWN)


@declared("round half up", "n: number, scale: number")
def round_half_up(budget: Budget, number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded to the nearest, a half away from zero."""
    return rounded(number, scale, decimal.ROUND_HALF_UP)


@declared("round half down", "n: number, scale: number")
def round_half_down(budget: Budget, number: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded to the nearest, a half towards zero."""
    return rounded(number, scale, decimal.ROUND_HALF_DOWN)


@declared("abs", "n")
def absolute(budget: Budget, value: Any) -> Any:
    """The number or duration without its sign."""
    if type(value) is Decimal:
        return value.copy_abs()
    if type(value) is timedelta:
        return abs(value)
    return YearsMonths(abs(value.months)) if type(value) is YearsMonths else None


@declared("modulo", "dividend: number, divisor: number")
def modulo(budget: Budget, dividend: Decimal, divisor: Decimal) -> Decimal:
    """The remainder, with the sign of the divisor."""
    rest = CONTEXT.remainder(dividend, divisor)
    return CONTEXT.add(rest, divisor) if rest and rest.is_signed() != divisor.is_signed() else rest


@declared("sqrt", "number: number")
def square_root(budget: Budget, number: Decimal) -> Decimal:
    """The square root."""
    return CONTEXT.sqrt(number)


@declared("log", "number: number")
def logarithm(budget: Budget, number: Decimal) -> Decimal | None:
    """The natural logarithm."""
    return CONTEXT.ln(number) if number > 0 else None


@declared("exp", "number: number")
def exponential(budget: Budget, number: Decimal) -> Decimal:
    """e to this power."""
    return CONTEXT.exp(number)


@declared("odd", "number: number")
def is_odd(budget: Budget, number: Decimal) -> bool:
    """Whether the number is odd."""
    return CONTEXT.remainder(number, Decimal(2)).copy_abs() == ONE


@declared("even", "number: number")
def is_even(budget: Budget, number: Decimal) -> bool:
    """Whether the number is even."""
    return CONTEXT.remainder(number, Decimal(2)) == ZERO
