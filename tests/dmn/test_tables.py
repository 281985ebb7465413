"""What decision tables decide, and how they explain it."""

from decimal import Decimal

import pytest

from app.dmn import DmnError, InputValue, Rejected, RuleMatch, load
from app.feel import Budget, FeelBudgetError
from tests.dmn.tables import dmn, literal, table

SIZES = [(["< 10"], ['"S"']), (["[10..100)"], ['"M"']), ([">= 100"], ['"L"'])]
GREETINGS = [(['"a", "b"', "-"], ['"first"']), (["-", "> 5"], ['"second"']), (["-", "-"], ['"last"'])]


def decide(source, context, decision="d", **options):
    return load(source).evaluate(decision, context, **options)


@pytest.mark.parametrize(("value", "size"), [(5, "S"), (10, "M"), (99.5, "M"), (100, "L"), (None, None), ("x", None)])
def test_unique_gives_the_one_rule_that_matches(value, size):
    assert decide(dmn(table(rules=SIZES)), {"x": value}) == size


def test_unique_refuses_several_matches_and_names_the_rules():
    model = load(dmn(table(rules=[(["> 1"], ["1"]), (["> 2"], ["2"]), (["> 9"], ["3"])])))
    assert model.evaluate("d", {"x": 2}) == 1
    with pytest.raises(DmnError) as caught:
        model.evaluate("d", {"x": 5})
    assert caught.value.rules == ("d_r1", "d_r2")
    assert caught.value.element_id == "d_table"
    assert caught.value.words["en"] == "“d”: only one rule may match, but these do: 1, 2."
    assert "1, 2" in caught.value.words["bg"]


@pytest.mark.parametrize(
    ("context", "result"), [({"x": "a", "y": 9}, "first"), ({"x": "c", "y": 9}, "second"), ({}, "last")]
)
def test_first_gives_the_first_rule_that_matches(context, result):
    assert decide(dmn(table(("x", "y"), rules=GREETINGS, policy="FIRST")), context) == result


def test_any_takes_equal_results_and_refuses_others():
    model = load(dmn(table(rules=[(["> 1"], ["1"]), (["> 2"], ["1.0"]), (["> 9"], ["3"])], policy="ANY")))
    assert model.evaluate("d", {"x": 5}) == 1
    with pytest.raises(DmnError) as caught:
        model.evaluate("d", {"x": 10})
    assert caught.value.rules == ("d_r1", "d_r2", "d_r3")


def test_collect_gives_a_list_in_the_order_of_the_rules():
    model = load(dmn(table(rules=[(["> 1"], ["1"]), (["> 2"], ["x * 2"]), (["> 9"], ["3"])], policy="COLLECT")))
    assert model.evaluate("d", {"x": 5}) == [1, 10]
    assert model.evaluate("d", {"x": 0}) == []


@pytest.mark.parametrize(
    ("aggregation", "result", "without"), [("SUM", 9, None), ("COUNT", 2, 0), ("MIN", 2, None), ("MAX", 7, None)]
)
def test_collect_can_reckon(aggregation, result, without):
    rules = [(["> 1"], ["2"]), (["> 2"], ["7"]), (["> 9"], ["100"])]
    model = load(dmn(table(rules=rules, policy="COLLECT", aggregation=aggregation)))
    assert model.evaluate("d", {"x": 5}) == result
    assert model.evaluate("d", {"x": 0}) == without


def test_several_outputs_make_a_context():
    rules = [(["true"], ['"M"', "request.days + 1"]), (["false"], ["null", ""])]
    model = load(dmn(table(("request.big",), ("size", "days"), rules)))
    assert model.evaluate("d", {"request": {"big": True, "days": 4}}) == {"size": "M", "days": Decimal(5)}
    assert model.evaluate("d", {"request": {"big": False}}) == {"size": None, "days": None}
    assert model.evaluate("d", {"request": {}}) is None


@pytest.mark.parametrize(("policy", "result"), [("UNIQUE", "none"), ("FIRST", "none"), ("COLLECT", ["none"])])
def test_defaults_hold_when_no_rule_matches(policy, result):
    model = load(dmn(table(rules=SIZES, policy=policy, defaults={"y": '"none"'})))
    assert model.evaluate("d", {}) == result


def test_empty_cells_restrict_nothing():
    assert decide(dmn(table(rules=[([""], ["1"])])), {"x": 7}) == 1


def test_cells_see_the_whole_context_and_the_input():
    rules = [(["> limit"], ["1"]), (["? * 2 > limit"], ["2"]), (["not(> limit)"], ["3"])]
    model = load(dmn(table(rules=rules, policy="FIRST")))
    assert [model.evaluate("d", {"x": x, "limit": 10}) for x in (11, 6, 5)] == [1, 2, 3]
    assert model.decisions["d"].names == {"x", "limit"}


def test_an_explanation_says_what_matched_and_what_failed_first():
    rules = [
        (['"b"', "-"], ["1"], "not b"),
        (['"a"', "< 5"], ["2"]),
        (['"a"', "-"], ["3"], "any", "other"),
        (["-", "-"], ["4"]),
    ]
    explained = decide(dmn(table(("x", "y"), ("out",), rules, "FIRST")), {"x": "a", "y": 7}, explain=True)

    assert explained.value == 3
    assert explained.matched == (RuleMatch("d_r3", 3, ("any", "other"), {"out": Decimal(3)}),)
    assert explained.rejected == (
        Rejected("d_r1", 1, "x", '"b"', "a"),
        Rejected("d_r2", 2, "y", "< 5", Decimal(7)),
    )
    assert explained.inputs == (InputValue("x", "x", "a"), InputValue("y", "y", Decimal(7)))


def test_a_description_serves_as_note():
    source = dmn(table(rules=[(["-"], ["1"])])).replace(
        b'<rule id="d_r1">', b'<rule id="d_r1"><description> why </description>'
    )
    assert decide(source, {}, explain=True).matched[0].annotations == ("why",)


def test_required_decisions_are_made_first_under_their_variable():
    source = dmn(
        literal("risk level + points", "total", needs=["risk", "points"]),
        literal("x * 2", "risk", variable="risk level"),
        table(rules=[(["> 1"], ["10"])], decision="points"),
    )
    model = load(source)
    assert model.check() == []
    assert model.evaluate("total", {"x": 5}) == 20
    assert model.decisions["total"].needs == ("risk", "points")


def test_names_with_spaces_come_from_the_model():
    source = dmn('<inputData id="i" name="monthly salary"/>', literal("monthly salary * 12"))
    assert decide(source, {"monthly salary": 100}) == 1200


def test_unknown_decisions_are_refused():
    with pytest.raises(DmnError, match="no decision “other”"):
        decide(dmn(literal("1")), {}, "other")


def test_a_table_obeys_one_budget():
    heavy = "count(for i in 1..3000 return i) > 0"
    model = load(dmn(table(rules=[(["-"], ["1"]), *[([heavy], ["2"])] * 30], policy="COLLECT")))
    with pytest.raises(FeelBudgetError):
        model.evaluate("d", {"x": 1})
    assert model.evaluate("d", {"x": 1}, budget=Budget(10_000_000))[0] == 1


def test_a_table_of_fifty_rules_takes_few_steps():
    rules = [([f'"g{n}"', f"> {n}"], [f'"out{n}"']) for n in range(50)]
    budget = Budget()
    assert load(dmn(table(("x", "y"), rules=rules))).evaluate("d", {"x": "g49", "y": 60}, budget=budget) == "out49"
    assert budget.steps > 99_900
