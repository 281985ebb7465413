"""Values as people read them, and as inputs show them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.formdef import Field, Kind

#: Between thousands in Bulgarian text: a space that does not break the line.
NO_BREAK = "\u00a0"


def number_text(number: Decimal | int, language: str, *, grouped: bool = True) -> str:
    """1 240,5 in Bulgarian, 1,240.5 in English; inputs take it without the grouping."""
    plain = format(Decimal(number), ",f" if grouped else "f")
    if language != "bg":
        return plain
    return plain.replace(",", NO_BREAK).replace(".", ",")


def money_text(value: Mapping[str, Any], language: str) -> str:
    """1 240,50 EUR."""
    amount = Decimal(value["amount"]).quantize(Decimal("0.01"))
    return f"{number_text(amount, language)}{NO_BREAK}{value['currency']}"


def day_text(value: date | str, language: str) -> str:
    """27.11.2026 for a day, 11.2026 for a month."""
    if isinstance(value, date):
        day = value.strftime("%d.%m.%Y")
    else:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", value)
        day = f"{found[2]}.{found[1]}" if found else value
    return f"{day}{NO_BREAK}г." if language == "bg" else day


def input_parts(field: Field, value: Any, language: str) -> dict[str, Any]:
    """What the inputs of a field show: `value`, or day/month/year, or amount/currency; and `unknown`."""
    unknown = isinstance(value, Mapping) and value.get("unknown") is True
    if isinstance(value, Mapping) and "value" in value:
        value = value["value"]
    if field.kind in (Kind.DATE, Kind.MONTH_OR_DATE):
        parts = _day_parts(value)
    elif field.kind is Kind.MONEY:
        parts = _money_parts(field, value, language)
    else:
        parts = {"value": _input_text(value, language)}
    return {**parts, "unknown": unknown}


def _day_parts(value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "") for part in ("day", "month", "year")}
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", value) if isinstance(value, str) else None
    if found:
        return {"day": (found[3] or "").lstrip("0"), "month": found[2].lstrip("0"), "year": found[1]}
    found = re.fullmatch(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})", value) if isinstance(value, str) else None
    if found:
        return {"day": found[1] or "", "month": found[2], "year": found[3]}
    return {"day": value if isinstance(value, str) else "", "month": "", "year": ""}


def _money_parts(field: Field, value: Any, language: str) -> dict[str, str]:
    parts = value if isinstance(value, Mapping) else {"amount": value}
    currency = parts.get("currency")
    return {
        "amount": _input_text(parts.get("amount"), language),
        "currency": currency if isinstance(currency, str) and currency else field.currency,
    }


def _input_text(value: Any, language: str) -> Any:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number_text(value, language, grouped=False)
    if isinstance(value, bool | list | tuple):
        return value
    return value if isinstance(value, str) else str(value)
