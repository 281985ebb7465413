"""The public face: texts parsed once into expressions and unary tests that any thread may evaluate."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.feel import tree
from app.feel.adopt import adopt
from app.feel.budget import Budget, too_deep
from app.feel.builtins import FUNCTIONS
from app.feel.compiler import compile_node
from app.feel.names import FreeNames
from app.feel.parsing import parse_expression, parse_tests
from app.feel.reader import MAX_LENGTH
from app.feel.scope import Root
from app.feel.unary import compile_tests
from app.words import Words


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `filter_names` may come from outside or be entries of the filtered list."""

    text: str
    names: frozenset[str]
    paths: frozenset[str]
    filter_names: frozenset[str]
    root: tree.Node = field(repr=False)
    _run: Callable[[Any], Any] = field(repr=False, compare=False)

    def evaluate(
        self,
        context: Mapping[str, Any],
        *,
        budget: Budget | None = None,
        warnings: list[Words] | None = None,
    ) -> Any:
        """The value in this context; names that it lacks are null. Raises FeelBudgetError, nothing else."""
        if budget is None:
            budget = Budget(warnings=warnings)
        return self.evaluate_in(Root(context, budget))

    def evaluate_in(self, scope: Root) -> Any:
        """The same in a scope that several expressions share."""
        try:
            value = self._run(scope)
        except RecursionError:
            raise too_deep() from None
        return _counted(value, scope.budget) if type(value) is list or type(value) is dict else value


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The parsed tests of a cell; `names` are the free names other than `?`."""

    text: str
    names: frozenset[str]
    paths: frozenset[str]
    filter_names: frozenset[str]
    is_any: bool
    _test: Callable[[Any, Any], bool | None] = field(repr=False, compare=False)

    def matches(
        self,
        value: Any,
        context: Mapping[str, Any],
        *,
        budget: Budget | None = None,
        warnings: list[Words] | None = None,
    ) -> bool | None:
        """Whether the value passes; None where that cannot be said. Raises FeelBudgetError, nothing else."""
        if budget is None:
            budget = Budget(warnings=warnings)
        return self.matches_in(adopt(value, budget), Root(context, budget))

    def matches_in(self, value: Any, scope: Root) -> bool | None:
        """The same for a value that FEEL gave, in a scope shared by many cells."""
        try:
            result = self._test(value, scope)
        except RecursionError:
            raise too_deep() from None
        return result if type(result) is bool else None


def parse(text: str, names: Iterable[str] = (), *, limit: int = MAX_LENGTH) -> Expression:
    """The expression of this text, given the names that may hold spaces. Raises FeelError."""
    return _parse(text, frozenset(names), limit)


def parse_unary_tests(text: str, names: Iterable[str] = (), *, limit: int = MAX_LENGTH) -> UnaryTests:
    """The unary tests of this text: `-`, `< 5`, `"a", "b"`, `not([1..3])`, `? > x`. Raises FeelError."""
    return _parse_tests(text, frozenset(names), limit)


@lru_cache(maxsize=4096)
def _parse(text: str, names: frozenset[str], limit: int) -> Expression:
    root = parse_expression(text, names, FUNCTIONS, limit)
    free = _free_names((root,))
    return Expression(text, *free, root, compile_node(root))


@lru_cache(maxsize=4096)
def _parse_tests(text: str, names: frozenset[str], limit: int) -> UnaryTests:
    negated, tests = parse_tests(text, names, FUNCTIONS, limit)
    return UnaryTests(text, *_free_names(tests), not tests, compile_tests(negated, tests, compile_node))


def _free_names(roots: tuple[tree.Node, ...]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    free = FreeNames()
    for root in roots:
        free.see(root)
    return frozenset(free.names), frozenset(free.paths), frozenset(free.in_filters)


def _counted(value: Any, budget: Budget) -> Any:
    """The value, if writing it out stays within the budget: lists that share parts can be far larger than they look."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        budget.spend(1)
        if type(one) is list:
            waiting.extend(one)
        elif type(one) is dict:
            waiting.extend(one.values())
    return value
