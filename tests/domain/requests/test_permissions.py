"""Buyers never see each other's requests, units never each other's, except what one lends the other."""

import pytest

from app.db import db, unit_of_work
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.processes.queries import get_visible_task, inbox, inbox_counts
from app.domain.requests import operations
from app.domain.requests.queries import get_draft, get_visible_request, request_counts, requests_for
from app.domain.requests.rules import can_retry, can_see, can_withdraw
from app.errors import Forbidden, NotFound
from tests.domain.accounts.people import make_actor, make_organisation
from tests.domain.requests.story import CRITERION, NOW, WHOLE, do, draft, filed, make_place, open_case, task_at


@pytest.fixture
def place(any_db_app):
    return make_place()


@pytest.fixture
def strangers(place):
    """People who have nothing to do with the requests of the place."""
    other = make_place(buyer="Община Каменица")
    with unit_of_work():
        neighbour = make_organisation(OrganisationKind.BUYER, place.unit, "Община Тополово")
        supplier = make_organisation(OrganisationKind.SUPPLIER, place.unit, "Фирма")
        council = make_organisation(OrganisationKind.COUNCIL, place.unit, "Съвет")
        made = [
            make_actor(Role.CLERK, neighbour),
            make_actor(Role.CONTACT, supplier),
            make_actor(Role.CHAIR, council),
            make_actor(Role.EDITOR, place.unit),
        ]
    return [other.clerk, other.coordinator, other.lead, *made]


def test_strangers_see_nothing_of_a_request(place, strangers):
    request, kept = filed(place.clerk), draft(place.clerk, **WHOLE)
    task = task_at(request, "triage")

    for stranger in strangers:
        for look in (
            lambda who: get_visible_request(request.id, who),
            lambda who: get_visible_request(kept.id, who),
            lambda who: get_draft(kept.id, who),
            lambda who: get_visible_task(task.id, who),
        ):
            with pytest.raises(NotFound):
                look(stranger)
        assert requests_for(stranger, status="all").requests == []
        assert request_counts(stranger) == {}
        assert [can_see(stranger, request), can_withdraw(stranger, request), can_retry(stranger, request)] == [
            False
        ] * 3
        assert [inbox(stranger, box).tasks for box in ("mine", "group", "done")] == [[], [], []]


def test_strangers_change_nothing(place, strangers):
    request, kept = filed(place.clerk), draft(place.clerk, **WHOLE)

    for stranger in strangers:
        for act in (
            lambda who: operations.save_draft(kept, {"title": "Чуждо"}, by=who, now=NOW),
            lambda who: operations.file_request(kept, by=who, now=NOW),
            lambda who: operations.discard_draft(kept, by=who),
            lambda who: operations.withdraw(request, reason="", by=who, now=NOW),
            lambda who: operations.retry(request, by=who, now=NOW),
        ):
            with pytest.raises(Forbidden), unit_of_work():
                act(stranger)
    assert (kept.title, request.status) == ("Копирна хартия", "open")


def test_the_people_of_a_request_see_it(place):
    with unit_of_work():
        signatory = make_actor(Role.SIGNATORY, place.buyer)
        lawyer = make_actor(Role.LAWYER, place.unit)
    request, kept = filed(place.clerk), draft(place.clerk)

    for actor in (place.clerk, signatory, place.coordinator, place.lead, lawyer):
        assert get_visible_request(request.id, actor) is request
    assert [one.id for one in requests_for(signatory, status="all").requests] == [kept.id, request.id]
    assert requests_for(place.coordinator, status="all").requests == [request]
    assert request_counts(signatory) == {"draft": 1, "open": 1}
    assert request_counts(place.lead) == {"open": 1}
    with pytest.raises(NotFound):
        get_visible_request(kept.id, place.coordinator)


class TestAPartnerUnitThatLendsAHand:
    @pytest.fixture
    def partner(self, any_db_app):
        return make_place(buyer="Община Каменица")

    @pytest.fixture
    def lent(self, partner):
        """A unit of one; its second check lies with the partner."""
        place = make_place(experts=0)
        with unit_of_work():
            place.experts.append(make_actor(Role.EXPERT, place.unit, user=place.coordinator.user))
        request = filed(place.clerk)
        open_case(request, place)
        do(request, "assessment", place.lead, criteria=[CRITERION])
        do(request, "overview_check", place.lead)
        do(request, "advice", place.lead)
        return request

    def test_sees_the_request_while_the_task_waits(self, partner, lent):
        task = task_at(lent, "second_check")
        assert get_visible_request(lent.id, partner.lead) is lent
        assert get_visible_task(task.id, partner.lead) is task
        assert inbox(partner.lead, "group").tasks == [task]
        with pytest.raises(NotFound):
            get_visible_request(lent.id, partner.clerk)

        do(lent, "second_check", partner.lead)

        with pytest.raises(NotFound):
            get_visible_request(lent.id, partner.lead)
        assert requests_for(partner.lead, status="all").requests == []

    def test_only_those_at_its_desk(self, partner, lent):
        with unit_of_work():
            editor = make_actor(Role.EDITOR, partner.unit)

        with pytest.raises(NotFound):
            get_visible_request(lent.id, editor)

    def test_the_own_unit_does_not_do_it(self, lent):
        author = db.session.get_one(type(lent), lent.id).lead

        assert author.id in task_at(lent, "second_check").excluded


def test_the_group_and_its_count_leave_out_who_is_kept_out(place):
    request = filed(place.clerk)
    open_case(request, place)
    do(request, "assessment", place.lead, criteria=[CRITERION])
    do(request, "overview_check", place.lead)
    do(request, "advice", place.lead)

    assert [inbox_counts(expert)["group"] for expert in place.experts] == [0, 1]
