"""The pages: one blueprint per area, listed here."""

from importlib import import_module

from flask import Flask

#: Areas, each a module app/web/<name>.py with a blueprint `bp`.
AREAS = ("auth", "start", "requests", "inbox", "ballots", "overviews", "definitions", "reference", "attachments")


def init_app(app: Flask) -> None:
    """Register the blueprints, the access policy, error pages and what every template knows."""
    from app.web import access, assets, errors, headers, templating  # they import extensions of the app's package

    for area in AREAS:
        app.register_blueprint(import_module(f"app.web.{area}").bp)
    access.init_app(app)
    assets.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    templating.init_app(app)
