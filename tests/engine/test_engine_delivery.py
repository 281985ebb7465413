"""Services and council reviews: they wait until their result is delivered."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import engine
from tests.engine.build import (
    NOW,
    both,
    boundary,
    compiled,
    council,
    end,
    flow,
    flows,
    given,
    output,
    service,
    standing,
    start,
    task,
    told,
    user,
    xor,
)


def served(*own: str):
    return compiled(start(), service("match", *own), end(), flows("start", "match", "end"))


def reviewed():
    """A council review with an end for each outcome."""
    ends = "".join(end(f"end_{outcome}") for outcome in engine.COUNCIL_OUTCOMES)
    ways = "".join(
        flow("paths", f"end_{outcome}", f'review.outcome = "{outcome}"') for outcome in engine.COUNCIL_OUTCOMES
    )
    return compiled(start(), council("review"), xor("paths"), ends, flows("start", "review", "paths"), ways)


def test_a_service_is_asked_for_with_its_inputs():
    process = served(given("cpv", "request.cpv"), given("limit", "amount * 2"))

    begun = engine.start(process, {"request": {"cpv": "30125100"}, "amount": Decimal(5)}, NOW)

    (opened,) = begun.open_tasks
    inputs = {"cpv": "30125100", "limit": Decimal(10)}
    assert begun.effects == (engine.Effect("service", opened.id, "match", "overview", inputs),)
    assert [(e.kind, e.payload) for e in begun.events[1:]] == [
        ("task_opened", {"kind": "service"}),
        ("service_requested", {"service": "overview", "inputs": inputs}),
    ]


def test_a_result_lands_under_the_service_and_the_process_goes_on():
    process = served(output("found", "match.count > 0"))
    begun = engine.start(process, {}, NOW)

    done = engine.deliver(process, begun.state, task(begun, "match"), {"count": Decimal(3)}, NOW, {"late": False})

    assert done.finished
    assert engine.variables(done.state) == {"late": False, "match": {"count": Decimal(3)}, "found": True}
    assert [e.payload for e in done.events if e.kind == "service_delivered"] == [
        {"result": {"count": Decimal(3)}, "facts": {"late": False}}
    ]


def test_a_result_is_delivered_once():
    process = compiled(start(), service("match"), user("look"), end(), flows("start", "match", "look", "end"))
    begun = engine.start(process, {}, NOW)
    after = engine.deliver(process, begun.state, task(begun, "match"), {}, NOW)

    with pytest.raises(engine.TaskNotOpen):
        engine.deliver(process, after.state, task(begun, "match"), {}, NOW)


def test_a_service_waits_beside_a_join_and_under_a_timer():
    process = compiled(
        start(), both("split"), service("match"), boundary("late", "match", "P3D", interrupting=False), user("told"),
        end("end_told"), user("other"), both("join"), end(),
        flows("start", "split", "match", "join", "end"), flows("split", "other", "join"),
        flows("late", "told", "end_told"),
    )  # fmt: skip
    outcome = engine.start(process, {}, NOW)
    outcome = engine.complete(process, outcome.state, task(outcome, "other"), {}, NOW)
    outcome = engine.fire_timers(process, outcome.state, NOW + timedelta(days=4))

    done = engine.deliver(process, outcome.state, task(outcome, "match"), {}, NOW + timedelta(days=5))

    assert standing(outcome) == ["match", "told"]
    assert (standing(done), told(done, "ended")) == (["told"], ["end"])


def test_a_late_service_is_given_up_by_an_interrupting_timer():
    process = compiled(
        start(), service("match"), boundary("late", "match", "P3D"), user("manual"), end(), end("end_manual"),
        flows("start", "match", "end"), flows("late", "manual", "end_manual"),
    )  # fmt: skip
    begun = engine.start(process, {}, NOW)

    fired = engine.fire_timers(process, begun.state, NOW + timedelta(days=3))

    assert standing(fired) == ["manual"]
    with pytest.raises(engine.TaskNotOpen):
        engine.deliver(process, fired.state, task(begun, "match"), {}, NOW)


def test_a_council_review_asks_for_a_ballot():
    begun = engine.start(reviewed(), {}, NOW)

    (opened,) = begun.open_tasks
    assert (opened.element_id, opened.kind) == ("review", "council")
    assert begun.effects == (engine.Effect("council", opened.id, "review", "", {}),)


@pytest.mark.parametrize("outcome", engine.COUNCIL_OUTCOMES)
def test_each_outcome_of_the_council_takes_its_own_path(outcome):
    process = reviewed()
    begun = engine.start(process, {}, NOW)

    done = engine.deliver(process, begun.state, task(begun, "review"), {"outcome": outcome, "for": Decimal(4)}, NOW)

    assert told(done, "ended") == [f"end_{outcome}"]
    assert engine.variables(done.state)["review"] == {"outcome": outcome, "for": Decimal(4)}


@pytest.mark.parametrize("result", [{}, {"outcome": "maybe"}, "supported", None])
def test_a_council_review_ends_in_a_known_outcome_only(result):
    process = reviewed()
    begun = engine.start(process, {}, NOW)

    with pytest.raises(engine.EngineError) as caught:
        engine.deliver(process, begun.state, task(begun, "review"), result, NOW)

    assert caught.value.element_id == "review"


def test_a_person_cannot_complete_a_council_review():
    process = reviewed()
    begun = engine.start(process, {}, NOW)

    with pytest.raises(engine.TaskNotOpen):
        engine.complete(process, begun.state, task(begun, "review"), {"outcome": "supported"}, NOW)
