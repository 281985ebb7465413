"""What a form opens with: answers worked out from the request and from decisions."""

from collections.abc import Mapping
from typing import Any

from app.formdef.model import Field, Form, Kind
from app.formdef.readers import Unreadable, read_value
from app.formdef.visibility import value_of


def prefill(form: Form, context: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to show before anyone has typed, by field name; only those that the field itself would take."""
    found = {field.key: default_of(field, context) for field in form.fields if field.is_input}
    return {key: value for key, value in found.items() if value not in (None, [], False)}


def default_of(field: Field, context: Mapping[str, Any]) -> Any:
    """The answer a field opens with, None where there is none or it would not be accepted."""
    if field.kind is Kind.TABLE:
        return fixed_rows(field, context) if field.rows else _default_rows(field, context)
    value = value_of(field.default, context) if field.default else field.default_value
    try:
        return read_value(field, value)
    except Unreadable:
        return None


def fixed_rows(field: Field, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row for each thing that the form asks about; the first column names it."""
    found = value_of(field.rows, context)
    items = found if isinstance(found, list) else []
    return [{field.columns[0].key: item} for item in items if isinstance(item, str)][: field.max_rows]


def _default_rows(field: Field, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = value_of(field.default, context)
    rows = found if isinstance(found, list) else []
    return [_default_row(field, row) for row in rows if isinstance(row, Mapping)][: field.max_rows]


def _default_row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    cells = {}
    for column in field.columns:
        try:
            cells[column.key] = read_value(column, row.get(column.key))
        except Unreadable:
            cells[column.key] = None
    return cells


def computed_value(field: Field, context: Mapping[str, Any]) -> Any:
    """What a computed field shows."""
    return value_of(field.shows, context)
