"""Answers to read: for the check before sending, for the history and for the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.formdef import Field, Form, Kind, computed_value, offered_options, visible
from app.formdef.model import UNKNOWN
from app.forms.fields import shown_text
from app.forms.showing import day_text
from app.forms.texts import form_text
from app.words import say


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer: a text, or a table."""

    key: str
    page: str
    label: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[tuple[int, str], ...] = field(default_factory=tuple)


def answer_rows(
    form: Form,
    values: Mapping[str, Any],
    language: str,
    context: Mapping[str, Any] | None = None,
    *,
    empty: bool = False,
) -> list[AnswerRow]:
    """Typed answers as people read them; unanswered ones only where `empty` asks for them."""
    context = context or {}
    shown = visible(form, values, context)
    rows = [
        _row(one, values, language, context) for one in form.fields if one.key in shown and one.kind is not Kind.STATIC
    ]
    if empty:
        return [row if _has_answer(row) else _unanswered(row, language) for row in rows]
    return [row for row in rows if _has_answer(row)]


def _has_answer(row: AnswerRow) -> bool:
    return bool(row.text or row.rows or row.files)


def _unanswered(row: AnswerRow, language: str) -> AnswerRow:
    return AnswerRow(row.key, row.page, row.label, form_text("nothing", language))


def _row(one: Field, values: Mapping[str, Any], language: str, context: Mapping[str, Any]) -> AnswerRow:
    label, value = say(one.label, language), values.get(one.key)
    if one.kind is Kind.COMPUTED:
        return AnswerRow(one.key, one.page, label, shown_text(computed_value(one, context), language))
    if one.key in (values.get(UNKNOWN) or ()):
        return AnswerRow(one.key, one.page, label, form_text("unknown", language))
    if one.kind is Kind.TABLE:
        heads = tuple(say(column.label, language) for column in one.columns)
        rows = value if isinstance(value, list) else []
        cells = tuple(tuple(answer_text(c, row.get(c.key), language, context) for c in one.columns) for row in rows)
        return AnswerRow(one.key, one.page, label, columns=heads, rows=cells)
    if one.kind is Kind.FILES:
        return AnswerRow(one.key, one.page, label, files=_files(value, language, context))
    return AnswerRow(one.key, one.page, label, answer_text(one, value, language, context))


def _files(value: Any, language: str, context: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    names = context.get("attachments")
    names = names if isinstance(names, Mapping) else {}
    return tuple((one, str(names.get(one) or f"{form_text('file', language)} {one}")) for one in value or ())


def answer_text(one: Field, value: Any, language: str, context: Mapping[str, Any]) -> str:
    """One answer in words: the option's label, a date, an amount, yes or no."""
    if value is None or value == []:
        return ""
    if one.kind in (Kind.DATE, Kind.MONTH_OR_DATE):
        return day_text(value, language)
    if one.kind is Kind.CHECKBOX:
        return form_text("yes" if value else "no", language)
    labels = {key: say(label, language) for key, label in offered_options(one, context) or ()}
    if isinstance(value, list):
        return ", ".join(labels.get(str(item), str(item)) for item in value)
    if labels and not isinstance(value, Mapping):
        return labels.get(str(value), str(value))
    return shown_text(value, language)
