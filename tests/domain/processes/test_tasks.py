"""Taking, giving and finishing a task: who may, and what the others are told."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import formdef
from app.db import db, unit_of_work
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.definitions.models import DefinitionVersion
from app.domain.processes import operations as processes
from app.domain.processes.forms import form_of
from app.domain.processes.models import HistoryEntry, Task, TaskStatus
from app.domain.processes.queries import get_visible_task, inbox
from app.domain.processes.rules import can_claim, can_complete, can_hand_over, can_receive, can_release, can_see_task
from app.domain.requests import operations
from app.domain.requests.flow import FLOW
from app.errors import Conflict, Forbidden, Invalid, NotFound
from tests.domain.accounts.people import make_actor, make_organisation
from tests.domain.processes.tiny import EXPERT, begin, drawn, user
from tests.domain.requests.story import HOUR, NOW, filed, history, make_place, sequences, task_at
from tests.support.together import acting, at_once


@pytest.fixture
def place(any_db_app):
    return make_place()


@pytest.fixture
def request_(place):
    return begin(place, drawn(user("note", zeleno__candidateRole=EXPERT)))


@pytest.fixture
def task(request_):
    return task_at(request_, "note")


def made(role, organisation):
    with unit_of_work():
        return make_actor(role, organisation)


def claim(task, by):
    with unit_of_work():
        processes.claim(task, by=by, now=NOW)


def release(task, by):
    with unit_of_work():
        processes.release(task, by=by, now=NOW)


def hand_over(task, to, by, reason="Отпуск"):
    with unit_of_work():
        processes.hand_over(task, to=to, reason=reason, by=by, now=NOW)


def complete(task, by, at=NOW, **answers):
    with unit_of_work():
        operations.complete_task(task, {"text": "Готово.", **answers}, by=by, now=at)


class TestRules:
    """Who may do what, as tables: the people of the unit, of the buyer and of another unit."""

    RULES = (can_see_task, can_claim, can_complete, can_release, can_hand_over)

    @pytest.fixture
    def people(self, place):
        other = make_place(buyer="Община Каменица")
        return {
            "owner": place.experts[0],
            "colleague": place.experts[1],
            "coordinator": place.coordinator,
            "liaison": made(Role.LIAISON, place.unit),
            "buyer": place.clerk,
            "foreign expert": other.lead,
            "foreign coordinator": other.coordinator,
        }

    def table(self, people, task):
        return {name: "".join("-+"[rule(actor, task)] for rule in self.RULES) for name, actor in people.items()}

    def test_a_free_task(self, people, task):
        assert self.table(people, task) == {
            "owner": "+++--",
            "colleague": "+++--",
            "coordinator": "+---+",
            "liaison": "-----",
            "buyer": "-----",
            "foreign expert": "-----",
            "foreign coordinator": "-----",
        }

    def test_a_taken_task(self, people, task):
        claim(task, people["owner"])

        assert self.table(people, task) == {
            "owner": "+-+++",
            "colleague": "+----",
            "coordinator": "+--++",
            "liaison": "-----",
            "buyer": "-----",
            "foreign expert": "-----",
            "foreign coordinator": "-----",
        }

    def test_a_task_given_by_name_to_another_role(self, people, task):
        hand_over(task, people["liaison"], people["coordinator"])

        assert self.table(people, task)["liaison"] == "+-+++"
        assert self.table(people, task)["owner"] == "+----"

    def test_a_finished_task(self, people, task):
        complete(task, people["owner"])

        assert self.table(people, task) == {
            "owner": "+-+--",
            "colleague": "+----",
            "coordinator": "+----",
            "liaison": "-----",
            "buyer": "-----",
            "foreign expert": "-----",
            "foreign coordinator": "-----",
        }

    def test_receivers(self, people, task):
        task.excluded = [people["colleague"].user_id]

        assert {name for name, actor in people.items() if can_receive(actor, task)} == {
            "owner", "coordinator", "liaison",
        }  # fmt: skip

    def test_a_lent_task_is_seen_and_taken_back_by_the_coordinator_who_lent_it(self, people, task):
        foreign = people["foreign expert"]
        with unit_of_work():
            task.organisation_id, task.owner_id = foreign.organisation_id, foreign.user_id

        assert self.table(people, task)["coordinator"] == "+--++"
        hand_over(task, people["colleague"], people["coordinator"])

        assert (task.organisation_id, task.owner_id) == (
            people["colleague"].organisation_id,
            people["colleague"].user_id,
        )


class TestTakingAndGiving:
    def test_a_task_is_taken_once(self, place, task):
        claim(task, place.experts[0])
        claim(task, place.experts[0])

        with pytest.raises(Conflict) as refusal:
            claim(task, place.experts[1])

        assert str(refusal.value) == "Експерт 1 has already taken this task."
        assert task.owner_id == place.experts[0].user_id

    def test_of_those_who_reach_for_it_at_once_one_gets_it(self, any_db_app, place, task):
        number, people = task.id, [expert.membership_id for expert in place.experts] * 2

        outcomes = at_once(any_db_app, [lambda who=who: _claim(number, who) for who in people])

        winner = task.owner_id
        assert winner in {expert.user_id for expert in place.experts}
        assert outcomes == [_outcome(acting(who), winner) for who in people]
        assert history(task.request, "claimed") == [("claimed", "note")]

    def test_put_back_it_is_free_for_the_same_group(self, place, task):
        claim(task, place.experts[0])
        release(task, place.coordinator)

        assert (task.owner_id, task.role) == (None, EXPERT)
        claim(task, place.experts[1])

    def test_after_a_detour_to_another_role_it_returns_to_its_own_desk(self, place, task):
        liaison = made(Role.LIAISON, place.unit)
        hand_over(task, liaison, place.coordinator)
        release(task, liaison)

        assert (task.owner_id, task.role) == (None, EXPERT)
        assert task in inbox(place.lead, "group").tasks

    def test_handing_over_tells_to_whom_and_why_and_keeps_what_was_typed(self, place, task):
        with unit_of_work():
            processes.save_draft(task, {"text": "Започнато"}, host=FLOW, by=place.experts[0], now=NOW)

        hand_over(task, place.experts[1], place.experts[0])

        assert (task.owner_id, task.draft["text"]) == (place.experts[1].user_id, "Започнато")
        entry = db.session.scalars(db.select(HistoryEntry).where(HistoryEntry.kind == "handed_over")).one()
        assert entry.payload == {"to": place.experts[1].user_id, "reason": "Отпуск"}

    def test_a_colleague_does_not_hand_over_what_is_not_theirs(self, place, task):
        claim(task, place.experts[0])

        with pytest.raises(Forbidden):
            hand_over(task, place.experts[1], place.experts[1])

    def test_strangers_are_refused_without_learning_who_has_it(self, place, task):
        claim(task, place.experts[0])
        stranger = make_place(buyer="Община Каменица").lead

        for attempt in (claim, release, complete):
            with pytest.raises(Forbidden):
                attempt(task, stranger)
        with pytest.raises(NotFound):
            get_visible_task(task.id, stranger)


def _claim(task_id, membership_id):
    with unit_of_work():
        processes.claim(db.session.get_one(Task, task_id), by=acting(membership_id), now=NOW)
    return "taken"


def _outcome(actor, winner):
    return "taken" if actor.user_id == winner else "Conflict"


class TestFinishing:
    def test_answers_are_kept_typed_with_who_and_when(self, place, task):
        complete(task, place.lead, amount="12,5", again="on")

        assert (task.status, task.answers, task.draft) == (
            TaskStatus.DONE, {"text": "Готово.", "amount": Decimal("12.5"), "again": True}, None,
        )  # fmt: skip
        assert (task.done_by_id, task.done_membership_id, task.done_at) == (
            place.lead.user_id, place.lead.membership_id, NOW,
        )  # fmt: skip

    def test_the_second_learns_who_was_first_and_when(self, place, task):
        complete(task, place.experts[0], text="Първи")

        with pytest.raises(Conflict) as refusal:
            complete(task, place.experts[1], at=NOW + HOUR, text="Втори")

        assert refusal.value.params == {"name": "Експерт 1", "at": NOW}
        assert (task.answers["text"], task.done_by_id) == ("Първи", place.experts[0].user_id)
        assert history(task.request, "task_completed") == [("task_completed", "note")]

    def test_the_first_learns_it_too_when_they_send_it_twice(self, place, task):
        complete(task, place.lead)

        with pytest.raises(Conflict):
            complete(task, place.lead)

    def test_what_a_colleague_has_taken_is_theirs(self, place, task):
        claim(task, place.experts[0])

        with pytest.raises(Conflict) as refusal:
            complete(task, place.experts[1])

        assert str(refusal.value) == "Експерт 1 has taken this task. Ask for it to be handed over."

    def test_gaps_leave_everything_as_it_was(self, place, task):
        before = sequences(task.request)

        with pytest.raises(Invalid) as refusal:
            complete(task, place.lead, text=" ", amount="много")

        assert set(refusal.value.fields) == {"text", "amount"}
        assert (task.status, task.owner_id, task.answers, sequences(task.request)) == ("open", None, None, before)

    def test_whoever_is_kept_out_cannot(self, place, task):
        task.excluded = [place.lead.user_id]
        db.session.commit()

        for attempt in (claim, complete):
            with pytest.raises(Forbidden):
                attempt(task, place.lead)

    def test_the_history_has_no_gaps(self, place, task):
        claim(task, place.lead)
        complete(task, place.lead)

        assert sequences(task.request) == list(range(1, len(sequences(task.request)) + 1))
        assert history(task.request, "claimed", "task_completed", "finished") == [
            ("claimed", "note"), ("task_completed", "note"), ("finished", "p"),
        ]  # fmt: skip


class TestDrafts:
    def save(self, task, by, **raw):
        with unit_of_work():
            processes.save_draft(task, raw, host=FLOW, by=by, now=NOW)

    def test_a_draft_may_have_gaps_and_takes_the_task(self, place, task):
        self.save(task, place.lead, amount="3")

        assert (task.draft, task.owner_id, task.status) == ({"amount": Decimal(3)}, place.lead.user_id, "open")

    def test_nobody_else_writes_into_it(self, place, task):
        self.save(task, place.lead, text="Мое")

        with pytest.raises(Forbidden):
            self.save(task, place.experts[1], text="Чуждо")

        assert task.draft["text"] == "Мое"

    def test_it_ends_with_the_task(self, place, task):
        self.save(task, place.lead, text="Мое")
        complete(task, place.lead, text="Готово")

        with pytest.raises(Conflict):
            self.save(task, place.lead, text="Късно")
        assert (task.draft, task.answers["text"]) == (None, "Готово")


class TestWhichVersion:
    def test_the_form_is_that_of_the_version_the_request_runs_on(self, place, task):
        stored = db.session.get_one(DefinitionVersion, task.instance.version_id)

        assert form_of(task) == formdef.parse_form(stored.forms["triage"])

    def test_a_task_older_than_its_due_day_stays_open(self, place):
        request = filed(place.clerk)

        with unit_of_work():
            processes.claim(task_at(request, "triage"), by=place.coordinator, now=NOW + timedelta(days=90))

        assert task_at(request, "triage").is_open


def test_a_member_of_a_council_sees_no_task_of_a_unit(place, task):
    council = make_organisation(OrganisationKind.COUNCIL, place.unit)

    assert not can_see_task(make_actor(Role.CHAIR, council), task)
