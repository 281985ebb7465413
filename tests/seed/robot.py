"""A robot that answers whatever task is open, the shortest way to the end."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app import formdef, jobs
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor, Membership, Role
from app.domain.accounts.queries import actor_for, members_of
from app.domain.council import operations as council
from app.domain.council.models import Ballot, BallotState
from app.domain.processes import queries
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import Instance, InstanceStatus, Task
from app.domain.processes.rules import can_complete
from app.domain.requests import operations as requests
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Request, RequestStatus

#: What the robot says where a form has no answer of its own to open with.
ANSWERS = {
    "triage": {"decision": "answer_now", "answer": "Отговор", "no_conflict": True},
    "missing": {"general": "Ето каквото липсваше."},
    "assessment": {"need_check": "buy", "product_group": "none", "cpv_check": "ok", "regime": "unclear",
                   "lcc": "not_relevant", "council_need": "no"},
    "legal_check": {"rules": [], "opinion": "Не се прилага."},
    "overview_check": {"decision": "ok"},
    "chair_decision": {"decision": "no_opinion"},
    "advice": {"summary": "Накратко", "next_steps": [{"step": "Публикувайте"}]},
    "second_check": {"decision": "ok", "checks": ["linked", "provable", "equivalent", "mandatory", "plain"]},
    "phone_call": {"note": "Разбрахме се.", "decision": "close"},
    "reply": {"decision": "will_use"},
}  # fmt: skip


def finish(request_id: int, now: datetime) -> list[str]:
    """Take a request to its end; the steps done on the way."""
    done: list[str] = []
    while db.session.get_one(Request, request_id).status == RequestStatus.OPEN:
        assert len(done) < 30, f"never ends: {done}"
        now += timedelta(minutes=20)
        done.append(_one_step(request_id, now))
        jobs.run_due(now)
        db.session.rollback()
    return done


def _one_step(request_id: int, now: datetime) -> str:
    request = db.session.get_one(Request, request_id)
    if db.session.get_one(Instance, request.instance_id).status == InstanceStatus.INCIDENT:
        _retry(request, now)
        return "retry"
    ballot = db.session.scalar(select(Ballot).where(Ballot.request_id == request_id, Ballot.state == BallotState.OPEN))
    if ballot is not None:
        _vote(ballot, now)
        return "vote"
    tasks = queries.open_tasks(request_id)
    assert tasks, f"{request.number} {request.title} waits for nobody"
    _answer(tasks[0], now)
    return tasks[0].element_id


def _retry(request: Request, now: datetime) -> None:
    coordinator = members_of(request.unit_id, Role.COORDINATOR)[0]
    with unit_of_work():
        requests.retry(request, by=_acting(coordinator), now=now)


def _vote(ballot: Ballot, now: datetime) -> None:
    """Everybody who has not voted yet supports the proposal."""
    waiting = [member.membership_id for member in ballot.members if not member.is_recused and member.vote is None]
    with unit_of_work():
        for membership_id in waiting:
            voter = _acting(db.session.get_one(Membership, membership_id))
            council.cast_vote(ballot, by=voter, answers={"conflict": "none", "position": "support"}, now=now)


def _answer(task: Task, now: datetime) -> None:
    by = _somebody_for(task)
    with unit_of_work():
        opens_with = formdef.prefill(form_of(task), task_context(task, FLOW, now))
        raw = ANSWERS[task.element_id] | opens_with | _overruled(task, opens_with)
        requests.complete_task(task, raw, by=by, now=now)


def _overruled(task: Task, opens_with: dict) -> dict:
    """Answers that go before what a form opens with: no council, no unclear rules, no empty rows."""
    if task.element_id == "assessment":
        return {"council_need": "no"}
    if task.element_id == "missing":
        return {"items": [row | {"answer": "Ето."} for row in opens_with.get("items", [])]}
    if task.element_id == "legal_check":
        return {"rules": [row | {"applies": "no"} for row in opens_with.get("rules", [])]}
    return {}


def _somebody_for(task: Task) -> Actor:
    actors = [_acting(membership) for membership in members_of(task.organisation_id)]
    return next(actor for actor in actors if can_complete(actor, task))


def _acting(membership: Membership) -> Actor:
    actor = actor_for(membership.user, membership.id)
    assert actor is not None
    return actor
