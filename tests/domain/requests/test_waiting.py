"""Asking for what is missing, silence, and timers."""

from datetime import date
from decimal import Decimal

import pytest

from app import engine
from app.db import db, unit_of_work
from app.domain.processes.models import InstanceState
from app.domain.reference.operations import load_shipped_reference
from app.domain.requests.models import Phase
from tests.domain.requests.story import (
    DAY,
    HOUR,
    NOW,
    TO_COUNCIL,
    bring_to,
    do,
    filed,
    history,
    instance_of,
    make_place,
    open_case,
    pass_time,
    task_at,
    waiting,
)


@pytest.fixture
def place(any_db_app):
    return make_place()


def state(request):
    return (request.status, request.phase, waiting(request), instance_of(request).status)


def asked(place):
    request = filed(place.clerk)
    do(request, "triage", place.coordinator, decision="ask", missing=["value", "quantity"])
    return request


class TestAsking:
    def test_the_buyer_answers_and_the_coordinator_looks_again(self, place):
        request = asked(place)
        assert state(request) == ("open", Phase.ASK, ["missing"], "running")

        do(request, "missing", place.clerk, at=NOW + 3 * DAY)

        assert state(request) == ("open", Phase.FIRST_LOOK, ["triage"], "running")
        assert task_at(request, "triage").due_on == date(2026, 11, 27)
        assert instance_of(request).next_due_at is None

    def test_what_is_told_becomes_part_of_the_request_and_is_not_asked_again(self, place):
        with unit_of_work():
            load_shipped_reference()
        request = filed(place.clerk)
        gaps = ["value", "cpv", "quantity", "funding"]
        do(request, "triage", place.coordinator, decision="ask", missing=gaps)

        told = [{"answer": "1 240,50"}, {"answer": "34928500-3"}, {"cannot_give": True, "why": "?"}, {"answer": "да"}]
        do(request, "missing", place.clerk, items=told)

        assert (request.value_eur, request.cpv, request.product_group) == (
            Decimal("1240.50"),
            "34928500",
            "road-lighting",
        )
        assert (request.answers.get("quantity"), request.answers["funding"]) == (None, "own")
        variables = engine.variables(db.session.get_one(InstanceState, request.instance_id).state)
        assert variables["intake"]["missing"] == ["quantity"]

    def test_silence_closes_after_28_days_and_not_before(self, place):
        request = asked(place)

        assert pass_time(NOW + 28 * DAY - HOUR) == 0
        assert waiting(request) == ["missing"]
        assert pass_time(NOW + 28 * DAY) == 1
        assert state(request) == ("closed", Phase.NO_REPLY, [], "finished")
        assert request.closed_at == NOW + 28 * DAY
        assert history(request, "timer_fired", "task_cancelled", "ended", "finished") == [
            ("timer_fired", "missing_timer"), ("ended", "no_reply"), ("task_cancelled", "missing"),
            ("finished", "assistance_request"),
        ]  # fmt: skip

    def test_the_promise_is_reckoned_from_the_answer(self, place):
        request = asked(place)
        do(request, "missing", place.clerk, at=NOW + 7 * DAY)

        open_case(request, place, at=NOW + 8 * DAY, size="L")

        assert request.promised_on == date(2026, 12, 14)
        assert [line["on"] for line in request.reckoning][-1] == date(2026, 12, 14)

    def test_a_late_first_look_promises_no_day_that_is_over(self, place):
        request = filed(place.clerk)

        open_case(request, place, at=NOW + 4 * DAY, size="S")

        assert request.promised_on == date(2026, 12, 1)


