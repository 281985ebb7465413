"""The rules of the overview by hand: each filter, each term, each status."""

from decimal import Decimal

import pytest

from app.domain.suppliers.matching import Funnel, LotTerm, Proof, overview, relation, round_half_up
from tests.domain.suppliers.facts_made import (
    asked,
    day,
    evidence,
    figures,
    label,
    line_of,
    lot,
    need,
    offer,
    supplier,
)


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        ("34928500", "34928500", (10, "exact")),
        ("34928500", "34928510", (10, "narrower")),
        ("34928510", "34928500", (8, "category")),
        ("34928500", "34928000", (8, "category")),
        ("34928500", "34920000", (6, "class")),
        ("34928500", "34900000", (4, "group")),
        ("34928500", "34000000", (2, "division")),
        ("30000000", "30213000", (10, "narrower")),
        ("34928510", "34928520", None),
        ("34928500", "34929000", None),
        ("34928500", "35000000", None),
        ("30000000", "31000000", None),
    ],
)
def test_how_an_offered_code_relates_to_the_one_asked_for(wanted, offered, expected):
    assert relation(wanted, offered) == expected


def test_hand_calculated_figure_of_a_full_line():
    criteria = [asked("wood"), asked("glue", "comprehensive"), asked("repair", "comprehensive")]
    one = supplier(
        "А",
        [offer(["39100000"], ["BG341"])],
        label("wood"),
        evidence("test_report", "glue"),
        evidence("self_declaration", "repair"),
    )

    line = line_of(one, need(cpv=["39160000"], regions=["BG34"], criteria=criteria))

    # 0.35*0.4 + 0.45*(2*1 + 1*0.8 + 1*0.25)/4 + 0.15*0.5 + 0.05*1 = 0.14 + 0.343125 + 0.075 + 0.05 = 0.608125
    assert line.cpv[:2] == (4, "group")
    assert line.figure == Decimal("60.8")


def test_hand_calculated_figure_with_lots():
    lots = [lot("1", "39160000"), lot("2", "30213000"), lot("3", "15000000")]
    one = supplier("А", [offer(["39160000"], ["BG3"])], label("wood"))

    line = line_of(one, need(lots=lots, criteria=[asked("wood"), asked("glue")]))

    # 0.35*1 + 0.45*1/2 + 0.15*1 + 0.05*1/3 = 0.35 + 0.225 + 0.15 + 0.016667 = 0.741667
    assert line.lots == LotTerm(("1",), 3)
    assert line.figure == Decimal("74.2")


def test_halves_round_up():
    # 0.35*1 + 0.45*0.25 + 0.15 + 0.05 = 0.6625 → 66.25 → 66.3
    line = line_of(supplier("А", None, evidence("self_declaration")), need(criteria=[asked()]))

    assert line.figure == Decimal("66.3")
    assert [round_half_up(part, 4) for part in (1, 2, 3, 6)] == [0, 1, 1, 2]


def test_nothing_asked_is_nothing_missed():
    assert figures([supplier("А")], need(criteria=[], regions=[])) == {"А": "100.0"}


def test_no_code_asked_lists_nobody():
    assert overview(need(cpv=[]), [supplier("А")]).lines == ()


def test_the_code_filter_takes_out_strangers_only():
    suppliers = [
        supplier(code, [offer([code])]) for code in ("39160000", "39161000", "39100000", "39150000", "15000000")
    ]

    assert set(figures(suppliers)) == {"39160000", "39161000", "39100000"}


def test_the_region_filter_looks_at_regions_served():
    served = {"held": ["BG"], "same": ["BG341"], "within": ["BG34", "DE"], "other": ["BG342"], "abroad": ["DE"]}
    suppliers = [supplier(name, [offer(regions=regions)]) for name, regions in served.items()]

    assert figures(suppliers) == {"held": "100.0", "same": "100.0", "within": "100.0"}
    assert figures(suppliers, need(regions=["BG34"])) == {
        "held": "100.0",
        "other": "92.5",
        "same": "92.5",
        "within": "100.0",
    }


def test_several_delivery_regions_are_whole_only_when_each_is():
    both, one = supplier("both", [offer(regions=["BG341", "BG342"])]), supplier("one", [offer(regions=["BG341"])])

    assert figures([both, one], need(regions=["BG341", "BG342"])) == {"both": "100.0", "one": "92.5"}


def test_a_region_not_stated_is_unknown_and_not_a_no():
    line = line_of(supplier("А", [offer(regions=[])]))

    assert (line.regions.halves, line.regions.is_stated) == (0, False)
    assert line.figure == Decimal("85.0")


def test_code_and_region_must_meet_in_one_offer():
    split = supplier("А", [offer(["39160000"], ["DE"], "a"), offer(["15000000"], ["BG341"], "b")])

    assert line_of(split) is None


def test_the_lot_filter_takes_out_those_who_fit_none():
    lots = [lot("1", "39162000"), lot("2", "39161000")]
    suppliers = [supplier(code, [offer([code])]) for code in ("39162000", "39161000", "39160000", "39113000")]

    result = overview(need(lots=lots), suppliers)

    assert {line.supplier.name: line.lots.covered for line in result.lines} == {
        "39160000": ("1", "2"),
        "39161000": ("2",),
        "39162000": ("1",),
    }


