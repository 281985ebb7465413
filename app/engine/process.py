"""A checked package, ready to run: its elements, its text twin, its expressions and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from app.dmn import Model, load
from app.engine import spiff
from app.engine.checks import examine
from app.engine.errors import NotExecutable
from app.engine.model import Diagram, Flow, Node, Package, Step
from app.engine.steps import steps_of
from app.engine.timing import is_literal
from app.engine.words import localised
from app.feel import Expression, parse
from app.words import Words


@dataclass(frozen=True)
class Decided:
    """A decision's value and the rules that gave it, as plain data for history."""

    value: Any
    rules: list[dict[str, Any]]


@dataclass(frozen=True)
class Process:
    """A version of a process that can run; immutable, shared by all its instances and by threads."""

    id: str
    name: Words
    nodes: Mapping[str, Node]
    steps: tuple[Step, ...]
    start_id: str
    outgoing: Mapping[str, tuple[Flow, ...]]
    spec: BpmnProcessSpec
    _bpmn: bytes
    _expressions: Mapping[str, Expression]
    _models: Mapping[str, Model]

    def expression(self, text: str) -> Expression:
        """The parsed form of an expression that stands in the drawing."""
        return self._expressions[text]

    def decide(self, node: Node, context: Mapping[str, Any]) -> Decided:
        """Evaluate the decision of a business rule task."""
        decision = node.decision_ref or ""
        explained = self._models[decision].evaluate(decision, context, explain=True)
        return Decided(explained.value, [_rule(match) for match in explained.matched])

    def name_from(self, element_id: str) -> Words:
        """The name of the element, or of the first one with a name that its only arrow leads to."""
        for _ in range(len(self.nodes)):
            node = self.nodes.get(element_id)
            flows = self.outgoing.get(element_id, ())
            if node is None or node.name or len(flows) != 1:
                break
            element_id = flows[0].target
        node = self.nodes.get(element_id)
        return node.name if node else {}

    def localised_xml(self, language: str) -> bytes:
        """The drawing with its names in this language, for the viewer."""
        return localised(self._bpmn, language)


def compile(package: Package) -> Process:
    """The package as a process that can run. Raises NotExecutable if a finding forbids it."""
    findings, diagram = examine(package)
    if diagram is None or any(finding.severity == "error" for finding in findings):
        raise NotExecutable(findings)
    models = [load(source) for source in package.decisions.values()]
    return Process(
        id=diagram.process_id,
        name=diagram.name,
        nodes=MappingProxyType({node.id: _compiled(node) for node in diagram.nodes.values()}),
        steps=steps_of(diagram),
        start_id=next(node.id for node in diagram.nodes.values() if node.kind == "start"),
        outgoing=MappingProxyType({element_id: diagram.outgoing(element_id) for element_id in diagram.nodes}),
        spec=spiff.build(diagram),
        _bpmn=package.bpmn,
        _expressions=MappingProxyType({text: parse(text) for text in _texts(diagram)}),
        _models=MappingProxyType({name: model for model in models for name in model.decisions}),
    )


def _compiled(node: Node) -> Node:
    sla = node.sla
    if sla is not None and sla.days_text:
        sla = replace(sla, days_expression=parse(sla.days_text))
    return replace(node, assignee=parse(node.assignee_text) if node.assignee_text else None, sla=sla)


def _texts(diagram: Diagram) -> Iterator[str]:
    """Every expression that is evaluated while an instance runs."""
    for flow in diagram.flows:
        if flow.condition:
            yield flow.condition
    for node in diagram.nodes.values():
        yield from (line.text for line in (*node.inputs, *node.outputs, *node.assigns))
        if node.timer is not None and not is_literal(node.timer.text):
            yield node.timer.text


def _rule(match: Any) -> dict[str, Any]:
    return {"id": match.id, "index": match.index, "annotations": list(match.annotations)}
