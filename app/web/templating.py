"""What every template knows: words, dates and money in the reader's way, the menu, the person."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from app.clock import now
from app.domain.accounts.models import ROLE_NAMES
from app.domain.council.queries import count_waiting_ballots
from app.domain.deadlines import rules as deadlines
from app.domain.processes.queries import inbox_counts
from app.domain.requests.desks import local_day
from app.web.access import COUNCIL, can_open, current_actor, current_person
from app.words import LANGUAGES, Words, say

#: The menu: endpoint, label, icon, which count stands beside it.
MENU = (
    ("start.home", lazy("Start"), "home", None),
    ("inbox.inbox_page", lazy("Tasks"), "inbox", "tasks"),
    ("ballots.ballots_page", lazy("Opinions"), "ballot", "ballots"),
    ("requests.requests_page", lazy("Requests"), "requests", None),
    ("definitions.definitions_page", lazy("Processes"), "process", None),
)


def init_app(app: Flask) -> None:
    """Give the templates their filters and facts."""
    app.jinja_env.filters.update(
        words=in_words, day=day, moment=moment, money=money, number=number, due=due, show=show, role_name=role_name
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_facts)


def _facts() -> dict[str, Any]:
    actor = current_actor()
    return {
        "actor": actor,
        "person": current_person(),
        "language": language(),
        "languages": LANGUAGES,
        "nav_items": _menu(actor) if actor else [],
        "is_demo": current_app.config["DEMO"],
        "theme": request.cookies.get("theme", "auto"),
        "can_open": can_open,
    }


def _menu(actor) -> list[dict[str, Any]]:
    counts = _counts(actor)
    area = (request.endpoint or "").partition(".")[0]
    return [
        {
            "url": url_for(endpoint),
            "label": label,
            "icon": icon,
            "active": endpoint.partition(".")[0] == area,
            "count": counts.get(count, 0) if count else 0,
        }
        for endpoint, label, icon, count in MENU
        if can_open(endpoint)
    ]


def _counts(actor) -> dict[str, int]:
    tasks = inbox_counts(actor)
    counts = {"tasks": tasks["mine"] + tasks["group"]}
    if actor.roles & set(COUNCIL):
        counts["ballots"] = count_waiting_ballots(actor, now())
    return counts


def language() -> str:
    """The language of this page."""
    return str(get_locale() or LANGUAGES[0])[:2]


def in_words(words: Words | str | None) -> str:
    """Words of people or definitions in the language of the page."""
    return say(words, language())


def day(value: date | datetime | None) -> str:
    """A calendar day as it is written here; a moment is shown as the day it is for the reader."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        return format_datetime(value, "d.MM.yyyy" if language() == "bg" else "d MMM yyyy")
    return format_date(value, "d.MM.yyyy" if language() == "bg" else "d MMM yyyy")


def moment(value: datetime | None) -> str:
    """Day and time in the reader's time zone."""
    if value is None:
        return "—"
    return format_datetime(value, "d.MM.yyyy, HH:mm" if language() == "bg" else "d MMM yyyy, HH:mm")


def number(value: Any) -> str:
    """A number with the reader's separators."""
    return "—" if value is None else format_decimal(value)


def money(amount: Decimal | None, currency: str | None = "EUR") -> str:
    """An amount with its currency, such as „1 240,50 EUR“."""
    if amount is None:
        return "—"
    return f"{format_decimal(amount, '#,##0.00')} {currency or ''}".strip()


def due(value: date | None) -> str:
    """A due day in words: „след 2 раб. дни, чт 26.11“."""
    actor = current_actor()
    country = actor.organisation.country if actor else "BG"
    return deadlines.due_words(value, _today(actor), country, language()) if value else _("no due date")


def _today(actor) -> date:
    return local_day(actor.organisation, now()) if actor else now().date()


def role_name(role: str) -> str:
    """A role in the language of the page."""
    return in_words(ROLE_NAMES[role]) if role in ROLE_NAMES else str(role)


def show(value: Any) -> str:
    """Any fact in a sentence: moments, days and numbers the reader's way, other things as they are."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal | float):
        return number(value)
    if isinstance(value, dict):
        return in_words(value)
    return "" if value is None else str(value)
