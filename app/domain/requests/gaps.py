"""What a municipality answers to "we need something more" becomes part of its request, where it can be read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app import formdef
from app.domain.requests.facts import read_purchase, request_form
from app.domain.requests.models import Request
from app.domain.requests.suggestions import filing_context


def fill_gaps(request: Request, rows: Iterable[Mapping[str, Any]], today: date) -> None:
    """Put answers such as a CPV code or a value into the fields they were asked for.

    An answer that the field cannot take stays what it is: a sentence in the task, for a person to read.
    """
    form = request_form(request.unit_id)
    for row in rows:
        key, text = row.get("asked_item"), (row.get("answer") or "").strip()
        if text and key in form.keys and not row.get("cannot_give"):
            _fill(request, form, form.field(key), text)
    read_purchase(request, today)


def _fill(request: Request, form: formdef.Form, field: formdef.Field, text: str) -> None:
    raw = {"amount": text, "currency": field.currency} if field.kind is formdef.Kind.MONEY else text
    together = formdef.merge_answers(request.answers, {field.key: raw})
    answers = formdef.validate(form, together, filing_context(request), draft=True)
    if answers.ok and answers.values.get(field.key) is not None:
        request.answers = formdef.merge_answers(request.answers, {field.key: answers.values[field.key]})
