"""Mistakes in decision files are found with the element they stand at; hostile files are refused."""

import pytest

from app.dmn import DmnError, load
from app.feel import FeelBudgetError
from tests.dmn.tables import NAMESPACE, dmn, literal, table

OK = [(["-"], ["1"])]


def findings(source):
    return [(found.element_id, found.severity, found.code) for found in load(source).check()]


NAMELESS = '<decision name="d"><literalExpression><text>1</text></literalExpression></decision>'
GROOVY = literal("1").replace("<literalExpression", '<literalExpression expressionLanguage="groovy"')
NOT_ALLOWED = table(rules=[(["-"], ['"z"'])], allowed={"y": '"a", "b"'})
SAME_NAMES = table(outputs=("y", "y"), rules=[(["-"], ["1", "2"])])

MISTAKES = [
    ("a cell that does not parse", dmn(table(rules=[(["== 1"], ["1"])])), ("d_r1_i1", "error", "input_cell")),
    ("a result that does not parse", dmn(table(rules=[(["1"], ["a &&"])])), ("d_r1_o1", "error", "output_cell")),
    ("an input that does not parse", dmn(table(("x +",), rules=OK)), ("d_in1", "error", "expression")),
    ("an input without expression", dmn(table(("",), rules=OK)), ("d_in1", "error", "expression")),
    ("a default that does not parse", dmn(table(rules=OK, defaults={"y": "("})), ("d_out_y", "error", "expression")),
    ("an unknown hit policy", dmn(table(rules=OK, policy="SOMETIMES")), ("d_table", "error", "hit_policy")),
    (
        "an unknown aggregation",
        dmn(table(rules=OK, policy="COLLECT", aggregation="AVG")),
        ("d_table", "error", "aggregation"),
    ),
    ("an aggregation without collect", dmn(table(rules=OK, aggregation="SUM")), ("d_table", "error", "aggregation")),
    ("too few inputs in a rule", dmn(table(("x", "z"), rules=OK)), ("d_r1", "error", "cell_count")),
    ("too many results in a rule", dmn(table(rules=[(["-"], ["1", "2"])])), ("d_r1", "error", "cell_count")),
    ("an empty table", dmn(table()), ("d_table", "warning", "no_rules")),
    ("a table without outputs", dmn(table(outputs=(), rules=[(["-"], [])])), ("d_table", "error", "no_outputs")),
    ("outputs of the same name", dmn(SAME_NAMES), ("d_table", "error", "output_name")),
    ("the same id twice", dmn(literal("1"), literal("2")), ("d", "error", "duplicate_id")),
    ("a literal that does not parse", dmn(literal("1 +")), ("d", "error", "expression")),
    ("an empty literal", dmn(literal("")), ("d", "error", "expression")),
    ("a decision without logic", dmn('<decision id="d" name="d"/>'), ("d", "error", "no_logic")),
    ("a boxed context", dmn('<decision id="d"><context id="c"/></decision>'), ("c", "error", "unsupported")),
    ("a decision without id", dmn(NAMELESS), ("", "error", "missing_id")),
    ("no decision at all", dmn(), ("", "error", "no_decision")),
    ("a missing requirement", dmn(literal("1", needs=["gone"])), ("d", "error", "requirement")),
    ("a requirement of itself", dmn(literal("1", needs=["d"])), ("d", "error", "cycle")),
    ("a cycle", dmn(literal("1", "a", needs=["b"]), literal("1", "b", needs=["a"])), ("a", "error", "cycle")),
    ("a foreign language", dmn(GROOVY), ("d", "error", "language")),
    ("a result that is not allowed", dmn(NOT_ALLOWED), ("d_r1_o1", "warning", "not_allowed")),
]


@pytest.mark.parametrize(("source", "expected"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_mistakes_are_found_where_they_stand(source, expected):
    assert expected in findings(source)
    for found in load(source).check():
        assert set(found.message) == {"bg", "en"}
        assert found.message["bg"] != found.message["en"]


def test_a_sound_file_has_no_findings():
    allowed = {"y": '"a", "b"'}
    assert (
        findings(dmn(table(rules=[(["-"], ['"a"'])], allowed=allowed, defaults={"y": '"b"'}), literal("1", "e"))) == []
    )


def test_a_finding_names_the_rule_the_column_and_the_reason():
    found = load(dmn(table(rules=[(["1"], ["1"]), (["== 2"], ["2"])]))).check()[0]
    assert found.message["en"] == "Rule 2, input “x”: “==” is not used here. Write “=” to compare."
    assert found.message["bg"].startswith("Правило 2, вход „x“: ")


def test_a_broken_decision_is_not_evaluated_but_others_are():
    model = load(dmn(table(rules=[(["== 1"], ["1"])]), literal("2", "good"), literal("d", "upon", needs=["d"])))
    assert model.evaluate("good", {}) == 2
    for name in ("d", "upon"):
        with pytest.raises(DmnError, match="has errors"):
            model.evaluate(name, {"x": 1})


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_files_of_all_versions_are_read(namespace):
    assert load(dmn(table(rules=OK), namespace=namespace)).evaluate("d", {}) == 1


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REFUSED = [
    (b"", "cannot be read as XML"),
    (b"<definitions", "cannot be read as XML"),
    (b"\x00\xff\xfe", "cannot be read as XML"),
    (b"x" * 600_000, "larger than 512 kB"),
    (dmn(literal("1"), head=BOMB), "DTD"),
    (dmn(literal("1"), head='<!DOCTYPE definitions SYSTEM "file:///etc/passwd">'), "DTD"),
    (dmn("<a>" * 60 + "</a>" * 60), "nested too deeply"),
    (dmn("<a>" * 300 + "</a>" * 300), "nested too deeply"),
    (dmn("<a/>" * 50_000), "too many elements"),
    (dmn(literal("1"), namespace="urn:other"), "no decision model"),
    (b"<definitions/>", "no decision model"),
    (f'<html xmlns="{NAMESPACE}"/>'.encode(), "no decision model"),
]


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_other_and_hostile_files_are_refused(source, reason):
    with pytest.raises(DmnError) as caught:
        load(source)
    assert reason in caught.value.words["en"]
    assert caught.value.words["bg"] != caught.value.words["en"]


def test_cells_run_nothing_but_the_language():
    for attack in ("__import__(os)", "().__class__", "open(x)", "lambda: 1", "import os", "x.__class__.__bases__"):
        model = load(dmn(table(rules=[(["-"], [attack])])))
        broken = [found.code for found in model.check()] == ["output_cell"]
        assert broken or model.evaluate("d", {"x": "text"}) is None


def test_long_chains_of_decisions_end_with_an_error():
    chain = [literal(f"d{n + 1} + 1", f"d{n}", needs=[f"d{n + 1}"]) for n in range(1200)]
    with pytest.raises(FeelBudgetError):
        load(dmn(*chain, literal("0", "d1200"))).evaluate("d0", {})
