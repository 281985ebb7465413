"""Compares the value of an expression with a plain Python one, types included."""

from datetime import timedelta
from decimal import Decimal

from app.feel import YearsMonths, parse


def D(text):
    return Decimal(text)


def days(number=0, **parts):
    return timedelta(days=number, **parts)


def months(number):
    return YearsMonths(number)


def exact(value):
    """The value with its types said, integers counting as numbers."""
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if type(value) is int:
        value = Decimal(value)
    return type(value).__name__, value


def assert_value(text, expected, context=None, names=()):
    value = parse(text, names).evaluate(context or {})
    assert exact(value) == exact(expected), f"{text} gave {value!r}"
