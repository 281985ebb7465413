"""A site served on this machine for a real browser: the demonstration on a copy of a database seeded once per run."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from werkzeug.serving import make_server

from app import create_app, jobs
from app.domain.accounts.queries import find_user_by_email
from tests.support import apps, run_folder

COMMANDS = (["db", "upgrade"], ["load"], ["seed"])


class Served:
    """A WSGI application behind an address; `app` may be exchanged while it runs."""

    def __init__(self, app=None):
        self.app = app
        self._server = make_server("127.0.0.1", 0, self, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __call__(self, environ, start_response):
        return self.app(environ, start_response)

    def stop(self) -> None:
        self._server.shutdown()


class DemoSite(Served):
    """The demonstration, with its scheduler; `renew` brings back what the seed told."""

    def __init__(self, folder: Path):
        super().__init__()
        self._folder, self._number, self._stop_scheduler = folder, 0, None

    def renew(self) -> None:
        self.rest()
        self._number += 1
        copy = self._folder / f"site{self._number}.db"
        _copy(seeded_database(), copy)
        self.app = _demo_app(copy, self._folder)
        self._stop_scheduler = jobs.start_scheduler(self.app)

    def rest(self) -> None:
        """Stop the scheduler of the present application."""
        if self._stop_scheduler:
            self._stop_scheduler.set()

    def cookie_for(self, email: str) -> dict:
        """The cookie of a browser in which this person is signed in."""
        client = self.app.test_client()
        with self.app.app_context():
            apps.sign_in(client, find_user_by_email(email))
        return {"name": "zeleno", "value": client.get_cookie("zeleno").value, "url": self.url}


def seeded_database() -> Path:
    """A migrated database with the demonstration in it, made once per run."""
    with run_folder.alone("seeded.db") as file:
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            _tell_the_story(unfinished)
            _copy(unfinished, file)
        return file


def _copy(source: Path, target: Path) -> None:
    """A database whole, with what still stands in its write-ahead log."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _tell_the_story(file: Path) -> None:
    runner = _demo_app(file, file.parent).test_cli_runner()
    for words in COMMANDS:
        told = runner.invoke(args=words)
        assert told.exit_code == 0, f"flask {' '.join(words)}: {told.output}\n{told.exception!r}"


def _demo_app(file: Path, instance: Path):
    settings = {**apps.SETTINGS, "TESTING": False, "DEMO": True, "SCHEDULER_SECONDS": 0.2}
    return create_app({**settings, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}", "INSTANCE": str(instance)})
