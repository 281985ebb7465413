"""Arithmetic of numbers: 34 decimal digits, half even, in a context of our own."""

import decimal
from decimal import Decimal

#: IEEE 754 decimal128; an overflow or an undefined result raises instead of giving infinity or NaN.
CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
ZERO, ONE = Decimal(0), Decimal(1)


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """The power. Raises ArithmeticError where it is endless, which Python does not count as an error."""
    result = CONTEXT.power(base, exponent)
    if not result.is_finite():
        raise ArithmeticError("endless")
    return result


def text_of(number: Decimal) -> str:
    """The number without exponent; -0 is 0."""
    return format(number, "f") if number else format(number.copy_abs(), "f")


def is_whole(number: Decimal) -> bool:
    """Whether the number has no fraction."""
    return number == number.to_integral_value()


def small_integer(number: Decimal, limit: int = 1_000_000_000) -> int | None:
    """The number as an integer if it is whole and not huge, else None."""
    if number.copy_abs() > limit or not is_whole(number):
        return None
    return int(number)
