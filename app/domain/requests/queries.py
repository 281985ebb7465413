"""Reading requests for pages and reports."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.processes.models import Task
from app.domain.requests.models import Request, RequestStatus
from app.domain.requests.rules import can_edit_draft, can_see
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
    """Somebody of another unit, or the chair, reads the request only for a task that is theirs."""
    if actor.organisation.kind != "unit":
        return False
    held = select(Task.id).where(Task.request_id == request.id, Task.organisation_id == actor.organisation_id)
    return db.session.scalar(held.limit(1)) is not None


def get_draft(request_id: int, actor: Actor) -> Request:
    """The draft, if this person works on it; else NotFound."""
    request = db.session.get(Request, request_id)
    if request is None or not can_edit_draft(actor, request):
        raise NotFound()
    return request


def requests_for(actor: Actor, *, status: str = "open", search: str = "", before: int | None = None) -> RequestPage:
    """Requests of the actor's organisation, or filed with the actor's unit, newest first."""
    mine = Request.filer_id == actor.organisation_id
    filed = and_(Request.unit_id == actor.organisation_id, Request.status != RequestStatus.DRAFT)
    query = select(Request).where(or_(mine, filed)).options(joinedload(Request.filer), joinedload(Request.lead))
    if status != "all":
        wanted = [RequestStatus.CLOSED, RequestStatus.WITHDRAWN] if status == "closed" else [status]
        query = query.where(Request.status.in_(wanted))
    if search:
        query = query.where(_mentions(search))
    if before is not None:
        query = query.where(Request.id < before)
    rows = list(db.session.scalars(query.order_by(Request.id.desc()).limit(PAGE + 1)))
    return RequestPage(rows[:PAGE], len(rows) > PAGE)


def _mentions(search: str):
    words = search.strip()
    year, dash, sequence = words.partition("-")
    if dash and year.isdigit() and sequence.isdigit():
        return and_(Request.year == int(year), Request.sequence == int(sequence))
    return Request.search_text.contains(words.casefold(), autoescape=True)


def request_counts(actor: Actor) -> dict[str, int]:
    """How many requests of the actor's organisation or unit stand in each status."""
    mine = Request.filer_id == actor.organisation_id
    filed = and_(Request.unit_id == actor.organisation_id, Request.status != RequestStatus.DRAFT)
    query = select(Request.status, func.count()).where(or_(mine, filed)).group_by(Request.status)
    return dict(db.session.execute(query).all())


def find_request_of_number(unit_id: int, year: int, sequence: int) -> Request | None:
    """The request with this number in a unit."""
    query = select(Request).where(Request.unit_id == unit_id, Request.year == year, Request.sequence == sequence)
    return db.session.scalar(query)
