"""Drafting, filing and withdrawing a request, and doing its tasks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import formdef
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.attachments import operations as attachments
from app.domain.council.operations import cancel_ballots
from app.domain.definitions.queries import find_current_version_id
from app.domain.processes import operations as processes
from app.domain.processes.commands import lock
from app.domain.processes.history import record
from app.domain.processes.models import Task
from app.domain.requests.desks import local_day
from app.domain.requests.facts import read_purchase, request_form
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Phase, Request, RequestStatus
from app.domain.requests.numbering import next_sequence
from app.domain.requests.rules import can_edit_draft, can_file, can_retry, can_withdraw, is_filer
from app.domain.requests.suggestions import filing_context
from app.errors import N_, Conflict, Invalid, require

PROCESS = "assistance_request"


def start_draft(*, by: Actor, now: datetime, is_quick: bool = False) -> Request:
    """An empty draft with what is known of the filer already filled in."""
    require(can_file(by), N_("Only a municipality, another buyer or a council can ask for help here."))
    request = Request(
        unit_id=by.unit_id,
        filer_id=by.organisation_id,
        is_quick=is_quick,
        answers=_prefilled(by) | ({"help_kind": "quick_question"} if is_quick else {}),
        created_at=now,
        updated_at=now,
        created_by_id=by.user_id,
        created_membership_id=by.membership_id,
    )
    db.session.add(request)
    db.session.flush()
    return request


def _prefilled(by: Actor) -> dict[str, Any]:
    known = {"contact": ", ".join(filter(None, (by.user.name, by.user.phone))), "place": by.organisation.nuts}
    return {key: value for key, value in known.items() if value}


def save_draft(request: Request, raw: Mapping[str, Any], *, by: Actor, now: datetime, rev: int | None = None) -> None:
    """Keep what was typed; only kinds of answers are checked. Raises Conflict when somebody else saved meanwhile."""
    _lock_draft(request, by)
    if rev is not None and rev != request.rev:
        raise Conflict(N_("Somebody else saved this draft meanwhile. Compare the two below and save again."))
    take_raw(request, raw, by=by, now=now)


def take_raw(request: Request, raw: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Put answers into a draft beside those it has. Raises Invalid for answers of a wrong kind."""
    together = formdef.merge_answers(request.answers, raw)
    answers = formdef.validate(request_form(request.unit_id), together, filing_context(request), draft=True)
    if answers.errors:
        raise Invalid(N_("Some answers need your attention."), dict(answers.errors))
    _take_answers(request, formdef.merge_answers(request.answers, answers.values), by, now)


def _take_answers(request: Request, answers: dict[str, Any], by: Actor, now: datetime) -> None:
    request.answers = answers
    request.updated_at = now
    if request.notice is not None and answers.get("notice_relation"):
        request.notice.relation = answers["notice_relation"]
    read_purchase(request, local_day(request.unit, now))
    documents = [int(number) for number in answers.get("documents") or []]
    attachments.give_to_request(request.id, documents, by=by)


def file_request(request: Request, *, by: Actor, now: datetime) -> None:
    """Hand a complete draft to the unit: it gets its number and its process begins.

    Raises Invalid for gaps, Conflict when somebody has sent it meanwhile.
    """
    _lock_draft(request, by)
    form = request_form(request.unit_id)
    only = {field.key for field in form.fields if field.quick} if request.is_quick else None
    answers = formdef.validate(form, request.answers, filing_context(request), only=only)
    if answers.errors:
        raise Invalid(N_("Some answers need your attention."), dict(answers.errors))
    version_id = find_current_version_id(request.unit_id, PROCESS)
    if version_id is None:
        raise Conflict(N_("The unit has no process for requests at the moment. Your draft is kept; try again later."))
    _number(request, by, now)
    kept = formdef.merge_answers(request.answers, answers.values) if request.is_quick else answers.values
    _take_answers(request, kept, by, now)
    about = {"request_id": request.id, "unit_id": request.unit_id}
    instance = processes.start_instance(version_id, **about, host=FLOW, by=by, now=now)
    record(instance, "filed", {"number": request.number}, by=by, now=now)


def _number(request: Request, by: Actor, now: datetime) -> None:
    year = local_day(request.unit, now).year
    request.sequence = next_sequence(request.unit_id, year)
    request.year = year
    request.move_to(RequestStatus.OPEN)
    request.phase = Phase.FIRST_LOOK
    request.filed_at, request.filed_by_id, request.filed_membership_id = now, by.user_id, by.membership_id


def discard_draft(request: Request, *, by: Actor) -> None:
    """Throw a draft away for good, its notice and files with it."""
    _lock_draft(request, by)
    if request.notice is not None:
        db.session.delete(request.notice)
    attachments.delete_of_request(request.id)
    db.session.flush()
    db.session.delete(request)


def _lock_draft(request: Request, by: Actor) -> None:
    """Read the draft again behind its lock; it must be theirs and still a draft."""
    db.session.refresh(request, with_for_update=True)
    if request.status != RequestStatus.DRAFT and is_filer(by, request):
        raise Conflict(N_("Somebody has sent this request meanwhile. Open it to see where it stands."))
    require(can_edit_draft(by, request))


def withdraw(request: Request, *, reason: str, by: Actor, now: datetime) -> None:
    """The filer no longer needs the help: everything open about the request is closed."""
    require(is_filer(by, request))
    instance = lock(_running(request))
    db.session.refresh(request)
    if not can_withdraw(by, request):
        raise Conflict(N_("The request is already closed."))
    processes.cancel_instance(instance.id, host=FLOW, by=by, now=now)
    cancel_ballots(instance.id, now=now)
    request.move_to(RequestStatus.WITHDRAWN)
    request.phase, request.closed_at = Phase.WITHDRAWN, now
    record(instance, "withdrawn", {"reason": reason}, by=by, now=now)


def _running(request: Request) -> int:
    if request.instance_id is None:
        raise Conflict(N_("The request has not been filed yet."))
    return request.instance_id


def complete_task(task: Task, raw: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Finish a task of a request and move its process on; raises as processes.complete_task does."""
    processes.complete_task(task, raw, host=FLOW, by=by, now=now)
    _keep_files(task, by)


def _keep_files(task: Task, by: Actor) -> None:
    answers = task.answers or {}
    lists = (value for value in answers.values() if isinstance(value, list))
    numbers = [int(item) for items in lists for item in items if isinstance(item, int) and not isinstance(item, bool)]
    attachments.add_to_request(task.request_id, numbers, by=by)


def retry(request: Request, *, by: Actor, now: datetime) -> None:
    """Let a request that stopped with a fault go on."""
    require(can_retry(by, request))
    processes.retry(_running(request), by=by, now=now)
