"""DMN XML read safely: no document types, no outside files, bounded in size, depth and number of elements."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from app.dmn.errors import DmnError, words

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
    if len(xml) > MAX_BYTES:
        raise DmnError(words("too_large", limit=MAX_BYTES // 1024))
    root = _parsed(xml)
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise DmnError(words("dtd"))
    _check_size(root)
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in NAMESPACES:
        raise DmnError(words("not_dmn"))
    return root


def _parsed(xml: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DmnError(words("not_xml", reason=str(error)[:200])) from None


def _check_size(root: Element) -> None:
    level, count = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        count += event == "start"
        if level > MAX_DEPTH or count > MAX_ELEMENTS:
            raise DmnError(words("too_deep"))


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
