"""Filling in a request page by page, and checking it before it is sent."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor
from app.domain.attachments.queries import own_attachments
from app.domain.requests import operations
from app.domain.requests.facts import request_form
from app.domain.requests.models import Request
from app.domain.requests.suggestions import filing_context
from app.errors import Conflict, Invalid
from app.forms.answers import AnswerRow, answer_rows
from app.forms.compiler import compile_form
from app.web.errors import words_of
from app.web.guidance import guidance_of
from app.web.templating import in_words, language
from app.web.uploads import take_uploads


class DraftPage:
    """One page of a draft; a quick question has only one."""

    def __init__(self, draft: Request, actor: Actor, page: str | None) -> None:
        self.request = draft
        self.actor = actor
        self.definition = request_form(draft.unit_id)
        self.pages = [] if draft.is_quick else [one for one in self.definition.pages if _has_questions(one)]
        keys = [one.key for one in self.pages]
        self.page = None if draft.is_quick else (page if page in keys else keys[0])
        self.context = filing_context(draft) | {"attachments": _names(draft, actor)}
        self.conflict: str | None = None
        self.status = 200
        self.form = self._form(kept=draft.answers) if request.method == "GET" else None

    def _form(self, **kwargs):
        only = self.definition.quick_keys if self.request.is_quick else None
        known = {} if self.request.is_quick else self.request.answers
        return compile_form(self.definition, language(), self.context, page=self.page, only=only, known=known)(**kwargs)

    def accept(self):
        """Save what was posted and answer with the next page; None shows this one again with what is wrong."""
        posted, refused = take_uploads(self.definition, request.form, request.files, by=self.actor, now=now())
        self.form = self._form(formdata=posted)
        if self.form.wants_row:
            return None
        self.status = 422
        wants_draft = bool(request.form.get("_draft") or request.form.get("_go"))
        is_fine = self.form.validate(draft=wants_draft)
        if refused:
            self.form.answers.errors.update({key: texts[0] for key, texts in refused.items()})
            return None
        if not is_fine or not self._save():
            return None
        if request.form.get("_go"):
            return redirect(self._url_of(request.form["_go"]))
        if wants_draft:
            flash(_("Your draft is saved. It has not been sent to us."), "success")
            return redirect(url_for("requests.draft", request_id=self.request.id, page=self.page))
        return redirect(self._next_url())

    def _save(self) -> bool:
        try:
            with unit_of_work():
                operations.save_draft(
                    self.request, self.form.raw, by=self.actor, now=now(), rev=request.form.get("rev", type=int)
                )
            return True
        except Conflict as conflict:
            self.status, self.conflict = 409, words_of(conflict)
        except Invalid as invalid:
            self.form.answers.errors.update(invalid.fields)
        db.session.rollback()
        return False

    def _next_url(self) -> str:
        keys = [one.key for one in self.pages]
        place = keys.index(self.page) + 1 if self.page else len(keys)
        return self._url_of(keys[place] if place < len(keys) else "")

    def _url_of(self, page: str) -> str:
        """A page of the form; any other name is the check of all answers."""
        if page in [one.key for one in self.pages]:
            return url_for("requests.draft", request_id=self.request.id, page=page)
        return url_for("requests.check", request_id=self.request.id)

    def render(self) -> str:
        """The page as it stands."""
        keys = [one.key for one in self.pages]
        place = keys.index(self.page) if self.page else 0
        return render_template(
            "requests/draft.html",
            draft=self.request,
            form=self.form,
            conflict=self.conflict,
            kept=self._saved_meanwhile(),
            pages=[(one.key, in_words(one.title)) for one in self.definition.pages] if self.pages else [],
            page=self.page,
            number=place + 1,
            back_url=url_for("requests.draft", request_id=self.request.id, page=keys[place - 1]) if place else "",
            guidance=guidance_of(self.request.answers.get("cpv"), self.request),
        )

    def _saved_meanwhile(self) -> list[AnswerRow]:
        """What somebody else saved on this page, to be compared with what was typed."""
        if not self.conflict:
            return []
        here = {one.short_name for one in self.form}
        rows = answer_rows(self.definition, self.request.answers, language(), self.context)
        return [row for row in rows if row.key in here]


class CheckPage:
    """All answers of a draft, to be read once more and sent."""

    def __init__(self, draft: Request, actor: Actor) -> None:
        self.request = draft
        self.actor = actor
        self.definition = request_form(draft.unit_id)
        self.context = filing_context(draft) | {"attachments": _names(draft, actor)}
        self.status = 200
        self.problems: list[tuple[str, str]] = []
        self.conflict: str | None = None

    def file(self) -> bool:
        """Send it; whether it went. If not, the page says what is missing and where."""
        try:
            with unit_of_work():
                operations.file_request(self.request, by=self.actor, now=now())
            return True
        except Conflict as conflict:
            self.status, self.conflict = 409, words_of(conflict)
        except Invalid as invalid:
            self.status = 422
            self.problems = [(self._url_of(path), in_words(words)) for path, words in invalid.fields.items()]
        db.session.rollback()
        return False

    def _url_of(self, path: str) -> str:
        key = path.partition(".")[0]
        page = self.definition.field(key).page
        anchor = key.replace("_", "-")
        return url_for("requests.draft", request_id=self.request.id, page=page) + f"#{anchor}"

    def render(self) -> str:
        """The page as it stands."""
        rows = answer_rows(self.definition, self.request.answers, language(), self.context, empty=True)
        if self.request.is_quick:
            rows = [row for row in rows if row.key in self.definition.quick_keys]
        pages = {row.page for row in rows}
        return render_template(
            "requests/check.html",
            draft=self.request,
            rows=rows,
            change_urls={page: url_for("requests.draft", request_id=self.request.id, page=page) for page in pages},
            problems=self.problems,
            conflict=self.conflict,
            send=in_words(self.definition.submit.label),
            then=in_words(self.definition.submit.then),
            guidance=guidance_of(self.request.answers.get("cpv"), self.request),
        )


def _has_questions(page) -> bool:
    return any(field.is_input for field in page.fields)


def _names(draft: Request, actor: Actor) -> dict[int, str]:
    numbers = [int(number) for number in draft.answers.get("documents") or []]
    return {one.id: one.name for one in own_attachments(numbers, actor.organisation_id)} if numbers else {}
