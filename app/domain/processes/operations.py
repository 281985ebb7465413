"""What people and jobs do to running processes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app import engine, formdef
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.packages import process_of
from app.domain.processes import commands
from app.domain.processes.commands import lock
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.history import record
from app.domain.processes.host import Host
from app.domain.processes.models import (
    Instance,
    InstanceState,
    InstanceStatus,
    JobStatus,
    ServiceJob,
    Task,
    TaskStatus,
)
from app.domain.processes.rules import can_claim, can_complete, can_hand_over, can_receive, can_release, can_see_task
from app.errors import N_, Conflict, Invalid, require

#: How long after the first, second and third failure a service is tried again; after the last it is an incident.
RETRY_AFTER = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


def start_instance(
    version_id: int, *, request_id: int, unit_id: int, host: Host, by: Actor | None, now: datetime
) -> Instance:
    """Begin a process for a request and run it to its first waits. Raises Stuck."""
    instance = Instance(
        version_id=version_id, unit_id=unit_id, request_id=request_id, started_at=now, standing=[], last_sequence=0
    )
    db.session.add(instance)
    db.session.flush()
    process = process_of(version_id)
    with commands.as_stuck(instance):
        outcome = engine.start(process, host.facts(instance, by, now), now)
        db.session.add(InstanceState(instance_id=instance.id, state=outcome.state))
        commands.keep(instance, process, outcome, host=host, by=by, now=now)
    return instance


def claim(task: Task, *, by: Actor, now: datetime) -> None:
    """Take a task that nobody has."""
    instance = _locked(task, by)
    if task.owner_id == by.user_id:
        return
    if task.owner_id:
        raise Conflict(N_("%(name)s has already taken this task."), name=task.owner.name)
    require(can_claim(by, task))
    task.owner_id = by.user_id
    _record(instance, task, "claimed", {}, by, now)


def release(task: Task, *, by: Actor, now: datetime) -> None:
    """Put a task back for the group."""
    instance = _locked(task, by)
    require(can_release(by, task))
    task.owner_id = None
    _record(instance, task, "released", {}, by, now)


def hand_over(task: Task, *, to: Actor, reason: str, by: Actor, now: datetime) -> None:
    """Give a task to somebody else of the organisation; what was typed so far goes along."""
    instance = _locked(task, by)
    require(can_hand_over(by, task))
    require(can_receive(to, task), N_("This person may not take this task. Choose somebody else."))
    task.owner_id, task.organisation_id = to.user_id, to.organisation_id
    _record(instance, task, "handed_over", {"to": to.user_id, "reason": reason}, by, now)


def save_draft(task: Task, raw: Mapping[str, Any], *, host: Host, by: Actor, now: datetime) -> None:
    """Keep what was typed into an open task without finishing it; a free task becomes theirs, so that none sees it."""
    instance = _locked(task, by)
    require(can_complete(by, task))
    if task.owner_id is None:
        task.owner_id = by.user_id
        _record(instance, task, "claimed", {}, by, now)
    task.draft = formdef.validate(form_of(task), raw, task_context(task, host, now), draft=True).values


def complete_task(task: Task, raw: Mapping[str, Any], *, host: Host, by: Actor, now: datetime) -> engine.Outcome:
    """Finish a task with these answers and move the process on.

    Raises Conflict when somebody finished it first, Invalid with the fields to mend, Stuck when it cannot go on.
    """
    instance = _locked(task, by)
    if task.owner_id not in (None, by.user_id):
        raise Conflict(N_("%(name)s has taken this task. Ask for it to be handed over."), name=task.owner.name)
    require(can_complete(by, task))
    answers = formdef.validate(form_of(task), raw, task_context(task, host, now))
    problems = {**answers.errors, **host.objections(task, answers.values)}
    if problems:
        raise Invalid(N_("Some answers need your attention."), problems)
    task.status, task.answers, task.draft = TaskStatus.DONE, answers.values, None
    task.owner_id, task.done_by_id, task.done_membership_id, task.done_at = (
        by.user_id,
        by.user_id,
        by.membership_id,
        now,
    )
    host.answered(task, answers.values, now)
    db.session.flush()
    return commands.run(
        instance,
        lambda process, state, facts: engine.complete(
            process, state, task.engine_task_id, answers.values, now, facts=facts
        ),
        host=host,
        by=by,
        now=now,
    )


def deliver_result(
    instance_id: int, engine_task_id: str, result: Mapping[str, Any], *, host: Host, by: Actor | None, now: datetime
) -> engine.Outcome:
    """Hand the result of a service or a council review to the process that waits for it."""
    return commands.run(
        lock(instance_id),
        lambda process, state, facts: engine.deliver(process, state, engine_task_id, dict(result), now, facts=facts),
        host=host,
        by=by,
        now=now,
    )


def fire_timers(instance_id: int, *, host: Host, now: datetime) -> None:
    """Let the timers that are due act; does nothing when another worker was faster."""
    instance = lock(instance_id)
    if instance.status != InstanceStatus.RUNNING or instance.next_due_at is None or instance.next_due_at > now:
        return
    commands.run(
        instance,
        lambda process, state, facts: engine.fire_timers(process, state, now),
        host=host,
        by=None,
        now=now,
    )


def cancel_instance(instance_id: int, *, host: Host, by: Actor | None, now: datetime) -> None:
    """End a process where it stands: its open tasks and service calls are closed."""
    instance = lock(instance_id)
    if instance.status not in (InstanceStatus.RUNNING, InstanceStatus.INCIDENT):
        raise Conflict(N_("This request is no longer being worked on."))
    instance.status, instance.incident = InstanceStatus.RUNNING, None
    commands.run(instance, lambda process, state, facts: engine.cancel(process, state, now), host=host, by=by, now=now)
    instance.status, instance.ended_at, instance.standing, instance.next_due_at = (
        InstanceStatus.CANCELLED, now, [], None,
    )  # fmt: skip


def fail_service(job_id: int, error: str, *, now: datetime) -> None:
    """Note that a service call failed: try again later, or make it an incident when the tries are used up."""
    job = db.session.get_one(ServiceJob, job_id)
    instance = lock(job.instance_id)
    db.session.refresh(job)
    if job.status != JobStatus.DUE:
        return
    job.attempts += 1
    job.last_error = error[:2000]
    if job.attempts <= len(RETRY_AFTER):
        job.run_at = now + RETRY_AFTER[job.attempts - 1]
        return
    job.status = JobStatus.FAILED
    _stop(instance, job.element_id, SERVICE_FAILED, now)


SERVICE_FAILED = {
    "bg": "Автоматичната стъпка не успя. Опитайте отново; ако пак не успее, обадете се на администратора.",
    "en": "The automatic step failed. Try again; if it fails once more, call the administrator.",
}


def record_incident(instance_id: int, element_id: str, words: Mapping[str, str], *, now: datetime) -> None:
    """Show that a process cannot go on; its state stays as it was before the failed command.

    A process that failed at its very start was rolled back whole, so there is nothing to show it on.
    """
    if db.session.get(Instance, instance_id) is None:
        return
    instance = lock(instance_id)
    if instance.status == InstanceStatus.RUNNING:
        _stop(instance, element_id, words, now)


def _stop(instance: Instance, element_id: str, words: Mapping[str, str], now: datetime) -> None:
    instance.status = InstanceStatus.INCIDENT
    instance.incident = {"element_id": element_id, "words": dict(words), "at": now.isoformat()}
    record(instance, "incident", {"words": dict(words)}, element_id=element_id, by=None, now=now)


def retry(instance_id: int, *, by: Actor | None, now: datetime) -> None:
    """Let a stopped process run again and its failed service calls be tried at once."""
    instance = lock(instance_id)
    if instance.status != InstanceStatus.INCIDENT:
        raise Conflict(N_("There is nothing to retry: the process is running."))
    instance.status, instance.incident = InstanceStatus.RUNNING, None
    failed = select(ServiceJob).where(ServiceJob.instance_id == instance.id, ServiceJob.status == JobStatus.FAILED)
    for job in db.session.scalars(failed):
        job.status, job.attempts, job.run_at = JobStatus.DUE, 0, now
    record(instance, "retried", {}, by=by, now=now)


def _locked(task: Task, by: Actor) -> Instance:
    """Lock the task's instance and read the task again behind the lock; it must be open, and theirs to see."""
    instance = lock(task.instance_id)
    db.session.refresh(task)
    require(can_see_task(by, task))
    _refuse_if_done(task)
    return instance


def _refuse_if_done(task: Task) -> None:
    if task.status == TaskStatus.CANCELLED:
        raise Conflict(N_("This task is no longer needed: the request went on without it."))
    if task.status == TaskStatus.DONE:
        raise Conflict(
            N_("%(name)s finished this task at %(at)s. What you typed is still below; nothing was sent twice."),
            name=task.done_by.name if task.done_by else "—",
            at=task.done_at,
        )


def _record(instance: Instance, task: Task, kind: str, payload: dict, by: Actor, now: datetime) -> None:
    record(instance, kind, payload, element_id=task.element_id, task_id=task.engine_task_id, by=by, now=now)
