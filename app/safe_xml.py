"""XML from strangers: bounded in bytes, depth and elements, and never with a document type declaration."""

from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree


class UnsafeXml(Exception):
    """The bytes are not XML that we read.

    `code` is empty, too_big, dtd, too_deep, too_many_elements or not_xml; `detail` is the limit or the parser's reason.
    """

    def __init__(self, code: str, detail: object = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Limits:
    """How much of a file is read at most."""

    bytes: int
    depth: int
    elements: int


def parse(raw: bytes, limits: Limits) -> etree._Element:
    """The root element, without comments and processing instructions. Raises UnsafeXml."""
    if len(raw) > limits.bytes:
        raise UnsafeXml("too_big", limits.bytes)
    if not raw.strip():
        raise UnsafeXml("empty")
    try:
        _inspect(raw, limits)
        return etree.fromstring(raw, _parser())
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnsafeXml("not_xml", str(error)[:200]) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _inspect(raw: bytes, limits: Limits) -> None:
    """Go through the file once with a reader that stops at the first thing it refuses, before any tree is built."""
    depth = count = 0

    def refuse(*_facts: object) -> None:
        raise UnsafeXml("dtd")

    def enter(*_facts: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > limits.depth:
            raise UnsafeXml("too_deep", limits.depth)
        if count > limits.elements:
            raise UnsafeXml("too_many_elements", limits.elements)

    def leave(*_facts: object) -> None:
        nonlocal depth
        depth -= 1

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    reader.StartElementHandler = enter
    reader.EndElementHandler = leave
    reader.Parse(raw, True)