def test_the_funnel_counts_what_each_filter_takes_out():
    suppliers = [
        supplier("stays", [offer(["39162000"])]),
        supplier("wrong lot", [offer(["39161000"])]),
        supplier("wrong region", [offer(["39162000"], ["DE"])]),
        supplier("wrong code", [offer(["15000000"])]),
    ]

    assert overview(need(lots=[lot("1", "39162000")]), suppliers).funnel == Funnel(4, 3, 2, 1)


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ([label()], ("met", 100, "label")),
        ([label(until=None)], ("met", 100, "label")),
        ([label(until=0)], ("met", 100, "label")),
        ([label(until=-1)], ("not_met", 0, "expired")),
        ([label(refuted=True)], ("not_met", 0, "refuted")),
        ([label(), label(refuted=True)], ("met", 100, "label")),
        ([evidence("test_report")], ("met", 80, "test_report")),
        ([evidence("technical_dossier")], ("declared", 50, "technical_dossier")),
        ([evidence("self_declaration")], ("declared", 25, "self_declaration")),
        ([evidence("self_declaration"), label(until=-1)], ("declared", 25, "self_declaration")),
        ([evidence("hearsay")], ("unknown", 0, "unknown_kind")),
        ([label("another")], ("unknown", 0, "none")),
        ([], ("unknown", 0, "none")),
    ],
)
def test_what_evidence_says_about_a_criterion(proofs, expected):
    (found,) = line_of(supplier("А", None, *proofs), need(criteria=[asked()])).findings

    assert (found.status, found.hundredths, found.why) == expected


def test_evidence_not_in_force_yet_counts_nothing():
    from_tomorrow = label(valid_from=day(1))

    (found,) = line_of(supplier("А", None, from_tomorrow), need(criteria=[asked()])).findings

    assert (found.status, found.hundredths, found.why) == ("unknown", 0, "not_yet")


def test_a_dossier_proves_where_the_criterion_accepts_it_and_a_declaration_never_does():
    criteria = [asked(accepts=("label", "technical_dossier", "self_declaration"))]

    by_dossier = line_of(supplier("А", None, evidence("technical_dossier")), need(criteria=criteria))
    by_word = line_of(supplier("А", None, evidence("self_declaration")), need(criteria=criteria))

    assert [line.findings[0].status for line in (by_dossier, by_word)] == ["met", "declared"]


def test_a_test_report_does_not_prove_what_only_a_label_can():
    line = line_of(supplier("А", None, evidence("test_report")), need(criteria=[asked(accepts=("label",))]))

    assert (line.findings[0].status, line.findings[0].hundredths) == ("declared", 80)


def test_another_label_is_accepted_and_said_to_be_another():
    line = line_of(supplier("А", None, label(scheme="PEFC")), need(criteria=[asked(labels=("FSC",))]))

    assert (line.findings[0].status, line.findings[0].why) == ("met", "other_label")


@pytest.mark.parametrize(
    ("place", "status"),
    [("specification", "unknown"), ("award", "unknown"), ("selection", "met"), ("clause", "met")],
)
def test_a_management_system_never_proves_a_product(place, status):
    line = line_of(supplier("А", None, label(scheme="ISO 14001")), need(criteria=[asked(place=place)]))

    assert line.findings[0].status == status


def test_evidence_of_another_offer_does_not_count():
    offers = [offer(key="desks"), offer(["15000000"], key="food")]

    with_other = line_of(supplier("А", offers, label(offer="food")), need(criteria=[asked()]))
    with_own = line_of(supplier("А", offers, label(offer="desks")), need(criteria=[asked()]))

    assert [line.findings[0].status for line in (with_other, with_own)] == ["unknown", "met"]
    assert with_other.supplier.evidence == ()


def test_the_strongest_evidence_that_lasts_longest_is_shown():
    proofs = [evidence("test_report", number="1"), label(until=10, number="2"), label(until=300, number="3")]

    line = line_of(supplier("А", None, *proofs), need(criteria=[asked()]))

    assert line.supplier.evidence[line.findings[0].evidence].number == "3"


def test_everyone_who_passes_is_listed_by_the_alphabet_and_not_by_the_figure():
    names = ["Ясен", "„Бук“ ООД", "бреза", "Zebra", "ábaco", "Acorn", "Йоана", "Иглика"]
    suppliers = [supplier(name, None, *([label()] if name == "Ясен" else [])) for name in names]

    lines = overview(need(criteria=[asked()]), suppliers).lines

    assert [line.supplier.name for line in lines] == [
        "ábaco", "Acorn", "Zebra", "бреза", "„Бук“ ООД", "Иглика", "Йоана", "Ясен",
    ]  # fmt: skip


def test_a_thousand_are_all_listed():
    suppliers = [supplier(f"Фирма {number}") for number in range(1000)]

    assert len(overview(need(), suppliers).lines) == 1000


def test_how_many_can_prove_a_criterion():
    suppliers = [
        supplier("А", None, label()),
        supplier("Б", None, evidence("test_report")),
        supplier("В", None, evidence("self_declaration")),
        supplier("Г", None, label(until=-1)),
        supplier("Д"),
        supplier("Е", [offer(["15000000"])], label()),
    ]

    assert overview(need(criteria=[asked()]), suppliers).proofs == (Proof("wood", 2, 1, 1, 1, 5),)
