"""The inbox and the task page: what to do next, and doing it."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from app.clock import now
from app.db import unit_of_work
from app.domain.accounts.queries import get_person_at
from app.domain.processes import operations as processes
from app.domain.processes.models import Task
from app.domain.processes.queries import get_visible_task, inbox, inbox_counts
from app.domain.requests.desks import local_day
from app.errors import Conflict, Forbidden
from app.forms.tasks import HandOverForm
from app.web.access import current_actor
from app.web.errors import words_of
from app.web.taskpage import TaskPage

bp = Blueprint("inbox", __name__)

BOXES = {
    "mine": lazy("My tasks"),
    "group": lazy("Free to take"),
    "unit": lazy("All of the unit"),
    "done": lazy("Done by me"),
}


@bp.get("/inbox")
def inbox_page():
    actor = current_actor()
    box = request.args.get("box", "mine")
    box = box if box in _boxes(actor) else "mine"
    search = request.args.get("q", "").strip()[:200]
    page = inbox(actor, box, search=search, after=_after(request.args.get("after", "")))
    return render_template(
        "inbox/inbox.html",
        box=box,
        boxes=_boxes(actor),
        counts=inbox_counts(actor),
        search=search,
        groups=_by_due(page.tasks, local_day(actor.organisation, now())) if box != "done" else [],
        done=page.tasks if box == "done" else [],
        next_url=_next_url(page.tasks, box, search) if page.has_more else None,
    )


def _boxes(actor):
    return {name: label for name, label in BOXES.items() if name != "unit" or "coordinator" in actor.roles}


def _after(text: str) -> tuple[date | None, int] | None:
    """The place in the list to go on from: „2026-11-30.17“, or „.17“ for tasks without a due day."""
    day, dot, number = text.partition(".")
    if not dot or not number.isdigit():
        return None
    try:
        return (date.fromisoformat(day) if day else None), int(number)
    except ValueError:
        return None


def _next_url(tasks: list[Task], box: str, search: str) -> str:
    last = tasks[-1]
    place = f"{last.due_on.isoformat() if last.due_on else ''}.{last.id}"
    return url_for(".inbox_page", box=box, q=search or None, after=place)


def _by_due(tasks: Iterable[Task], today: date) -> list[tuple[str, str, list[Task]]]:
    """The tasks under the headings of a to-do list; headings without tasks are left out."""
    headings = (
        ("overdue", _("Overdue"), lambda due: due is not None and due < today),
        ("today", _("Today"), lambda due: due == today),
        ("week", _("This week"), lambda due: due is not None and due <= today + timedelta(days=6 - today.weekday())),
        ("later", _("Later"), lambda due: due is not None),
        ("undated", _("Without a date"), lambda due: True),
    )
    groups: dict[str, list[Task]] = {key: [] for key, _label, _test in headings}
    for task in tasks:
        groups[next(key for key, _label, test in headings if test(task.due_on))].append(task)
    return [(key, label, groups[key]) for key, label, _test in headings if groups[key]]


@bp.route("/tasks/<int:task_id>", methods=["GET", "POST"])
def task(task_id):
    page = TaskPage(get_visible_task(task_id, current_actor()), current_actor())
    if request.method == "GET" or not page.accept():
        return page.render(), page.status
    return redirect(url_for(".inbox_page"))


@bp.post("/tasks/<int:task_id>/claim")
def claim(task_id):
    return _do(task_id, processes.claim, _("The task is yours."))


@bp.post("/tasks/<int:task_id>/release")
def release(task_id):
    return _do(task_id, processes.release, _("The task is free for your colleagues again."))


def _do(task_id, operation, said):
    task = get_visible_task(task_id, current_actor())
    try:
        with unit_of_work():
            operation(task, by=current_actor(), now=now())
        flash(said, "success")
    except Conflict as conflict:
        flash(words_of(conflict), "warning")
    return redirect(url_for(".task", task_id=task_id))


@bp.post("/tasks/<int:task_id>/hand-over")
def hand_over(task_id):
    task = get_visible_task(task_id, current_actor())
    form = HandOverForm()
    form.to.choices = list(TaskPage(task, current_actor()).receivers().items())
    if not form.validate_on_submit():
        flash(_("Choose the person who gets the task."), "warning")
        return redirect(url_for(".task", task_id=task_id))
    receiver = get_person_at(form.to.data, task.organisation_id)
    try:
        with unit_of_work():
            processes.hand_over(task, to=receiver, reason=form.reason.data or "", by=current_actor(), now=now())
        flash(_("Handed over to %(name)s.", name=receiver.user.name), "success")
    except (Conflict, Forbidden) as refusal:
        flash(words_of(refusal), "warning")
        return redirect(url_for(".task", task_id=task_id))
    return redirect(url_for(".inbox_page"))
