"""JSON that keeps the types a form answer or a process variable can have.

Decimals, dates, times, moments and both kinds of duration come back as what they were; a plain object that
happens to look like one of our marks is wrapped, so no input can be mistaken for a typed value.
"""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.feel.values import YearsMonths

_MARK = "$"


def dumps(value: Any) -> str:
    """Canonical text: sorted keys, no spaces, so equal values give equal bytes."""
    return json.dumps(encode(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """The value that `dumps` was given."""
    return decode(json.loads(text))


def encode(value: Any) -> Any:
    """The value as plain JSON data. Raises TypeError for anything that is not data."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, Decimal):
        return {_MARK: "decimal", "v": str(value)}
    if isinstance(value, datetime):
        return {_MARK: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_MARK: "date", "v": value.isoformat()}
    if isinstance(value, time):
        return {_MARK: "time", "v": value.isoformat()}
    if isinstance(value, timedelta):
        return {_MARK: "duration", "v": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, YearsMonths):
        return {_MARK: "months", "v": value.months}
    if isinstance(value, dict):
        return _encode_object(value)
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    raise TypeError(f"{type(value).__name__} is not a value that can be kept")


def _encode_object(value: dict) -> dict:
    if any(not isinstance(key, str) for key in value):
        raise TypeError("the names in an object must be text")
    plain = {key: encode(item) for key, item in value.items()}
    return {_MARK: "object", "v": plain} if _MARK in plain else plain


_READERS = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "duration": lambda parts: timedelta(*parts),
    "months": YearsMonths,
}


def decode(data: Any) -> Any:
    """The value behind `encode`'s plain data."""
    if isinstance(data, list):
        return [decode(item) for item in data]
    if not isinstance(data, dict):
        return data
    mark = data.get(_MARK)
    if mark == "object":
        return {key: decode(item) for key, item in data["v"].items()}
    if mark is not None:
        return _READERS[mark](data["v"])
    return {key: decode(item) for key, item in data.items()}
