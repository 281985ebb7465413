"""The data the engine takes and gives: a package, findings about it, its elements, and what a command brought about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.feel import Expression
from app.words import Words

#: Kinds of element at which a token stays until somebody, a job or the clock moves it on.
WAITING_KINDS = frozenset({"user", "council", "service", "timer"})

#: Kinds that a boundary timer may be attached to.
HOST_KINDS = frozenset({"user", "council", "service"})

#: What a council review can end in; the drawing has a path for each.
COUNCIL_OUTCOMES = ("supported", "supported_with_remarks", "opposed", "tied", "no_quorum", "all_recused")


@dataclass(frozen=True)
class Package:
    """A process with all it needs: drawing, decisions by file name, forms by key, and the names it may use."""

    bpmn: bytes
    decisions: Mapping[str, bytes] = field(default_factory=dict)
    forms: Mapping[str, Any] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """Something about a package that its author should know; an "error" keeps it from being published."""

    element_id: str
    severity: str
    code: str
    message: Words


@dataclass(frozen=True)
class Flow:
    """An arrow between two elements; `condition` is FEEL text."""

    id: str
    source: str
    target: str
    name: Words
    condition: str | None = None


@dataclass(frozen=True)
class Timer:
    """When a timer is due: `shape` is duration, date or cycle, `text` an ISO literal or FEEL."""

    shape: str
    text: str


@dataclass(frozen=True)
class CouncilConfig:
    """How a council review runs: working days, one extension, quorum and majority rule."""

    days: int
    extension: int
    quorum: str


@dataclass(frozen=True)
class Sla:
    """Working days a task may take (fixed, or FEEL), and the further attributes as drawn."""

    days: int | None
    days_text: str | None
    days_expression: Expression | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """`name` gets the value of a FEEL expression (an input, an output or a line of a script task)."""

    name: str
    text: str


@dataclass(frozen=True)
class Node:
    """One element of a drawing with all that Zeleno's own attributes say about it."""

    id: str
    kind: str
    name: Words
    role: str | None = None
    form_key: str | None = None
    decision_ref: str | None = None
    service: str | None = None
    council: CouncilConfig | None = None
    sla: Sla | None = None
    phase: str | None = None
    assignee: Expression | None = None
    assignee_text: str | None = None
    not_by: tuple[str, ...] = ()
    why: Words = field(default_factory=dict)
    inputs: tuple[Assignment, ...] = ()
    outputs: tuple[Assignment, ...] = ()
    assigns: tuple[Assignment, ...] = ()
    timer: Timer | None = None
    attached_to: str | None = None
    interrupting: bool = True
    default_flow: str | None = None
    lane: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Diagram:
    """The executable process of a drawing as elements and arrows, in the order they stand in the file."""

    process_id: str
    name: Words
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]

    def outgoing(self, element_id: str) -> tuple[Flow, ...]:
        return self._by_end[0].get(element_id, ())

    def incoming(self, element_id: str) -> tuple[Flow, ...]:
        return self._by_end[1].get(element_id, ())

    def boundaries(self, element_id: str) -> tuple[Node, ...]:
        return self._attached.get(element_id, ())

    @cached_property
    def _by_end(self) -> tuple[dict[str, tuple[Flow, ...]], dict[str, tuple[Flow, ...]]]:
        leaving: dict[str, list[Flow]] = {}
        arriving: dict[str, list[Flow]] = {}
        for flow in self.flows:
            leaving.setdefault(flow.source, []).append(flow)
            arriving.setdefault(flow.target, []).append(flow)
        return {k: tuple(v) for k, v in leaving.items()}, {k: tuple(v) for k, v in arriving.items()}

    @cached_property
    def _attached(self) -> dict[str, tuple[Node, ...]]:
        attached: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.attached_to:
                attached.setdefault(node.attached_to, []).append(node)
        return {element_id: tuple(nodes) for element_id, nodes in attached.items()}


@dataclass(frozen=True)
class Step:
    """One line of the text twin; `next` holds (element id, words on the arrow, condition) for each way on."""

    element_id: str
    kind: str
    name: Words
    role: str | None
    next: tuple[tuple[str, Words, str], ...]
    attached_to: str | None = None


@dataclass(frozen=True)
class OpenTask:
    """A task that waits: for a person ("user"), a ballot ("council") or a job ("service")."""

    id: str
    element_id: str
    kind: str
    scope: str


@dataclass(frozen=True)
class ClosedTask:
    """A task this command closed; `how` is "completed" or "cancelled"."""

    id: str
    element_id: str
    how: str


@dataclass(frozen=True)
class Effect:
    """Something the caller now has to set going: a service to run or a ballot to open."""

    kind: str
    task_id: str
    element_id: str
    name: str
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Event:
    """One line of history."""

    kind: str
    element_id: str
    task_id: str | None
    payload: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a command brought about: the new state, and everything the caller mirrors into rows."""

    state: bytes
    open_tasks: tuple[OpenTask, ...]
    closed_tasks: tuple[ClosedTask, ...]
    effects: tuple[Effect, ...]
    events: tuple[Event, ...]
    next_due_at: datetime | None
    finished: bool
