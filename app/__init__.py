"""Zeleno: a collaborative workflow engine for technical assistance in green public procurement."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def create_app(overrides: dict[str, Any] | None = None) -> "Flask":
    """The product with its parts; `overrides` replace settings of config.py."""
    # Here and not above: whoever imports only app.feel or app.engine must not get Flask and the tables with it.
    from flask import Flask

    import config
    from app import cli, jobs, models, web
    from app.db import db
    from app.domain import automation
    from app.extensions import babel, csrf, login_manager, migrate
    from app.web import languages

    app = Flask(__name__)
    app.config.update(config.settings() | (overrides or {}))
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=languages.chosen_language, timezone_selector=languages.chosen_zone)
    models.load()
    automation.connect()
    web.init_app(app)
    cli.init_app(app)
    jobs.init_app(app)
    return app
