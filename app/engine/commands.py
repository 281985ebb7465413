"""The five commands on an instance; each is a pure function of process, state, command and the time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from app.engine import state as stored
from app.engine.errors import EngineError
from app.engine.messages import trouble
from app.engine.model import COUNCIL_OUTCOMES, Outcome
from app.engine.process import Process
from app.engine.running import Run
from app.engine.scopes import ROOT, Scopes

_PEOPLE = frozenset({"user"})
_DELIVERED = frozenset({"service", "council"})


def start(process: Process, variables: Mapping[str, Any], now: datetime, *, seed: UUID | None = None) -> Outcome:
    """Begin an instance with these root variables; task ids follow from the seed, which replay may give."""
    run = Run.anew(process, (seed or uuid4()).int >> 32 << 32, now)
    run.take_facts(variables)
    run.begin()
    run.advance()
    return run.outcome()


def complete(
    process: Process,
    state: bytes,
    task_id: str,
    answers: Mapping[str, Any],
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Outcome:
    """A person has done an open task. Raises TaskNotOpen, EngineError."""
    run = Run.on(process, state, now)
    task = run.open_task(task_id, _PEOPLE)
    run.take_facts(facts)
    run.close_task(task, "task_completed", dict(answers), {"answers": dict(answers), "facts": dict(facts or {})})
    run.advance()
    return run.outcome()


def deliver(
    process: Process,
    state: bytes,
    task_id: str,
    result: Any,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Outcome:
    """A service has answered or a council review has ended. Raises TaskNotOpen, EngineError."""
    run = Run.on(process, state, now)
    task = run.open_task(task_id, _DELIVERED)
    node = process.nodes[task.task_spec.name]
    if node.kind == "council" and not _is_council_result(result):
        raise EngineError(node.id, trouble("council_result"))
    run.take_facts(facts)
    kind = "service_delivered" if node.kind == "service" else "task_completed"
    run.close_task(task, kind, result, {"result": result, "facts": dict(facts or {})})
    run.advance()
    return run.outcome()


def fire_timers(process: Process, state: bytes, now: datetime) -> Outcome:
    """Let every timer that is due by now fire, the earliest first. Raises EngineError."""
    run = Run.on(process, state, now)
    run.advance()
    return run.outcome()


def cancel(process: Process, state: bytes, now: datetime) -> Outcome:
    """End the instance where it stands: every open task and timer is taken away."""
    run = Run.on(process, state, now)
    run.cancel_all()
    return run.outcome()


def variables(state: bytes, task_id: str | None = None) -> dict[str, Any]:
    """The variables a task sees, or those of the instance; a task's scope is the root so far."""
    return Scopes.load(stored.read(state)["scopes"]).visible(ROOT)


def _is_council_result(result: Any) -> bool:
    return isinstance(result, Mapping) and result.get("outcome") in COUNCIL_OUTCOMES
