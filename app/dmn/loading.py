"""DMN XML → model: every cell parsed once, every mistake a finding with the id of its element."""

from collections import Counter
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from app.dmn.errors import words
from app.dmn.model import Decision, Finding, Model
from app.dmn.reading import Element, child, children, local_name, read, text
from app.dmn.table import AGGREGATIONS, POLICIES, Input, Literal, Output, Rule, Table
from app.feel import FeelError, parse, parse_unary_tests

_BOXED = (
    *("context", "list", "relation", "invocation", "functionDefinition"),
    *("conditional", "filter", "for", "some", "every"),
)


def load(xml: bytes) -> Model:
    """The decision model in this file. Raises DmnError if the file is none; its mistakes are findings."""
    root = read(xml)
    loader = _Loader(root)
    decisions = loader.decisions()
    loader.check_requirements(decisions)
    return Model(
        root.get("id") or "",
        root.get("name") or "",
        MappingProxyType(decisions),
        tuple(loader.findings),
        frozenset(loader.broken),
    )


class _Loader:
    """Walks the file once and collects findings on the way."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.broken: set[str] = set()
        self.decision_id = ""
        self.names = frozenset(self._names())

    def _names(self) -> list[str]:
        """The names that stand for inputs and results; they may hold spaces."""
        named = list(children(self.root, "inputData", "decision", "businessKnowledgeModel"))
        return [name for element in named for name in (element.get("name"), _variable(element)) if name]

    def decisions(self) -> dict[str, Decision]:
        found: dict[str, Decision] = {}
        for element in children(self.root, "decision"):
            decision = self._decision(element)
            if decision.id:
                found.setdefault(decision.id, decision)
        if not found:
            self._error("", "no_decision")
        self._check_ids()
        return found

    def _check_ids(self) -> None:
        ids = Counter(element.get("id") for element in self.root.iter("*") if element.get("id"))
        for name, count in ids.items():
            if count > 1:
                self._error(name, "duplicate_id", name=name)

    def _error(self, element_id: str, code: str, **parts: object) -> None:
        self.findings.append(Finding(element_id, "error", code, words(code, **parts)))
        self.broken.add(self.decision_id)

    def _warning(self, element_id: str, code: str, **parts: object) -> None:
        self.findings.append(Finding(element_id, "warning", code, words(code, **parts)))

    # Decisions

    def _decision(self, element: Element) -> Decision:
        self.decision_id = element.get("id") or ""
        name = element.get("name") or self.decision_id
        if not self.decision_id:
            self._error("", "missing_id", name=name)
        made = Decision(self.decision_id, name, _variable(element) or name, _needs(element), self._logic(element, name))
        self.decision_id = ""
        return made

    def _logic(self, element: Element, name: str) -> Table | Literal | None:
        table, literal = child(element, "decisionTable"), child(element, "literalExpression")
        if table is not None:
            return self._table(table, name)
        if literal is not None:
            expression = self._expression(literal, self.decision_id, name, parse)
            return expression and Literal(expression)
        boxed = child(element, *_BOXED)
        if boxed is None:
            self._error(self.decision_id, "no_logic", name=name)
        else:
            self._error(boxed.get("id") or self.decision_id, "unsupported", name=local_name(boxed))
        return None

    def _expression(self, element: Element | None, owner: str, name: str, read_text: Callable[..., Any]) -> Any:
        """The parsed text of an expression element, or None after a finding."""
        place = owner if element is None else element.get("id") or owner
        try:
            self._check_language(element, place)
            return read_text(text(element), self.names)
        except FeelError as error:
            self._error(place, "expression", name=name, reason=dict(error.words))
            return None

    def _check_language(self, element: Element | None, place: str) -> None:
        language = "" if element is None else element.get("expressionLanguage") or ""
        if language and "feel" not in language.lower():
            self._error(place, "language", name=language[:60])

    # Tables

    def _table(self, table: Element, name: str) -> Table | None:
        table_id = table.get("id") or self.decision_id
        policy, aggregation = (table.get("hitPolicy") or "UNIQUE").upper(), (table.get("aggregation") or "").upper()
        inputs = tuple(self._input(element, table_id, number) for number, element in _numbered(table, "input"))
        outputs = tuple(self._output(element, table_id) for element in children(table, "output"))
        self._check_head(table_id, policy, aggregation, outputs)
        elements = [element for _, element in _numbered(table, "rule")]
        if not elements:
            self._warning(table_id, "no_rules")
        labels = tuple(label for label, _ in inputs)
        rules = [self._rule(element, table, number, labels, outputs) for number, element in enumerate(elements, 1)]
        self._check_allowed(table, elements, rules, outputs)
        if self.decision_id in self.broken:
            return None
        columns = tuple(Input(label, expression) for label, expression in inputs)
        return Table(table_id, name, policy, aggregation, columns, outputs, tuple(filter(None, rules)))

    def _check_head(self, table_id: str, policy: str, aggregation: str, outputs: tuple[Output, ...]) -> None:
        if policy not in POLICIES:
            self._error(table_id, "hit_policy", name=policy[:60])
        if aggregation and (aggregation not in AGGREGATIONS or policy != "COLLECT" or len(outputs) > 1):
            self._error(table_id, "aggregation", name=aggregation[:60])
        if not outputs:
            self._error(table_id, "no_outputs")
        names = [output.name for output in outputs]
        if len(names) > 1 and (len(set(names)) < len(names) or "" in names):
            self._error(table_id, "output_name")

    def _input(self, element: Element, table_id: str, number: int) -> tuple[str, Any]:
        inner = child(element, "inputExpression")
        owner = element.get("id") or table_id
        label = element.get("label") or text(inner) or str(number)
        values = child(element, "inputValues")
        if text(values):
            self._expression(values, owner, label, parse_unary_tests)
        return label, self._expression(inner, owner, label, parse)

    def _output(self, element: Element, table_id: str) -> Output:
        owner = element.get("id") or table_id
        label = element.get("name") or element.get("label") or ""
        default = child(element, "defaultOutputEntry")
        expression = self._expression(default, owner, label, parse) if text(default) else None
        return Output(label, expression)

    def _rule(
        self, element: Element, table: Element, number: int, labels: tuple[str, ...], outputs: tuple[Output, ...]
    ) -> Rule | None:
        rule_id = element.get("id") or f"{table.get('id') or self.decision_id}#{number}"
        inputs, results = list(children(element, "inputEntry")), list(children(element, "outputEntry"))
        if len(inputs) != len(labels) or len(results) != len(outputs):
            counts = {"inputs": len(inputs), "outputs": len(results), "columns": len(labels), "results": len(outputs)}
            self._error(rule_id, "cell_count", number=number, **counts)
            return None
        tests = [self._test(cell, rule_id, number, label) for cell, label in zip(inputs, labels, strict=True)]
        made = tuple(
            self._result(cell, rule_id, number, output.name) for cell, output in zip(results, outputs, strict=True)
        )
        kept = tuple((place, test) for place, test in enumerate(tests) if test is not None and not test.is_any)
        return Rule(rule_id, number, _annotations(element), kept, made)

    def _test(self, cell: Element, rule_id: str, number: int, label: str) -> Any:
        return self._cell(cell, rule_id, parse_unary_tests, "-", code="input_cell", number=number, name=label)

    def _result(self, cell: Element, rule_id: str, number: int, name: str) -> Any:
        return self._cell(cell, rule_id, parse, "null", code="output_cell", number=number, name=name)

    def _cell(self, cell: Element, rule_id: str, read_text: Callable[..., Any], empty: str, **finding: Any) -> Any:
        """The parsed cell; an empty one says what `empty` says."""
        place = cell.get("id") or rule_id
        self._check_language(cell, place)
        try:
            return read_text(text(cell) or empty, self.names)
        except FeelError as error:
            self._error(place, reason=dict(error.words), **finding)
            return None

    def _check_allowed(
        self, table: Element, elements: list[Element], rules: list[Rule | None], outputs: tuple[Output, ...]
    ) -> None:
        """Warn about fixed results that are not among an output's allowed values."""
        for place, output in enumerate(children(table, "output")):
            values = child(output, "outputValues")
            if not text(values):
                continue
            allowed = self._expression(values, output.get("id") or "", outputs[place].name, parse_unary_tests)
            for element, rule in zip(elements, rules, strict=True):
                if allowed is None or rule is None or rule.results[place] is None:
                    continue
                cell = list(children(element, "outputEntry"))[place]
                self._check_result(cell, rule, rule.results[place], allowed, outputs[place].name)

    def _check_result(self, cell: Element, rule: Rule, result: Any, allowed: Any, name: str) -> None:
        try:
            value = result.evaluate({})
            fits = result.names or value is None or allowed.matches(value, {}) is not False
        except FeelError:
            return
        if not fits:
            said = {"number": rule.index, "name": name, "value": result.text[:60]}
            self._warning(cell.get("id") or rule.id, "not_allowed", **said)

    # Requirements

    def check_requirements(self, decisions: dict[str, Decision]) -> None:
        """Findings for decisions that need what is not there, or themselves."""
        for decision in decisions.values():
            self.decision_id = decision.id
            for wanted in decision.needs:
                if wanted not in decisions:
                    self._error(decision.id, "requirement", name=decision.name, wanted=wanted[:60])
            if _reaches_itself(decision, decisions):
                self._error(decision.id, "cycle", name=decision.name)
        self.decision_id = ""


def _numbered(element: Element, name: str) -> list[tuple[int, Element]]:
    return list(enumerate(children(element, name), 1))


def _variable(element: Element) -> str:
    variable = child(element, "variable")
    return (variable.get("name") or "") if variable is not None else ""


def _annotations(rule: Element) -> tuple[str, ...]:
    """The notes beside a rule; without any, its description."""
    notes = tuple(filter(None, (text(entry) for entry in children(rule, "annotationEntry"))))
    described = child(rule, "description")
    if notes or described is None or not (described.text or "").strip():
        return notes
    return ((described.text or "").strip(),)


def _needs(element: Element) -> tuple[str, ...]:
    """The ids of the decisions whose results this one uses."""
    required = (child(one, "requiredDecision") for one in children(element, "informationRequirement"))
    return tuple((one.get("href") or "").rpartition("#")[2] for one in required if one is not None)


def _reaches_itself(decision: Decision, decisions: dict[str, Decision]) -> bool:
    seen: set[str] = set()
    waiting = list(decision.needs)
    while waiting:
        one = waiting.pop()
        if one == decision.id:
            return True
        if one not in seen and one in decisions:
            seen.add(one)
            waiting.extend(decisions[one].needs)
    return False
