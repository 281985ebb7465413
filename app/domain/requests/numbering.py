"""Request numbers: per unit and year, without gaps, digits only."""

from sqlalchemy import func, select

from app.db import db
from app.domain.accounts.models import Organisation
from app.domain.requests.models import Request

#: The first number of a year, so that a unit's first letter does not look like its first week.
FIRST = 101


def next_sequence(unit_id: int, year: int) -> int:
    """The next free number; the unit's row is locked, so two filings never get the same one.

    New rows may refer to the unit meanwhile: filings wait for each other, nobody else for them.
    """
    db.session.execute(select(Organisation.id).where(Organisation.id == unit_id).with_for_update(key_share=True))
    newest = db.session.scalar(
        select(func.max(Request.sequence)).where(Request.unit_id == unit_id, Request.year == year)
    )
    return FIRST if newest is None else newest + 1
