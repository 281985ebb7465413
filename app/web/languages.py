"""Which language and time zone a page is shown in."""

from flask import has_request_context, request
from flask_login import current_user

from app.words import LANGUAGES


def chosen_language() -> str:
    """The language picked on the page, else the person's own, else Bulgarian."""
    if not has_request_context():
        return LANGUAGES[0]
    picked = request.cookies.get("language")
    if picked in LANGUAGES:
        return picked
    own = getattr(current_user, "language", None)
    return own if own in LANGUAGES else LANGUAGES[0]


def chosen_zone() -> str:
    """The time zone of the organisation the person acts for."""
    from app.web.access import current_actor  # access needs the login manager, which asks for the language

    actor = current_actor()
    return (actor.organisation.time_zone if actor else None) or "Europe/Sofia"
