"""A council review can end in six ways, and the drawing has a path for each."""

import re
from collections.abc import Iterator

from app.engine.messages import finding
from app.engine.model import COUNCIL_OUTCOMES, Diagram, Finding, Node, Package

_TEXT = re.compile(r'"([a-z_]+)"')


def check(diagram: Diagram, package: Package) -> list[Finding]:
    """Findings about council reviews whose outcomes have no path."""
    reviews = [node for node in diagram.nodes.values() if node.kind == "council"]
    return [found for node in reviews for found in _paths(node, diagram)]


def _paths(review: Node, diagram: Diagram) -> Iterator[Finding]:
    gateway = _gateway_after(review, diagram)
    if gateway is None:
        yield finding("council_without_paths", review.id)
        return
    if gateway.default_flow:
        return
    conditions = [flow.condition or "" for flow in diagram.outgoing(gateway.id)]
    named = {text for condition in conditions if "!=" not in condition for text in _TEXT.findall(condition)}
    for outcome in COUNCIL_OUTCOMES:
        if outcome not in named:
            yield finding("council_outcome_without_path", review.id, outcome=outcome)


def _gateway_after(review: Node, diagram: Diagram) -> Node | None:
    """The exclusive gateway that follows, past merges and automatic steps."""
    node, passed = review, set()
    while node.id not in passed:
        passed.add(node.id)
        leaving = diagram.outgoing(node.id)
        if node.kind == "xor" and len(leaving) > 1:
            return node
        if len(leaving) != 1 or (node is not review and node.kind not in ("xor", "script", "rule")):
            return None
        node = diagram.nodes[leaving[0].target]
    return None
