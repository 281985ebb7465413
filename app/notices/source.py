"""A notice's XML that remembers which elements were read, so that the rest can be named to a person."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml.etree import QName
from lxml.etree import _Element as Element

from app.notices.model import Money, NotUnderstood
from app.words import Words


def name_of(element: Element) -> str:
    """The element's name without its namespace."""
    return QName(element).localname


def own_text(element: Element) -> str:
    """All the text inside, raised and lowered characters included, with white space made single."""
    return " ".join("".join(element.itertext()).split())


class Source:
    """Finds elements by plain names, whatever the namespace, and keeps a list of those that were read."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.not_understood: list[NotUnderstood] = []
        self._read: set[Element] = set()

    def all(self, parent: Element | None, path: str) -> list[Element]:
        """The elements at a path of plain names below the parent."""
        return [] if parent is None else parent.findall(_any_namespace(path))

    def first(self, parent: Element | None, path: str) -> Element | None:
        """The first element at the path, or None; asking for it counts as having read it."""
        found = None if parent is None else parent.find(_any_namespace(path))
        if found is not None:
            self._read.add(found)
        return found

    def has(self, parent: Element | None, path: str) -> bool:
        """Whether the element stands there at all."""
        return self.first(parent, path) is not None

    def text(self, parent: Element | None, path: str) -> str:
        """The text at the path, its paragraphs on lines of their own; empty when it is not there."""
        return "\n\n".join(filter(None, (self.read(found) for found in self.all(parent, path))))

    def read(self, element: Element) -> str:
        """The element's text, paragraphs on lines of their own, and mark all of it as read."""
        self.mark(element)
        paragraphs = self.all(element, "P")
        return "\n".join(filter(None, map(own_text, paragraphs))) if paragraphs else own_text(element)

    def value(self, parent: Element | None, path: str, attribute: str) -> str:
        """An attribute of the first element at the path; empty when it is not there."""
        found = self.first(parent, path)
        return "" if found is None else found.get(attribute, "").strip()

    def values(self, parent: Element | None, path: str, attribute: str) -> tuple[str, ...]:
        """An attribute of all elements at the path, each value once, in the order of the file."""
        found = self.all(parent, path)
        self._read.update(found)
        return unique(element.get(attribute, "").strip() for element in found)

    def mark(self, element: Element) -> None:
        """Count the element and all inside it as read."""
        self._read.update(element.iter())

    def money(self, element: Element | None, currency_attribute: str) -> Money | None:
        """The amount and currency of an element; what is no number is reported and gives None."""
        if element is None:
            return None
        self._read.add(element)
        currency, raw = element.get(currency_attribute, "").strip(), own_text(element)
        amount = decimal_of(raw)
        if amount is None or not currency:
            self.report(name_of(element), _words("Сума, която не е разбрана", "An amount that was not understood", raw))
            return None
        return Money(amount, currency)

    def report(self, place: str, words: Words) -> None:
        """Say that something at this place was not understood."""
        if NotUnderstood(place, words) not in self.not_understood:
            self.not_understood.append(NotUnderstood(place, words))

    def report_unread(self, body: Element, left_out: frozenset[str]) -> None:
        """Name what carries text in the body and was not read; one line for each kind of element."""
        unread: dict[str, list[Element]] = {}
        _collect_unread(body, "", left_out, self._read, unread)
        for place, elements in unread.items():
            words = _words("Непрочетено от нас", "Not read by us", _sample(elements))
            self.report(place, words)


def _any_namespace(path: str) -> str:
    return "/".join(step if step in (".", "*", "") else "{*}" + step for step in path.split("/"))


def _collect_unread(
    element: Element, path: str, left_out: frozenset[str], read: set[Element], unread: dict[str, list[Element]]
) -> None:
    for child in element:
        name = name_of(child)
        if name in left_out:
            continue
        place = f"{path}/{name}" if path else name
        if child not in read and (child.text or "").strip():
            unread.setdefault(place, []).append(child)
        else:
            _collect_unread(child, place, left_out, read, unread)


def _sample(elements: list[Element]) -> str:
    text = own_text(elements[0])
    short = text if len(text) <= 80 else text[:79].rstrip() + "…"
    return short if len(elements) == 1 else f"{short} (× {len(elements)})"


def _words(bg: str, en: str, detail: str) -> Words:
    return {"bg": f"{bg}: {detail}", "en": f"{en}: {detail}"}


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """The items that say something, each once, in their first order."""
    return tuple(dict.fromkeys(item for item in items if item))


def decimal_of(raw: str) -> Decimal | None:
    """The number, with blanks and a decimal comma allowed, or None."""
    try:
        number = Decimal(raw.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def date_of(raw: str) -> date | None:
    """The day in 20160505, 2016-05-05, 2016-05-05Z or 2016-05-05+02:00, or None."""
    digits = raw.strip()[:10].replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
