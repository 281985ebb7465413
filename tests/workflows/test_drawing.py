"""The shipped drawing is complete, speaks both languages, and can be read: nothing overlaps, no arrows cross."""

from itertools import combinations, pairwise

import pytest
from lxml import etree

from tests.workflows.playing import FOLDER

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
SHAPES = "{http://www.omg.org/spec/BPMN/20100524/DI}"
ZELENO = "{urn:zeleno:bpmn:1}"
TREE = etree.parse(str(FOLDER / "process.bpmn"))
PROCESS = TREE.find(f"{BPMN}process")
NODES = [each for each in PROCESS if {child.tag for child in each} & {f"{BPMN}incoming", f"{BPMN}outgoing"}]
FLOWS = PROCESS.findall(f"{BPMN}sequenceFlow")
LANES = list(PROCESS.iter(f"{BPMN}lane"))


def box(element):
    """Left, top, right and bottom of the bounds of a shape or label."""
    bounds = element.find(f"{DC}Bounds")
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def shape(element_id):
    return box(next(each for each in TREE.iter(f"{SHAPES}BPMNShape") if each.get("bpmnElement") == element_id))


def points(flow_id):
    edge = next(each for each in TREE.iter(f"{SHAPES}BPMNEdge") if each.get("bpmnElement") == flow_id)
    return [(float(each.get("x")), float(each.get("y"))) for each in edge.findall(f"{DI}waypoint")]


def segments(flow_id):
    return list(pairwise(points(flow_id)))


def labels():
    for drawn in TREE.iter(f"{SHAPES}BPMNShape", f"{SHAPES}BPMNEdge"):
        label = drawn.find(f"{SHAPES}BPMNLabel")
        if label is not None:
            yield drawn.get("bpmnElement"), box(label)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def cross(one, other):
    """Whether a level and an upright segment cross inside both."""
    (level, upright) = (one, other) if one[0][1] == one[1][1] else (other, one)
    if level[0][1] != level[1][1] or upright[0][0] != upright[1][0]:
        return False
    low, high = sorted((level[0][0], level[1][0]))
    top, bottom = sorted((upright[0][1], upright[1][1]))
    return low < upright[0][0] < high and top < level[0][1] < bottom


def named(element):
    return element.get("name") and not element.tag.endswith("Task")


def test_elements_and_arrows_are_drawn():
    for element in [*NODES, *LANES]:
        assert shape(element.get("id"))
    for flow in FLOWS:
        assert len(points(flow.get("id"))) >= 2


@pytest.mark.parametrize("element", [*LANES, *NODES, *FLOWS], ids=lambda each: each.get("id"))
def test_whatever_is_named_has_an_english_name(element):
    english = [each.get("text") for each in element.iter(f"{ZELENO}name") if each.get("lang") == "en"]

    assert bool(element.get("name")) == bool(english)


@pytest.mark.parametrize("task", PROCESS.findall(f"{BPMN}userTask"), ids=lambda each: each.get("id"))
def test_every_desk_is_told_why(task):
    assert {each.get("lang") for each in task.iter(f"{ZELENO}why") if each.get("text")} == {"bg", "en"}


def test_choices_ask_and_their_arrows_answer():
    for gateway in PROCESS.findall(f"{BPMN}exclusiveGateway"):
        leaving = [flow for flow in FLOWS if flow.get("sourceRef") == gateway.get("id")]
        if len(leaving) > 1:
            assert gateway.get("name").endswith("?")
            assert all(flow.get("name") for flow in leaving)


def test_elements_stand_in_their_lane():
    for lane in LANES:
        left, top, right, bottom = shape(lane.get("id"))
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            x1, y1, x2, y2 = shape(reference.text)
            assert left < x1 and x2 < right and top < y1 and y2 < bottom, reference.text


def test_lanes_are_of_one_height():
    assert len({bottom - top for _, top, _, bottom in (shape(lane.get("id")) for lane in LANES)}) == 1


def test_elements_do_not_overlap():
    shapes = {node.get("id"): shape(node.get("id")) for node in NODES if node.get("attachedToRef") is None}

    assert [(a, b) for a, b in combinations(shapes, 2) if overlap(shapes[a], shapes[b])] == []


def test_arrows_have_right_angles_and_do_not_cross():
    drawn = {flow.get("id"): segments(flow.get("id")) for flow in FLOWS}

    for flow_id, parts in drawn.items():
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in parts), flow_id
    assert [
        (a, b) for a, b in combinations(drawn, 2) if any(cross(one, other) for one in drawn[a] for other in drawn[b])
    ] == []


def test_labels_stand_free():
    shapes = {node.get("id"): shape(node.get("id")) for node in NODES}
    lines = [(flow.get("id"), part) for flow in FLOWS for part in segments(flow.get("id"))]
    wanted = {element.get("id") for element in [*NODES, *FLOWS] if named(element)}
    found = dict(labels())

    assert wanted <= set(found)
    for owner, label in found.items():
        assert [other for other, drawn in shapes.items() if overlap(label, drawn)] == [], owner
        assert [other for other, part in lines if overlap(label, _thin(part))] == [], owner
    assert [(a, b) for a, b in combinations(found, 2) if overlap(found[a], found[b])] == []


def _thin(part):
    (x1, y1), (x2, y2) = part
    return min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1
