"""Tasks as lines of a list: what to do, for whom, why it is here, by when. A council reads the question alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.clock import now
from app.domain.accounts.models import Actor
from app.domain.council.models import Ballot
from app.domain.council.queries import newest_ballots
from app.domain.processes.models import HistoryEntry, Task
from app.domain.processes.queries import DoneStep, handed_over, last_done
from app.domain.processes.rules import can_claim, is_blind
from app.domain.requests.desks import local_day
from app.web.templating import day, due, in_words, moment


@dataclass(frozen=True)
class TaskRow:
    """One line; `due` has text, tone and icon."""

    task_id: int
    url: str
    title: str
    line: str
    reason: str
    due: dict[str, Any] | None
    due_on: date | None
    can_claim: bool


def task_rows(tasks: list[Task], actor: Actor, *, box: str = "mine") -> list[TaskRow]:
    """The lines of a box of the inbox, in three statements however many there are."""
    if not tasks:
        return []
    around = _Around(tasks, actor, box)
    return [around.row(task) for task in tasks]


class _Around:
    """What the lines tell besides the tasks themselves, read for all of them at once."""

    def __init__(self, tasks: list[Task], actor: Actor, box: str) -> None:
        self.actor, self.box = actor, box
        self.today = local_day(actor.organisation, now())
        self.handed: dict[int, HistoryEntry] = handed_over(tasks)
        self.before: dict[int, DoneStep] = last_done({task.request_id for task in tasks})
        blind = {task.instance_id for task in tasks if is_blind(actor, task)}
        self.ballots: dict[int, Ballot] = newest_ballots(blind) if blind else {}

    def row(self, task: Task) -> TaskRow:
        blind = is_blind(self.actor, task)
        return TaskRow(
            task_id=task.id,
            url=url_for("inbox.task", task_id=task.id),
            title=self._blind_title(task) if blind else title_of(task),
            line="" if blind else " · ".join(self._line(task)),
            reason=self._reason(task),
            due=due_badge(task.due_on, self.today) if task.is_open else None,
            due_on=task.due_on,
            can_claim=can_claim(self.actor, task),
        )

    def _blind_title(self, task: Task) -> str:
        ballot = self.ballots.get(task.instance_id)
        return title_of(task, ballot.question if ballot else "")

    def _line(self, task: Task) -> Iterable[str]:
        """Number, buyer, and what was done last, which brought the task here."""
        yield task.request.number
        if task.request.filer_id != self.actor.organisation_id:
            yield in_words(task.request.filer.name)
        before = self.before.get(task.request_id)
        if before is not None and task.is_open:
            yield _(
                "after “%(step)s”, %(name)s, %(day)s", step=in_words(before.name), name=before.who, day=day(before.at)
            )

    def _reason(self, task: Task) -> str:
        if not task.is_open:
            return _("Done on %(at)s", at=moment(task.done_at))
        handed = self.handed.get(task.id)
        if handed is not None and handed.actor is not None and task.owner_id == self.actor.user_id:
            said = _("%(name)s handed it over to you.", name=handed.actor.name)
            return " ".join(filter(None, (said, (handed.payload or {}).get("reason"))))
        if self.box == "unit":
            return _("With %(name)s", name=task.owner.name) if task.owner else _("Nobody has taken it yet")
        return in_words(task.why)


def title_of(task: Task, question: str | None = None) -> str:
    """What is to be done and with what: the purchase, or for a council the question alone."""
    about = task.request.title if question is None else question
    return f"{in_words(task.name)}: {about}" if about else in_words(task.name)


def due_badge(due_on: date | None, today: date) -> dict[str, Any] | None:
    """When it is due, in words that say by themselves what the colour repeats."""
    if due_on is None:
        return None
    tone = "red" if due_on < today else "yellow" if due_on == today else "grey"
    return {"text": due(due_on), "tone": tone, "icon": "clock"}
