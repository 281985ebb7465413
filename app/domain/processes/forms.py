"""The form of a task, from the version its instance runs on, and what the form may look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import engine, formdef
from app.db import db
from app.domain.definitions.models import DefinitionVersion
from app.domain.definitions.packages import process_of
from app.domain.processes.host import Host
from app.domain.processes.models import HistoryEntry, Instance, InstanceState, Task

#: A task may have no form: it is done by a button alone.
_BUTTON_ALONE = {
    "type": "default",
    "id": "done",
    "components": [],
    "submit": {"label": {"bg": "Отбележи, че е свършено", "en": "Mark that it is done"}},
}


def form_of(task: Task) -> formdef.Form:
    """The parsed form of this task's version; one without questions where the task has none."""
    version = db.session.get_one(DefinitionVersion, task.instance.version_id)
    return formdef.parse_form(version.forms[task.form_key] if task.form_key else _BUTTON_ALONE)


def form_of_review(instance_id: int, engine_task_id: str) -> formdef.Form:
    """The form by which members answer a council review, from the version its instance runs on."""
    opened = select(HistoryEntry.element_id).where(
        HistoryEntry.instance_id == instance_id,
        HistoryEntry.engine_task_id == engine_task_id,
        HistoryEntry.kind == "task_opened",
    )
    version = db.session.get_one(DefinitionVersion, db.session.get_one(Instance, instance_id).version_id)
    node = process_of(version.id).nodes[db.session.scalars(opened).one()]
    return formdef.parse_form(version.forms[node.form_key])


def task_context(task: Task, host: Host, now: datetime) -> dict[str, Any]:
    """What the form of this task may look at: facts of the request, answers of earlier steps, suggestions."""
    return host.form_context(task, task_variables(task), now)


def task_variables(task: Task) -> dict[str, Any]:
    """The process variables this task sees."""
    state = db.session.get_one(InstanceState, task.instance_id).state
    known = engine_task(task)
    return engine.variables(state, known)


def engine_task(task: Task) -> str | None:
    """The engine's id of the task while it is open; a finished one is gone from the state."""
    return task.engine_task_id if task.is_open else None
