"""The names of decisions, columns and rows in other languages than the file's own."""

from lxml import etree
from lxml.etree import _Element as Element

from app.dmn.reading import child, local_name, read

#: Where the file's own language keeps the name of an element; a row is named by its description.
_ATTRIBUTES = {"decision": "name", "input": "label", "output": "label"}
_NAME = "{urn:zeleno:bpmn:1}name"


def localised(xml: bytes, language: str) -> bytes:
    """The file with its names in this language, as far as they are given. Raises DmnError."""
    root = read(xml)
    for element in root.iter(etree.Element):
        text = _given(element, language)
        if text:
            _rename(element, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _given(element: Element, language: str) -> str:
    """What the zeleno:name element of this language says."""
    extensions = child(element, "extensionElements")
    names = () if extensions is None else extensions.iterchildren(_NAME)
    return next((each.get("text", "").strip() for each in names if each.get("lang") == language), "")


def _rename(element: Element, text: str) -> None:
    kind, note = local_name(element), child(element, "description")
    if kind in _ATTRIBUTES:
        element.set(_ATTRIBUTES[kind], text)
    elif kind == "rule" and note is not None:
        note.text = text
