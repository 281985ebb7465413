"""Playing the walk: the same operations as the pages, with a moving clock, on a database that is thrown away."""

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app import clock, create_app, formdef, jobs, notices
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor
from app.domain.accounts.queries import actor_for, members_of
from app.domain.council import operations as council
from app.domain.council.models import Ballot
from app.domain.council.queries import ballots_of_request
from app.domain.definitions.packages import process_of, shipped_forms
from app.domain.processes.forms import task_context
from app.domain.processes.models import Instance, Task
from app.domain.processes.queries import history_of, last_answers, open_tasks
from app.domain.requests import operations
from app.domain.requests.desks import local_day
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Phase, Request
from app.domain.requests.notices import draft_from_notice
from app.domain.requests.sentences import NAMES
from app.domain.suppliers.demo import load_demo_suppliers
from app.notices import Notice, NoticeError
from app.seed import people
from app.seed.shipped import load_everything
from app.walk.answers import Wishes, answers_for, filing_answers
from app.walk.paper import write_dossier
from app.walk.telling import WORDS, Teller

#: More steps than any way through the process has; a process that loops for ever ends the walk here.
MOST_STEPS = 60
_PAUSE = timedelta(hours=2)


def walk(notice: Path, *, language: str, council: bool | None, dossier: Path | None, out: Callable[[str], None]) -> int:
    """Take a notice through the whole main job; 0 only if it ends closed with recommendations that will be used."""
    wishes, teller = Wishes(language, council), Teller(language, out)
    try:
        read = notices.read_notice(notice.read_bytes())
    except NoticeError as error:
        teller.say("unreadable", words=teller.words(error.words))
        return 2
    with tempfile.TemporaryDirectory(prefix="zeleno-walk-") as folder:
        app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/walk.db", "SCHEDULER": False, "DEMO": True})
        with app.app_context():
            db.create_all()
            journey = Journey(wishes, teller, clock.now())
            journey.settle()
            journey.file(notice.read_bytes(), read)
            journey.go()
            path = dossier or Path(app.config["INSTANCE"]) / f"dossier-{notice.stem}-{language}.html"
            write_dossier(app, journey.request, journey.filer, language, path)
            teller.say("dossier", path=path)
            code = journey.end()
            db.session.remove()
            db.engine.dispose()
    return code


