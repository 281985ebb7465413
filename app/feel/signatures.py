"""How a built-in function is written: its parameters, their types, and which arguments fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.feel.known import KnownNames


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `many` takes all remaining arguments, or one list of them."""

    name: str
    type: str
    optional: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]

    def order(self, count: int, named: tuple[str, ...]) -> tuple[int | None, ...] | None:
        """For each parameter the index of its argument, or None if these arguments do not fit."""
        if self.parameters and self.parameters[-1].many:
            fits = count >= len(self.parameters) and named in ((), (self.parameters[-1].name,))
            return tuple(range(count)) if fits else None
        names = [parameter.name for parameter in self.parameters]
        chosen: tuple[int | None, ...] | None
        if not named:
            chosen = tuple(range(count)) if count <= len(names) else None
        elif len(set(named)) == len(named) and set(named) <= set(names):
            chosen = tuple(named.index(name) if name in named else None for name in names)
        else:
            chosen = None
        if chosen is None:
            return None
        given = {names[place] for place, index in enumerate(chosen) if index is not None}
        fits = all(parameter.optional or parameter.name in given for parameter in self.parameters)
        return chosen if fits else None


#: A signature, what computes it, and for each parameter the index of its argument.
Variant = tuple[Signature, Callable[..., Any], tuple[int | None, ...]]


@dataclass(frozen=True, slots=True)
class BuiltinFunction:
    """A built-in: how it is written, and per signature what computes it (called with the budget first)."""

    name: str
    usage: str
    variants: tuple[tuple[Signature, Callable[..., Any]], ...]

    def fitting(self, count: int, named: tuple[str, ...]) -> tuple[Variant, ...]:
        """The variants that take so many or these named arguments; their types decide while evaluating."""
        ordered = ((one, function, one.order(count, named)) for one, function in self.variants)
        return tuple((signature, function, order) for signature, function, order in ordered if order is not None)


class Signatures:
    """The functions there are, by name."""

    def __init__(self, functions: Mapping[str, BuiltinFunction]) -> None:
        self._functions = dict(functions)
        self.names = KnownNames(sorted(self._functions))

    def get(self, name: str) -> BuiltinFunction | None:
        return self._functions.get(name)


def read_signature(text: str) -> Signature:
    """`string, start position: number, length?: number` as a signature; without a type it is `any`."""
    parameters = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, kind = (piece.strip() for piece in part.partition(":"))
        parameters.append(Parameter(name.rstrip("?*"), kind or "any", name.endswith("?"), name.endswith("*")))
    return Signature(tuple(parameters))
