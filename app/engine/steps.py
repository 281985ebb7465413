"""The text twin of a drawing: its steps in reading order, gateways folded into the ways on."""

from app.engine.model import Diagram, Flow, Step
from app.engine.order import reading_order
from app.words import LANGUAGES, Words

_GATEWAYS = frozenset({"xor", "and"})

#: Words for the arrow that is taken when no condition holds, where it has no name.
OTHERWISE: Words = {"bg": "в останалите случаи", "en": "otherwise"}

#: How many arrows are followed from one element; gateways upon gateways could make any number of ways.
_MOST_ARROWS = 300

Way = tuple[str, Words, str]


def steps_of(diagram: Diagram) -> tuple[Step, ...]:
    """Every element but gateways, from the start along the arrows, each with its ways on."""
    return tuple(_step(diagram, element_id) for element_id in reading_order(diagram) if _is_step(diagram, element_id))


def _is_step(diagram: Diagram, element_id: str) -> bool:
    return diagram.nodes[element_id].kind not in _GATEWAYS


def _step(diagram: Diagram, element_id: str) -> Step:
    node = diagram.nodes[element_id]
    return Step(element_id, node.kind, node.name, node.role, _ways_on(diagram, element_id), node.attached_to)


def _ways_on(diagram: Diagram, element_id: str) -> tuple[Way, ...]:
    """Where the arrows lead once gateways are passed, with the names and conditions met on the way."""
    ways: list[Way] = []
    pending: list[tuple[Flow, Words, str]] = [(flow, {}, "") for flow in diagram.outgoing(element_id)[::-1]]
    for _ in range(_MOST_ARROWS):
        if not pending:
            break
        flow, name, condition = pending.pop()
        name = _joined(name, _words_on(diagram, flow), "; ")
        condition = " and ".join(part for part in (condition, flow.condition) if part)
        if _is_step(diagram, flow.target):
            ways.append((flow.target, name, condition))
        else:
            pending += [(following, name, condition) for following in diagram.outgoing(flow.target)[::-1]]
    return tuple(ways)


def _words_on(diagram: Diagram, flow: Flow) -> Words:
    """The words of an arrow, after the question of the gateway it leaves."""
    source = diagram.nodes[flow.source]
    if source.kind != "xor" or len(diagram.outgoing(source.id)) < 2:
        return flow.name
    answer = flow.name or (OTHERWISE if source.default_flow == flow.id else {})
    return _joined(source.name, answer, " ") if answer else {}


def _joined(first: Words, second: Words, between: str) -> Words:
    both = {language: [w[language] for w in (first, second) if w.get(language)] for language in LANGUAGES}
    return {language: between.join(texts) for language, texts in both.items() if texts}