class TestReply:
    def test_silence_closes_what_was_delivered(self, place):
        request = bring_to("reply", place)

        pass_time(NOW + 28 * DAY)

        assert state(request) == ("closed", Phase.NO_REPLY, [], "finished")

    def test_after_a_reply_the_outcome_is_asked_60_days_after_publication(self, place):
        request = bring_to("done", place)
        assert state(request) == ("closed", Phase.CLOSED, [], "running")

        pass_time(instance_of(request).next_due_at)
        assert (instance_of(request).next_due_at - NOW).days > 200
        assert state(request) == ("closed", Phase.CLOSED, ["outcome"], "running")

        do(request, "outcome", place.clerk, at=NOW + 300 * DAY)
        assert state(request) == ("closed", Phase.CLOSED, [], "finished")

    def test_an_outcome_nobody_tells_ends_it_too(self, place):
        request = bring_to("done", place)
        pass_time(instance_of(request).next_due_at)

        pass_time(instance_of(request).next_due_at)

        assert state(request) == ("closed", Phase.CLOSED, [], "finished")

    def test_changes_go_back_to_the_author_and_the_third_time_the_coordinator_calls(self, place):
        request = bring_to("reply", place)
        seen = []
        for _round in range(3):
            do(request, "reply", place.clerk, decision="change", text="По-кратко.")
            seen.append((request.phase, waiting(request)))
            if waiting(request) == ["phone_call"]:
                do(request, "phone_call", place.coordinator, decision="continue")
            do(request, "advice", place.lead)

        assert seen == [
            (Phase.CHANGES, ["advice"]), (Phase.CHANGES, ["advice"]), (Phase.CHANGES, ["phone_call"]),
        ]  # fmt: skip
        assert waiting(request) == ["reply"]


class TestCouncil:
    @pytest.fixture
    def place(self, any_db_app):
        return make_place(members=3)

    @pytest.fixture
    def request_(self, place):
        request = filed(place.clerk)
        open_case(request, place)
        do(request, "assessment", place.lead, **TO_COUNCIL)
        return request

    def test_a_silent_council_gets_three_more_days_then_its_chair_one(self, place, request_):
        assert state(request_) == ("open", Phase.COUNCIL, [], "running")
        pass_time(NOW + 8 * DAY)
        assert waiting(request_) == []
        pass_time(NOW + 11 * DAY)
        assert state(request_) == ("open", Phase.COUNCIL, ["chair_decision"], "running")

        pass_time(NOW + 12 * DAY + HOUR)

        assert state(request_) == ("open", Phase.COUNCIL_SILENT, ["advice"], "running")

    def test_after_a_long_stop_the_members_still_get_their_extension(self, place, request_):
        pass_time(NOW + 30 * DAY)
        assert waiting(request_) == []

        pass_time(NOW + 32 * DAY)
        assert waiting(request_) == []

        pass_time(NOW + 40 * DAY)
        assert waiting(request_) == ["chair_decision"]

    def test_the_chair_decides(self, place, request_):
        pass_time(NOW + 8 * DAY)
        pass_time(NOW + 11 * DAY)
        chair = task_at(request_, "chair_decision")

        assert (chair.organisation_id, chair.role, chair.search_text) == (place.council.id, "chair", "")
        do(request_, "chair_decision", place.members[0], at=NOW + 11 * DAY + HOUR)
        assert state(request_) == ("open", Phase.WRITING, ["advice"], "running")

    def test_without_a_council_the_case_goes_on(self, any_db_app):
        place = make_place()
        request = filed(place.clerk)
        open_case(request, place)

        do(request, "assessment", place.lead, **TO_COUNCIL)

        assert waiting(request) == ["advice"]


class TestEnds:
    @pytest.mark.parametrize(
        ("answers", "phase"),
        [
            ({"decision": "answer_now", "answer": "Да."}, Phase.ANSWERED),
            ({"decision": "redirect", "reason": "dispute", "reason_text": "Към КЗК."}, Phase.DECLINED),
            ({"decision": "decline", "reason": "too_late", "reason_text": "Късно е."}, Phase.DECLINED),
        ],
    )
    def test_of_the_first_look(self, place, answers, phase):
        request = filed(place.clerk)

        do(request, "triage", place.coordinator, **answers)

        assert state(request) == ("closed", phase, [], "finished")
        assert request.closed_at == NOW
