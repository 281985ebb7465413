"""A short list says so and names the nearest wider question that finds more."""

import pytest

from app.domain.suppliers.matching import overview
from app.domain.suppliers.sufficiency import (
    Alternative,
    broader_codes,
    count_passing,
    nearest_alternatives,
    sufficiency,
    wider_regions,
)
from tests.domain.suppliers.facts_made import lot, need, offer, supplier


@pytest.mark.parametrize(
    ("found", "regions", "note"),
    [
        (5, ["BG341"], "ok"),
        (4, ["BG341"], "thin"),
        (3, ["BG341"], "thin"),
        (2, ["BG341"], "widen_region"),
        (0, ["BG", "DE1"], "widen_region"),
        (2, ["BG"], "loosen_criteria"),
        (0, [], "loosen_criteria"),
    ],
)
def test_how_long_a_list_has_to_be(found, regions, note):
    result = overview(need(regions=regions), [supplier(f"Фирма {number}") for number in range(found)])

    assert (len(result.lines), sufficiency(result)) == (found, note)


def test_without_a_code_the_note_asks_for_one():
    assert sufficiency(overview(need(cpv=[]), [])) == "no_cpv"


def test_regions_widen_step_by_step_up_to_everywhere():
    steps = [step.regions for step in wider_regions(need(regions=["BG341", "BG342", "DE"]))]

    assert steps == [("BG34", "DE"), ("BG3", "DE"), ("BG", "DE"), ()]


def test_codes_broaden_step_by_step_up_to_the_division():
    steps = [step.wanted for step in broader_codes(need(cpv=["39161000"], lots=[lot("1", "39162000")]))]

    assert steps == [("39160000",), ("39100000",), ("39000000",)]


def test_an_empty_list_names_the_nearest_wider_region_and_broader_code():
    suppliers = [
        supplier("А", [offer(regions=["BG342"])]),
        supplier("Б", [offer(regions=["BG33"])]),
        supplier("В", [offer(["39130000"])]),
    ]
    result = overview(need(), suppliers)

    assert result.lines == ()
    assert nearest_alternatives(result, count_passing(suppliers)) == (
        Alternative("wider_region", ("BG34",), 1),
        Alternative("broader_cpv", ("39100000",), 1),
    )


def test_where_nothing_wider_finds_more_no_alternative_is_named():
    suppliers = [supplier("А", [offer(["15000000"])])]

    assert nearest_alternatives(overview(need(), suppliers), count_passing(suppliers)) == ()


def test_a_long_enough_list_needs_no_alternative():
    suppliers = [supplier(name) for name in "АБВ"] + [supplier("Г", [offer(regions=["DE"])])]

    assert nearest_alternatives(overview(need(), suppliers), count_passing(suppliers)) == ()
