"""The story told once for each of three days, kept as a file and copied for each test."""

from datetime import UTC, datetime

import pytest

from app.db import db
from app.seed import tell_the_story
from tests.support import apps

#: A Monday morning, the first working day after holidays, a Sunday evening in a year without known thresholds.
DAYS = {
    "monday": datetime(2026, 11, 23, 7, 5, tzinfo=UTC),
    "after holidays": datetime(2027, 1, 4, 8, 30, tzinfo=UTC),
    "sunday": datetime(2028, 1, 2, 18, 20, tzinfo=UTC),
}


@pytest.fixture(scope="module", params=DAYS.values(), ids=DAYS)
def told(request, tmp_path_factory):
    """The moment at which the story was told; the test runs inside an application that holds it."""
    folder = tmp_path_factory.mktemp("story")
    app = apps.make_app(f"sqlite:///{folder / 'zeleno.db'}", folder)
    with app.app_context():
        tell_the_story(request.param, say=lambda line: None)
        yield request.param
        db.session.remove()
