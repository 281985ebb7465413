"""Tokens → tree: operators by binding power, everything else by recursive descent."""

from collections.abc import Callable
from decimal import Decimal

from app.feel import tree
from app.feel.errors import hint, problem
from app.feel.lexer import KEYWORDS
from app.feel.parser_errors import explain_bad
from app.feel.reader import Reader, joined
from app.feel.temporal import read_moment
from app.feel.type_names import type_name

OR, AND, COMPARE, SUM, PRODUCT, POWER, SIGN, INSTANCE, POSTFIX = range(1, 10)

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}
AFTER_RANGE = frozenset((")", "]", "}", ",", "and", "or", "then", "else", "return", "satisfies", "=", "!="))
CONSTANTS = {"true": True, "false": False, "null": None}


class Parser(Reader):
    """One pass over the tokens of one text."""

    # Expressions

    def expression(self, power: int = 0) -> tree.Node:
        """An expression whose operators bind tighter than `power`."""
        self.deeper()
        left = self.prefix()
        while (join := self.operator(power)) is not None:
            left = join(self, left)
        self.back()
        return left

    def operator(self, power: int) -> Callable[["Parser", tree.Node], tree.Node] | None:
        token = self.token
        if token.kind not in ("op", "name"):
            return None
        found = OPERATORS.get(token.text)
        if found is None or found[0] <= power or self.closes_open_range():
            return None
        return found[1]

    def closes_open_range(self) -> bool:
        """Whether a “[” here ends a range such as `]1..5[` and does not begin a filter."""
        after = self.peek()
        return self.token.text == "[" and (after.kind == "end" or after.text in AFTER_RANGE)

    def prefix(self) -> tree.Node:
        token = self.token
        if token.kind in ("number", "string"):
            return tree.Literal(token.start, self.next().value)
        if token.kind == "moment":
            return self.moment()
        if token.kind == "name":
            return self.word()
        if token.kind == "op" and token.text in PREFIXES:
            return PREFIXES[token.text](self)
        if token.kind in ("bad", "habit", "comment", "unclosed"):
            raise explain_bad(token)
        raise self.unexpected("a value", "стойност")

    def moment(self) -> tree.Node:
        token = self.next()
        value = read_moment(token.value)
        if value is None:
            raise problem("moment", token.start, found=token.value)
        return tree.Literal(token.start, value)

    def word(self) -> tree.Node:
        """Something that begins with a letter: a name, a constant, or a construct with its own keyword."""
        token = self.token
        known = self.longest_name()
        function = self.functions.names.longest(self.tokens, self.index)
        if function and self.peek(function[0]).text == "(" and (not known or known[0] <= function[0]):
            return self.known_name(function)
        if known and known[0] > 1:
            return self.known_name(known)
        if token.text in CONSTANTS:
            return tree.Literal(token.start, CONSTANTS[self.next().text])
        if token.text in CONSTRUCTS:
            return CONSTRUCTS[token.text](self)
        if token.text in KEYWORDS:
            raise self.unexpected("a value", "стойност")
        if known is None and token.text in ("True", "False", "None", "TRUE", "FALSE", "NULL", "Null"):
            better = {"none": "null"}.get(token.text.lower(), token.text.lower())
            raise problem("capital", token.start, found=token.text, better=better)
        return self.known_name(known or (1, token.text))

    def known_name(self, found: tuple[int, str]) -> tree.Name:
        length, name = found
        start = self.token.start
        self.index += length
        return tree.Name(start, name)

    def sign(self) -> tree.Node:
        start = self.next().start
        operand = self.expression(SIGN)
        if isinstance(operand, tree.Literal) and isinstance(operand.value, Decimal):
            return tree.Literal(start, operand.value.copy_negate())
        return tree.Negation(start, operand)

    def test(self) -> tree.Node:
        """`< 5`: a comparison whose left side is understood."""
        operator = self.next()
        return tree.Test(operator.start, operator.text, self.expression(COMPARE))

    def parenthesis(self) -> tree.Node:
        """`(…)` or the range `(a..b)`."""
        start = self.next().start
        inner = self.expression()
        if self.at(".."):
            return self.range_from(start, inner, included=False)
        self.expect(")")
        return inner

    def open_range(self) -> tree.Node:
        start = self.next().start
        low = self.expression()
        if not self.at(".."):
            raise self.unexpected("“..”", "„..“")
        return self.range_from(start, low, included=False)

    def bracket(self) -> tree.Node:
        """A list `[a, b]` or the range `[a..b]`."""
        start = self.next().start
        if self.accept("]"):
            return tree.ListLiteral(start, ())
        items = [self.expression()]
        if self.at(".."):
            return self.range_from(start, items[0], included=True)
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return tree.ListLiteral(start, tuple(items))

    def range_from(self, start: int, low: tree.Node, *, included: bool) -> tree.Node:
        self.expect("..")
        high = self.expression(COMPARE)
        if self.token.text not in ("]", ")", "["):
            raise self.unexpected("“]” or “)”", "„]“ или „)“")
        return tree.RangeLiteral(start, low, high, included, self.next().text == "]")

    def context(self) -> tree.Node:
        start = self.next().start
        entries: list[tuple[str, tree.Node]] = []
        while not self.at("}"):
            entries.append(self.entry(entries))
            if not self.accept(","):
                break
        self.unbind(len(entries))
        self.expect("}")
        return tree.ContextLiteral(start, tuple(entries))

    def entry(self, before: list[tuple[str, tree.Node]]) -> tuple[str, tree.Node]:
        position = self.token.start
        key = self.free_name(":")
        if any(key == name for name, _ in before):
            raise problem("twice", position, name=key)
        self.expect(":")
        value = self.expression()
        self.bind(key)
        return key, value

    # Constructs

    def if_then_else(self) -> tree.Node:
        start = self.next().start
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return tree.If(start, condition, then, self.expression())

    def iterations(self) -> tuple[tree.Iteration, ...]:
        found = [self.iteration()]
        while self.accept(","):
            found.append(self.iteration())
        return tuple(found)

    def iteration(self) -> tree.Iteration:
        start = self.token.start
        name = self.free_name("in")
        self.expect("in")
        source = self.expression(COMPARE)
        end = self.expression(COMPARE) if self.accept("..") else None
        self.bind(name)
        return tree.Iteration(start, name, source, end)

    def for_return(self) -> tree.Node:
        start = self.next().start
        iterations = self.iterations()
        self.expect("return")
        self.bind("partial")
        result = self.expression()
        self.unbind(len(iterations) + 1)
        return tree.For(start, iterations, result)

    def quantified(self) -> tree.Node:
        word = self.next()
        iterations = self.iterations()
        self.expect("satisfies")
        condition = self.expression()
        self.unbind(len(iterations))
        return tree.Quantified(word.start, word.text == "every", iterations, condition)

    def function_definition(self) -> tree.Node:
        start = self.next().start
        self.expect("(")
        parameters: list[tuple[str, tree.TypeName | None]] = []
        while not self.at(")"):
            name = self.free_name(":", ",", ")")
            parameters.append((name, type_name(self) if self.accept(":") else None))
            if not self.accept(","):
                break
        self.expect(")")
        for name, _ in parameters:
            self.bind(name)
        body = self.expression()
        self.unbind(len(parameters))
        return tree.FunctionDefinition(start, tuple(parameters), body)

    # What follows a value

    def path(self, base: tree.Node) -> tree.Node:
        start = self.next().start
        found = self.members.longest(self.tokens, self.index)
        if found is None and self.token.kind != "name":
            raise self.unexpected("a name after the dot", "име след точката")
        length, key = found or (1, self.token.text)
        self.index += length
        return tree.Path(start, base, key)

    def filter(self, base: tree.Node) -> tree.Node:
        start = self.next().start
        self.bind("item")
        condition = self.expression()
        self.unbind(1)
        self.expect("]")
        return tree.Filter(start, base, condition)

    def call(self, function: tree.Node) -> tree.Node:
        start = self.next().start
        arguments: list[tree.Node] = []
        named: list[str] = []
        while not self.at(")"):
            if (name := self.argument_name()) is not None:
                named.append(name)
            arguments.append(self.expression())
            if not self.accept(","):
                break
        self.expect(")")
        return self.resolved(tree.Call(start, function, tuple(arguments), tuple(named)))

    def argument_name(self) -> str | None:
        """The name in `name: value`, if the argument here begins so."""
        index = self.index
        while self.tokens[index].kind == "name":
            index += 1
        if index == self.index or self.tokens[index].text != ":":
            return None
        name = joined(self.tokens[self.index : index])
        self.index = index + 1
        return name

    def resolved(self, call: tree.Call) -> tree.Call:
        """The call with its built-in function found; FeelError if there is none or it takes other arguments."""
        function = call.function
        if call.named and len(call.named) != len(call.arguments):
            raise problem("arguments", call.at, name=getattr(function, "name", "function"), usage="f(a: 1, b: 2)")
        if not isinstance(function, tree.Name) or function.name in self.locals:
            return call
        builtin = self.functions.get(function.name)
        if builtin is None and function.name in self.variables.names:
            return call
        if builtin is None:
            near = hint(function.name, list(self.functions.names.names))
            raise problem("unknown_function", function.at, name=function.name, hint=near)
        if not builtin.fitting(len(call.arguments), call.named):
            raise problem("arguments", function.at, name=function.name, usage=builtin.usage)
        return tree.Call(call.at, tree.BuiltIn(function.at, function.name), call.arguments, call.named)

    def arithmetic(self, left: tree.Node) -> tree.Node:
        power = ARITHMETIC[self.token.text]
        rest: list[tuple[str, tree.Node]] = []
        while self.token.kind == "op" and ARITHMETIC.get(self.token.text) == power:
            operator = self.next().text
            rest.append((operator, self.expression(power)))
        return tree.Arithmetic(left.at, left, tuple(rest))

    def logic(self, left: tree.Node) -> tree.Node:
        word = self.token.text
        parts = [left]
        while self.accept(word):
            parts.append(self.expression(AND if word == "and" else OR))
        for part in parts:
            if isinstance(part, tree.Test):
                raise problem("joined_tests", part.at)
        return (tree.And if word == "and" else tree.Or)(left.at, tuple(parts))

    def comparison(self, left: tree.Node) -> tree.Node:
        operator = self.next().text
        right = self.expression(COMPARE)
        if self.token.kind == "op" and self.token.text in COMPARISONS:
            raise problem("chained", self.token.start)
        return tree.Comparison(left.at, operator, left, right)

    def between(self, left: tree.Node) -> tree.Node:
        self.next()
        low = self.expression(COMPARE)
        self.expect("and")
        return tree.Between(left.at, left, low, self.expression(COMPARE))

    def contained(self, left: tree.Node) -> tree.Node:
        self.next()
        if not self.at("("):
            return tree.In(left.at, left, (self.expression(COMPARE),))
        start = self.next().start
        first = self.expression()
        if self.at(".."):
            return tree.In(left.at, left, (self.range_from(start, first, included=False),))
        tests = (first, *self.tests()) if self.accept(",") else (first,)
        self.expect(")")
        return tree.In(left.at, left, tests)

    def tests(self) -> tuple[tree.Node, ...]:
        """Positive unary tests, separated by commas."""
        found = [self.expression()]
        while self.accept(","):
            found.append(self.expression())
        return tuple(found)

    def instance(self, left: tree.Node) -> tree.Node:
        self.next()
        self.expect("of")
        return tree.InstanceOf(left.at, left, type_name(self))


PREFIXES: dict[str, Callable[[Parser], tree.Node]] = {
    "-": Parser.sign,
    "(": Parser.parenthesis,
    "[": Parser.bracket,
    "]": Parser.open_range,
    "{": Parser.context,
    **dict.fromkeys(COMPARISONS, Parser.test),
}
CONSTRUCTS: dict[str, Callable[[Parser], tree.Node]] = {
    "if": Parser.if_then_else,
    "for": Parser.for_return,
    "some": Parser.quantified,
    "every": Parser.quantified,
    "function": Parser.function_definition,
}
OPERATORS: dict[str, tuple[int, Callable[[Parser, tree.Node], tree.Node]]] = {
    "or": (OR, Parser.logic),
    "and": (AND, Parser.logic),
    "between": (COMPARE, Parser.between),
    "in": (COMPARE, Parser.contained),
    "instance": (INSTANCE, Parser.instance),
    ".": (POSTFIX, Parser.path),
    "[": (POSTFIX, Parser.filter),
    "(": (POSTFIX, Parser.call),
    **dict.fromkeys(COMPARISONS, (COMPARE, Parser.comparison)),
    **{operator: (power, Parser.arithmetic) for operator, power in ARITHMETIC.items()},
}
