"""Walks over the tokens of one text: expects, accepts, and knows which names are known where it stands."""

from collections.abc import Sequence
from itertools import pairwise

from app.feel.errors import FeelError, problem
from app.feel.known import KnownNames, members, variables
from app.feel.lexer import Token, tokens_of
from app.feel.parser_errors import explain_unexpected
from app.feel.signatures import Signatures

MAX_LENGTH = 2000
MAX_DEPTH = 60
NAME_SIGNS = frozenset("+-*/.'")


class Reader:
    """The tokens, the place among them, and the names bound so far."""

    def __init__(self, text: str, names: frozenset[str], functions: Signatures, limit: int) -> None:
        if len(text) > limit:
            raise problem("too_long", limit, limit=limit)
        self.tokens = tokens_of(text)
        self.index = 0
        self.depth = 0
        self.given = names
        self.variables = variables(names)
        self.members = members(names)
        self.functions = functions
        self.locals: list[str] = []
        self._local_names: KnownNames | None = None

    # Moving over the tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def next(self) -> Token:
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def at(self, text: str) -> bool:
        token = self.token
        return token.text == text and token.kind in ("op", "name")

    def accept(self, text: str) -> bool:
        if self.at(text):
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        if not self.at(text):
            raise self.unexpected(f"“{text}”", f"„{text}“")
        return self.next()

    def unexpected(self, english: str, bulgarian: str) -> FeelError:
        return explain_unexpected(self, {"en": english, "bg": bulgarian})

    def finish(self) -> None:
        if self.token.kind != "end":
            raise self.unexpected("an operator or the end", "знак за действие или край")

    # Names

    def bind(self, name: str) -> None:
        self.locals.append(name)
        self._local_names = None

    def unbind(self, count: int) -> None:
        del self.locals[len(self.locals) - count :]
        self._local_names = None

    def longest_name(self) -> tuple[int, str] | None:
        """The longest local or given name that begins here."""
        if self._local_names is None:
            self._local_names = KnownNames(self.locals)
        found = (self._local_names.longest(self.tokens, self.index), self.variables.longest(self.tokens, self.index))
        return max((name for name in found if name), key=lambda name: name[0], default=None)

    def free_name(self, *ends: str) -> str:
        """A name being introduced: all words and signs up to one of `ends`."""
        start = self.token
        if start.kind not in ("name", "string"):
            raise self.unexpected("a name", "име")
        if start.kind == "string":
            return self.next().value
        parts = [self.next()]
        while self.token.text not in ends and (self.token.kind in ("name", "number") or self.token.text in NAME_SIGNS):
            parts.append(self.next())
        return joined(parts)

    def deeper(self) -> None:
        """Go one level of nesting down. Raises FeelError when that is too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise problem("too_deep", self.token.start, limit=MAX_DEPTH)

    def back(self) -> None:
        """Come back one level."""
        self.depth -= 1


def joined(tokens: Sequence[Token]) -> str:
    """The words of a new name, one space between those that were apart."""
    text = tokens[0].text
    for before, token in pairwise(tokens):
        text += (" " if token.start > before.end else "") + token.text
    return text
