"""Files meant to do harm: they get findings within bounds, and nothing in them is ever run."""

import time
from pathlib import Path

import pytest

from app import engine
from app.engine import Package
from tests.engine.build import (
    FORMS,
    NOW,
    ROLES,
    SERVICES,
    assign,
    both,
    boundary,
    drawing,
    element,
    end,
    extensions,
    flow,
    flows,
    given,
    output,
    package,
    rule,
    script,
    service,
    start,
    table,
    user,
    wait,
    xor,
)

SECONDS = 2.0

BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><bpmn:definitions xmlns:bpmn='http://www.omg.org/spec/BPMN/20100524/MODEL'>&i;</bpmn:definitions>"
)


def raw(bpmn: bytes, decisions: dict | None = None) -> Package:
    return Package(bpmn, decisions or {}, FORMS, ROLES, SERVICES)


def codes(given_package: Package) -> set[str]:
    """The codes of all findings, which must come in good time."""
    begun = time.monotonic()
    found = {each.code for each in engine.check(given_package)}
    assert time.monotonic() - begun < SECONDS
    return found


@pytest.mark.parametrize(
    ("bpmn", "code"),
    [
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "dtd"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "dtd"),
        (BOMB.encode(), "dtd"),
        (BOMB.encode("utf-16"), "dtd"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "1">]><x>&e;</x>'.encode("utf-16"), "dtd"),
        (b"\x00" * 100, "not_xml"),
        (b"", "not_xml"),
        (b"PK\x03\x04", "not_xml"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "too_deep"),
        (b"<a>" * 200 + b"</a>" * 200, "too_deep"),
        (b" " * 50_000_000, "too_big"),
        (b"<x>&undefined;</x>", "not_xml"),
    ],
)
def test_what_is_not_plain_xml_is_refused(bpmn, code):
    assert codes(raw(bpmn)) == {code}


def test_a_hundred_thousand_elements_are_refused():
    assert codes(raw(drawing(*("<bpmn:task/>" for _ in range(70_000))))) == {"too_many_elements"}
    assert codes(raw(drawing(*(f'<bpmn:task id="t{n}"/>' for n in range(100_000))))) == {"too_big"}


def test_a_gateway_of_five_thousand_arrows_is_refused():
    arrows = "".join(f'<bpmn:sequenceFlow id="f{n}" sourceRef="g" targetRef="end"/>' for n in range(5000))

    assert codes(raw(drawing(start(), both("g"), end(), flow("start", "g"), arrows))) == {"too_many_nodes"}


def test_four_hundred_elements_in_a_row_compile_and_run():
    ids = [f"s{n}" for n in range(398)]
    process = engine.compile(
        package(start(), *(script(i, assign("a", "1")) for i in ids), end(), flows("start", *ids, "end"))
    )

    assert engine.start(process, {}, NOW).finished
    assert len(process.steps) == 400


def test_many_choices_in_parallel_are_checked_in_good_time():
    parts = [start(), both("split"), both("join"), end(), flow("start", "split"), flow("join", "end")]
    for n in range(40):
        parts += [xor(f"x{n}", f"x{n}_b{n}"), user(f"a{n}"), user(f"b{n}"), xor(f"m{n}")]
        parts += [
            flows("split", f"x{n}", f"b{n}", f"m{n}", "join"),
            flow(f"x{n}", f"a{n}", "c"),
            flow(f"a{n}", f"m{n}"),
        ]

    assert codes(package(*parts)) == set()


def test_choices_that_leave_tokens_everywhere_are_said_to_be_too_tangled():
    parts = [start(), both("split"), both("join"), end(), flow("start", "split"), flow("join", "end")]
    for n in range(14):
        parts += [xor(f"x{n}", f"x{n}_d"), both(f"j{n}"), user(f"a{n}"), user(f"b{n}")]
        parts += [flow("split", f"x{n}"), flow(f"x{n}", f"a{n}", "c"), flow(f"x{n}", f"b{n}", id=f"x{n}_d")]
        parts += [flow(f"a{n}", f"j{n}"), flow(f"b{n}", f"j{n}"), flow(f"j{n}", "join")]

    assert "too_tangled" in codes(package(*parts))


