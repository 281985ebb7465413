"""How built-in functions are declared and called: arguments checked by type, failures turned into null."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.feel.budget import Budget
from app.feel.signatures import BuiltinFunction, Signature, Variant, read_signature
from app.feel.values import Function, Range, YearsMonths, kind_of

#: The Python types behind the type names used in signatures.
_TYPES: dict[str, tuple[type, ...]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (date,),
    "day": (date, datetime),
    "moment": (datetime,),
    "time": (time,),
    "clock": (time, datetime),
    "duration": (timedelta, YearsMonths),
    "span": (timedelta,),
    "context": (dict,),
    "function": (Function,),
    "range": (Range,),
}
Variants = list[tuple[Signature, Callable[..., Any]]]


class Declared:
    """Collects the functions of one kind."""

    def __init__(self) -> None:
        self.variants: dict[str, Variants] = {}

    def __call__(self, name: str, parameters: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare one way to call the function `name`; it is given the budget, then the arguments."""

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            self.variants.setdefault(name, []).append((read_signature(parameters), function))
            return function

        return declare

    def functions(self) -> dict[str, BuiltinFunction]:
        return {name: BuiltinFunction(name, _usage(name, found), tuple(found)) for name, found in self.variants.items()}


def _usage(name: str, variants: Variants) -> str:
    return ", ".join(f"{name}({_parameters(signature)})" for signature, _ in variants)


def _parameters(signature: Signature) -> str:
    return ", ".join(
        parameter.name + ("?" if parameter.optional else "…" if parameter.many else "")
        for parameter in signature.parameters
    )


class _Unfit(Exception):
    """An argument is not of the type the function takes."""


def invoke(name: str, variants: tuple[Variant, ...], values: list[Any], budget: Budget) -> Any:
    """The value of the first variant these arguments fit; null, with a warning, where they fit none."""
    unfit: _Unfit | None = None
    for signature, function, order in variants:
        try:
            arguments = _arguments(signature, [None if index is None else values[index] for index in order], budget)
        except _Unfit as reason:
            unfit = unfit or reason
            continue
        try:
            return function(budget, *arguments)
        except (ArithmeticError, ValueError):
            budget.warn(f"{name} has no result for these arguments.", f"{name} няма резултат за тези аргументи.")
            return None
    budget.warn(f"{name}: {unfit} is not what this function takes.", f"{name}: {unfit} не е подходящ аргумент.")
    return None


def _arguments(signature: Signature, values: list[Any], budget: Budget) -> list[Any]:
    parameters = signature.parameters
    if not parameters or not parameters[-1].many:
        return [_fit(value, one.type, one.optional) for value, one in zip(values, parameters, strict=False)]
    last = len(parameters) - 1
    first = [_fit(value, one.type, False) for value, one in zip(values[:last], parameters[:last], strict=True)]
    rest = values[last:]
    kind = parameters[-1].type
    if not last and kind == "any" and len(rest) == 1 and type(rest[0]) is list:
        rest = rest[0]
        budget.spend(len(rest))
    return [*first, [_fit(value, kind, False) for value in rest]]


def _fit(value: Any, kind: str, optional: bool) -> Any:
    """The value as a parameter of this type takes it: a lone item as a list, a list of one as its item."""
    if kind == "any" or (optional and value is None):
        return value
    if kind == "list":
        if value is None:
            raise _Unfit("null")
        return value if type(value) is list else [value]
    types = _TYPES[kind]
    if type(value) in types:
        return value
    if type(value) is list and len(value) == 1 and type(value[0]) in types:
        return value[0]
    raise _Unfit(kind_of(value))
