"""The token game: every choice of a drawing is tried once to find parallel gateways that wait for ever.

Choices in such nets concern one token only, so it is enough to move one token at a time and to branch only over
that token's ways on: every deadlock is still met. The path of a timer that does not interrupt may or may not be
taken, so it is played on its own.
"""

from collections.abc import Callable, Iterator

from app.engine.messages import finding
from app.engine.model import Diagram, Finding
from app.engine.order import reading_order

#: A marking: how many tokens stand on which arrow; two mean "more than one".
Marking = tuple[tuple[str, int], ...]

_MOST_MARKINGS = 4000

#: Elements at which it does no harm that several tokens arrive.
_UNTROUBLED = frozenset({"and", "end", "terminate"})


def check(diagram: Diagram) -> list[Finding]:
    """Findings about parallel gateways and parallel paths of a drawing that is sound otherwise."""
    place = {element_id: number for number, element_id in enumerate(reading_order(diagram))}
    game = _Game(diagram, lambda target: -place[target])
    if not game.play(_MOST_MARKINGS):
        return [finding("too_tangled", diagram.process_id)]
    if game.stuck:
        return [finding("xor_into_and_join", element_id) for element_id in sorted(game.stuck)]
    game = _Game(diagram, lambda target: len(diagram.incoming(target)) > 1)
    game.play(_MOST_MARKINGS // 4)
    return [finding("runs_twice", element_id) for element_id in sorted(game.doubled)]


class _Game:
    """One way to play: `turn` says of an element how late the token before it moves.

    With the token that is farthest on moving first, the choices of one path are over before the next path begins,
    so sound drawings have few markings. With tokens before a merge moving last, paths that meet unawares are seen.
    """

    def __init__(self, diagram: Diagram, turn: Callable[[str], int]) -> None:
        self.diagram = diagram
        self.turn = turn
        self.targets = {flow.id: flow.target for flow in diagram.flows}
        self.stuck: set[str] = set()
        self.doubled: set[str] = set()

    def play(self, most: int) -> bool:
        """Visit the markings that matter; False if there are too many."""
        pending = [marking for element_id in self._beginnings() for marking in self._left(element_id, ())]
        seen = set(pending)
        while pending:
            if len(seen) > most:
                return False
            for marking in self._moves(pending.pop()):
                if marking not in seen:
                    seen.add(marking)
                    pending.append(marking)
        return True

    def _beginnings(self) -> list[str]:
        nodes = self.diagram.nodes.values()
        return [n.id for n in nodes if n.kind == "start" or (n.kind == "boundary" and not n.interrupting)]

    def _moves(self, marking: Marking) -> Iterator[Marking]:
        """The markings after one token that can move has moved, one for each of its ways."""
        waiting = set()
        for flow_id, count in sorted(marking, key=lambda token: self.turn(self.targets[token[0]])):
            element_id = self.targets[flow_id]
            kind = self.diagram.nodes[element_id].kind
            if kind not in _UNTROUBLED and (count > 1 or self._tokens_before(element_id, marking) > 1):
                self.doubled.add(element_id)
            used = self._used(element_id, kind, flow_id, marking)
            if used is not None:
                yield from self._left(element_id, _without(marking, used))
                return
            waiting.add(element_id)
        self.stuck |= waiting

    def _tokens_before(self, element_id: str, marking: Marking) -> int:
        return sum(self.targets[flow_id] == element_id for flow_id, _ in marking)

    def _used(self, element_id: str, kind: str, flow_id: str, marking: Marking) -> list[str] | None:
        """The arrows whose tokens the element takes, None if it has to wait."""
        if kind != "and":
            return [flow_id]
        incoming = [flow.id for flow in self.diagram.incoming(element_id)]
        marked = {marked_id for marked_id, _ in marking}
        return incoming if marked.issuperset(incoming) else None

    def _left(self, element_id: str, rest: Marking) -> Iterator[Marking]:
        """The markings an element can leave behind when its token goes on."""
        kind = self.diagram.nodes[element_id].kind
        leaving = [flow.id for flow in self.diagram.outgoing(element_id)]
        if kind == "terminate":
            return
        if kind == "xor":
            yield from (_with(rest, [flow_id]) for flow_id in leaving)
            return
        yield _with(rest, leaving)
        for boundary in self.diagram.boundaries(element_id):
            if boundary.interrupting:
                yield _with(rest, [flow.id for flow in self.diagram.outgoing(boundary.id)])


def _with(marking: Marking, flow_ids: list[str]) -> Marking:
    counts = dict(marking)
    for flow_id in flow_ids:
        counts[flow_id] = min(counts.get(flow_id, 0) + 1, 2)
    return tuple(sorted(counts.items()))


def _without(marking: Marking, flow_ids: list[str]) -> Marking:
    counts = dict(marking)
    for flow_id in flow_ids:
        counts[flow_id] -= 1
    return tuple((flow_id, count) for flow_id, count in sorted(counts.items()) if count)
