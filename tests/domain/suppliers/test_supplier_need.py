"""A need has one spelling, and codes that are none are refused."""

import pytest

from app.domain.suppliers.need import cpv_ancestors, cpv_stem, make_need, need_from_values, need_to_values
from app.errors import Invalid
from tests.domain.suppliers.facts_made import TODAY, asked, lot, need


def test_codes_are_sorted_once_each_and_lose_their_check_digit():
    made = make_need(on=TODAY, cpv=["39160000-1", "30197643", "39160000"], regions=["bg341", "BG341", "BG33"])

    assert made.cpv == ("30197643", "39160000")
    assert made.regions == ("BG33", "BG341")


@pytest.mark.parametrize("code", ["3916000", "391600000", "39160000-", "3916000x", "", "00000000", "٣٩١٦٠٠٠٠"])
def test_what_is_no_cpv_code_is_refused(code):
    with pytest.raises(Invalid):
        need(cpv=[code])


@pytest.mark.parametrize("code", ["B", "BG3412", "Б341", "BG-3", "1G34", ""])
def test_what_is_no_region_is_refused(code):
    with pytest.raises(Invalid):
        need(regions=[code])


def test_the_same_criterion_or_lot_twice_is_refused():
    with pytest.raises(Invalid):
        need(criteria=[asked("wood"), asked("wood", "comprehensive")])
    with pytest.raises(Invalid):
        need(lots=[lot("1"), lot("1")])


def test_an_unknown_level_is_refused():
    with pytest.raises(Invalid):
        need(criteria=[asked(level="gold")])


def test_the_order_of_criteria_does_not_matter():
    assert need(criteria=[asked("b"), asked("a")]) == need(criteria=[asked("a"), asked("b")])


def test_a_need_comes_back_from_its_values():
    made = need(lots=[lot("1", "39160000"), lot("2")], criteria=[asked("a", "both", labels=("FSC",)), asked("b")])

    assert need_from_values(need_to_values(made)) == made


def test_lots_without_a_code_have_that_of_the_purchase():
    made = need(cpv=["39160000"], lots=[lot("1", "30213000"), lot("2")])

    assert made.needed_for_lots == ("30213000", "39160000")
    assert need(cpv=["39160000"], lots=[lot("1", "30213000")]).needed_for_lots == ("30213000",)
    assert need(cpv=["39160000"]).needed_for_lots == ("39160000",)


def test_the_stem_of_a_division_keeps_its_zero():
    assert [cpv_stem(code) for code in ("30000000", "39160000", "34928510")] == ["30", "3916", "3492851"]


def test_broader_codes_reach_up_to_the_division():
    assert cpv_ancestors("34928510") == ("34000000", "34900000", "34920000", "34928000", "34928500")
    assert cpv_ancestors("30000000") == ()
