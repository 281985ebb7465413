"""The process as SpiffWorkflow task specifications, and its workflow without data, clock or expressions of its own.

SpiffWorkflow supplies the states and transitions of tasks. What it foresees, merges, evaluates and times by itself
is replaced: a token creates the next task only when it moves on; a join counts one waiting token per incoming arrow,
which stays right in loops; boundary timers are siblings of their host; nothing is ever handed to its script engine.
"""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.model import Diagram, Flow, Node

LIVE = TaskState.FUTURE | TaskState.READY | TaskState.WAITING | TaskState.STARTED

_MANUAL = frozenset({"user", "council", "service"})


class Runner(Protocol):
    """What the specifications ask of the command that is being run."""

    def ready(self, task: Task) -> None: ...

    def perform(self, task: Task) -> None: ...

    def choose(self, task: Task) -> Flow: ...

    def due(self, task: Task) -> str: ...


class _Refusing(BasePythonScriptEngineEnvironment):
    """Expressions are FEEL and never reach SpiffWorkflow; should one, it is not run."""

    def evaluate(self, expression: Any, context: Any, external_context: Any = None) -> Any:
        raise RuntimeError("expressions are not evaluated here")

    def execute(self, script: Any, context: Any, external_context: Any = None) -> Any:
        raise RuntimeError("scripts are not run here")


_ENGINE = PythonScriptEngine(_Refusing())


class TokenWorkflow(BpmnWorkflow):
    """The tasks of one instance during one command; ids follow from a seed and a counter."""

    def __init__(self, spec: BpmnProcessSpec, runner: Runner, seed: int, counter: int = 0) -> None:
        super().__init__(spec, script_engine=_ENGINE, deserializing=True)
        self.runner = runner
        self.seed = seed
        self.counter = counter
        self.task_tree = Task(self, spec.start, state=TaskState.COMPLETED, id=self.task_id(0))

    def task_id(self, number: int) -> str:
        """The id of the task with this number."""
        return str(UUID(int=self.seed + number))

    def spawn(self, parent: Task, spec: BpmnTaskSpec) -> Task:
        """A new task after `parent`, not yet begun."""
        self.counter += 1
        return Task(self, spec, parent, state=TaskState.FUTURE, id=self.task_id(self.counter))

    def live(self) -> list[Task]:
        """The tasks that hold a token."""
        return [task for task in self.tasks.values() if task.has_state(LIVE)]

    def collect_log_extras(self, dct: dict | None = None) -> dict:
        return dct or {}

    def _task_completed_notify(self, task: Task) -> None:
        """Nothing waits for a look at all tasks: a join is checked when a token arrives, a timer by the runner."""


