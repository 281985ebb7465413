"""What finishing a task would bring, without doing it: the engine is pure, so it can simply be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import engine
from app.db import db
from app.domain.definitions.packages import process_of
from app.domain.processes.models import InstanceState, Task
from app.words import Words


@dataclass(frozen=True)
class NextStep:
    """A step that would open: its name and the role that would have it; no role for services and timers."""

    name: Words
    role: str | None
    kind: str


def next_steps(task: Task, answers: Mapping[str, Any], *, now: datetime) -> list[NextStep]:
    """The steps that would open if the task were finished with these answers; empty when the process would end.

    Nothing is kept. Where the answers do not suffice to tell (or lead into a fault), the list is empty too.
    """
    process = process_of(task.instance.version_id)
    state = db.session.get_one(InstanceState, task.instance_id).state
    try:
        outcome = engine.complete(process, state, task.engine_task_id, dict(answers), now)
    except (engine.EngineError, engine.TaskNotOpen):
        return []
    stayed = set(task.instance.standing)
    opened = [process.nodes[step.element_id] for step in outcome.open_tasks]
    fresh = [node for node in opened if node.id not in stayed or node.id == task.element_id]
    return [NextStep(node.name, node.role, node.kind) for node in fresh]
