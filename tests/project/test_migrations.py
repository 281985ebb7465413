"""The migrations make exactly the tables that the models describe, there and back, on both databases."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app import create_app
from app.db import db
from tests.support import apps, postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request, tmp_path, worker_id):
    """The application on a database without a single table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
    else:
        url = postgres.database_url(f"zeleno_migrated_{worker_id}")
    app = create_app({**apps.SETTINGS, "SQLALCHEMY_DATABASE_URI": url, "INSTANCE": str(tmp_path)})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_there_is_one_head(app):
    scripts = ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config())

    assert len(scripts.get_heads()) == 1


def test_migrated_tables_are_those_of_the_models(bare_app):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_way_back_leaves_nothing_and_can_be_gone_again(bare_app):
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names())

    flask_migrate.upgrade()

    assert left == {"alembic_version"}
    assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
