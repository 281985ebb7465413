"""The stored form of an instance: its tokens and variables as JSON, without the process."""

from __future__ import annotations

from typing import Any

import orjson
from SpiffWorkflow.task import Task

from app.engine.scopes import Scopes
from app.engine.spiff import Runner, TokenWorkflow

FORMAT = 1


class StateTooBig(ValueError):
    """The variables of an instance have outgrown what is stored."""


class UnreadableState(ValueError):
    """The bytes are not a state this version of the engine reads."""


MAX_BYTES = 1_000_000


def dump(workflow: TokenWorkflow, scopes: Scopes) -> bytes:
    """The instance as bytes. Raises StateTooBig, and TypeError for a variable that cannot be kept."""
    numbers = {task.id: number for number, task in enumerate(workflow.tasks.values())}
    tokens = [_token(task, numbers) for task in workflow.tasks.values() if task is not workflow.task_tree]
    data = {
        "format": FORMAT,
        "seed": f"{workflow.seed:032x}",
        "counter": workflow.counter,
        "tokens": tokens,
        "scopes": scopes.dump(),
    }
    raw = orjson.dumps(data)
    if len(raw) > MAX_BYTES:
        raise StateTooBig(len(raw))
    return raw


def _token(task: Task, numbers: dict[str, int]) -> list:
    return [task.id, task.task_spec.name, task.state, numbers[task.parent.id], task.internal_data]


def load(state: bytes, spec: Any, runner: Runner) -> tuple[TokenWorkflow, Scopes]:
    """A fresh workflow and its variables on the shared specification. Raises UnreadableState."""
    data = read(state)
    workflow = TokenWorkflow(spec, runner, int(data["seed"], 16), data["counter"])
    tasks = [workflow.task_tree]
    for task_id, name, state_value, parent, internal in data["tokens"]:
        task = Task(workflow, spec.task_specs[name], tasks[parent], state=state_value, id=task_id)
        task.internal_data = internal
        tasks.append(task)
    return workflow, Scopes.load(data["scopes"])


def read(state: bytes) -> dict[str, Any]:
    """The stored data. Raises UnreadableState."""
    try:
        data = orjson.loads(state)
    except orjson.JSONDecodeError as error:
        raise UnreadableState("not JSON") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UnreadableState("unknown format")
    return data
