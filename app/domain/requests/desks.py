"""On whose desk a task of a request lands, so that it never lands on nobody's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import engine
from app.db import db
from app.domain.accounts.models import Membership, Organisation, OrganisationKind, Role
from app.domain.accounts.queries import councils_of_unit, members_of
from app.domain.council.queries import newest_ballots
from app.domain.council.rules import recused
from app.domain.deadlines import rules as deadlines
from app.domain.processes.host import Desk
from app.domain.processes.models import Instance
from app.domain.processes.queries import performers_of
from app.domain.requests.models import Request
from app.feel import Expression, FeelError
from app.words import Words

#: Who stands in, in this order, when a unit has nobody free in a role.
STAND_INS: dict[str, tuple[Role, ...]] = {
    "coordinator": (Role.COORDINATOR, Role.EXPERT, Role.LAWYER, Role.ADMINISTRATOR),
    "expert": (Role.EXPERT, Role.COORDINATOR, Role.LAWYER, Role.LIAISON),
    "lawyer": (Role.LAWYER, Role.COORDINATOR, Role.EXPERT),
    "liaison": (Role.LIAISON, Role.EXPERT, Role.COORDINATOR),
    "chair": (Role.CHAIR, Role.SECRETARY),
}


def desk_for(
    request: Request, instance: Instance, node: engine.Node, variables: Mapping[str, Any], now: datetime
) -> Desk:
    """The desk of a task: its organisation, role, the person it is meant for, and its due day."""
    excluded = _kept_out(instance, node)
    desk = _place(request, node, excluded)
    return replace(
        desk,
        owner_id=_owner(node, variables, desk, excluded),
        excluded=excluded,
        due_on=_due_on(request.unit, node, variables, now),
        search_text=_search_text(request, desk),
    )


def _kept_out(instance: Instance, node: engine.Node) -> list[int]:
    """Who did a step that this one checks; for the chair's decision, who has a conflict in the question."""
    people = set(performers_of(instance.id, node.not_by)) if node.not_by else set()
    if node.role == "chair":
        ballots = newest_ballots({instance.id}).values()
        people |= {member.user_id for ballot in ballots for member in recused(ballot)}
    return sorted(people)


def _place(request: Request, node: engine.Node, excluded: list[int]) -> Desk:
    if node.role == "clerk":
        return Desk(request.filer_id, "clerk")
    for organisation in _organisations(request, node.role):
        for role in STAND_INS.get(node.role, (Role.COORDINATOR,)):
            if any(member.user_id not in excluded for member in members_of(organisation.id, role)):
                return Desk(organisation.id, role)
    return Desk(request.unit_id, Role.COORDINATOR)


def _organisations(request: Request, role: str | None) -> list[Organisation]:
    """Where to look for somebody: the council for its chair, else the unit, else a partner unit."""
    own = [request.unit]
    if role == "chair":
        return councils_of_unit(request.unit_id) + own
    return own + partner_units(request.unit_id)


def partner_units(unit_id: int) -> list[Organisation]:
    """The other units, who lend a second pair of eyes when a unit has nobody free."""
    query = select(Organisation).where(
        Organisation.kind == OrganisationKind.UNIT, Organisation.is_active, Organisation.id != unit_id
    )
    return list(db.session.scalars(query.order_by(Organisation.id)))


def count_checkers(unit_id: int, author_id: int | None) -> int:
    """How many people could check what this author wrote, here or in a partner unit."""
    query = select(Membership.user_id).join(Organisation).where(
        Organisation.kind == OrganisationKind.UNIT, Organisation.is_active, Membership.is_active,
        Membership.role.in_(STAND_INS["expert"]),
    )  # fmt: skip
    return len(set(db.session.scalars(query)) - {author_id})


def _owner(node: engine.Node, variables: Mapping[str, Any], desk: Desk, excluded: list[int]) -> int | None:
    """The person the drawing names, as long as they still work in this organisation and may do it."""
    if node.assignee is None:
        return None
    wanted = _evaluated(node, node.assignee, variables)
    people = [member.user_id for member in members_of(desk.organisation_id)]
    return int(wanted) if wanted in people and wanted not in excluded else None


def _evaluated(node: engine.Node, expression: Expression, variables: Mapping[str, Any]) -> Any:
    """What an expression of the drawing gives; one that never ends stops the process, not the server."""
    try:
        return expression.evaluate(variables)
    except FeelError as error:
        raise engine.EngineError(node.id, _NOT_RECKONED) from error


_NOT_RECKONED: Words = {
    "bg": "Изразът за изпълнителя или срока на задачата не можа да се пресметне.",
    "en": "The expression for the task's person or due date could not be evaluated.",
}


def _due_on(unit: Organisation, node: engine.Node, variables: Mapping[str, Any], now: datetime) -> date | None:
    if node.sla is None:
        return None
    days = node.sla.days
    if node.sla.days_expression is not None:
        days = _evaluated(node, node.sla.days_expression, variables)
    if days is None:
        return None
    if not isinstance(days, int | Decimal) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        raise engine.EngineError(node.id, _NOT_DAYS)
    return deadlines.add_working_days(local_day(unit, now), int(days), unit.country)


#: More working days than any task gets.
MOST_DAYS = 1000
_NOT_DAYS: Words = {
    "bg": f"Срокът на задачата не е брой работни дни между 0 и {MOST_DAYS}.",
    "en": f"The task's due date is not a number of working days between 0 and {MOST_DAYS}.",
}


def local_day(organisation: Organisation, now: datetime) -> date:
    """The calendar day it is for this organisation."""
    return deadlines.local_date(now, organisation.time_zone)


def _search_text(request: Request, desk: Desk) -> str:
    """Nothing for the desks of a council: a search would tell its people who asks."""
    if desk.organisation_id not in _insiders(request):
        return ""
    return " ".join([request.number, request.title, *request.filer.name.values()]).casefold()


def _insiders(request: Request) -> set[int]:
    return {request.filer_id, request.unit_id, *(unit.id for unit in partner_units(request.unit_id))}
