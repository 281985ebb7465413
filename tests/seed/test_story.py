"""The demonstration: every state is there, nothing lies in the future, and everything can be finished."""

import itertools
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import OrganisationKind
from app.domain.council.models import Ballot, BallotState
from app.domain.council.queries import ballots_for, standing
from app.domain.council.rules import tally
from app.domain.deadlines.rules import is_working_day
from app.domain.processes import queries
from app.domain.processes.models import HistoryEntry, Instance, InstanceStatus, Task, TaskStatus
from app.domain.requests.markets import newest_overview
from app.domain.requests.models import Phase, Request, RequestStatus
from app.domain.requests.queries import requests_for
from app.seed.people import PEOPLE, PLACES, actor_of, who_can_sign_in
from app.seed.story import CASES
from tests.seed import robot

#: What only a person does.
_HUMAN = {"filed", "task_completed", "claimed", "withdrawn"}


def _requests():
    return list(db.session.scalars(select(Request)))


def _titled(start):
    return db.session.scalars(select(Request).where(Request.title.startswith(start))).one()


def test_every_phase_a_municipality_can_read_is_shown(told):
    shown = {request.phase for request in _requests()}

    stopped = select(Request.title).join(Instance, Instance.id == Request.instance_id)
    incidents = list(db.session.scalars(stopped.where(Instance.status == InstanceStatus.INCIDENT)))

    assert shown == set(Phase) - {Phase.INCIDENT}
    assert incidents == ["Сървъри за общинския център за данни"]


def test_both_units_have_work(told):
    places = [(request.unit_id, request.status) for request in _requests()]
    units = {actor_of(key).organisation_id for key in ("desislava", "giulia")}

    assert len(places) == len(CASES) == 30
    assert {unit for unit, status in places if status == RequestStatus.OPEN} == units


def test_numbers_follow_the_order_of_filing(told):
    filed = sorted((request for request in _requests() if request.filed_at), key=lambda one: one.filed_at)

    for _unit, group in itertools.groupby(sorted(filed, key=lambda one: one.unit_id), key=lambda one: one.unit_id):
        numbers = [(request.year, request.sequence) for request in group]
        assert numbers[0][1] == 101
        for (year, sequence), following in itertools.pairwise(numbers):
            assert following in ((year, sequence + 1), (year + 1, 101))


def test_nothing_lies_in_the_future_and_history_runs_forward(told):
    for request in _requests():
        entries = queries.history_of(request.id)
        moments = [entry.at for entry in entries]
        assert moments == sorted(moments), request.title
        assert all(moment <= told for moment in [*moments, request.created_at, request.updated_at])
        assert request.filed_at is None or request.created_at < request.filed_at
        assert request.closed_at is None or request.filed_at < request.closed_at <= told


def test_people_work_on_working_days_in_office_hours(told):
    unit_of = {request.id: request.unit for request in _requests()}
    entries = [entry for entry in db.session.scalars(select(HistoryEntry)) if entry.kind in _HUMAN and entry.actor_id]

    assert entries
    for entry in entries:
        unit = unit_of[entry.request_id]
        local = entry.at.astimezone(ZoneInfo(unit.time_zone))
        assert is_working_day(local.date(), unit.country)
        assert 9 <= local.hour < 18


def test_one_ballot_is_half_voted_and_one_tied(told):
    lighting = db.session.scalars(select(Ballot).where(Ballot.state == BallotState.OPEN)).one()
    counted = tally(lighting)
    tied = db.session.scalars(select(Ballot).where(Ballot.outcome == "tied")).one()
    chair = actor_of("gancheva")

    assert (counted.base, counted.quorum, counted.voted) == (6, 4, 3)
    assert [member.user.name for member in lighting.members if member.is_recused] == ["Емил Кръстев"]
    assert [member.user.name for member in tied.members if member.is_recused] == ["Явор Пенев"]
    assert "3" in standing(lighting)["en"]
    assert [task.element_id for task in queries.open_tasks(tied.request_id)] == ["chair_decision"]
    assert len(ballots_for(chair, told)) >= 1


def test_a_council_question_names_no_municipality(told):
    names = [word for place in PLACES if place.kind == OrganisationKind.BUYER for word in place.name.values()]
    for ballot in db.session.scalars(select(Ballot)):
        shown = f"{ballot.question} {ballot.options} {ballot.facts}"
        assert not [name for name in names if name.partition(" ")[2] in shown]


def test_open_work_lies_on_the_desks_it_is_meant_for(told):
    waiting = {}
    for task in db.session.scalars(select(Task).where(Task.status == TaskStatus.OPEN)):
        waiting.setdefault(task.element_id, []).append(task.due_on)

    assert set(waiting) == set(robot.ANSWERS) - {"phone_call"}
    assert min(waiting["assessment"]) < told.date()
    assert min(waiting["reply"]) > told.date()


def test_no_promise_is_broken_except_where_the_buyer_is_at_it(told):
    waiting_for_us = set(Phase) - {Phase.DELIVERED, Phase.CHANGES, Phase.ASK}
    late = [
        request.title
        for request in _requests()
        if request.status == RequestStatus.OPEN and request.phase in waiting_for_us
        if request.promised_on is not None and request.promised_on < told.date()
    ]

    assert late == []


def test_every_promise_falls_on_a_working_day(told):
    promised = [(request.promised_on, request.unit.country) for request in _requests() if request.promised_on]

    assert len(promised) > 15
    assert all(is_working_day(day, country) for day, country in promised)


def test_two_of_nine_furniture_suppliers_can_prove_the_wood(told):
    report = newest_overview(_titled("Чинове").id).report
    (wood,) = [proof for proof in report["proofs"] if proof["criterion"] == "furniture-wood-core"]

    assert (wood["met"], wood["of"]) == (2, 9)


def test_no_unit_sees_requests_of_the_other(told):
    for key in ("desislava", "giulia"):
        actor = actor_of(key)
        seen = requests_for(actor, status="all").requests
        assert {request.unit_id for request in seen} == {actor.organisation_id}
        tasks = db.session.scalars(select(Task).where(Task.organisation_id == actor.organisation_id))
        assert {task.instance.unit_id for task in tasks} == {actor.organisation_id}


def test_everybody_named_for_the_terminal_is_a_person_of_the_story():
    known = {f"{person.key}@zeleno.example" for person in PEOPLE}
    for language in ("bg", "en"):
        shown = {line.split()[0] for line in who_can_sign_in(language).splitlines()[1:]}
        assert len(shown) > 8
        assert shown <= known


def test_the_command_leaves_a_database_with_people_alone(told):
    before = [(request.id, request.rev) for request in _requests()]

    result = current_app.test_cli_runner().invoke(args=["seed"])

    assert result.exit_code == 0
    assert [(request.id, request.rev) for request in _requests()] == before


def test_every_open_request_can_be_taken_to_its_end(told):
    """Comes last: it changes the story."""
    still_open = [request.id for request in _requests() if request.status == RequestStatus.OPEN]

    ways = {request_id: robot.finish(request_id, told) for request_id in still_open}

    assert len(ways) > 15
    assert all(ways.values())
    assert {request.status for request in _requests()} == {"draft", "closed", "withdrawn"}
