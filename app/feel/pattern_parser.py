"""Text of a regular expression → its program for pattern.py."""

import unicodedata
from collections.abc import Callable
from typing import Any

Predicate = Callable[[str], bool]
#: Kind and arguments: set(predicate), split(first, second), jump(target), save(slot), assert(check), match.
Instruction = tuple[str, Any, Any]

MAX_LENGTH = 500
MAX_PROGRAM = 2000
MAX_NESTING = 20

_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


def _is_digit(sign: str) -> bool:
    return unicodedata.category(sign) == "Nd"


def _is_space(sign: str) -> bool:
    return sign in " \t\n\r"


def _is_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "PZC"


def _is_name_start(sign: str) -> bool:
    return sign.isalpha() or sign in "_:"


def _is_name(sign: str) -> bool:
    return sign.isalnum() or sign in "_:.-·"


_CLASSES: dict[str, Predicate] = {
    "d": _is_digit,
    "s": _is_space,
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name,
}


def _opposite(predicate: Predicate) -> Predicate:
    return lambda sign: not predicate(sign)


def _union(predicates: tuple[Predicate, ...]) -> Predicate:
    return lambda sign: any(predicate(sign) for predicate in predicates)


def compile_program(text: str, flags: str) -> tuple[tuple[Instruction, ...], int]:
    """The program and its number of groups. Raises ValueError."""
    if len(text) > MAX_LENGTH or not set(flags) <= set("smixq"):
        raise ValueError("pattern")
    compiler = _Compiler(text, flags)
    program = compiler.whole()
    return (*program, ("match", 0, 0)), compiler.groups


