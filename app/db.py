"""The database: the session, the only commit, and column types that keep what Python knows.

SQLite takes its write lock when `unit_of_work()` begins, never when a page merely reads; PostgreSQL locks rows
(`with_for_update`). An object read before a unit of work is read again inside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, Text, event
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from app import typed_json

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(metadata=MetaData(naming_convention=NAMING))


class UtcDateTime(TypeDecorator):
    """An aware moment in UTC; SQLite drops zones, so this type puts them back and refuses naive times."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TypedJson(TypeDecorator):
    """Data that keeps decimals, dates and durations (app/typed_json.py), as canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else typed_json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else typed_json.loads(value)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Everything inside commits together or not at all; the only place that commits.

    Ends the reading that went before, so what is read inside is as fresh as the lock. Not to be nested.
    """
    session = db.session
    if session.info.get("unit_of_work"):
        raise RuntimeError("a unit of work inside a unit of work")
    if session.new or session.dirty or session.deleted or session.info.get(_UNKEPT):
        raise RuntimeError("changed before the unit of work began")
    session.rollback()
    session.info["unit_of_work"] = True
    try:
        session.connection(execution_options={"zeleno_write": True})
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("unit_of_work", None)


#: Set while a session has written something outside of a unit of work, which the next one would undo unnoticed.
_UNKEPT = "written outside of a unit of work"


@event.listens_for(Session, "after_flush")
def _note_writing(session: Session, _context: Any) -> None:
    if not session.info.get("unit_of_work"):
        session.info[_UNKEPT] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_soft_rollback")
def _forget_writing(session: Session, *_previous: Any) -> None:
    session.info.pop(_UNKEPT, None)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("zeleno_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
