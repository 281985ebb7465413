"""What runs without people: service calls that fail and are tried again, faults that show, work done once."""

from datetime import timedelta
from functools import partial

import pytest

from app import clock, jobs
from app.db import db, unit_of_work
from app.domain import automation
from app.domain.processes import operations as processes
from app.domain.processes.commands import Stuck
from app.domain.processes.models import InstanceState, JobStatus, ServiceJob
from app.domain.requests import operations
from app.domain.suppliers.models import Match
from app.errors import Conflict, Forbidden
from tests.domain.processes.tiny import EXPERT, begin, drawn, user
from tests.domain.requests.story import (
    NOW,
    answers_to,
    do,
    history,
    instance_of,
    make_place,
    task_at,
    waiting,
)
from tests.engine import build
from tests.support.together import at_once

#: Lots that no overview can read, as a careless import could have left them.
BROKEN = {"lots": ["първа"]}
ASKS_MARKET = drawn(
    user("note", zeleno__candidateRole=EXPERT),
    build.service("overview", name="market_overview"),
    user("look", zeleno__candidateRole=EXPERT),
)


@pytest.fixture
def place(any_db_app):
    return make_place()


def job():
    return db.session.scalars(db.select(ServiceJob)).one()


def matches():
    return db.session.scalar(db.select(db.func.count()).select_from(Match))


def finish_note(request, place):
    """The expert's step, without what it sets off."""
    task = task_at(request, "note")
    with unit_of_work():
        operations.complete_task(task, answers_to(task), by=place.lead, now=NOW)


class TestAServiceThatWorks:
    def test_its_result_moves_the_process_on(self, place):
        request = begin(place, ASKS_MARKET)
        finish_note(request, place)
        assert (waiting(request), job().status) == ([], JobStatus.DUE)

        assert jobs.run_due(NOW) == 1

        assert (waiting(request), job().status, job().attempts, job().done_at) == (["look"], JobStatus.DONE, 1, NOW)
        assert matches() == 1

    def test_running_again_does_nothing(self, place):
        request = begin(place, ASKS_MARKET)
        finish_note(request, place)
        jobs.run_due(NOW)
        before = history(request)

        assert [jobs.run_due(NOW) for _ in range(3)] == [0, 0, 0]
        with unit_of_work():
            automation.run_service(job().id, now=NOW)

        assert (history(request), matches()) == (before, 1)

    def test_workers_at_once_make_one_result(self, any_db_app, place):
        request = begin(place, ASKS_MARKET)
        finish_note(request, place)

        done = at_once(any_db_app, [partial(jobs.run_due, NOW)] * 4)

        assert waiting(request) == ["look"]
        assert (matches(), job().status, job().attempts) == (1, JobStatus.DONE, 1)
        assert history(request, "service_delivered") == [("service_delivered", "overview")]
        assert sum(done) >= 1


class TestAServiceThatFails:
    @pytest.fixture
    def request_(self, place):
        request = begin(place, ASKS_MARKET, answers=BROKEN)
        finish_note(request, place)
        return request

    def test_what_the_expert_did_stays_done(self, place, request_):
        jobs.run_due(NOW)

        assert history(request_, "task_completed") == [("task_completed", "note")]
        assert (instance_of(request_).status, waiting(request_), matches()) == ("running", [], 0)
        assert (job().status, job().attempts, job().last_error) == (
            JobStatus.DUE, 1, "AttributeError: 'str' object has no attribute 'get'",
        )  # fmt: skip

    def test_it_is_tried_again_later_and_later_then_shown(self, place, request_):
        waits, moment = [], NOW
        for _try in range(4):
            jobs.run_due(moment)
            waits.append(job().run_at - moment)
            assert jobs.run_due(moment) == 0
            moment = job().run_at

        assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)]
        assert (job().status, job().attempts) == (JobStatus.FAILED, 4)
        assert instance_of(request_).status == "incident"
        assert instance_of(request_).incident["element_id"] == "overview"
        assert set(instance_of(request_).incident["words"]) == {"bg", "en"}
        assert history(request_)[-1] == ("incident", "overview")
        assert jobs.run_due(moment + timedelta(days=9)) == 0

    def test_once_mended_it_goes_on(self, place, request_):
        self.give_up()
        request_.answers = {}
        db.session.commit()
        with unit_of_work():
            operations.retry(request_, by=place.coordinator, now=NOW)

        assert jobs.run_due(NOW) == 1

        assert (instance_of(request_).status, instance_of(request_).incident) == ("running", None)
        assert (waiting(request_), job().status, job().attempts) == (["look"], JobStatus.DONE, 1)
        assert history(request_, "incident", "retried", "service_delivered") == [
            ("incident", "overview"), ("retried", None), ("service_delivered", "overview"),
        ]  # fmt: skip

    def test_a_retry_that_fails_is_shown_again(self, place, request_):
        self.give_up()
        with unit_of_work():
            operations.retry(request_, by=place.coordinator, now=NOW)
        self.give_up()

        assert (instance_of(request_).status, job().status) == ("incident", JobStatus.FAILED)

    def test_only_the_coordinator_retries_and_only_what_stands_still(self, place, request_):
        with pytest.raises(Conflict), unit_of_work():
            operations.retry(request_, by=place.coordinator, now=NOW)
        self.give_up()

        for other in (place.clerk, place.lead):
            with pytest.raises(Forbidden), unit_of_work():
                operations.retry(request_, by=other, now=NOW)

    def test_a_failure_told_late_does_not_undo_a_success(self, place):
        request = begin(place, ASKS_MARKET)
        finish_note(request, place)
        jobs.run_due(NOW)
        done = db.session.scalars(db.select(ServiceJob).where(ServiceJob.status == JobStatus.DONE)).one()

        with unit_of_work():
            processes.fail_service(done.id, "късно", now=NOW)

        assert (done.status, done.attempts, instance_of(request).status) == (JobStatus.DONE, 1, "running")

    def give_up(self):
        for _try in range(4):
            jobs.run_due(job().run_at)


