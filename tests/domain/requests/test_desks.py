"""On whose desk a task lands: never on nobody's."""

from datetime import date

import pytest

from app.db import db, unit_of_work
from app.domain.accounts.models import Role
from app.domain.accounts.operations import deactivate_user, end_membership
from app.domain.processes import operations as processes
from app.domain.processes.models import InstanceStatus, TaskStatus
from app.domain.requests import operations
from app.errors import Forbidden
from tests.domain.accounts.people import make_actor
from tests.domain.processes.tiny import EXPERT, begin, drawn, user
from tests.domain.requests.story import (
    CRITERION,
    DAY,
    NOW,
    answers_to,
    bring_to,
    do,
    filed,
    instance_of,
    make_place,
    open_case,
    task_at,
    waiting,
)


@pytest.fixture
def place(any_db_app):
    return make_place()


def desk(task):
    return (task.organisation_id, task.role, task.owner_id)


def to_second_check(place):
    """A case with a criterion, so that somebody else must look at the recommendations."""
    request = filed(place.clerk)
    open_case(request, place)
    do(request, "assessment", place.lead, criteria=[CRITERION])
    do(request, "overview_check", place.lead)
    do(request, "advice", place.lead)
    return task_at(request, "second_check")


class TestOfACase:
    def test_the_first_look_waits_for_any_coordinator(self, place):
        request = filed(place.clerk)

        assert desk(task_at(request, "triage")) == (place.unit.id, "coordinator", None)

    def test_the_steps_of_the_lead_are_theirs(self, place):
        request = bring_to("assessment", place)
        analysis = desk(task_at(request, "assessment"))
        do(request, "assessment", place.lead)

        assert analysis == (place.unit.id, "expert", place.lead.user_id)
        assert desk(task_at(request, "advice")) == (place.unit.id, "expert", place.lead.user_id)
        assert request.lead_id == place.lead.user_id

    def test_the_reply_waits_for_the_buyer(self, place):
        assert desk(task_at(bring_to("reply", place), "reply")) == (place.buyer.id, "clerk", None)

    def test_steps_of_a_leaver_wait_for_the_others(self, place):
        request = bring_to("assessment", place)
        do(request, "assessment", place.lead)
        do(request, "advice", place.lead)
        with unit_of_work():
            deactivate_user(place.lead.user, now=NOW)

        do(request, "reply", place.clerk, decision="change", text="По-кратко, моля.")

        assert desk(task_at(request, "advice")) == (place.unit.id, "expert", None)

    def test_a_coordinator_may_lead(self, place):
        request = filed(place.clerk)
        do(request, "triage", place.coordinator, lead=str(place.coordinator.user_id))

        assert desk(task_at(request, "assessment")) == (place.unit.id, "expert", place.coordinator.user_id)
        do(request, "assessment", place.coordinator)
        assert waiting(request) == ["advice"]


class TestSecondCheck:
    def test_it_is_never_for_the_author(self, place):
        check = to_second_check(place)

        assert (desk(check), check.excluded) == ((place.unit.id, "expert", None), [place.lead.user_id])
        for attempt in (
            lambda: processes.claim(check, by=place.lead, now=NOW),
            lambda: processes.hand_over(check, to=place.lead, reason="", by=place.coordinator, now=NOW),
            lambda: operations.complete_task(check, answers_to(check), by=place.lead, now=NOW),
        ):
            with pytest.raises(Forbidden), unit_of_work():
                attempt()

    def test_whoever_wrote_the_last_round_is_kept_out(self, place):
        check = to_second_check(place)
        request = check.request
        do(request, "second_check", place.experts[1], decision="return", note="Не се чете.", checks=[])
        advice = task_at(request, "advice")
        with unit_of_work():
            processes.hand_over(advice, to=place.coordinator, reason="Отпуск", by=place.coordinator, now=NOW)

        do(request, "advice", place.coordinator)

        assert task_at(request, "second_check").excluded == [place.coordinator.user_id]

    def test_the_coordinator_checks_where_there_is_one_expert(self, any_db_app):
        place = make_place(experts=1)

        assert desk(to_second_check(place)) == (place.unit.id, "coordinator", None)

    def test_a_partner_unit_checks_for_a_unit_of_one(self, any_db_app):
        partner, place = make_place(buyer="Община Тополово"), alone()

        check = to_second_check(place)

        assert desk(check) == (partner.unit.id, "expert", None)
        do(check.request, "second_check", partner.lead)
        assert waiting(check.request) == ["reply"]

    def test_without_anybody_else_no_check_is_asked_for(self, any_db_app):
        place = alone()
        request = filed(place.clerk)
        open_case(request, place)
        do(request, "assessment", place.lead, criteria=[CRITERION])
        do(request, "overview_check", place.lead)

        do(request, "advice", place.lead)

        assert waiting(request) == ["reply"]


