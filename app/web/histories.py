"""History, steps and status of a request in the reader's words."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from app.domain.accounts.models import ROLE_NAMES
from app.domain.processes.models import HistoryEntry
from app.domain.requests.facts import request_form
from app.domain.requests.models import Request
from app.domain.requests.situation import Situation
from app.engine import Process
from app.errors import N_
from app.web.templating import day, in_words, show
from app.words import Words

#: What each kind of entry is called; kinds without a name here are for replay, not for reading.
TITLES = {
    "filed": N_("The request was filed"),
    "task_completed": N_("Done: %(step)s"),
    "task_cancelled": N_("No longer needed: %(step)s"),
    "claimed": N_("Taken: %(step)s"),
    "released": N_("Put back: %(step)s"),
    "handed_over": N_("Handed over: %(step)s"),
    "decision_made": N_("Decided by rule: %(step)s"),
    "path_taken": N_("Way taken: %(step)s"),
    "service_requested": N_("Automatic step ordered: %(step)s"),
    "service_delivered": N_("Automatic step done: %(step)s"),
    "council_delivered": N_("The council answered: %(step)s"),
    "timer_fired": N_("Time was up: %(step)s"),
    "incident": N_("Stopped by a fault: %(step)s"),
    "retried": N_("Tried again"),
    "withdrawn": N_("The request was withdrawn"),
    "ended": N_("Reached: %(step)s"),
}

#: What a buyer reads; ways, rules and hand-overs are the unit's own affair.
FOR_BUYERS = frozenset({"filed", "task_completed", "council_delivered", "service_delivered", "withdrawn"})

#: The words before a council's own, since a council has no single role name.
_COUNCIL: Words = {"bg": "съвет", "en": "council"}


def history_lines(entries: Iterable[HistoryEntry], process: Process, *, is_inside: bool) -> list[dict[str, Any]]:
    """The history, newest first, as the timeline component shows it; buyers read only what concerns them."""
    kinds = TITLES if is_inside else FOR_BUYERS
    shown = [entry for entry in entries if entry.kind in kinds]
    return [_line(entry, process) for entry in reversed(shown)]


def _line(entry: HistoryEntry, process: Process) -> dict[str, Any]:
    node = process.nodes.get(entry.element_id) if entry.element_id else None
    step = in_words(node.name) if node else ""
    return {
        "title": _(TITLES[entry.kind], step=step or entry.element_id or ""),
        "when": show(entry.at),
        "iso": entry.at.isoformat(),
        "who": _who(entry),
        "text": _text(entry, process),
    }


def _who(entry: HistoryEntry) -> str:
    if entry.actor is None:
        return _("automatically")
    role = entry.membership.role if entry.membership else ""
    return ", ".join(filter(None, (entry.actor.name, in_words(ROLE_NAMES.get(role)))))


def _text(entry: HistoryEntry, process: Process) -> str:
    payload = entry.payload or {}
    if entry.kind == "path_taken":
        target = process.nodes.get(payload.get("target", ""))
        return " → ".join(filter(None, (in_words(payload.get("name")), in_words(target.name) if target else "")))
    if entry.kind == "decision_made":
        return "; ".join(filter(None, (reason_of(payload), rules_of(payload))))
    if entry.kind in ("handed_over", "withdrawn"):
        return payload.get("reason") or ""
    if entry.kind == "incident":
        return in_words(payload.get("words"))
    return ""


def reason_of(payload: dict[str, Any]) -> str:
    """The reason a decision gave with its result, if it has one."""
    result = payload.get("result")
    return in_words(result.get("reason") or result.get("why")) if isinstance(result, dict) else ""


def rules_of(payload: dict[str, Any]) -> str:
    """Which rules of the table decided."""
    numbers = [str(rule.get("index")) for rule in payload.get("rules") or [] if rule.get("index") is not None]
    return _("rule %(numbers)s", numbers=", ".join(numbers)) if numbers else ""


def steps_of(process: Process) -> list[dict[str, Any]]:
    """The text twin of the diagram: each step, who does it, what comes next."""
    names = {node.id: in_words(node.name) for node in process.nodes.values()}
    return [
        {
            "id": step.element_id,
            "title": names.get(step.element_id) or step.element_id,
            "who": role_in_words(step.role),
            "text": _ways(step.next, names),
        }
        for step in process.steps
    ]


def role_in_words(role: str | None) -> str:
    """A role of a diagram: one of a person, or the council."""
    if role is None:
        return ""
    return in_words(_COUNCIL if role == "council" else ROLE_NAMES.get(role) or role)


def _ways(ways: Iterable[tuple[str, Words, str]], names: dict[str, str]) -> str:
    told = []
    for target, name, _condition in ways:
        where = names.get(target) or target
        told.append(f"{in_words(name)}: {where}" if in_words(name) else where)
    return _("Then: %(ways)s", ways="; ".join(told)) if told else ""


def sentence_of(state: Situation, request: Request) -> str:
    """The status sentence with its places filled in the reader's way."""
    details = {name: _detail(name, value, request) for name, value in state.details.items()}
    return in_words(state.sentence).format(**details)


def _detail(name: str, value: Any, request: Request) -> str:
    if name == "items":
        form = request_form(request.unit_id)
        labels = [in_words(form.field(key).label) for key in value if key in form.keys]
        return ", ".join(labels) or _("see below")
    if name == "expert":
        return value or _("An expert")
    if name.endswith(("_on", "_by", "_due")):
        return day(value) if value else _("the date we told you")
    return show(value) or "—"
