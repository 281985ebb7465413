"""What each error becomes on the web; the only place that knows HTTP codes of domain errors."""

from flask import Flask, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.clock import now
from app.db import db, unit_of_work
from app.domain.processes.commands import Stuck
from app.domain.processes.operations import record_incident
from app.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from app.web.templating import show

CODES = {NotFound: 404, Forbidden: 403, Conflict: 409, Invalid: 422, Stuck: 500}
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500})


def init_app(app: Flask) -> None:
    """Answer every error with a page that helps."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(Stuck, _stuck)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def words_of(error: DomainError) -> str:
    """The message in the reader's language, its dates and times as they are written there."""
    return _(error.message, **{name: show(value) for name, value in error.params.items()})


def _domain_error(error: DomainError):
    db.session.rollback()
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)
    return _page(code, words_of(error))


def _stuck(error: Stuck):
    db.session.rollback()
    with unit_of_work():
        record_incident(error.instance_id, error.element_id, error.words, now=now())
    return _page(500, words_of(error))


def _csrf_error(_error: CSRFError):
    flash(_("The page had been open for too long, so nothing was sent. Please try again."), "warning")
    return redirect(request.url)


def _http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    answer = _page(error.code, None)
    return (*answer, {name: value for name, value in error.get_headers() if name in ("Retry-After", "Allow")})


def _unexpected(error: Exception):
    from flask import current_app  # only the last resort needs the application's log

    current_app.logger.exception("Unexpected error on %s", request.path)
    db.session.rollback()
    return _page(500, None)


def _page(code: int, message: str | None):
    name = code if code in PAGES else (500 if code >= 500 else 400)
    return render_template([f"errors/{name}.html", "errors/400.html"], message=message, code=code), code
