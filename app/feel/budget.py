"""How much one evaluation may use, so that no expression can hold up the server."""

from typing import Any

from app.feel.errors import FeelBudgetError, message
from app.words import Words

_STEPS: Words = {"en": "steps", "bg": "стъпки"}
_ITEMS: Words = {"en": "list items", "bg": "елемента в списък"}
_CHARACTERS: Words = {"en": "characters of text", "bg": "знака текст"}
_LEVELS: Words = {"en": "levels of nesting", "bg": "нива на влагане"}


class Budget:
    """Counts down while an expression runs; raises FeelBudgetError when something is used up.

    One budget can be shared by several evaluations that belong together, such as the cells of a table.
    `warnings`, if given, collects why something came out as null.
    """

    __slots__ = ("depth", "items", "length", "levels", "steps", "warnings")

    def __init__(
        self,
        steps: int = 100_000,
        *,
        items: int = 10_000,
        length: int = 100_000,
        levels: int = 24,
        warnings: list[Words] | None = None,
    ) -> None:
        self.steps = steps
        self.items = items
        self.length = length
        self.levels = levels
        self.depth = 0
        self.warnings = warnings

    def spend(self, steps: int) -> None:
        """Use this many steps."""
        self.steps -= steps
        if self.steps < 0:
            raise self._exceeded(_STEPS, 0)

    def hold_items(self, count: int) -> None:
        """Make or walk a list of this many items."""
        if count > self.items:
            raise self._exceeded(_ITEMS, self.items)
        self.spend(count)

    def hold_text(self, length: int) -> None:
        """Make or read a text of this many characters."""
        if length > self.length:
            raise self._exceeded(_CHARACTERS, self.length)
        self.spend(1 + (length >> 4))

    def enter(self) -> None:
        """Go one call deeper; `leave` must follow."""
        self.depth += 1
        if self.depth > self.levels:
            raise self._exceeded(_LEVELS, self.levels)

    def leave(self) -> None:
        """Come back from a call."""
        self.depth -= 1

    def warn(self, text: str, bulgarian: str) -> None:
        """Keep the reason for a null."""
        if self.warnings is not None and len(self.warnings) < 100:
            self.warnings.append({"bg": bulgarian, "en": text})

    def _exceeded(self, what: Words, limit: int) -> FeelBudgetError:
        return FeelBudgetError(message("budget", what=what, limit=limit or ""))


def too_deep(_: Any = None) -> FeelBudgetError:
    """The error for values or calls nested deeper than Python can follow."""
    return FeelBudgetError(message("budget", what=_LEVELS, limit=""))
