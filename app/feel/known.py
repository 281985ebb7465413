"""Names that may hold spaces and signs: found in the text by the longest known name that fits."""

from collections.abc import Iterable
from functools import lru_cache

from app.feel.lexer import Token, words_of

#: Members of dates, durations and ranges, allowed after a dot anywhere.
PROPERTIES = ("time offset", "start included", "end included")


class KnownNames:
    """A set of names, asked for the longest one that begins at a token."""

    __slots__ = ("_by_first", "names")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in self.names:
            if words := words_of(name):
                self._by_first.setdefault(words[0], []).append((words, name))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def longest(self, tokens: tuple[Token, ...], index: int) -> tuple[int, str] | None:
        """How many tokens the longest known name here has, and the name as it was given."""
        for words, name in self._by_first.get(tokens[index].text, ()):
            if all(token.text == word for token, word in zip(tokens[index : index + len(words)], words, strict=False)):
                return len(words), name
        return None


@lru_cache(maxsize=512)
def variables(names: frozenset[str]) -> KnownNames:
    """The variables among these names: of a dotted name its first part."""
    return KnownNames(sorted({name.split(".")[0] for name in names}))


@lru_cache(maxsize=512)
def members(names: frozenset[str]) -> KnownNames:
    """What may follow a dot: parts of dotted names, names themselves, and the properties of values."""
    parts = {part for name in names for part in name.split(".")}
    return KnownNames(sorted(parts.union(PROPERTIES)))
