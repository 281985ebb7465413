"""Built-ins on truth and presence."""

from typing import Any

from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.comparison import equal
from app.feel.values import kind_of

declared = Declared()


@declared("not", "negand")
def negation(budget: Budget, value: Any) -> bool | None:
    """The opposite; of anything but true and false it is null."""
    return not value if type(value) is bool else None


@declared("all", "list*")
def all_true(budget: Budget, items: list) -> bool | None:
    """False if one is false, true if all are true."""
    return _decide(items, decisive=False)


@declared("any", "list*")
def any_true(budget: Budget, items: list) -> bool | None:
    """True if one is true, false if all are false."""
    return _decide(items, decisive=True)


def _decide(items: list, *, decisive: bool) -> bool | None:
    if any(item is decisive for item in items):
        return decisive
    return None if any(type(item) is not bool for item in items) else not decisive


@declared("is", "value1, value2")
def identical(budget: Budget, first: Any, second: Any) -> bool:
    """Whether two values are the same in type and value."""
    return kind_of(first) == kind_of(second) and equal(first, second, budget) is True


@declared("is defined", "value")
def is_defined(budget: Budget, value: Any) -> bool:
    """Whether there is a value at all; a missing name and null are the same here."""
    return value is not None


@declared("get or else", "value, default")
def get_or_else(budget: Budget, value: Any, default: Any) -> Any:
    """The value, or the default where it is null."""
    return default if value is None else value
