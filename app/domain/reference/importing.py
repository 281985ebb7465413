"""Rows of the official lists, read from CSV and checked one by one. Pure."""

import re
from typing import IO, Any

from app.csv_rows import BadRow, Parsed, Row, RowError, filled, one_of, parse_rows
from app.domain.reference.models import CPV_VERSION
from app.notices import nuts
from app.words import Words

CPV_COLUMNS = ("code", "check_digit", "parent", "level", "nature", "bg", "en")
CPV_LEVELS = ("division", "group", "class", "category", "subcategory")
NATURES = ("supplies", "services", "works")
MUNICIPALITY_COLUMNS = (
    "municipality_code", "name_bg", "name_en", "centre_ekatte", "district_code", "district_bg", "district_en", "nuts3",
    "category", "settlements",
)  # fmt: skip


def cpv_rows(stream: IO[bytes] | IO[str], known: frozenset[str]) -> Parsed[dict[str, Any]]:
    """CPV codes of the file, each with its names; `known` are codes that are there already."""
    parsed = parse_rows(stream, CPV_COLUMNS, _cpv)
    parsed.refuse_repeated("code", lambda row: row["code"])
    if not parsed.errors:
        parsed.errors += _orphans(parsed, known)
    return parsed


def municipality_rows(stream: IO[bytes] | IO[str]) -> Parsed[dict[str, Any]]:
    """Municipalities of the file."""
    parsed = parse_rows(stream, MUNICIPALITY_COLUMNS, _municipality)
    parsed.refuse_repeated("municipality_code", lambda row: row["code"])
    return parsed


def _orphans(parsed: Parsed[dict[str, Any]], known: frozenset[str]) -> list[RowError]:
    codes = known | {row["code"] for row in parsed.items} | {None}
    numbered = zip(parsed.lines, parsed.items, strict=True)
    return [RowError(line, UNKNOWN_PARENT, "parent") for line, row in numbered if row["parent"] not in codes]


def _cpv(row: Row) -> dict[str, Any]:
    # a column with a name of two letters holds the names in this language
    languages = [column for column in row.cells if re.fullmatch("[a-z]{2}", column)]
    return {
        "code": _fitting(row, "code", "[0-9]{8}", EIGHT_DIGITS),
        "check_digit": _fitting(row, "check_digit", "[0-9]", ONE_DIGIT),
        "parent": _parent(row),
        "level": one_of(row, "level", CPV_LEVELS),
        "nature": one_of(row, "nature", NATURES),
        "search_bg": filled(row, "bg").casefold(),
        "search_en": filled(row, "en").casefold(),
        "labels": {language: row[language] for language in languages if row[language]},
        "version": CPV_VERSION,
    }


def _parent(row: Row) -> str | None:
    if not row["code"].startswith(row["parent"].rstrip("0")):
        raise BadRow("parent", NOT_ITS_PARENT)
    return row["parent"] or None


def _municipality(row: Row) -> dict[str, Any]:
    if nuts.find_region(row["nuts3"]) is None:
        raise BadRow("nuts3", UNKNOWN_REGION)
    return {
        "code": _fitting(row, "municipality_code", "[A-Z]{3}[0-9]{2}", MUNICIPALITY_CODE),
        "name": {"bg": filled(row, "name_bg"), "en": filled(row, "name_en")},
        "centre_ekatte": _fitting(row, "centre_ekatte", "[0-9]{5}", FIVE_DIGITS),
        "district_code": _fitting(row, "district_code", "[A-Z]{3}", DISTRICT_CODE),
        "district": {"bg": filled(row, "district_bg"), "en": filled(row, "district_en")},
        "nuts3": row["nuts3"],
        "category": int(one_of(row, "category", tuple("012345"))),
        "settlements": int(_fitting(row, "settlements", "[0-9]{1,4}", A_NUMBER)),
        "country": "BG",
    }


def _fitting(row: Row, column: str, pattern: str, otherwise: Words) -> str:
    if not re.fullmatch(pattern, row[column]):
        raise BadRow(column, otherwise)
    return row[column]


EIGHT_DIGITS: Words = {"bg": "CPV кодът има осем цифри.", "en": "A CPV code has eight digits."}
ONE_DIGIT: Words = {"bg": "Контролната цифра е една.", "en": "The check digit is one digit."}
FIVE_DIGITS: Words = {"bg": "Кодът по ЕКАТТЕ има пет цифри.", "en": "An EKATTE code has five digits."}
MUNICIPALITY_CODE: Words = {"bg": "Очаква се код като BGS01.", "en": "A code like BGS01 is expected."}
DISTRICT_CODE: Words = {"bg": "Очаква се код като BGS.", "en": "A code like BGS is expected."}
A_NUMBER: Words = {"bg": "Очаква се число.", "en": "A number is expected."}
UNKNOWN_REGION: Words = {"bg": "Няма такъв район по NUTS.", "en": "There is no such NUTS region."}
NOT_ITS_PARENT: Words = {"bg": "Кодът не започва с родителя си.", "en": "The code does not begin with its parent."}
UNKNOWN_PARENT: Words = {"bg": "Няма такъв родителски код.", "en": "There is no such parent code."}
