"""Reading tasks, instances and history. Lists never touch the engine's state."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.db import db
from app.domain.accounts.models import Actor, User
from app.domain.definitions.models import DefinitionVersion
from app.domain.processes.models import (
    HistoryEntry,
    Instance,
    InstanceStatus,
    JobStatus,
    ServiceJob,
    Task,
    TaskStatus,
)
from app.domain.processes.rules import can_see_task, desk_roles
from app.errors import NotFound
from app.words import Words

PAGE = 50


@dataclass(frozen=True)
class InboxPage:
    """One page of tasks and whether more follow."""

    tasks: list[Task]
    has_more: bool


@dataclass(frozen=True)
class DoneStep:
    """A finished step: its name, who did it and when."""

    name: Words
    who: str
    at: datetime


def inbox(actor: Actor, box: str, *, search: str = "", after: int | None = None) -> InboxPage:
    """Tasks for a person: `mine`, `group` (free ones of my roles), `unit` (all open ones of the unit) or `done`.

    `after` is the last task of the page before; requests, their filers and the owners are loaded.
    """
    rows = select(Task).where(_in_box(actor)[box])
    if search:
        rows = rows.where(Task.search_text.contains(search.casefold(), autoescape=True))
    last = _task_of(actor, after)
    if last is not None:
        rows = rows.where(_done_before(last) if box == "done" else _due_after(last))
    order = (Task.done_at.desc(), Task.id.desc()) if box == "done" else (Task.due_on.is_(None), Task.due_on, Task.id)
    found = list(db.session.scalars(rows.options(*_shown_with_it()).order_by(*order).limit(PAGE + 1)))
    return InboxPage(found[:PAGE], len(found) > PAGE)


def _in_box(actor: Actor) -> dict[str, ColumnElement[bool]]:
    here = Task.organisation_id == actor.organisation_id
    still_open = and_(Task.status == TaskStatus.OPEN, here)
    return {
        "mine": and_(still_open, Task.owner_id == actor.user_id),
        "group": and_(still_open, _is_free_for(actor)),
        "unit": still_open,
        "done": and_(Task.done_by_id == actor.user_id, here),
    }


def _is_free_for(actor: Actor) -> ColumnElement[bool]:
    """Nobody has it, it lies at a desk of this person, and they are not kept out of it."""
    kept_out = func.replace(func.replace(func.replace(cast(Task.excluded, Text), " ", ""), "[", ","), "]", ",")
    return and_(
        Task.owner_id.is_(None),
        Task.role.in_(sorted(desk_roles(actor))),
        kept_out.not_like(f"%,{actor.user_id},%"),
    )


def _shown_with_it() -> tuple[ExecutableOption, ...]:
    request = Task.request.property.entity.class_  # the table above this layer, known to the mapper
    return joinedload(Task.request).joinedload(request.filer), joinedload(Task.owner)


def _task_of(actor: Actor, task_id: int | None) -> Task | None:
    task = db.session.get(Task, task_id) if task_id else None
    return task if task is not None and task.organisation_id == actor.organisation_id else None


def _due_after(last: Task) -> ColumnElement[bool]:
    if last.due_on is None:
        return and_(Task.due_on.is_(None), Task.id > last.id)
    same_day = and_(Task.due_on == last.due_on, Task.id > last.id)
    return or_(Task.due_on > last.due_on, same_day, Task.due_on.is_(None))


def _done_before(last: Task) -> ColumnElement[bool]:
    return or_(Task.done_at < last.done_at, and_(Task.done_at == last.done_at, Task.id < last.id))


def inbox_counts(actor: Actor) -> dict[str, int]:
    """How many open tasks stand in `mine`, `group` and `unit`, in one statement."""
    query = (
        select(
            func.count().filter(Task.owner_id == actor.user_id),
            func.count().filter(_is_free_for(actor)),
            func.count(),
        )
        .select_from(Task)
        .where(Task.status == TaskStatus.OPEN, Task.organisation_id == actor.organisation_id)
    )
    mine, group, unit = db.session.execute(query).one()
    return {"mine": mine, "group": group, "unit": unit}


def get_visible_task(task_id: int, actor: Actor) -> Task:
    """The task, if it lies or lay on a desk of this person, or in the unit of this coordinator; else NotFound."""
    task = db.session.get(Task, task_id, options=[joinedload(Task.request), joinedload(Task.instance)])
    if task is None or not can_see_task(actor, task):
        raise NotFound()
    return task


def handed_over(tasks: list[Task]) -> dict[int, HistoryEntry]:
    """For each of these tasks that was handed over, the last time it was: by whom and why. One statement."""
    by_engine_id: dict[tuple[int, str | None], int] = {
        (task.instance_id, task.engine_task_id): task.id for task in tasks
    }
    query = select(HistoryEntry).where(
        HistoryEntry.instance_id.in_({task.instance_id for task in tasks}),
        HistoryEntry.engine_task_id.in_({task.engine_task_id for task in tasks}),
        HistoryEntry.kind == "handed_over",
    )
    entries = db.session.scalars(query.options(joinedload(HistoryEntry.actor)).order_by(HistoryEntry.id))
    found = ((by_engine_id.get((entry.instance_id, entry.engine_task_id)), entry) for entry in entries)
    return {task_id: entry for task_id, entry in found if task_id is not None}


def last_done(request_ids: set[int]) -> dict[int, DoneStep]:
    """The step that people finished last in each of these requests. One statement."""
    query = (
        select(Task.request_id, Task.name, User.name, Task.done_at)
        .join(User, User.id == Task.done_by_id)
        .where(Task.request_id.in_(request_ids), Task.status == TaskStatus.DONE)
        .order_by(Task.done_at, Task.id)
    )
    return {request_id: DoneStep(*rest) for request_id, *rest in db.session.execute(query)}


def what_led_to(task: Task) -> list[HistoryEntry]:
    """Why a task was opened: the step that was finished, then the ways and decisions that followed it, in order."""
    mine = and_(HistoryEntry.kind == "task_opened", HistoryEntry.engine_task_id == task.engine_task_id)
    query = select(HistoryEntry).where(HistoryEntry.instance_id == task.instance_id)
    opened = db.session.scalar(query.where(mine).with_only_columns(HistoryEntry.sequence))
    if opened is None:
        return []
    began = query.where(HistoryEntry.sequence < opened, HistoryEntry.kind.in_(_BEGINNINGS))
    first = db.session.scalar(began.with_only_columns(func.max(HistoryEntry.sequence)))
    between = query.where(HistoryEntry.sequence >= (first or 0), HistoryEntry.sequence < opened)
    rows = between.options(joinedload(HistoryEntry.actor)).order_by(HistoryEntry.sequence)
    return [entry for entry in db.session.scalars(rows) if entry.kind in _REASONS]


#: What sets a process in motion again.
_BEGINNINGS = ("started", "task_completed", "service_delivered", "council_delivered", "timer_fired")
_REASONS = (*_BEGINNINGS, "path_taken", "decision_made")


def open_tasks(request_id: int) -> list[Task]:
    """The tasks that wait now, oldest first."""
    query = select(Task).where(Task.request_id == request_id, Task.status == TaskStatus.OPEN).order_by(Task.id)
    return list(db.session.scalars(query.options(joinedload(Task.owner), joinedload(Task.organisation))))


def done_tasks(request_id: int) -> list[Task]:
    """The finished tasks with their answers, oldest first."""
    query = select(Task).where(Task.request_id == request_id, Task.status == TaskStatus.DONE)
    return list(db.session.scalars(query.options(joinedload(Task.done_by)).order_by(Task.done_at, Task.id)))


def last_answers(request_id: int) -> dict[str, dict]:
    """The newest answers of each step, by element id."""
    return {task.element_id: task.answers for task in done_tasks(request_id) if task.answers is not None}


def performers_of(instance_id: int, element_ids: tuple[str, ...]) -> list[int]:
    """Who did the newest round of these steps."""
    query = (
        select(Task.element_id, Task.done_by_id)
        .where(Task.instance_id == instance_id, Task.element_id.in_(element_ids), Task.done_by_id.is_not(None))
        .order_by(Task.id)
    )
    newest = {row.element_id: row.done_by_id for row in db.session.execute(query)}
    return sorted({user_id for user_id in newest.values() if user_id is not None})


def history_of(request_id: int) -> list[HistoryEntry]:
    """Everything that happened, in order, with the people who did it."""
    query = (
        select(HistoryEntry)
        .where(HistoryEntry.request_id == request_id)
        .options(joinedload(HistoryEntry.actor), joinedload(HistoryEntry.membership))
        .order_by(HistoryEntry.instance_id, HistoryEntry.sequence)
    )
    return list(db.session.scalars(query))


def due_jobs(now: datetime, limit: int = 50) -> list[int]:
    """Service calls to be run now, oldest first."""
    query = (
        select(ServiceJob.id)
        .join(Instance)
        .where(ServiceJob.status == JobStatus.DUE, ServiceJob.run_at <= now, Instance.status == InstanceStatus.RUNNING)
    )
    return list(db.session.scalars(query.order_by(ServiceJob.run_at, ServiceJob.id).limit(limit)))


def due_instances(now: datetime, limit: int = 50) -> list[int]:
    """Instances with a timer to fire now, longest waiting first."""
    query = select(Instance.id).where(Instance.status == InstanceStatus.RUNNING, Instance.next_due_at <= now)
    return list(db.session.scalars(query.order_by(Instance.next_due_at, Instance.id).limit(limit)))


def running_counts(definition_id: int) -> dict[int, int]:
    """How many requests still run on each version of a process."""
    query = (
        select(Instance.version_id, func.count())
        .join(DefinitionVersion, DefinitionVersion.id == Instance.version_id)
        .where(
            DefinitionVersion.definition_id == definition_id,
            Instance.status.in_([InstanceStatus.RUNNING, InstanceStatus.INCIDENT]),
        )
        .group_by(Instance.version_id)
    )
    return dict(db.session.execute(query).all())


def count_open_by_owner(organisation_id: int) -> dict[int, int]:
    """How many open tasks each person of an organisation has."""
    query = (
        select(Task.owner_id, func.count())
        .where(Task.status == TaskStatus.OPEN, Task.organisation_id == organisation_id, Task.owner_id.is_not(None))
        .group_by(Task.owner_id)
    )
    return {owner_id: count for owner_id, count in db.session.execute(query) if owner_id is not None}


def find_newest_done(request_id: int, form_key: str) -> int | None:
    """The last finished task of a request that used this form."""
    query = select(Task.id).where(
        Task.request_id == request_id, Task.form_key == form_key, Task.status == TaskStatus.DONE
    )
    return db.session.scalar(query.order_by(Task.done_at.desc(), Task.id.desc()).limit(1))
