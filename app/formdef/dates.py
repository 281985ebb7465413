"""Days and months as people type them: ISO, 27.11.2026, or three separate boxes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DOTTED_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_YEARS = range(1950, 2151)


def read_day(raw: Any) -> date | None:
    """The day that was typed, or None where there is no such day."""
    if isinstance(raw, datetime):
        return None
    if isinstance(raw, date):
        return raw
    year, month, day = _parts(raw, _ISO, _DOTTED)
    return _day(year, month, day)


def read_month_or_day(raw: Any) -> date | str | None:
    """A day, or a month as "2026-03"; None where it is neither."""
    found = read_day(raw)
    if found:
        return found
    year, month, day = _parts(raw, _ISO_MONTH, _DOTTED_MONTH)
    if day or not _day(year, month, "1"):
        return None
    return f"{int(year):04d}-{int(month):02d}"


def is_empty_day(raw: Any) -> bool:
    """Whether nothing was typed."""
    if isinstance(raw, Mapping):
        return not any(_text(raw.get(part)) for part in ("day", "month", "year"))
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _parts(raw: Any, iso: re.Pattern, dotted: re.Pattern) -> tuple[str, str, str]:
    """Year, month and day as typed; the day is empty where the pattern has none."""
    if isinstance(raw, Mapping):
        return _text(raw.get("year")), _text(raw.get("month")), _text(raw.get("day"))
    if not isinstance(raw, str) or len(raw) > 20:
        return "", "", ""
    typed = raw.strip().removesuffix("г.").strip()
    if found := iso.fullmatch(typed):
        return found[1], found[2], found[3] if iso.groups == 3 else ""
    if found := dotted.fullmatch(typed):
        return (found[3], found[2], found[1]) if dotted.groups == 3 else (found[2], found[1], "")
    return "", "", ""


def _text(part: Any) -> str:
    return str(part).strip() if isinstance(part, str | int) and not isinstance(part, bool) else ""


def _day(year: str, month: str, day: str) -> date | None:
    if not all(re.fullmatch("[0-9]{1,4}", part) for part in (year, month, day)) or int(year) not in _YEARS:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
