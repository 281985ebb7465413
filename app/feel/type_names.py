"""Names of types, as they stand after `instance of` and in function definitions."""

from app.feel.known import KnownNames
from app.feel.reader import Reader
from app.feel.tree import TypeName

_TYPES = KnownNames(
    (
        *("date and time", "days and time duration", "years and months duration"),
        *("number", "string", "boolean", "date", "time"),
        *("list", "context", "range", "function", "Any", "Null"),
    )
)


def type_name(reader: Reader) -> TypeName:
    """A type such as number, list<number> or context<a: string>."""
    found = _TYPES.longest(reader.tokens, reader.index)
    if found is None:
        raise reader.unexpected("a type, such as number or list<string>", "тип, например number или list<string>")
    reader.index += found[0]
    name = found[1]
    if name == "function" and reader.at("<"):
        return _function_type(reader)
    if name not in ("list", "range", "context") or not reader.accept("<"):
        return TypeName(name)
    if name == "context":
        made = TypeName(name, None, _entry_types(reader))
    else:
        made = TypeName(name, _nested_type(reader))
    reader.expect(">")
    return made


def _nested_type(reader: Reader) -> TypeName:
    reader.deeper()
    found = type_name(reader)
    reader.back()
    return found


def _entry_types(reader: Reader) -> tuple[tuple[str, TypeName], ...]:
    found: list[tuple[str, TypeName]] = []
    while not reader.at(">"):
        name = reader.free_name(":")
        reader.expect(":")
        found.append((name, _nested_type(reader)))
        if not reader.accept(","):
            break
    return tuple(found)


def _function_type(reader: Reader) -> TypeName:
    reader.expect("<")
    while not reader.at(">"):
        _nested_type(reader)
        if not reader.accept(","):
            break
    reader.expect(">")
    reader.expect("->")
    _nested_type(reader)
    return TypeName("function")
