"""One command on one instance: lock, load, run, project, write. All of it or none of it.

Whatever the engine answers is mirrored here, and only here, into task rows, service calls and history.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import engine
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.packages import process_of
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
from app.errors import N_, Conflict, DomainError

Command = Callable[[engine.Process, bytes, dict[str, Any]], engine.Outcome]


class Stuck(DomainError):
    """The process cannot go on; nothing was changed. The edge records it with `record_incident`."""

    def __init__(self, instance_id: int, error: engine.EngineError) -> None:
        super().__init__(
            N_("The process cannot go on because of a mistake in its definition. Your coordinator sees it too.")
        )
        self.instance_id = instance_id
        self.element_id = error.element_id
        self.words = dict(error.message)


def lock(instance_id: int) -> Instance:
    """The instance, read afresh and locked until the unit of work ends."""
    query = select(Instance).where(Instance.id == instance_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def run(instance: Instance, command: Command, *, host: Host, by: Actor | None, now: datetime) -> engine.Outcome:
    """Run a command on a locked instance and keep what it brings about. Raises Stuck when the engine cannot go on."""
    if instance.status == InstanceStatus.INCIDENT:
        raise Conflict(N_("The process stands still because of a fault. Your coordinator can let it go on."))
    if instance.status != InstanceStatus.RUNNING:
        raise Conflict(N_("This request is no longer being worked on."))
    process = process_of(instance.version_id)
    kept = db.session.get_one(InstanceState, instance.id)
    with as_stuck(instance):
        outcome = command(process, kept.state, host.facts(instance, by, now))
        kept.state = outcome.state
        keep(instance, process, outcome, host=host, by=by, now=now)
    return outcome


@contextmanager
def as_stuck(instance: Instance) -> Iterator[None]:
    """Say which instance an engine error belongs to."""
    try:
        yield
    except engine.EngineError as error:
        raise Stuck(instance.id, error) from error
    except engine.TaskNotOpen as error:
        raise Conflict(N_("This step is over: the request went on without it.")) from error


def keep(
    instance: Instance,
    process: engine.Process,
    outcome: engine.Outcome,
    *,
    host: Host,
    by: Actor | None,
    now: datetime,
) -> None:
    """Mirror an outcome into rows."""
    for event in outcome.events:
        record(instance, event.kind, event.payload, element_id=event.element_id, task_id=event.task_id, by=by, now=now)
    instance.standing = _standing(instance, process, outcome)
    instance.next_due_at = outcome.next_due_at
    if outcome.finished:
        instance.status = InstanceStatus.FINISHED
        instance.ended_at = now
    _close(instance, outcome)
    host.decided(instance, outcome, now)
    _open(instance, process, outcome, host, now)
    db.session.flush()
    host.advanced(instance, process, outcome, by, now)


def _standing(instance: Instance, process: engine.Process, outcome: engine.Outcome) -> list[str]:
    """Open tasks, and the timers on the way that were set and have not fired."""
    timers = [element for element in instance.standing if process.nodes[element].kind == "timer"]
    for event in outcome.events:
        if event.kind == "timer_set" and process.nodes[event.element_id].kind == "timer":
            timers.append(event.element_id)
        if event.kind == "timer_fired" and event.element_id in timers:
            timers.remove(event.element_id)
    if outcome.finished:
        return []
    return sorted({task.element_id for task in outcome.open_tasks} | set(timers))


def _close(instance: Instance, outcome: engine.Outcome) -> None:
    closed = {task.id: task for task in outcome.closed_tasks}
    if not closed:
        return
    open_tasks = select(Task).where(
        Task.instance_id == instance.id, Task.status == TaskStatus.OPEN, Task.engine_task_id.in_(closed)
    )
    for task in db.session.scalars(open_tasks):
        task.status = TaskStatus.CANCELLED if closed[task.engine_task_id].how == "cancelled" else TaskStatus.DONE
    jobs = select(ServiceJob).where(
        ServiceJob.instance_id == instance.id,
        ServiceJob.engine_task_id.in_(closed),
        ServiceJob.status != JobStatus.DONE,
    )
    for job in db.session.scalars(jobs):
        job.status = JobStatus.CANCELLED if closed[job.engine_task_id].how == "cancelled" else JobStatus.DONE


def _open(instance: Instance, process: engine.Process, outcome: engine.Outcome, host: Host, now: datetime) -> None:
    for effect in outcome.effects:
        if effect.kind == "service":
            _order_service(instance, effect, now)
    known = set(db.session.scalars(select(Task.engine_task_id).where(Task.instance_id == instance.id)))
    reviews = {effect.task_id for effect in outcome.effects if effect.kind == "council"}
    for task in outcome.open_tasks:
        node = process.nodes[task.element_id]
        if task.kind == "user" and task.id not in known:
            _open_task(instance, process, outcome, task, node, host, now)
        if task.id in reviews:
            host.open_review(instance, task, node, now)


def _order_service(instance: Instance, effect: engine.Effect, now: datetime) -> None:
    db.session.add(
        ServiceJob(
            instance_id=instance.id,
            engine_task_id=effect.task_id,
            element_id=effect.element_id,
            service=effect.name,
            inputs=effect.inputs,
            run_at=now,
            created_at=now,
        )
    )


def _open_task(
    instance: Instance,
    process: engine.Process,
    outcome: engine.Outcome,
    opened: engine.OpenTask,
    node: engine.Node,
    host: Host,
    now: datetime,
) -> None:
    desk = host.desk(instance, node, engine.variables(outcome.state, opened.id), now)
    db.session.add(
        Task(
            instance_id=instance.id,
            request_id=instance.request_id,
            engine_task_id=opened.id,
            element_id=node.id,
            name=dict(node.name),
            why=dict(node.why),
            form_key=node.form_key,
            phase=node.phase,
            organisation_id=desk.organisation_id,
            role=desk.role,
            owner_id=desk.owner_id,
            excluded=desk.excluded,
            search_text=desk.search_text,
            due_on=desk.due_on,
            created_at=now,
        )
    )
