"""What finishing a task would bring, without doing it: the engine is pure, so it can simply be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import engine
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.packages import process_of
from app.domain.processes.host import Host
from app.domain.processes.models import InstanceState, Task
from app.words import Words


@dataclass(frozen=True)
class NextStep:
    """Where a token would stand or end: `kind` is user, council, service, timer or end; people have a role."""

    element_id: str
    name: Words
    role: str | None
    kind: str


class Preview:
    """Asks the engine about one task as often as needed; what it must know is read once, and nothing is kept."""

    def __init__(self, task: Task, *, host: Host, by: Actor, now: datetime) -> None:
        self._task = task
        self._now = now
        self._process = process_of(task.instance.version_id)
        self._state = db.session.get_one(InstanceState, task.instance_id).state
        self._facts = host.facts(task.instance, by, now)

    def next_steps(self, answers: Mapping[str, Any]) -> list[NextStep]:
        """The steps that would open, or the ends that would be reached, if the task were finished with these answers.

        Where the answers do not suffice to tell (or lead into a fault), the list is empty.
        """
        task_id = self._task.engine_task_id
        try:
            outcome = engine.complete(
                self._process, self._state, task_id, dict(answers), self._now, facts=dict(self._facts)
            )
        except (engine.EngineError, engine.TaskNotOpen):
            return []
        gone = {closed.id for closed in outcome.closed_tasks}
        reached = [event for event in outcome.events if event.kind in _REACHED and event.task_id not in gone]
        steps = [self._step(event.element_id) for event in reached]
        return [step for step in steps if step.kind != "boundary"]

    def _step(self, element_id: str) -> NextStep:
        node = self._process.nodes[element_id]
        return NextStep(node.id, node.name, node.role, "end" if node.kind in _ENDS else node.kind)


_REACHED = frozenset({"task_opened", "timer_set", "ended"})
_ENDS = frozenset({"end", "terminate"})
