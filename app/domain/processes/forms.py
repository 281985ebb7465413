"""The form of a task, from the version its instance runs on, and what the form may look at."""

from typing import Any

from app import engine, formdef
from app.db import db
from app.domain.definitions.models import DefinitionVersion
from app.domain.definitions.packages import process_of
from app.domain.processes.models import InstanceState, Task


def form_of(task: Task) -> formdef.Form:
    """The parsed form of this task's version."""
    version = db.session.get_one(DefinitionVersion, task.instance.version_id)
    return formdef.parse_form(version.forms[task.form_key])


def task_context(task: Task) -> dict[str, Any]:
    """The process variables this task sees: facts of the request and the answers of earlier steps."""
    state = db.session.get_one(InstanceState, task.instance_id).state
    return engine.variables(process_of(task.instance.version_id), state, task.engine_task_id)
