"""Regular expressions in the manner of XPath, matched in time linear in the text, so that none can explode.

A pattern becomes a small program. Each pair of (instruction, place in the text) is tried at most once, so the
work is bounded by the size of both; it is paid from the budget all the same. There are no back-references.
"""

from collections.abc import Iterator
from functools import lru_cache

from app.feel.budget import Budget
from app.feel.pattern_parser import Instruction, compile_program

Found = tuple[int, ...]


class Pattern:
    """A compiled pattern."""

    __slots__ = ("_groups", "_program")

    def __init__(self, program: tuple[Instruction, ...], groups: int) -> None:
        self._program = program
        self._groups = groups

    def search(self, text: str, start: int, budget: Budget) -> Found | None:
        """The first match from `start` on: begin and end of the whole and of each group (-1: not taken)."""
        tried: set[int] = set()
        for place in range(start, len(text) + 1):
            found = self._match(text, place, tried, budget)
            if found is not None:
                return found
        return None

    def find_all(self, text: str, budget: Budget) -> Iterator[Found]:
        """All matches that do not overlap."""
        place = 0
        while place <= len(text):
            found = self.search(text, place, budget)
            if found is None:
                return
            yield found
            place = max(found[1], found[0] + 1)

    def _match(self, text: str, begin: int, tried: set[int], budget: Budget) -> Found | None:
        program, size = self._program, len(self._program)
        slots = (-1,) * (self._groups * 2)
        stack: list[tuple[int, int, Found]] = [(0, begin, slots)]
        while stack:
            step, place, slots = stack.pop()
            key = place * size + step
            if key in tried:
                continue
            tried.add(key)
            budget.spend(2)
            kind, argument, other = program[step]
            if kind == "set":
                if place < len(text) and argument(text[place]):
                    stack.append((step + 1, place + 1, slots))
            elif kind == "split":
                stack.append((other, place, slots))
                stack.append((argument, place, slots))
            elif kind == "jump":
                stack.append((argument, place, slots))
            elif kind == "save":
                stack.append((step + 1, place, (*slots[:argument], place, *slots[argument + 1 :])))
            elif kind == "assert":
                if argument(text, place):
                    stack.append((step + 1, place, slots))
            else:
                return (begin, place, *slots)
        return None


@lru_cache(maxsize=256)
def compile_pattern(text: str, flags: str) -> Pattern:
    """The pattern of this text. Raises ValueError if it is none, is too large or has unknown flags."""
    return Pattern(*compile_program(text, flags))
