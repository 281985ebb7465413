"""Import of suppliers from a CSV file of past awards: facts of public notices, all of a file or nothing of it.

The same file again changes nothing. What a supplier has confirmed is not overwritten by an import; its past awards are.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any, NamedTuple

from sqlalchemy import delete, insert, select

from app.csv_rows import BadRow, ImportReport, Row, RowError, parse_rows
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.suppliers.models import Consent, Offer, OfferCpv, OfferRegion, Supplier
from app.domain.suppliers.need import is_nuts, normal_codes
from app.domain.suppliers.operations import sort_name, supplier_key
from app.domain.suppliers.rules import can_keep_catalogue
from app.errors import Invalid, require
from app.words import Words

COLUMNS = (
    "name", "national_id", "country", "town", "nuts", "sme", "cpv_codes", "regions_served", "awards", "first_award",
    "last_award", "notices",
)  # fmt: skip

OFFER_KEY = "past-awards"
OFFER_TITLE: Words = {
    "bg": "Възлагани поръчки (по обявления)",
    "en": "Contracts awarded (from notices)",
}
#: what award notices write for a place they do not tell
NO_PLACE = "00"
_IS_SME = {"yes": True, "no": False}


class ImportRow(NamedTuple):
    """A usable row: the fields of the supplier, and the reach of its offer."""

    fields: dict[str, Any]
    cpv: tuple[str, ...]
    regions: tuple[str, ...]
    warnings: tuple[RowError, ...]


def import_suppliers(stream: IO[bytes] | IO[str], now: datetime, *, by: Actor | None = None) -> ImportReport:
    """Read a CSV file of suppliers into the catalogue. Raises Forbidden; file errors are in the result."""
    require(can_keep_catalogue(by))
    parsed = parse_rows(stream, COLUMNS, _import_row)
    parsed.refuse_repeated("name", lambda row: row.fields["key"])
    parsed.warnings += [warning for row in parsed.items for warning in row.warnings]
    if parsed.errors:
        return parsed.report()
    new, changed, same = _sorted_by_change(parsed.items)
    _create(new, now)
    for supplier_id, row in changed:
        _update(db.session.get_one(Supplier, supplier_id), row)
    db.session.flush()
    return parsed.report(len(new), len(changed), same)


def _sorted_by_change(rows: Iterable[ImportRow]) -> tuple[list[ImportRow], list[tuple[int, ImportRow]], int]:
    query = select(Supplier.key, Supplier.id, Supplier.import_sha256)
    known = {key: (id, sha256) for key, id, sha256 in db.session.execute(query)}
    new, changed, same = [], [], 0
    for row in rows:
        supplier_id, sha256 = known.get(row.fields["key"], (None, ""))
        if supplier_id is None:
            new.append(row)
        elif sha256 == row.fields["import_sha256"]:
            same += 1
        else:
            changed.append((supplier_id, row))
    return new, changed, same


def _create(rows: list[ImportRow], now: datetime) -> None:
    """Add many suppliers with their offers in a few statements."""
    if not rows:
        return
    suppliers = [{**row.fields, "created_at": now, "consent": Consent.PUBLIC_RECORD} for row in rows]
    ids = _inserted(Supplier, suppliers)
    offers = [{"supplier_id": id, **_offer_fields(row)} for id, row in zip(ids, rows, strict=True)]
    offer_ids = _inserted(Offer, offers)
    reach = list(zip(offer_ids, rows, strict=True))
    db.session.execute(insert(OfferCpv), [{"offer_id": id, "cpv": code} for id, row in reach for code in row.cpv])
    db.session.execute(
        insert(OfferRegion), [{"offer_id": id, "region": code} for id, row in reach for code in row.regions or ("",)]
    )


def _inserted(table: type[Supplier] | type[Offer], rows: list[dict[str, Any]]) -> list[int]:
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, [{"rev": 1, **row} for row in rows]))


def _update(supplier: Supplier, row: ImportRow) -> None:
    """Take over the row; of a supplier who confirmed its own facts only the past awards."""
    kept = {"key"} if supplier.last_confirmed_on is None else set(row.fields) - {"past_awards", "import_sha256"}
    for name, value in row.fields.items():
        if name not in kept:
            setattr(supplier, name, value)
    query = select(Offer).where(Offer.supplier_id == supplier.id, Offer.key == OFFER_KEY)
    offer = db.session.scalar(query)
    if offer is None:
        offer = Offer(supplier_id=supplier.id)
        db.session.add(offer)
    for name, value in _offer_fields(row).items():
        setattr(offer, name, value)
    db.session.flush()
    _replace_reach(offer.id, row)


def _replace_reach(offer_id: int, row: ImportRow) -> None:
    for table in (OfferCpv, OfferRegion):
        db.session.execute(delete(table).where(table.offer_id == offer_id))
    db.session.add_all(OfferCpv(offer_id=offer_id, cpv=code) for code in row.cpv)
    db.session.add_all(OfferRegion(offer_id=offer_id, region=code) for code in row.regions or ("",))


def _offer_fields(row: ImportRow) -> dict[str, Any]:
    return {
        "key": OFFER_KEY,
        "title": OFFER_TITLE,
        "cpv": list(row.cpv),
        "regions": list(row.regions),
        "is_past_award": True,
        "source": row.fields["source"],
        "source_on": row.fields["source_on"],
    }


def _import_row(row: Row) -> ImportRow:
    name, country = _text(row, "name", 300), row["country"]
    if not name:
        raise BadRow("name", {"bg": "Липсва име.", "en": "The name is missing."})
    if not re.fullmatch(r"[A-Z]{2}", country):
        raise BadRow("country", {"bg": "Държавата е код от две букви.", "en": "A country is a code of two letters."})
    warnings: list[RowError] = []
    awards = _awards(row)
    fields = {
        "key": supplier_key(country, name),
        "name": name,
        "sort_name": sort_name(name),
        "national_id": _text(row, "national_id", 80),
        "country": country,
        "town": _text(row, "town", 120),
        "nuts": " ".join(_regions(row, "nuts", warnings)[:1]),
        "is_sme": _IS_SME.get(row["sme"]),
        "source": _source(awards["notices"]),
        "source_on": date.fromisoformat(awards["last"]) if awards["last"] else None,
        "past_awards": awards,
        "import_sha256": hashlib.sha256(repr(sorted(row.cells.items())).encode()).hexdigest(),
    }
    return ImportRow(fields, _codes(row), _regions(row, "regions_served", warnings), tuple(warnings))


def _awards(row: Row) -> dict[str, Any]:
    if not re.fullmatch(r"[0-9]{1,6}", row["awards"]):
        raise BadRow("awards", {"bg": "Броят на поръчките е цяло число.", "en": "The number of awards is a number."})
    first, last = _day(row, "first_award"), _day(row, "last_award")
    notices = [notice.strip() for notice in row["notices"].split("|") if notice.strip()]
    return {"count": int(row["awards"]), "first": first, "last": last, "notices": notices}


def _source(notices: list[str]) -> str:
    """Where the facts are from, by notice, as far as there is room."""
    shown = ", ".join(notices[:5])
    more = f" (+{len(notices) - 5})" if len(notices) > 5 else ""
    return f"TED: {shown}{more}"[:300] if notices else "TED"


def _day(row: Row, column: str) -> str:
    text = row[column]
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        message = {"bg": "Датата се пише ГГГГ-ММ-ДД.", "en": "A date is written YYYY-MM-DD."}
        raise BadRow(column, message) from None


def _codes(row: Row) -> tuple[str, ...]:
    try:
        codes = normal_codes(row["cpv_codes"].split())
    except Invalid:
        message = {"bg": "CPV кодовете имат по осем цифри, с интервал между тях.",
                   "en": "CPV codes have eight digits each, with a blank between them."}  # fmt: skip
        raise BadRow("cpv_codes", message) from None
    if not codes:
        raise BadRow("cpv_codes", {"bg": "Липсва CPV код.", "en": "A CPV code is missing."})
    return codes


def _regions(row: Row, column: str, warnings: list[RowError]) -> tuple[str, ...]:
    """NUTS codes; "00" is the notices' way of not telling and is read as unknown, with a warning."""
    codes = row[column].split()
    for code in codes:
        if code != NO_PLACE and not is_nuts(code):
            raise BadRow(column, {"bg": f"{code} не е код по NUTS.", "en": f"{code} is not a NUTS code."})
    if NO_PLACE in codes:
        words = {"bg": "Районът „00“ е прочетен като неизвестен.", "en": "The region “00” was read as unknown."}
        warnings.append(RowError(row.line, words, column))
    return tuple(sorted(set(codes) - {NO_PLACE}))


def _text(row: Row, column: str, longest: int) -> str:
    if len(row[column]) > longest:
        raise BadRow(column, {"bg": f"Над {longest} знака.", "en": f"Longer than {longest} characters."})
    return row[column]
