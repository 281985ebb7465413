"""The application on a throw-away database, emptied after each test."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import text

from app import create_app
from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.operations import open_session

SETTINGS = {"TESTING": True, "SECRET_KEY": "for tests only", "SERVER_NAME": None, "SCHEDULER": False, "DEMO": False}


class Client(FlaskClient):
    """A browser: what the test made is stored before each request, and the test sees afterwards what the page did.

    Each request has its own context and session of the database, as in real life. Posts carry the token against
    forged requests; `client.with_token = False` leaves it out.
    """

    with_token = True

    def open(self, *args, **kwargs):
        db.session.commit()
        if self.with_token and kwargs.get("method") in ("POST", "PUT", "PATCH", "DELETE"):
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), "X-CSRFToken": self._token()}
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer

    def _token(self) -> str:
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", "0" * 40)
        return URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(raw)


def make_app(url: str, instance: Path, **settings: object) -> Flask:
    """The application with all tables in the database at this address."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "INSTANCE": str(instance), **settings})
    app.test_client_class = Client
    with app.app_context():
        db.create_all()
    return app


def empty(app: Flask) -> None:
    """Delete every row of every table; numbering begins at 1 again."""
    with app.app_context():
        tables = [table.name for table in db.metadata.sorted_tables]
        if db.engine.dialect.name == "sqlite":
            _empty_sqlite(tables)
        else:
            names = ", ".join(f'"{name}"' for name in tables)
            with db.engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def _empty_sqlite(tables: list[str]) -> None:
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN IMMEDIATE")
        for name in tables:
            cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys=ON")
    finally:
        connection.close()


def sign_in(client: FlaskClient, user, membership=None) -> None:
    """Sign a person in, acting in this membership (or in their first)."""
    db.session.commit()
    with unit_of_work():
        token = open_session(user, agent="test", now=now())
    with client.session_transaction() as session:
        session.clear()
        session["token"] = token
        if membership is not None:
            session["membership_id"] = membership.id
