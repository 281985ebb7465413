"""What a notice gives to a request for help: all of it when it is the buyer's own, only the text as a model."""

from datetime import date, datetime
from typing import Any, Literal

from app.notices import nuts
from app.notices.codes import zone_of
from app.notices.model import Kind, Lot, Money, Notice

Relation = Literal["own", "model"]

_OVER = {Kind.AWARD, Kind.AWARD_INTENDED, Kind.CONTEST_RESULT, Kind.MODIFICATION}
_TITLE_LENGTH = 200
_SOMEONE = {"bg": "[възложител]"}


def default_relation(notice: Notice, today: date) -> Relation:
    """A purchase that is over, or whose deadline is past, can only be a model."""
    if notice.kind in _OVER:
        return "model"
    day = deadline_day(notice)
    return "model" if day is not None and day < today else "own"


def deadline_day(notice: Notice) -> date | None:
    """The day of the deadline where the buyer is."""
    if not isinstance(notice.deadline, datetime):
        return notice.deadline
    zone = zone_of(notice.buyer.country) if notice.buyer else None
    return notice.deadline.astimezone(zone).date() if zone else notice.deadline.date()


def request_facts(notice: Notice, relation: Relation) -> dict[str, Any]:
    """Raw values for the fields of the request form; fields the notice says nothing about are left out."""
    facts = _model_facts(notice) if relation == "model" else _own_facts(notice)
    return {"notice_relation": relation} | {key: value for key, value in facts.items() if value not in (None, "", [])}


def _own_facts(notice: Notice) -> dict[str, Any]:
    title, description = _fitting(notice.title, notice.description)
    return {
        "title": title,
        "description": description,
        "cpv": notice.cpv,
        "nature": notice.nature,
        "value": _money(notice.value),
        "lots": [_lot_row(lot, notice) | {"value": _money(lot.value)} for lot in notice.lots],
        "procedure": notice.procedure.key,
        "place": _place(notice),
        "tender_deadline": deadline_day(notice),
        "publish_on": notice.planned_publication,
        "stage": "published" if notice.kind in (Kind.TENDER, Kind.QUALIFICATION, Kind.CONTEST) else None,
        "funding": "eu" if notice.eu_funds else None,
        "joint": "yes" if notice.is_joint else None,
    }


def _model_facts(notice: Notice) -> dict[str, Any]:
    title, description = _fitting(_unnamed(notice.title, notice), _unnamed(notice.description, notice))
    rows = [_lot_row(lot, notice) for lot in notice.lots]
    return {
        "title": title,
        "description": description,
        "cpv": notice.cpv,
        "lots": [row | {"title": _unnamed(row["title"], notice)} for row in rows],
    }


def _fitting(title: str, description: str) -> tuple[str, str]:
    """A title too long for its field is cut at a word and stands whole at the head of the description."""
    if len(title) <= _TITLE_LENGTH:
        return title, description
    short = title[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return short, f"{title}\n\n{description}".strip()


def _unnamed(text: str, notice: Notice) -> str:
    """The text with the names of its buyers taken out."""
    someone = _SOMEONE.get(notice.language, "[buyer]")
    for name in sorted({party.name for party in notice.buyers if party.name}, key=len, reverse=True):
        start = text.casefold().find(name.casefold())
        while start >= 0 and len(text.casefold()) == len(text):
            text = text[:start] + someone + text[start + len(name) :]
            start = text.casefold().find(name.casefold(), start + len(someone))
    return text


def _lot_row(lot: Lot, notice: Notice) -> dict[str, Any]:
    return {"title": lot.title, "cpv": lot.cpv[0] if lot.cpv else notice.cpv}


def _money(value: Money | None) -> dict[str, Any] | None:
    return {"amount": value.amount, "currency": value.currency} if value else None


def _place(notice: Notice) -> str:
    """The smallest region of today that holds all places of performance."""
    codes = notice.nuts
    today = tuple(_of_today(code) for code in codes)
    return nuts.common_region(tuple(code for code in today if code))


def _of_today(code: str) -> str:
    if nuts.find_region(code):
        return code
    older = nuts.find_older(code)
    return nuts.common_region(older.now) if older else ""
