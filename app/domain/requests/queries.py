"""Reading requests for pages and reports."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.accounts.models import Actor, OrganisationKind
from app.domain.processes.queries import open_tasks
from app.domain.processes.rules import FILER_ROLES, can_see_task
from app.domain.requests.models import Request, RequestStatus
from app.domain.requests.rules import UNIT_READERS, can_edit_draft, can_see
from app.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class RequestPage:
    """One page of requests and whether more follow."""

    requests: list[Request]
    has_more: bool


def get_visible_request(request_id: int, actor: Actor) -> Request:
    """The request, if this person may see it; else NotFound. A partner unit sees it while it holds a task of it."""
    request = db.session.get(Request, request_id, options=[joinedload(Request.filer), joinedload(Request.lead)])
    if request is None or not (can_see(actor, request) or _lends_a_hand(actor, request)):
        raise NotFound()
    return request


def _lends_a_hand(actor: Actor, request: Request) -> bool:
    """Somebody of another unit reads the request only while a task of it waits for them."""
    if actor.organisation.kind != OrganisationKind.UNIT:
        return False
    lent = (task for task in open_tasks(request.id) if task.organisation_id == actor.organisation_id)
    return any(can_see_task(actor, task) for task in lent)


def get_draft(request_id: int, actor: Actor) -> Request:
    """The draft, if this person works on it; else NotFound."""
    request = db.session.get(Request, request_id)
    if request is None or not can_edit_draft(actor, request):
        raise NotFound()
    return request


def requests_for(actor: Actor, *, status: str = "open", search: str = "", before: int | None = None) -> RequestPage:
    """Requests of the actor's organisation, or filed with the actor's unit, newest first."""
    query = select(Request).where(_is_visible_to(actor)).options(joinedload(Request.filer), joinedload(Request.lead))
    if status != "all":
        wanted = [RequestStatus.CLOSED, RequestStatus.WITHDRAWN] if status == "closed" else [status]
        query = query.where(Request.status.in_(wanted))
    if search:
        query = query.where(_mentions(search))
    if before is not None:
        query = query.where(Request.id < before)
    rows = list(db.session.scalars(query.order_by(Request.id.desc()).limit(PAGE + 1)))
    return RequestPage(rows[:PAGE], len(rows) > PAGE)


def _is_visible_to(actor: Actor) -> ColumnElement[bool]:
    """What rules.can_see says of one request, for a list."""
    mine = Request.filer_id == actor.organisation_id
    filed = and_(Request.unit_id == actor.organisation_id, Request.status != RequestStatus.DRAFT)
    return or_(mine if actor.roles & FILER_ROLES else false(), filed if actor.roles & UNIT_READERS else false())


def _mentions(search: str) -> ColumnElement[bool]:
    words = search.strip()
    year, dash, sequence = words.partition("-")
    if dash and year.isdigit() and sequence.isdigit():
        return and_(Request.year == int(year), Request.sequence == int(sequence))
    return Request.search_text.contains(words.casefold(), autoescape=True)


def request_counts(actor: Actor) -> dict[str, int]:
    """How many requests of the actor's organisation or unit stand in each status."""
    query = select(Request.status, func.count()).where(_is_visible_to(actor)).group_by(Request.status)
    return dict(db.session.execute(query).all())
