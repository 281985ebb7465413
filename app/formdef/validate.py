"""Answers to a form, checked and typed: the only way into a process, whatever door they come through."""

from collections.abc import Collection, Mapping
from typing import Any

from app.formdef import texts
from app.formdef.model import CHOICES, UNKNOWN, Answers, Field, Form, Kind
from app.formdef.prefill import default_of, fixed_rows
from app.formdef.readers import Unreadable, read_value
from app.formdef.visibility import holds, offered_options, visible
from app.words import Words

_MAX_RAW_ROWS = 200


def validate(
    form: Form,
    raw: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
    only: Collection[str] | None = None,
) -> Answers:
    """Typed answers of the visible fields, and what is wrong with them.

    Names the form does not know are ignored, as are fields that are hidden or only shown. A draft may leave
    anything out, and gives back only what it was given. `only` limits what is reported and demanded, while
    conditions still see all that was sent.
    """
    context = context or {}
    reading = _Reading(context, raw.get(UNKNOWN))
    for field in form.fields:
        if field.is_input:
            reading.read(field, raw.get(field.key))
    wanted = visible(form, reading.values, context) & (form.keys if only is None else set(only))
    if draft:
        wanted &= raw.keys() | {field.key for field in form.fields if field.readonly}
    shown = [field for field in form.fields if field.key in wanted and field.is_input]
    if not draft:
        scope = {**context, **dict.fromkeys(form.keys), **reading.values}
        for field in shown:
            reading.demand(field, scope)
    return reading.answers(shown)


