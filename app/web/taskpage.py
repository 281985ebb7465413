"""The page of one task: its prefilled form, the facts around it, and finishing it."""

from datetime import datetime

from flask import flash, render_template, request
from flask_babel import gettext as _

from app import formdef
from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor, Membership, OrganisationKind
from app.domain.accounts.queries import members_of
from app.domain.attachments.queries import attachments_of
from app.domain.processes import operations as processes
from app.domain.processes.commands import Stuck
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import Task
from app.domain.processes.preview import Preview
from app.domain.processes.queries import done_tasks, handed_over, what_led_to
from app.domain.processes.rules import can_claim, can_complete, can_hand_over, can_release, desks_of, is_blind
from app.domain.requests.desks import local_day
from app.domain.requests.facts import request_form
from app.domain.requests.flow import FLOW
from app.domain.requests.operations import complete_task
from app.domain.requests.rules import can_read_file
from app.domain.suppliers.queries import latest_overview_of
from app.errors import Conflict, Invalid
from app.forms.answers import AnswerRow, answer_rows
from app.forms.compiler import compile_form
from app.forms.tasks import HandOverForm
from app.web.access import WORKERS
from app.web.ballotpage import BlindBrief, blind_brief
from app.web.errors import words_of
from app.web.taskrows import due_badge, title_of
from app.web.taskwords import led_here, said_after, way_so_far, ways_on
from app.web.templating import in_words, language
from app.web.uploads import take_uploads


