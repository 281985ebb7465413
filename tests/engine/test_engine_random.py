"""Random well-formed drawings and random courses: the engine moves tokens as the plain model does."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import engine
from app.engine import running, spiff
from tests.engine.build import NOW, compiled, standing
from tests.engine.token_model import Model, blocks, draw


def course(seed: int, length: int = 30) -> list[tuple[int, int, int]]:
    """Steps of a course: (which open task, choice for the gateways after it, minutes that pass before it)."""
    random = Random(seed)
    choices, minutes = [0, 0, 0, 1, 2], [0, 1, 10, 40]
    return [(random.randrange(10), random.choice(choices), random.choice(minutes)) for _ in range(length)]


def follow(block, steps) -> Counter:
    """Run the drawing along the course and compare after each step; gives how often each kind was met."""
    drawing = draw(block)
    process = compiled(*drawing.xml)
    now, met = NOW, Counter()
    model = Model(drawing, 0, now)
    outcome = engine.start(process, {"choice": 0}, now)
    for which, choice, minutes in [*steps, (0, 0, 0)]:
        met.update(event.kind for event in outcome.events)
        assert standing(outcome) == model.standing()
        assert outcome.finished == (not model.open and not +model.waiting)
        assert len(outcome.state) < 1500 + 300 * len(outcome.open_tasks)
        if not outcome.open_tasks:
            break
        now += timedelta(minutes=minutes)
        done = sorted(outcome.open_tasks, key=lambda task: (task.element_id, task.id))[which % len(outcome.open_tasks)]
        command = engine.deliver if done.kind == "service" else engine.complete
        outcome = command(process, outcome.state, done.id, {}, now, {"choice": choice})
        model.complete(done.element_id, choice, now)
    return met


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(blocks, st.integers(0, 2**32))
def test_tokens_are_neither_lost_nor_doubled(block, seed):
    follow(block, course(seed))


#: A loop around two parallel tasks, watched by timers of both sorts, and a long course through it.
ROUNDS = ("loop", ("and", [("task", "user", False), ("task", "service", True)]))
LONG = [(which, 0, minutes) for which, _, minutes in course(1, 120)]


def test_the_long_course_meets_timers_joins_and_rounds():
    met = follow(ROUNDS, LONG)

    assert met["timer_fired"] > 5
    assert met["task_completed"] > 20
    assert met["path_taken"] > 10


def test_without_pruning_the_comparison_fails(monkeypatch):
    monkeypatch.setattr(running, "prune", lambda workflow: None)

    with pytest.raises(AssertionError):
        follow(ROUNDS, LONG)


def test_with_a_join_that_takes_no_token_the_comparison_fails(monkeypatch):
    monkeypatch.setattr(spiff, "_cancel", lambda tasks: None)

    with pytest.raises(AssertionError):
        follow(ROUNDS, LONG)
