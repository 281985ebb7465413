"""The page of one task: its prefilled form, the facts around it, and finishing it."""

from collections.abc import Iterable

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor
from app.domain.accounts.queries import members_of
from app.domain.attachments.queries import attachments_of
from app.domain.processes import operations as processes
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import Task
from app.domain.processes.preview import NextStep, next_steps
from app.domain.processes.queries import done_tasks
from app.domain.processes.rules import can_claim, can_complete, can_hand_over, can_release
from app.domain.requests.facts import request_form
from app.domain.requests.flow import FLOW
from app.domain.requests.operations import complete_task
from app.errors import Conflict, Invalid
from app.forms.answers import AnswerRow, answer_rows
from app.forms.compiler import compile_form
from app.forms.tasks import HandOverForm
from app.web.errors import words_of
from app.web.templating import in_words, language
from app.web.uploads import take_uploads


class TaskPage:
    """A task as one person sees it, and what they do to it."""

    def __init__(self, task: Task, actor: Actor) -> None:
        self.task = task
        self.actor = actor
        self.definition = form_of(task)
        self.context = task_context(task, FLOW, now())
        self.conflict: str | None = None
        self.status = 200
        self.form = self._form(kept=task.draft) if request.method == "GET" else None

    def _form(self, **kwargs):
        return compile_form(self.definition, language(), self.context)(**kwargs)

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
        flash(_("Saved. You can go on later; nobody else sees it yet."), "success")
        self.status = 200

    def _complete(self) -> None:
        with unit_of_work():
            complete_task(self.task, self.form.raw, by=self.actor, now=now())
        flash(self._said(), "success")

    def _said(self) -> str:
        """What finishing the task brought about, in words."""
        if self.task.instance.standing:
            return _("Done: %(task)s.", task=in_words(self.task.name))
        return _("Done. The request is closed.")

    def _try(self, act) -> bool:
        try:
            act()
            return True
        except Conflict as conflict:
            self.status, self.conflict = 409, words_of(conflict)
        except Invalid as invalid:
            self._show_problems(invalid.fields)
        db.session.rollback()
        return False

    def _show_problems(self, problems) -> None:
        if self.form.answers is None:
            self.form.validate(draft=True)
        self.form.answers.errors.update(problems)

    def render(self) -> str:
        """The page as it stands."""
        task, actor = self.task, self.actor
        return render_template(
            "inbox/task.html",
            task=task,
            form=self.form,
            conflict=self.conflict,
            can_work=task.is_open and can_complete(actor, task),
            can_claim=can_claim(actor, task),
            can_release=can_release(actor, task),
            hand_over=self._hand_over_form(),
            next_steps=self._next_steps(),
            facts=self.facts(),
            way=list(self.way()),
            answers=answer_rows(self.definition, task.answers or {}, language(), self.context),
            attachments=attachments_of(task.request_id),
        )

    def _hand_over_form(self) -> HandOverForm | None:
        if not can_hand_over(self.actor, self.task):
            return None
        form = HandOverForm(formdata=None)
        form.to.choices = [(number, name) for number, name in self.receivers().items()]
        return form if form.to.choices else None

    def receivers(self) -> dict[int, str]:
        """The people the task may be given to, each once."""
        people: dict[int, str] = {}
        seen = {self.task.owner_id, *self.task.excluded}
        for membership in members_of(self.task.organisation_id):
            if membership.user_id not in seen:
                seen.add(membership.user_id)
                people[membership.user_id] = membership.user.name
        return people

    def _next_steps(self) -> dict[str, list[NextStep]]:
        """For each answer that decides the way, the steps that would open."""
        submit = self.definition.submit
        if not self.task.is_open or not submit.routed_by:
            return {}
        return {
            value: next_steps(self.task, {submit.routed_by: value}, now=now()) for value in submit.labels
        }

    def facts(self) -> list[AnswerRow]:
        """The request as it was filed."""
        filed = self.task.request
        return answer_rows(request_form(filed.unit_id), filed.answers, language(), self.context)

    def way(self) -> Iterable[dict]:
        """What was done before, newest first."""
        for done in reversed(done_tasks(self.task.request_id)):
            yield {
                "title": in_words(done.name),
                "at": done.done_at,
                "who": done.done_by.name if done.done_by else "",
                "url": url_for("inbox.task", task_id=done.id),
            }
