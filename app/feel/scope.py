"""Where names are looked up while an expression runs: local scopes inside the caller's context."""

from collections.abc import Mapping
from typing import Any

from app.feel.adopt import adopt
from app.feel.budget import Budget
from app.feel.members import member


class Root:
    """The caller's context. Its values are converted when first used, and only the parts that are used."""

    __slots__ = ("_adopted", "budget", "context")

    def __init__(self, context: Mapping[str, Any], budget: Budget) -> None:
        self.context = context
        self.budget = budget
        self._adopted: dict[tuple[str, ...], Any] = {}

    def find(self, name: str) -> Any:
        return self.find_path((name,))

    def find_path(self, path: tuple[str, ...]) -> Any:
        """The value at the end of the path, or None."""
        if path in self._adopted:
            return self._adopted[path]
        value: Any = self.context
        for key in path:
            if type(value) is dict or isinstance(value, Mapping):
                value = value.get(key)
            else:
                value = member(adopt(value, self.budget), key, self.budget)
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        adopted = self._adopted[path] = adopt(value, self.budget)
        return adopted


class Scope:
    """Names that hold inside a part of the expression; their values are adopted already."""

    __slots__ = ("budget", "names", "outer")

    def __init__(self, names: Mapping[str, Any], outer: "Scope | Root") -> None:
        self.names = names
        self.outer = outer
        self.budget: Budget = outer.budget

    def find(self, name: str) -> Any:
        return self.find_path((name,))

    def find_path(self, path: tuple[str, ...]) -> Any:
        """The value at the end of the path, or None; the nearest scope that knows its first name decides."""
        scope: Scope | Root = self
        while type(scope) is Scope:
            if path[0] in scope.names:
                return self._along(scope.names[path[0]], path)
            scope = scope.outer
        return scope.find_path(path)

    def _along(self, value: Any, path: tuple[str, ...]) -> Any:
        for key in path[1:]:
            value = member(value, key, self.budget)
        return value
