"""A unit, a buyer it serves and their requests, brought to the step a story is about, at moments the story names."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app import jobs
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor, Organisation, OrganisationKind, Role
from app.domain.definitions.operations import load_shipped_processes
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import HistoryEntry, Instance, Task
from app.domain.processes.queries import open_tasks
from app.domain.requests import operations
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Request
from app.formdef import prefill
from tests.domain.accounts.people import make_actor, make_organisation, make_unit

#: A Monday, eleven o'clock in Sofia.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: A whole request, as small as it may be.
WHOLE = {
    "help_kind": "criteria",
    "question": "Кои зелени изисквания да поставим?",
    "stage": "drafting",
    "publish_on": "2027-06-01",
    "title": "Копирна хартия",
    "description": "Хартия за администрацията.",
    "nature": "supplies",
    "procedure": "undecided",
    "funding": "own",
    "place": "BG341",
    "council_ok": "yes",
    "reuse_ok": "yes",
    "contact": "Силвия, 0554 22 101",
}
#: What people answer where a story says nothing else.
USUAL: dict[str, dict[str, Any]] = {
    "triage": {"decision": "open_case", "size": "S", "legal": "no", "no_conflict": True},
    "missing": {"items": [{"answer": "Ето какво липсваше."}] * 3},
    "assessment": {
        "need_check": "buy", "product_group": "none", "cpv_check": "none", "regime": "national", "lcc": "not_relevant",
        "council_need": "no", "criteria": [], "mandatory": [],
    },
    "overview_check": {"decision": "ok"},
    "advice": {
        "summary": "Поискайте рециклирани влакна.",
        "next_steps": [{"step": "Публикувайте", "who": "Общината"}],
        "law_date": "2026-11-20",
    },
    "second_check": {"decision": "ok", "checks": ["linked", "provable", "equivalent", "mandatory", "plain"]},
    "reply": {"decision": "will_use"},
    "chair_decision": {"decision": "support", "reasons": "Доказва се лесно."},
    "phone_call": {"decision": "continue", "note": "Говорихме."},
    "outcome": {"published": "no"},
}  # fmt: skip
#: Answers by which the expert sends a case to the council.
TO_COUNCIL = {"council_need": "yes", "council_reason": "Ново изискване.", "council_question": "Приемлив ли е прагът?"}
#: A criterion makes the process ask the market, and have a second person check the recommendations.
CRITERION = {
    "code": "own-1", "text": "Хартия от рециклирани влакна, или еквивалентно.", "level": "core",
    "place": "specification", "proof": "Екоетикет", "source": "Собствено", "why": "Лесно се доказва",
}  # fmt: skip


@dataclass
class Place:
    """The people of a unit, of a buyer it serves and of its council."""

    unit: Organisation
    buyer: Organisation
    clerk: Actor
    coordinator: Actor
    experts: list[Actor]
    council: Organisation | None = None
    members: list[Actor] = field(default_factory=list)

    @property
    def lead(self) -> Actor:
        return self.experts[0]


def make_place(experts: int = 2, members: int = 0, buyer: str = "Община Зелен бряг") -> Place:
    """A unit with the shipped process; with members, its council too, the first of them in the chair."""
    unit = make_unit(country="BG", nuts="BG34", languages=["bg", "en"])
    load_shipped_processes(unit, now=NOW)
    served = make_organisation(OrganisationKind.BUYER, unit, buyer)
    served.nuts = "BG341"
    place = Place(
        unit=unit,
        buyer=served,
        clerk=make_actor(Role.CLERK, served, name="Силвия Атанасова"),
        coordinator=make_actor(Role.COORDINATOR, unit, name="Десислава Маринова"),
        experts=[make_actor(Role.EXPERT, unit, name=f"Експерт {number}") for number in range(1, experts + 1)],
    )
    if members:
        place.council = make_organisation(OrganisationKind.COUNCIL, unit, "Координационен съвет")
        roles = [Role.CHAIR, *[Role.MEMBER] * (members - 1)]
        place.members = [make_actor(role, place.council, name=f"Член {n}") for n, role in enumerate(roles, 1)]
    db.session.commit()
    return place


def draft(by: Actor, at: datetime = NOW, **answers: Any) -> Request:
    """A draft with these answers."""
    with unit_of_work():
        request = operations.start_draft(by=by, now=at)
        if answers:
            operations.save_draft(request, answers, by=by, now=at)
    return request


def filed(by: Actor, at: datetime = NOW, **answers: Any) -> Request:
    """A request that has been sent to the unit."""
    request = draft(by, at, **{**WHOLE, **answers})
    send(request, by, at)
    return request


def send(request: Request, by: Actor, at: datetime = NOW) -> None:
    with unit_of_work():
        operations.file_request(request, by=by, now=at)


def waiting(request: Request) -> list[str]:
    """Where people are waited for."""
    return [task.element_id for task in open_tasks(request.id)]


def task_at(request: Request, element_id: str) -> Task:
    """The one open task of this step."""
    [task] = [each for each in open_tasks(request.id) if each.element_id == element_id]
    return task


def answers_to(task: Task, at: datetime = NOW, **said: Any) -> dict[str, Any]:
    """What the form opens with, the usual answers, and these."""
    opened = prefill(form_of(task), task_context(task, FLOW, at))
    return {**opened, **USUAL.get(task.element_id, {"text": "Готово."}), **said}


def do(request: Request, element_id: str, by: Actor, at: datetime = NOW, **said: Any) -> Task:
    """Finish a step and let run what it sets off."""
    task = task_at(request, element_id)
    with unit_of_work():
        operations.complete_task(task, answers_to(task, at, **said), by=by, now=at)
    jobs.run_due(at)
    return task


def open_case(request: Request, place: Place, at: datetime = NOW, **said: Any) -> None:
    """The first look makes it a case of the first expert."""
    do(request, "triage", place.coordinator, at, **{"lead": str(place.lead.user_id), **said})


def bring_to(step: str, place: Place, **answers: Any) -> Request:
    """A request on its usual way, just before this step."""
    request = filed(place.clerk, **answers)
    moves = (
        ("triage", lambda: open_case(request, place)),
        ("assessment", lambda: do(request, "assessment", place.lead)),
        ("advice", lambda: do(request, "advice", place.lead)),
        ("reply", lambda: do(request, "reply", place.clerk)),
    )
    for name, move in moves:
        if name == step:
            break
        move()
    return request


def instance_of(request: Request) -> Instance:
    return db.session.get_one(Instance, request.instance_id)


def history(request: Request, *kinds: str) -> list[tuple[str, str | None]]:
    """Kind and step of what happened, in order; only these kinds when any are given."""
    query = db.select(HistoryEntry).where(HistoryEntry.request_id == request.id).order_by(HistoryEntry.sequence)
    entries = db.session.scalars(query)
    return [(one.kind, one.element_id) for one in entries if not kinds or one.kind in kinds]


def sequences(request: Request) -> list[int]:
    query = db.select(HistoryEntry.sequence).where(HistoryEntry.request_id == request.id)
    return list(db.session.scalars(query.order_by(HistoryEntry.sequence)))


def pass_time(until: datetime) -> int:
    """What becomes due without anybody, done at this moment."""
    return jobs.run_due(until)
