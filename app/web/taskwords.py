"""Sentences around a task: why it is here, what would follow, what followed, the way so far."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.accounts.models import Actor
from app.domain.definitions.packages import process_of
from app.domain.processes.models import HistoryEntry, Task
from app.domain.processes.preview import NextStep
from app.domain.processes.queries import open_tasks
from app.domain.processes.rules import can_see_task
from app.domain.requests.models import RequestStatus
from app.formdef import Submit
from app.web.histories import role_in_words
from app.web.templating import day, in_words, moment


def led_here(entries: Iterable[HistoryEntry], task: Task, *, is_blind: bool) -> list[str]:
    """What brought a task to this desk: the step before, the ways taken, the reasons decisions gave."""
    if is_blind:
        return []
    nodes = process_of(task.instance.version_id).nodes
    said = [_said(entry, in_words(nodes[entry.element_id].name)) for entry in entries if entry.element_id in nodes]
    return [one for one in said if one]


def _said(entry: HistoryEntry, step: str) -> str:
    if entry.kind == "path_taken":
        return f"{step} {in_words(entry.payload['name'])}".strip() if step and entry.payload.get("name") else ""
    if entry.kind == "decision_made":
        return _reason(entry.payload.get("result"), step)
    if entry.kind == "timer_fired":
        return _("The time was up: %(step)s.", step=step)
    if entry.kind == "task_completed" and entry.actor is not None:
        return _("Before it: %(step)s, %(name)s, %(day)s.", step=step, name=entry.actor.name, day=day(entry.at))
    if entry.kind == "started":
        return _("Filed on %(day)s.", day=day(entry.at))
    return _("Before it: %(step)s, %(day)s.", step=step, day=day(entry.at))


def _reason(result: Any, step: str) -> str:
    """The reason a rule gave with what it decided."""
    reason = in_words(result.get("reason") or result.get("why")) if isinstance(result, Mapping) else ""
    return f"{step}: {reason}" if reason else ""


def ways_on(found: Mapping[str, list[NextStep]], submit: Submit) -> list[dict[str, str]]:
    """For each answer, the button's text and what would come next; answers that do not tell are left out."""
    return [
        {"label": in_words(submit.labels.get(value)), "steps": ", ".join(step_in_words(step) for step in steps)}
        for value, steps in found.items()
        if steps
    ]


def step_in_words(step: NextStep) -> str:
    """A step and who has it: „Анализ (експерт)“."""
    who = {
        "council": _("council"),
        "service": _("automatic"),
        "timer": _("a pause"),
        "end": _("the end"),
    }.get(step.kind) or role_in_words(step.role)
    return f"{in_words(step.name)} ({who})" if who else in_words(step.name)


def said_after(task: Task, at: datetime, *, is_blind: bool) -> str:
    """What finishing a task brought about, and who acts next."""
    done = in_words(task.name)
    if is_blind:
        return _("Done: %(step)s. The request goes on; thank you.", step=done)
    if task.request.status != RequestStatus.OPEN:
        return _("Done: %(step)s. The request is closed.", step=done)
    following = ", ".join(_following(task, at))
    if not following:
        return _("Done: %(step)s.", step=done)
    return _("Done: %(step)s. Next: %(following)s.", step=done, following=following)


def _following(task: Task, at: datetime) -> Iterable[str]:
    """The tasks that opened, with their people, and what goes on without people."""
    opened = [one for one in open_tasks(task.request_id) if one.instance_id == task.instance_id]
    for one in opened:
        if one.created_at == at:
            who = one.owner.name if one.owner else role_in_words(one.role)
            yield f"{in_words(one.name)} ({who})"
    nodes = process_of(task.instance.version_id).nodes
    for element_id in task.instance.standing:
        node = nodes[element_id]
        if node.kind != "user":
            yield step_in_words(NextStep(node.id, node.name, node.role, node.kind))


def way_so_far(done: list[Task], actor: Actor) -> list[dict[str, Any]]:
    """The finished steps, newest first; those this person may open have an address."""
    return [
        {
            "title": in_words(task.name),
            "when": moment(task.done_at),
            "iso": task.done_at.isoformat(),
            "who": task.done_by.name if task.done_by else "",
            "url": url_for("inbox.task", task_id=task.id) if can_see_task(actor, task) else "",
        }
        for task in reversed(done)
    ]
