"""What the council learns: a question and facts of the market, never who asks."""

import pytest

from app.db import db, unit_of_work
from app.domain.accounts.models import Organisation, OrganisationKind, Role
from app.domain.accounts.operations import add_membership
from app.domain.council.models import Ballot
from app.domain.reference.operations import load_shipped_reference
from app.domain.requests.anonymity import names_in, problems_of
from app.domain.suppliers.operations import add_offer, add_supplier
from app.errors import Invalid
from tests.domain.accounts.people import make_organisation
from tests.domain.requests.story import (
    CRITERION,
    NOW,
    TO_COUNCIL,
    bring_to,
    do,
    filed,
    make_place,
    open_case,
    pass_time,
    waiting,
)

BUYER = Organisation(kind=OrganisationKind.BUYER, name={"bg": "Община Зелен бряг", "en": "Zelen Bryag Municipality"})


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Уместно ли е за Зелен бряг?",
            "ОБЩИНА ЗЕЛЕН БРЯГ пита",
            "в „Зелен  бряг“",
            "Зелен\nбряг",
            "Зелен-бряг",
            "Is it right for Zelen Bryag?",
        ],
    )
    def test_of_the_buyer_are_found(self, text):
        assert names_in(text, BUYER)

    @pytest.mark.parametrize(
        "text", ["Приемлив ли е прагът за община?", "Зелена поръчка край бряг", "", "зеленбрягски"]
    )
    def test_other_words_are_let_through(self, text):
        assert names_in(text, BUYER) is None

    def test_they_are_looked_for_in_all_that_members_read(self):
        name = "Зелен бряг"
        answers = {
            "council_need": "yes",
            "council_question": f"За {name}?",
            "criteria": [{"text": "Чисто", "why": name}, {"text": f"Като в {name}"}],
            "mandatory": [{"rule": f"Наредба на {name}", "source": name}],
        }

        assert set(problems_of(answers, BUYER)) == {"council_question", "criteria.1.text", "mandatory.0.rule"}
        assert problems_of({**answers, "council_need": "no"}, BUYER) == {}


@pytest.fixture
def place(any_db_app):
    return make_place(members=5)


def ballot():
    return db.session.scalars(db.select(Ballot)).one()


def test_a_question_that_names_the_buyer_is_refused(place):
    request = bring_to("assessment", place)

    with pytest.raises(Invalid) as refusal:
        do(request, "assessment", place.lead, **{**TO_COUNCIL, "council_question": "Уместно ли е за Зелен бряг?"})

    assert refusal.value.fields == {
        "council_question": {
            "bg": "Въпросът към съвета е анонимен: махнете името на възложителя („Община Зелен бряг“).",
            "en": "The question to the council is anonymous: take out the buyer's name (“Община Зелен бряг”).",
        }
    }
    assert waiting(request) == ["assessment"]
    assert db.session.scalars(db.select(Ballot)).all() == []


def test_the_ballot_holds_question_proposal_and_facts_of_the_market_alone(place):
    with unit_of_work():
        load_shipped_reference()
    request = filed(place.clerk, cpv="30197643-5", value={"amount": "4321", "currency": "EUR"})
    open_case(request, place)
    rule = {"rule": "Наредба № 1", "applies": "yes", "source": "ДВ"}
    do(request, "assessment", place.lead, **TO_COUNCIL, criteria=[CRITERION], mandatory=[rule], product_group="paper")
    pass_time(NOW)
    do(request, "overview_check", place.lead)

    assert (ballot().question, ballot().options, ballot().product_group) == (
        "Приемлив ли е прагът?", "• Хартия от рециклирани влакна, или еквивалентно.", "paper",
    )  # fmt: skip
    assert ballot().facts == {
        "law": {"bg": "Наредба № 1", "en": "Наредба № 1"},
        "market": {"bg": "Намерени доставчици: 0.", "en": "Suppliers found: 0."},
        "precedent": {
            "bg": "Първи въпрос за тази продуктова група.", "en": "The first question for this product group.",
        },
    }  # fmt: skip
    said = f"{ballot().question} {ballot().options} {ballot().facts}"
    assert not any(secret in said for secret in ("Зелен бряг", "4321", request.number, "Силвия"))


class TestConflicts:
    """A member whose organisation asks, or offers in the same product group, is taken out at once."""

    def recused(self):
        return sorted(member.user.name for member in ballot().members if member.is_recused)

    def ask(self, place, **said):
        request = bring_to("assessment", place)
        do(request, "assessment", place.lead, **TO_COUNCIL, **said)

    def test_of_the_organisation_that_asks(self, place):
        with unit_of_work():
            add_membership(place.members[2].user, place.buyer, Role.SIGNATORY)

        self.ask(place)

        assert self.recused() == ["Член 3"]

    def test_of_a_supplier_in_the_group_the_expert_settled_on(self, place):
        """The expert corrects the group in the same step that asks the council: the new one counts."""
        with unit_of_work():
            load_shipped_reference()
            for member, cpv in ((place.members[1], "30197643"), (place.members[3], "39113600")):
                firm = make_organisation(OrganisationKind.SUPPLIER, place.unit, f"Фирма {cpv}")
                add_membership(member.user, firm, Role.CONTACT)
                supplier = add_supplier(f"Фирма {cpv}", by=None, now=NOW, country="BG", source="тест")
                supplier.organisation_id = firm.id
                add_offer(
                    supplier, by=None, key="goods", title={"bg": "Стока"}, cpv=[cpv], regions=["BG"], source="тест"
                )

        self.ask(place, product_group="paper")

        assert self.recused() == ["Член 2"]
