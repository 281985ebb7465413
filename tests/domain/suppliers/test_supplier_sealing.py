"""A sealed overview: the same bytes anywhere, complete, and never changed by what comes after."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import typed_json
from app.db import db
from app.domain.criteria.operations import load_shipped_criteria
from app.domain.suppliers.demo import load_demo_suppliers
from app.domain.suppliers.matching import RULES_VERSION, overview
from app.domain.suppliers.models import Match, Supplier, Verdict
from app.domain.suppliers.operations import (
    check_evidence,
    make_overview,
    make_overview_again,
    need_for,
    set_reach,
    withdraw_supplier,
)
from app.domain.suppliers.queries import latest_overview_of, overviews_of
from app.domain.suppliers.sealing import canonical, open_sealed, report_of, seal, verify
from app.errors import Conflict, Forbidden, Invalid
from tests.domain.suppliers.catalogue import NOW, make_expert, stored_label, stored_supplier
from tests.domain.suppliers.facts_made import TODAY, asked, evidence, label, lot, need, offer, supplier
from tests.support.rows import bare_row

#: changes only with RULES_VERSION, the form of the report or its words
SEAL_OF_TWO = "236d7e5c955a4746f20b443612612dbbf01edbb37b1842116f21892cb674cf99"


def demo_need():
    criteria = ["furniture-wood-core", "furniture-formaldehyde-core"]
    return need_for(on=TODAY, cpv=["39160000"], regions=["BG341"], criteria=criteria)


def test_the_same_facts_give_the_same_bytes_on_both_databases(any_db_app):
    stored_label(stored_supplier("Ясен", regions=["BG34", "DE"], town="Бургас", is_sme=True), "wood")
    stored_supplier("Ähorn", cpv=["39100000", "15000000"], regions=[])

    match = make_overview(None, need(criteria=[asked("wood"), asked("glue")]), by=None, now=NOW)

    assert match.sha256 == SEAL_OF_TWO


def test_two_of_nine_can_prove_the_wood(app):
    load_shipped_criteria()
    load_demo_suppliers(TODAY)

    report = open_sealed(make_overview(None, demo_need(), by=None, now=NOW))

    wood = {"criterion": "furniture-wood-core", "met": 2, "declared": 1, "unknown": 5, "not_met": 1, "of": 9}
    assert report["proofs"][1] == wood


def test_the_time_and_the_maker_stand_outside_the_seal(app):
    load_shipped_criteria()
    stored_supplier()
    expert = make_expert()

    first = make_overview(None, demo_need(), by=None, now=NOW)
    later = make_overview(None, demo_need(), by=expert, now=NOW + timedelta(days=3), reason="проверка")

    assert first.report == later.report
    assert (later.made_by_id, later.made_as_id, later.sequence) == (expert.user_id, expert.membership_id, 2)


def test_an_old_overview_opens_unchanged_after_the_catalogue_changed(any_db_app):
    load_shipped_criteria()
    one = stored_supplier("Бук")
    proof = stored_label(one)
    match = make_overview(None, demo_need(), by=None, now=NOW)
    before = open_sealed(match)

    check_evidence(proof, by=make_expert(), verdict=Verdict.REFUTED, now=NOW, note="друг продукт")
    one.name = "Ново име"
    set_reach(one.offers[0], cpv=["15000000"], regions=["DE"])
    stored_supplier("Ясен")
    withdraw_supplier(one, by=None, on=TODAY)
    db.session.flush()
    db.session.expire_all()

    after = open_sealed(db.session.get(Match, match.id))
    assert after == before
    assert [line["name"] for line in after["lines"]] == ["Бук"]
    again = open_sealed(make_overview(None, demo_need(), by=None, now=NOW))
    assert [line["name"] for line in again["lines"]] == ["Ясен"]


def test_a_changed_text_is_found_out(app):
    load_shipped_criteria()
    stored_supplier("Бук")
    match = make_overview(None, demo_need(), by=None, now=NOW)
    assert verify(match)

    match.report = match.report.replace("Бук", "Дъб")

    assert not verify(match)
    with pytest.raises(Conflict):
        open_sealed(match)


def test_asking_again_with_other_criteria_and_regions_keeps_the_first(any_db_app):
    load_shipped_criteria()
    stored_label(stored_supplier("Бук", regions=["BG342"]))
    request_id = bare_row("request")
    expert = make_expert()
    first = make_overview(request_id, demo_need(), by=None, now=NOW)

    second = make_overview_again(
        first, by=expert, now=NOW, reason="по-широк район", regions=["BG34"], criteria=["furniture-wood-core"]
    )

    assert [(match.sequence, match.suppliers) for match in overviews_of(request_id)] == [(2, 1), (1, 0)]
    assert latest_overview_of(request_id) is second
    assert open_sealed(first)["need"]["regions"] == ["BG341"]
    assert open_sealed(second)["need"]["regions"] == ["BG34"]
    assert [item["code"] for item in open_sealed(second)["need"]["criteria"]] == ["furniture-wood-core"]


def test_who_may_not_make_an_overview(app):
    for role in ("lawyer", "editor"):
        with pytest.raises(Forbidden):
            make_overview(None, demo_need_without_library(), by=make_expert(role), now=NOW)


def demo_need_without_library():
    return need(criteria=[])


def test_a_criterion_in_the_experts_own_words_is_unknown_to_all(app):
    one = stored_supplier()
    stored_label(one)

    own = need_for(on=TODAY, cpv=["39160000"], criteria=[{"text": "Без пластмаса", "level": "comprehensive"}])
    report = open_sealed(make_overview(None, own, by=None, now=NOW))

    assert report["need"]["criteria"][0]["title"] == {"bg": "Без пластмаса", "en": "Без пластмаса"}
    assert report["proofs"] == [{"criterion": "own-1", "met": 0, "declared": 0, "unknown": 1, "not_met": 0, "of": 1}]


def test_a_code_that_is_not_in_the_library_is_refused(app):
    with pytest.raises(Invalid):
        need_for(on=TODAY, cpv=["39160000"], criteria=["no-such-criterion"])


def test_everything_a_line_rests_on_is_in_the_seal():
    criteria = [asked("glue", "comprehensive"), asked("wood")]
    one = supplier(
        "Бук",
        [offer(["39100000"], ["BG341"], source="сайт", source_on=TODAY)],
        label("wood", until=45, scheme="FSC", issuer="Орган", number="7", scope="верига", checked_on=TODAY),
        evidence("test_report", "glue", number="8", valid_until=TODAY - timedelta(days=1)),
        country="BG", town="Бургас", seat="BG341", is_sme=True, past_awards=3, source="сайт",
        last_confirmed_on=TODAY - timedelta(days=400),
    )  # fmt: skip

    report = report_read(overview(need(regions=["BG34"], lots=[lot("1")], criteria=criteria), [one]))

    (line,) = report["lines"]
    # 35*0.4 + 45*2/3 + 15*0.5 + 5 = 14 + 30 + 7.5 + 5
    assert line["figure"] == Decimal("56.5")
    assert line["cpv"] == {
        "value": Decimal("0.400"), "relation": "group", "asked": "39160000", "offered": "39100000", "offer": "desks",
    }  # fmt: skip
    assert line["regions"] == {
        "value": Decimal("0.500"), "cover": "part", "covers": [{"region": "BG34", "served": "BG341", "cover": "part"}],
    }  # fmt: skip
    assert line["lots"] == {"value": Decimal("1.000"), "covered": ["1"], "asked": 1}
    assert line["criteria"] == {
        "value": Decimal("0.667"),
        "findings": [
            {"criterion": "glue", "status": "not_met", "value": Decimal("0.000"), "why": "expired", "evidence": 0,
             "until": TODAY - timedelta(days=1)},
            {"criterion": "wood", "status": "met", "value": Decimal("1.000"), "why": "label", "evidence": 1,
             "until": TODAY + timedelta(days=45)},
        ],
    }  # fmt: skip
    assert line["notes"] == ["expires_soon", "long_ago"]
    assert line["facts"]["evidence"][1] == {
        "criterion": "wood", "kind": "label", "scheme": "FSC", "issuer": "Орган", "number": "7", "scope": "верига",
        "valid_from": None, "valid_until": TODAY + timedelta(days=45), "source": "", "checked_on": TODAY,
        "refuted": False, "refuted_why": "", "offer": "",
    }  # fmt: skip
    assert {name: line["facts"][name] for name in ("town", "seat", "is_sme", "past_awards")} == {
        "town": "Бургас", "seat": "BG341", "is_sme": True, "past_awards": 3,
    }  # fmt: skip
    assert report["ready"] == {"core": 1, "comprehensive": 0}
    assert report["rules"] == RULES_VERSION


def test_an_empty_result_says_which_filter_removed_how_many_and_what_is_near(any_db_app):
    stored_supplier("А", regions=["BG342"])
    stored_supplier("Б", regions=["DE"])
    stored_supplier("В", cpv=["39130000"])
    stored_supplier("Г", cpv=["15000000"])

    report = open_sealed(make_overview(None, need(), by=None, now=NOW))

    assert report["lines"] == []
    assert report["funnel"] == {"total": 4, "cpv": 2, "regions": 0, "lots": 0}
    assert report["removed"] == {"cpv": 2, "regions": 2, "lots": 0}
    assert report["sufficiency"]["code"] == "widen_region"
    assert report["alternatives"] == [
        {"kind": "wider_region", "codes": ["BG34"], "suppliers": 1},
        {"kind": "broader_cpv", "codes": ["39100000"], "suppliers": 1},
    ]


def test_the_fixed_sentence_stands_in_every_report():
    report = report_read(overview(need(), []))

    assert report["sentence"] == {
        "bg": "Списъкът е обзор на пазара към дата 23.11.2026 г., не е класиране, не е предварителен подбор и не "
        "ограничава участието.",
        "en": "The list is an overview of the market as of 23 November 2026; it is not a ranking, not a preselection, "
        "and does not restrict participation.",
    }


def test_what_was_not_asked_is_stated():
    statements = report_read(overview(need(criteria=[]), []))["statements"]

    assert [words["en"] for words in statements] == [
        "No criteria were asked for; this term is 1 for everyone.",
        "The purchase is not divided into lots; this term is 1 for everyone.",
    ]


def test_every_code_of_a_report_has_its_words_in_both_languages(any_db_app):
    load_shipped_criteria()
    load_demo_suppliers(TODAY)
    report = open_sealed(make_overview(None, demo_need(), by=None, now=NOW))
    words = report["words"]

    for line in report["lines"]:
        for finding in line["criteria"]["findings"]:
            assert {"bg", "en"} == set(words["status"][finding["status"]]) == set(words["why"][finding["why"]])
        assert {"bg", "en"} == set(words["relation"][line["cpv"]["relation"]])
        assert {"bg", "en"} == set(words["cover"][line["regions"]["cover"]])
        assert all({"bg", "en"} == set(words["note"][note]) for note in line["notes"])


def test_names_of_suppliers_are_the_key_and_never_a_number_of_the_database(any_db_app):
    for number in range(3):
        db.session.delete(bare_supplier(number))
    stored_supplier("Бук")

    report = open_sealed(make_overview(None, need(), by=None, now=NOW))

    assert report["lines"][0]["supplier"] == "bg:бук"
    assert "id" not in report["lines"][0]["facts"]


def bare_supplier(number):
    one = Supplier(key=str(number), name="x", sort_name="x", country="BG", source="x", created_at=NOW)
    db.session.add(one)
    db.session.flush()
    return one


def report_read(result):
    sealed = seal(result)
    return open_sealed(Match(report=sealed.text, sha256=sealed.sha256))


def test_the_quick_canonical_text_is_that_of_typed_json():
    suppliers = [supplier(name, None, label(), evidence("test_report", number="2")) for name in ("Бук", 'Я"$":сен')]
    report = report_of(overview(need(criteria=[asked()], lots=[lot("1")]), suppliers))

    assert canonical(report) == typed_json.dumps(report)


def test_words_that_look_like_a_typed_value_come_back_as_words():
    hostile = offer()._replace(title={"$": "date", "v": "2026-01-01"})

    report = report_read(overview(need(), [supplier("Бук", [hostile])]))

    assert report["lines"][0]["facts"]["offers"][0]["title"] == {"$": "date", "v": "2026-01-01"}
