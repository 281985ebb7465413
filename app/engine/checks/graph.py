"""The shape of a drawing: starts, ends, paths, arrows and loops."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta

from app.engine.messages import finding
from app.engine.model import HOST_KINDS, Diagram, Finding, Node, Package
from app.engine.timing import NotATime, is_literal, literal

_ENDS = frozenset({"end", "terminate"})
_GATEWAYS = frozenset({"xor", "and"})
_PASSING = frozenset({"start", "end", "terminate", "rule", "script", "xor", "and"})
_SHORTEST = timedelta(minutes=1)


def check(diagram: Diagram, package: Package) -> list[Finding]:
    """Findings about how the elements hang together."""
    findings: list[Finding] = []
    for part in (_ends, _arrows, _choices, _hosts, _reach, _loops):
        findings += part(diagram)
    return findings


def _ends(diagram: Diagram) -> Iterator[Finding]:
    starts = [node for node in diagram.nodes.values() if node.kind == "start"]
    if not starts:
        yield finding("no_start", diagram.process_id)
    for node in starts[1:]:
        yield finding("several_starts", node.id)
    if not any(node.kind in _ENDS for node in diagram.nodes.values()):
        yield finding("no_end", diagram.process_id)


def _arrows(diagram: Diagram) -> Iterator[Finding]:
    for node in diagram.nodes.values():
        leaving = diagram.outgoing(node.id)
        if node.kind in ("start", "boundary") and diagram.incoming(node.id):
            yield finding("flow_into_start", node.id)
        if node.kind in _ENDS and leaving:
            yield finding("flow_out_of_end", node.id)
        if node.kind not in _GATEWAYS and node.kind not in _ENDS and len(leaving) > 1:
            yield finding("several_ways_out", node.id)


def _choices(diagram: Diagram) -> Iterator[Finding]:
    for node in diagram.nodes.values():
        leaving = diagram.outgoing(node.id)
        is_choice = node.kind == "xor" and len(leaving) > 1
        if node.default_flow and node.default_flow not in {flow.id for flow in leaving}:
            yield finding("default_unknown", node.id)
        if is_choice and not node.default_flow:
            yield finding("default_missing", node.id)
        for flow in leaving:
            if is_choice and not flow.condition and flow.id != node.default_flow:
                yield finding("condition_missing", flow.id)
            if flow.condition is not None and not is_choice:
                yield finding("condition_not_at_gateway", flow.id)


def _hosts(diagram: Diagram) -> Iterator[Finding]:
    for node in diagram.nodes.values():
        if node.kind != "boundary":
            continue
        host = diagram.nodes.get(node.attached_to or "")
        if host is None:
            yield finding("attached_to_unknown", node.id)
        elif host.kind not in HOST_KINDS:
            yield finding("boundary_host", node.id)


def _reach(diagram: Diagram) -> Iterator[Finding]:
    starts = [node.id for node in diagram.nodes.values() if node.kind == "start"]
    ends = [node.id for node in diagram.nodes.values() if node.kind in _ENDS]
    reached = _closure(starts, lambda element_id: _after(diagram, element_id))
    leading = _closure(ends, lambda element_id: _before(diagram, element_id))
    for node in diagram.nodes.values():
        if starts and node.id not in reached:
            yield finding("unreachable", node.id)
        elif ends and node.id not in leading:
            yield finding("no_way_to_end", node.id)


def _loops(diagram: Diagram) -> Iterator[Finding]:
    """Circles of elements at which nothing waits, or of which only short timers hold the token back."""
    passing = {node.id for node in diagram.nodes.values() if node.kind in _PASSING}
    for circle in _circles(passing, lambda element_id: _after(diagram, element_id)):
        yield finding("loop_without_wait", min(circle))
    hasty = passing | {node.id for node in diagram.nodes.values() if _is_hasty(node)}
    for circle in _circles(hasty, lambda element_id: _hasty_after(diagram, element_id)):
        for element_id in sorted(circle - passing):
            yield finding("timer_too_short", element_id)


def _is_hasty(node: Node) -> bool:
    """Whether a timer cannot be trusted to hold a loop back."""
    if node.timer is None or not is_literal(node.timer.text):
        return False
    try:
        value = literal(node.timer.text)
    except NotATime:
        return False
    if isinstance(value, timedelta):
        return value < _SHORTEST
    return node.timer.shape == "date"


def _hasty_after(diagram: Diagram, element_id: str) -> list[str]:
    """Where a token can be next; a task with a boundary timer is left by the timer as well."""
    following = []
    for flow in diagram.outgoing(element_id):
        following += [flow.target, *(node.id for node in diagram.boundaries(flow.target))]
    return following


def _after(diagram: Diagram, element_id: str) -> list[str]:
    return [flow.target for flow in diagram.outgoing(element_id)] + [node.id for node in diagram.boundaries(element_id)]


def _before(diagram: Diagram, element_id: str) -> list[str]:
    host = diagram.nodes[element_id].attached_to
    sources = [flow.source for flow in diagram.incoming(element_id)]
    return [*sources, host] if host and host in diagram.nodes else sources


def _closure(seeds: Iterable[str], following: Callable[[str], list[str]]) -> set[str]:
    found = set(seeds)
    pending = list(found)
    while pending:
        for target in following(pending.pop()):
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


def _circles(members: Collection[str], following: Callable[[str], list[str]]) -> list[set[str]]:
    """Groups of members that lie on a circle through members only."""
    inner = {element_id: [t for t in following(element_id) if t in members] for element_id in members}
    reach = {element_id: _closure(inner[element_id], inner.__getitem__) for element_id in members}
    on_circle = sorted(element_id for element_id in members if element_id in reach[element_id])
    groups: list[set[str]] = []
    for element_id in on_circle:
        if not any(element_id in group for group in groups):
            groups.append({other for other in reach[element_id] if element_id in reach[other]})
    return groups
