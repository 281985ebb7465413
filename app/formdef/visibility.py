"""Which fields apply, and which answers they offer, given the answers so far."""

from collections.abc import Mapping
from typing import Any

from app.feel import FeelError
from app.formdef.model import Expression, Field, Form
from app.words import Words


def visible(form: Form, values: Mapping[str, Any], context: Mapping[str, Any]) -> set[str]:
    """Names of the fields that apply. A hidden field's answer counts as none for the fields after it."""
    scope = {**context, **dict.fromkeys(form.keys)}
    shown = set()
    for field in form.fields:
        if holds(field.hide, scope):
            continue
        shown.add(field.key)
        scope[field.key] = values.get(field.key)
    return shown


def holds(expression: Expression | None, scope: Mapping[str, Any]) -> bool:
    """Whether the condition is true; one that is null or cannot be worked out does not hold."""
    return value_of(expression, scope) is True


def value_of(expression: Expression | None, scope: Mapping[str, Any]) -> Any:
    """What the expression gives, None where there is none or it goes over its budget."""
    if expression is None:
        return None
    try:
        return expression.evaluate(scope)
    except FeelError:
        return None


def offered_options(field: Field, context: Mapping[str, Any]) -> tuple[tuple[str, Words | str], ...] | None:
    """Answers on offer as (value, label): those of the context's `options` first, then the form's own.

    None where the field takes its options from the context and the context has none: then any short text is taken.
    """
    own = tuple((option.value, option.label) for option in field.options)
    if not field.options_from:
        return own
    lists = context.get("options")
    given = lists.get(field.options_from) if isinstance(lists, Mapping) else None
    if given is None:
        return None
    return tuple((str(item["value"]), item["label"]) for item in given) + own