class _Reading:
    """Values and errors as they are gathered."""

    def __init__(self, context: Mapping[str, Any], unknown: Any) -> None:
        self.context = context
        self.told_unknown = unknown if isinstance(unknown, list | tuple) else ()
        self.values: dict[str, Any] = {}
        self.errors: dict[str, Words] = {}
        self.unknown: list[str] = []

    def read(self, field: Field, raw: Any) -> None:
        if field.readonly:
            self.values[field.key] = default_of(field, self.context)
            return
        raw = self._without_unknown(field, raw)
        if field.kind is Kind.TABLE:
            self.values[field.key] = self._rows(field, raw)
            return
        self.values[field.key] = self._value(field, raw, field.key)
        if field.key in self.unknown and (self.values[field.key] is not None or field.key in self.errors):
            self.unknown.remove(field.key)

    def _without_unknown(self, field: Field, raw: Any) -> Any:
        """The answer itself; "I don't know" is noted, and what was typed beside it wins."""
        if raw is None and field.unknown_allowed and field.key in self.told_unknown:
            self.unknown.append(field.key)
        if not isinstance(raw, Mapping) or "unknown" not in raw:
            return raw
        if field.unknown_allowed and raw["unknown"] in (True, "true", "on", "1"):
            self.unknown.append(field.key)
        rest = {name: part for name, part in raw.items() if name != "unknown"}
        return rest["value"] if set(rest) == {"value"} else rest or None

    def _value(self, field: Field, raw: Any, path: str) -> Any:
        try:
            return read_value(field, raw, self._offered(field))
        except Unreadable as error:
            self.errors[path] = error.message
            return None

    def _offered(self, field: Field) -> frozenset[str] | None:
        if field.kind not in CHOICES and field.kind is not Kind.PERSON:
            return None
        options = offered_options(field, self.context)
        if options is None or (field.kind is Kind.PERSON and not field.options_from):
            return None
        return frozenset(value for value, _label in options)

    def _rows(self, field: Field, raw: Any) -> list[dict[str, Any]]:
        given = raw if isinstance(raw, list | tuple) else [] if raw in (None, "") else None
        if given is None or any(not isinstance(row, Mapping) for row in given[:_MAX_RAW_ROWS]):
            self.errors[field.key] = texts.wrong_type(field.label)
            return []
        if len(given) > _MAX_RAW_ROWS:
            self.errors[field.key] = texts.too_many_rows(field.label, field.max_rows)
            return []
        if field.rows:
            return self._fixed_rows(field, given)
        rows = [row for number, one in enumerate(given) if (row := self._row(field, one, number)) is not None]
        if len(rows) > field.max_rows:
            self.errors[field.key] = texts.too_many_rows(field.label, field.max_rows)
        return rows

    def _fixed_rows(self, field: Field, given: list | tuple) -> list[dict[str, Any]]:
        """The rows that the form asks about, in its order; what names a row is never taken from outside."""
        rows = []
        for number, fixed in enumerate(fixed_rows(field, self.context)):
            sent = given[number] if number < len(given) else {}
            cells = {column.key: sent.get(column.key) for column in field.columns[1:]}
            rows.append({**fixed, **self._cells(field, cells, number, field.columns[1:])})
        return rows

    def _row(self, field: Field, raw: Mapping[str, Any], number: int) -> dict[str, Any] | None:
        """The typed row, or None where nothing was typed in it."""
        row = self._cells(field, raw, number, field.columns)
        started = any(not _is_empty(value) for value in row.values())
        broken = any(f"{field.key}.{number}.{column.key}" in self.errors for column in field.columns)
        return {"_row": number, **row} if started or broken else None

    def _cells(self, field: Field, raw: Mapping, number: int, columns: tuple[Field, ...]) -> dict[str, Any]:
        return {
            column.key: self._value(column, raw.get(column.key), f"{field.key}.{number}.{column.key}")
            for column in columns
        }

    def demand(self, field: Field, scope: Mapping[str, Any]) -> None:
        """Note what is missing from a field that must be answered."""
        value = self.values[field.key]
        if field.kind is Kind.TABLE:
            self._demand_cells(field, value, scope)
        if any(path == field.key or path.startswith(f"{field.key}.") for path in self.errors):
            return
        if _is_empty(value) and field.key not in self.unknown and _is_required(field, scope):
            self.errors[field.key] = _required(field)
        elif field.all_if and holds(field.all_if, scope) and len(value) < len(field.options):
            self.errors[field.key] = texts.required_all(field.label)

    def _demand_cells(self, field: Field, rows: list[dict[str, Any]], scope: Mapping[str, Any]) -> None:
        for number, row in enumerate(rows):
            for column in field.columns:
                path = f"{field.key}.{row.get('_row', number)}.{column.key}"
                missing = _is_empty(row.get(column.key)) and _is_required(column, {**scope, **row})
                if missing and path not in self.errors:
                    self.errors[path] = _required(column)

    def answers(self, shown: list[Field]) -> Answers:
        keys = [field.key for field in shown]
        values = {key: _clean(self.values[key]) for key in keys}
        if unknown := [key for key in keys if key in self.unknown]:
            values[UNKNOWN] = unknown
        return Answers(values, {path: said for path, said in self.errors.items() if path.split(".")[0] in keys})


def _is_required(field: Field, scope: Mapping[str, Any]) -> bool:
    return field.required or holds(field.required_if, scope)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == []


def _clean(value: Any) -> Any:
    """Rows without the number they had among the rows that were sent."""
    if isinstance(value, list):
        return [_without_number(item) for item in value]
    return value


def _without_number(item: Any) -> Any:
    return {key: cell for key, cell in item.items() if key != "_row"} if isinstance(item, dict) else item


_REQUIRED = {
    Kind.RADIO: texts.required_choice,
    Kind.SELECT: texts.required_choice,
    Kind.CHECKLIST: texts.required_choice,
    Kind.PERSON: texts.required_choice,
    Kind.CHECKBOX: texts.required_tick,
    Kind.TABLE: texts.required_rows,
    Kind.FILES: texts.required_files,
}


def _required(field: Field) -> Words:
    return _REQUIRED.get(field.kind, texts.required)(field.label)


def merge_answers(kept: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of a draft after some more have been given; what was unknown stays so until it is answered."""
    still = [key for key in kept.get(UNKNOWN) or () if key not in added]
    unknown = still + [key for key in added.get(UNKNOWN) or () if key not in still]
    merged = {key: value for key, value in {**kept, **added}.items() if key != UNKNOWN}
    return {**merged, UNKNOWN: unknown} if unknown else merged
