"""What ships with the product and every database needs: reference data, criteria, and the processes of each unit."""

from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import Organisation, OrganisationKind
from app.domain.criteria.operations import load_shipped_criteria
from app.domain.definitions.operations import load_shipped_processes
from app.domain.reference.operations import load_shipped_reference


def load_everything(now: datetime) -> None:
    """Load shipped reference data and criteria, and give every unit the processes it does not have."""
    load_shipped_reference()
    load_shipped_criteria()
    for unit in db.session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.UNIT)):
        load_shipped_processes(unit, now=now)
