"""What a process may know of a request: the root variables `request` and `unit`; what is kept from the answers."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select

from app import formdef
from app.db import db
from app.domain.accounts.models import Actor, OrganisationKind, Role
from app.domain.accounts.queries import councils_of_unit, members_of
from app.domain.deadlines import rules as deadlines
from app.domain.definitions.models import DefinitionVersion
from app.domain.definitions.packages import shipped_forms
from app.domain.definitions.queries import find_current_version_id
from app.domain.processes.models import Task
from app.domain.reference import queries as reference
from app.domain.requests.desks import count_checkers, local_day
from app.domain.requests.law import eu_threshold, mandatory_rules
from app.domain.requests.models import Phase, Request

PROCESS = "assistance_request"

#: Working days of a request by its size.
SIZES = {"S": 2, "M": 5, "L": 10}

#: Fields a unit would like to know; a missing one is flagged at the first look and never blocks.
WANTED = ("description", "cpv", "value", "publish_on", "place", "quantity")


def request_form(unit_id: int) -> formdef.Form:
    """The form by which requests are filed with this unit: that of its published process."""
    return _parsed_form(find_current_version_id(unit_id, PROCESS))


@lru_cache(maxsize=32)
def _parsed_form(version_id: int | None) -> formdef.Form:
    if version_id is None:
        return formdef.parse_form(shipped_forms()["request"])
    return formdef.parse_form(db.session.get_one(DefinitionVersion, version_id).forms["request"])


def read_purchase(request: Request, today: date) -> None:
    """Keep from the answers what lists, rules and matching look at."""
    answers = request.answers
    request.title = (answers.get("title") or "")[:300]
    words = [request.title, answers.get("question") or "", *request.filer.name.values()]
    request.search_text = " ".join(words).casefold()[:4000]
    request.cpv = answers.get("cpv")
    group = reference.product_group_for(request.cpv) if request.cpv else None
    request.product_group = group.key if group else None
    _read_value(request, answers.get("value"), today)


def _read_value(request: Request, money: dict[str, Any] | None, today: date) -> None:
    request.value_amount = money["amount"] if money else None
    request.value_currency = money["currency"] if money else None
    converted = reference.in_eur(money, today)
    request.value_eur = converted.value if converted else None
    request.value_note = converted.source if converted else None


def judged_on(request: Request, today: date) -> date:
    """The day whose rules count: that of publication where it is known, else of filing, else today."""
    published = request.answers.get("publish_on")
    if isinstance(published, date):
        return published
    return local_day(request.unit, request.filed_at) if request.filed_at else today


def root_facts(request: Request, by: Actor | None, today: date) -> dict[str, Any]:
    """The variables `request` and `unit`, looked up afresh for each command."""
    return {"request": _request_facts(request, today), "unit": _unit_facts(request, by)}


def _request_facts(request: Request, today: date) -> dict[str, Any]:
    answers = request.answers
    on = judged_on(request, today)
    since = complete_on(request, today)
    threshold = eu_threshold(request, on)
    copied = ("help_kind", "question", "stage", "publish_on", "tender_deadline", "nature", "procedure", "funding",
              "place", "joint", "council_ok", "reuse_ok")  # fmt: skip
    return {
        **{key: answers.get(key) for key in copied},
        "title": request.title,
        "cpv": request.cpv,
        "product_group": request.product_group,
        "mandatory": [rule.key for rule in mandatory_rules(request, on)],
        "value_eur": request.value_eur,
        "eu_threshold": threshold.value if threshold else None,
        "lots": Decimal(len(answers.get("lots") or [])),
        "filer_kind": "council" if request.filer.kind == OrganisationKind.COUNCIL else "buyer",
        "missing_fields": [key for key in WANTED if not answers.get(key)] if not request.is_quick else [],
        "is_quick": request.is_quick,
        "complete_on": since,
        "promises": promises(request, since),
        "lead": request.lead_id,
    }


def complete_on(request: Request, today: date) -> date:
    """The day the request was complete: of its filing, or of the last answer to what was missing."""
    answered = select(func.max(Task.done_at)).where(Task.request_id == request.id, Task.phase == Phase.ASK)
    moment = db.session.scalar(answered) or request.filed_at
    return local_day(request.unit, moment) if moment else today


def promises(request: Request, since: date) -> dict[str, date]:
    """The promised date for each size, reckoned from the day the request was complete."""
    return {size: reckoned(request, size, since).due for size in SIZES}


def reckoned(request: Request, size: str, since: date) -> deadlines.Reckoning:
    """The date to promise for a size, and how it comes about."""
    publish_on = request.answers.get("publish_on")
    day = publish_on if isinstance(publish_on, date) else None
    return deadlines.promised_date(since, SIZES[size], day, request.unit.country)


def _unit_facts(request: Request, by: Actor | None) -> dict[str, Any]:
    experts = {member.user_id for member in members_of(request.unit_id, Role.EXPERT)}
    return {
        "experts": Decimal(len(experts)),
        "has_council": bool(councils_of_unit(request.unit_id)),
        "checkers": Decimal(count_checkers(request.unit_id, by.user_id if by else request.lead_id)),
    }
