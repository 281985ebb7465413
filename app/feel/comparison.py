"""Equality and order across all types; None where two values cannot be compared."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.feel.budget import Budget
from app.feel.values import KINDS, Range

ORDERED = frozenset(
    ("number", "string", "date", "time", "date and time", "days and time duration", "years and months duration")
)


def equal(left: Any, right: Any, budget: Budget) -> bool | None:
    """Whether two values are equal; null equals only null, and different types are not comparable."""
    kind = type(left)
    if kind is type(right):
        if kind is Decimal or kind is str or kind is bool:
            return left == right
        return _equal_alike(left, right, kind, budget)
    if left is None or right is None:
        return False
    return None


def _equal_alike(left: Any, right: Any, kind: type, budget: Budget) -> bool | None:
    if kind is list:
        return _equal_lists(left, right, budget)
    if kind is dict:
        return _equal_contexts(left, right, budget)
    if kind is datetime:
        return _instant(left) == _instant(right) if _comparable(left, right) else None
    if kind is Range:
        return (left.low_included, left.high_included) == (right.low_included, right.high_included) and _all(
            (equal(left.low, right.low, budget), equal(left.high, right.high, budget))
        )
    return left == right


def _equal_lists(left: list, right: list, budget: Budget) -> bool | None:
    if len(left) != len(right):
        return False
    budget.spend(len(left) + 1)
    return _all(equal(one, other, budget) for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict, right: dict, budget: Budget) -> bool | None:
    if left.keys() != right.keys():
        return False
    budget.spend(len(left) + 1)
    return _all(equal(value, right[key], budget) for key, value in left.items())


def _all(results: Any) -> bool | None:
    unknown = False
    for result in results:
        if result is False:
            return False
        unknown = unknown or result is None
    return None if unknown else True


def same(left: Any, right: Any, budget: Budget) -> bool:
    """Whether two values are surely equal, as lists search for them."""
    return equal(left, right, budget) is True


def less(left: Any, right: Any) -> bool | None:
    """Whether left comes before right, or None where there is no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is Decimal or kind is str:
        return left < right
    if KINDS.get(kind) not in ORDERED or not _comparable(left, right):
        return None
    if kind is datetime:
        return _instant(left) < _instant(right)
    return left < right


def less_or_equal(left: Any, right: Any) -> bool | None:
    """Whether left comes before right or is equal to it."""
    kind = type(left)
    if kind is type(right) and (kind is Decimal or kind is str):
        return left <= right
    result = less(right, left)
    return None if result is None else not result


def _comparable(left: Any, right: Any) -> bool:
    """Whether both moments have an offset, or neither has."""
    if not hasattr(left, "utcoffset"):
        return True
    return (left.utcoffset() is None) == (right.utcoffset() is None)


def _instant(moment: datetime) -> datetime:
    """The moment on one common clock; Python compares equal zones by their wall clocks."""
    if not isinstance(moment.tzinfo, ZoneInfo):
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment


def contains(interval: Range, value: Any) -> bool | None:
    """Whether the value lies in the interval."""
    if value is None:
        return None
    after = True if interval.low is None else _above(interval.low, value, interval.low_included)
    if after is False:
        return False
    before = True if interval.high is None else _above(value, interval.high, interval.high_included)
    return before if after else (None if before is not False else False)


def _above(low: Any, high: Any, included: bool) -> bool | None:
    return less_or_equal(low, high) if included else less(low, high)


def within(value: Any, target: Any, budget: Budget) -> bool | None:
    """Whether the value is the target, in it as a range, or in it as a list (of values or ranges)."""
    if type(target) is Range:
        return contains(target, value)
    if type(target) is not list or type(value) is list:
        result = equal(value, target, budget)
        return result if type(target) is not list else result is True or _in_list(value, target, budget)
    return _in_list(value, target, budget)


def _in_list(value: Any, items: list, budget: Budget) -> bool | None:
    budget.spend(len(items))
    unknown = False
    for item in items:
        result = contains(item, value) if type(item) is Range else equal(value, item, budget)
        if result is True:
            return True
        unknown = unknown or result is None
    return None if unknown else False
