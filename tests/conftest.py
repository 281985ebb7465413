"""What every test may use: the application on SQLite, on PostgreSQL, or on both in turn."""

import os

import pytest

from tests.support import apps, postgres, run_folder


def pytest_configure(config):
    run_folder.begin()


def pytest_unconfigure(config):
    if run_folder.is_owner():
        postgres.stop()
        run_folder.end()


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'zeleno.db'}"


@pytest.fixture(scope="session")
def postgres_url():
    """An empty database for this worker on a PostgreSQL that all workers of this run share."""
    try:
        return postgres.database_url(f"zeleno_test_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}")
    except postgres.NoServer as problem:
        pytest.fail(str(problem))


@pytest.fixture(scope="session")
def _sqlite_app(sqlite_url, tmp_path_factory):
    return apps.make_app(sqlite_url, tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def _postgres_app(postgres_url, tmp_path_factory):
    return apps.make_app(postgres_url, tmp_path_factory.mktemp("instance"))


def _inside(app):
    with app.app_context():
        yield app
    apps.empty(app)


@pytest.fixture
def app(_sqlite_app):
    """The application on an empty SQLite database, in its context."""
    yield from _inside(_sqlite_app)


@pytest.fixture
def postgres_app(_postgres_app):
    """The same on PostgreSQL."""
    yield from _inside(_postgres_app)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_db_app(request):
    """The same on both, one after the other."""
    name = "app" if request.param == "sqlite" else "postgres_app"
    return request.getfixturevalue(name)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def sign_in():
    """sign_in(client, user, membership=None)"""
    return apps.sign_in
