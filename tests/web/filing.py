"""A unit with its process, a buyer it serves, and requests brought to the point a test needs."""

from dataclasses import dataclass

from app import jobs
from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor, OrganisationKind, Role
from app.domain.definitions.operations import load_shipped_processes
from app.domain.processes.forms import form_of, task_context
from app.domain.processes.models import Task
from app.domain.processes.queries import open_tasks
from app.domain.requests import operations
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Request
from app.formdef import prefill
from tests.domain.accounts.people import make_actor, make_organisation, make_unit

#: A whole request, as small as it may be.
WHOLE = {
    "help_kind": "criteria",
    "question": "Кои зелени изисквания да поставим?",
    "stage": "drafting",
    "publish_on": "2031-03-01",
    "title": "Копирна хартия",
    "description": "Хартия за администрацията.",
    "cpv": "30197643-5",
    "nature": "supplies",
    "procedure": "undecided",
    "funding": "own",
    "place": "BG341",
    "council_ok": "no",
    "reuse_ok": "yes",
    "contact": "Силвия, 0554 22 101",
}

#: A case opened small, so that no second check is asked for.
OPENED = {"decision": "open_case", "size": "S", "legal": "no", "no_conflict": "true"}
ANALYSED = {"need_check": "buy", "cpv_check": "ok", "lcc": "not_relevant", "council_need": "no", "regime": "national",
            "criteria": [], "mandatory": [], "product_group": "none"}  # fmt: skip
ADVISED = {
    "summary": "Поискайте рециклирани влакна.",
    "must": [{"text": "Хартията е от рециклирани влакна или еквивалентна.", "source": "Наредба"}],
    "clauses": [{"text": "Доставка без опаковка от пластмаса.", "check": "При приемане", "remedy": "Връщане"}],
    "next_steps": [{"step": "Публикувайте", "who": "Общината"}],
    "law_date": "2026-11-20",
}


@dataclass(frozen=True)
class Place:
    """The people of a unit and of a buyer it serves."""

    clerk: Actor
    colleague: Actor
    coordinator: Actor
    expert: Actor
    checker: Actor


def make_place() -> Place:
    unit = make_unit(country="BG", nuts="BG34", languages=["bg", "en"])
    load_shipped_processes(unit, now=now())
    buyer = make_organisation(OrganisationKind.BUYER, unit, "Община Зелен бряг")
    buyer.nuts = "BG341"
    return Place(
        clerk=make_actor(Role.CLERK, buyer, name="Силвия Атанасова"),
        colleague=make_actor(Role.SIGNATORY, buyer, name="Георги Вълканов"),
        coordinator=make_actor(Role.COORDINATOR, unit, name="Десислава Маринова"),
        expert=make_actor(Role.EXPERT, unit, name="Иван Тодоров"),
        checker=make_actor(Role.EXPERT, unit, name="Мария Петкова"),
    )


def make_draft(by: Actor, *, is_quick: bool = False, **answers) -> Request:
    draft = operations.start_draft(by=by, now=now(), is_quick=is_quick)
    if answers:
        operations.save_draft(draft, answers, by=by, now=now())
    return draft


def make_request(by: Actor, **answers) -> Request:
    """A request that has been sent."""
    request = make_draft(by, **{**WHOLE, **answers})
    operations.file_request(request, by=by, now=now())
    return request


def complete(request: Request, by: Actor, **answers) -> None:
    """Finish the one open task with its prefilled answers and these."""
    db.session.commit()
    [task] = open_tasks(request.id)
    opened = prefill(form_of(task), task_context(task, FLOW, now()))
    with unit_of_work():
        operations.complete_task(db.session.get_one(Task, task.id), {**opened, **answers}, by=by, now=now())
    jobs.run_due(now())


def make_advised(place: Place, **answers) -> Request:
    """A request whose recommendations are delivered."""
    request = make_request(place.clerk, **answers)
    complete(request, place.coordinator, lead=str(place.expert.user_id), **OPENED)
    complete(request, place.expert, **ANALYSED)
    complete(request, place.expert, **ADVISED)
    return request