def test_a_ladder_of_gateways_gives_a_text_twin_in_good_time():
    parts, before = [start()], "start"
    for n in range(40):
        parts += [xor(f"g{n}", f"e{n}"), xor(f"m{n}"), flow(before, f"g{n}")]
        parts += [flow(f"g{n}", f"m{n}", "a", id=f"c{n}"), flow(f"g{n}", f"m{n}", id=f"e{n}")]
        before = f"m{n}"
    begun = time.monotonic()

    process = engine.compile(package(*parts, end(), flow(before, "end")))

    assert time.monotonic() - begun < SECONDS
    assert [step.element_id for step in process.steps] == ["start", "end"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a' or '1'='1", "x\u202ey", "<b>", "а", "1x", "", " ", "x" * 101])
def test_ids_are_plain_names(name):
    drawn = drawing(start(), element("userTask", "TASK"), end(), flows("start", "TASK", "end"))
    escaped = name.replace("<", "&lt;")

    found = codes(raw(drawn.replace(b"TASK", escaped.encode())))

    assert {"bad_id", "id_missing"} & found


TRAP = "__import__('os').system('touch {path}')"

#: Every place an expression may stand, with something in it.
PLACES = {
    "condition": lambda code: [xor("x", "x_end"), end("e"), flows("start", "x", "end"), flow("x", "e", code)],
    "timer": lambda code: [wait("x", code), flows("start", "x", "end")],
    "boundary": lambda code: [user("x"), boundary("b", "x", code), flows("start", "x", "end"), flow("b", "end")],
    "output": lambda code: [user("x", output("a", code.replace("'", "&apos;"))), flows("start", "x", "end")],
    "input": lambda code: [service("x", given("a", code.replace("'", "&apos;"))), flows("start", "x", "end")],
    "assign": lambda code: [script("x", assign("a", code.replace("'", "&apos;"))), flows("start", "x", "end")],
    "assignee": lambda code: [user("x", zeleno__assignee=code), flows("start", "x", "end")],
    "sla": lambda code: [user("x", f'<zeleno:sla daysExpression="{code}"/>'), flows("start", "x", "end")],
}


@pytest.mark.parametrize("place", PLACES)
def test_python_in_an_expression_is_a_finding_and_is_not_run(place, tmp_path):
    trap = tmp_path / "sprung"

    found = codes(package(start(), end(), *PLACES[place](TRAP.format(path=trap))))

    assert found == {"expression"}
    assert not trap.exists()


@pytest.mark.parametrize("cell", ["input", "output"])
def test_python_in_a_decision_is_a_finding_and_is_not_run(cell, tmp_path):
    trap = tmp_path / "sprung"
    code = TRAP.format(path=trap)
    row = (code, '"x"') if cell == "input" else ("-", code)

    found = codes(package(start(), rule("x"), end(), flows("start", "x", "end"), decisions={"route.dmn": table(row)}))

    assert found == {"decision_cell"}
    assert not trap.exists()


def test_program_text_in_a_script_task_is_a_finding_and_is_not_run(tmp_path):
    trap = tmp_path / "sprung"
    inner = extensions(assign("a", "1")) + f"<bpmn:script>{TRAP.format(path=trap)}</bpmn:script>"

    found = codes(package(start(), element("scriptTask", "x", inner), end(), flows("start", "x", "end")))

    assert found == {"script_text"}
    assert not trap.exists()


@pytest.mark.parametrize("expression", ["().__class__.__base__.__subclasses__()", "open(path)", "os.system"])
def test_what_python_would_run_is_null_or_an_incident_here(expression):
    parts = (start(), script("x", assign("a", expression)), end(), flows("start", "x", "end"))
    try:
        process = engine.compile(package(*parts))
    except engine.NotExecutable:
        return

    try:
        outcome = engine.start(process, {"path": str(Path(__file__))}, NOW)
    except engine.EngineError:
        return

    assert engine.variables(outcome.state)["a"] is None


@pytest.mark.parametrize(
    "decision",
    [BOMB.encode(), b"", b"<a>" * 200 + b"</a>" * 200, b"<x/>", b" " * 5_000_000],
)
def test_a_decision_file_that_is_none_is_a_finding(decision):
    parts = (start(), rule("x"), end(), flows("start", "x", "end"))

    assert codes(package(*parts, decisions={"route.dmn": decision})) == {"decision_file", "decision_unknown"}


def test_an_expression_of_any_length_or_depth_is_a_finding():
    for text in ("(" * 100_000, "1" + "+1" * 100_000, "[" * 5000 + "]" * 5000, "not(" * 3000 + "true" + ")" * 3000):
        assert "expression" in codes(
            package(start(), script("x", assign("a", text)), end(), flows("start", "x", "end"))
        )


def test_an_expression_that_would_take_for_ever_is_an_incident():
    heavy = "for a in 1..1000, b in 1..1000, c in 1..1000 return a"
    process = engine.compile(package(start(), script("x", assign("a", heavy)), end(), flows("start", "x", "end")))
    begun = time.monotonic()

    with pytest.raises(engine.EngineError) as caught:
        engine.start(process, {}, NOW)

    assert caught.value.element_id == "x"
    assert time.monotonic() - begun < SECONDS


def test_the_check_never_raises(monkeypatch):
    """A fault of the check itself is a finding too."""

    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("app.engine.checks.read", broken)

    assert codes(package(start())) == {"check_failed"}
