"""The variables of a running process: a tree of scopes, looked up from the inside out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.typed_json import decode, encode

ROOT = "root"


@dataclass
class Scope:
    """The variables of one place; `parent` is the scope around it."""

    parent: str | None
    values: dict[str, Any] = field(default_factory=dict)


class Scopes:
    """All scopes of one instance. Only the root is used so far; the stored form is a tree already."""

    def __init__(self, scopes: dict[str, Scope] | None = None) -> None:
        self._scopes = scopes or {ROOT: Scope(None)}

    def visible(self, scope_id: str = ROOT) -> dict[str, Any]:
        """What a task in this scope sees: its own variables over those of the scopes around it."""
        scope = self._scopes[scope_id]
        around = self.visible(scope.parent) if scope.parent is not None else {}
        return {**around, **scope.values}

    def write(self, name: str, value: Any, scope_id: str = ROOT) -> None:
        """Set a variable of this scope."""
        self._scopes[scope_id].values[name] = value

    def dump(self) -> dict[str, list]:
        """The tree as plain JSON data. Raises TypeError for a value that cannot be kept."""
        return {name: [scope.parent, encode(scope.values)] for name, scope in self._scopes.items()}

    @classmethod
    def load(cls, data: dict[str, list]) -> Scopes:
        """The tree behind `dump`'s data."""
        return cls({name: Scope(parent, decode(values)) for name, (parent, values) in data.items()})
