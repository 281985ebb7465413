"""`for`, `some` and `every`: loops over lists and ranges, each round paid from the budget."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.feel import tree
from app.feel.budget import Budget
from app.feel.comparison import contains
from app.feel.names import uses
from app.feel.numbers import CONTEXT, ONE, is_whole
from app.feel.scope import Root, Scope
from app.feel.values import Range

Run = Callable[[Scope | Root], Any]
Compile = Callable[[tree.Node], Run]
Source = Callable[[Scope | Root], Iterator[Any] | None]
_DAY = timedelta(days=1)


def _source(iteration: tree.Iteration, compile_node: Compile) -> Source:
    start = compile_node(iteration.source)
    if iteration.end is None:
        return lambda scope: _items(start(scope), scope.budget)
    end = compile_node(iteration.end)
    return lambda scope: _steps(start(scope), end(scope), scope.budget)


def _items(value: Any, budget: Budget) -> Iterator[Any] | None:
    if value is None:
        return None
    if type(value) is Range:
        steps = _steps(value.low, value.high, budget)
        return None if steps is None else (item for item in steps if contains(value, item))
    return iter(value if type(value) is list else [value])


def _steps(start: Any, end: Any, budget: Budget) -> Iterator[Any] | None:
    """Whole numbers or days from start to end, up or down; None if there is no such walk."""
    if type(start) is Decimal and type(end) is Decimal and is_whole(start) and is_whole(end):
        return _numbers(start, end)
    if type(start) is date and type(end) is date:
        return _days(start, end)
    budget.warn("There is nothing to go through here.", "Тук няма какво да се обходи.")
    return None


def _numbers(start: Decimal, end: Decimal) -> Iterator[Decimal]:
    step = ONE if start <= end else -ONE
    number = start
    while (number <= end) if step == ONE else (number >= end):
        yield number
        number = CONTEXT.add(number, step)


def _days(start: date, end: date) -> Iterator[date]:
    count = abs((end - start).days)
    step = _DAY if start <= end else -_DAY
    for number in range(count + 1):
        yield start + step * number


class _Loops:
    """Nested loops: later sources may use the names of earlier ones."""

    __slots__ = ("_names", "_sources")

    def __init__(self, iterations: tuple[tree.Iteration, ...], compile_node: Compile) -> None:
        self._names = tuple(iteration.name for iteration in iterations)
        self._sources = tuple(_source(iteration, compile_node) for iteration in iterations)

    def scopes(self, scope: Scope | Root, level: int = 0) -> Iterator[Scope | Root | None]:
        """The scope of each round; None where a source was null."""
        if level == len(self._names):
            yield scope
            return
        items = self._sources[level](scope)
        if items is None:
            yield None
            return
        for item in items:
            scope.budget.spend(2)
            yield from self.scopes(Scope({self._names[level]: item}, scope), level + 1)


def compile_for(node: tree.For, compile_node: Compile) -> Run:
    """The list of the results; `partial` inside is the list so far."""
    loops, result = _Loops(node.iterations, compile_node), compile_node(node.result)
    weight = tree.measure(node.result)[1] + 3
    needs_partial = uses(node.result, "partial")

    def run(scope: Scope | Root) -> list | None:
        made: list[Any] = []
        for inner in loops.scopes(scope):
            if inner is None:
                return None
            scope.budget.spend(weight)
            if needs_partial:
                scope.budget.hold_items(len(made))
                inner = Scope({"partial": list(made)}, inner)
            made.append(result(inner))
            if len(made) > scope.budget.items:
                scope.budget.hold_items(len(made))
        return made

    return run


def compile_quantified(node: tree.Quantified, compile_node: Compile) -> Run:
    """`some` is decided by the first true, `every` by the first that is false; unknown stays unknown."""
    loops, condition = _Loops(node.iterations, compile_node), compile_node(node.condition)
    weight = tree.measure(node.condition)[1] + 3
    decisive = not node.every

    def run(scope: Scope | Root) -> bool | None:
        unknown = False
        for inner in loops.scopes(scope):
            scope.budget.spend(weight)
            value = None if inner is None else condition(inner)
            if value is decisive:
                return decisive
            unknown = unknown or type(value) is not bool
        return None if unknown else not decisive

    return run
