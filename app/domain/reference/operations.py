"""Taking over reference data: the official lists from files, and what the product ships with."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from sqlalchemy import insert, select, update

from app.csv_rows import ImportReport, Parsed
from app.db import db
from app.domain.reference.importing import cpv_rows, municipality_rows
from app.domain.reference.models import (
    CpvCode,
    ExchangeRate,
    GreenLabel,
    LegalRule,
    Municipality,
    ProductGroup,
)

_SHIPPED = Path(__file__).parents[2] / "data"


def import_cpv(stream: IO[bytes] | IO[str]) -> ImportReport:
    """Take over the CPV list: all of it or, when a line is wrong, nothing."""
    return _take_over(CpvCode, cpv_rows(stream, _known_cpv()))


def import_municipalities(stream: IO[bytes] | IO[str]) -> ImportReport:
    """Take over the register of municipalities: all of it or, when a line is wrong, nothing."""
    return _take_over(Municipality, municipality_rows(stream))


def load_shipped_reference() -> None:
    """Put in what the product ships with; what is there already stays, edited rows above all."""
    _add_shipped_cpv()
    _keep_up(ProductGroup, ("key",), _json("product_groups.json"))
    _keep_up(GreenLabel, ("key",), _json("labels.json"))
    _keep_up(LegalRule, ("key", "country", "valid_from"), map(_typed, _json("legal_rules.json")))
    _keep_up(ExchangeRate, ("currency", "valid_from"), map(_typed, _json("exchange_rates.json")))
    db.session.flush()


def _known_cpv() -> frozenset[str]:
    return frozenset(db.session.scalars(select(CpvCode.code)))


def _add_shipped_cpv() -> None:
    known = _known_cpv()
    with (_SHIPPED / "cpv_green.csv").open("rb") as stream:
        shipped = cpv_rows(stream, known)
    if shipped.errors:
        raise ValueError(shipped.errors)
    new = [row for row in shipped.items if row["code"] not in known]
    if new:
        db.session.execute(insert(CpvCode), new)


def _take_over(model: Any, parsed: Parsed[dict[str, Any]]) -> ImportReport:
    """Add new codes, change those that differ, leave the rest; codes that the list lacks stay as they are."""
    if parsed.errors:
        return parsed.report()
    present = {one.code: one for one in db.session.scalars(select(model))}
    new = [row for row in parsed.items if row["code"] not in present]
    differing = [row for row in parsed.items if row["code"] in present and _differs(present[row["code"]], row)]
    if new:
        db.session.execute(insert(model), new)
    if differing:
        db.session.execute(update(model), [row | {"id": present[row["code"]].id} for row in differing])
    db.session.expire_all()
    return parsed.report(len(new), len(differing), len(parsed.items) - len(new) - len(differing))


def _keep_up(model: Any, key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add what is missing and bring up to date what nobody has edited."""
    present = {tuple(getattr(one, name) for name in key): one for one in db.session.scalars(select(model))}
    for row in rows:
        one = present.get(tuple(row[name] for name in key))
        if one is None:
            db.session.add(model(**row))
        elif one.rev == 1 and _differs(one, row):
            for name, value in row.items():
                setattr(one, name, value)


def _differs(one: Any, row: Mapping[str, Any]) -> bool:
    return any(getattr(one, name) != value for name, value in row.items())


def _json(name: str) -> list[dict[str, Any]]:
    return json.loads((_SHIPPED / name).read_text(encoding="utf-8"))["rows"]


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Dates and numbers of a shipped row as what they are."""
    typed = dict(row)
    for name in ("valid_from", "valid_until"):
        typed[name] = date.fromisoformat(row[name]) if row.get(name) else None
    for name in ("value", "units_per_eur"):
        if name in row:
            typed[name] = None if row[name] is None else Decimal(row[name])
    return typed
