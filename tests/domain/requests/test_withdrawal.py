"""Withdrawing at every stage: everything open is closed, and nothing can be done afterwards."""

from functools import partial

import pytest

from app import jobs
from app.db import db, unit_of_work
from app.domain.council.models import Ballot
from app.domain.council.operations import cast_vote
from app.domain.processes import operations as processes
from app.domain.processes.models import JobStatus, ServiceJob, Task
from app.domain.processes.rules import can_complete
from app.domain.requests import operations
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Request
from app.errors import Conflict, Forbidden
from tests.domain.requests.story import (
    CRITERION,
    DAY,
    NOW,
    TO_COUNCIL,
    WHOLE,
    answers_to,
    bring_to,
    do,
    draft,
    filed,
    history,
    instance_of,
    make_place,
    pass_time,
    sequences,
    task_at,
    waiting,
)
from tests.support.together import acting, at_once


@pytest.fixture
def place(any_db_app):
    return make_place(members=3)


def withdraw(request, by, reason="Отпадна."):
    with unit_of_work():
        operations.withdraw(request, reason=reason, by=by, now=NOW + DAY)


def asked(place):
    request = filed(place.clerk)
    do(request, "triage", place.coordinator, decision="ask", missing=["value"])
    return request


def analysed(place, **said):
    """Just analysed; what runs without people has not run yet."""
    request = bring_to("assessment", place)
    task = task_at(request, "assessment")
    with unit_of_work():
        operations.complete_task(task, answers_to(task, **said), by=place.lead, now=NOW)
    return request


def checked(place):
    request = analysed(place, criteria=[CRITERION])
    pass_time(NOW)
    do(request, "overview_check", place.lead)
    do(request, "advice", place.lead)
    return request


def left_to_the_chair(place):
    request = analysed(place, **TO_COUNCIL)
    pass_time(NOW + 8 * DAY)
    pass_time(NOW + 11 * DAY)
    return request


def failed(place):
    request = analysed(place, criteria=[CRITERION])
    job = db.session.scalars(db.select(ServiceJob)).one()
    for _try in range(4):
        with unit_of_work():
            processes.fail_service(job.id, "няма връзка", now=NOW)
    return request


STAGES = {
    "first look": (lambda place: filed(place.clerk), ["triage"]),
    "asked": (asked, ["missing"]),
    "analysis": (lambda place: bring_to("assessment", place), ["assessment"]),
    "overview ordered": (lambda place: analysed(place, criteria=[CRITERION]), []),
    "overview failed": (failed, []),
    "council": (lambda place: analysed(place, **TO_COUNCIL), []),
    "chair": (left_to_the_chair, ["chair_decision"]),
    "writing": (lambda place: bring_to("advice", place), ["advice"]),
    "second check": (checked, ["second_check"]),
    "reply": (lambda place: bring_to("reply", place), ["reply"]),
}


@pytest.mark.parametrize("stage", STAGES)
def test_everything_open_is_closed(place, stage):
    reach, stands_at = STAGES[stage]
    request = reach(place)
    assert waiting(request) == stands_at

    withdraw(request, place.clerk)

    instance = instance_of(request)
    assert (request.status, request.phase, request.closed_at) == ("withdrawn", "withdrawn", NOW + DAY)
    assert (instance.status, instance.standing, instance.next_due_at, instance.incident) == (
        "cancelled",
        [],
        None,
        None,
    )
    assert waiting(request) == []
    assert {job.status for job in db.session.scalars(db.select(ServiceJob))} <= {JobStatus.DONE, JobStatus.CANCELLED}
    assert {ballot.state for ballot in db.session.scalars(db.select(Ballot))} <= {"closed", "cancelled"}
    assert history(request)[-1] == ("withdrawn", None)
    assert sequences(request) == list(range(1, len(sequences(request)) + 1))
    assert jobs.run_due(NOW + 400 * DAY) == 0


