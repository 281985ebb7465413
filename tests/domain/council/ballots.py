"""Makes ballots for tests, with the rows of other tables that the database insists on."""

from datetime import timedelta
from itertools import count

from sqlalchemy import insert, select

from app.db import db
from app.domain.accounts.models import OrganisationKind
from app.domain.council.operations import cast_vote, open_ballot
from tests.domain.accounts.people import NOW, make_organisation, make_unit

DAY = timedelta(days=1)

_numbers = count(1)


def make_council(unit=None):
    return make_organisation(OrganisationKind.COUNCIL, unit or make_unit(), "Съвет")


def make_ballot(council, conflicted_organisations=(), **facts):
    """A ballot that opens at NOW and closes five days later."""
    given = {
        "instance_id": bare_row("instance"),
        "request_id": bare_row("request"),
        "engine_task_id": f"task-{next(_numbers)}",
        "question": "Да искаме ли доказан живот от 100 000 часа?",
        "options": "Изискване L80B10 при 100 000 ч., или еквивалентно.",
        "facts": {"market": {"bg": "2 от 9 могат да докажат", "en": "2 of 9 can prove it"}},
        "product_group": "road-lighting",
        "days": 5,
        "closes_at": NOW + 5 * DAY,
        "now": NOW,
    }
    return open_ballot(council=council, conflicted_organisations=conflicted_organisations, **(given | facts))


def vote(ballot, member, position, now=NOW, **answers):
    reasons = {"reasons": "Защото."} if position in ("support_with_remarks", "oppose") else {}
    cast_vote(ballot, by=member, answers={"conflict": "none", "position": position, **reasons, **answers}, now=now)


def bare_row(table_name):
    """The id of a row with only what its table insists on, rows it refers to included."""
    table = db.metadata.tables[table_name]
    needed = [column for column in table.columns if not (column.nullable or column.default or column.primary_key)]
    return db.session.execute(insert(table).values({c.name: _bare_value(c) for c in needed})).inserted_primary_key[0]


def _bare_value(column):
    for key in column.foreign_keys:
        found = db.session.scalar(select(key.column).limit(1))
        return found or bare_row(key.column.table.name)
    kind = column.type.python_type
    return {"datetime": NOW, "date": NOW.date(), "dict": {}, "bytes": b""}.get(kind.__name__, kind())
