"""The catalogue is read in a fixed number of statements, and SQL sifts exactly as the rules do."""

import pytest

from app.domain.suppliers.matching import overview
from app.domain.suppliers.models import Consent
from app.domain.suppliers.operations import withdraw_offer, withdraw_supplier
from app.domain.suppliers.queries import catalogue_page, count_passing, find_supplier, supplier_facts
from app.domain.suppliers.sufficiency import broader_codes, wider_regions
from app.domain.suppliers.sufficiency import count_passing as count_by_rules
from tests.domain.accounts.statements import counted_statements
from tests.domain.suppliers.catalogue import stored_label, stored_supplier
from tests.domain.suppliers.facts_made import TODAY, asked, day, lot, need, supplier

CODES = ["39000000", "39100000", "39160000", "39161000", "39161100", "30213000", "15000000", "39130000", "39169990"]
REGIONS = [["BG"], ["BG3"], ["BG34", "DE"], ["BG341"], ["BG342"], ["DE8"], [], ["BG34", "BG341"]]


def everyone():
    for number, code in enumerate(CODES):
        for regions in REGIONS:
            stored_supplier(f"Фирма {number} {' '.join(regions)}", cpv=[code], regions=regions)


@pytest.mark.parametrize("suppliers", [1, 3])
def test_the_facts_of_an_overview_take_three_statements(app, suppliers):
    for number in range(suppliers):
        stored_label(stored_supplier(f"Фирма {number}"))
    asked_for = need(criteria=[asked("furniture-wood-core")])

    with counted_statements() as sent:
        found = supplier_facts(asked_for)

    assert len(sent) == 3
    assert [len(one.evidence) for one in found.suppliers] == [1] * suppliers


@pytest.mark.parametrize(
    "asked_for",
    [
        need(),
        need(cpv=["39161000"], regions=["BG"]),
        need(cpv=["39000000", "15000000"], regions=["BG342", "DE"]),
        need(regions=[]),
        need(regions=["BG34"], lots=[lot("1", "39161000"), lot("2", "39130000")]),
        need(cpv=["15000000"], lots=[lot("1", "39161000")]),
    ],
    ids=lambda asked_for: f"{asked_for.wanted} {asked_for.regions}",
)
def test_sql_sifts_exactly_as_the_rules(any_db_app, asked_for):
    everyone()
    all_facts = supplier_facts(need(cpv=["39000000", "30000000", "15000000"], regions=[])).suppliers
    assert len(all_facts) == len(CODES) * len(REGIONS)

    found = supplier_facts(asked_for)

    by_rules = overview(asked_for, all_facts)
    by_sql = overview(asked_for, found.suppliers, total=found.total, with_cpv=found.with_cpv)
    assert by_sql == by_rules
    assert by_rules.lines
    wider = [*wider_regions(asked_for), *broader_codes(asked_for)]
    assert count_passing(wider) == count_by_rules(all_facts)(wider)


def test_facts_come_as_they_were_stored(any_db_app):
    one = stored_supplier(
        "Бук", town="Сливен", nuts="BG342", is_sme=False, past_awards={"count": 2}, last_confirmed_on=TODAY
    )
    stored_label(one, "wood", offer=one.offers[0], issuer="Орган", scope="чинове", valid_from=day(-9))
    asked_for = need(criteria=[asked()])

    (facts,) = supplier_facts(asked_for).suppliers

    expected = supplier("Бук")
    proof = facts.evidence[0]
    assert facts.offers[0]._replace(source="") == expected.offers[0]
    assert (proof.criterion, proof.kind, proof.scheme, proof.issuer, proof.number, proof.scope) == (
        "wood", "label", "FSC", "Орган", "1", "чинове",
    )  # fmt: skip
    assert (proof.valid_from, proof.valid_until, proof.offer, proof.refuted) == (day(-9), day(100), "desks", False)
    assert (facts.town, facts.seat, facts.is_sme, facts.past_awards, facts.last_confirmed_on) == (
        "Сливен", "BG342", False, 2, TODAY,
    )  # fmt: skip


def test_who_asked_to_be_left_out_is_not_read_and_not_counted(any_db_app):
    stays, leaves = stored_supplier("Бук"), stored_supplier("Ясен")
    closed = stored_supplier("Дъб")

    withdraw_supplier(leaves, by=None, on=TODAY)
    withdraw_offer(closed.offers[0], by=None, on=TODAY)

    found = supplier_facts(need())
    assert leaves.consent == Consent.WITHDRAWN
    assert [one.name for one in found.suppliers] == [stays.name]
    assert (found.total, found.with_cpv) == (2, 1)
    assert count_passing([need(), need(cpv=["15000000"])]) == [1, 0]


def test_the_catalogue_pages_by_the_alphabet_and_finds_names(any_db_app):
    for name in ("Ясен", "„Бук“ ООД", "Дъб 100% ООД", "Явор"):
        stored_supplier(name)

    first = catalogue_page(size=2)
    second = catalogue_page(size=2, after=(first[-1].sort_name, first[-1].id))

    assert [one.name for one in first + second] == ["„Бук“ ООД", "Дъб 100% ООД", "Явор", "Ясен"]
    assert [one.name for one in catalogue_page(text="ООД")] == ["„Бук“ ООД", "Дъб 100% ООД"]
    assert [one.name for one in catalogue_page(text="0%")] == ["Дъб 100% ООД"]


@pytest.mark.parametrize("suppliers", [1, 3])
def test_a_catalogue_page_takes_two_statements(app, suppliers):
    for number in range(suppliers):
        stored_supplier(f"Фирма {number}")

    with counted_statements() as sent:
        page = catalogue_page()
        assert [len(one.offers) for one in page] == [1] * suppliers

    assert len(sent) == 2


def test_a_supplier_is_found_by_its_key(app):
    stored = stored_supplier("„Бук“ ООД")

    assert stored.key == "bg:бук-оод"
    assert find_supplier("bg:бук-оод") is stored
    assert find_supplier("bg:дъб") is None
