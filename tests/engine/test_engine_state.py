"""The stored state: commands leave it as it was, any process object reads it, and it stays small."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import orjson
import pytest

from app import engine
from app.engine import state as stored
from app.engine.scopes import ROOT, Scope, Scopes
from tests.engine.build import (
    NOW,
    assign,
    both,
    boundary,
    compiled,
    council,
    end,
    flow,
    flows,
    package,
    script,
    service,
    standing,
    start,
    task,
    user,
    wait,
    xor,
)

SEED = UUID("6a6a6a6a-0000-4000-8000-000000000000")


def parts() -> list[str]:
    """A process that uses every kind of wait."""
    return [
        start(), xor("merge"), both("split"), user("legal"), boundary("late", "legal", "P2D", interrupting=False),
        script("note", assign("reminded", "true")), end("noted"), service("match"), wait("pause", "P1D"), both("join"),
        council("review"), xor("paths", default="again"), end(),
        flows("start", "merge", "split", "legal", "join", "review", "paths"), flows("late", "note", "noted"),
        flows("split", "match", "pause", "join"),
        flow("paths", "end", 'review.outcome = "supported"'), flow("paths", "merge", id="again"),
    ]  # fmt: skip


#: A course through that process: (how, where, what is handed in, hours later).
COURSE = [
    ("deliver", "match", {"count": 3}, 1),
    ("fire", None, None, 30),
    ("fire", None, None, 30),
    ("complete", "legal", {"ok": True}, 1),
    ("deliver", "review", {"outcome": "tied"}, 1),
    ("complete", "legal", {"ok": False}, 1),
    ("deliver", "match", {"count": 0}, 1),
    ("fire", None, None, 25),
    ("deliver", "review", {"outcome": "supported"}, 1),
]


def course(process_of) -> list[engine.Outcome]:
    """The outcomes of the course; `process_of` gives the process object for each step."""
    outcomes = [engine.start(process_of(), {"amount": 5}, NOW, seed=SEED)]
    now = NOW
    for how, element_id, handed_in, hours in COURSE:
        now += timedelta(hours=hours)
        before = outcomes[-1]
        if how == "fire":
            outcomes.append(engine.fire_timers(process_of(), before.state, now))
            continue
        command = engine.deliver if how == "deliver" else engine.complete
        outcomes.append(command(process_of(), before.state, task(before, element_id), handed_in, now))
    return outcomes


def test_the_course_visits_every_wait_twice_and_ends():
    process = compiled(*parts())

    outcomes = course(lambda: process)

    assert [standing(outcome) for outcome in outcomes] == [
        ["legal", "match"],
        ["legal"],
        ["legal"],
        ["legal"],
        ["review"],
        ["legal", "match"],
        ["match"],
        [],
        ["review"],
        [],
    ]
    assert [outcome.finished for outcome in outcomes] == [False] * 9 + [True]
    assert engine.variables(outcomes[-1].state)["reminded"] is True


def test_a_process_compiled_anew_at_every_step_gives_the_same_outcomes():
    process = compiled(*parts())

    assert course(lambda: compiled(*parts())) == course(lambda: process)


def test_a_command_leaves_state_and_answers_as_they_were():
    process = compiled(start(), user("a"), user("b"), end(), flows("start", "a", "b", "end"))
    begun = engine.start(process, {}, NOW)
    kept, answers = bytes(begun.state), {"rows": [{"n": 1}]}

    first = engine.complete(process, begun.state, task(begun, "a"), answers, NOW)
    second = engine.complete(process, begun.state, task(begun, "a"), answers, NOW)

    assert begun.state == kept
    assert answers == {"rows": [{"n": 1}]}
    assert first == second


def test_replay_from_the_same_seed_gives_the_same_ids_and_another_start_others():
    process = compiled(*parts())

    assert course(lambda: process) == course(lambda: process)
    assert engine.start(process, {}, NOW).open_tasks != engine.start(process, {}, NOW).open_tasks


def test_ids_of_open_tasks_stay_the_same():
    process = compiled(*parts())
    outcomes = course(lambda: process)

    assert len({task(outcome, "legal") for outcome in outcomes[:4]}) == 1
    assert str(UUID(task(outcomes[0], "legal"))) == task(outcomes[0], "legal")


def test_many_threads_share_one_process():
    process = compiled(*parts())
    expected = course(lambda: process)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: course(lambda: process), range(40)))

    assert all(result == expected for result in results)


def test_running_never_changes_the_shared_specification():
    process = compiled(*parts())
    before = {name: (list(spec._inputs), list(spec._outputs)) for name, spec in process.spec.task_specs.items()}

    course(lambda: process)

    assert {n: (list(s._inputs), list(s._outputs)) for n, s in process.spec.task_specs.items()} == before


def test_the_state_holds_tokens_and_a_tree_of_scopes_only():
    begun = engine.start(compiled(start(), user("a"), end(), flows("start", "a", "end")), {"n": 1}, NOW, seed=SEED)

    assert orjson.loads(begun.state) == {
        "format": 1,
        "seed": "6a6a6a6a00004000800000000000" + "0000",
        "counter": 2,
        "tokens": [["6a6a6a6a-0000-4000-8000-000000000002", "a", 16, 0, {}]],
        "scopes": {"root": [None, {"n": 1}]},
    }


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"format": 99}'])
def test_a_state_that_is_none_of_ours_is_said_to_be_so(broken):
    process = compiled(start(), user("a"), end(), flows("start", "a", "end"))

    with pytest.raises(stored.UnreadableState):
        engine.fire_timers(process, broken, NOW)


def test_variables_that_grow_too_large_are_an_incident():
    process = compiled(start(), user("a"), end(), flows("start", "a", "end"))
    begun = engine.start(process, {}, NOW)

    with pytest.raises(engine.EngineError, match="too large"):
        engine.complete(process, begun.state, task(begun, "a"), {"text": "x" * 1_000_001}, NOW)


def test_a_package_with_an_error_is_not_compiled():
    with pytest.raises(engine.NotExecutable) as caught:
        engine.compile(package(start(), user("a"), flows("start", "a")))

    assert {found.code for found in caught.value.findings} == {"no_end"}


def test_inner_scopes_hide_outer_variables_and_see_the_rest():
    scopes = Scopes({ROOT: Scope(None, {"a": 1, "b": 1}), "inner": Scope(ROOT, {"b": 2})})

    assert Scopes.load(scopes.dump()).visible("inner") == {"a": 1, "b": 2}
    assert scopes.visible() == {"a": 1, "b": 1}
