"""Words of people and of definitions in several languages: {"bg": "Преглед", "en": "Review"}."""

from collections.abc import Mapping

Words = Mapping[str, str]

#: Languages the interface speaks, the first being the one everything is written in.
LANGUAGES = ("bg", "en")


def say(words: Words | str | None, language: str) -> str:
    """The text in this language, else in the first language that has one, else an empty text."""
    if words is None or isinstance(words, str):
        return words or ""
    for code in (language, *LANGUAGES, *words):
        if words.get(code):
            return words[code]
    return ""
