"""Sending a request: what it needs, its number, what is read from it, and who may."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from app import engine
from app.db import db, unit_of_work
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.attachments.models import Attachment, FileContent
from app.domain.attachments.operations import add_attachment
from app.domain.attachments.queries import attachments_of
from app.domain.processes.models import HistoryEntry, Instance, InstanceState, Task
from app.domain.reference.models import ExchangeRate
from app.domain.reference.operations import load_shipped_reference
from app.domain.requests import operations
from app.domain.requests.models import Phase, Request, RequestStatus
from app.domain.requests.rules import can_file
from app.errors import Conflict, Forbidden, Invalid
from tests.domain.accounts.people import make_actor, make_organisation, make_unit
from tests.domain.requests.story import (
    DAY,
    NOW,
    WHOLE,
    do,
    draft,
    filed,
    history,
    instance_of,
    make_place,
    send,
    task_at,
    waiting,
)
from tests.support.together import acting, at_once


@pytest.fixture
def place(any_db_app):
    return make_place()


@pytest.fixture
def law(place):
    with unit_of_work():
        load_shipped_reference()


def count(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def root_variables(request):
    return engine.variables(db.session.get_one(InstanceState, request.instance_id).state)


class TestWhatARequestNeeds:
    def test_gaps_are_named_and_nothing_is_half_written(self, place):
        request = draft(place.clerk, title="Хартия", stage="drafting")

        with pytest.raises(Invalid) as refusal:
            send(request, place.clerk)

        assert set(refusal.value.fields) == {
            "help_kind", "question", "publish_on", "description", "nature", "procedure", "funding", "council_ok",
            "reuse_ok",
        }  # fmt: skip
        assert (request.status, request.number, request.instance_id) == (RequestStatus.DRAFT, "", None)
        assert [count(model) for model in (Instance, Task, HistoryEntry)] == [0, 0, 0]

    def test_a_whole_one_begins_its_process(self, place):
        request = filed(place.clerk)

        assert (request.number, request.status, request.phase) == ("2026-0101", "open", Phase.FIRST_LOOK)
        assert (request.filed_at, request.filed_by_id, request.filed_membership_id) == (
            NOW, place.clerk.user_id, place.clerk.membership_id,
        )  # fmt: skip
        assert waiting(request) == ["triage"]
        assert history(request, "started", "filed") == [("started", "StartFiled"), ("filed", None)]

    def test_a_quick_question_needs_five_answers(self, place):
        with unit_of_work():
            request = operations.start_draft(by=place.clerk, now=NOW, is_quick=True)
        said = {"question": "Важат ли критериите и за нас?", "stage": "idea", "title": "Хартия"}

        with unit_of_work():
            operations.save_draft(request, said, by=place.clerk, now=NOW)
        send(request, place.clerk)

        assert request.number == "2026-0101"
        assert root_variables(request)["intake"]["missing"] == []

    def test_an_answer_that_its_form_no_longer_asks_for_is_left_out(self, place):
        request = draft(place.clerk, **{**WHOLE, "publish_on": "2026-12-24"})

        with unit_of_work():
            said = {"stage": "published", "tender_deadline": "2027-01-20"}
            operations.save_draft(request, said, by=place.clerk, now=NOW)
        send(request, place.clerk)

        assert request.answers.get("publish_on") is None
        assert request.answers["tender_deadline"] == date(2027, 1, 20)

    def test_without_a_process_the_draft_is_kept(self, place):
        unit = make_unit(country="BG", nuts="BG34")
        clerk = make_actor(Role.CLERK, make_organisation(OrganisationKind.BUYER, unit, "Община Тополово"))
        db.session.commit()
        request = draft(clerk, **WHOLE)

        with pytest.raises(Conflict):
            send(request, clerk)

        assert (request.status, request.number) == (RequestStatus.DRAFT, "")


class TestNumbers:
    def test_they_count_per_unit_and_year_without_gaps(self, place):
        other = make_place(buyer="Община Каменица")
        days = [NOW, NOW, NOW + 60 * DAY, NOW + 60 * DAY]

        here = [filed(place.clerk, at=day).number for day in days]

        assert here == ["2026-0101", "2026-0102", "2027-0101", "2027-0102"]
        assert filed(other.clerk).number == "2026-0101"

    def test_the_year_is_that_of_the_unit(self, place):
        request = filed(place.clerk, at=datetime.fromisoformat("2026-12-31T22:30:00+00:00"))

        assert request.number == "2027-0101"

    def test_a_refused_filing_uses_no_number(self, place):
        gap = draft(place.clerk, **{**WHOLE, "title": "x"})
        gap.answers = {**gap.answers, "title": None}
        db.session.commit()

        with pytest.raises(Invalid):
            send(gap, place.clerk)

        assert filed(place.clerk).number == "2026-0101"

    def test_two_who_file_at_once_get_two_numbers(self, any_db_app, place):
        ids = [draft(place.clerk, **WHOLE).id for _ in range(4)]
        clerk = place.clerk.membership_id

        outcomes = at_once(any_db_app, [lambda n=n: _file(n, clerk) for n in ids])

        assert sorted(outcomes) == ["2026-0101", "2026-0102", "2026-0103", "2026-0104"]

    def test_one_draft_filed_twice_at_once_is_filed_once(self, any_db_app, place):
        number, clerk = draft(place.clerk, **WHOLE).id, place.clerk.membership_id

        outcomes = at_once(any_db_app, [lambda: _file(number, clerk)] * 4)

        assert sorted(outcomes) == ["2026-0101", "Conflict", "Conflict", "Conflict"]
        assert [count(model) for model in (Instance, Task)] == [1, 1]


def _file(request_id, membership_id):
    with unit_of_work():
        request = db.session.get_one(Request, request_id)
        operations.file_request(request, by=acting(membership_id), now=NOW)
    return request.number


class TestWhatIsReadFromIt:
    def test_a_cpv_code_says_group_and_mandatory_rules(self, place, law):
        request = filed(place.clerk, cpv="30197643-5")

        assert (request.cpv, request.product_group) == ("30197643", "paper")
        assert root_variables(request)["request"]["mandatory"] == ["BG-N1-1"]

    def test_a_rule_of_the_eu_regime_binds_from_the_threshold_on(self, place, law):
        lamps = {"cpv": "34993000-4", "nature": "supplies"}
        below = filed(place.clerk, **lamps, value={"amount": "215999", "currency": "EUR"})
        above = filed(place.clerk, **lamps, value={"amount": "216000", "currency": "EUR"})

        assert [root_variables(one)["request"]["mandatory"] for one in (below, above)] == [[], ["EED.7"]]

    def test_unknown_facts_are_flagged_and_stop_nothing(self, place, law):
        request = filed(place.clerk)

        assert root_variables(request)["intake"]["missing"] == ["cpv", "value", "quantity"]
        assert waiting(request) == ["triage"]

    @pytest.mark.parametrize(
        ("money", "eur"),
        [
            ({"amount": "1955.83", "currency": "BGN"}, Decimal("1000.00")),
            ({"amount": "1000.50", "currency": "EUR"}, Decimal("1000.50")),
            ({"amount": "1000", "currency": "RON"}, None),
        ],
    )
    def test_euro_come_only_from_a_dated_rate(self, place, law, money, eur):
        request = filed(place.clerk, value=money)

        assert request.value_eur == eur
        assert (request.value_amount, request.value_currency) == (Decimal(money["amount"]), money["currency"])
        assert (request.value_note is None) == (eur is None)

    def test_a_rate_that_is_over_counts_no_more(self, place):
        rate = {"currency": "RON", "units_per_eur": Decimal("5"), "source": "ЕЦБ"}
        with unit_of_work():
            db.session.add(ExchangeRate(**rate, valid_from=date(2026, 1, 1), valid_until=date(2026, 10, 31)))

        early = filed(place.clerk, at=NOW - 30 * DAY, value={"amount": "50", "currency": "RON"})
        late = filed(place.clerk, value={"amount": "50", "currency": "RON"})

        assert [early.value_eur, late.value_eur] == [Decimal("10.00"), None]


class TestFiles:
    def add(self, by, text="едно", **more):
        return add_attachment(text.encode(), name="spec.txt", by=by, now=NOW, **more)

    def test_a_file_taken_out_of_a_draft_does_not_reach_the_unit(self, place):
        with unit_of_work():
            wrong, right = self.add(place.clerk), self.add(place.clerk, "две")
        request = draft(place.clerk, **WHOLE, documents=[wrong.id, right.id])

        with unit_of_work():
            operations.save_draft(request, {"documents": [right.id]}, by=place.clerk, now=NOW)
        send(request, place.clerk)

        assert attachments_of(request.id) == [right]

    def test_files_of_another_request_stay_there(self, place):
        with unit_of_work():
            spec = self.add(place.clerk)
        first = filed(place.clerk, documents=[spec.id])

        draft(place.clerk, documents=[spec.id])

        assert attachments_of(first.id) == [spec]

    def test_files_of_another_buyer_cannot_be_named(self, place):
        with unit_of_work():
            foreign = self.add(make_place(buyer="Община Каменица").clerk)

        request = filed(place.clerk, documents=[foreign.id])

        assert attachments_of(request.id) == []

    def test_a_draft_thrown_away_takes_its_files_along(self, place):
        with unit_of_work():
            spec, again, kept = self.add(place.clerk), self.add(place.clerk, "две"), self.add(place.clerk, "две")
        request = draft(place.clerk, documents=[spec.id, again.id])

        with unit_of_work():
            operations.discard_draft(request, by=place.clerk)

        assert [one.id for one in db.session.scalars(db.select(Attachment))] == [kept.id]
        assert [one.sha256 for one in db.session.scalars(db.select(FileContent))] == [kept.sha256]
        assert count(Request) == 0

    def test_files_of_an_answer_come_along(self, place):
        request = filed(place.clerk)
        do(request, "triage", place.coordinator, decision="ask", missing=["documents"])
        with unit_of_work():
            spec = self.add(place.clerk)

        do(request, "missing", place.clerk, documents=[spec.id])

        assert attachments_of(request.id) == [spec]


class TestWhoMayFile:
    @pytest.mark.parametrize(
        ("kind", "role", "may"),
        [
            (OrganisationKind.BUYER, Role.CLERK, True),
            (OrganisationKind.BUYER, Role.SIGNATORY, True),
            (OrganisationKind.COUNCIL, Role.SECRETARY, True),
            (OrganisationKind.COUNCIL, Role.CHAIR, True),
            (OrganisationKind.COUNCIL, Role.MEMBER, False),
            (OrganisationKind.SUPPLIER, Role.CONTACT, False),
        ],
    )
    def test_by_kind_and_role(self, place, kind, role, may):
        actor = make_actor(role, make_organisation(kind, place.unit))

        assert can_file(actor) == may

    def test_nobody_without_a_unit(self, place):
        assert not can_file(make_actor(Role.CLERK, make_organisation(OrganisationKind.BUYER)))

    def test_people_of_the_unit_are_refused(self, place):
        with pytest.raises(Forbidden):
            draft(place.coordinator)

    def test_a_council_files_and_answers_like_a_buyer(self, place):
        council = make_organisation(OrganisationKind.COUNCIL, place.unit, "Координационен съвет")
        secretary = make_actor(Role.SECRETARY, council)
        db.session.commit()
        request = filed(secretary)
        do(request, "triage", place.coordinator, decision="ask", missing=["value"])

        assert root_variables(request)["request"]["filer_kind"] == "council"
        assert (task_at(request, "missing").organisation_id, task_at(request, "missing").role) == (council.id, "clerk")
        do(request, "missing", secretary)
        assert waiting(request) == ["triage"]

    def test_nobody_files_the_draft_of_another(self, place):
        other = make_place(buyer="Община Каменица")
        request = draft(other.clerk, **WHOLE)

        for stranger in (place.clerk, other.coordinator):
            with pytest.raises(Forbidden):
                send(request, stranger)
            with pytest.raises(Forbidden), unit_of_work():
                operations.discard_draft(request, by=stranger)


class TestTwoAtOneDraft:
    def test_the_second_save_of_the_same_state_is_refused(self, place):
        request = draft(place.clerk, title="Първо")
        seen = request.rev
        with unit_of_work():
            operations.save_draft(request, {"title": "Второ"}, by=place.clerk, now=NOW, rev=seen)

        with pytest.raises(Conflict), unit_of_work():
            operations.save_draft(request, {"title": "Трето"}, by=place.clerk, now=NOW, rev=seen)

        assert request.title == "Второ"

    def test_only_one_of_those_who_save_at_once_wins(self, any_db_app, place):
        request, clerk = draft(place.clerk, title="Първо"), place.clerk.membership_id
        number, seen = request.id, request.rev

        outcomes = at_once(any_db_app, [lambda n=n: _save(number, clerk, f"№ {n}", seen) for n in range(4)])

        assert sorted(outcomes)[:3] == ["Conflict"] * 3
        assert request.title == sorted(outcomes)[3]

    def test_a_request_that_was_sent_cannot_be_changed(self, place):
        request = filed(place.clerk)

        for late in (
            lambda: operations.save_draft(request, {"title": "Друго"}, by=place.clerk, now=NOW),
            lambda: operations.discard_draft(request, by=place.clerk),
        ):
            with pytest.raises(Conflict), unit_of_work():
                late()

        assert instance_of(request).status == "running"


def _save(request_id, membership_id, title, rev):
    with unit_of_work():
        request = db.session.get_one(Request, request_id)
        operations.save_draft(request, {"title": title}, by=acting(membership_id), now=NOW, rev=rev)
    return title
