"""Parallel paths and loops: joins wait for every arrow, in the first round as in the three-hundredth."""

from itertools import permutations, product

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
    standing,
    start,
    task,
    told,
    user,
    xor,
)


def looped(branches: str):
    """A loop around parallel tasks, left when the task after the join says so."""
    return compiled(
        start(),
        xor("merge"),
        both("split"),
        *(user(branch) for branch in branches),
        both("join"),
        user("after"),
        xor("again", default="out"),
        end(),
        flows("start", "merge", "split"),
        *(flows("split", branch, "join") for branch in branches),
        flows("join", "after", "again"),
        flow("again", "merge", "after.more"),
        flow("again", "end", id="out"),
    )


def do(process, outcome, *element_ids: str, **answers: object):
    """Complete the tasks at these elements one after another."""
    for element_id in element_ids:
        outcome = engine.complete(process, outcome.state, task(outcome, element_id), answers, NOW)
    return outcome


@pytest.mark.parametrize(("first", "second"), list(product(("ab", "ba"), repeat=2)))
def test_a_join_in_a_loop_waits_for_both_branches_in_every_round(first, second):
    process = looped("ab")
    outcome = do(process, engine.start(process, {}, NOW), *first)
    outcome = do(process, outcome, "after", more=True)

    half = do(process, outcome, second[0])
    whole = do(process, half, second[1])

    assert standing(half) == [second[1]]
    assert standing(whole) == ["after"]


def test_a_join_of_three_waits_in_any_order():
    process = looped("abc")
    outcome = engine.start(process, {}, NOW)
    for order in permutations("abc"):
        for position, branch in enumerate(order):
            outcome = do(process, outcome, branch)
            assert standing(outcome) == (sorted(order[position + 1 :]) or ["after"])
        outcome = do(process, outcome, "after", more=True)

    assert standing(outcome) == ["a", "b", "c"]


def test_three_hundred_rounds_leave_the_state_as_small_as_one():
    process = looped("ab")
    outcome = engine.start(process, {}, NOW)
    sizes = []
    for _ in range(300):
        outcome = do(process, outcome, "b", "a")
        outcome = do(process, outcome, "after", more=True)
        sizes.append(len(outcome.state))

    assert standing(outcome) == ["a", "b"]
    assert sizes[-1] - sizes[0] <= 4  # the counter of task ids gets longer


def test_a_loop_beside_an_open_escalation_stays_small():
    process = compiled(
        start(),
        xor("merge"),
        user("draft"),
        boundary("late", "draft", "PT1H", interrupting=False),
        user("escalation"),
        xor("again", default="out"),
        end("end"),
        end("told"),
        flows("start", "merge", "draft", "again"),
        flows("late", "escalation", "told"),
        flow("again", "merge", "draft.more"),
        flow("again", "end", id="out"),
    )
    outcome = engine.start(process, {}, NOW)
    outcome = engine.fire_timers(process, outcome.state, outcome.next_due_at)
    sizes = []
    for _ in range(300):
        outcome = do(process, outcome, "draft", more=True)
        sizes.append(len(outcome.state))

    assert standing(outcome) == ["draft", "escalation"]
    assert sizes[-1] - sizes[0] <= 4


def test_a_loop_in_one_of_two_branches_stays_small_and_joins():
    process = compiled(
        start(),
        both("split"),
        user("slow"),
        xor("merge"),
        user("quick"),
        xor("again", default="out"),
        both("join"),
        end(),
        flows("start", "split", "slow", "join", "end"),
        flows("split", "merge", "quick", "again"),
        flow("again", "merge", "quick.more"),
        flow("again", "join", id="out"),
    )
    outcome = engine.start(process, {}, NOW)
    sizes = []
    for _ in range(300):
        outcome = do(process, outcome, "quick", more=True)
        sizes.append(len(outcome.state))
    outcome = do(process, outcome, "quick", more=False)

    assert sizes[-1] - sizes[0] <= 4
    assert standing(outcome) == ["slow"]
    assert do(process, outcome, "slow").finished


def test_a_parallel_split_inside_a_loop_in_a_branch_joins_its_own_round():
    process = compiled(
        start(), both("outer"), user("side"), xor("merge"), both("split"), user("a"), user("b"), both("join"),
        user("check"), xor("again", default="out"), both("last"), end(),
        flows("start", "outer", "side", "last", "end"), flows("outer", "merge", "split", "a", "join", "check", "again"),
        flows("split", "b", "join"), flow("again", "merge", "check.more"), flow("again", "last", id="out"),
    )  # fmt: skip
    outcome = engine.start(process, {}, NOW)
    for first in "abab":
        other = "b" if first == "a" else "a"
        outcome = do(process, outcome, first)
        assert standing(outcome) == [other, "side"]
        outcome = do(process, do(process, outcome, other), "check", more=True)
    outcome = do(process, outcome, "a", "b")
    outcome = do(process, outcome, "check", more=False)

    assert standing(outcome) == ["side"]
    assert do(process, outcome, "side").finished


def test_parallel_ends_finish_the_process_when_the_last_is_reached():
    process = compiled(
        start(), both("split"), user("a"), user("b"), end("end_a"), end("end_b"),
        flows("start", "split", "a", "end_a"), flows("split", "b", "end_b"),
    )  # fmt: skip
    half = do(process, engine.start(process, {}, NOW), "a")
    whole = do(process, half, "b")

    assert (told(half, "ended"), half.finished) == (["end_a"], False)
    assert (told(whole, "ended"), whole.finished) == (["end_b"], True)


def test_two_arrows_from_a_split_straight_into_its_join_count_as_two():
    process = compiled(
        start(), both("split"), both("join"), user("after"), end(),
        flow("start", "split"), flow("split", "join", id="one"), flow("split", "join", id="two"),
        flows("join", "after", "end"),
    )  # fmt: skip

    assert standing(engine.start(process, {}, NOW)) == ["after"]


def test_paths_that_meet_without_a_join_go_on_once_each():
    process = compiled(
        start(), both("split"), user("a"), user("b"), user("after"), end(),
        flows("start", "split", "a", "after", "end"), flows("split", "b", "after"),
    )  # fmt: skip

    outcome = do(process, engine.start(process, {}, NOW), "a", "b")

    assert standing(outcome) == ["after", "after"]


def test_a_chain_of_thirty_splits_is_as_quick_as_it_is_long():
    parts, before = [start()], "start"
    for n in range(30):
        parts += [both(f"s{n}"), both(f"j{n}"), user(f"a{n}"), user(f"b{n}")]
        parts += [flows(before, f"s{n}", f"a{n}", f"j{n}"), flows(f"s{n}", f"b{n}", f"j{n}")]
        before = f"j{n}"
    process = compiled(*parts, end(), flow(before, "end"))

    outcome = engine.start(process, {}, NOW)

    assert standing(outcome) == ["a0", "b0"]
    assert len(outcome.state) < 400
