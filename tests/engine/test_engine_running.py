"""How a process runs: tasks, choices, assignments, decisions and ends."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from app import engine
from app.feel.values import YearsMonths
from tests.engine.build import (
    NOW,
    TERMINATE,
    assign,
    both,
    boundary,
    compiled,
    end,
    flow,
    flows,
    output,
    rule,
    script,
    service,
    standing,
    start,
    table,
    task,
    told,
    user,
    wait,
    xor,
)


def one_task(*own: str):
    return compiled(start(), user("triage", *own), end(), flows("start", "triage", "end"))


def choice(*ways: tuple[str, str | None], default: str | None = None):
    """A task, then a choice with one end per way."""
    ends = "".join(end(target) for target, _ in ways)
    arrows = "".join(flow("choice", target, condition, id=f"to_{target}") for target, condition in ways)
    gateway = xor("choice", default=f"to_{default}" if default else None)
    return compiled(start(), user("triage"), gateway, ends, flows("start", "triage", "choice"), arrows)


def answered(process, answers: dict, **more: object) -> engine.Outcome:
    """What the answers to the triage task bring about."""
    begun = engine.start(process, {}, NOW)
    return engine.complete(process, begun.state, task(begun, "triage"), answers, NOW, **more)


def test_a_process_opens_its_first_task_and_ends_after_its_last():
    process = one_task()

    begun = engine.start(process, {"amount": Decimal(5)}, NOW)
    done = engine.complete(process, begun.state, task(begun, "triage"), {"decision": "ask"}, NOW)

    assert [(t.element_id, t.kind, t.scope) for t in begun.open_tasks] == [("triage", "user", "root")]
    assert not begun.finished
    assert done.open_tasks == ()
    assert done.closed_tasks == (engine.ClosedTask(begun.open_tasks[0].id, "triage", "completed"),)
    assert done.finished
    assert [event.kind for event in begun.events] == ["started", "task_opened"]
    assert [event.kind for event in done.events] == ["task_completed", "ended", "finished"]
    assert engine.variables(done.state) == {"amount": Decimal(5), "triage": {"decision": "ask"}}


def test_answers_and_outputs_become_variables():
    process = one_task(output("route", "triage.decision"), output("twice", "triage.amount * 2"))

    done = answered(process, {"decision": "ask", "amount": Decimal("0.1")})

    assert engine.variables(done.state) == {
        "triage": {"decision": "ask", "amount": Decimal("0.1")},
        "route": "ask",
        "twice": Decimal("0.2"),
    }


def test_facts_are_written_before_answers_are_looked_at():
    process = one_task(output("route", "if request.urgent then 1 else 2"))

    done = answered(process, {}, facts={"request": {"urgent": True}})

    assert engine.variables(done.state)["route"] == Decimal(1)


@pytest.mark.parametrize(("decision", "expected"), [("ask", "asked"), ("open", "opened"), ("other", "other")])
def test_the_true_condition_or_the_default_is_taken(decision, expected):
    ways = (("asked", 'triage.decision = "ask"'), ("opened", 'triage.decision = "open"'), ("other", None))

    done = answered(choice(*ways, default="other"), {"decision": decision})

    assert told(done, "ended") == [expected]
    (taken,) = [event for event in done.events if event.kind == "path_taken"]
    assert (taken.element_id, taken.payload["flow"]) == ("choice", f"to_{expected}")
    assert taken.payload["default"] is (expected == "other")


def test_history_can_say_why_a_path_was_taken():
    done = answered(choice(("asked", 'triage.decision = "ask"'), ("other", None), default="other"), {"decision": "ask"})

    (taken,) = [event.payload for event in done.events if event.kind == "path_taken"]

    assert taken == {
        "flow": "to_asked",
        "target": "asked",
        "name": {},
        "condition": 'triage.decision = "ask"',
        "default": False,
    }


def test_the_first_of_several_true_conditions_is_taken():
    done = answered(choice(("first", "triage.n > 1"), ("second", "triage.n > 0")), {"n": Decimal(5)})

    assert told(done, "ended") == ["first"]


def test_no_true_condition_and_no_default_is_an_incident():
    with pytest.raises(engine.EngineError) as caught:
        answered(choice(("first", "triage.n > 10"), ("second", "triage.n > 20")), {"n": Decimal(5)})

    assert caught.value.element_id == "choice"
    assert caught.value.message["en"] == "No condition holds and there is no default arrow."


@pytest.mark.parametrize("answers", [{}, {"n": "text"}, {"n": None}])
def test_a_condition_that_is_neither_true_nor_false_is_an_incident(answers):
    with pytest.raises(engine.EngineError) as caught:
        answered(choice(("first", "triage.n > 10"), ("second", None), default="second"), answers)

    assert caught.value.element_id == "to_first"
    assert "neither true nor false" in caught.value.message["en"]
    assert caught.value.message["bg"].startswith("Условието")


def test_the_way_of_a_gateway_with_one_arrow_needs_no_condition():
    process = compiled(start(), xor("merge"), user("triage"), end(), flows("start", "merge", "triage", "end"))

    assert standing(engine.start(process, {}, NOW)) == ["triage"]


def test_a_script_task_assigns_line_by_line():
    process = compiled(
        start(),
        script("sum", assign("a", "amount + 1"), assign("b", "a * 2")),
        end(),
        flows("start", "sum", "end"),
    )

    done = engine.start(process, {"amount": Decimal(1)}, NOW)

    assert engine.variables(done.state) == {"amount": Decimal(1), "a": Decimal(2), "b": Decimal(4)}
    assert [event.payload for event in done.events if event.kind == "script_run"] == [
        {"assigned": {"a": Decimal(2), "b": Decimal(4)}}
    ]


def test_a_decision_lands_under_its_task_and_names_its_rules():
    process = compiled(
        start(),
        rule("routing"),
        end(),
        flows("start", "routing", "end"),
        decisions={"route.dmn": table(("< 100", '"short"'), (">= 100", '"long"'))},
    )

    done = engine.start(process, {"amount": Decimal(500)}, NOW)

    assert engine.variables(done.state)["routing"] == "long"
    (made,) = [event for event in done.events if event.kind == "decision_made"]
    assert (made.payload["decision"], made.payload["result"]) == ("route", "long")
    assert [matched["id"] for matched in made.payload["rules"]] == ["rule_2"]


def test_a_decision_no_rule_answers_is_null():
    process = compiled(
        start(), rule("routing"), end(), flows("start", "routing", "end"), decisions={"r": table(("< 1", '"x"'))}
    )

    assert engine.variables(engine.start(process, {"amount": Decimal(5)}, NOW).state)["routing"] is None


def test_two_rules_of_a_unique_table_are_an_incident():
    process = compiled(
        start(),
        rule("routing"),
        end(),
        flows("start", "routing", "end"),
        decisions={"r": table(("> 1", '"x"'), ("> 2", '"y"'))},
    )

    with pytest.raises(engine.EngineError) as caught:
        engine.start(process, {"amount": Decimal(5)}, NOW)

    assert caught.value.element_id == "routing"


def test_a_terminate_end_takes_every_other_token_away():
    process = compiled(
        start(),
        both("split"),
        user("triage"),
        end("stop", TERMINATE),
        user("other"),
        boundary("late", "other", "P3D"),
        end("over"),
        end("calm"),
        flows("start", "split", "triage", "stop"),
        flows("split", "other", "calm"),
        flow("late", "over"),
    )
    begun = engine.start(process, {}, NOW)

    done = engine.complete(process, begun.state, task(begun, "triage"), {}, NOW)

    assert done.finished
    assert sorted((closed.element_id, closed.how) for closed in done.closed_tasks) == [
        ("other", "cancelled"),
        ("triage", "completed"),
    ]
    assert told(done, "task_cancelled") == ["other"]
    assert done.next_due_at is None


def test_a_task_opened_and_taken_away_by_one_command_asks_for_nothing():
    process = compiled(
        start(),
        both("split"),
        service("s"),
        end("done"),
        end("stop", TERMINATE),
        flows("start", "split", "s", "done"),
        flow("split", "stop"),
    )

    done = engine.start(process, {}, NOW)

    assert (done.finished, done.effects, done.open_tasks) == (True, (), ())
    assert told(done, "task_cancelled") == ["s"]


def test_an_ended_process_says_in_which_phase():
    process = compiled(start(), user("triage"), end("end", zeleno__phase="closed"), flows("start", "triage", "end"))

    done = answered(process, {})

    assert [event.payload for event in done.events if event.kind == "ended"] == [{"kind": "end", "phase": "closed"}]


@pytest.mark.parametrize("wrong", ["no-such-task", "", "00000000-0000-0000-0000-000000000000"])
def test_only_an_open_task_can_be_completed(wrong):
    process = one_task()
    begun = engine.start(process, {}, NOW)

    with pytest.raises(engine.TaskNotOpen):
        engine.complete(process, begun.state, wrong, {}, NOW)


def test_a_task_is_completed_once():
    process = compiled(start(), user("triage"), user("next"), end(), flows("start", "triage", "next", "end"))
    begun = engine.start(process, {}, NOW)
    after = engine.complete(process, begun.state, task(begun, "triage"), {}, NOW)

    with pytest.raises(engine.TaskNotOpen):
        engine.complete(process, after.state, task(begun, "triage"), {}, NOW)


def test_a_person_cannot_complete_a_service_nor_a_job_a_user_task():
    process = compiled(start(), service("s"), user("triage"), end(), flows("start", "s", "triage", "end"))
    begun = engine.start(process, {}, NOW)
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(process, begun.state, task(begun, "s"), {}, NOW)

    after = engine.deliver(process, begun.state, task(begun, "s"), {}, NOW)

    with pytest.raises(engine.TaskNotOpen):
        engine.deliver(process, after.state, task(after, "triage"), {}, NOW)


def test_cancelling_takes_every_task_and_timer_away():
    process = compiled(
        start(), both("split"), user("triage"), wait("pause", "P3D"), both("join"), end(),
        flows("start", "split", "triage", "join", "end"), flows("split", "pause", "join"),
    )  # fmt: skip
    begun = engine.start(process, {"kept": True}, NOW)

    done = engine.cancel(process, begun.state, NOW)

    assert (done.finished, done.open_tasks, done.next_due_at) == (True, (), None)
    assert [(closed.element_id, closed.how) for closed in done.closed_tasks] == [("triage", "cancelled")]
    assert [event.kind for event in done.events] == ["cancelled", "task_cancelled", "finished"]
    assert engine.variables(done.state) == {"kept": True}


VALUES = {
    "nothing": None,
    "yes": True,
    "text": "да",
    "number": Decimal("0.10"),
    "day": date(2026, 11, 23),
    "hour": time(8, 30),
    "moment": datetime(2026, 11, 23, 8, tzinfo=UTC),
    "span": timedelta(days=2, seconds=5),
    "months": YearsMonths(14),
    "list": [Decimal(1), [date(2026, 1, 1)]],
    "object": {"typename": "nope", "$": "decimal", "v": "1"},
}


def test_values_keep_their_types():
    done = answered(one_task(), VALUES)

    kept = engine.variables(done.state)["triage"]

    assert kept == VALUES
    assert {name: type(value) for name, value in kept.items()} == {name: type(value) for name, value in VALUES.items()}


@pytest.mark.parametrize("answers", [{"typename": "nope"}, {"deep": {"typename": "os.system"}}, {"$": "decimal"}])
def test_no_name_in_answers_is_special(answers):
    process = compiled(start(), user("triage"), user("next"), end(), flows("start", "triage", "next", "end"))
    begun = engine.start(process, {}, NOW)
    middle = engine.complete(process, begun.state, task(begun, "triage"), answers, NOW)

    done = engine.complete(process, middle.state, task(middle, "next"), {}, NOW)

    assert engine.variables(done.state) == {"triage": answers, "next": {}}


def test_a_value_that_is_no_data_is_refused():
    with pytest.raises(engine.EngineError):
        answered(one_task(), {"thing": object()})


def test_the_time_must_have_a_zone():
    with pytest.raises(ValueError, match="aware"):
        engine.start(one_task(), {}, datetime(2026, 1, 1))


def test_two_arrows_between_the_same_elements_are_one_way_each():
    process = compiled(
        start(), user("triage"), xor("choice", default="no"), end(),
        flows("start", "triage", "choice"),
        flow("choice", "end", "triage.yes", id="yes"), flow("choice", "end", id="no"),
    )  # fmt: skip

    assert [
        [event.payload["flow"] for event in answered(process, {"yes": yes}).events if event.kind == "path_taken"]
        for yes in (True, False)
    ] == [["yes"], ["no"]]
