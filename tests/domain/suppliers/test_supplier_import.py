"""Import of suppliers: the real file, the same file again, bad rows by line, hostile cells, all or nothing."""

import csv
import io

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.suppliers.importing import COLUMNS, OFFER_KEY, import_suppliers
from app.domain.suppliers.models import Consent, Offer, OfferCpv, OfferRegion, Supplier
from app.domain.suppliers.operations import confirm_supplier, make_overview
from app.domain.suppliers.queries import find_supplier
from app.domain.suppliers.sealing import open_sealed
from app.errors import Forbidden
from tests.domain.suppliers.catalogue import NOW, make_expert
from tests.domain.suppliers.facts_made import TODAY, need
from tests.support.shared_data import shared_file

GOOD = {
    "name": "Бук ООД", "national_id": "000000001", "country": "BG", "town": "Сливен", "nuts": "BG342", "sme": "yes",
    "cpv_codes": "39160000 39100000", "regions_served": "BG34 BG33", "awards": "2", "first_award": "2018-01-04",
    "last_award": "2019-02-05", "notices": "2018/S 002-000001|2019/S 025-000002",
}  # fmt: skip


def table(*rows):
    """A CSV file with these rows, each GOOD but for what it says."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(GOOD | row for row in rows)
    return io.BytesIO(text.getvalue().encode())


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_shared_file_is_read_whole_and_again_changes_nothing(any_db_app):
    path = shared_file("suppliers_ted_awards.csv")
    with path.open("rb") as stream:
        first = import_suppliers(stream, NOW)
    with path.open("rb") as stream:
        second = import_suppliers(stream, NOW)

    assert (first.rows, first.created, first.errors) == (1484, 1484, ())
    assert (second.created, second.updated, second.unchanged) == (0, 0, 1484)
    assert (count(Supplier), count(Offer)) == (1484, 1484)
    assert {(warning.line, warning.column) for warning in first.warnings} == {
        (122, "nuts"), (360, "nuts"), (651, "town"), (939, "nuts"), (1484, "nuts"), (1485, "nuts"),
    }  # fmt: skip


def test_the_shared_file_gives_an_overview_of_facts_without_proofs(any_db_app):
    with shared_file("suppliers_ted_awards.csv").open("rb") as stream:
        import_suppliers(stream, NOW)

    report = open_sealed(make_overview(None, need(cpv=["09300000"], regions=["BG"]), by=None, now=NOW))

    assert report["funnel"]["total"] == 1484
    assert len(report["lines"]) > 0
    for line in report["lines"]:
        assert line["notes"] == ["never_confirmed", "past_awards_only"]
        assert line["facts"]["past_awards"] >= 1


def test_a_row_becomes_a_supplier_with_its_past_awards_as_an_offer(any_db_app):
    import_suppliers(table({}), NOW)

    supplier = find_supplier("bg:бук-оод")
    (offer,) = supplier.offers
    assert (supplier.name, supplier.national_id, supplier.town, supplier.nuts, supplier.is_sme) == (
        "Бук ООД", "000000001", "Сливен", "BG342", True,
    )  # fmt: skip
    assert supplier.past_awards == {
        "count": 2, "first": "2018-01-04", "last": "2019-02-05",
        "notices": ["2018/S 002-000001", "2019/S 025-000002"],
    }  # fmt: skip
    assert (supplier.consent, supplier.last_confirmed_on) == (Consent.PUBLIC_RECORD, None)
    assert (supplier.source, str(supplier.source_on)) == ("TED: 2018/S 002-000001, 2019/S 025-000002", "2019-02-05")
    assert (offer.key, offer.cpv, offer.regions, offer.is_past_award) == (
        OFFER_KEY, ["39100000", "39160000"], ["BG33", "BG34"], True,
    )  # fmt: skip
    assert set(db.session.scalars(select(OfferCpv.cpv))) == {"39100000", "39160000"}
    assert set(db.session.scalars(select(OfferRegion.region))) == {"BG33", "BG34"}


@pytest.mark.parametrize(("text", "is_sme"), [("yes", True), ("no", False), ("", None), ("no/yes", None)])
def test_what_is_said_both_ways_about_size_is_unknown(app, text, is_sme):
    import_suppliers(table({"sme": text}), NOW)

    assert find_supplier("bg:бук-оод").is_sme is is_sme


def test_a_region_not_told_is_unknown(app):
    result = import_suppliers(table({"nuts": "00", "regions_served": ""}), NOW)

    supplier = find_supplier("bg:бук-оод")
    assert (supplier.nuts, supplier.offers[0].regions) == ("", [])
    assert list(db.session.scalars(select(OfferRegion.region))) == [""]
    assert [(warning.line, warning.column) for warning in result.warnings] == [(2, "nuts")]


def test_a_changed_row_updates_its_supplier(any_db_app):
    import_suppliers(table({}, {"name": "Ясен"}), NOW)

    changed = {"town": "Ямбол", "cpv_codes": "15000000", "regions_served": "", "awards": "3"}
    result = import_suppliers(table(changed, {"name": "Ясен"}), NOW)

    assert (result.created, result.updated, result.unchanged) == (0, 1, 1)
    db.session.expire_all()
    supplier = find_supplier("bg:бук-оод")
    assert (supplier.town, supplier.past_awards["count"], supplier.offers[0].cpv) == ("Ямбол", 3, ["15000000"])
    offer_id = supplier.offers[0].id
    assert list(db.session.scalars(select(OfferCpv.cpv).where(OfferCpv.offer_id == offer_id))) == ["15000000"]
    assert list(db.session.scalars(select(OfferRegion.region).where(OfferRegion.offer_id == offer_id))) == [""]


def test_what_a_supplier_confirmed_is_not_overwritten(app):
    import_suppliers(table({}), NOW)
    confirm_supplier(find_supplier("bg:бук-оод"), by=None, on=TODAY)
    db.session.flush()

    import_suppliers(table({"town": "Ямбол", "awards": "3"}), NOW)

    supplier = find_supplier("bg:бук-оод")
    assert (supplier.town, supplier.past_awards["count"]) == ("Сливен", 3)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"name": '=HYPERLINK("http://example.org","x")'}, "name"),
        ({"name": "=1+1"}, "name"),
        ({"name": "@SUM(A1)"}, "name"),
        ({"name": "-2+3+cmd|' /C calc'!A0"}, "name"),
        ({"name": "+cmd|' /C calc'!A0"}, "name"),
        ({"name": " =1+1"}, "name"),
        ({"name": "'=1+1"}, "name"),
        ({"name": "\t=1+1"}, "name"),
        ({"name": "＝1+1"}, "name"),
        ({"town": "Сливен\u202e"}, "town"),
        ({"town": "Сли\u200bвен"}, "town"),
        ({"town": "Сли\x07вен"}, "town"),
        ({"town": "Сливен\nБургас"}, "town"),
        ({"country": "bg"}, "country"),
        ({"country": "BGR"}, "country"),
        ({"nuts": "Сливен"}, "nuts"),
        ({"regions_served": "BG34;BG33"}, "regions_served"),
        ({"cpv_codes": ""}, "cpv_codes"),
        ({"cpv_codes": "3916"}, "cpv_codes"),
        ({"awards": "много"}, "awards"),
        ({"awards": "-1"}, "awards"),
        ({"first_award": "04.01.2018"}, "first_award"),
        ({"last_award": "2018-02-30"}, "last_award"),
        ({"notices": "x" * 4001}, "notices"),
    ],
    ids=str,
)
def test_a_bad_cell_is_named_and_nothing_of_the_file_is_kept(app, wrong, column):
    result = import_suppliers(table({"name": "Ясен"}, wrong, {"name": "Дъб"}), NOW)

    assert [(error.line, error.column) for error in result.errors] == [(3, column)]
    assert all(error.message["bg"] and error.message["en"] for error in result.errors)
    assert (result.created, count(Supplier), count(Offer)) == (0, 0, 0)


def test_a_stray_sign_before_a_word_is_dropped_and_told(app):
    result = import_suppliers(table({"town": "-le-Monastere"}), NOW)

    assert find_supplier("bg:бук-оод").town == "le-Monastere"
    assert [(warning.line, warning.column) for warning in result.warnings] == [(2, "town")]


def test_every_bad_row_is_told(app):
    result = import_suppliers(table({"country": "x"}, {"name": "Ясен"}, {"name": ""}, {"name": "ЯСЕН"}), NOW)

    assert [(error.line, error.column) for error in result.errors] == [(2, "country"), (4, "name"), (5, "name")]


def test_who_may_not_import(app):
    with pytest.raises(Forbidden):
        import_suppliers(table({}), NOW, by=make_expert("expert"))
    assert import_suppliers(table({}), NOW, by=make_expert("liaison")).created == 1
