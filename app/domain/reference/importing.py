"""Rows of the official lists, read from CSV and checked one by one. Pure."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import N_, Invalid
from app.notices import nuts
from app.words import Words

MAX_ROWS = 50_000
MAX_ERRORS = 50
CPV_LEVELS = ("division", "group", "class", "category", "subcategory")
NATURES = ("supplies", "services", "works")

Row = Mapping[str, str]


@dataclass(frozen=True)
class RowError:
    """What is wrong in which line of the file (the first line holds the names of the columns)."""

    line: int
    column: str
    words: Words


class ImportRefused(Invalid):
    """The list was not taken over, because of these lines; nothing was changed."""

    def __init__(self, errors: list[RowError]) -> None:
        message = N_("Nothing was imported: %(count)s lines have errors. The first: line %(line)s, %(reason)s")
        first = errors[0]
        places = {f"{one.line}:{one.column}": one.words for one in errors}
        super().__init__(message, places, count=len(errors), line=first.line, reason=first.words["en"])
        self.errors = errors


@dataclass(frozen=True)
class ImportReport:
    """How many rows were read and what became of them."""

    read: int
    added: int
    changed: int
    unchanged: int


def cpv_rows(stream: Iterable[str], known: frozenset[str]) -> list[dict[str, Any]]:
    """CPV codes of the file; `known` are codes that are there already. Raises ImportRefused."""
    rows = list(_checked(stream, ("code", "check_digit", "parent", "level", "nature", "bg", "en"), _cpv_errors, "code"))
    codes = known | {row["code"] for _line, row in rows}
    orphans = [
        RowError(line, "parent", _words("непознат родителски код", "unknown parent code", row["parent"]))
        for line, row in rows
        if row["parent"] and row["parent"] not in codes
    ]
    if orphans:
        raise ImportRefused(orphans[:MAX_ERRORS])
    return [_cpv(row) for _line, row in rows]


def municipality_rows(stream: Iterable[str]) -> list[dict[str, Any]]:
    """Municipalities of the file. Raises ImportRefused."""
    rows = _checked(stream, _MUNICIPALITY_COLUMNS, _municipality_errors, "municipality_code")
    return [_municipality(row) for _line, row in rows]


_MUNICIPALITY_COLUMNS = (
    "municipality_code",
    "name_bg",
    "name_en",
    "centre_ekatte",
    "district_code",
    "district_bg",
    "district_en",
    "nuts3",
    "category",
    "settlements",
)


def _checked(
    stream: Iterable[str], columns: tuple[str, ...], errors_of: Callable[[Row], Iterator[tuple[str, Words]]], key: str
) -> Iterator[tuple[int, Row]]:
    """The rows with their line numbers, once all of them are found right."""
    rows: list[tuple[int, Row]] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    for line, row in _read(stream, columns):
        found = [RowError(line, column, words) for column, words in errors_of(row)]
        if row[key] in seen:
            found.append(RowError(line, key, _words("повторен код", "code named twice", row[key])))
        seen.add(row[key])
        errors += found
        rows.append((line, row))
        if len(errors) >= MAX_ERRORS or len(rows) > MAX_ROWS:
            break
    if len(rows) > MAX_ROWS:
        errors.append(RowError(MAX_ROWS + 1, "", _words("твърде много редове", "too many lines", str(MAX_ROWS))))
    if not rows and not errors:
        errors.append(RowError(2, "", {"bg": "в списъка няма редове", "en": "the list holds no lines"}))
    if errors:
        raise ImportRefused(errors[:MAX_ERRORS])
    yield from rows


def _read(stream: Iterable[str], columns: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(stream)
    try:
        names = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or []]
        missing = [column for column in columns if column not in names]
        if missing:
            raise ImportRefused(
                [RowError(1, missing[0], _words("липсва колона", "missing column", ", ".join(missing)))]
            )
        reader.fieldnames = names
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    except (csv.Error, UnicodeDecodeError) as problem:
        words = _words("файлът не е CSV в UTF-8", "the file is not CSV in UTF-8", str(problem))
        raise ImportRefused([RowError(reader.line_num + 1, "", words)]) from None


def _cpv_errors(row: Row) -> Iterator[tuple[str, Words]]:
    if not re.fullmatch(r"\d{8}", row["code"]):
        yield "code", _words("кодът трябва да е от осем цифри", "a code has eight digits", row["code"])
    if not re.fullmatch(r"\d", row["check_digit"]):
        yield "check_digit", _words("контролната цифра е една", "the check digit is one digit", row["check_digit"])
    if row["parent"] and not row["code"].startswith(row["parent"].rstrip("0")):
        yield (
            "parent",
            _words("кодът не започва с родителя си", "the code does not begin with its parent", row["parent"]),
        )
    yield from _one_of(row, "level", CPV_LEVELS)
    yield from _one_of(row, "nature", NATURES)
    yield from _needed(row, "bg", "en")


def _municipality_errors(row: Row) -> Iterator[tuple[str, Words]]:
    if not re.fullmatch(r"[A-Z]{3}\d{2}", row["municipality_code"]):
        yield (
            "municipality_code",
            _words("очакваме код като BGS01", "a code like BGS01 is expected", row["municipality_code"]),
        )
    if not re.fullmatch(r"\d{5}", row["centre_ekatte"]):
        yield (
            "centre_ekatte",
            _words("кодът по ЕКАТТЕ е от пет цифри", "an EKATTE code has five digits", row["centre_ekatte"]),
        )
    if nuts.find_region(row["nuts3"]) is None:
        yield "nuts3", _words("непознат регион", "unknown region", row["nuts3"])
    yield from _one_of(row, "category", ("0", "1", "2", "3", "4", "5"))
    if not row["settlements"].isdecimal():
        yield "settlements", _words("не е число", "not a number", row["settlements"])
    yield from _needed(row, "name_bg", "name_en", "district_bg", "district_en", "district_code")


def _one_of(row: Row, column: str, allowed: tuple[str, ...]) -> Iterator[tuple[str, Words]]:
    if row[column] not in allowed:
        yield column, _words("непозната стойност", "unknown value", row[column])


def _needed(row: Row, *columns: str) -> Iterator[tuple[str, Words]]:
    for column in columns:
        if not row[column]:
            yield column, _words("празна клетка", "empty cell", column)


def _cpv(row: Row) -> dict[str, Any]:
    labels = {name: text for name, text in row.items() if len(name) == 2 and text}
    return {
        "code": row["code"],
        "check_digit": row["check_digit"],
        "parent": row["parent"] or None,
        "level": row["level"],
        "nature": row["nature"],
        "labels": labels,
        "search_bg": labels["bg"].casefold(),
        "search_en": labels["en"].casefold(),
    }


def _municipality(row: Row) -> dict[str, Any]:
    return {
        "code": row["municipality_code"],
        "name": {"bg": row["name_bg"], "en": row["name_en"]},
        "centre_ekatte": row["centre_ekatte"],
        "district_code": row["district_code"],
        "district": {"bg": row["district_bg"], "en": row["district_en"]},
        "nuts3": row["nuts3"],
        "category": int(row["category"]),
        "settlements": int(row["settlements"]),
    }


def _words(bg: str, en: str, detail: str) -> Words:
    return {"bg": f"{bg}: {detail}", "en": f"{en}: {detail}"}
