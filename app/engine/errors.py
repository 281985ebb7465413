"""What the engine raises: a version that may not run, a task that is not open, a step that cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.words import Words, say

if TYPE_CHECKING:
    from app.engine.model import Finding


class NotExecutable(Exception):
    """The package has findings that forbid running it; `findings` lists all of them, warnings included."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f"{f.element_id}: {f.code}" for f in findings if f.severity == "error"))
        self.findings = findings


class TaskNotOpen(Exception):
    """The task is not waiting for this command: it is done, cancelled, unknown or of another kind."""

    def __init__(self, task_id: str) -> None:
        super().__init__(f"task {task_id} is not open")
        self.task_id = task_id


class EngineError(Exception):
    """A running process cannot go on at this element; the caller rolls back and records an incident."""

    def __init__(self, element_id: str, message: Words) -> None:
        super().__init__(f"{element_id}: {say(message, 'en')}")
        self.element_id = element_id
        self.message = message
