"""Text → tokens. Never fails: what cannot be read becomes a token of kind "bad" that the parser explains."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation, Overflow, Underflow
from typing import Any

from app.feel.errors import FeelError, problem

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<comment>/\*)
      | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?!\w))
      | (?P<moment>@\s*"(?:[^"\\]|\\.)*")
      | (?P<string>"(?:[^"\\]|\\.)*")
      | (?P<name>[^\W\d]\w*|\?)
      | (?P<habit>===?|!==|&&?|\|\|?|<>|=>|=<|:=|[!^%'‘’“”„«»`](?!=))
      | (?P<op>\.\.|\*\*|->|<=|>=|!=|[-+*/()\[\]{},.:<>=])
      | (?P<unclosed>")
      | (?P<bad>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


#: Keeps every digit that is written, so that too many are seen.
_READING = Context(prec=100_000, traps=[InvalidOperation, Overflow, Underflow])

#: Words that are part of the grammar; alone they are no names.
KEYWORDS = frozenset(
    (
        *("and", "or", "between", "in", "instance", "of", "if", "then", "else", "for", "return"),
        *("some", "every", "satisfies", "function", "external"),
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind, its characters, where it begins and ends, and the value of a literal."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None


def tokens_of(text: str) -> tuple[Token, ...]:
    """All tokens of the text, the last one of kind "end"."""
    found = [_token(match) for match in _TOKEN.finditer(text) if match.lastgroup != "space"]
    return (*found, Token("end", "", len(text), len(text)))


def words_of(name: str) -> tuple[str, ...]:
    """The texts of the tokens that a name consists of."""
    return tuple(token.text for token in tokens_of(name)[:-1])


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "bad", match.group()
    value: Any = None
    try:
        if kind == "number":
            value = _number(text, match.start())
        elif kind in ("string", "moment"):
            value = unescape(text[text.index('"') + 1 : -1], match.start() + 1)
    except FeelError as error:
        kind, value = "bad", error
    return Token(kind, text, match.start(), match.end(), value)


def _number(text: str, position: int) -> Decimal:
    try:
        number = _READING.create_decimal(text)
    except ArithmeticError:
        raise problem("digits", position) from None
    if len(number.as_tuple().digits) > 34 or not -6111 <= number.adjusted() <= 6144:
        raise problem("digits", position)
    return number


def unescape(text: str, position: int) -> str:
    """The text with its escapes replaced. Raises FeelError for an escape that does not exist."""
    if "\\" not in text:
        return text
    pairs = _ESCAPE.sub(lambda match: _character(match, position), text)
    try:
        return pairs.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise problem("escape", position, found="\\ud800") from None


def _character(match: re.Match[str], position: int) -> str:
    four, six, plain = match.groups()
    code = int(four or six or "0", 16)
    if plain in _PLAIN_ESCAPES:
        return _PLAIN_ESCAPES[plain]
    if plain is not None or code > 0x10FFFF:
        raise problem("escape", position + match.start(), found=match.group())
    return chr(code)
