"""The names of a decision model in another language."""

import pytest

from app.dmn import DmnError, load, localised
from tests.dmn.tables import dmn

NAMED = '<extensionElements><zeleno:name xmlns:zeleno="urn:zeleno:bpmn:1" lang="en" text="{}"/></extensionElements>'
TABLE = (
    f'<decision id="d" name="Проверка">{NAMED.format("Check")}<decisionTable>'
    f'<input id="i" label="Етап">{NAMED.format("Stage")}<inputExpression><text>x</text></inputExpression></input>'
    f'<output id="o" label="Защо" name="why">{NAMED.format("Reason")}</output>'
    f'<rule id="r"><description>Няма време</description>{NAMED.format("No time")}'
    "<inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>"
    "</decisionTable></decision>"
)


def names(xml):
    decision = load(xml).decisions["d"]
    table = decision.logic
    return (decision.name, table.inputs[0].label, table.outputs[0].name, table.rules[0].annotations)


def test_names_are_those_of_the_language_and_what_counts_stays():
    assert names(localised(dmn(TABLE), "en")) == ("Check", "Stage", "why", ("No time",))


def test_names_that_are_not_given_stay_as_they_are():
    assert names(localised(dmn(TABLE), "it")) == ("Проверка", "Етап", "why", ("Няма време",))


def test_a_file_that_is_no_model_is_refused():
    with pytest.raises(DmnError):
        localised(b"<html/>", "en")
