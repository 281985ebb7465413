"""Names and reasons of drawn elements in several languages."""

from lxml import etree

from app.engine import xml
from app.words import LANGUAGES, Words


def words_of(element: etree._Element) -> Words:
    """The element's name: its name attribute, and what its zeleno:name elements add."""
    named = {LANGUAGES[0]: element.get("name", "").strip()} if element.get("name") else {}
    return {**named, **texts_of(element, "name")}


def texts_of(element: etree._Element, name: str) -> Words:
    """The texts of our elements of this name, by language."""
    return {each.get("lang"): each.get("text", "").strip() for each in xml.own(element, name) if each.get("lang")}


def localised(bpmn: bytes, language: str) -> bytes:
    """The drawing with its name attributes in this language, as far as they are given."""
    root = xml.parse(bpmn)
    for element in root.iter(f"{{{xml.BPMN}}}*"):
        text = texts_of(element, "name").get(language)
        if text:
            _rename(element, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _rename(element: etree._Element, text: str) -> None:
    note = element.find(xml.bpmn("text"))
    if xml.local(element) == "textAnnotation" and note is not None:
        note.text = text
    else:
        element.set("name", text)
