"""The dossier of a request: everything that was said and advised, for the file of the buyer."""

from dataclasses import dataclass, field
from typing import Any

from app.db import db
from app.domain.accounts.models import User
from app.domain.attachments.models import Attachment
from app.domain.attachments.queries import attachments_of
from app.domain.council.models import Ballot
from app.domain.council.queries import ballots_of_request, opinion_of
from app.domain.criteria.models import Criterion
from app.domain.criteria.queries import criteria_by_code
from app.domain.processes.models import HistoryEntry, Task
from app.domain.processes.queries import done_tasks, history_of
from app.domain.requests.facts import judged_on
from app.domain.requests.models import Request
from app.words import Words

#: The standing sentence on every output of the unit.
LIMITS: Words = {
    "bg": "Не е правна консултация и не замества решението на възложителя.",
    "en": "Neither legal advice nor a decision in the buyer's place.",
}


@dataclass(frozen=True)
class Dossier:
    """What the dossier holds; `advice` is None until the recommendations were delivered."""

    request: Request
    advice: dict[str, Any] | None
    advice_by: User | None
    answer: str | None
    checked_by: User | None
    opinions: list[tuple[Ballot, Words]]
    attachments: list[Attachment]
    history: list[HistoryEntry]
    #: criteria of the library that the recommendations use, by code
    cited: dict[str, Criterion] = field(default_factory=dict)
    limits: Words = field(default_factory=lambda: LIMITS)


def dossier(request: Request, language: str) -> Dossier:
    """The dossier of a request as it stands."""
    tasks = _newest(done_tasks(request.id))
    advice = db.session.get(Task, request.delivered_task_id) if request.is_delivered else None
    check = tasks.get("second_check")
    return Dossier(
        request=request,
        advice=advice.answers if advice else None,
        advice_by=advice.done_by if advice else None,
        answer=_answer(tasks.get("triage")),
        checked_by=check.done_by if advice and check and _was_checked(advice, check) else None,
        opinions=[(ballot, opinion_of(ballot)) for ballot in ballots_of_request(request.id) if ballot.outcome],
        attachments=attachments_of(request.id),
        history=history_of(request.id),
        cited=_cited(request, advice) if advice else {},
    )


def _newest(tasks: list[Task]) -> dict[str, Task]:
    return {task.element_id: task for task in tasks}


def _was_checked(advice: Task, check: Task | None) -> bool:
    """Whether a second person agreed to this very round of the recommendations."""
    if check is None or check.done_at < advice.done_at:
        return False
    return (check.answers or {}).get("decision") == "ok"


def _answer(triage: Task | None) -> str | None:
    """The quick answer, when the first look gave one."""
    answers = triage.answers if triage else None
    return answers.get("answer") if answers and answers.get("decision") == "answer_now" else None


def _cited(request: Request, advice: Task) -> dict[str, Criterion]:
    """The library's criteria that the recommendations use, by code."""
    rows = (advice.answers or {}).get("recommended") or []
    codes = [row.get("code") for row in rows if row.get("code")]
    on = judged_on(request, request.filed_at.date())
    return criteria_by_code(codes, on, unit_id=request.unit_id)
