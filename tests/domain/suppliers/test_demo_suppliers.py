"""The suppliers of the demonstration tell the story that their archetypes are there for."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.criteria.models import Criterion
from app.domain.criteria.operations import load_shipped_criteria
from app.domain.suppliers.demo import SHIPPED, load_demo_suppliers
from app.domain.suppliers.models import Evidence, Supplier, Verdict
from app.domain.suppliers.operations import make_overview, need_for
from app.domain.suppliers.queries import find_supplier
from app.domain.suppliers.sealing import open_sealed
from tests.domain.suppliers.catalogue import NOW, make_expert
from tests.domain.suppliers.facts_made import TODAY

ARCHETYPES = (
    "Лумитек Юг", "Nordlicht Leuchten GmbH", "Хартия Тракия", "ЧистоПро", "Биосвят", "Училищен обяд", "КомпРент",
    "Странджа Мебел", "Електробус Сервиз", "Витоша Енерджи",
)  # fmt: skip


@pytest.fixture
def catalogue(app):
    load_shipped_criteria()
    load_demo_suppliers(TODAY)


def lines(cpv, region, *criteria):
    """Name → (status, why) of each criterion asked, in the order of their codes."""
    need = need_for(on=TODAY, cpv=[cpv], regions=[region], criteria=criteria)
    report = open_sealed(make_overview(None, need, by=None, now=NOW))
    return {
        line["name"]: [(found["status"], found["why"]) for found in line["criteria"]["findings"]]
        for line in report["lines"]
    }


def test_they_are_loaded_once_on_both_databases(any_db_app):
    expected = len(json.loads(SHIPPED.read_text(encoding="utf-8")))

    assert (load_demo_suppliers(TODAY), load_demo_suppliers(TODAY)) == (expected, 0)
    assert db.session.scalar(select(func.count()).select_from(Supplier)) == expected
    assert set(ARCHETYPES) <= set(db.session.scalars(select(Supplier.name)))


def test_every_proof_is_of_a_criterion_in_the_library(catalogue):
    asked = set(db.session.scalars(select(Evidence.criterion_code)))

    assert asked <= set(db.session.scalars(select(Criterion.code)))


def test_evidence_is_checked_by_the_person_named(app):
    liaison = make_expert("liaison")

    load_demo_suppliers(TODAY, checked_by=liaison)

    verdicts = {proof.kind: set() for proof in db.session.scalars(select(Evidence))}
    for proof in db.session.scalars(select(Evidence)):
        verdicts[proof.kind].add((proof.verdict, proof.checked_by_id))
    assert verdicts["label"] == {(Verdict.CONFIRMED, liaison.user_id)}
    assert verdicts["self_declaration"] == {(Verdict.UNCHECKED, None)}


def test_seat_does_not_matter_to_the_german_producer(catalogue):
    bulgarian = lines("34928500", "BG341", "lighting-efficacy-core")
    italian = lines("34928500", "ITF61", "lighting-efficacy-core")

    assert bulgarian["Nordlicht Leuchten GmbH"] == italian["Nordlicht Leuchten GmbH"] == [("met", "test_report")]
    assert bulgarian["Лумитек Юг"] == [("met", "test_report")]
    assert "Лумитек Юг" not in italian


def test_a_ten_year_statement_is_declared_only(catalogue):
    assert lines("34928500", "BG341", "lighting-lifetime-core")["Лумитек Юг"] == [("declared", "self_declaration")]


def test_a_management_system_selects_and_proves_no_product(catalogue):
    cleaners = lines("90911200", "BG342", "cleaning-ems-selection", "cleaning-products-core")

    assert cleaners["ЧистоПро"] == [("met", "label"), ("met", "label")]


def test_the_caterer_only_declares_what_the_wholesaler_proves(catalogue):
    caterers = lines("55524000", "BG344", "food-organic-core")

    assert caterers["Биосвят"] == [("met", "label")]
    assert caterers["Училищен обяд"] == [("declared", "self_declaration")]


def test_school_furniture_has_its_wood_and_lost_its_test(catalogue):
    makers = lines("39160000", "BG341", "furniture-formaldehyde-core", "furniture-wood-core")

    assert len(makers) == 9
    assert makers["Странджа Мебел"] == [("not_met", "expired"), ("met", "label")]


def test_guarantees_of_origin_for_last_year_are_over(catalogue):
    assert lines("09310000", "BG34", "electricity-renewable-core")["Витоша Енерджи"] == [("not_met", "expired")]


def test_one_model_is_outside_the_scope_of_its_label(catalogue):
    assert lines("30213000", "BG341", "computers-energy-core")["КомпРент"] == [("met", "label")]
    assert lines("30213300", "BG341", "computers-energy-core")["КомпРент"] == [("unknown", "none")]


def test_the_certificate_of_the_paper_wholesaler_runs_out_soon(catalogue):
    need = need_for(on=TODAY, cpv=["30197643"], regions=["BG342"], criteria=["paper-fibre-core"])
    report = open_sealed(make_overview(None, need, by=None, now=NOW))

    notes = {line["name"]: line["notes"] for line in report["lines"]}
    assert "expires_soon" in notes["Хартия Тракия"]
    assert "expires_soon" not in notes["Канцелария Загоре"]


def test_days_are_counted_from_the_day_of_loading(app):
    load_demo_suppliers(date(2030, 1, 1))

    until = {proof.scheme: str(proof.valid_until) for proof in find_supplier("bg:хартия-тракия").evidence}
    assert until["FSC"] == "2030-02-15"
    assert str(find_supplier("bg:витоша-енерджи").evidence[0].valid_until) == "2029-12-31"
