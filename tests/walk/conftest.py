"""One settled world in which many notices are walked."""

import pytest

from app import clock, create_app, notices
from app.db import db
from app.walk.answers import Wishes
from app.walk.journey import Journey
from app.walk.telling import Teller


class World:
    """A database with the people of the demonstration; `walk` takes one notice through it."""

    def __init__(self):
        self.is_settled = False

    def walk(self, xml, *, language="bg", council=None):
        """The exit code, the lines that were told, and the journey."""
        lines = []
        journey = Journey(Wishes(language, council), Teller(language, lines.append), clock.now())
        if not self.is_settled:
            journey.settle()
            self.is_settled = True
        journey.file(xml, notices.read_notice(xml))
        journey.go()
        return journey.end(), lines, journey


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("walk")
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/walk.db", "SCHEDULER": False, "DEMO": True})
    with app.app_context():
        db.create_all()
        yield World()
        db.session.remove()
        db.engine.dispose()
