"""The names a drawing uses exist: roles, forms, services, other tasks, phases."""

from collections.abc import Iterator

from app.engine.messages import finding
from app.engine.model import Diagram, Finding, Node, Package
from app.engine.names import PHASES

_RESULTS = frozenset({"user", "council", "service", "rule"})


def check(diagram: Diagram, package: Package) -> list[Finding]:
    """Findings about names that lead nowhere."""
    findings: list[Finding] = []
    for node in diagram.nodes.values():
        if node.kind == "user":
            findings += _user(node, diagram, package)
        if node.kind == "service":
            findings += _service(node, package)
        findings += _any(node)
    return findings


def _user(node: Node, diagram: Diagram, package: Package) -> Iterator[Finding]:
    if not node.role:
        yield finding("role_missing", node.id)
    elif node.role not in package.roles:
        yield finding("role_unknown", node.id, name=node.role[:60], known=_list(package.roles))
    if not node.form_key:
        yield finding("form_missing", node.id)
    elif node.form_key not in package.forms:
        yield finding("form_unknown", node.id, name=node.form_key[:60])
    for element_id in node.not_by:
        other = diagram.nodes.get(element_id)
        if other is None or other.kind != "user":
            yield finding("not_by_unknown", node.id, name=element_id[:60])


def _service(node: Node, package: Package) -> Iterator[Finding]:
    if not node.service:
        yield finding("service_missing", node.id)
    elif node.service not in package.services:
        yield finding("service_unknown", node.id, name=node.service[:60], known=_list(package.services))


def _any(node: Node) -> Iterator[Finding]:
    if node.phase and node.phase not in PHASES:
        yield finding("phase_unknown", node.id, name=node.phase[:60], known=_list(PHASES))
    if node.kind in _RESULTS and not node.id.isidentifier():
        yield finding("id_not_a_name", node.id)


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)[:40])