class Journey:
    """One request on its way; `now` moves on with every step."""

    def __init__(self, wishes: Wishes, teller: Teller, now: datetime) -> None:
        self.wishes, self.teller, self.now = wishes, teller, now
        self.request: Request | None = None
        self.filer: Actor | None = None
        self.told = 0
        self.steps = 0

    def settle(self) -> None:
        """The people, suppliers, processes and reference data of the demonstration."""
        with unit_of_work():
            people.settle(self.now)
            load_everything(self.now)
        with unit_of_work():
            load_demo_suppliers(self.now.date(), checked_by=people.actor_of("radostina"))

    def file(self, xml: bytes, notice: Notice) -> None:
        """A clerk of the notice's country brings it, adds what is missing and files the request."""
        self._tell_notice(notice)
        country = notice.buyer.country if notice.buyer else ""
        self.filer = people.actor_of("chiara" if country == "IT" else "silvia")
        with unit_of_work():
            draft = draft_from_notice(xml, relation=None, by=self.filer, now=self.now)
            self.teller.say("taken", relation=self.teller.words(WORDS[draft.notice.relation]))
            later = local_day(draft.unit, self.now) + timedelta(days=90)
            added = filing_answers(draft.answers, self.wishes, later)
            operations.save_draft(draft, added, by=self.filer, now=self.now)
            operations.file_request(draft, by=self.filer, now=self.now)
            number = draft.id
        self.request = db.session.get_one(Request, number)
        instance = db.session.get_one(Instance, self.request.instance_id)
        self.teller.process = process_of(instance.version_id)
        self._tell_filed()

    def _tell_notice(self, notice: Notice) -> None:
        value = f"{notice.value.amount} {notice.value.currency}" if notice.value else None
        self.teller.say(
            "notice", schema=notice.schema, form=notice.form, number=notice.publication_number, title=notice.title
        )
        self.teller.say("read", cpv=notice.cpv, nuts=", ".join(notice.nuts), value=value, lots=len(notice.lots))
        for gap in notice.not_understood:
            self.teller.say("gap", place=gap.place, words=self.teller.words(gap.words))

    def _tell_filed(self) -> None:
        filed = self.request
        self.teller.say("filed", who=self.teller.who(self.filer))
        self.teller.say("number", number=filed.number, group=filed.product_group, eur=filed.value_eur)
        self._tell_news()

    def go(self) -> None:
        """Step by step until the case is closed or nothing moves any more."""
        while self.request.phase not in (Phase.CLOSED, Phase.NO_REPLY, Phase.DECLINED) and self.steps < MOST_STEPS:
            self.now += _PAUSE
            jobs.run_due(self.now)
            self._tell_news()
            if not (self._vote() or self._do_task()):
                break
        jobs.run_due(self.now)
        self._tell_news()

    def _do_task(self) -> bool:
        tasks = open_tasks(self.request.id)
        if not tasks or self.request.phase == Phase.CLOSED:
            return False
        task = tasks[0]
        actor = _doer(task)
        self.steps += 1
        self.teller.say("step", number=self.steps, step=self.teller.words(task.name), who=self.teller.who(actor))
        raw = answers_for(task, task_context(task, FLOW, self.now), self.request, self.wishes)
        with unit_of_work():
            operations.complete_task(task, raw, by=actor, now=self.now)
        self._tell_news()
        return True

    def _vote(self) -> bool:
        ballots = [ballot for ballot in ballots_of_request(self.request.id) if ballot.is_open(self.now)]
        if not ballots:
            return False
        self.steps += 1
        ballot = ballots[0]
        self.teller.say("step", number=self.steps, step=ballot.question, who=self.teller.words(ballot.council.name))
        for user_id in [member.user_id for member in ballot.members]:
            self._vote_of(ballot.id, user_id)
        return True

    def _vote_of(self, ballot_id: int, user_id: int) -> None:
        ballot = db.session.get_one(Ballot, ballot_id)
        member = ballot.member_of(user_id)
        if member.is_recused:
            self.teller.say("recused", who=member.user.name)
            return
        actor = actor_for(member.user, member.membership_id)
        with unit_of_work():
            answers = {"conflict": "none", "position": "support"}
            council.cast_vote(ballot, by=actor, answers=answers, now=self.now)
        self.teller.say("vote", who=actor.user.name, position=self.teller.words(WORDS["support"]))

    def _tell_news(self) -> None:
        """Tell what the history has since the last time."""
        entries = history_of(self.request.id)
        self.teller.tell(entries[self.told :])
        self.told = len(entries)

    def end(self) -> int:
        """How it ended, and the exit code."""
        answers = last_answers(self.request.id)
        reply, advice = answers.get("reply", {}), answers.get("advice", {})
        self.teller.say("advice", summary=advice.get("summary"))
        self.teller.say(
            "end", phase=self.teller.words(NAMES[Phase(self.request.phase)]), reply=_choice(reply, self.teller)
        )
        used = reply.get("decision") in ("will_use", "use_partly")
        return 0 if self.request.phase == Phase.CLOSED and used and advice else 1


def _choice(reply: dict, teller: Teller) -> str | None:
    """What the municipality chose, as its form calls it."""
    options = formdef.parse_form(shipped_forms()["reply"]).field("decision").options
    return next((teller.words(option.label) for option in options if option.value == reply.get("decision")), None)


def _doer(task: Task) -> Actor:
    """Whoever has the task, else the first at its desk who may do it."""
    standing = [m for m in members_of(task.organisation_id) if m.user_id not in task.excluded]
    owners = [m for m in standing if m.user_id == task.owner_id]
    at_desk = [m for m in standing if m.role == task.role]
    chosen = (owners or at_desk or standing)[0]
    return actor_for(chosen.user, chosen.id)
