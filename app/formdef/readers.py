"""From what a browser, an API or a mail sends to a typed value, one reader for each kind of field."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.formdef import texts
from app.formdef.dates import is_empty_day, read_day, read_month_or_day
from app.formdef.model import Field, Kind
from app.formdef.numbers import read_amount, read_number
from app.formdef.patterns import fits
from app.words import Words

_ALLOWED_CONTROLS = "\n\t"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
_CPV = re.compile(r"([0-9]{8})(-[0-9])?")
_NUTS = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MAX_ID = 2**53
_MAX_FILES = 50


class Unreadable(Exception):
    """What was sent is no answer to this field; `message` says what to do."""

    def __init__(self, message: Words) -> None:
        super().__init__(message.get("en", ""))
        self.message = message


def read_value(field: Field, raw: Any, offered: frozenset[str] | None = None) -> Any:
    """The typed answer, None where nothing was answered. Raises Unreadable."""
    return _READERS[field.kind](field, raw, offered)


def _text(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Unreadable(texts.wrong_type(field.label))
    if len(raw) > 4 * field.max_length + 1000:
        raise Unreadable(texts.too_long(field.label, field.max_length))
    typed = clean_text(raw, lines=field.kind is Kind.TEXTAREA)
    if typed is None:
        raise Unreadable(texts.control_characters(field.label))
    if not typed:
        return None
    _check_length(field, typed)
    if field.pattern and not fits(field.pattern, typed):
        raise Unreadable(texts.pattern(field.label, field.pattern_hint))
    return typed


def _check_length(field: Field, typed: str) -> None:
    if len(typed) > field.max_length:
        raise Unreadable(texts.too_long(field.label, field.max_length))
    if len(typed) < field.min_length:
        raise Unreadable(texts.too_short(field.label, field.min_length))


def clean_text(raw: str, *, lines: bool) -> str | None:
    """The text trimmed and in one Unicode form, or None where it holds characters nobody can see."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    return None if any(_is_invisible(char) for char in text) else text


def _is_invisible(char: str) -> bool:
    if char in _BIDI:
        return True
    return unicodedata.category(char) in ("Cc", "Cs", "Cn") and char not in _ALLOWED_CONTROLS


def _number(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> Decimal | None:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    number = _decimal(raw, read_number)
    if number is None:
        raise Unreadable(texts.not_a_number(field.label))
    _check_range(field, number)
    return number


def _decimal(raw: Any, reader: Any) -> Decimal | None:
    """The number in a text, or a number given as one; texts of any length but the short ones are no numbers."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return None
    if isinstance(raw, Decimal) and (not raw.is_finite() or abs(raw.adjusted()) > 16):
        return None
    typed = (
        raw if isinstance(raw, str) else format(raw.normalize(), "f") if isinstance(raw, Decimal) else repr(raw)[:50]
    )
    return reader(typed) if len(typed) <= 40 else None


def _check_range(field: Field, number: Decimal) -> None:
    if field.minimum is not None and number < field.minimum:
        raise Unreadable(texts.too_small(field.label, field.minimum))
    if field.maximum is not None and number > field.maximum:
        raise Unreadable(texts.too_big(field.label, field.maximum))


def _money(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> dict[str, Any] | None:
    parts = raw if isinstance(raw, Mapping) else {"amount": raw}
    amount, currency = parts.get("amount"), parts.get("currency") or field.currency
    if amount is None or (isinstance(amount, str) and not amount.strip()):
        return None
    number = _decimal(amount, read_amount)
    if number is None:
        raise Unreadable(texts.not_money(field.label))
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise Unreadable(texts.wrong_currency(field.label))
    _check_range(field, number)
    if field.minimum is None and number < 0:
        raise Unreadable(texts.too_small(field.label, 0))
    return {"amount": number, "currency": currency}


def _date(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> date | None:
    if is_empty_day(raw):
        return None
    day = read_day(raw)
    if day is None:
        raise Unreadable(texts.not_a_date(field.label))
    return day


def _month_or_date(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> date | str | None:
    if is_empty_day(raw):
        return None
    found = read_month_or_day(raw)
    if found is None:
        raise Unreadable(texts.not_a_month_or_date(field.label))
    return found


def _choice(field: Field, raw: Any, offered: frozenset[str] | None) -> str | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or len(raw) > 200:
        raise Unreadable(texts.not_an_option(field.label))
    if (offered is not None and raw not in offered) or clean_text(raw, lines=False) != raw:
        raise Unreadable(texts.not_an_option(field.label))
    return raw


def _checklist(field: Field, raw: Any, offered: frozenset[str] | None) -> list[str]:
    if raw is None or raw == "":
        return []
    items = [raw] if isinstance(raw, str) else raw
    if not isinstance(items, Sequence) or len(items) > 300:
        raise Unreadable(texts.not_an_option(field.label))
    chosen = [_choice(field, item, offered) for item in items]
    return list(dict.fromkeys(item for item in chosen if item))


_TICKED = {"true": True, "on": True, "1": True, "yes": True, "y": True}
_CLEARED = {"false": False, "off": False, "0": False, "no": False, "": False}


def _checkbox(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> bool:
    if raw is None or isinstance(raw, bool):
        return bool(raw)
    known = {**_TICKED, **_CLEARED}
    if not isinstance(raw, str) or raw.lower() not in known:
        raise Unreadable(texts.wrong_type(field.label))
    return known[raw.lower()]


def _cpv(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> str | None:
    if raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
        return None
    found = _CPV.fullmatch(raw.strip().split(" ")[0]) if isinstance(raw, str) and len(raw) < 300 else None
    if not found:
        raise Unreadable(texts.not_cpv(field.label))
    return found[1]


def _nuts(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> str | None:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    code = raw.strip().upper() if isinstance(raw, str) else ""
    if not _NUTS.fullmatch(code):
        raise Unreadable(texts.not_nuts(field.label))
    return code


def _person(field: Field, raw: Any, offered: frozenset[str] | None) -> int | None:
    if raw is None or raw == "":
        return None
    number = _identifier(raw)
    if number is None or (offered is not None and str(number) not in offered):
        raise Unreadable(texts.not_an_option(field.label))
    return number


def _files(field: Field, raw: Any, _offered: frozenset[str] | None = None) -> list[int]:
    if raw is None or raw == "":
        return []
    items = raw if isinstance(raw, list | tuple) else [raw]
    numbers = [number for item in items[: _MAX_FILES + 1] if (number := _identifier(item)) is not None]
    if len(numbers) != len(items) or len(numbers) > _MAX_FILES:
        raise Unreadable(texts.not_files(field.label))
    return list(dict.fromkeys(numbers))


def _identifier(raw: Any) -> int | None:
    """A positive whole number, as the keys of our rows are."""
    if isinstance(raw, str) and re.fullmatch("[0-9]{1,16}", raw.strip()):
        raw = int(raw)
    if isinstance(raw, Decimal) and raw.is_finite() and 0 < raw < _MAX_ID and raw == raw.to_integral_value():
        raw = int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < _MAX_ID else None


_READERS: dict[Kind, Callable[[Field, Any, frozenset[str] | None], Any]] = {
    Kind.TEXT: _text,
    Kind.TEXTAREA: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.MONTH_OR_DATE: _month_or_date,
    Kind.RADIO: _choice,
    Kind.SELECT: _choice,
    Kind.CHECKBOX: _checkbox,
    Kind.CHECKLIST: _checklist,
    Kind.CPV: _cpv,
    Kind.NUTS: _nuts,
    Kind.PERSON: _person,
    Kind.FILES: _files,
}
