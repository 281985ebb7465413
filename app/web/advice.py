"""The recommendations as people read them: texts ready to copy, each with its proof and its source."""

from dataclasses import dataclass, field
from typing import Any

from app import formdef
from app.db import db
from app.domain.criteria.models import Criterion
from app.domain.definitions.models import DefinitionVersion
from app.domain.definitions.packages import shipped_forms
from app.domain.processes.models import Instance
from app.domain.reports.dossier import Dossier
from app.forms.answers import AnswerRow, answer_rows, answer_text
from app.web.templating import in_words, language

#: Parts of the form that have their own place on the page; whatever else a unit adds to it follows below them.
TABLES = ("must", "recommended", "award_text", "clauses", "next_steps")
_PLACED = frozenset({*TABLES, "summary", "law_date"})


@dataclass(frozen=True)
class Item:
    """One row of a table: the texts of its columns by key, and the criterion of the library it cites."""

    texts: dict[str, str]
    criterion: Criterion | None = None


@dataclass(frozen=True)
class Advice:
    """Delivered recommendations; `titles` and `heads` are the form's own words for tables and their columns."""

    summary: str
    law_date: Any
    titles: dict[str, str] = field(default_factory=dict)
    heads: dict[str, dict[str, str]] = field(default_factory=dict)
    tables: dict[str, list[Item]] = field(default_factory=dict)
    more: list[AnswerRow] = field(default_factory=list)


def advice_of(dossier: Dossier) -> Advice | None:
    """The recommendations of a dossier in the language of the page; None until they were delivered."""
    if dossier.advice is None:
        return None
    form, answers = _form(dossier), dossier.advice
    fields = {one.key: one for one in form.fields if one.key in TABLES}
    names = {"attachments": {one.id: one.name for one in dossier.attachments}}
    return Advice(
        summary=answers.get("summary") or "",
        law_date=answers.get("law_date"),
        titles={key: in_words(one.label) for key, one in fields.items()},
        heads={key: {column.key: in_words(column.label) for column in one.columns} for key, one in fields.items()},
        tables={key: _items(one, answers.get(key) or [], dossier.cited) for key, one in fields.items()},
        more=[row for row in answer_rows(form, answers, language(), names) if row.key not in _PLACED],
    )


def _form(dossier: Dossier) -> formdef.Form:
    """The form of the version the request ran on."""
    instance = db.session.get_one(Instance, dossier.request.instance_id)
    forms = db.session.get_one(DefinitionVersion, instance.version_id).forms
    return formdef.parse_form(forms.get("advice") or shipped_forms()["advice"])


def _items(table: formdef.Field, rows: list[dict[str, Any]], cited: dict[str, Criterion]) -> list[Item]:
    return [
        Item(
            {column.key: answer_text(column, row.get(column.key), language(), {}) for column in table.columns},
            cited.get(row.get("code") or ""),
        )
        for row in rows
    ]
