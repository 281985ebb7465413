"""A BPMN file as a Diagram: what the supported elements say, and findings about everything else."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from app.engine import elements, xml
from app.engine.messages import finding
from app.engine.model import Diagram, Finding, Flow, Node
from app.engine.names import ATTRIBUTES, ELEMENTS
from app.engine.words import words_of

MAX_NODES = 400
MAX_FLOWS = 1000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_RESERVED = frozenset({"Start", "End"})
_SILENT = frozenset(
    {
        "laneSet",
        "textAnnotation",
        "association",
        "extensionElements",
        "documentation",
        "group",
        "auditing",
        "monitoring",
    }
)
_HOUSE = frozenset({xml.BPMN, xml.ZELENO})
_NEUTRAL = (
    "http://www.omg.org/spec/",
    "http://www.w3.org/",
    "http://bpmn.io/schema/bpmn/biocolor",
    "http://www.omg.org/spec/BPMN/non-normative/color",
)


@dataclass
class Reading:
    """What came of reading a drawing; `diagram` is None when there is no process to speak of."""

    diagram: Diagram | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, element_id: str = "", /, **params: object) -> None:
        self.findings.append(finding(code, element_id, **params))


def read(bpmn: bytes) -> Reading:
    """The drawing and the findings about its text; never raises for what a file may hold."""
    reading = Reading()
    try:
        root = xml.parse(bpmn)
    except xml.Refused as refused:
        reading.report(refused.code, **refused.params)
        return reading
    if root.tag != xml.bpmn("definitions"):
        reading.report("not_bpmn")
        return reading
    process = _executable_process(root, reading)
    if process is not None:
        _check_ids(root, reading)
        _report_foreign(root, reading)
        reading.diagram = _diagram(process, reading)
    return reading


def _executable_process(root: etree._Element, reading: Reading) -> etree._Element | None:
    processes = root.findall(xml.bpmn("process"))
    executable = [process for process in processes if process.get("isExecutable") == "true"]
    if len(executable) == 1:
        return executable[0]
    if executable:
        reading.report("several_processes", executable[1].get("id", ""))
        return None
    if not processes:
        reading.report("no_process")
        return None
    reading.report("not_executable", processes[0].get("id", ""))
    return processes[0] if len(processes) == 1 else None


def _check_ids(root: etree._Element, reading: Reading) -> None:
    counted = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    for element_id, count in counted.items():
        if count > 1:
            reading.report("duplicate_id", element_id[:100])
        if element_id in _RESERVED:
            reading.report("reserved_id", element_id)
        if not _NAME.match(element_id) or len(element_id) > 100:
            reading.report("bad_id", element_id[:100])


def _report_foreign(root: etree._Element, reading: Reading) -> None:
    """One warning per element that carries something of another tool, or a word of ours that does not exist."""
    for element in root.iter():
        space = xml.namespace(element.tag)
        holder = _holder_id(element)
        if space == xml.ZELENO and xml.local(element) not in ELEMENTS:
            reading.report("unknown_own_name", holder, name=xml.local(element))
        if _is_foreign(space) and not _is_foreign(_parent_space(element)):
            reading.report("foreign_extension", holder, name=xml.local(element))
        for name in element.attrib:
            _report_attribute(name, holder, reading)


def _report_attribute(name: str, holder: str, reading: Reading) -> None:
    space = xml.namespace(name)
    if space == xml.ZELENO and etree.QName(name).localname not in ATTRIBUTES:
        reading.report("unknown_own_name", holder, name=etree.QName(name).localname)
    if space is not None and _is_foreign(space):
        reading.report("foreign_extension", holder, name=etree.QName(name).localname)


def _is_foreign(space: str | None) -> bool:
    return space not in _HOUSE and not (space or "").startswith(_NEUTRAL)


def _parent_space(element: etree._Element) -> str | None:
    parent = element.getparent()
    return xml.BPMN if parent is None else xml.namespace(parent.tag)


def _holder_id(element: etree._Element) -> str:
    while element is not None and not (element.get("id") and xml.namespace(element.tag) == xml.BPMN):
        element = element.getparent()
    return "" if element is None else element.get("id")


def _diagram(process: etree._Element, reading: Reading) -> Diagram | None:
    nodes: dict[str, Node] = {}
    flows: list[Flow] = []
    lanes = elements.lanes_of(process)
    for element in process:
        if xml.namespace(element.tag) != xml.BPMN or xml.local(element) in _SILENT:
            continue
        if xml.local(element) == "sequenceFlow":
            flows.append(_flow(element))
            continue
        node = elements.node_of(element, lanes, reading)
        if node is not None:
            nodes[node.id] = node
    if len(nodes) > MAX_NODES or len(flows) > MAX_FLOWS:
        reading.report("too_many_nodes", process.get("id", ""), limit=MAX_NODES)
        return None
    return Diagram(process.get("id", ""), words_of(process), nodes, _joined(flows, nodes, process, reading))


def _flow(element: etree._Element) -> Flow:
    condition = element.find(xml.bpmn("conditionExpression"))
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=words_of(element),
        condition=None if condition is None else (condition.text or "").strip(),
    )


def _joined(flows: list[Flow], nodes: dict[str, Node], process: etree._Element, reading: Reading) -> tuple[Flow, ...]:
    """The arrows whose ends both exist as supported elements; an end that is nowhere in the file is a finding."""
    drawn = {element.get("id") for element in process.iter() if element.get("id")}
    for flow in flows:
        if flow.source not in drawn or flow.target not in drawn:
            reading.report("loose_flow", flow.id)
    return tuple(flow for flow in flows if flow.source in nodes and flow.target in nodes)
