"""One command on one instance: load, do what was asked, move every token as far as it goes, and say what happened."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.dmn import DmnError
from app.engine import state as stored
from app.engine.errors import EngineError, TaskNotOpen
from app.engine.messages import trouble, why
from app.engine.model import ClosedTask, Effect, Event, Flow, Node, OpenTask, Outcome
from app.engine.process import Process
from app.engine.pruning import prune
from app.engine.scopes import ROOT, Scopes
from app.engine.spiff import TokenWorkflow
from app.engine.timing import NotATime, due_at, is_literal, literal
from app.feel import FeelError

#: How many elements one command may pass, and for how long it may run.
MAX_STEPS = 1000
MAX_SECONDS = 5.0

_PRUNE_EVERY = 50


class Run:
    """A command on its way: the workflow it works on and all that has happened so far."""

    def __init__(self, process: Process, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be aware")
        self.process = process
        self.now = now
        self.workflow: TokenWorkflow
        self.scopes: Scopes
        self.events: list[Event] = []
        self.effects: list[Effect] = []
        self.closed: list[ClosedTask] = []
        self._begun_open: dict[str, Task] = {}
        self._queue: deque[Task] = deque()
        self._steps = 0
        self._give_up_at = time.monotonic() + MAX_SECONDS

    @classmethod
    def anew(cls, process: Process, seed: int, now: datetime) -> Run:
        """A run that begins a new instance."""
        run = cls(process, now)
        run.workflow, run.scopes = TokenWorkflow(process.spec, run, seed), Scopes()
        return run

    @classmethod
    def on(cls, process: Process, state: bytes, now: datetime) -> Run:
        """A run on a stored instance."""
        run = cls(process, now)
        run.workflow, run.scopes = stored.load(state, process.spec, run)
        run._begun_open = run._open()
        return run

    # What commands do

    def begin(self) -> None:
        """Put a token on the start event."""
        self._note("started", self.process.start_id)
        root = self.workflow.task_tree
        for spec in root.task_spec.outputs:
            self.workflow.spawn(root, spec).task_spec._update(root.children[-1])

    def open_task(self, task_id: str, kinds: frozenset[str]) -> Task:
        """The open task with this id. Raises TaskNotOpen."""
        task = self.workflow.tasks.get(task_id)
        if task is None or task.state != TaskState.READY or _node(task).kind not in kinds:
            raise TaskNotOpen(task_id)
        return task

    def take_facts(self, facts: Mapping[str, Any] | None) -> None:
        """Write what the caller knows into the root scope."""
        for name, value in (facts or {}).items():
            self.scopes.write(name, value)

    def close_task(self, task: Task, kind: str, value: Any, payload: dict[str, Any]) -> None:
        """Write the task's value under its element, do its outputs, and let its token go on."""
        node = _node(task)
        self.scopes.write(node.id, value)
        self._note(kind, node.id, task.id, payload)
        self.closed.append(ClosedTask(task.id, node.id, "completed"))
        self._assign(node, node.outputs)
        task.run()

    def cancel_all(self) -> None:
        """Take away every token."""
        for task in self.workflow.live():
            task.cancel()
        self._note("cancelled", self.process.id)

    def advance(self) -> None:
        """Move every token as far as it goes; due timers fire in the order of their moments."""
        self._run_queue()
        while (timer := self._next_timer()) is not None and _due(timer) <= self.now:
            self._note("timer_fired", _node(timer).id, timer.id, {"due": _due(timer), "at": self.now})
            timer._ready()
            self._run_queue()

    def outcome(self) -> Outcome:
        """What came of the command."""
        open_now = self._open()
        finished = not self.workflow.live()
        self._close_cancelled(open_now)
        if finished:
            self._note("finished", self.process.id)
        prune(self.workflow)
        timer = self._next_timer()
        return Outcome(
            state=self._dump(),
            open_tasks=tuple(OpenTask(task.id, _node(task).id, _node(task).kind, ROOT) for task in open_now.values()),
            closed_tasks=tuple(self.closed),
            effects=tuple(effect for effect in self.effects if effect.task_id in open_now),
            events=tuple(self.events),
            next_due_at=_due(timer) if timer else None,
            finished=finished,
        )

    # What the specifications ask (the Runner protocol)

    def ready(self, task: Task) -> None:
        """A token has arrived: an automatic element is queued, a task is opened."""
        node = task.task_spec.node
        if not task.task_spec.manual:
            self._queue.append(task)
            return
        self._begun_open[task.id] = task
        self._note("task_opened", node.id, task.id, {"kind": node.kind})
        if node.kind != "user":
            self._request(task, node)

    def perform(self, task: Task) -> None:
        """What an automatic element does when its turn comes."""
        node = task.task_spec.node
        if node.kind in _ACTS:
            _ACTS[node.kind](self, task, node)

    def choose(self, task: Task) -> Flow:
        """The arrow an exclusive gateway takes: the first whose condition is true, else the default, else an error."""
        node = _node(task)
        flows = self.process.outgoing[node.id]
        if len(flows) == 1:
            return flows[0]
        context = self.scopes.visible()
        for flow in flows:
            if flow.id != node.default_flow and self._holds(flow, context):
                return self._take(task, flow)
        for flow in flows:
            if flow.id == node.default_flow:
                return self._take(task, flow)
        self._fail(node.id, "no_way_on")

    def due(self, task: Task) -> str:
        """When a timer that begins now is due, as ISO text."""
        node = _node(task)
        text = node.timer.text if node.timer else ""
        try:
            value = literal(text) if is_literal(text) else self._value(node.id, text)
            due = due_at(value, self.now)
        except NotATime as error:
            self._fail(node.id, "not_a_time", value=str(error), cause=error)
        self._note("timer_set", node.id, task.id, {"due": due})
        return due.isoformat()

    # Inner workings

    def _run_queue(self) -> None:
        while self._queue:
            task = self._queue.popleft()
            if task.state != TaskState.READY:
                continue
            self._count(task)
            task.run()

    def _count(self, task: Task) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS or time.monotonic() > self._give_up_at:
            self._fail(task.task_spec.name, "too_many_steps", limit=MAX_STEPS)
        if self._steps % _PRUNE_EVERY == 0:
            prune(self.workflow)

    def _next_timer(self) -> Task | None:
        timers = [task for task in self.workflow.tasks.values() if _waits_for_time(task)]
        return min(timers, key=_due, default=None)

    def _open(self) -> dict[str, Task]:
        return {
            task.id: task
            for task in self.workflow.tasks.values()
            if task.task_spec.manual and task.state == TaskState.READY
        }

    def _close_cancelled(self, open_now: Mapping[str, Task]) -> None:
        """Every task that was open at any moment of the command, is not now, and was not completed."""
        completed = {closed.id for closed in self.closed}
        for task in self._begun_open.values():
            if task.id not in open_now and task.id not in completed:
                self.closed.append(ClosedTask(task.id, _node(task).id, "cancelled"))
                self._note("task_cancelled", _node(task).id, task.id)

    def _dump(self) -> bytes:
        try:
            return stored.dump(self.workflow, self.scopes)
        except stored.StateTooBig as error:
            self._fail(self.process.id, "state_too_big", cause=error)
        except TypeError as error:
            self._fail(self.process.id, "not_a_value", value=str(error), cause=error)

    def _request(self, task: Task, node: Node) -> None:
        context = self.scopes.visible()
        inputs = {line.name: self._value(node.id, line.text, context) for line in node.inputs}
        self.effects.append(Effect(node.kind, task.id, node.id, node.service or "", inputs))
        if node.kind == "service":
            self._note("service_requested", node.id, task.id, {"service": node.service, "inputs": inputs})

    def _holds(self, flow: Flow, context: Mapping[str, Any]) -> bool:
        value = self._value(flow.id, flow.condition or "", context)
        if value is True or value is False:
            return value
        self._fail(flow.id, "not_true_or_false", condition=flow.condition, value=str(value)[:60])

    def _take(self, task: Task, flow: Flow) -> Flow:
        payload = {
            "flow": flow.id,
            "target": flow.target,
            "name": dict(flow.name),
            "condition": flow.condition or "",
            "default": flow.id == _node(task).default_flow,
        }
        self._note("path_taken", _node(task).id, task.id, payload)
        return flow

    def _decide(self, task: Task, node: Node) -> None:
        try:
            decided = self.process.decide(node, self.scopes.visible())
        except (DmnError, FeelError) as error:
            self._fail(node.id, "decision_failed", reason=why(error), cause=error)
        self.scopes.write(node.id, decided.value)
        payload = {"decision": node.decision_ref, "result": decided.value, "rules": decided.rules}
        self._note("decision_made", node.id, task.id, payload)
        self._assign(node, node.outputs)

    def _script(self, task: Task, node: Node) -> None:
        written = self._assign(node, node.assigns)
        self._note("script_run", node.id, task.id, {"assigned": written})
        self._assign(node, node.outputs)

    def _end(self, task: Task, node: Node) -> None:
        self._note("ended", node.id, task.id, {"kind": node.kind, "phase": node.phase})

    def _assign(self, node: Node, lines: tuple) -> dict[str, Any]:
        written = {}
        for line in lines:
            written[line.name] = self._value(node.id, line.text)
            self.scopes.write(line.name, written[line.name])
        return written

    def _value(self, element_id: str, text: str, context: Mapping[str, Any] | None = None) -> Any:
        context = self.scopes.visible() if context is None else context
        try:
            return self.process.expression(text).evaluate(context)
        except FeelError as error:
            self._fail(element_id, "expression_failed", expression=text[:100], reason=why(error), cause=error)

    def _note(self, kind: str, element_id: str, task_id: str | None = None, payload: dict | None = None) -> None:
        self.events.append(Event(kind, element_id, task_id, payload or {}))

    def _fail(self, element_id: str, code: str, *, cause: Exception | None = None, **params: object) -> NoReturn:
        raise EngineError(element_id, trouble(code, **params)) from cause


_ACTS = {"rule": Run._decide, "script": Run._script, "end": Run._end, "terminate": Run._end}


def _node(task: Task) -> Node:
    return task.task_spec.node


def _waits_for_time(task: Task) -> bool:
    return task.state == TaskState.WAITING and "due" in task.internal_data


def _due(task: Task) -> datetime:
    return datetime.fromisoformat(task.internal_data["due"])
