"""Where a request stands, in the four things its page says first: sentence, promise, person, your one action."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.db import db
from app.domain.accounts.models import Actor, Role, User
from app.domain.accounts.queries import members_of
from app.domain.council.models import Ballot
from app.domain.council.queries import ballots_of_request
from app.domain.processes.models import Instance, InstanceStatus, Task
from app.domain.processes.queries import last_answers, open_tasks
from app.domain.processes.rules import can_complete
from app.domain.requests.desks import local_day
from app.domain.requests.models import ENDING, Phase, Request
from app.domain.requests.sentences import LATE, NOTHING_NEEDED, STATUS
from app.words import Words


@dataclass(frozen=True)
class Situation:
    """Where a request stands for one reader; `sentence` has places that `details` fill."""

    phase: Phase
    sentence: Words
    details: dict[str, Any]
    person: User | None
    my_task: Task | None
    other_tasks: list[Task]
    instance: Instance | None

    @property
    def needs_nothing(self) -> Words | None:
        """Said when no task waits for the reader."""
        return None if self.my_task or self.phase == Phase.DRAFT else NOTHING_NEEDED


def situation(request: Request, actor: Actor, now: datetime) -> Situation:
    """The situation of a request as this person sees it."""
    instance = db.session.get(Instance, request.instance_id) if request.instance_id else None
    phase = _phase(request, instance)
    tasks = open_tasks(request.id)
    mine = next((task for task in tasks if can_complete(actor, task)), None)
    return Situation(
        phase=phase,
        sentence=_sentence(request, phase, local_day(request.unit, now)),
        details=_details(request, phase, tasks, now),
        person=request.lead or _coordinator(request),
        my_task=mine,
        other_tasks=[task for task in tasks if task is not mine],
        instance=instance,
    )


#: Phases whose sentence promises a date.
_PROMISING = frozenset({Phase.ANALYSIS, Phase.WRITING})


def _sentence(request: Request, phase: Phase, today: date) -> Words:
    """The sentence of the phase; a promise that has passed is not made again."""
    is_late = request.promised_on is not None and request.promised_on < today
    return LATE if is_late and phase in _PROMISING else STATUS[phase]


def _coordinator(request: Request) -> User | None:
    """Whom to call while nobody leads the request."""
    return next((membership.user for membership in members_of(request.unit_id, Role.COORDINATOR)), None)


def _phase(request: Request, instance: Instance | None) -> Phase:
    if instance is not None and instance.status == InstanceStatus.INCIDENT:
        return Phase.INCIDENT
    return Phase(request.phase)


def _details(request: Request, phase: Phase, tasks: list[Task], now: datetime) -> dict[str, Any]:
    answers = last_answers(request.id)
    first = tasks[0] if tasks else None
    details: dict[str, Any] = {
        "first_look_by": _due(tasks, Phase.FIRST_LOOK),
        "closed_on": local_day(request.unit, request.closed_at) if request.closed_at else None,
        "promised_on": request.promised_on,
        "expert": request.lead.name if request.lead else None,
        "task_due": first.due_on if first else None,
        "reply_by": _due(tasks, Phase.DELIVERED),
        "items": _items(answers.get("triage", {})),
        "reason": answers.get("triage", {}).get("reason_text"),
        "council_by": _council_by(request),
        "outcome_on": _outcome_on(request, phase),
    }
    return details


def _due(tasks: list[Task], phase: Phase) -> date | None:
    return next((task.due_on for task in tasks if task.phase == phase), None)


def _items(triage: dict[str, Any]) -> list[str]:
    """Keys of the fields that were asked for; the page turns them into the form's own labels."""
    return [item for item in triage.get("missing") or [] if item != "other"]


def _council_by(request: Request) -> date | None:
    ballots: list[Ballot] = ballots_of_request(request.id)
    return local_day(request.unit, ballots[-1].closes_at - timedelta(seconds=1)) if ballots else None


def _outcome_on(request: Request, phase: Phase) -> date | None:
    """When the process will ask what became of the purchase: its own next timer."""
    if phase not in ENDING or not request.instance_id:
        return None
    instance = db.session.get_one(Instance, request.instance_id)
    return local_day(request.unit, instance.next_due_at) if instance.next_due_at else None
