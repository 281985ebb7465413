"""Import of an index of EU GPP criteria (CSV): codes, titles, levels and places, without their texts."""

import re
from typing import IO, Any

from sqlalchemy import select

from app.csv_rows import BadRow, ImportReport, Row, filled, one_of, parse_rows
from app.db import db
from app.domain.criteria.models import Criterion
from app.domain.criteria.operations import criterion_from
from app.words import Words

COLUMNS = ("product_group", "subcategory", "kind", "level", "code", "title", "cpv")
PLACES = {"TS": "specification", "AC": "award", "SC": "selection", "CPC": "clause"}
LEVELS = ("core", "comprehensive", "both")
SOURCE: Words = {
    "bg": "Показалец на критериите на ЕС за ЗеОП: само заглавие, без текст",
    "en": "Index of EU GPP criteria: title only, without text",
}


def import_criteria_index(stream: IO[bytes] | IO[str]) -> ImportReport:
    """Store the criteria of the index under codes made from its columns; a second import changes nothing."""
    parsed = parse_rows(stream, COLUMNS, _criterion_row)
    parsed.refuse_repeated("code", lambda values: values["code"])
    if parsed.errors:
        return parsed.report()
    known = {criterion.code: criterion for criterion in db.session.scalars(select(Criterion))}
    results = [_store(values, known.get(values["code"])) for values in parsed.items]
    db.session.flush()
    return parsed.report(*(results.count(result) for result in ("created", "updated", "unchanged")))


def _store(values: dict[str, Any], known: Criterion | None) -> str:
    if known is None:
        db.session.add(criterion_from(values))
        return "created"
    if known.name == values["name"] and known.cpv == values["cpv"]:
        return "unchanged"
    known.name, known.cpv = values["name"], values["cpv"]
    return "updated"


def _criterion_row(row: Row) -> dict[str, Any]:
    return {
        "product_group": _fitting("product_group", filled(row, "product_group"), 64),
        "code": _code(row),
        "name": {"en": _fitting("title", filled(row, "title"), 300)},
        "text": {},
        "level": one_of(row, "level", LEVELS),
        "place_of_use": PLACES[one_of(row, "kind", tuple(PLACES))],
        "cpv": [_cpv(code) for code in row["cpv"].split()],
        "source": SOURCE,
    }


def _code(row: Row) -> str:
    parts = (row["product_group"], row["subcategory"], filled(row, "code"), row["level"])
    return _fitting("code", ":".join(["eu", *(_slug(part) for part in parts if part)]), 120)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _fitting(column: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadRow(column, {"bg": f"Над {longest} знака.", "en": f"Longer than {longest} characters."})
    return text


def _cpv(code: str) -> str:
    if not re.fullmatch(r"[0-9]{8}", code):
        raise BadRow("cpv", {"bg": "CPV кодът има осем цифри.", "en": "A CPV code has eight digits."})
    return code