#: After the note the way depends on a comparison that has no answer where the amount is no number.
MAY_STICK = build.drawing(
    build.start(),
    user("note", zeleno__candidateRole=EXPERT),
    build.wait("pause", "PT1H"),
    build.xor("choice", default="choice_small"),
    user("big", zeleno__candidateRole=EXPERT),
    user("small", zeleno__candidateRole=EXPERT),
    build.end("over"),
    build.flows("start", "note", "pause", "choice"),
    build.flow("choice", "big", "note.amount"),
    build.flow("choice", "small", id="choice_small"),
    build.flows("big", "over"),
    build.flows("small", "over"),
)
STICKS_AT_ONCE = build.drawing(
    build.start(),
    user("note", zeleno__candidateRole=EXPERT),
    build.xor("choice", default="choice_small"),
    user("big", zeleno__candidateRole=EXPERT),
    user("small", zeleno__candidateRole=EXPERT),
    build.end("over"),
    build.flows("start", "note", "choice"),
    build.flow("choice", "big", "note.amount"),
    build.flow("choice", "small", id="choice_small"),
    build.flows("big", "over"),
    build.flows("small", "over"),
)


class TestAProcessThatCannotGoOn:
    def state(self, request):
        return db.session.get_one(InstanceState, request.instance_id).state

    def test_a_person_keeps_the_task_and_the_state_is_untouched(self, place):
        request = begin(place, STICKS_AT_ONCE)
        task, before = task_at(request, "note"), self.state(request)

        with pytest.raises(Stuck) as stuck, unit_of_work():
            operations.complete_task(task, {"text": "x", "amount": "3"}, by=place.lead, now=NOW)

        assert (stuck.value.instance_id, stuck.value.element_id) == (instance_of(request).id, "choice_big")
        assert (task.status, task.answers, self.state(request) == before) == ("open", None, True)
        assert history(request)[-1] == ("task_opened", "note")

    def test_it_shows_until_somebody_lets_it_go_on(self, place):
        request = begin(place, STICKS_AT_ONCE)
        task = task_at(request, "note")
        words = {"bg": "грешка", "en": "fault"}
        with unit_of_work():
            processes.record_incident(request.instance_id, "choice", words, now=NOW)

        with pytest.raises(Conflict) as refusal, unit_of_work():
            operations.complete_task(task, {"text": "x"}, by=place.lead, now=NOW)
        assert str(refusal.value) == "The process stands still because of a fault. Your coordinator can let it go on."
        assert task.is_open

        with unit_of_work():
            operations.retry(request, by=place.coordinator, now=NOW)
        assert (instance_of(request).status, instance_of(request).incident) == ("running", None)

    def test_a_timer_that_sticks_is_noted_once_and_stops_nobody_else(self, place):
        stuck, fine = begin(place, MAY_STICK), begin(place, drawn(build.wait("pause", "PT1H")))
        do(stuck, "note", place.lead, amount="3")
        before, later = self.state(stuck), NOW + timedelta(hours=2)

        jobs.run_due(later)

        assert (instance_of(stuck).status, instance_of(stuck).incident["element_id"]) == ("incident", "choice_big")
        assert instance_of(stuck).incident["at"] == later.isoformat()
        assert self.state(stuck) == before
        assert instance_of(fine).status == "finished"
        assert jobs.run_due(later) == 0
        assert history(stuck, "incident") == [("incident", "choice_big")]

    def test_one_that_fails_at_its_very_start_leaves_nothing(self, place):
        error = begin(
            place, drawn(build.script("sum", build.assign("x", "1")), build.wait("pause", "amount")), stuck=True
        )

        with unit_of_work():
            processes.record_incident(error.instance_id, error.element_id, error.words, now=NOW)

        assert db.session.scalar(db.select(db.func.count()).select_from(InstanceState)) == 0


def test_timers_of_many_fire_once_for_several_workers(any_db_app, place):
    requests = [begin(place, drawn(build.wait("pause", "PT1H"), user("look", zeleno__candidateRole=EXPERT)))
                for _ in range(4)]  # fmt: skip

    at_once(any_db_app, [partial(jobs.run_due, NOW + timedelta(hours=1))] * 4)

    assert [waiting(request) for request in requests] == [["look"]] * 4
    assert [history(request, "timer_fired") for request in requests] == [[("timer_fired", "pause")]] * 4


def test_the_scheduler_does_what_is_due_and_stops(any_db_app, place):
    request = begin(place, ASKS_MARKET)
    finish_note(request, place)
    any_db_app.config["SCHEDULER_SECONDS"] = 0.02
    job().run_at = clock.now()
    db.session.commit()

    stop = jobs.start_scheduler(any_db_app)
    try:
        for _attempt in range(200):
            db.session.rollback()
            if job().status == JobStatus.DONE:
                break
            stop.wait(0.05)
    finally:
        stop.set()

    assert waiting(request) == ["look"]
