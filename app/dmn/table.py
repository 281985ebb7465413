"""Decision tables and literal expressions, ready to be evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from app.dmn.errors import DmnError, words
from app.feel import Expression, UnaryTests
from app.feel.comparison import less, same
from app.feel.numbers import CONTEXT
from app.feel.scope import Root


@dataclass(frozen=True, slots=True)
class InputValue:
    """What an input of a table came to."""

    label: str
    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule that matched; `index` counts from 1, as authors see it."""

    id: str
    index: int
    annotations: tuple[str, ...]
    outputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A rule that did not match, and its first input that failed: the cell and the value it met."""

    id: str
    index: int
    input: str
    cell: str
    value: Any


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision's value and how it came about; what follows the first match of FIRST is in neither list."""

    value: Any
    matched: tuple[RuleMatch, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    inputs: tuple[InputValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions."""

    label: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results; `default` holds when no rule matches."""

    name: str
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: its cells that restrict something, with the number of their input, and its results."""

    id: str
    index: int
    annotations: tuple[str, ...]
    tests: tuple[tuple[int, UnaryTests], ...]
    results: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A decision that is one expression."""

    expression: Expression

    @property
    def names(self) -> frozenset[str]:
        return self.expression.names

    def decide(self, scope: Root, explain: bool) -> Explained:
        """The value of the expression."""
        return Explained(self.expression.evaluate_in(scope))


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    id: str
    name: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...] = field(repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The names used in any cell."""
        cells: list[Expression | UnaryTests] = [column.expression for column in self.inputs]
        cells += [test for rule in self.rules for _, test in rule.tests]
        cells += [result for rule in self.rules for result in rule.results]
        return frozenset().union(*(cell.names for cell in cells))

    def decide(self, scope: Root, explain: bool) -> Explained:
        """The value that the hit policy makes of the matching rules."""
        values = [column.expression.evaluate_in(scope) for column in self.inputs]
        matched, rejected = self._matching(values, scope, explain)
        if self.policy == "UNIQUE" and len(matched) > 1:
            raise DmnError(words("several_match", name=self.name, rules=_listed(matched)), self.id, _ids(matched))
        matches = tuple(self._match(rule, scope) for rule in matched)
        value = self._value(matches, scope)
        if not explain:
            return Explained(value)
        seen = zip(self.inputs, values, strict=True)
        inputs = tuple(InputValue(column.label, column.expression.text, value) for column, value in seen)
        return Explained(value, matches, rejected, inputs)

    def _matching(self, values: list[Any], scope: Root, explain: bool) -> tuple[list[Rule], tuple[Rejected, ...]]:
        matched: list[Rule] = []
        rejected: list[Rejected] = []
        for rule in self.rules:
            scope.budget.spend(1)
            for place, test in rule.tests:
                if test.matches_in(values[place], scope) is not True:
                    if explain:
                        label = self.inputs[place].label
                        rejected.append(Rejected(rule.id, rule.index, label, test.text, values[place]))
                    break
            else:
                matched.append(rule)
                if self.policy == "FIRST":
                    break
        return matched, tuple(rejected)

    def _match(self, rule: Rule, scope: Root) -> RuleMatch:
        names = (output.name for output in self.outputs)
        outputs = {name: result.evaluate_in(scope) for name, result in zip(names, rule.results, strict=True)}
        return RuleMatch(rule.id, rule.index, rule.annotations, outputs)

    def _value(self, matches: tuple[RuleMatch, ...], scope: Root) -> Any:
        collects = self.policy in ("COLLECT", "RULE ORDER")
        if not matches and any(output.default for output in self.outputs):
            default = self._plain(self._defaults(scope))
            return [default] if collects and not self.aggregation else default
        results = [self._plain(match.outputs) for match in matches]
        if self.aggregation:
            return _AGGREGATIONS[self.aggregation](results)
        if collects:
            return results
        if self.policy == "ANY" and any(not same(result, results[0], scope.budget) for result in results[1:]):
            rules = tuple(match.id for match in matches)
            numbers = ", ".join(str(match.index) for match in matches)
            raise DmnError(words("results_differ", name=self.name, rules=numbers), self.id, rules)
        return results[0] if results else None

    def _defaults(self, scope: Root) -> dict[str, Any]:
        return {output.name: output.default and output.default.evaluate_in(scope) for output in self.outputs}

    def _plain(self, outputs: Mapping[str, Any]) -> Any:
        """One output is its value; several are a context."""
        return dict(outputs) if len(self.outputs) > 1 else next(iter(outputs.values()))


def _listed(rules: list[Rule]) -> str:
    return ", ".join(str(rule.index) for rule in rules)


def _ids(rules: list[Rule]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)


def _sum(results: list[Any]) -> Any:
    numbers = [result for result in results if result is not None]
    if not numbers or any(not hasattr(number, "as_tuple") for number in numbers):
        return None
    return reduce(CONTEXT.add, numbers)


def _extreme(results: list[Any], *, largest: bool) -> Any:
    best = None
    for result in results:
        ahead = less(best, result) if largest else less(result, best)
        best = result if best is None or ahead else best
    return best


_AGGREGATIONS = {
    "SUM": _sum,
    "COUNT": lambda results: CONTEXT.create_decimal(len(results)),
    "MIN": lambda results: _extreme(results, largest=False),
    "MAX": lambda results: _extreme(results, largest=True),
}
AGGREGATIONS = frozenset(_AGGREGATIONS)
POLICIES = frozenset(("UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER"))