class _Compiler:
    """One pass over the pattern; targets in the pieces count from their own instruction."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.place = 0
        self.groups = 0
        self.nesting = 0
        self.fold = "i" in flags
        self.dot_all = "s" in flags
        self.lines = "m" in flags
        self.spaced = "x" in flags
        self.literal = "q" in flags

    def whole(self) -> list[Instruction]:
        if self.literal:
            return [self.sign(sign) for sign in self.text]
        program = self.alternatives()
        if self.place < len(self.text):
            raise ValueError("unexpected )")
        return _absolute(program)

    def peek(self) -> str:
        while self.spaced and self.text[self.place : self.place + 1] in (" ", "\t", "\n", "\r"):
            self.place += 1
        return self.text[self.place : self.place + 1]

    def take(self) -> str:
        sign = self.peek()
        if not sign:
            raise ValueError("unexpected end")
        self.place += 1
        return sign

    def alternatives(self) -> list[Instruction]:
        program = self.sequence()
        while self.peek() == "|":
            self.place += 1
            other = self.sequence()
            program = [
                ("split", 1, len(program) + 2),
                *program,
                ("jump", len(other) + 1, 0),
                *other,
            ]
            _check_size(program)
        return program

    def sequence(self) -> list[Instruction]:
        program: list[Instruction] = []
        while (sign := self.peek()) and sign not in "|)":
            program += self.repeated(self.atom())
            _check_size(program)
        return program

    def atom(self) -> list[Instruction]:
        sign = self.take()
        if sign == "(":
            return self.group()
        if sign == "[":
            return [("set", self.char_class(), 0)]
        if sign == ".":
            return [("set", (lambda sign: True) if self.dot_all else (lambda sign: sign not in "\n\r"), 0)]
        if sign == "^":
            return [("assert", _line_begins if self.lines else _text_begins, 0)]
        if sign == "$":
            return [("assert", _line_ends if self.lines else _text_ends, 0)]
        if sign == "\\":
            return [("set", self.escape(), 0)]
        if sign in "*+?{}]":
            raise ValueError("nothing to repeat")
        return [self.sign(sign)]

    def sign(self, sign: str) -> Instruction:
        if self.fold:
            folded = sign.casefold()
            return ("set", lambda other: other.casefold() == folded, 0)
        return ("set", lambda other: other == sign, 0)

    def group(self) -> list[Instruction]:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise ValueError("nested too deeply")
        number = None
        if self.text.startswith("?:", self.place):
            self.place += 2
        elif self.peek() == "?":
            raise ValueError("unknown group")
        else:
            number, self.groups = self.groups, self.groups + 1
        inner = self.alternatives()
        if self.take() != ")":
            raise ValueError("missing )")
        self.nesting -= 1
        if number is None:
            return inner
        return [("save", number * 2, 0), *inner, ("save", number * 2 + 1, 0)]

    def repeated(self, piece: list[Instruction]) -> list[Instruction]:
        sign = self.peek()
        bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign)
        if bounds:
            self.place += 1
        elif sign == "{":
            bounds = self.bounds()
        else:
            return piece
        lazy = self.peek() == "?"
        self.place += lazy
        return _repeat(piece, *bounds, lazy=lazy)

    def bounds(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.place)
        low, comma, high = self.text[self.place + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not low.isdecimal() or len(low + high) > 8 or (high and not high.isdecimal()):
            raise ValueError("bad repetition")
        self.place = end + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if most is not None and most < least:
            raise ValueError("bad repetition")
        return least, most

    def escape(self) -> Predicate:
        """The signs meant by what follows a backslash."""
        self.spaced, spaced = False, self.spaced
        sign = self.take()
        self.spaced = spaced
        if sign.lower() in _CLASSES:
            found = _CLASSES[sign.lower()]
            return found if sign.islower() else _opposite(found)
        if sign in "pP":
            found = self.category()
            return found if sign == "p" else _opposite(found)
        plain = _CONTROL.get(sign, sign)
        if sign.isalnum() and sign not in _CONTROL:
            raise ValueError("unknown escape")
        return self.sign(plain)[1]

    def category(self) -> Predicate:
        end = self.text.find("}", self.place)
        name = self.text[self.place + 1 : end]
        if self.text[self.place : self.place + 1] != "{" or not 1 <= len(name) <= 2 or name[0] not in "LMNPZSC":
            raise ValueError("unknown category")
        self.place = end + 1
        return lambda sign: unicodedata.category(sign).startswith(name)

    def char_class(self) -> Predicate:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise ValueError("nested too deeply")
        negated = self.peek() == "^"
        self.place += negated
        parts: list[Predicate] = []
        without: Predicate | None = None
        while self.peek() != "]" or not parts:
            if parts and self.text.startswith("-[", self.place):
                self.place += 2
                without = self.char_class()
                break
            parts.append(self.class_part())
        if self.take() != "]":
            raise ValueError("missing ]")
        self.nesting -= 1
        inside = _opposite(_union(tuple(parts))) if negated else _union(tuple(parts))
        if without is None:
            return inside
        return lambda sign: inside(sign) and not without(sign)

    def class_part(self) -> Predicate:
        """One sign, escape or range of signs inside brackets."""
        low = self.take()
        if low in "[]":
            raise ValueError("unexpected bracket")
        if low == "\\":
            following = self.peek()
            predicate = self.escape()
            if not following or following in "pPdDsSwWiIcC" or self.peek() != "-":
                return predicate
            low = _CONTROL.get(following, following)
        if self.peek() != "-" or self.text[self.place + 1 : self.place + 2] in ("]", "[", ""):
            return self.sign(low)[1]
        self.place += 1
        high = self.take()
        if high == "\\":
            high = self.take()
            high = _CONTROL.get(high, high)
        return self.signs_between(low, high)

    def signs_between(self, low: str, high: str) -> Predicate:
        if high < low:
            raise ValueError("bad range")
        if self.fold:
            return lambda sign: low <= sign.lower() <= high or low <= sign.upper() <= high
        return lambda sign: low <= sign <= high


def _repeat(piece: list[Instruction], least: int, most: int | None, *, lazy: bool) -> list[Instruction]:
    _check_size(piece, max(least, most or 0, 1))
    program = piece * least
    if most is None:
        body = [*piece, ("jump", -len(piece) - 1, 0)]
        return [*program, _split(len(body) + 1, lazy), *body]
    rest: list[Instruction] = []
    for _ in range(most - least):
        rest = [_split(len(piece) + len(rest) + 1, lazy), *piece, *rest]
    return [*program, *rest]


def _split(past: int, lazy: bool) -> Instruction:
    return ("split", past, 1) if lazy else ("split", 1, past)


def _check_size(program: list[Instruction], times: int = 1) -> None:
    if len(program) * times > MAX_PROGRAM:
        raise ValueError("pattern too large")


def _absolute(program: list[Instruction]) -> list[Instruction]:
    """Targets relative to their own instruction → places in the program."""
    made: list[Instruction] = []
    for place, (kind, argument, other) in enumerate(program):
        if kind == "split":
            made.append((kind, place + argument, place + other))
        elif kind == "jump":
            made.append((kind, place + argument, other))
        else:
            made.append((kind, argument, other))
    return made


def _text_begins(text: str, place: int) -> bool:
    return place == 0


def _text_ends(text: str, place: int) -> bool:
    return place == len(text)


def _line_begins(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _line_ends(text: str, place: int) -> bool:
    return place == len(text) or text[place] == "\n"
