"""Numbers as people in Bulgaria and elsewhere type them: "1 240,50", "1240.50", "1.240,50"."""

import re
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_PLAIN = re.compile(r"[+-]?[0-9]{1,16}(\.[0-9]{1,10})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([.,][0-9]{3})+")
_CENT = Decimal("0.01")
_EURO = re.compile(r"(€|EUR|евро)", re.IGNORECASE)


def read_number(typed: str) -> Decimal | None:
    """The number that was typed, or None where it is not one."""
    plain = _with_point(_SPACES.sub("", typed.replace("\u2212", "-")))
    return Decimal(plain) if plain is not None and _PLAIN.fullmatch(plain) else None


def read_amount(typed: str) -> Decimal | None:
    """The amount of money that was typed, with or without the euro sign; at most two decimals."""
    number = read_number(_EURO.sub("", typed, count=1))
    decimals = number.as_tuple().exponent if number is not None else None
    return number.quantize(_CENT) if number is not None and isinstance(decimals, int) and decimals >= -2 else None


def _with_point(text: str) -> str | None:
    """The text with a point for the decimals and nothing between thousands; None where the signs contradict."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    sign = text[last]
    whole, decimals = text[:last], text[last + 1 :]
    if sign in whole:
        return text.replace(sign, "") if _GROUPED.fullmatch(text) and _one_sign(text) else None
    if not re.search("[.,]", whole):
        return f"{whole}.{decimals}"
    return f"{re.sub('[.,]', '', whole)}.{decimals}" if _GROUPED.fullmatch(whole) and _one_sign(whole) else None


def _one_sign(text: str) -> bool:
    return not ("," in text and "." in text)
