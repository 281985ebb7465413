"""One task, many who finish it at once: one wins, the others are told who, and nothing is lost or written twice."""

import multiprocessing
import threading
from collections import Counter
from functools import partial
from queue import Empty

import pytest

from app import engine
from app.db import db, unit_of_work
from app.domain.council import operations as council
from app.domain.council.models import Ballot
from app.domain.definitions.packages import process_of
from app.domain.processes.models import HistoryEntry, InstanceState
from tests.concurrency import loops
from tests.concurrency.loops import LOST, WON, compete, done_by_round, finish, the_open_task
from tests.domain.accounts.people import NOW, make_members
from tests.domain.council.ballots import DAY, make_ballot, make_council
from tests.domain.processes.tiny import begin, looped
from tests.domain.requests.story import instance_of, make_place, sequences
from tests.support.together import acting, at_once

ROUNDS, THREADS = 100, 8


@pytest.fixture
def place(any_db_app):
    return make_place()


@pytest.fixture
def request_(place):
    return begin(place, looped())


def check_nothing_lost(request, rounds):
    """Every round left one finished step, in turn; the history counts without gaps; the state can still be used."""
    assert [step for step, _text in done_by_round(request)] == (["first", "second"] * rounds)[:rounds]
    assert sequences(request) == list(range(1, instance_of(request).last_sequence + 1))
    completed = db.select(db.func.count()).where(
        HistoryEntry.request_id == request.id, HistoryEntry.kind == "task_completed"
    )
    assert db.session.scalar(completed) == rounds
    process = process_of(instance_of(request).version_id)
    state = db.session.get_one(InstanceState, request.instance_id).state
    task = db.session.get_one(loops.Task, the_open_task(request.id))
    outcome = engine.complete(process, state, task.engine_task_id, {"text": "x"}, loops.NOW)
    assert len(outcome.open_tasks) == 1


def test_threads(any_db_app, place, request_):
    request_id, people = request_.id, [expert.membership_id for expert in place.experts] * (THREADS // 2)
    barrier, outcomes, problems = threading.Barrier(THREADS), [[] for _ in range(ROUNDS)], []

    def run(number):
        try:
            with any_db_app.app_context():
                for turn in range(ROUNDS):
                    task_id = the_open_task(request_id)
                    barrier.wait(timeout=60)
                    outcomes[turn].append(finish(task_id, people[number], f"{number}", turn))
                    barrier.wait(timeout=60)
        except BaseException as error:  # noqa: BLE001 - shown by the test below
            problems.append(error)
            barrier.abort()

    workers = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.rollback()

    assert problems == []
    assert [Counter(turn) for turn in outcomes] == [Counter({WON: 1, LOST: THREADS - 1})] * ROUNDS
    check_nothing_lost(request_, ROUNDS)


def test_processes(any_db_app, place, request_):
    url = any_db_app.config["SQLALCHEMY_DATABASE_URI"]
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(2), context.Queue()
    request_id, people = request_.id, [expert.membership_id for expert in place.experts]
    db.session.rollback()
    workers = [
        context.Process(target=compete, args=(url, f"{number}", request_id, who, ROUNDS, barrier, told))
        for number, who in enumerate(people)
    ]

    for worker in workers:
        worker.start()
    outcomes = [[] for _ in range(ROUNDS)]
    for _turn in range(2 * ROUNDS):
        turn, outcome = next_told(told, workers)
        outcomes[turn].append(outcome)
    for worker in workers:
        worker.join(timeout=30)
    db.session.rollback()

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [sorted(turn) for turn in outcomes] == [[LOST, WON]] * ROUNDS
    check_nothing_lost(request_, ROUNDS)


def next_told(told, workers):
    """What a process tells next; a test whose processes have died fails instead of waiting."""
    for _attempt in range(60):
        try:
            return told.get(timeout=1)
        except Empty:
            dead = [worker.exitcode for worker in workers if worker.exitcode]
            assert not dead, f"a process ended with {dead}"
    pytest.fail("the processes tell nothing")


class TestVotesWhileABallotCloses:
    """A vote either counts or is refused; the count that was told is the count of the votes that are there."""

    def test_the_count_is_that_of_the_votes(self, any_db_app):
        for _round in range(10):
            with unit_of_work():
                ballot, members = _ballot_of(5)
            late = NOW + 5 * DAY
            acts = [
                *(partial(_vote, ballot.id, member.membership_id, late - DAY) for member in members),
                *[partial(_close, ballot.id, late)] * 2,
            ]

            outcomes = at_once(any_db_app, acts)

            votes = sum(member.vote is not None for member in ballot.members)
            assert Counter(outcomes[:5])["voted"] == votes
            assert (ballot.state, ballot.tally["voted"]) == ("closed", votes)
            assert [outcome for outcome in outcomes[5:] if outcome] == [ballot.outcome]


def _ballot_of(number):
    seats = make_council()
    members = make_members(seats, number)
    return make_ballot(seats), members


def _vote(ballot_id, membership_id, at):
    with unit_of_work():
        answers = {"conflict": "none", "position": "support"}
        council.cast_vote(db.session.get_one(Ballot, ballot_id), by=acting(membership_id), answers=answers, now=at)
    return "voted"


def _close(ballot_id, at):
    with unit_of_work():
        closing = council.close_due_ballot(
            ballot_id, now=at, extend_to=lambda ballot: at + DAY, deliver=lambda *_: None
        )
    return str(closing.outcome) if closing else None