@pytest.mark.parametrize("stage", ["first look", "asked", "analysis", "writing", "second check", "reply", "chair"])
def test_no_task_can_be_done_afterwards(place, stage):
    request = STAGES[stage][0](place)
    [element_id] = waiting(request)
    task = task_at(request, element_id)
    raw = answers_to(task)
    who = next(
        actor
        for actor in (place.coordinator, place.clerk, *reversed(place.experts), *place.members)
        if actor.organisation_id == task.organisation_id
        and actor.user_id not in task.excluded
        and (actor.user_id == task.owner_id or (task.owner_id is None and can_complete(actor, task)))
    )

    withdraw(request, place.clerk)

    for act in (
        lambda: operations.complete_task(task, raw, by=who, now=NOW),
        lambda: processes.claim(task, by=who, now=NOW),
        lambda: processes.save_draft(task, raw, host=FLOW, by=who, now=NOW),
    ):
        with pytest.raises(Conflict) as refusal, unit_of_work():
            act()
        assert str(refusal.value) == "This task is no longer needed: the request went on without it."


def test_no_vote_is_taken_and_no_result_delivered_afterwards(place):
    request = analysed(place, **TO_COUNCIL)
    ballot = db.session.scalars(db.select(Ballot)).one()

    withdraw(request, place.clerk)

    with pytest.raises(Conflict), unit_of_work():
        cast_vote(ballot, by=place.members[1], answers={"conflict": "none", "position": "support"}, now=NOW)
    with pytest.raises(Conflict), unit_of_work():
        result = {"outcome": "supported"}
        processes.deliver_result(ballot.instance_id, ballot.engine_task_id, result, host=FLOW, by=None, now=NOW)


class TestWhoAndWhen:
    def test_the_filer_alone(self, place):
        request, other = filed(place.clerk), make_place(buyer="Община Каменица")

        for stranger in (place.coordinator, place.lead, other.clerk):
            with pytest.raises(Forbidden):
                withdraw(request, stranger)
        assert request.status == "open"

    def test_once(self, place):
        request = filed(place.clerk)
        withdraw(request, place.clerk)

        with pytest.raises(Conflict):
            withdraw(request, place.clerk)

    def test_not_a_draft_and_not_what_is_closed(self, place):
        closed = bring_to("done", place)

        for request in (draft(place.clerk, **WHOLE), closed):
            with pytest.raises(Conflict):
                withdraw(request, place.clerk)
        assert instance_of(closed).status == "running"


def test_withdrawing_while_somebody_finishes_ends_withdrawn(any_db_app, place):
    """Whoever comes second finds the truth: either the task is gone, or the request is withdrawn a step later."""
    for _round in range(5):
        request = bring_to("advice", place)
        task = task_at(request, "advice")
        withdrawing = partial(_withdraw, request.id, place.clerk.membership_id)
        finishing = partial(_complete, task.id, answers_to(task), place.lead.membership_id)

        outcomes = at_once(any_db_app, [withdrawing, finishing])

        assert outcomes[0] == "withdrawn"
        assert outcomes[1] in ("done", "Conflict")
        assert (request.status, waiting(request)) == ("withdrawn", [])


def test_withdrawing_while_the_overview_is_made_ends_withdrawn(any_db_app, place):
    for _round in range(5):
        request = analysed(place, criteria=[CRITERION])
        withdrawing = partial(_withdraw, request.id, place.clerk.membership_id)

        outcomes = at_once(any_db_app, [withdrawing, partial(jobs.run_due, NOW)])

        assert outcomes[0] == "withdrawn"
        assert (request.status, waiting(request)) == ("withdrawn", [])
        assert {job.status for job in db.session.scalars(db.select(ServiceJob))} <= {"done", "cancelled"}


def _withdraw(request_id, membership_id):
    with unit_of_work():
        request = db.session.get_one(Request, request_id)
        operations.withdraw(request, reason="", by=acting(membership_id), now=NOW)
    return "withdrawn"


def _complete(task_id, raw, membership_id):
    with unit_of_work():
        operations.complete_task(db.session.get_one(Task, task_id), raw, by=acting(membership_id), now=NOW)
    return "done"
