"""DMN files as element trees, and how their parts are found."""

from collections.abc import Callable, Iterator

from lxml import etree
from lxml.etree import _Element as Element

from app import safe_xml
from app.dmn.errors import DmnError, words
from app.words import Words

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40
MAX_ELEMENTS = 40_000

#: Namespaces of the model in DMN 1.1 to 1.5 (1.1 also as some tools write it), from the OMG's schema files.
NAMESPACES = frozenset(
    (
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    )
)


def read(xml: bytes) -> Element:
    """The definitions element. Raises DmnError for anything that is no harmless DMN file."""
    root = _parsed(xml)
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        raise DmnError(words("not_dmn"))
    return root


def _parsed(xml: bytes) -> Element:
    try:
        return safe_xml.parse(xml, safe_xml.Limits(MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS))
    except safe_xml.UnsafeXml as unsafe:
        raise DmnError(_REFUSED[unsafe.code](unsafe.detail)) from None


_REFUSED: dict[str, Callable[[object], Words]] = {
    "empty": lambda _detail: words("not_xml", reason="empty"),
    "too_big": lambda _detail: words("too_large", limit=MAX_BYTES // 1024),
    "dtd": lambda _detail: words("dtd"),
    "too_deep": lambda _detail: words("too_deep"),
    "too_many_elements": lambda _detail: words("too_deep"),
    "not_xml": lambda reason: words("not_xml", reason=reason),
}


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of the element's own namespace with one of these local names."""
    namespace = etree.QName(element).namespace
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        if name.namespace == namespace and name.localname in names:
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first such child."""
    return next(children(element, *names), None)


def text(element: Element | None) -> str:
    """What the element's `text` child says, without space around it."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else "".join(inner.itertext()).strip()


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname
