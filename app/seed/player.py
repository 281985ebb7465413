"""Plays the story: every step of every request on one timeline, through the operations the pages use."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from app import jobs
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor
from app.domain.attachments.operations import add_attachment
from app.domain.council import operations as council
from app.domain.council.models import Ballot, BallotState
from app.domain.deadlines.rules import add_working_days
from app.domain.processes import operations as processes
from app.domain.processes import queries
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import Instance, InstanceStatus, JobStatus, ServiceJob, Task
from app.domain.requests import operations as requests
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Request
from app.errors import DomainError
from app.formdef import prefill
from app.seed.moments import moment_of, today_in
from app.seed.people import actor_of
from app.seed.script import Case, Day, Does, Paper, Saves, Sends, Step, Types, Votes, Who, Withdraws, Workday

#: How long the clerk of the story types before sending.
TYPING = timedelta(minutes=35)

#: Said where a form opens without an answer: after the last dated threshold that ships, nobody knows the regime.
_IF_NOTHING_KNOWN = {"assessment": {"regime": "unclear"}}


class StoryBroken(Exception):
    """A step of the story cannot be played; the message says which."""


class Player:
    """Plays cases up to a moment; `requests` are the request ids by case."""

    def __init__(self, now: datetime, say: Callable[[str], None]) -> None:
        self.now = now
        self.say = say
        self.requests: dict[str, int] = {}
        self._time: datetime | None = None

    def play(self, cases: Iterable[Case]) -> None:
        """Play every step of these cases in the order of time, then let time pass until now."""
        cases = tuple(cases)
        last = {case.key: len(case.steps) for case in cases}
        played = 0
        for moment, case, number in self._timeline(cases):
            self._let_time_pass(moment)
            self._play(case, case.steps[number], moment)
            if number + 1 == last[case.key]:
                played += 1
                self.say(f"{played} of {len(cases)} requests played")
        self._let_time_pass(self.now)

    def _timeline(self, cases: tuple[Case, ...]) -> list[tuple[datetime, Case, int]]:
        entries = [
            (moment_of(step.at, case.country, self.now), case, number)
            for case in cases
            for number, step in enumerate(case.steps)
        ]
        return sorted(entries, key=lambda entry: (entry[0], entry[1].key, entry[2]))

    def _play(self, case: Case, step: Step, moment: datetime) -> None:
        try:
            _ACTS[type(step)](self, case, step, moment)
        except (DomainError, LookupError, NoResultFound) as error:
            details = getattr(error, "fields", "") or getattr(error, "words", "")
            raise StoryBroken(f"{case.key}, {step}: {error} {details}") from error
        jobs.run_due(moment)

    def _let_time_pass(self, until: datetime) -> None:
        """Run what becomes due on the way, each thing at its own moment."""
        while (due := _next_due()) is not None and due <= until:
            at = due if self._time is None else max(due, self._time)
            if not jobs.run_due(at):
                raise StoryBroken(f"what was due at {due} could not be done")
            self._time = at
        self._time = until

    def _request(self, case: Case) -> Request:
        return db.session.get_one(Request, self.requests[case.key])

    def _task(self, case: Case, step: Does | Types) -> Task:
        for task in queries.open_tasks(self.requests[case.key]):
            if task.element_id == step.step:
                return task
        raise LookupError(f"no open task {step.step}")

    def _save(self, case: Case, _step: Saves, moment: datetime) -> None:
        with unit_of_work():
            clerk = actor_of(case.who)
            request = requests.start_draft(by=clerk, now=moment, is_quick=case.is_quick)
            answers = self._resolved(case.answers, case, clerk, moment)
            requests.save_draft(request, {**request.answers, **answers}, by=clerk, now=moment)
            self.requests[case.key] = request.id

    def _send(self, case: Case, step: Sends, moment: datetime) -> None:
        if case.key not in self.requests:
            self._save(case, Saves(step.at), moment - TYPING)
        with unit_of_work():
            requests.file_request(self._request(case), by=actor_of(case.who), now=moment)

    def _type(self, case: Case, step: Types, moment: datetime) -> None:
        task = self._task(case, step)
        with unit_of_work():
            by = actor_of(step.who)
            raw = self._filled(case, task, step.answers, by, moment)
            if task.owner_id is None:
                processes.claim(task, by=by, now=moment)
            processes.save_draft(task, raw, host=FLOW, by=by, now=moment)

    def _do(self, case: Case, step: Does, moment: datetime) -> None:
        task = self._task(case, step)
        with unit_of_work():
            by = actor_of(step.who)
            raw = self._filled(case, task, step.answers, by, moment)
            requests.complete_task(task, raw, by=by, now=moment)
        if step.error:
            self._fail(case, step.error, moment)

    def _vote(self, case: Case, step: Votes, moment: datetime) -> None:
        with unit_of_work():
            query = select(Ballot).where(Ballot.request_id == self.requests[case.key], Ballot.state == BallotState.OPEN)
            ballot = db.session.scalars(query).one()
            council.cast_vote(ballot, by=_in_council(step.who), answers=step.answers, now=moment)

    def _withdraw(self, case: Case, step: Withdraws, moment: datetime) -> None:
        with unit_of_work():
            requests.withdraw(self._request(case), reason=step.reason, by=actor_of(case.who), now=moment)

    def _fail(self, case: Case, error: str, moment: datetime) -> None:
        """The service is down for its first try and for every one that follows."""
        due = select(ServiceJob.id).join(Instance).where(
            Instance.request_id == self.requests[case.key], ServiceJob.status == JobStatus.DUE
        )  # fmt: skip
        for pause in (timedelta(0), *processes.RETRY_AFTER):
            moment += pause
            with unit_of_work():
                processes.fail_service(db.session.scalars(due).one(), error, now=moment)

    def _filled(
        self, case: Case, task: Task, answers: Mapping[str, Any], by: Actor, moment: datetime
    ) -> dict[str, Any]:
        opens_with = prefill(form_of(task), task_context(task, FLOW, moment))
        return {**_IF_NOTHING_KNOWN.get(task.element_id, {}), **opens_with, **self._resolved(answers, case, by, moment)}

    def _resolved(self, value: Any, case: Case, by: Actor, moment: datetime) -> Any:
        """An answer with its dates, people and files put in."""
        if isinstance(value, Mapping):
            return {key: self._resolved(item, case, by, moment) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._resolved(item, case, by, moment) for item in value]
        if isinstance(value, Day):
            return (today_in(case.country, self.now) + timedelta(days=value.offset)).isoformat()
        if isinstance(value, Workday):
            return add_working_days(today_in(case.country, self.now), value.ahead, case.country).isoformat()
        if isinstance(value, Who):
            return str(actor_of(value.key).user_id)
        if isinstance(value, Paper):
            return add_attachment(value.text.encode(), name=value.name, by=by, now=moment).id
        return value


_ACTS: dict[type, Callable[[Player, Case, Any, datetime], None]] = {
    Saves: Player._save,
    Sends: Player._send,
    Types: Player._type,
    Does: Player._do,
    Votes: Player._vote,
    Withdraws: Player._withdraw,
}


def _in_council(key: str) -> Actor:
    """Somebody acting as what they are in their council."""
    for role in ("chair", "member"):
        actor = actor_of(key, role)
        if actor.role == role:
            return actor
    raise LookupError(f"{key} is in no council")


def _next_due() -> datetime | None:
    """The earliest moment at which something is due without anybody."""
    running = Instance.status == InstanceStatus.RUNNING
    moments = (
        select(func.min(Instance.next_due_at)).where(running),
        select(func.min(Ballot.closes_at)).where(Ballot.state == BallotState.OPEN),
        select(func.min(ServiceJob.run_at)).join(Instance).where(ServiceJob.status == JobStatus.DUE, running),
    )
    return min((found for query in moments if (found := db.session.scalar(query)) is not None), default=None)
