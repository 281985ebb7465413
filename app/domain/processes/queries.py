"""Reading tasks, instances and history. Lists never touch the engine's state."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.accounts.models import Actor, Role
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
from app.domain.processes.rules import desk_roles, is_at_desk_of
from app.errors import NotFound

PAGE = 50


@dataclass(frozen=True)
class InboxPage:
    """One page of tasks and whether more follow."""

    tasks: list[Task]
    has_more: bool


def inbox(actor: Actor, box: str, *, search: str = "", after: tuple[date | None, int] | None = None) -> InboxPage:
    """Tasks for a person: `mine`, `group` (free ones of my roles), `unit` (all open of a coordinator's unit) or `done`."""
    query = _boxes(actor)[box]
    if search:
        query = query.where(Task.search_text.contains(search.casefold(), autoescape=True))
    if after is not None:
        query = query.where(_later_than(*after))
    rows = list(db.session.scalars(query.limit(PAGE + 1)))
    return InboxPage([task for task in rows[:PAGE] if actor.user_id not in task.excluded], len(rows) > PAGE)


def _boxes(actor: Actor) -> dict[str, Select]:
    at_desk = and_(
        Task.status == TaskStatus.OPEN,
        Task.organisation_id == actor.organisation_id,
        Task.role.in_(sorted(desk_roles(actor))),
    )
    in_unit = and_(Task.status == TaskStatus.OPEN, Task.organisation_id == actor.organisation_id)
    mine = and_(in_unit, Task.owner_id == actor.user_id)
    done = and_(Task.done_by_id == actor.user_id, Task.organisation_id == actor.organisation_id)
    rows = select(Task).options(joinedload(Task.request), joinedload(Task.owner))
    by_due = (Task.due_on.is_(None), Task.due_on, Task.id)
    return {
        "mine": rows.where(mine).order_by(*by_due),
        "group": rows.where(at_desk, Task.owner_id.is_(None)).order_by(*by_due),
        "unit": rows.where(in_unit).order_by(*by_due),
        "done": rows.where(done).order_by(Task.done_at.desc(), Task.id.desc()),
    }


def _later_than(due_on: date | None, task_id: int) -> ColumnElement[bool]:
    if due_on is None:
        return and_(Task.due_on.is_(None), Task.id > task_id)
    return or_(Task.due_on > due_on, and_(Task.due_on == due_on, Task.id > task_id), Task.due_on.is_(None))


def inbox_counts(actor: Actor) -> dict[str, int]:
    """How many tasks wait in `mine` and `group`, in one statement."""
    query = (
        select(
            func.count().filter(Task.owner_id == actor.user_id),
            func.count().filter(Task.owner_id.is_(None), Task.role.in_(sorted(desk_roles(actor)))),
        )
        .select_from(Task)
        .where(Task.status == TaskStatus.OPEN, Task.organisation_id == actor.organisation_id)
    )
    mine, group = db.session.execute(query).one()
    return {"mine": mine, "group": group}


def get_visible_task(task_id: int, actor: Actor) -> Task:
    """The task, if it lies or lay on a desk of this person, or in the unit of this coordinator; else NotFound."""
    task = db.session.get(Task, task_id, options=[joinedload(Task.request), joinedload(Task.instance)])
    if task is None or task.organisation_id != actor.organisation_id:
        raise NotFound()
    if is_at_desk_of(actor, task) or task.done_by_id == actor.user_id or Role.COORDINATOR in actor.roles:
        return task
    raise NotFound()


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
    return sorted(set(dict(db.session.execute(query).all()).values()))


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
    return dict(db.session.execute(query).all())
