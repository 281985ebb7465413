"""Several people at the same moment: each in a thread with a session of their own."""

import threading
from collections.abc import Callable, Sequence

from flask import Flask

from app.db import db
from app.domain.accounts.models import Actor, Membership
from app.errors import DomainError


def at_once(app: Flask, acts: Sequence[Callable[[], object]]) -> list:
    """What each act came to: its value, or the name of the error of the domain it met; any other error is raised."""
    db.session.commit()
    together = threading.Barrier(len(acts))
    outcomes: list = [None] * len(acts)

    def run(place: int) -> None:
        with app.app_context():
            together.wait()
            try:
                outcomes[place] = acts[place]()
            except DomainError as error:
                outcomes[place] = type(error).__name__
            except BaseException as error:  # noqa: BLE001 - raised again below
                outcomes[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


def acting(membership_id: int) -> Actor:
    """Somebody as this thread knows them."""
    membership = db.session.get_one(Membership, membership_id)
    return Actor(membership.user, membership)
