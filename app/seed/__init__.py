"""The invented story of the demonstration: people first, then what they did, through the operations alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db, unit_of_work
from app.domain.accounts.models import Actor
from app.domain.suppliers.demo import load_demo_suppliers
from app.domain.suppliers.models import Supplier
from app.domain.suppliers.operations import link_supplier
from app.seed import people
from app.seed.player import Player
from app.seed.shipped import load_everything
from app.seed.story import CASES

#: The units were there before the first request.
SETTLED_BEFORE = timedelta(days=200)


def tell_the_story(now: datetime, *, say: Callable[[str], None]) -> None:
    """Fill an empty database with the units, people, suppliers and requests of the demonstration."""
    began = now - SETTLED_BEFORE
    with unit_of_work():
        places = people.settle(began)
        load_everything(began)
    say(f"{len(people.PEOPLE)} people in {len(places)} organisations settled")
    with unit_of_work():
        liaison = people.actor_of("radostina")
        found = load_demo_suppliers(now.date(), checked_by=liaison)
        _seat_producer(by=liaison)
    say(f"{found} suppliers in the catalogue")
    Player(now, say).play(CASES)


def _seat_producer(*, by: Actor) -> None:
    """The producer in the council is the supplier of the same name, so it stays out of questions about its goods."""
    supplier = db.session.scalars(select(Supplier).where(Supplier.name == "Лумитек Юг")).one()
    link_supplier(supplier, people.actor_of("krastev", "contact").organisation, by=by)
