"""Rows of a CSV file that somebody hands in: read as a stream, each with its line; hostile text becomes an error."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Generic, TypeVar

from app.words import Words

T = TypeVar("T")

MAX_ROWS = 500_000
MAX_LINE = 100_000
MAX_CELL = 4_000
#: more would help nobody; reading stops there
MAX_ERRORS = 100

#: a spreadsheet would run a cell that begins so
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: a word after a stray sign, as in "-le-Monastere": the sign is dropped; anything else is refused
_STRAY_SIGN = re.compile(r"[+-]+ ?(?=[^\W\d_])[^()|!=;:\"'\\]*")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_QUOTES = "\"'"


@dataclass(frozen=True)
class RowError:
    """What is wrong at a line of the file, in words for the person who handed it in."""

    line: int
    message: Words
    column: str = ""


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on and its cells by column, stripped of blanks."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


class BadRow(Exception):
    """A row cannot be used; carries the column and the words why."""

    def __init__(self, column: str, message: Words) -> None:
        super().__init__(column)
        self.column = column
        self.message = message


@dataclass(frozen=True)
class ImportReport:
    """What an import did, in rows. With errors it did nothing; warnings tell what was mended or read as unknown."""

    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()
    warnings: tuple[RowError, ...] = ()


@dataclass
class Parsed(Generic[T]):
    """What a file gave: its usable rows and their lines, its errors, and what was mended in passing."""

    items: list[T] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)

    def refuse_repeated(self, column: str, key: Callable[[T], str]) -> None:
        """Make an error of each item whose key stands further up already."""
        seen: dict[str, int] = {}
        for line, item in zip(self.lines, self.items, strict=True):
            first = seen.setdefault(key(item), line)
            if first != line:
                self.errors.append(RowError(line, _repeats(first), column))

    def report(self, created: int = 0, updated: int = 0, unchanged: int = 0) -> ImportReport:
        """What became of the rows; without numbers, that nothing was done."""
        counts = (len(self.items), created, updated, unchanged)
        return ImportReport(*counts, tuple(self.errors), tuple(self.warnings))


def parse_rows(stream: IO[bytes] | IO[str], columns: Sequence[str], parse: Callable[[Row], T]) -> Parsed[T]:
    """Parse every row with `parse`, which may raise BadRow. Raises nothing for whatever the file holds."""
    parsed: Parsed[T] = Parsed()
    for row in _rows(stream, columns, parsed.errors):
        try:
            _check_cells(row, parsed.warnings)
            parsed.items.append(parse(row))
            parsed.lines.append(row.line)
        except BadRow as bad:
            parsed.errors.append(RowError(row.line, bad.message, bad.column))
    if not parsed.items and not parsed.errors:
        parsed.errors.append(RowError(2, NO_ROWS))
    return parsed


def filled(row: Row, column: str) -> str:
    """The text of a cell that must not be empty. Raises BadRow."""
    if not row[column]:
        raise BadRow(column, EMPTY)
    return row[column]


def one_of(row: Row, column: str, allowed: Sequence[str]) -> str:
    """The text of a cell that must be one of these. Raises BadRow."""
    if row[column] not in allowed:
        names = ", ".join(allowed)
        raise BadRow(column, {"bg": f"Очаква се едно от: {names}.", "en": f"Expected one of: {names}."})
    return row[column]


def is_formula(text: str) -> bool:
    """A spreadsheet would read this text as a formula, also behind blanks or quotation marks."""
    return text.lstrip(" " + _QUOTES).startswith(FORMULA_STARTS)


def _rows(stream: IO[bytes] | IO[str], columns: Sequence[str], errors: list[RowError]) -> Iterator[Row]:
    reader = csv.reader(_lines(stream), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        missing = [column for column in columns if column not in header]
        if missing or len(set(header)) != len(header):
            errors.append(RowError(1, _columns_wrong(missing)))
        elif any(_is_unprintable(name) for name in header):
            errors.append(RowError(1, UNPRINTABLE))
        else:
            yield from _body(reader, header, errors)
    except UnicodeDecodeError:
        errors.append(RowError(reader.line_num + 1, NOT_UTF8))
    except csv.Error:
        errors.append(RowError(reader.line_num, NOT_CSV))


def _body(reader: Any, header: list[str], errors: list[RowError]) -> Iterator[Row]:
    rows, line = 0, reader.line_num + 1
    for cells in reader:
        first, line = line, reader.line_num + 1
        if not cells:
            continue
        rows += 1
        if rows > MAX_ROWS or len(errors) >= MAX_ERRORS:
            errors.append(RowError(first, TOO_MANY_ROWS if rows > MAX_ROWS else TOO_MANY_ERRORS))
            return
        if len(cells) == len(header):
            # a leading tab or line break is part of an attack, so only plain blanks are cut off
            yield Row(first, {name: cell.strip(" ") for name, cell in zip(header, cells, strict=True)})
        else:
            errors.append(RowError(first, _cells_wrong(len(cells), len(header))))


def _lines(stream: IO[bytes] | IO[str]) -> Iterator[str]:
    """Lines of the stream as text; a line without end is refused before it fills the memory."""
    first = True
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise csv.Error("line too long")
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _check_cells(row: Row, warnings: list[RowError]) -> None:
    for column, text in row.cells.items():
        if is_formula(text):
            if not _STRAY_SIGN.fullmatch(text):
                raise BadRow(column, FORMULA)
            row.cells[column] = text.lstrip("+- ")
            warnings.append(RowError(row.line, SIGN_DROPPED, column))
        if len(text) > MAX_CELL:
            raise BadRow(column, TOO_LONG)
        if _is_unprintable(text):
            raise BadRow(column, UNPRINTABLE)


def _is_unprintable(text: str) -> bool:
    return not text.isprintable() and any(unicodedata.category(sign) in _UNPRINTABLE for sign in text)


def _columns_wrong(missing: Sequence[str]) -> Words:
    names = ", ".join(missing)
    if not missing:
        return {"bg": "Две колони имат едно и също име.", "en": "Two columns have the same name."}
    return {"bg": f"Липсват колони: {names}.", "en": f"Columns are missing: {names}."}


def _cells_wrong(found: int, expected: int) -> Words:
    return {
        "bg": f"Редът има {found} клетки, а заглавният ред {expected}.",
        "en": f"The row has {found} cells, the heading has {expected}.",
    }


def _repeats(line: int) -> Words:
    return {"bg": f"Повтаря ред {line}.", "en": f"This repeats line {line}."}


NO_ROWS: Words = {
    "bg": "Под заглавния ред няма редове.",
    "en": "There are no rows below the heading.",
}
EMPTY: Words = {
    "bg": "Клетката е празна.",
    "en": "The cell is empty.",
}
NOT_UTF8: Words = {
    "bg": "Файлът не е в кодировка UTF-8. Запишете го като „CSV UTF-8“.",
    "en": "The file is not in UTF-8. Save it as “CSV UTF-8”.",
}
NOT_CSV: Words = {
    "bg": "Редът не може да се прочете като CSV: проверете кавичките и дължината му.",
    "en": "The line cannot be read as CSV: check its quotation marks and its length.",
}
TOO_MANY_ROWS: Words = {
    "bg": f"Файлът има над {MAX_ROWS} реда. Разделете го.",
    "en": f"The file has more than {MAX_ROWS} rows. Split it.",
}
TOO_MANY_ERRORS: Words = {
    "bg": "Грешките са твърде много; нататък файлът не е четен.",
    "en": "There are too many errors; the file was read no further.",
}
FORMULA: Words = {
    "bg": "Клетката започва със знак, който електронна таблица би изпълнила като формула (=, +, -, @).",
    "en": "The cell begins with a sign that a spreadsheet would run as a formula (=, +, -, @).",
}
SIGN_DROPPED: Words = {
    "bg": "Знакът в началото на клетката е махнат, за да не я прочете електронна таблица като формула.",
    "en": "The sign at the beginning of the cell was dropped, so that no spreadsheet reads it as a formula.",
}
TOO_LONG: Words = {
    "bg": f"Клетката е по-дълга от {MAX_CELL} знака.",
    "en": f"The cell is longer than {MAX_CELL} characters.",
}
UNPRINTABLE: Words = {
    "bg": "Клетката съдържа невидими управляващи знаци.",
    "en": "The cell holds invisible control characters.",
}
