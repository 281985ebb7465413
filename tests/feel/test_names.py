"""Names with spaces and signs, names from outside, and what an expression says about them."""

import pytest

from app.feel import parse, parse_unary_tests
from tests.feel.cases import assert_value

SPACED = [
    ("monthly salary * 12", {"monthly salary": 100}, 1200),
    ("monthly  salary + 1", {"monthly salary": 1}, 2),
    ("a-b", {"a-b": 7, "a": 5, "b": 3}, 7),
    ("a - b", {"a": 5, "b": 3}, 2),
    ("date and time of filing", {"date and time of filing": 3}, 3),
    ("value", {"value": 1, "value added": 2}, 1),
    ("value added", {"value": 1, "value added": 2}, 2),
    ("buyer's name", {"buyer's name": "Ana"}, "Ana"),
    ("for sale + 1", {"for sale": 1}, 2),
    ("обща стойност > 5", {"обща стойност": 6}, True),
    ("list contains", {"list contains": 4}, 4),
    ("count", {"count": 4}, 4),
    ("count([1]) + count", {"count": 4}, 5),
    ("date", {"date": 4}, 4),
]


@pytest.mark.parametrize(("text", "context", "expected"), SPACED)
def test_the_longest_known_name_wins(text, context, expected):
    assert_value(text, expected, context, names=context)


def test_members_with_spaces_are_known_from_dotted_names():
    context = {"request": {"total value": 5}}
    assert_value("request.total value + 1", 6, context, names=["request.total value"])


FREE = [
    ("a + b.c.d", {"a", "b"}, {"a", "b.c.d"}, set()),
    ("count(xs)", {"xs"}, {"xs"}, set()),
    ("for i in xs return i + y", {"xs", "y"}, {"xs", "y"}, set()),
    ("some i in xs, j in i satisfies j > z", {"xs", "z"}, {"xs", "z"}, set()),
    ("xs[price > limit]", {"xs"}, {"xs"}, {"price", "limit"}),
    ("xs[item.price > 1].name", {"xs"}, {"xs"}, set()),
    ("{a: b, c: a}.c", {"b"}, {"b"}, set()),
    ("function(x) x + y", {"y"}, {"y"}, set()),
    ("for i in xs return count(partial)", {"xs"}, {"xs"}, set()),
    ("1 + 2", set(), set(), set()),
    ('if a then "b" else c', {"a", "c"}, {"a", "c"}, set()),
    ("x in [lo..hi]", {"x", "lo", "hi"}, {"x", "lo", "hi"}, set()),
    ('f.x = "a" or f.y in ("b", g)', {"f", "g"}, {"f.x", "f.y", "g"}, set()),
]


@pytest.mark.parametrize(("text", "names", "paths", "in_filters"), FREE)
def test_free_names_and_paths(text, names, paths, in_filters):
    expression = parse(text)
    assert (expression.names, expression.paths, expression.filter_names) == (names, paths, in_filters)


def test_the_value_under_test_is_no_name_from_outside():
    assert parse_unary_tests("? > limit, other").names == {"limit", "other"}


def test_parsed_expressions_are_shared():
    assert parse("1 + 1", ["a"]) is parse("1 + 1", ["a"])
    assert parse("1 + 1").text == "1 + 1"
