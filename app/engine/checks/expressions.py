"""Every expression of a drawing parses: conditions, timers, inputs, outputs, assignments, assignees, times allowed."""

from collections.abc import Iterator

from app.engine.messages import finding, why
from app.engine.model import Assignment, Diagram, Finding, Node, Package
from app.engine.timing import NotATime, is_literal, literal
from app.feel import FeelError, parse

MAX_EXPRESSIONS = 1000

_INPUTS = frozenset({"service", "council"})


def check(diagram: Diagram, package: Package) -> list[Finding]:
    """Findings about the texts of expressions and timers."""
    written = list(_written(diagram))
    if len(written) > MAX_EXPRESSIONS:
        return [finding("too_many_expressions", diagram.process_id, limit=MAX_EXPRESSIONS)]
    findings = [found for element_id, place, text in written for found in _expression(element_id, place, text)]
    for node in diagram.nodes.values():
        findings += _timer(node)
        findings += _places(node)
    return findings


def _written(diagram: Diagram) -> Iterator[tuple[str, str, str]]:
    """Where which expression stands: (element, place, text)."""
    for flow in diagram.flows:
        if flow.condition:
            yield flow.id, "condition", flow.condition
    for node in diagram.nodes.values():
        for place, lines in (("input", node.inputs), ("output", node.outputs), ("assign", node.assigns)):
            yield from ((node.id, place, line.text) for line in lines)
        if node.assignee_text:
            yield node.id, "assignee", node.assignee_text
        if node.sla is not None and node.sla.days_text:
            yield node.id, "daysExpression", node.sla.days_text
        if node.timer is not None and node.timer.text and not is_literal(node.timer.text):
            yield node.id, "timer", node.timer.text


def _expression(element_id: str, place: str, text: str) -> Iterator[Finding]:
    if not text:
        yield finding("expression_empty", element_id, place=place)
        return
    try:
        parse(text)
    except FeelError as error:
        yield finding("expression", element_id, text=text[:80], reason=why(error))


def _timer(node: Node) -> Iterator[Finding]:
    if node.timer is None:
        return
    if node.timer.shape == "cycle" or (node.timer.text.startswith("R") and is_literal(node.timer.text)):
        yield finding("timer_cycle", node.id)
    elif not node.timer.text:
        yield finding("timer_missing", node.id)
    elif is_literal(node.timer.text):
        try:
            literal(node.timer.text)
        except NotATime:
            yield finding("timer_literal", node.id, text=node.timer.text[:60])


def _places(node: Node) -> Iterator[Finding]:
    """Assignments that stand where nothing reads them."""
    lines: tuple[tuple[str, tuple[Assignment, ...], bool], ...] = (
        ("input", node.inputs, node.kind in _INPUTS),
        ("assign", node.assigns, node.kind == "script"),
        ("output", node.outputs, node.kind in (*_INPUTS, "user", "rule", "script")),
    )
    for name, assignments, fits in lines:
        if assignments and not fits:
            yield finding("misplaced_assignment", node.id, name=name)
    if node.kind == "script" and not node.assigns:
        yield finding("script_empty", node.id)
