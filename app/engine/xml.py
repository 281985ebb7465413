"""BPMN files as element trees, and the names of what stands in them."""

from lxml import etree

from app import safe_xml

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 40
LIMITS = safe_xml.Limits(MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS)

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
    try:
        return safe_xml.parse(raw, LIMITS)
    except safe_xml.UnsafeXml as unsafe:
        raise Refused(_CODES.get(unsafe.code, unsafe.code), **_detail(unsafe)) from unsafe


#: An empty file is no XML to an author.
_CODES = {"empty": "not_xml"}


def _detail(unsafe: safe_xml.UnsafeXml) -> dict[str, object]:
    if unsafe.code in ("not_xml", "empty"):
        return {"reason": unsafe.detail or "empty"}
    if unsafe.code == "too_big":
        return {"limit": MAX_BYTES // 1000}
    return {"limit": unsafe.detail} if unsafe.detail else {}


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
