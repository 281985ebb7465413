"""Keeping the catalogue: who may, what is refused, what a check leaves behind."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.suppliers.models import Consent, OfferCpv, OfferRegion, Verdict
from app.domain.suppliers.operations import (
    add_evidence,
    add_offer,
    add_supplier,
    check_evidence,
    confirm_supplier,
    set_reach,
)
from app.domain.suppliers.rules import can_check_evidence, can_edit_supplier, can_keep_catalogue, can_make_overview
from app.errors import Conflict, Forbidden, Invalid
from tests.domain.accounts.people import make_actor, make_organisation
from tests.domain.suppliers.catalogue import (
    NOW,
    WORDS,
    make_contact,
    make_expert,
    stored_label,
    stored_supplier,
)
from tests.domain.suppliers.facts_made import TODAY, day

UNIT_ROLES = ("coordinator", "expert", "lawyer", "liaison", "editor", "administrator")


def test_who_may_do_what(app):
    supplier = stored_supplier()
    actors = {role: make_expert(role) for role in UNIT_ROLES}
    actors["own contact"] = make_contact(supplier)
    actors["other contact"] = make_contact(stored_supplier("Друг"))
    actors["clerk"] = make_actor("clerk", make_organisation("buyer"))
    actors["nobody"] = None

    may = {
        "keep": {name for name, actor in actors.items() if can_keep_catalogue(actor)},
        "edit": {name for name, actor in actors.items() if can_edit_supplier(actor, supplier)},
        "check": {name for name, actor in actors.items() if can_check_evidence(actor)},
        "overview": {name for name, actor in actors.items() if can_make_overview(actor)},
    }

    assert may == {
        "keep": {"coordinator", "liaison", "administrator", "nobody"},
        "edit": {"coordinator", "liaison", "administrator", "nobody", "own contact"},
        "check": {"coordinator", "expert", "liaison"},
        "overview": {"coordinator", "expert", "liaison", "nobody"},
    }


def test_a_stranger_changes_nothing(app):
    supplier = stored_supplier()
    stranger = make_contact(stored_supplier("Друг"))
    proof = stored_label(supplier)
    attempts = [
        lambda: add_supplier("Нов", by=stranger, now=NOW, country="BG", source="x"),
        lambda: add_offer(supplier, by=stranger, key="x", title=WORDS, cpv=["39160000"], regions=[], source="x"),
        lambda: add_evidence(supplier, by=stranger, criterion_code="wood", kind="label", source="x"),
        lambda: check_evidence(proof, by=make_contact(supplier), verdict=Verdict.CONFIRMED, now=NOW),
        lambda: confirm_supplier(supplier, by=stranger, on=TODAY),
    ]

    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()


def test_the_same_name_in_a_country_is_kept_once(app):
    stored_supplier("Бук ООД")

    with pytest.raises(Conflict):
        add_supplier("„БУК“ ООД", by=None, now=NOW, country="BG", source="x")
    add_supplier("Бук ООД", by=None, now=NOW, country="RO", source="x")


def test_what_a_supplier_offers_needs_codes_that_are_codes(app):
    supplier = stored_supplier()

    for cpv, regions in ([[], ["BG"]], [["3916"], ["BG"]], [["39160000"], ["Бургас"]]):
        with pytest.raises(Invalid):
            add_offer(supplier, by=None, key="x", title=WORDS, cpv=cpv, regions=regions, source="x")
            db.session.expunge_all()
    with pytest.raises(Invalid):
        add_supplier(" ", by=None, now=NOW, country="BG", source="x")


def test_a_new_reach_replaces_the_old_one(any_db_app):
    offer = stored_supplier(cpv=["39160000", "39161000"], regions=["BG"]).offers[0]

    set_reach(offer, cpv=["15000000-8"], regions=[])

    assert (offer.cpv, offer.regions) == (["15000000"], [])
    assert list(db.session.execute(select(OfferCpv.offer_id, OfferCpv.cpv))) == [(offer.id, "15000000")]
    assert list(db.session.execute(select(OfferRegion.offer_id, OfferRegion.region))) == [(offer.id, "")]


def test_evidence_cannot_end_before_it_begins_nor_hang_on_anothers_offer(app):
    supplier, other = stored_supplier(), stored_supplier("Друг")

    with pytest.raises(Invalid):
        stored_label(supplier, valid_from=day(1), valid_until=day(0))
    with pytest.raises(Invalid):
        stored_label(supplier, offer=other.offers[0])


def test_a_check_says_who_when_and_why(app):
    proof, expert = stored_label(stored_supplier()), make_expert()

    with pytest.raises(Invalid):
        check_evidence(proof, by=expert, verdict=Verdict.REFUTED, now=NOW, note=" ")
    check_evidence(proof, by=expert, verdict=Verdict.REFUTED, now=NOW, note="друг модел")

    assert (proof.verdict, proof.verdict_note, proof.checked_by_id, proof.checked_as_id, proof.checked_at) == (
        Verdict.REFUTED, "друг модел", expert.user_id, expert.membership_id, NOW,
    )  # fmt: skip


def test_a_supplier_confirms_its_own_facts(app):
    supplier = stored_supplier()

    confirm_supplier(supplier, by=make_contact(supplier), on=TODAY)

    assert (supplier.consent, supplier.last_confirmed_on) == (Consent.GIVEN, TODAY)
