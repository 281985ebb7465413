"""The order in which a drawing is read: from the start along the arrows."""

from app.engine.model import Diagram


def reading_order(diagram: Diagram) -> list[str]:
    """The elements so that each stands after those before it, as far as loops allow (reverse postorder)."""
    starts = [node.id for node in diagram.nodes.values() if node.kind == "start"]
    following = {element_id: _following(diagram, element_id) for element_id in diagram.nodes}
    seen: set[str] = set()
    finished: list[str] = []
    for start in starts:
        seen.add(start)
        stack = [(start, iter(following[start]))]
        while stack:
            target = next((target for target in stack[-1][1] if target not in seen), None)
            if target is None:
                finished.append(stack.pop()[0])
            else:
                seen.add(target)
                stack.append((target, iter(following[target])))
    return finished[::-1]


def _following(diagram: Diagram, element_id: str) -> list[str]:
    """Where tokens go from an element, its boundary timers first, in reverse so that the first drawn comes first."""
    targets = [flow.target for flow in diagram.outgoing(element_id)]
    targets += [boundary.id for boundary in diagram.boundaries(element_id)]
    return targets[::-1]
