"""The inbox and the task page: what to do next, and doing it."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from app.clock import now
from app.db import unit_of_work
from app.domain.accounts.models import Actor
from app.domain.processes import operations as processes
from app.domain.processes.queries import get_visible_task, inbox, inbox_counts
from app.domain.requests.desks import local_day
from app.errors import Conflict, Forbidden
from app.forms.tasks import HandOverForm
from app.web.access import current_actor
from app.web.errors import words_of
from app.web.taskpage import TaskPage, receivers
from app.web.taskrows import TaskRow, task_rows

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
    boxes = [name for name in BOXES if name != "unit" or "coordinator" in actor.roles]
    counts = inbox_counts(actor)
    box = request.args.get("box")
    box = box if box in boxes else _first_box(counts)
    search = request.args.get("q", "").strip()[:200]
    page = inbox(actor, box, search=search, after=request.args.get("after", type=int))
    rows = task_rows(page.tasks, actor, box=box)
    return render_template(
        "inbox/inbox.html",
        box=box,
        heading=BOXES[box],
        tabs=[_tab(name, box, counts.get(name), search) for name in boxes],
        free=counts["group"],
        search=search,
        groups=_by_due(rows, local_day(actor.organisation, now())) if box != "done" else [(None, rows)] if rows else [],
        next_url=url_for(".inbox_page", box=box, q=search or None, after=rows[-1].task_id) if page.has_more else None,
    )


def _first_box(counts: dict[str, int]) -> str:
    """What is mine goes first; with nothing of my own, what I may take."""
    return "group" if counts["group"] and not counts["mine"] else "mine"


def _tab(name, box, count, search):
    url = url_for(".inbox_page", box=name, q=search or None)
    return {"url": url, "label": BOXES[name], "count": count, "active": name == box}


def _by_due(rows: list[TaskRow], today: date) -> list[tuple[str, list[TaskRow]]]:
    """The rows under the headings of a to-do list; headings without tasks are left out."""
    headings = (
        (_("Overdue"), lambda due: due is not None and due < today),
        (_("Today"), lambda due: due == today),
        (_("In the next seven days"), lambda due: due is not None and due <= today + timedelta(days=7)),
        (_("Later"), lambda due: due is not None),
        (_("Without a date"), lambda due: True),
    )
    groups: dict[str, list[TaskRow]] = {label: [] for label, _test in headings}
    for row in rows:
        groups[next(label for label, test in headings if test(row.due_on))].append(row)
    return [(label, found) for label, found in groups.items() if found]


@bp.route("/tasks/<int:task_id>", methods=["GET", "POST"])
def task(task_id):
    page = TaskPage(get_visible_task(task_id, current_actor()), current_actor())
    if request.method == "GET" or not page.accept():
        return page.render(), page.status
    return redirect(url_for(".inbox_page"))


@bp.post("/tasks/<int:task_id>/draft")
def draft(task_id):
    """What is being typed, sent by the page itself from time to time."""
    TaskPage(get_visible_task(task_id, current_actor()), current_actor()).keep()
    return "", 204


@bp.post("/tasks/<int:task_id>/next")
def next_steps(task_id):
    """What would come next if the task were finished with what is typed now: a part of the task page."""
    page = TaskPage(get_visible_task(task_id, current_actor()), current_actor())
    page.read()
    return render_template("inbox/_next.html", ways=page.ways())


@bp.post("/tasks/<int:task_id>/claim")
def claim(task_id):
    return _do(task_id, processes.claim, _("The task is yours."), url_for(".task", task_id=task_id))


@bp.post("/tasks/<int:task_id>/release")
def release(task_id):
    said = _("The task is free for your colleagues again.")
    return _do(task_id, processes.release, said, url_for(".inbox_page"))


def _do(task_id, operation, said, target):
    task = get_visible_task(task_id, current_actor())
    try:
        with unit_of_work():
            operation(task, by=current_actor(), now=now())
        flash(said, "success")
    except Conflict as conflict:
        flash(words_of(conflict), "warning")
    return redirect(target)


@bp.post("/tasks/<int:task_id>/hand-over")
def hand_over(task_id):
    task = get_visible_task(task_id, current_actor())
    form = HandOverForm()
    people = receivers(task)
    form.to.choices = [(number, member.user.name) for number, member in people.items()]
    if not form.validate_on_submit():
        flash(_("Choose the person who gets the task."), "warning")
        return redirect(url_for(".task", task_id=task_id))
    chosen = people[form.to.data]
    receiver = Actor(chosen.user, chosen)
    try:
        with unit_of_work():
            processes.hand_over(task, to=receiver, reason=form.reason.data or "", by=current_actor(), now=now())
        flash(_("Handed over to %(name)s.", name=receiver.user.name), "success")
    except (Conflict, Forbidden) as refusal:
        flash(words_of(refusal), "warning")
        return redirect(url_for(".task", task_id=task_id))
    return redirect(url_for(".inbox_page"))
