"""One BPMN element as a Node: its kind, its lane and what Zeleno's own attributes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from app.engine import xml
from app.engine.model import Assignment, CouncilConfig, Node, Sla, Timer
from app.engine.words import texts_of, words_of
from app.words import Words

if TYPE_CHECKING:
    from app.engine.reading import Reading

#: The elements that can run, and the kind of node each becomes.
_KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user",
    "serviceTask": "service",
    "businessRuleTask": "rule",
    "scriptTask": "script",
    "exclusiveGateway": "xor",
    "parallelGateway": "and",
    "intermediateCatchEvent": "timer",
    "boundaryEvent": "boundary",
}

#: Event definitions each kind may hold, and the kind the node has then.
_EVENTS = {
    ("end", "terminateEventDefinition"): "terminate",
    ("timer", "timerEventDefinition"): "timer",
    ("boundary", "timerEventDefinition"): "boundary",
}

_REPEATING = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_DATA = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property")
_SHAPES = {"timeDuration": "duration", "timeDate": "date", "timeCycle": "cycle"}

#: Lane of an element: (role, name).
Lanes = dict[str, tuple[str | None, Words]]


def lanes_of(process: etree._Element) -> Lanes:
    """The innermost lane of each element: its role and its name."""
    lanes: Lanes = {}
    for lane in process.iter(xml.bpmn("lane")):
        role = lane.get(xml.zeleno("role"))
        for reference in lane.findall(xml.bpmn("flowNodeRef")):
            lanes[(reference.text or "").strip()] = (role, words_of(lane))
    return lanes


def node_of(element: etree._Element, lanes: Lanes, reading: Reading) -> Node | None:
    """The element as a node; None, with a finding, if it is not supported."""
    element_id = element.get("id", "")
    if not element_id:
        reading.report("id_missing", name=xml.local(element))
        return None
    kind = _kind_of(element, reading)
    if kind is None:
        reading.report("unsupported", element_id, name=xml.local(element))
        return None
    for name in (*_REPEATING, *_DATA):
        if element.find(xml.bpmn(name)) is not None:
            reading.report("unsupported", element_id, name=name)
    if kind == "script" and (element.find(xml.bpmn("script")) is not None or element.get("scriptFormat")):
        reading.report("script_text", element_id)
    return _node(element, kind, lanes.get(element_id, (None, {})), reading)


def _kind_of(element: etree._Element, reading: Reading) -> str | None:
    kind = _KINDS.get(xml.local(element))
    definitions = [xml.local(child) for child in element if xml.local(child).lower().endswith("eventdefinition")]
    if kind == "user" and xml.own(element, "council"):
        return "council"
    if kind is None or not definitions:
        return None if kind in ("timer", "boundary") else kind
    return _EVENTS.get((kind, definitions[0])) if len(definitions) == 1 else None


def _node(element: etree._Element, kind: str, lane: tuple[str | None, Words], reading: Reading) -> Node:
    return Node(
        id=element.get("id", ""),
        kind=kind,
        name=words_of(element),
        role=_own(element, "candidateRole") or lane[0],
        form_key=_own(element, "formKey"),
        decision_ref=_own(element, "decisionRef"),
        service=_own(element, "service"),
        council=_council(element, reading) if kind == "council" else None,
        sla=_sla(element, reading),
        phase=_own(element, "phase"),
        assignee_text=_own(element, "assignee"),
        not_by=tuple((_own(element, "notBy") or "").split()),
        why=texts_of(element, "why"),
        inputs=_assignments(element, "input", reading),
        outputs=_assignments(element, "output", reading),
        assigns=_assignments(element, "assign", reading),
        timer=_timer(element),
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true") != "false",
        default_flow=element.get("default"),
        lane=lane[1],
    )


def _own(element: etree._Element, name: str) -> str | None:
    value = (element.get(xml.zeleno(name)) or "").strip()
    return value or None


def _whole(text: str) -> int:
    """The number, -1 if the text is not a small whole number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1


def _council(element: etree._Element, reading: Reading) -> CouncilConfig:
    given = xml.own(element, "council")[0]
    days, extension = _whole(given.get("days", "0")), _whole(given.get("extension", "0"))
    if days <= 0 or extension < 0:
        reading.report("council_days", element.get("id", ""))
    return CouncilConfig(days, extension, given.get("quorum", "majority"))


def _sla(element: etree._Element, reading: Reading) -> Sla | None:
    given = next(iter(xml.own(element, "sla")), None)
    if given is None:
        return None
    days, text = _whole(given.get("days")) if given.get("days") else None, given.get("daysExpression")
    if (days is None and not text) or (days is not None and days < 0):
        reading.report("sla_days", element.get("id", ""))
    rest = {name: value for name, value in given.attrib.items() if name not in ("days", "daysExpression")}
    return Sla(days, text, attributes=rest)


def _assignments(element: etree._Element, name: str, reading: Reading) -> tuple[Assignment, ...]:
    lines = [Assignment(e.get("name", "").strip(), e.get("expression", "").strip()) for e in xml.own(element, name)]
    for line in lines:
        if not line.name.isidentifier():
            reading.report("bad_variable_name", element.get("id", ""), name=line.name[:60])
    return tuple(lines)


def _timer(element: etree._Element) -> Timer | None:
    definition = element.find(xml.bpmn("timerEventDefinition"))
    if definition is None:
        return None
    for child in definition:
        if xml.local(child) in _SHAPES:
            return Timer(_SHAPES[xml.local(child)], (child.text or "").strip())
    return Timer("duration", "")
