"""Whatever is written, only the errors of the language come out."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.feel import Budget, FeelBudgetError, FeelError, YearsMonths, parse, parse_unary_tests
from app.feel.builtins import FUNCTIONS

CONTEXT = {
    "a": 1,
    "b": Decimal("2.5"),
    "s": "text",
    "xs": [1, 2, None, "x"],
    "c": {"a": [{"b": 1}], "d": date(2026, 3, 1)},
    "t": time(1, 2, 3),
    "m": datetime(2026, 3, 1, 1, 2, 3),
    "p": timedelta(days=400),
    "y": YearsMonths(7),
    "flag": True,
    "none": None,
    "f": parse("function(x, y) x < y").evaluate({}),
    "r": parse("[1..5)").evaluate({}),
}
ATOMS = [*CONTEXT, "missing", "1", "0", "-1", "1e6000", '"é"', "true", "null", "[]", "{}", "?", "item", "partial"]
ATOMS += ['@"P1D"', '@"P1M"', '@"2026-03-01T01:02:03Z"', '@"0001-01-01"', '@"23:59:59@Europe/Sofia"', "[1..3]", "< 3"]
PIECES = [*"+-*/()[]{},.:=<>", "**", "..", "!=", " and ", " or ", " in ", " between ", " if ", " then ", " else "]
PIECES += [" for i in ", " return ", " some i in ", " satisfies ", " instance of ", "list<", "number", "not(", "'", '"']
MEMBERS = ["a", "year", "days", "start", "hour", "time offset", "timezone", "months"]
NAMES = list(FUNCTIONS.names.names)


def operators():
    return st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])


def extended(inner):
    pairs = st.tuples(inner, operators(), inner)
    calls = st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4))
    return st.one_of(
        pairs.map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
        calls.map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]})[{pair[1]}]"),
        st.tuples(inner, st.sampled_from(["a", "year", "days", "start", "hour"])).map(
            lambda pair: f"({pair[0]}).{pair[1]}"
        ),
        st.tuples(inner, inner).map(lambda pair: f"for i in {pair[0]} return ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"[({pair[0]})..({pair[1]})]"),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda text: f"{{k: {text}}}"),
        inner.map(lambda text: f"-({text})"),
    )


def evaluate_safely(text):
    try:
        expression = parse(text)
    except FeelError:
        return
    with suppress(FeelBudgetError):
        expression.evaluate(CONTEXT, budget=Budget(3000))


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60))
def test_any_text_parses_or_says_why(text):
    evaluate_safely(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES + ATOMS), max_size=14).map("".join))
def test_any_heap_of_tokens_parses_or_says_why(text):
    evaluate_safely(text)
    with suppress(FeelError):
        parse_unary_tests(text).matches(CONTEXT["a"], CONTEXT, budget=Budget(3000))


@settings(max_examples=700, deadline=None)
@given(st.recursive(st.sampled_from(ATOMS), extended, max_leaves=8))
def test_any_expression_has_a_value(text):
    evaluate_safely(text)


@settings(max_examples=300, deadline=None)
@given(
    st.text("ab(|)*+?[]^-\\d{1,3}.$", max_size=20),
    st.text("abd1 -", max_size=20),
    st.sampled_from(["", "i", "m", "x", "s"]),
)
def test_any_pattern_matches_or_is_none(pattern, text, flags):
    context = {"pattern": pattern, "text": text, "flags": flags}
    try:
        result = parse("matches(text, pattern, flags)").evaluate(context, budget=Budget(20_000))
    except FeelBudgetError:
        return
    assert result in (True, False, None)
