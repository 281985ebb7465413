"""XML from strangers: read with limits on bytes, elements and depth, and never with a DTD."""

from lxml import etree

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 40

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZELENO = "urn:zeleno:bpmn:1"


class Refused(Exception):
    """The text is not XML we read; `code` names the finding."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def parse(raw: bytes) -> etree._Element:
    """The root element. Raises Refused."""
    if len(raw) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES // 1000)
    if b"<!DOCTYPE" in raw[:MAX_BYTES]:
        raise Refused("dtd")
    try:
        root = etree.fromstring(raw, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("not_xml", reason=str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise Refused("dtd")
    _measure(root)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )


def _measure(root: etree._Element) -> None:
    depth = count = 0
    for moment, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if moment == "start" else -1
        count += moment == "start"
        if depth > MAX_DEPTH:
            raise Refused("too_deep", limit=MAX_DEPTH)
        if count > MAX_ELEMENTS:
            raise Refused("too_many_elements", limit=MAX_ELEMENTS)


def bpmn(name: str) -> str:
    """The full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def zeleno(name: str) -> str:
    """The full name of one of our own elements or attributes."""
    return f"{{{ZELENO}}}{name}"


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def namespace(name: str) -> str | None:
    """The namespace of a full tag or attribute name."""
    return etree.QName(name).namespace


def own(element: etree._Element, name: str) -> list[etree._Element]:
    """Our extension elements of this name on a BPMN element."""
    return element.findall(f"{bpmn('extensionElements')}/{zeleno(name)}")
