"""Import of an index of EU GPP criteria (CSV): codes, titles, levels and places, without their texts."""

import re
from dataclasses import dataclass
from typing import IO, Any

from sqlalchemy import select

from app.csv_rows import BadRow, Row, RowError, parse_rows
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


@dataclass(frozen=True)
class CriteriaImport:
    """What an import did; with errors it did nothing."""

    rows: int
    created: int
    updated: int
    unchanged: int
    errors: tuple[RowError, ...] = ()


def import_criteria_index(stream: IO[bytes] | IO[str]) -> CriteriaImport:
    """Store the criteria of the index under codes made from its columns; a second import changes nothing."""
    parsed = parse_rows(stream, COLUMNS, _criterion_row)
    errors = [*parsed.errors, *_repeated(parsed.items)]
    if errors:
        return CriteriaImport(len(parsed.items), 0, 0, 0, tuple(errors))
    known = {criterion.code: criterion for criterion in db.session.scalars(select(Criterion))}
    results = [_store(values, known.get(values["code"])) for _, values in parsed.items]
    db.session.flush()
    count = results.count
    return CriteriaImport(len(results), count("created"), count("updated"), count("unchanged"))


def _store(values: dict[str, Any], known: Criterion | None) -> str:
    if known is None:
        db.session.add(criterion_from(values))
        return "created"
    if known.name == values["name"] and known.cpv == values["cpv"]:
        return "unchanged"
    known.name, known.cpv = values["name"], values["cpv"]
    return "updated"


def _criterion_row(row: Row) -> tuple[int, dict[str, Any]]:
    for column in ("product_group", "code", "title"):
        if not row[column]:
            raise BadRow(column, {"bg": "Клетката е празна.", "en": "The cell is empty."})
    return row.line, {
        "code": _code(row),
        "product_group": _fitting("product_group", row["product_group"], 64),
        "name": {"en": _fitting("title", row["title"], 300)},
        "text": {},
        "level": _one_of("level", row["level"], LEVELS),
        "place_of_use": PLACES[_one_of("kind", row["kind"], tuple(PLACES))],
        "cpv": [_cpv(code) for code in row["cpv"].split()],
        "source": SOURCE,
    }


def _code(row: Row) -> str:
    parts = [row[column] for column in ("product_group", "subcategory", "code", "level")]
    return _fitting("code", ":".join(["eu", *(_slug(part) for part in parts if part)]), 120)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def _fitting(column: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadRow(column, {"bg": f"Над {longest} знака.", "en": f"Longer than {longest} characters."})
    return text


def _one_of(column: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        names = ", ".join(allowed)
        raise BadRow(column, {"bg": f"Очаква се едно от: {names}.", "en": f"Expected one of: {names}."})
    return text


def _cpv(code: str) -> str:
    if not re.fullmatch(r"[0-9]{8}", code):
        raise BadRow("cpv", {"bg": "CPV кодът има осем цифри.", "en": "A CPV code has eight digits."})
    return code


def _repeated(items: list[tuple[int, dict[str, Any]]]) -> list[RowError]:
    seen: set[str] = set()
    errors = []
    for line, values in items:
        if values["code"] in seen:
            message = {"bg": "Този критерий вече стои по-горе.", "en": "This criterion stands further up already."}
            errors.append(RowError(line, message, "code"))
        seen.add(values["code"])
    return errors
