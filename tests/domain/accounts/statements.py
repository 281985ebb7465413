"""Counts what is asked of the database."""

from contextlib import contextmanager

from sqlalchemy import event

from app.db import db


@contextmanager
def counted_statements():
    """The SELECT, INSERT, UPDATE and DELETE statements sent meanwhile, in their order."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
