"""The shipped process: it can be published, and every scenario goes the way it says."""

import re
from datetime import date

import pytest

from app import engine
from app.engine.reading import read
from app.formdef import parse_form
from tests.workflows.playing import begin, book, package, play, scenario

SCENARIOS = book()["scenarios"]


@pytest.fixture(scope="module")
def process():
    return engine.compile(package())


def test_nothing_is_found_against_it():
    assert engine.check(package()) == []


def test_the_check_sees_a_broken_decision():
    broken = package({"second_check.dmn": ("overview != null", "overview !=")})

    assert any(finding.severity == "error" for finding in engine.check(broken))


@pytest.mark.parametrize("told", SCENARIOS, ids=lambda told: told["id"])
def test_scenario_goes_its_way(process, told):
    game = play(process, told)

    assert game.way == told["way"]
    for name, value in told.get("variables", {}).items():
        assert game.variables[name] == value


@pytest.mark.parametrize("told", SCENARIOS, ids=lambda told: told["id"])
def test_scenario_ends_where_its_way_ends(process, told):
    last = told["way"][-1]

    assert play(process, told).outcome.finished == (process.nodes[last].kind == "end")


def test_scenarios_are_named_in_both_languages():
    assert all(told["name"]["bg"] and told["name"]["en"] for told in SCENARIOS)
    assert len({told["id"] for told in SCENARIOS}) == len(SCENARIOS)


def test_every_element_and_every_choice_is_reached(process):
    diagram = read(package().bpmn).diagram
    games = [play(process, told) for told in SCENARIOS]
    reached = {event.element_id for game in games for event in game.events}
    taken = {flow for game in games for flow in game.paths}
    merges = {node.id for node in diagram.nodes.values() if node.kind == "xor" and len(diagram.outgoing(node.id)) == 1}
    choices = {
        flow.id
        for node in diagram.nodes.values()
        if node.kind == "xor" and len(diagram.outgoing(node.id)) > 1
        for flow in diagram.outgoing(node.id)
    }

    assert set(diagram.nodes) - reached - merges == set()
    assert choices - taken == set()


def test_a_filled_gap_is_judged_anew(process):
    game = begin(process, {"stage": "idea", "value_eur": None, "missing_fields": ["value"]})
    assert game.variables["intake"]["missing"] == ["value"]
    game.answer("triage", {"decision": "ask"})

    request = {**game.variables["request"], "value_eur": 300000, "missing_fields": []}
    game.answer("missing", {}, facts={"request": request})

    assert game.variables["intake"]["size"] == "L"
    assert game.variables["intake"]["missing"] == []


def test_a_new_publication_date_moves_the_last_question(process):
    game = begin(process)
    for element_id in ("triage", "assessment", "advice"):
        game.answer(element_id, {})

    game.answer("reply", {"publish_on": date(2026, 9, 1)})

    assert game.outcome.next_due_at.date() == date(2026, 10, 31)


def test_a_month_is_no_day_so_the_known_date_counts(process):
    game = begin(process)
    for element_id in ("triage", "assessment", "advice"):
        game.answer(element_id, {})

    game.answer("reply", {"publish_on": "2026-09"})

    assert game.outcome.next_due_at.date() == date(2026, 7, 31)


ALMOST_NOTHING_KNOWN = {
    "publish_on": None,
    "cpv": None,
    "product_group": None,
    "mandatory": [],
    "value_eur": None,
    "eu_threshold": None,
    "lots": None,
    "joint": None,
    "complete_on": None,
    "promises": None,
    "missing_fields": [],
}


@pytest.mark.parametrize("unknown", [ALMOST_NOTHING_KNOWN, dict.fromkeys(ALMOST_NOTHING_KNOWN)], ids=["some", "all"])
def test_a_request_of_which_almost_nothing_is_known_reaches_its_end(process, unknown):
    game = begin(process, {**unknown, "help_kind": "quick_question"})

    for element_id in ("triage", "assessment", "advice", "reply"):
        game.answer(element_id, dict.fromkeys(game.usual[element_id]) | {"decision": None})
    game.do({"wait_days": 60})
    game.do({"at": "outcome"})

    assert game.way[-1] == "finished"


class TestChangingADecisionChangesTheWay:
    LAST_ROW = '<outputEntry id="second_check_rule_7_out_required"><text>{}</text></outputEntry>'
    PUBLISHED = '<outputEntry id="intake_rule_3_out_restricted"><text>{}</text></outputEntry>'

    def test_a_second_check_for_everybody(self):
        changed = package({"second_check.dmn": (self.LAST_ROW.format("false"), self.LAST_ROW.format("true"))})
        game = begin(engine.compile(changed))

        for step in scenario("small_case")["steps"][:3]:
            game.do(step)

        assert game.way[-1] == "second_check"

    def test_criteria_for_published_purchases(self):
        changed = package({"intake.dmn": (self.PUBLISHED.format("true"), self.PUBLISHED.format("false"))})
        told = scenario("published")
        game = begin(engine.compile(changed), told["request"])

        for step in told["steps"][:2]:
            game.do(step)

        assert game.way[-1] == "overview"


ASKED = re.compile(r'(\w+)\.(\w+) = "(\w+)"')


def test_every_answer_a_choice_asks_for_can_be_given(process):
    """The conditions of the drawing and the options of the forms are two files, changed by different people."""
    given = package()
    conditions = " ".join(flow.condition or "" for flow in read(given.bpmn).diagram.flows)
    asked = [
        each for each in ASKED.findall(conditions) if process.nodes.get(each[0]) and process.nodes[each[0]].form_key
    ]

    for element_id, key, value in asked:
        if process.nodes[element_id].kind == "user":
            fields = {field.key: field for field in parse_form(given.forms[process.nodes[element_id].form_key]).fields}
            assert value in [option.value for option in fields[key].options], (element_id, key, value)
    assert len(asked) > 10


@pytest.mark.parametrize("element_id", sorted(set(book()["usual"]) - {"overview", "council_review"}))
def test_scenarios_answer_with_fields_of_the_forms(process, element_id):
    fields = {field.key for field in parse_form(package().forms[process.nodes[element_id].form_key]).fields}
    steps = [step for told in SCENARIOS for step in told["steps"] if step.get("at") == element_id]

    for answers in [book()["usual"][element_id], *(step.get("answers", {}) for step in steps)]:
        assert set(answers) <= fields
