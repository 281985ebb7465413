"""Rows with only what their tables insist on, for tests that need them to exist and no more."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import UniqueConstraint, insert

from app.db import db

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_EMPTY = {
    "datetime": WHEN,
    "date": WHEN.date(),
    "dict": {},
    "object": {},
    "list": [],
    "bytes": b"",
    "str": "",
    "bool": False,
}
_numbers = count(1)


def bare_row(table_name, owners=None, **values):
    """The id of a new row; rows it refers to are made as well.

    `owners` gives the ids to use wherever a row refers to these tables, such as {"organisation": 7}; the name of a
    column goes before that of a table.
    """
    table = db.metadata.tables[table_name]
    made = dict(owners or {})
    filled = {column.name: _value(column, made) for column in table.columns if _is_wanted(column, made)}
    return db.session.execute(insert(table).values({**filled, **values})).inserted_primary_key[0]


def _is_wanted(column, made):
    if column.foreign_keys:
        given = {column.name, *(key.column.table.name for key in column.foreign_keys)} & set(made)
        return not column.nullable or bool(given)
    is_numbered = column.primary_key and _kind(column) is int
    return not (column.nullable or column.default is not None or is_numbered)


def _value(column, made):
    if column.foreign_keys and column.name in made:
        return made[column.name]
    for key in column.foreign_keys:
        table_name = key.column.table.name
        if table_name not in made:
            made[table_name] = bare_row(table_name, made)
        return made[table_name]
    kind = _kind(column)
    if kind is str and _is_unique(column):
        return f"{column.name}-{next(_numbers)}"
    return _EMPTY[kind.__name__] if kind.__name__ in _EMPTY else kind()


def _is_unique(column):
    """Whether the column must differ from row to row, alone or together with others."""
    together = (one for one in column.table.constraints if isinstance(one, UniqueConstraint))
    return column.unique or column.primary_key or any(column.name in one.columns for one in together)


def _kind(column):
    return getattr(column.type, "impl_instance", column.type).python_type
