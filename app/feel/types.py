"""Whether a value is of a named type (`instance of`)."""

from typing import Any

from app.feel.budget import Budget
from app.feel.tree import TypeName
from app.feel.values import kind_of


def is_instance(value: Any, wanted: TypeName, budget: Budget) -> bool:
    """Whether the value has the type; null has only the type Null."""
    budget.spend(1)
    if wanted.name == "Any":
        return value is not None
    if wanted.name == "Null":
        return value is None
    if kind_of(value) != wanted.name:
        return False
    if wanted.name == "list" and wanted.item:
        return all(is_instance(item, wanted.item, budget) for item in value)
    if wanted.name == "range" and wanted.item:
        return all(end is None or is_instance(end, wanted.item, budget) for end in (value.low, value.high))
    return all(is_instance(value.get(name), kind, budget) for name, kind in wanted.entries)
