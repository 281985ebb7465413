"""Forms need templates and a session, but no database and no pages."""

from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"


@pytest.fixture(scope="session")
def app():
    """A bare application with the templates of the real one."""
    bare = Flask(__name__, template_folder=str(TEMPLATES))
    bare.config.update(SECRET_KEY="for tests only", TESTING=True)
    bare.jinja_env.trim_blocks = bare.jinja_env.lstrip_blocks = True
    return bare
