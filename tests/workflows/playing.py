"""Plays the scenarios that ship with a process: from the start, step by step, at a moving time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

import yaml

from app import engine
from app.domain.definitions import packages

FOLDER = packages.ROOT / "workflows" / "assistance_request"

_ARRIVALS = frozenset({"task_opened", "decision_made", "script_run", "timer_fired", "ended"})


def package(changes: Mapping[str, tuple[str, str]] | None = None) -> engine.Package:
    """The shipped process; `changes` replaces one text by another in files of its decisions."""
    (shipped,) = [each for each in packages.shipped_processes() if each.key == FOLDER.name]
    decisions = dict(shipped.decisions)
    for name, (old, new) in (changes or {}).items():
        assert decisions[name].count(old) == 1, f"{old} stands {decisions[name].count(old)} times in {name}"
        decisions[name] = decisions[name].replace(old, new)
    return packages.package(shipped.bpmn, decisions, packages.shipped_forms())


def book() -> dict[str, Any]:
    """The file of scenarios."""
    return yaml.safe_load((FOLDER / "scenarios.yaml").read_text(encoding="utf-8"))


def scenario(scenario_id: str) -> dict[str, Any]:
    """The scenario with this id."""
    return next(each for each in book()["scenarios"] if each["id"] == scenario_id)


@dataclass
class Game:
    """A scenario being played; `events` is all that has happened."""

    process: engine.Process
    usual: Mapping[str, Mapping[str, Any]]
    now: datetime
    outcome: engine.Outcome
    events: list[engine.Event] = field(default_factory=list)

    @property
    def way(self) -> list[str]:
        """The elements reached, in order."""
        return [event.element_id for event in self.events if event.kind in _ARRIVALS]

    @property
    def paths(self) -> list[str]:
        """The arrows taken at choices, in order."""
        return [event.payload["flow"] for event in self.events if event.kind == "path_taken"]

    @property
    def variables(self) -> dict[str, Any]:
        return engine.variables(self.outcome.state)

    def do(self, step: Mapping[str, Any]) -> None:
        """One step of a scenario: somebody or a job answers, or time passes."""
        if "wait_days" in step:
            self.now += timedelta(days=step["wait_days"])
            self._take(engine.fire_timers(self.process, self.outcome.state, self.now))
            return
        self.now += timedelta(minutes=10)
        self.answer(step["at"], step.get("result", step.get("answers", {})))

    def answer(self, element_id: str, said: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> None:
        """The one open task at this element is done, with the usual answers where none are given."""
        (task,) = [each for each in self.outcome.open_tasks if each.element_id == element_id]
        command = engine.complete if task.kind == "user" else engine.deliver
        answers = {**self.usual[element_id], **said}
        self._take(command(self.process, self.outcome.state, task.id, answers, self.now, facts))

    def _take(self, outcome: engine.Outcome) -> None:
        self.outcome = outcome
        self.events += outcome.events


def begin(process: engine.Process, request: Mapping[str, Any] | None = None, unit: Mapping | None = None) -> Game:
    """A game at its start, with the usual request and unit changed as given."""
    given = book()
    now = datetime.combine(given["now"], time(9), UTC)
    facts = {"request": {**given["request"], **(request or {})}, "unit": {**given["unit"], **(unit or {})}}
    outcome = engine.start(process, facts, now)
    return Game(process, given["usual"], now, outcome, list(outcome.events))


def play(process: engine.Process, told: Mapping[str, Any]) -> Game:
    """A scenario, played to its last step."""
    game = begin(process, told.get("request"), told.get("unit"))
    for step in told["steps"]:
        game.do(step)
    return game
