"""The best explanation for a token that does not fit, with the habits of other languages recognised."""

from typing import TYPE_CHECKING

from app.feel.errors import FeelError, hint, problem
from app.feel.lexer import KEYWORDS, Token
from app.words import Words

if TYPE_CHECKING:  # the reader imports this module
    from app.feel.reader import Reader

_HABITS: dict[str, tuple[str, dict[str, str]]] = {
    "==": ("equals", {}),
    "===": ("equals", {}),
    "!==": ("unequal", {}),
    "<>": ("unequal", {}),
    "&&": ("and", {}),
    "&": ("and", {}),
    "||": ("or", {}),
    "|": ("or", {}),
    "!": ("not", {}),
    "^": ("power", {}),
    "%": ("modulo", {}),
    ":=": ("assignment", {}),
    "=>": ("arrow", {"better": ">="}),
    "=<": ("arrow", {"better": "<="}),
}
_END: Words = {"en": "the end", "bg": "край"}


def explain_bad(token: Token) -> FeelError:
    """Why this token cannot be read."""
    if isinstance(token.value, FeelError):
        return token.value
    if token.kind == "unclosed":
        return problem("unclosed_text", token.start)
    if token.kind == "comment":
        return problem("unclosed_comment", token.start)
    if token.text in _HABITS:
        code, parts = _HABITS[token.text]
        return problem(code, token.start, found=token.text, **parts)
    if token.text in "'‘’“”„«»`":
        return problem("quotes", token.start, found=token.text)
    return problem("sign", token.start, found=token.text)


def explain_unexpected(reader: "Reader", expected: Words) -> FeelError:
    """Why the parser cannot go on at its present token."""
    token = reader.token
    if token.kind in ("bad", "habit", "comment", "unclosed"):
        return explain_bad(token)
    before = reader.tokens[reader.index - 1] if reader.index else None
    if before is not None and _is_word(before) and _is_word(token):
        name = f"{before.text} {token.text}"
        return problem("unknown_words", before.start, name=name, hint=hint(name, sorted(reader.given)))
    found: Words | str = f"“{token.text}”"
    if token.kind == "end":
        found = _END
    return problem("expected", token.start, expected=expected, found=found)


def _is_word(token: Token) -> bool:
    return token.kind == "name" and token.text not in KEYWORDS
