"""Values that FEEL has and Python has not, and the kinds every value belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, order=True)
class YearsMonths:
    """A years and months duration, kept as a whole number of months (negative: backwards)."""

    months: int


@dataclass(frozen=True)
class Range:
    """An interval; an end that is None is open to all sides (`< 5` is a range without a low end)."""

    low: Any
    high: Any
    low_included: bool
    high_included: bool


@dataclass(frozen=True, eq=False)
class Function:
    """A function as a value: the names of its parameters and what calls it with that many arguments."""

    parameters: tuple[str, ...]
    call: Callable[..., Any]


#: The kind of each Python type that can occur; two values of different kinds are never compared.
KINDS: dict[type, str] = {
    type(None): "null",
    Decimal: "number",
    str: "string",
    bool: "boolean",
    date: "date",
    datetime: "date and time",
    time: "time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind_of(value: Any) -> str:
    """The FEEL name of the value's type."""
    return KINDS.get(type(value), "unknown")
