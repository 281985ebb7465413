"""Work that nobody clicks for: service calls, timers and ballot closings that are due.

Rows are the truth: `run_due` looks for due rows, does each in its own unit of work, and may be run by anybody at any
time, as often as they like. The scheduler thread only makes sure somebody does.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Flask

from app import clock
from app.db import db, unit_of_work
from app.domain import automation
from app.domain.processes import operations as processes
from app.domain.processes.commands import Stuck

log = logging.getLogger(__name__)


def run_due(now: datetime) -> int:
    """Do everything that is due, until nothing more is; the number of things done."""
    done = 0
    for _round in range(20):
        before = done
        done += _each(automation.due_services(now), run_service, now)
        done += _each(automation.due_timers(now), _fire_timers, now)
        done += _each(automation.due_ballots(now), _close_ballot, now)
        if done == before:
            return done
    return done


Act = Callable[[int, datetime], None]


def _each(numbers: Iterable[int], act: Act, now: datetime) -> int:
    return sum(_tried(act, number, now) for number in list(numbers))


def _tried(act: Act, number: int, now: datetime) -> int:
    try:
        act(number, now)
    except Stuck as stuck:
        with unit_of_work():
            processes.record_incident(stuck.instance_id, stuck.element_id, stuck.words, now=now)
    except Exception:  # a job must never stop the others; it is tried again in the next round
        log.exception("A job failed: %s", number)
        db.session.rollback()
        return 0
    return 1


def _fire_timers(instance_id: int, now: datetime) -> None:
    _in_unit(automation.fire_timers, instance_id, now)


def _close_ballot(ballot_id: int, now: datetime) -> None:
    _in_unit(automation.close_ballot, ballot_id, now)


def _in_unit(act: Callable[..., None], number: int, now: datetime) -> None:
    with unit_of_work():
        act(number, now=now)


def run_service(job_id: int, now: datetime) -> None:
    """Run one service call and deliver its result; a failure is noted on its row and never undoes what people did."""
    try:
        _in_unit(automation.run_service, job_id, now)
    except Stuck:
        raise
    except Exception as error:  # whatever a service raises becomes a retry, then an incident
        log.warning("Service call %s failed: %s", job_id, error)
        with unit_of_work():
            processes.fail_service(job_id, f"{type(error).__name__}: {error}", now=now)


def init_app(app: Flask) -> None:
    """Start the scheduler when the settings ask for it (the embedded way: one process)."""
    if app.config["SCHEDULER"]:
        start_scheduler(app)


def start_scheduler(app: Flask) -> threading.Event:
    """Run what is due every few seconds in a thread; set the returned event to stop it."""
    stop = threading.Event()
    thread = threading.Thread(target=_tick, args=(app, stop), name="zeleno-scheduler", daemon=True)
    thread.start()
    return stop


def _tick(app: Flask, stop: threading.Event) -> None:
    while not stop.wait(app.config["SCHEDULER_SECONDS"]):
        with app.app_context():
            try:
                run_due(clock.now())
            except Exception:  # the thread lives as long as the process
                log.exception("The scheduler could not look for due work")
