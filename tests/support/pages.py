"""A fetched page as a person meets it, and what must hold for every page."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import html

HANDLER = re.compile(r"^on[a-z]+$")
NAMELESS = ("hidden", "submit", "button", "image", "reset")


class Page:
    """An answer with its HTML; `text` is what can be read on it, white space evened out."""

    def __init__(self, answer, client):
        self.answer, self.client = answer, client
        self.status = answer.status_code
        self.html = answer.get_data(as_text=True)
        self.tree = html.fromstring(self.html)

    @property
    def text(self) -> str:
        return even(self.tree.find("body").text_content())

    @property
    def heading(self) -> str:
        return even(self.tree.find(".//h1").text_content())

    def texts(self, xpath: str) -> list[str]:
        """The text of each element found."""
        return [even(element.text_content()) for element in self.tree.xpath(xpath)]

    def links(self) -> dict[str, str]:
        """Address by text, of all links of the content."""
        return {even(link.text_content()): link.get("href") for link in self.tree.xpath("//main//a[@href]")}

    def submit(self, button: str | None = None, form: str = "//main//form[@method='post']", follow=True, **values):
        """Fill the form and press the button with this name=value or text, as a browser would; gives the next page."""
        element = self.tree.xpath(form)[0]
        pressed = _button(element, button)
        address = (pressed.get("formaction") if pressed is not None else None) or element.get("action") or ""
        data = [(name, value) for name, value in element.form_values() if name not in values]
        data += [(name, item) for name, value in values.items() for item in _items(value)]
        if pressed is not None and pressed.get("name"):
            data.append((pressed.get("name"), pressed.get("value") or ""))
        own = self.answer.request.full_path.rstrip("?")
        target = urlsplit(urljoin(own, address))
        path = target.path + (f"?{target.query}" if target.query else "")
        answer = self.client.post(path, data=_as_fields(data), follow_redirects=follow)
        return checked(answer, self.client) if answer.mimetype == "text/html" and answer.data else answer


def even(text: str) -> str:
    return " ".join(text.split())


def checked(answer, client) -> Page:
    """The page, after all that must hold for every page."""
    page = Page(answer, client)
    problems = [problem for look in LOOKS for problem in look(page.tree)]
    assert not problems, f"{answer.request.full_path}: " + "; ".join(problems)
    return page


def _button(form, wanted: str | None):
    buttons = form.xpath(".//button[not(@type) or @type='submit'] | .//input[@type='submit']")
    if wanted is None:
        return buttons[0] if buttons else None
    fits = [b for b in buttons if wanted in (even(b.text_content()), f"{b.get('name')}={b.get('value')}")]
    assert fits, f"no button {wanted!r} among {[even(b.text_content()) for b in buttons]}"
    return fits[0]


def _items(value) -> list:
    return list(value) if isinstance(value, list | tuple) and not _is_file(value) else [value]


def _is_file(value) -> bool:
    return isinstance(value, tuple) and bool(value) and hasattr(value[0], "read")


def _as_fields(pairs: list) -> dict:
    fields: dict = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _one_heading(tree):
    if len(tree.xpath("//h1")) != 1:
        yield f"{len(tree.xpath('//h1'))} h1 instead of one"
    elif not even(tree.xpath("//h1")[0].text_content()):
        yield "an empty h1"


def _title_and_language(tree):
    title = tree.findtext(".//title") or ""
    if not title.split("·")[0].strip():
        yield "no title"
    if tree.get("lang") not in ("bg", "en"):
        yield f"lang={tree.get('lang')!r}"


def _tokens(tree):
    for form in tree.xpath("//form"):
        if (form.get("method") or "get").lower() == "post" and not form.xpath(
            ".//input[@name='csrf_token'][@value!='']"
        ):
            yield f"a form without CSRF token: {form.get('action')}"


def _nothing_inline(tree):
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
            yield "an inline script"
        if element.tag == "style" or element.get("style") is not None:
            yield f"an inline style on <{element.tag}>"
        if any(HANDLER.match(name) for name in element.attrib):
            yield f"an inline handler on <{element.tag}>"
        if (element.get("href") or "").strip().lower().startswith("javascript:"):
            yield "a javascript: link"


def _labels(tree):
    for field in tree.xpath("//input | //select | //textarea"):
        if field.tag == "input" and field.get("type", "text") in NAMELESS:
            continue
        if not _is_labelled(tree, field):
            yield f"a field without label: {field.get('name')}"


def _is_labelled(tree, field) -> bool:
    if field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label"):
        return True
    labels = tree.xpath("//label[@for=$id]", id=field.get("id") or "\0")
    return any(even(label.text_content()) for label in labels)


def _references(tree):
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    for double in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"the id {double} twice"
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "popovertarget"):
        for element in tree.xpath(f"//*[@{attribute}]"):
            for name in set(element.get(attribute).split()) - set(ids):
                yield f"{attribute} names {name}, which is not there"


def _names(tree):
    for element in tree.xpath("//a[@href] | //button"):
        if not even(element.text_content()) and not element.get("aria-label"):
            yield f"a nameless <{element.tag}>"
    for picture in tree.xpath("//img[not(@alt)]"):
        yield f"a picture without alt: {picture.get('src')}"


LOOKS = (_one_heading, _title_and_language, _tokens, _nothing_inline, _labels, _references, _names)
