"""A drawing as far as it can be read, executable or not: for showing drafts and for comparing versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.engine.checks import examine
from app.engine.model import Flow, Node, Package, Step
from app.engine.steps import steps_of
from app.engine.words import localised
from app.words import Words


@dataclass(frozen=True)
class Drawing:
    """The elements and the text twin of a drawing; nothing of it can run."""

    name: Words
    nodes: Mapping[str, Node]
    steps: tuple[Step, ...]
    outgoing: Mapping[str, tuple[Flow, ...]]
    _bpmn: bytes

    def localised_xml(self, language: str) -> bytes:
        """The drawing with its names in this language, for the viewer."""
        return localised(self._bpmn, language)


def draw(package: Package) -> Drawing | None:
    """What can be shown of a package's drawing; None when there is no process to be read in it. Never raises."""
    diagram = examine(package)[1]
    if diagram is None:
        return None
    return Drawing(
        name=diagram.name,
        nodes=MappingProxyType(dict(diagram.nodes)),
        steps=steps_of(diagram),
        outgoing=MappingProxyType({element_id: diagram.outgoing(element_id) for element_id in diagram.nodes}),
        _bpmn=package.bpmn,
    )