class ElementSpec(BpmnTaskSpec):
    """An element that passes its token on along every arrow."""

    def __init__(self, process: BpmnProcessSpec, name: str, node: Node) -> None:
        super().__init__(process, name, manual=node.kind in _MANUAL)
        self.node = node

    def ways_on(self, my_task: Task) -> list[BpmnTaskSpec]:
        return self.outputs

    def _predict(self, my_task: Task, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Nothing is foreseen."""

    def _update_hook(self, my_task: Task) -> bool | None:
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.workflow.runner.ready(my_task)

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.runner.perform(my_task)
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        _cancel(task for task in _siblings(my_task) if isinstance(task.task_spec, BoundarySpec))
        for spec in self.ways_on(my_task):
            my_task.workflow.spawn(my_task, spec)


class ChoiceSpec(ElementSpec):
    """An exclusive gateway: the runner chooses one arrow."""

    def __init__(self, process: BpmnProcessSpec, name: str, node: Node) -> None:
        super().__init__(process, name, node)
        self.by_flow: dict[str, str] = {}

    def ways_on(self, my_task: Task) -> list[BpmnTaskSpec]:
        flow = my_task.workflow.runner.choose(my_task)
        return [self._wf_spec.task_specs[self.by_flow[flow.id]]]


class JoinSpec(ElementSpec):
    """A parallel gateway: goes on when a token waits on each incoming arrow, and takes one from each."""

    def _update_hook(self, my_task: Task) -> bool | None:
        my_task.internal_data["from"] = my_task.parent.task_spec.name
        arrived = {my_task.internal_data["from"]: my_task}
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and task.state == TaskState.WAITING:
                arrived.setdefault(task.internal_data["from"], task)
        if set(self._inputs) - set(arrived):
            my_task._set_state(TaskState.WAITING)
            return None
        _cancel(task for task in arrived.values() if task is not my_task)
        return True


class GuardSpec(ElementSpec):
    """Stands before an element with boundary timers and starts the element and its timers together."""


class TimerSpec(ElementSpec):
    """Waits for a moment that is reckoned once, when the token arrives."""

    def _update_hook(self, my_task: Task) -> bool | None:
        if my_task.state != TaskState.WAITING:
            my_task.internal_data["due"] = my_task.workflow.runner.due(my_task)
            my_task._set_state(TaskState.WAITING)
        return None


class BoundarySpec(TimerSpec):
    """A timer on an element; an interrupting one takes the element's token away."""

    def _on_complete_hook(self, my_task: Task) -> None:
        if self.node.interrupting:
            _cancel(_siblings(my_task))
        for spec in self.ways_on(my_task):
            my_task.workflow.spawn(my_task, spec)


class TerminateSpec(ElementSpec):
    """A terminate end event: every other token of the process is taken away."""

    def _on_complete_hook(self, my_task: Task) -> None:
        _cancel(task for task in my_task.workflow.live() if task is not my_task)


_SPECS: dict[str, type[ElementSpec]] = {
    "xor": ChoiceSpec,
    "and": JoinSpec,
    "timer": TimerSpec,
    "boundary": BoundarySpec,
    "terminate": TerminateSpec,
}


def _siblings(my_task: Task) -> list[Task]:
    """The live tasks started together with this one by a guard."""
    parent = my_task.parent
    if parent is None or not isinstance(parent.task_spec, GuardSpec):
        return []
    return [task for task in parent.children if task is not my_task and task.has_state(LIVE)]


def _cancel(tasks: Any) -> None:
    for task in list(tasks):
        task.cancel()


def build(diagram: Diagram) -> BpmnProcessSpec:
    """The specification of a checked diagram; it is never changed afterwards, so instances share it."""
    process = BpmnProcessSpec(name=diagram.process_id)
    for node in diagram.nodes.values():
        _SPECS.get(node.kind, ElementSpec)(process, node.id, node)
    for node in diagram.nodes.values():
        if node.kind == "start":
            process.start.connect(process.task_specs[node.id])
        if diagram.boundaries(node.id):
            _guard(process, diagram, node)
    seen: set[tuple[str, str]] = set()
    for flow in diagram.flows:
        _connect(process, flow, doubled=(flow.source, flow.target) in seen)
        seen.add((flow.source, flow.target))
    return process


def guard_name(element_id: str) -> str:
    """The name of the guard before an element; no id of a drawing has a blank in it."""
    return f"{element_id} guarded"


def _unseen(element_id: str) -> Node:
    """A node for a specification that no element of the drawing stands for."""
    return Node(element_id, "unseen", {})


def _guard(process: BpmnProcessSpec, diagram: Diagram, node: Node) -> None:
    guard = GuardSpec(process, guard_name(node.id), _unseen(guard_name(node.id)))
    guard.connect(process.task_specs[node.id])
    for boundary in diagram.boundaries(node.id):
        guard.connect(process.task_specs[boundary.id])


def _connect(process: BpmnProcessSpec, flow: Flow, *, doubled: bool) -> None:
    """Connect the ends of an arrow; a second arrow between the same two elements gets a relay of its own."""
    source = process.task_specs[flow.source]
    target = process.task_specs.get(guard_name(flow.target)) or process.task_specs[flow.target]
    if doubled:
        relay = ElementSpec(process, f"{flow.id} relay", _unseen(flow.id))
        relay.connect(target)
        target = relay
    source.connect(target)
    if isinstance(source, ChoiceSpec):
        source.by_flow[flow.id] = target.name
