"""The JSON of a form, read within bounds: size, depth, repeated names."""

import json
from collections.abc import Mapping
from typing import Any

from app.formdef.model import FormError
from app.formdef.texts import text

MAX_BYTES = 256 * 1024
MAX_DEPTH = 14


def load(source: bytes | str | Mapping) -> dict[str, Any]:
    """The form as plain data. Raises FormError."""
    if isinstance(source, Mapping):
        _refuse_deep(source)
        return dict(source)
    found = _parsed(_decoded(source))
    if not isinstance(found, dict):
        raise FormError("", text("Формулярът трябва да е JSON обект.", "A form must be a JSON object."))
    return found


def _decoded(source: bytes | str) -> str:
    if len(source) > MAX_BYTES:
        raise FormError(
            "", text("Файлът е по-голям от {limit} KB.", "The file is larger than {limit} KB.", limit=MAX_BYTES // 1024)
        )
    if isinstance(source, str):
        return source
    try:
        return bytes(source).decode("utf-8-sig")
    except (UnicodeDecodeError, TypeError) as error:
        raise FormError("", text("Файлът трябва да е в UTF-8.", "The file must be in UTF-8.")) from error


def _parsed(source: str) -> Any:
    if _depth(source) > MAX_DEPTH:
        raise _too_deep()
    try:
        return json.loads(source, object_pairs_hook=_distinct, parse_constant=_refuse_constant)
    except ValueError as error:
        raise FormError("", text("Файлът не е валиден JSON.", "The file is not valid JSON.")) from error


def _depth(source: str) -> int:
    """How deep the brackets go, seen before parsing; brackets in texts are skipped."""
    depth = deepest = 0
    inside = escaped = False
    for char in source:
        if inside:
            inside, escaped = (char != '"' or escaped), (char == "\\" and not escaped)
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _refuse_deep(data: Any) -> None:
    """Raise FormError where the data goes too deep or is too much."""
    waiting, seen = [(data, 1)], 0
    while waiting:
        item, depth = waiting.pop()
        seen += 1
        if depth > MAX_DEPTH or seen > 50_000:
            raise _too_deep()
        inner = item.values() if isinstance(item, Mapping) else item if isinstance(item, list | tuple) else ()
        waiting.extend((part, depth + 1) for part in inner)


def _too_deep() -> FormError:
    return FormError("", text("Формулярът е вложен твърде дълбоко.", "The form is nested too deeply."))


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise FormError(
            twice[:80], text("Името „{name}“ е дадено два пъти.", "The name “{name}” is given twice.", name=twice[:80])
        )
    return dict(pairs)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
