"""Built-ins on contexts."""

from typing import Any

from app.feel.budget import Budget
from app.feel.builtins.registry import Declared

declared = Declared()


@declared("get value", "m: context, key: string")
def get_value(budget: Budget, context: dict, key: str) -> Any:
    """The entry of this name, or null."""
    return context.get(key)


@declared("get entries", "m: context")
def get_entries(budget: Budget, context: dict) -> list[dict]:
    """The entries as a list of {key, value}."""
    budget.hold_items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@declared("context", "entries: list")
def context_of(budget: Budget, entries: list) -> dict | None:
    """A context from a list of {key, value}."""
    made: dict[str, Any] = {}
    for entry in entries:
        fits = type(entry) is dict and type(entry.get("key")) is str and "value" in entry
        if not fits or entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    budget.hold_items(len(made))
    return made


@declared("context put", "context: context, key: string, value")
def context_put(budget: Budget, context: dict, key: str, value: Any) -> dict:
    """The context with one entry added or replaced."""
    budget.hold_items(len(context) + 1)
    return {**context, key: value}


@declared("context merge", "contexts: list")
def context_merge(budget: Budget, contexts: list) -> dict | None:
    """All contexts in one; a later entry replaces an earlier one."""
    if any(type(context) is not dict for context in contexts):
        return None
    budget.hold_items(sum(map(len, contexts)))
    return {key: value for context in contexts for key, value in context.items()}
