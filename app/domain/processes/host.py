"""What a running process asks of the business it runs for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from app import engine
from app.domain.accounts.models import Actor
from app.domain.processes.models import Instance, Task
from app.words import Words


@dataclass(frozen=True)
class Desk:
    """Where a task lands: the people of an organisation in a role, or one of them."""

    organisation_id: int
    role: str
    owner_id: int | None = None
    excluded: list[int] = field(default_factory=list)
    due_on: date | None = None
    search_text: str = ""


class Host(Protocol):
    """The business side of an instance, handed to every command."""

    def facts(self, instance: Instance, by: Actor | None, now: datetime) -> dict[str, Any]:
        """The root variables that are looked up afresh for each command, such as `request`."""

    def form_context(self, task: Task, variables: dict[str, Any], now: datetime) -> dict[str, Any]:
        """What the form of a task may look at: the variables it sees, suggestions, options of its lists."""

    def objections(self, task: Task, answers: Mapping[str, Any]) -> dict[str, Words]:
        """What the business has against these answers, by field; empty when nothing."""

    def answered(self, task: Task, answers: Mapping[str, Any], now: datetime) -> None:
        """Take over what these answers say of the business itself, before the process goes on with its facts."""

    def decided(self, instance: Instance, outcome: engine.Outcome, now: datetime) -> None:
        """Take over what answers say about the business, before the steps that follow are opened."""

    def desk(self, instance: Instance, node: engine.Node, variables: dict[str, Any], now: datetime) -> Desk:
        """Where a task of this node lands."""

    def open_review(self, instance: Instance, task: engine.OpenTask, node: engine.Node, now: datetime) -> None:
        """Ask the council; the answer comes back through `deliver_result`."""

    def advanced(
        self, instance: Instance, process: engine.Process, outcome: engine.Outcome, by: Actor | None, now: datetime
    ) -> None:
        """Follow the instance after a command: the status people see, closing."""
