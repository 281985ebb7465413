"""Unary tests: a cell of a decision table, or what stands after `in`, as a function of the value and the scope."""

from collections.abc import Callable
from typing import Any

from app.feel import tree
from app.feel.comparison import contains, equal, less, less_or_equal, within
from app.feel.names import uses
from app.feel.scope import Root, Scope
from app.feel.values import Range

Run = Callable[[Scope | Root], Any]
Test = Callable[[Any, Scope | Root], bool | None]
Compile = Callable[[tree.Node], Run]

#: Nodes whose value is a truth; alone in a cell they decide it, whatever the input is.
_TRUTHS = (tree.And, tree.Or, tree.Comparison, tree.Between, tree.In, tree.Quantified, tree.InstanceOf)


def compile_test(node: tree.Node, compile_node: Compile) -> Test:
    """The function that tells whether a value passes this test."""
    if isinstance(node, tree.Test):
        return _compared(node, compile_node)
    if isinstance(node, tree.Literal):
        literal = node.value
        return lambda value, scope: equal(value, literal, scope.budget)
    if isinstance(node, tree.RangeLiteral) and (ends := _fixed_ends(node)):
        return _in_fixed_range(node, *ends)
    run = compile_node(node)
    if uses(node, "?"):
        return lambda value, scope: _decided(run(Scope({"?": value}, scope)), value, scope)
    if isinstance(node, _TRUTHS):
        return lambda value, scope: run(scope)
    if isinstance(node, tree.Call):
        return lambda value, scope: _called(run(scope), value, scope)
    return lambda value, scope: within(value, run(scope), scope.budget)


def _compared(node: tree.Test, compile_node: Compile) -> Test:
    operand = compile_node(node.operand)
    return {
        "=": lambda value, scope: equal(value, operand(scope), scope.budget),
        "!=": lambda value, scope: _opposite(equal(value, operand(scope), scope.budget)),
        "<": lambda value, scope: less(value, operand(scope)),
        "<=": lambda value, scope: less_or_equal(value, operand(scope)),
        ">": lambda value, scope: less(operand(scope), value),
        ">=": lambda value, scope: less_or_equal(operand(scope), value),
    }[node.operator]


def _fixed_ends(node: tree.RangeLiteral) -> tuple[Any, Any] | None:
    low, high = node.low, node.high
    return (low.value, high.value) if isinstance(low, tree.Literal) and isinstance(high, tree.Literal) else None


def _in_fixed_range(node: tree.RangeLiteral, low: Any, high: Any) -> Test:
    if low is None or high is None or less_or_equal(low, high) is None:
        return lambda value, scope: None
    interval = Range(low, high, node.low_included, node.high_included)
    return lambda value, scope: contains(interval, value)


def _decided(result: Any, value: Any, scope: Scope | Root) -> bool | None:
    """What a test that names `?` came to: its truth, or else a target for the value."""
    return result if type(result) is bool or result is None else within(value, result, scope.budget)


def _called(result: Any, value: Any, scope: Scope | Root) -> bool | None:
    if type(result) is bool and type(value) is not bool:
        return result
    return within(value, result, scope.budget)


def _opposite(result: bool | None) -> bool | None:
    return None if result is None else not result


def compile_tests(negated: bool, nodes: tuple[tree.Node, ...], compile_node: Compile) -> Test:
    """All tests of a cell: one must pass (none there: all values pass); `not(…)` turns the result."""
    tests = tuple(compile_test(node, compile_node) for node in nodes)
    if not tests:
        return lambda value, scope: True
    if len(tests) == 1 and not negated:
        return tests[0]

    def run(value: Any, scope: Scope | Root) -> bool | None:
        unknown = False
        for test in tests:
            result = test(value, scope)
            if result is True:
                return not negated
            unknown = unknown or result is None
        return None if unknown else negated

    return run
