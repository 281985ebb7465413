"""What a browser without scripts would send for a rendered page."""

from lxml import html
from werkzeug.datastructures import MultiDict


def posted(page: str) -> MultiDict:
    """The values of all inputs as they stand."""
    tree = html.fromstring(page)
    found = MultiDict()
    for element in tree.xpath(
        "//form//*[(self::input or self::select or self::textarea) and @name][not(ancestor::template)]"
    ):
        for value in _values(element):
            found.add(element.get("name"), value)
    return found


def _values(element) -> list[str]:
    if element.tag == "textarea":
        return [(element.text or "").removeprefix("\n")]
    if element.tag == "select":
        chosen = element.xpath(".//option[@selected]") or element.xpath(".//option[1]")
        return [one.get("value", one.text) for one in chosen]
    if element.get("type") in ("radio", "checkbox"):
        return [element.get("value")] if element.get("checked") is not None else []
    return [] if element.get("type") == "file" else [element.get("value", "")]
