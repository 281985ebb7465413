"""Writing and checking criteria, and loading the set that comes with the product."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.criteria.models import Criterion, EvidenceKind, Level, Place
from app.domain.criteria.rules import can_edit_criterion, can_verify_criterion, can_write_criteria
from app.errors import N_, Conflict, Invalid, require
from app.words import Words

SHIPPED = Path(__file__).parents[2] / "data" / "criteria.json"

#: what a shipped or imported row says about a criterion, beside its code
FIELDS = (
    "product_group", "name", "text", "level", "place_of_use", "proof", "accepted_kinds", "accepted_labels", "cpv",
    "source", "valid_from", "valid_until",
)  # fmt: skip


def load_shipped_criteria() -> int:
    """Store the shipped criteria that are missing; those already there stay as people left them. Gives how many."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    known = set(db.session.scalars(select(Criterion.code)))
    new = [criterion_from(row) for row in rows if row["code"] not in known]
    db.session.add_all(new)
    db.session.flush()
    return len(new)


def criterion_from(row: Mapping[str, Any]) -> Criterion:
    """An unverified criterion with the fields of a shipped or imported row."""
    values = {field: row[field] for field in FIELDS if field in row}
    values["level"] = Level(row["level"])
    values["place_of_use"] = Place(row["place_of_use"])
    for day in ("valid_from", "valid_until"):
        if isinstance(values.get(day), str):
            values[day] = date.fromisoformat(values[day])
    return Criterion(code=row["code"], verified=False, **values)


def write_criterion(
    code: str,
    *,
    by: Actor,
    product_group: str,
    name: Words,
    text: Words,
    level: Level,
    place_of_use: Place,
    proof: Words,
    source: Words,
    accepted_kinds: list[EvidenceKind] | None = None,
    accepted_labels: list[str] | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Criterion:
    """Add a criterion of the author's unit. Raises Conflict when the code is taken, Invalid without a wording."""
    require(can_write_criteria(by))
    if not any(text.values()):
        raise Invalid(N_("A criterion needs its wording in at least one language."))
    if db.session.scalar(select(Criterion.id).where(Criterion.code == code)):
        raise Conflict(N_("There is a criterion with the code %(code)s already. Choose another code."), code=code)
    criterion = Criterion(
        code=code, product_group=product_group, name=name, text=text, level=level, place_of_use=place_of_use,
        proof=proof, source=source, accepted_kinds=list(accepted_kinds or []),
        accepted_labels=list(accepted_labels or []), valid_from=valid_from, valid_until=valid_until,
        unit_id=by.unit_id,
    )  # fmt: skip
    db.session.add(criterion)
    db.session.flush()
    return criterion


def retire_criterion(criterion: Criterion, *, by: Actor, valid_until: date) -> None:
    """Let a criterion hold up to this day only; what was sealed with it stays as it was."""
    require(can_edit_criterion(by, criterion))
    criterion.valid_until = valid_until


def verify_criterion(criterion: Criterion, *, by: Actor, verified: bool = True) -> None:
    """Record that a person compared the criterion with its source, or that this no longer holds."""
    require(can_verify_criterion(by, criterion))
    criterion.verified = verified
