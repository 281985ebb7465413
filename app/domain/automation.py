"""What runs without people: the services a process may call, timers, and the closing of ballots."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.council import operations as council
from app.domain.council import queries as ballots
from app.domain.council.models import Ballot
from app.domain.definitions.packages import SERVICES as NAMES
from app.domain.processes import operations as processes
from app.domain.processes import queries
from app.domain.processes.commands import lock
from app.domain.processes.models import Instance, InstanceStatus, JobStatus, ServiceJob
from app.domain.requests.flow import FLOW
from app.domain.requests.markets import market_overview
from app.domain.requests.models import Request
from app.domain.requests.reviews import NO_COUNCIL, extended_end, no_council

Service = Callable[[Request, dict[str, Any], datetime], dict[str, Any]]

#: The names a diagram may call, and what they do. The last one is ours alone: a unit without a council.
SERVICES: dict[str, Service] = {"market_overview": market_overview, NO_COUNCIL: no_council}


def connect() -> None:
    """Make sure that every name diagrams may use has a function behind it."""
    missing = NAMES - SERVICES.keys()
    if missing:
        raise RuntimeError(f"no function for the services {sorted(missing)}")


def due_services(now: datetime) -> list[int]:
    """Service calls to be run now."""
    return queries.due_jobs(now)


def due_timers(now: datetime) -> list[int]:
    """Instances with a timer to fire now."""
    return queries.due_instances(now)


def due_ballots(now: datetime) -> list[int]:
    """Ballots whose time is up or in which everybody has voted; those of stopped processes wait for the retry."""
    due = select(Ballot.id).join(Instance, Instance.id == Ballot.instance_id)
    running = due.where(Ballot.id.in_(ballots.due_ballots(now)), Instance.status == InstanceStatus.RUNNING)
    return list(db.session.scalars(running.order_by(Ballot.closes_at, Ballot.id)))


def run_service(job_id: int, *, now: datetime) -> None:
    """Run a service call and deliver its result to the process that waits for it; nothing when another worker did.

    The instance is locked first, as by every command, so that no two of them wait for each other.
    """
    job = db.session.get_one(ServiceJob, job_id)
    instance = lock(job.instance_id)
    db.session.refresh(job)
    if instance.status != InstanceStatus.RUNNING or job.status != JobStatus.DUE or job.run_at > now:
        return
    request = db.session.get_one(Request, instance.request_id)
    result = SERVICES[job.service](request, job.inputs, now)
    job.status, job.done_at, job.attempts = JobStatus.DONE, now, job.attempts + 1
    processes.deliver_result(job.instance_id, job.engine_task_id, result, host=FLOW, by=None, now=now)


def fire_timers(instance_id: int, *, now: datetime) -> None:
    """Let the due timers of an instance act."""
    processes.fire_timers(instance_id, host=FLOW, now=now)


def close_ballot(ballot_id: int, *, now: datetime) -> None:
    """Close a ballot whose time has come and tell its process the outcome. The instance is locked first, always."""
    lock(db.session.get_one(Ballot, ballot_id).instance_id)
    council.close_due_ballot(
        ballot_id, now=now, extend_to=partial(extended_end, now=now), deliver=partial(_deliver, now)
    )


def _deliver(now: datetime, ballot: Ballot, result: dict[str, Any]) -> None:
    processes.deliver_result(ballot.instance_id, ballot.engine_task_id, result, host=FLOW, by=None, now=now)
