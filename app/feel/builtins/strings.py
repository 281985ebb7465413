"""Built-ins on text; positions count characters from 1."""

from decimal import Decimal

from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.numbers import small_integer
from app.feel.pattern import Pattern, compile_pattern

declared = Declared()


@declared("string length", "string: string")
def length(budget: Budget, text: str) -> Decimal:
    """How many characters the text has."""
    return Decimal(len(text))


@declared("upper case", "string: string")
def upper(budget: Budget, text: str) -> str:
    """The text in capitals."""
    return _kept(text.upper(), budget)


@declared("lower case", "string: string")
def lower(budget: Budget, text: str) -> str:
    """The text in small letters."""
    return _kept(text.lower(), budget)


@declared("trim", "string: string")
def trim(budget: Budget, text: str) -> str:
    """The text without the space around it."""
    return text.strip()


@declared("contains", "string: string, match: string")
def contains(budget: Budget, text: str, part: str) -> bool:
    """Whether the part stands in the text."""
    budget.hold_text(len(text))
    return part in text


@declared("starts with", "string: string, match: string")
def starts_with(budget: Budget, text: str, part: str) -> bool:
    """Whether the text begins with the part."""
    return text.startswith(part)


@declared("ends with", "string: string, match: string")
def ends_with(budget: Budget, text: str, part: str) -> bool:
    """Whether the text ends with the part."""
    return text.endswith(part)


@declared("substring", "string: string, start position: number, length?: number")
def substring(budget: Budget, text: str, start: Decimal, count: Decimal | None = None) -> str | None:
    """The part from a place on (negative: from the end), at most so many characters."""
    place = small_integer(start)
    if not place or (count is not None and count < 1):
        return None
    begin = place - 1 if place > 0 else len(text) + place
    if begin < 0:
        return None
    end = len(text) if count is None else begin + int(min(count, Decimal(len(text))))
    return _kept(text[begin:end], budget)


@declared("substring before", "string: string, match: string")
def substring_before(budget: Budget, text: str, part: str) -> str:
    """What stands before the first such part; nothing if there is none."""
    budget.hold_text(len(text))
    return text[: max(text.find(part), 0)]


@declared("substring after", "string: string, match: string")
def substring_after(budget: Budget, text: str, part: str) -> str:
    """What stands after the first such part; nothing if there is none."""
    budget.hold_text(len(text))
    place = text.find(part)
    return text[place + len(part) :] if place >= 0 else ""


@declared("string join", "list: list, delimiter?: string")
def string_join(budget: Budget, items: list, delimiter: str | None = None) -> str | None:
    """The texts of the list in one, nulls left out."""
    texts = [item for item in items if item is not None]
    if any(type(item) is not str for item in texts):
        return None
    between = delimiter or ""
    budget.hold_text(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


@declared("matches", "input: string, pattern: string, flags?: string")
def matches(budget: Budget, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found in the text."""
    return compile_pattern(pattern, flags or "").search(text, 0, budget) is not None


@declared("replace", "input: string, pattern: string, replacement: string, flags?: string")
def replace(budget: Budget, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    """The text with each place that fits the pattern replaced; $1 stands for the first group."""
    compiled = compile_pattern(pattern, flags or "")
    if compiled.search("", 0, budget) is not None:
        return None
    made, place = [], 0
    for found in compiled.find_all(text, budget):
        made += [text[place : found[0]], _filled(replacement, text, found, literal="q" in (flags or ""))]
        place = found[1]
        budget.hold_text(sum(map(len, made[-2:])))
    return _kept("".join([*made, text[place:]]), budget)


def _filled(replacement: str, text: str, found: tuple[int, ...], *, literal: bool) -> str:
    """The replacement with $0…$9 filled in. Raises ValueError for another use of $ or \\."""
    if literal or ("$" not in replacement and "\\" not in replacement):
        return replacement
    made, place = "", 0
    while place < len(replacement):
        sign, after = replacement[place], replacement[place + 1 : place + 2]
        if sign == "$" and after.isdecimal():
            made += _group(text, found, int(after))
        elif sign == "\\" and after and after in "$\\":
            made += after
        elif sign in "$\\":
            raise ValueError(replacement)
        else:
            made, place = made + sign, place - 1
        place += 2
    return made


def _group(text: str, found: tuple[int, ...], number: int) -> str:
    if number * 2 >= len(found) or found[number * 2] < 0 or found[number * 2 + 1] < 0:
        return ""
    return text[found[number * 2] : found[number * 2 + 1]]


@declared("split", "string: string, delimiter: string")
def split(budget: Budget, text: str, delimiter: str) -> list[str]:
    """The pieces between the places that fit the pattern."""
    return _pieces(text, compile_pattern(delimiter, ""), budget)


def _pieces(text: str, pattern: Pattern, budget: Budget) -> list[str]:
    pieces, place = [], 0
    for found in pattern.find_all(text, budget):
        if found[1] > found[0]:
            pieces.append(text[place : found[0]])
            place = found[1]
    pieces.append(text[place:])
    budget.hold_items(len(pieces))
    return pieces


@declared("extract", "input: string, pattern: string, flags?: string")
def extract(budget: Budget, text: str, pattern: str, flags: str | None = None) -> list[str]:
    """All places in the text that fit the pattern."""
    found = [text[match[0] : match[1]] for match in compile_pattern(pattern, flags or "").find_all(text, budget)]
    budget.hold_items(len(found))
    return found


def _kept(text: str, budget: Budget) -> str:
    budget.hold_text(len(text))
    return text
