"""Texts of an eForms notice, which may stand there in several languages: Bulgarian, else English, else its own."""

from app.notices.codes import language_of
from app.notices.source import Element, Source


class Wording:
    """Chooses among the languages of one notice."""

    def __init__(self, root: Element) -> None:
        said = root.findtext("{*}NoticeLanguageCode", "").strip()
        offered = {one.get("languageID") for one in root.iter() if one.get("languageID")}
        self._order = [code for code in ("BUL", "ENG", said) if code == said or code in offered]
        self.language = language_of(self._order[0]) if self._order else ""

    def text(self, source: Source, parent: Element | None, path: str) -> str:
        """The text at the path in the best language; the other languages count as read."""
        found = source.all(parent, path)
        by_language = {one.get("languageID", ""): source.read(one) for one in reversed(found)}
        for code in self._order:
            if by_language.get(code):
                return by_language[code]
        return next((source.read(one) for one in found), "")

    def every(self, source: Source, parent: Element | None, path: str) -> str:
        """The texts of several like parts, each in the best language, on paragraphs of their own."""
        *above, name = path.split("/")
        holders = source.all(parent, "/".join(above)) if above else [parent]
        texts = (self.text(source, holder, name) for holder in holders)
        return "\n\n".join(dict.fromkeys(text for text in texts if text))
