"""How a running process follows its request: desks, ballots, the status people read, the end."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app import engine
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.council.operations import cancel_ballots
from app.domain.processes.host import Desk
from app.domain.processes.models import Instance, Task
from app.domain.processes.queries import find_newest_done
from app.domain.requests.anonymity import problems_of
from app.domain.requests.desks import desk_for, local_day
from app.domain.requests.facts import complete_on, promises, reckoned, root_facts
from app.domain.requests.gaps import fill_gaps
from app.domain.requests.models import ENDING, Phase, Request, RequestStatus
from app.domain.requests.reviews import open_review
from app.domain.requests.suggestions import form_context
from app.words import Words


class RequestFlow:
    """The business side of every process about a request (processes.host.Host)."""

    def facts(self, instance: Instance, by: Actor | None, now: datetime) -> dict[str, Any]:
        """The root variables `request` and `unit`."""
        request = db.session.get_one(Request, instance.request_id)
        return root_facts(request, by, local_day(request.unit, now))

    def form_context(self, task: Task, variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """What a task's form opens with and chooses from."""
        return form_context(db.session.get_one(Request, task.request_id), variables, now)

    def objections(self, task: Task, answers: Mapping[str, Any]) -> dict[str, Words]:
        """An anonymous question must not name the buyer."""
        return problems_of(answers, db.session.get_one(Request, task.request_id).filer)

    def answered(self, task: Task, answers: Mapping[str, Any], now: datetime) -> None:
        """What was missing and is now told becomes part of the request."""
        if task.form_key == GAPS_FORM:
            request = db.session.get_one(Request, task.request_id)
            fill_gaps(request, answers.get("items") or [], local_day(request.unit, now))

    def decided(self, instance: Instance, outcome: engine.Outcome, now: datetime) -> None:
        """Keep lead, promised date and product group, which the steps that follow look at."""
        request = db.session.get_one(Request, instance.request_id)
        for event in outcome.events:
            if event.kind == "task_completed":
                _take_over(request, event.payload.get("answers") or {}, now)

    def desk(self, instance: Instance, node: engine.Node, variables: Mapping[str, Any], now: datetime) -> Desk:
        """Where a task lands."""
        return desk_for(db.session.get_one(Request, instance.request_id), instance, node, variables, now)

    def open_review(self, instance: Instance, task: engine.OpenTask, node: engine.Node, now: datetime) -> None:
        """Ask the council of the unit."""
        open_review(db.session.get_one(Request, instance.request_id), instance, task, node, now)

    def advanced(
        self, instance: Instance, process: engine.Process, outcome: engine.Outcome, by: Actor | None, now: datetime
    ) -> None:
        """Show the new phase, close the case when its way ends."""
        request = db.session.get_one(Request, instance.request_id)
        request.instance_id = instance.id
        if any(process.nodes[task.element_id].kind == "council" for task in outcome.closed_tasks):
            cancel_ballots(instance.id, now=now)
        phase = _phase(instance, process, outcome)
        if phase is not None and request.status == RequestStatus.OPEN:
            request.phase = phase
            if phase == Phase.DELIVERED:
                request.delivered_task_id = find_newest_done(request.id, ADVICE_FORM)
            if phase in ENDING:
                request.move_to(RequestStatus.CLOSED)
                request.closed_at = now


#: The form by which a municipality tells what was missing.
GAPS_FORM = "missing"
#: The form whose answers are the recommendations.
ADVICE_FORM = "advice"

FLOW = RequestFlow()


def _take_over(request: Request, answers: Mapping[str, Any], now: datetime) -> None:
    """Answers whose names mean something for the request itself, in whichever step they are given."""
    if answers.get("lead") is not None:
        request.lead_id = int(answers["lead"])
    if answers.get("size") is not None:
        _promise(request, answers, local_day(request.unit, now))
    if answers.get("product_group"):
        request.product_group = None if answers["product_group"] == "none" else answers["product_group"]


def _promise(request: Request, answers: Mapping[str, Any], today: date) -> None:
    """Keep the promised date with its reckoning; one that the coordinator set otherwise says so and why.

    The date of a size is what the form opened with, so it follows the size that was chosen in the end. Where the
    first look came so late that this date is over, it is reckoned from today.
    """
    since = complete_on(request, today)
    reckoning = reckoned(request, answers["size"], since)
    if reckoning.due <= today:
        reckoning = reckoned(request, answers["size"], today)
    chosen = answers.get("promised")
    request.promised_on = reckoning.due if chosen in {None, *promises(request, since).values()} else chosen
    lines = [{"on": line.on, "words": dict(line.words)} for line in reckoning.lines]
    if reckoning.due != request.promised_on:
        reason = answers.get("promised_reason") or ""
        lines.append({"on": request.promised_on, "words": {
            "bg": f"Променена от координатора. {reason}".strip(), "en": f"Changed by the coordinator. {reason}".strip(),
        }})  # fmt: skip
    request.reckoning = lines


def _phase(instance: Instance, process: engine.Process, outcome: engine.Outcome) -> Phase | None:
    """The phase of where the process stands, else of the end it reached, else no change.

    A phase on something passed on the way (a script, a timer that fired) says why it stands there, and goes first.
    """
    standing = _phases(process, instance.standing)
    passed = _phases(process, [event.element_id for event in outcome.events if event.kind in _PASSED])
    if standing and passed and standing[-1] == Phase.WRITING:
        return passed[-1]
    ended = _phases(process, [event.element_id for event in outcome.events if event.kind == "ended"])
    return next((found[-1] for found in (standing, ended) if found), None)


_PASSED = frozenset({"script_run", "timer_fired"})


def _phases(process: engine.Process, elements: Iterable[str]) -> list[Phase]:
    named = [process.nodes[element].phase for element in elements]
    return [Phase(phase) for phase in named if phase in set(Phase)]
