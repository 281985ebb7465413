"""From the names and values a browser posts to the raw answer of one field."""

import re
from typing import Any, Protocol

from app.formdef import Field, Kind

_MAX_ROWS = 200


class Posted(Protocol):
    """What a browser has sent (a Werkzeug MultiDict)."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list: ...
    def __iter__(self) -> Any: ...


def read_raw(field: Field, posted: Posted, name: str) -> Any:
    """The raw answer, in the shape that validation takes and a draft can keep."""
    raw = _READERS.get(field.kind, _single)(field, posted, name)
    if field.unknown_allowed and posted.get(f"{name}-unknown"):
        return {**raw, "unknown": True} if isinstance(raw, dict) else {"value": raw, "unknown": True}
    return raw


def _single(_field: Field, posted: Posted, name: str) -> str:
    return _text(posted, name)


def _text(posted: Posted, name: str) -> str:
    value = posted.get(name)
    return value if isinstance(value, str) else ""


def _many(_field: Field, posted: Posted, name: str) -> list[str]:
    return [value for value in posted.getlist(name) if isinstance(value, str) and value]


def _tick(_field: Field, posted: Posted, name: str) -> bool:
    return bool(_text(posted, name))


def _money(field: Field, posted: Posted, name: str) -> dict[str, str]:
    return {"amount": _text(posted, name), "currency": _text(posted, f"{name}-currency") or field.currency}


def _day(_field: Field, posted: Posted, name: str) -> str | dict[str, str]:
    if whole := _text(posted, name):
        return whole
    return {part: _text(posted, f"{name}-{part}") for part in ("day", "month", "year")}


def _rows(field: Field, posted: Posted, name: str) -> list[dict[str, Any]]:
    found = {match[1] for key in posted if (match := re.match(rf"{re.escape(name)}-([0-9]{{1,4}})-", key))}
    rows = []
    for number in sorted(found, key=int)[: _MAX_ROWS + 1]:
        rows.append({column.key: read_raw(column, posted, f"{name}-{number}-{column.key}") for column in field.columns})
    return _after_buttons(rows, posted, name)


def _after_buttons(rows: list[dict[str, Any]], posted: Posted, name: str) -> list[dict[str, Any]]:
    """The rows after the button that adds or removes one, and without blank ones at the end."""
    removed = re.fullmatch(rf"{re.escape(name)}-([0-9]{{1,4}})", _text(posted, "_remove_row"))
    if removed and int(removed[1]) < len(rows):
        del rows[int(removed[1])]
    if _text(posted, "_add_row") != name:
        while rows and not any(_is_typed(cell) for cell in rows[-1].values()):
            rows.pop()
    return rows


def _is_typed(cell: Any) -> bool:
    """Whether anything stands in a cell; a currency alone is nothing."""
    if isinstance(cell, dict):
        return any(_is_typed(part) for name, part in cell.items() if name != "currency")
    return bool(cell.strip()) if isinstance(cell, str) else bool(cell)


_READERS = {
    Kind.MONEY: _money,
    Kind.DATE: _day,
    Kind.MONTH_OR_DATE: _day,
    Kind.CHECKBOX: _tick,
    Kind.CHECKLIST: _many,
    Kind.FILES: _many,
    Kind.TABLE: _rows,
}
