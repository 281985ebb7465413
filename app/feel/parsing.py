"""Whole texts → trees: an expression, or the unary tests of a cell."""

from app.feel import tree
from app.feel.errors import problem
from app.feel.lexer import Token
from app.feel.parser import Parser
from app.feel.reader import MAX_DEPTH, MAX_LENGTH
from app.feel.signatures import Signatures


def _whole(parser: Parser, node: tree.Node) -> tree.Node:
    parser.finish()
    levels, _ = tree.measure(node)
    if levels > MAX_DEPTH * 2:
        raise problem("too_deep", 0, limit=MAX_DEPTH)
    return node


def parse_expression(text: str, names: frozenset[str], functions: Signatures, limit: int = MAX_LENGTH) -> tree.Node:
    """The tree of an expression. Raises FeelError."""
    parser = Parser(text, names, functions, limit)
    if parser.token.kind == "end":
        raise problem("empty", 0)
    return _whole(parser, parser.expression())


def parse_tests(
    text: str, names: frozenset[str], functions: Signatures, limit: int = MAX_LENGTH
) -> tuple[bool, tuple[tree.Node, ...]]:
    """Unary tests: whether they are negated, and the tests (none: anything matches). Raises FeelError."""
    parser = Parser(text, names, functions, limit)
    if parser.token.kind == "end":
        raise problem("empty", 0)
    if len(parser.tokens) == 2 and parser.at("-"):
        return False, ()
    negated = parser.at("not") and parser.peek().text == "(" and _closes_at_end(parser.tokens)
    if negated:
        parser.index += 2
    tests = parser.tests()
    if negated:
        parser.expect(")")
    for test in tests:
        _whole(parser, test)
    return negated, tests


def _closes_at_end(tokens: tuple[Token, ...]) -> bool:
    """Whether the bracket after the first word is closed by the last token."""
    level = 0
    for index, token in enumerate(tokens):
        if token.kind == "op" and token.text in "([{)]}":
            level += 1 if token.text in "([{" else -1
            if level == 0:
                return index == len(tokens) - 2
    return False
