"""How Alembic finds the database and the tables: both from the application."""

from logging.config import fileConfig

from alembic import context
from flask import current_app

config = context.config
fileConfig(config.config_file_name, disable_existing_loggers=False)
database = current_app.extensions["migrate"].db


def plain_type(kind, column_type, _context):
    """Write our own column types down as the plain ones they are stored as: migrations outlive our code."""
    if kind != "type" or not type(column_type).__module__.startswith("app."):
        return False
    return "sa.Text()" if type(column_type).__name__ == "TypedJson" else "sa.DateTime(timezone=True)"


def run_migrations() -> None:
    """Run on the application's own engine, each migration in its transaction."""
    settings = current_app.extensions["migrate"].configure_args
    with database.engine.connect().execution_options(zeleno_write=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            transaction_per_migration=True,
            render_item=plain_type,
            **settings,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database to run on.")
run_migrations()
