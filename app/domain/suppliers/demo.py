"""The invented suppliers of the demonstration: archetypes and plain ones, with days counted from today."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.suppliers.models import Consent, Supplier, Verdict
from app.domain.suppliers.operations import add_evidence, add_offer, add_supplier, check_evidence, supplier_key

SHIPPED = Path(__file__).parents[2] / "data" / "demo_suppliers.json"
SOURCE = "Примерни данни"
#: how long ago the unit looked at the evidence that counts as checked
CHECKED_DAYS_AGO = 30


def load_demo_suppliers(today: date, *, checked_by: Actor | None = None) -> int:
    """Store the demo suppliers that are missing and give how many; evidence is checked if somebody is named for it."""
    known = set(db.session.scalars(select(Supplier.key)))
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    new = [row for row in rows if supplier_key(row["country"], row["name"]) not in known]
    for row in new:
        _load(row, today, checked_by)
    return len(new)


def _load(row: Mapping[str, Any], today: date, checked_by: Actor | None) -> None:
    confirmed = today + timedelta(days=row["confirmed"])
    supplier = add_supplier(
        row["name"], by=None, now=_noon(today), country=row["country"], source=SOURCE, town=row["town"],
        nuts=row["nuts"], is_sme=row["is_sme"], source_on=confirmed, last_confirmed_on=confirmed,
        consent=Consent.GIVEN, consent_on=confirmed,
    )  # fmt: skip
    offers = {
        offer["key"]: add_offer(supplier, by=None, source=SOURCE, source_on=confirmed, **offer)
        for offer in row["offers"]
    }
    for item in row["evidence"]:
        evidence = add_evidence(
            supplier, by=None, criterion_code=item["criterion"], kind=item["kind"], source=SOURCE,
            offer=offers.get(item.get("offer", "")), scheme=item.get("scheme", ""), issuer=item.get("issuer", ""),
            number=item["number"], scope=item.get("scope", ""), valid_from=_day(item["from"], today),
            valid_until=_day(item["until"], today),
        )  # fmt: skip
        if item["checked"] and checked_by is not None:
            looked_at = _noon(today - timedelta(days=CHECKED_DAYS_AGO))
            check_evidence(evidence, by=checked_by, verdict=Verdict.CONFIRMED, now=looked_at)


def _day(offset: int | str | None, today: date) -> date | None:
    """A number of days from today, or an end of the year before."""
    if offset is None:
        return None
    if offset == "last_year_start":
        return date(today.year - 1, 1, 1)
    if offset == "last_year_end":
        return date(today.year - 1, 12, 31)
    return today + timedelta(days=int(offset))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
