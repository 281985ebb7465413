"""Which condition a browser can follow by itself, drawn from the FEEL that hides a field."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from app import feel
from app.formdef import Field
from app.formdef.visibility import holds

_TEXT = r'"[^"\\]*"'
_COMPARISON = re.compile(rf"([A-Za-z]\w*)\s*(!?=)\s*({_TEXT}|true|false|null)")
_MEMBER = re.compile(rf"(not\s*\(\s*)?([A-Za-z]\w*)\s+in\s*\(({_TEXT}(?:\s*,\s*{_TEXT})*)\)(\s*\))?")


def show_when(field: Field, here: Collection[str]) -> list[dict[str, Any]]:
    """Conditions that must all be met for the field to show: [{"field": "decision", "in": ["ask"]}].

    Each part of an "or" that is about one field of this page becomes one condition; a part that is about anything
    else is left to the server, and until then the field shows.
    """
    found = [_condition(part, here) for part in _split(field.hide_text, "or")] if field.hide else []
    return [condition for condition in found if condition]


def is_followed(field: Field, here: Collection[str]) -> bool:
    """Whether the browser can follow the whole condition, so that saying it in words is no longer needed."""
    return field.hide is not None and all(_condition(part, here) for part in _split(field.hide_text, "or"))


def is_ruled_out(field: Field, here: Collection[str], scope: Mapping[str, Any]) -> bool:
    """Whether the field is hidden whatever is answered on this page."""
    if field.hide is None:
        return False
    return any(_holds_already(part, here, scope) for part in _split(field.hide_text, "or"))


def _holds_already(part: str, here: Collection[str], scope: Mapping[str, Any]) -> bool:
    try:
        expression = feel.parse(part)
    except feel.FeelError:
        return False
    return not (expression.names & set(here)) and holds(expression, scope)


def _condition(part: str, here: Collection[str]) -> dict[str, Any] | None:
    """The condition for showing, where the part hides by the answer of one field of this page."""
    member = _MEMBER.fullmatch(part)
    if member and member[2] in here and bool(member[1]) == bool(member[4]):
        values = [value[1:-1] for value in re.findall(_TEXT, member[3])]
        return {"field": member[2], "in" if member[1] else "notIn": values}
    parts = _split(part, "and")
    comparisons = [found for one in parts if (found := _COMPARISON.fullmatch(one))]
    if len(comparisons) != len(parts) or len({(one[1], one[2]) for one in comparisons}) != 1:
        return None
    if comparisons[0][1] not in here:
        return None
    values = [_value(one[3]) for one in comparisons]
    if comparisons[0][2] == "!=":
        return {"field": comparisons[0][1], "in": values}
    return {"field": comparisons[0][1], "notIn": values} if len(values) == 1 else None


def _value(literal: str) -> str:
    return "" if literal in ("null", "false") else literal.strip('"')


def _split(text: str, word: str) -> list[str]:
    """The parts of the text between this word, outside brackets and quoted texts."""
    parts, depth, start = [], 0, 0
    for token in re.finditer(rf'"(?:\\.|[^"\\])*"|[()\[\]{{}}]|\b{word}\b', text):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
        elif token[0] == word and depth == 0:
            parts.append(text[start : token.start()].strip())
            start = token.end()
    return [*parts, text[start:].strip()]
