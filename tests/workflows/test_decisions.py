"""What the decisions of the shipped process say, row by row."""

from datetime import date, timedelta

import pytest

from app import dmn
from tests.workflows.playing import FOLDER, book

FILED = date(2026, 3, 2)


def decide(name, **variables):
    return dmn.load((FOLDER / f"{name}.dmn").read_bytes()).evaluate(name, variables)


def request(**changes):
    return {**book()["request"], "publish_on": FILED + timedelta(days=90), **changes}


def in_days(days):
    return {"publish_on": FILED + timedelta(days=days), "complete_on": FILED}


ABOVE = {"value_eur": 612000, "eu_threshold": 216000}


@pytest.mark.parametrize(
    ("changes", "size", "express", "restricted"),
    [
        ({"stage": "evaluating"}, "S", False, True),
        ({"stage": "contract"}, "S", False, True),
        ({"stage": "published", "help_kind": "quick_question"}, "S", False, True),
        ({"stage": "published"}, "M", False, True),
        ({"help_kind": "quick_question"}, "S", False, False),
        (in_days(11), "S", True, False),
        (in_days(12), "M", False, False),
        ({**ABOVE, **in_days(18)}, "M", True, False),
        ({**ABOVE, **in_days(19)}, "L", False, False),
        ({"lots": 4, **in_days(18)}, "M", True, False),
        ({"lots": 4}, "L", False, False),
        ({"lots": 3}, "M", False, False),
        (ABOVE, "L", False, False),
        ({"value_eur": 216000}, "L", False, False),
        ({"value_eur": 215999}, "M", False, False),
        ({"help_kind": "lcc"}, "L", False, False),
        ({"help_kind": "label_proof"}, "S", False, False),
        ({"help_kind": "label_proof", "mandatory": ["n1-2024-paper"]}, "M", False, False),
        ({"value_eur": None, "publish_on": None, "lots": None}, "M", False, False),
    ],
)
def test_intake(changes, size, express, restricted):
    said = decide("intake", request=request(**changes))

    assert (said["size"], said["express"], said["restricted"]) == (size, express, restricted)
    assert said["promised"] == book()["request"]["promises"][size]
    assert set(said["why"]) == {"bg", "en"}


def test_intake_passes_on_what_is_missing_and_what_is_mandatory():
    said = decide("intake", request=request(missing_fields=["cpv"], mandatory=["n1-2024-paper"]))

    assert (said["missing"], said["mandatory"]) == (["cpv"], True)


@pytest.mark.parametrize(("value", "regime"), [(216000, "eu"), (215999, None), (None, None)])
def test_intake_knows_the_regime_only_above_the_threshold(value, regime):
    assert decide("intake", request=request(value_eur=value))["regime"] == regime


@pytest.mark.parametrize(
    ("changes", "flags", "need"),
    [
        ({}, {}, "no"),
        (ABOVE, {}, "yes"),
        ({"joint": "yes"}, {}, "yes"),
        ({"joint": "maybe"}, {}, "no"),
        ({"filer_kind": "council"}, {}, "yes"),
        ({**ABOVE, "council_ok": "no"}, {}, "no"),
        (ABOVE, {"restricted": True}, "no"),
        (ABOVE, {"express": True}, "no"),
    ],
)
def test_council_proposal(changes, flags, need):
    intake = {"restricted": False, "express": False, **flags}
    said = decide("council_proposal", request=request(**changes), intake=intake)

    assert said["council_need"] == need
    assert set(said["reason"]) == {"bg", "en"}


def test_a_unit_without_a_council_does_not_propose_it():
    said = decide("council_proposal", request=request(**ABOVE), unit={"has_council": False})

    assert said["council_need"] == "no"


@pytest.mark.parametrize(("checkers", "required"), [(0, False), (1, True), (None, True)])
def test_second_check_never_waits_for_nobody(checkers, required):
    said = decide("second_check", request=request(**ABOVE), unit={"checkers": checkers})

    assert said["required"] is required


@pytest.mark.parametrize(
    ("changes", "assessment", "overview", "required"),
    [
        ({}, {}, None, False),
        ({}, None, None, False),
        (ABOVE, {}, None, True),
        ({"mandatory": ["n1-2024-paper"]}, {}, None, True),
        ({}, {"findings": [{"level": "should"}]}, None, False),
        ({}, {"findings": [{"level": "should"}, {"level": "must"}]}, None, True),
        ({}, {}, {"found": 9}, True),
        ({}, {"criteria": [{"code": "c-1"}]}, None, False),
        ({}, {"criteria": [{"code": "c-1"}, {"code": ""}]}, None, True),
        ({}, {"criteria": [{"text": "own words"}]}, None, True),
    ],
)
def test_second_check(changes, assessment, overview, required):
    said = decide("second_check", request=request(**changes), assessment=assessment, overview=overview)

    assert said["required"] is required
    assert set(said["reason"]) == {"bg", "en"}
