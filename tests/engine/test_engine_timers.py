"""Timers: reckoned from the time they are given, fired in the order they are due."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app import engine
from tests.engine.build import (
    NOW,
    both,
    boundary,
    compiled,
    end,
    flow,
    flows,
    service,
    standing,
    start,
    task,
    told,
    user,
    wait,
    xor,
)


def waiting(text: str, shape: str = "timeDuration"):
    return compiled(start(), wait("pause", text, shape), user("after"), end(), flows("start", "pause", "after", "end"))


def watched(*boundaries: str):
    """A task watched by timers, each leading to a task "to_<id>"."""
    return compiled(start(), user("host"), end(), flows("start", "host", "end"), *boundaries)


def timer(id: str, text: str, *, interrupting: bool = True, shape: str = "timeDuration") -> str:
    drawn = boundary(id, "host", text, interrupting=interrupting, shape=shape)
    return drawn + user(f"to_{id}") + end(f"end_{id}") + flows(id, f"to_{id}", f"end_{id}")


@pytest.mark.parametrize(
    ("text", "shape", "due"),
    [
        ("P3D", "timeDuration", datetime(2026, 11, 26, 8, 0, tzinfo=UTC)),
        ("PT90M", "timeDuration", datetime(2026, 11, 23, 9, 30, tzinfo=UTC)),
        ("P1W", "timeDuration", datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        ("P3M", "timeDuration", datetime(2027, 2, 23, 8, 0, tzinfo=UTC)),
        ("P1Y2M", "timeDuration", datetime(2028, 1, 23, 8, 0, tzinfo=UTC)),
        ("2026-12-24", "timeDate", datetime(2026, 12, 24, tzinfo=UTC)),
        ("2026-12-24T10:00:00+02:00", "timeDate", datetime(2026, 12, 24, 8, 0, tzinfo=UTC)),
        ("days", "timeDuration", datetime(2026, 11, 25, 8, 0, tzinfo=UTC)),
        ("day", "timeDate", datetime(2026, 12, 1, tzinfo=UTC)),
        ("moment", "timeDate", datetime(2026, 12, 1, 12, 30, tzinfo=UTC)),
        ('duration("P2D")', "timeDuration", datetime(2026, 11, 25, 8, 0, tzinfo=UTC)),
        ('date("2026-12-01")', "timeDate", datetime(2026, 12, 1, tzinfo=UTC)),
    ],
)
def test_a_timer_is_due_after_a_duration_or_on_a_day(text, shape, due):
    variables = {
        "days": timedelta(days=2),
        "day": date(2026, 12, 1),
        "moment": datetime(2026, 12, 1, 12, 30, tzinfo=UTC),
    }
    process = waiting(text, shape)

    begun = engine.start(process, variables, NOW)

    assert begun.next_due_at == due
    assert standing(engine.fire_timers(process, begun.state, due - timedelta(microseconds=1))) == []
    assert standing(engine.fire_timers(process, begun.state, due)) == ["after"]


def test_months_are_cut_to_the_last_day():
    begun = engine.start(waiting("P1M"), {}, datetime(2027, 1, 31, 9, 0, tzinfo=UTC))

    assert begun.next_due_at == datetime(2027, 2, 28, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, Decimal(3), "P3D later", True, timedelta(days=-1), [1], timedelta.max])
def test_a_timer_that_gets_no_time_is_an_incident(value):
    with pytest.raises(engine.EngineError) as caught:
        engine.start(waiting("days"), {"days": value}, NOW)

    assert caught.value.element_id == "pause"


def test_a_timer_set_and_fired_is_told_with_its_moment():
    process = waiting("P1D")
    begun = engine.start(process, {}, NOW)
    later = NOW + timedelta(days=5)

    fired = engine.fire_timers(process, begun.state, later)

    assert [e.payload for e in begun.events if e.kind == "timer_set"] == [{"due": NOW + timedelta(days=1)}]
    assert [e.payload for e in fired.events if e.kind == "timer_fired"] == [
        {"due": NOW + timedelta(days=1), "at": later}
    ]


def test_an_interrupting_timer_takes_the_task_away():
    process = watched(timer("late", "P3D"))
    begun = engine.start(process, {}, NOW)

    fired = engine.fire_timers(process, begun.state, NOW + timedelta(days=3))

    assert standing(fired) == ["to_late"]
    assert [(closed.element_id, closed.how) for closed in fired.closed_tasks] == [("host", "cancelled")]
    assert fired.next_due_at is None
    with pytest.raises(engine.TaskNotOpen):
        engine.complete(process, fired.state, task(begun, "host"), {}, NOW)


def test_a_timer_that_does_not_interrupt_leaves_the_task_open():
    process = watched(timer("reminder", "P3D", interrupting=False))
    begun = engine.start(process, {}, NOW)
    fired = engine.fire_timers(process, begun.state, NOW + timedelta(days=3))

    done = engine.complete(process, fired.state, task(fired, "host"), {}, NOW)

    assert standing(fired) == ["host", "to_reminder"]
    assert task(fired, "host") == task(begun, "host")
    assert (standing(done), done.finished) == (["to_reminder"], False)


def test_a_timer_ends_with_its_task():
    process = watched(timer("late", "P3D"), timer("reminder", "P1D", interrupting=False))
    begun = engine.start(process, {}, NOW)

    done = engine.complete(process, begun.state, task(begun, "host"), {}, NOW)

    assert (done.finished, done.next_due_at) == (True, None)


def test_overdue_timers_are_caught_up_with_in_their_order():
    late, soon = timer("a_late", "P5D"), timer("z_soon", "P2D", interrupting=False)
    process = watched(late, soon)
    begun = engine.start(process, {}, NOW)

    fired = engine.fire_timers(process, begun.state, NOW + timedelta(days=30))

    assert told(fired, "timer_fired") == ["z_soon", "a_late"]
    assert standing(fired) == ["to_a_late", "to_z_soon"]


def test_a_task_finished_before_anyone_looked_at_the_clock_counts():
    process = watched(timer("late", "P3D"))
    begun = engine.start(process, {}, NOW)

    done = engine.complete(process, begun.state, task(begun, "host"), {}, NOW + timedelta(days=9))

    assert done.finished
    assert told(done, "timer_fired") == []


def test_a_due_timer_elsewhere_fires_with_any_command():
    process = compiled(
        start(), both("split"), user("a"), wait("pause", "P1D"), user("b"), both("join"), end(),
        flows("start", "split", "a", "join", "end"), flows("split", "pause", "b", "join"),
    )  # fmt: skip
    begun = engine.start(process, {}, NOW)

    done = engine.complete(process, begun.state, task(begun, "a"), {}, NOW + timedelta(days=2))

    assert standing(done) == ["b"]


def test_firing_with_nothing_due_changes_nothing():
    process = watched(timer("late", "P3D"))
    begun = engine.start(process, {}, NOW)

    same = engine.fire_timers(process, begun.state, NOW + timedelta(days=1))

    assert same.state == begun.state
    assert (same.events, same.closed_tasks, same.effects) == ((), (), ())
    assert same.next_due_at == begun.next_due_at


def test_the_next_of_several_timers_is_named():
    process = watched(timer("late", "P9D"), timer("reminder", "P2D", interrupting=False))
    begun = engine.start(process, {}, NOW)

    fired = engine.fire_timers(process, begun.state, NOW + timedelta(days=2))

    assert begun.next_due_at == NOW + timedelta(days=2)
    assert fired.next_due_at == NOW + timedelta(days=9)


def test_a_loop_with_a_timer_waits_anew_in_each_round():
    process = compiled(
        start(), xor("merge"), wait("pause", "P1D"), service("s"), xor("again", default="out"), end(),
        flows("start", "merge", "pause", "s", "again"), flow("again", "merge", "s"), flow("again", "end", id="out"),
    )  # fmt: skip
    outcome, now = engine.start(process, {}, NOW), NOW
    for _ in range(5):
        assert outcome.next_due_at == now + timedelta(days=1)
        now = outcome.next_due_at + timedelta(hours=1)
        outcome = engine.fire_timers(process, outcome.state, now)
        outcome = engine.deliver(process, outcome.state, task(outcome, "s"), True, now)

    assert outcome.next_due_at == now + timedelta(days=1)


def test_a_loop_over_a_moment_that_is_past_stops_with_an_incident():
    process = compiled(
        start(), xor("merge"), wait("pause", "day", "timeDate"), xor("again", default="out"), end(),
        flows("start", "merge", "pause", "again"), flow("again", "merge", "true"), flow("again", "end", id="out"),
    )  # fmt: skip

    with pytest.raises(engine.EngineError) as caught:
        engine.start(process, {"day": date(2020, 1, 1)}, NOW)

    assert "1000 steps" in caught.value.message["en"]