class TaskPage:
    """A task as one person sees it, and what they do to it. A council sees its question and nothing of the request."""

    def __init__(self, task: Task, actor: Actor) -> None:
        self.task = task
        self.actor = actor
        self.brief: BlindBrief | None = blind_brief(task, actor) if is_blind(actor, task) else None
        self.definition = form_of(task)
        self.context = {} if self.brief else task_context(task, FLOW, now())
        self.conflict: str | None = None
        self.status = 200
        kept = task.draft if can_complete(actor, task) else None
        self.form = self._form(kept=kept) if request.method == "GET" else None

    def _form(self, **kwargs):
        return compile_form(self.definition, language(), self.context)(**kwargs)

    def read(self) -> None:
        """Take the answers as they stand in the browser, without files."""
        self.form = self._form(formdata=request.form)

    def keep(self) -> None:
        """Keep what is being typed as a draft of whoever has the task. Raises Conflict when the task is gone."""
        self.read()
        with unit_of_work():
            processes.save_draft(self.task, self.form.raw, host=FLOW, by=self.actor, now=now())

    def accept(self) -> bool:
        """Take what was posted; whether the task is finished. If not, the page shows why and keeps what was typed."""
        posted, refused = take_uploads(self.definition, request.form, request.files, by=self.actor, now=now())
        self.form = self._form(formdata=posted)
        if self.form.wants_row:
            return False
        self.status = 422
        if request.form.get("_draft"):
            self._try(self._save)
            return False
        if refused:
            self._show_problems({key: texts[0] for key, texts in refused.items()})
            return False
        return self.form.validate() and self._try(self._complete)

    def _save(self) -> None:
        with unit_of_work():
            processes.save_draft(self.task, self.form.raw, host=FLOW, by=self.actor, now=now())
        flash(_("Saved. The task waits in “My tasks”; nobody else sees what you have typed."), "success")
        self.status = 200

    def _complete(self) -> None:
        moment = now()
        with unit_of_work():
            complete_task(self.task, self.form.raw, by=self.actor, now=moment)
        flash(said_after(self.task, moment, is_blind=self.brief is not None), "success")

    def _try(self, act) -> bool:
        try:
            act()
            return True
        except Conflict as conflict:
            db.session.rollback()
            self.status, self.conflict = 409, words_of(conflict)
        except Invalid as invalid:
            db.session.rollback()
            self._show_problems(invalid.fields)
        except Stuck as stuck:
            db.session.rollback()
            self._note_incident(stuck, now())
        return False

    def _note_incident(self, stuck: Stuck, moment: datetime) -> None:
        """Nothing typed is lost when the process itself is at fault."""
        with unit_of_work():
            processes.record_incident(stuck.instance_id, stuck.element_id, stuck.words, now=moment)
            processes.save_draft(self.task, self.form.raw, host=FLOW, by=self.actor, now=moment)
        self.status, self.conflict = 409, words_of(stuck)

    def _show_problems(self, problems) -> None:
        if self.form.answers is None:
            self.form.validate(draft=True)
        self.form.answers.errors.update(problems)

    @property
    def can_work(self) -> bool:
        return self.task.is_open and self.conflict is None and can_complete(self.actor, self.task)

    def render(self) -> str:
        """The page as it stands."""
        task, actor = self.task, self.actor
        return render_template(
            "inbox/task.html",
            task=task,
            brief=self.brief,
            heading=title_of(task, self.brief.papers.question) if self.brief else title_of(task),
            due=due_badge(task.due_on, local_day(actor.organisation, now())) if task.is_open else None,
            form=self.form,
            conflict=self.conflict,
            typed=self._typed() if self.conflict else [],
            can_work=self.can_work,
            can_claim=can_claim(actor, task),
            can_release=can_release(actor, task),
            is_mine=task.owner_id == actor.user_id,
            hand_over=self._hand_over_form(),
            reasons=led_here(what_led_to(task), task, is_blind=self.brief is not None),
            handed=handed_over([task]).get(task.id),
            ways=self.ways(),
            answers=answer_rows(self.definition, task.answers or {}, language(), self.context),
            **({} if self.brief else self._of_the_request()),
        )

    def _typed(self) -> list[AnswerRow]:
        """What was typed, as text that can be copied away."""
        return answer_rows(self.definition, self._answers_now(), language(), self.context)

    def _answers_now(self, **more) -> dict:
        return formdef.validate(self.definition, {**self.form.raw, **more}, self.context, draft=True).values

    def ways(self) -> list[dict]:
        """For each answer that decides the way (or the one already given), what would come next."""
        if not self.can_work:
            return []
        preview = Preview(self.task, host=FLOW, by=self.actor, now=now())
        submit = self.definition.submit
        if not submit.routed_by:
            return ways_on({"": preview.next_steps(self._answers_now())}, submit)
        chosen = self.form.raw.get(submit.routed_by)
        values = [chosen] if chosen in submit.labels else list(submit.labels)
        found = {value: preview.next_steps(self._answers_now(**{submit.routed_by: value})) for value in values}
        return ways_on(found, submit)

    def _hand_over_form(self) -> HandOverForm | None:
        if not can_hand_over(self.actor, self.task):
            return None
        form = HandOverForm(formdata=None)
        form.to.choices = [(number, member.user.name) for number, member in receivers(self.task).items()]
        return form if form.to.choices else None

    def _of_the_request(self) -> dict:
        """What those who may know who asks read beside the form."""
        filed = self.task.request
        done = done_tasks(filed.id)
        return {
            "filed": answer_rows(request_form(filed.unit_id), filed.answers, language(), self.context),
            "way": way_so_far(done, self.actor),
            "last_step": self._last_step(done) if self._is_of_unit else None,
            "overview": latest_overview_of(filed.id) if self._is_of_unit else None,
            "files": [one for one in attachments_of(filed.id) if can_read_file(self.actor, filed, one.organisation_id)],
            "has_advice": filed.is_delivered,
        }

    @property
    def _is_of_unit(self) -> bool:
        """Those who work on requests read all of them; the buyer reads what is delivered."""
        return self.actor.organisation.kind == OrganisationKind.UNIT

    def _last_step(self, done: list[Task]) -> dict | None:
        """The step before with its answers."""
        earlier = [task for task in done if task.id != self.task.id and task.answers is not None]
        if not earlier:
            return None
        last = earlier[-1]
        rows = answer_rows(form_of(last), last.answers, language(), self.context)
        return {"title": in_words(last.name), "who": last.done_by.name, "at": last.done_at, "rows": rows}


def receivers(task: Task) -> dict[int, Membership]:
    """The people the task may be given to, each once."""
    seen = {task.owner_id, *task.excluded}
    people = [member for desk in desks_of(task) for member in members_of(desk) if member.role in WORKERS]
    found: dict[int, Membership] = {}
    for member in people:
        if member.user_id not in seen:
            found.setdefault(member.user_id, member)
    return found