def alone():
    """A unit in which one person is coordinator and expert."""
    place = make_place(experts=0)
    place.experts.append(make_actor(Role.EXPERT, place.unit, user=place.coordinator.user))
    db.session.commit()
    return place


class TestNobodyThere:
    def test_the_work_of_a_missing_role_falls_to_the_next(self, place):
        request = filed(place.clerk)
        open_case(request, place, legal="yes", legal_reason="Кой режим важи?")
        do(request, "assessment", place.lead)

        assert desk(task_at(request, "legal_check")) == (place.unit.id, "coordinator", None)

    def test_without_any_person_it_waits_for_the_next_coordinator(self, place):
        with unit_of_work():
            for actor in (place.coordinator, *place.experts):
                end_membership(actor.membership)

        request = filed(place.clerk)

        assert desk(task_at(request, "triage")) == (place.unit.id, "coordinator", None)


class TestDueDays:
    def test_they_are_working_days_of_the_country(self, place):
        friday = NOW + 4 * DAY
        before_christmas = NOW + 30 * DAY

        dues = [task_at(filed(place.clerk, at=at), "triage").due_on for at in (NOW, friday, before_christmas)]

        assert dues == [date(2026, 11, 24), date(2026, 11, 30), date(2026, 12, 29)]

    @pytest.mark.parametrize(("size", "due"), [("S", date(2026, 11, 24)), ("L", date(2026, 12, 1))])
    def test_an_analysis_is_due_by_the_size_of_the_case(self, place, size, due):
        request = filed(place.clerk)
        open_case(request, place, size=size)

        assert task_at(request, "assessment").due_on == due

    def test_the_promise_says_how_it_is_reckoned(self, place):
        request = filed(place.clerk)
        open_case(request, place, size="L")

        assert request.promised_on == date(2026, 12, 7)
        assert (request.reckoning[0]["on"], request.reckoning[-1]["on"]) == (date(2026, 11, 23), date(2026, 12, 7))

    def test_the_day_follows_the_size_that_was_chosen(self, place):
        request = filed(place.clerk)
        open_case(request, place, size="L", promised="2026-11-30")

        assert request.promised_on == date(2026, 12, 7)

    def test_a_day_the_coordinator_chose_says_why(self, place):
        request = filed(place.clerk)
        open_case(request, place, size="L", promised="2026-12-11", promised_reason="Колега в отпуск.")

        assert request.promised_on == date(2026, 12, 11)
        assert request.reckoning[-1] == {
            "on": date(2026, 12, 11),
            "words": {
                "bg": "Променена от координатора. Колега в отпуск.",
                "en": "Changed by the coordinator. Колега в отпуск.",
            },
        }


class TestWhatADrawingMaySay:
    """Expressions for person and days are written by people: a wrong one stops the process, never the server."""

    @pytest.mark.parametrize("days", ['"soon"', "100000", "-1", "true", "[1]"])
    def test_days_that_are_none(self, place, days):
        process = drawn(user("note", f"<zeleno:sla daysExpression='{days}'/>", zeleno__candidateRole=EXPERT))

        stuck = begin(place, process, stuck=True)

        assert stuck.element_id == "note"
        assert set(stuck.words) == {"bg", "en"}

    @pytest.mark.parametrize("person", ["null", '"nobody"', "[1, 2]", "-1", "{}"])
    def test_a_person_who_is_none(self, place, person):
        process = drawn(user("note", zeleno__candidateRole=EXPERT, zeleno__assignee=person.replace('"', "&quot;")))

        request = begin(place, process)

        assert desk(task_at(request, "note")) == (place.unit.id, "expert", None)
        assert instance_of(request).status == InstanceStatus.RUNNING

    def test_a_person_who_is_kept_out_does_not_get_it(self, place):
        lead = place.lead.user_id
        process = drawn(
            user("note", zeleno__candidateRole=EXPERT, zeleno__assignee=str(lead)),
            user("check", zeleno__candidateRole=EXPERT, zeleno__assignee=str(lead), zeleno__notBy="note"),
        )
        request = begin(place, process)

        do(request, "note", place.lead)

        check = task_at(request, "check")
        assert (desk(check), check.excluded) == ((place.unit.id, "expert", None), [lead])
        assert check.status == TaskStatus.OPEN
