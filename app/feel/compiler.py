"""Tree → Python closures: each node becomes a function of the scope that gives its value."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.feel import tree
from app.feel.arithmetic import NUMERIC, calculate, negate
from app.feel.builtins import FUNCTIONS
from app.feel.builtins.registry import invoke
from app.feel.comparison import equal, less, less_or_equal
from app.feel.iteration import compile_for, compile_quantified
from app.feel.members import member
from app.feel.names import path_of
from app.feel.numbers import CONTEXT
from app.feel.scope import Root, Scope
from app.feel.types import is_instance
from app.feel.unary import compile_test
from app.feel.values import Function, Range

Run = Callable[[Scope | Root], Any]


def compile_node(node: tree.Node) -> Run:
    """The function that evaluates this node."""
    return _COMPILERS[type(node)](node)


def _literal(node: tree.Literal) -> Run:
    value = node.value
    return lambda scope: value


def _name(node: tree.Name) -> Run:
    path = (node.name,)
    return lambda scope: scope.find_path(path)


def _built_in(node: tree.BuiltIn) -> Run:
    return lambda scope: None


def _path(node: tree.Path) -> Run:
    path = path_of(node)
    if path is not None:
        return lambda scope: scope.find_path(path)
    base, key = compile_node(node.base), node.key
    return lambda scope: member(base(scope), key, scope.budget)


def _arithmetic(node: tree.Arithmetic) -> Run:
    first = compile_node(node.first)
    rest = tuple((operator, NUMERIC[operator], compile_node(operand)) for operator, operand in node.rest)

    def run(scope: Scope | Root) -> Any:
        value = first(scope)
        for operator, numeric, operand in rest:
            other = operand(scope)
            if type(value) is Decimal and type(other) is Decimal:
                try:
                    value = numeric(value, other)
                    continue
                except ArithmeticError:
                    pass
            value = calculate(operator, value, other, scope.budget)
        return value

    return run


def _negation(node: tree.Negation) -> Run:
    operand = compile_node(node.operand)
    return lambda scope: negate(operand(scope), scope.budget)


def _equal(left: Any, right: Any, scope: Scope | Root) -> bool | None:
    return equal(left, right, scope.budget)


def _unequal(left: Any, right: Any, scope: Scope | Root) -> bool | None:
    result = equal(left, right, scope.budget)
    return None if result is None else not result


_ORDERS: dict[str, Callable[[Any, Any], bool | None]] = {
    "<": less,
    "<=": less_or_equal,
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: less_or_equal(right, left),
}


def _comparison(node: tree.Comparison) -> Run:
    left, right = compile_node(node.left), compile_node(node.right)
    if node.operator in _ORDERS:
        order = _ORDERS[node.operator]
        return lambda scope: order(left(scope), right(scope))
    compare = _equal if node.operator == "=" else _unequal
    return lambda scope: compare(left(scope), right(scope), scope)


def _between(node: tree.Between) -> Run:
    operand, low, high = compile_node(node.operand), compile_node(node.low), compile_node(node.high)

    def run(scope: Scope | Root) -> bool | None:
        value = operand(scope)
        above, below = less_or_equal(low(scope), value), less_or_equal(value, high(scope))
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    return run


def _in(node: tree.In) -> Run:
    operand = compile_node(node.operand)
    tests = tuple(compile_test(test, compile_node) for test in node.tests)

    def run(scope: Scope | Root) -> bool | None:
        value = operand(scope)
        unknown = False
        for test in tests:
            result = test(value, scope)
            if result is True:
                return True
            unknown = unknown or result is None
        return None if unknown else False

    return run


def _logic(node: tree.And | tree.Or) -> Run:
    """`and` is decided by the first false, `or` by the first true; what is neither true nor false is unknown."""
    parts = tuple(compile_node(part) for part in node.parts)
    decisive = isinstance(node, tree.Or)

    def run(scope: Scope | Root) -> bool | None:
        unknown = False
        for part in parts:
            value = part(scope)
            if value is decisive:
                return decisive
            unknown = unknown or type(value) is not bool
        return None if unknown else not decisive

    return run


def _instance_of(node: tree.InstanceOf) -> Run:
    operand, wanted = compile_node(node.operand), node.type
    return lambda scope: is_instance(operand(scope), wanted, scope.budget)


def _if(node: tree.If) -> Run:
    condition, then, otherwise = (compile_node(part) for part in (node.condition, node.then, node.otherwise))
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _list(node: tree.ListLiteral) -> Run:
    items = tuple(compile_node(item) for item in node.items)
    return lambda scope: [item(scope) for item in items]


def _context(node: tree.ContextLiteral) -> Run:
    entries = tuple((key, compile_node(value)) for key, value in node.entries)

    def run(scope: Scope | Root) -> dict[str, Any]:
        made: dict[str, Any] = {}
        inner = Scope(made, scope)
        for key, value in entries:
            made[key] = value(inner)
        return dict(made)

    return run


def _range(node: tree.RangeLiteral) -> Run:
    low, high = compile_node(node.low), compile_node(node.high)
    low_included, high_included = node.low_included, node.high_included

    def run(scope: Scope | Root) -> Range | None:
        start, end = low(scope), high(scope)
        missing = (start is None) + (end is None)
        if missing == 2 or (not missing and less_or_equal(start, end) is None):
            scope.budget.warn("These two values make no range.", "Тези две стойности не образуват интервал.")
            return None
        return Range(start, end, low_included, high_included)

    return run


def _test(node: tree.Test) -> Run:
    """`< 5` standing alone is the range of all values below 5."""
    operand, operator = compile_node(node.operand), node.operator
    shapes: dict[str, Callable[[Any], Range]] = {
        "=": lambda end: Range(end, end, True, True),
        "<": lambda end: Range(None, end, False, False),
        "<=": lambda end: Range(None, end, False, True),
        ">": lambda end: Range(end, None, False, False),
        ">=": lambda end: Range(end, None, True, False),
    }
    shape = shapes.get(operator)

    def run(scope: Scope | Root) -> Range | None:
        end = operand(scope)
        return None if end is None or shape is None else shape(end)

    return run


def _filter(node: tree.Filter) -> Run:
    base, condition = compile_node(node.base), compile_node(node.condition)
    weight = tree.measure(node.condition)[1] + 3
    fixed = node.condition.value if isinstance(node.condition, tree.Literal) else None

    def run(scope: Scope | Root) -> Any:
        value = base(scope)
        items = value if type(value) is list else [] if value is None else [value]
        if type(fixed) is Decimal:
            return _item(items, fixed)
        if not items:
            index = condition(scope)
            return None if type(index) is Decimal else []
        return _filtered(items, condition, scope, weight)

    return run


def _filtered(items: list, condition: Run, scope: Scope | Root, weight: int) -> Any:
    kept = []
    for place, item in enumerate(items):
        scope.budget.spend(weight)
        inner = Scope({"item": item}, scope)
        result = condition(Scope(item, inner) if type(item) is dict else inner)
        if result is True:
            kept.append(item)
        elif not place and type(result) is Decimal:
            return _item(items, result)
    return kept


def _item(items: list, index: Decimal) -> Any:
    """The item at a place counted from 1, or from the end with a negative number; null outside."""
    place = int(index) if CONTEXT.compare(index.copy_abs(), Decimal(len(items))) <= 0 else 0
    if place == 0 or place != index:
        return None
    return items[place - 1 if place > 0 else place]


def _function(node: tree.FunctionDefinition) -> Run:
    body, names = compile_node(node.body), tuple(name for name, _ in node.parameters)
    weight = tree.measure(node.body)[1] + 3

    def run(scope: Scope | Root) -> Function:
        def call(*values: Any) -> Any:
            scope.budget.spend(weight)
            scope.budget.enter()
            try:
                return body(Scope(dict(zip(names, values, strict=True)), scope))
            finally:
                scope.budget.leave()

        return Function(names, call)

    return run


def _call(node: tree.Call) -> Run:
    arguments = tuple(compile_node(argument) for argument in node.arguments)
    if isinstance(node.function, tree.BuiltIn):
        return _call_built_in(node.function.name, arguments, node.named)
    function, named = compile_node(node.function), node.named

    def run(scope: Scope | Root) -> Any:
        callee = function(scope)
        values = [argument(scope) for argument in arguments]
        if type(callee) is Function and named and sorted(named) == sorted(callee.parameters):
            return callee.call(*(values[named.index(name)] for name in callee.parameters))
        if type(callee) is Function and not named and len(values) == len(callee.parameters):
            return callee.call(*values)
        scope.budget.warn("This cannot be called so.", "Това не може да се извика така.")
        return None

    return run


def _call_built_in(name: str, arguments: tuple[Run, ...], named: tuple[str, ...]) -> Run:
    builtin = FUNCTIONS.get(name)
    variants = builtin.fitting(len(arguments), named) if builtin else ()

    def run(scope: Scope | Root) -> Any:
        return invoke(name, variants, [argument(scope) for argument in arguments], scope.budget)

    return run


_COMPILERS: dict[type, Callable[[Any], Run]] = {
    tree.Literal: _literal,
    tree.Name: _name,
    tree.BuiltIn: _built_in,
    tree.Path: _path,
    tree.Filter: _filter,
    tree.Call: _call,
    tree.Arithmetic: _arithmetic,
    tree.Negation: _negation,
    tree.Comparison: _comparison,
    tree.Between: _between,
    tree.In: _in,
    tree.And: _logic,
    tree.Or: _logic,
    tree.InstanceOf: _instance_of,
    tree.If: _if,
    tree.For: lambda node: compile_for(node, compile_node),
    tree.Quantified: lambda node: compile_quantified(node, compile_node),
    tree.FunctionDefinition: _function,
    tree.ListLiteral: _list,
    tree.ContextLiteral: _context,
    tree.RangeLiteral: _range,
    tree.Test: _test,
}
