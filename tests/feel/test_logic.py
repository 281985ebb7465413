"""Truth, comparison, ranges, and tests after `in`."""

import pytest

from app.feel import parse, parse_unary_tests
from tests.feel.cases import D, assert_value

T, F, N = True, False, None
TRUTHS = [("true", T), ("false", F), ("null", N), ('"x"', N)]
AND = [[T, F, N, N], [F, F, F, F], [N, F, N, N], [N, F, N, N]]
OR = [[T, T, T, T], [T, F, N, N], [T, N, N, N], [T, N, N, N]]


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("column", range(4))
def test_and_or_follow_three_valued_logic(row, column):
    left, right = TRUTHS[row][0], TRUTHS[column][0]
    assert_value(f"{left} and {right}", AND[row][column])
    assert_value(f"{left} or {right}", OR[row][column])


COMPARISONS = [
    ("1 = 1", T),
    ("1 = 2", F),
    ("1 != 2", T),
    ("1 < 2", T),
    ("2 <= 2", T),
    ("2 > 2", F),
    ("2 >= 2", T),
    ('"a" < "b"', T),
    ('"a" = "a"', T),
    ('"a" = "A"', F),
    ("true = true", T),
    ("true < false", N),
    ("null = null", T),
    ("null != null", F),
    ("1 = null", F),
    ("null = 1", F),
    ("null != 1", T),
    ("missing = null", T),
    ("missing != null", F),
    ("1 < null", N),
    ("null < null", N),
    ('1 = "1"', N),
    ('1 != "1"', N),
    ('1 < "2"', N),
    ("true = 1", N),
    ("[1, 2] = [1, 2]", T),
    ("[1, 2] = [2, 1]", F),
    ("[1] = 1", N),
    ('[1] = ["1"]', N),
    ('[1, 2] = ["1", 3]', F),
    ("[] = []", T),
    ("{a: 1} = {a: 1}", T),
    ("{a: 1, b: 2} = {b: 2, a: 1}", T),
    ("{a: 1} = {b: 1}", F),
    ("[1..3] = [1..3]", T),
    ("[1..3] = [1..3)", F),
    ("[1, 2] < [3]", N),
    ("{} < {}", N),
    ("not(true)", F),
    ("not(false)", T),
    ("not(null)", N),
    ('not("a")', N),
    ("not(missing)", N),
    ("1 = 1 and 2 = 2", T),
    ("1 = 2 or 2 = 2 and 3 = 3", T),
    ("(1 = 1 or 1 = 2) and 1 = 2", F),
    ("all([true, true])", T),
    ("all([true, false])", F),
    ("all([true, null])", N),
    ("all([false, null])", F),
    ("all([])", T),
    ("all(true, false)", F),
    ("any([false, true])", T),
    ("any([false, false])", F),
    ("any([false, null])", N),
    ("any([])", F),
    ("is(1, 1.0)", T),
    ('is(1, "1")', F),
    ("is(null, null)", T),
    ("is defined(missing)", F),
    ("is defined(1)", T),
    ("get or else(missing, 5)", 5),
    ("get or else(1, 5)", 1),
    ("if true then 1 else 2", 1),
    ("if false then 1 else 2", 2),
    ("if null then 1 else 2", 2),
    ('if "x" then 1 else 2', 2),
    ("if 1 > 2 then 1 else if 2 > 1 then 3 else 4", 3),
    ("(if true then 1 else 2) + 1", 2),
]

RANGES = [
    ("5 between 1 and 5", T),
    ("0 between 1 and 5", F),
    ("1 between 1 and 5 and true", T),
    ("null between 1 and 5", N),
    ("5 between null and 4", F),
    ("1 in [1..5]", T),
    ("5 in [1..5]", T),
    ("1 in (1..5]", F),
    ("5 in [1..5)", F),
    ("1 in ]1..5]", F),
    ("5 in [1..5[", F),
    ("4 in ]1..5[", T),
    ("1 in (1..5)", F),
    ("(1) in (1..5)", F),
    ("3 in (1 + 1..5)", T),
    ("3 in ((1 + 1)..5)", T),
    ("null in [1..5]", N),
    ('"b" in ["a".."c"]', T),
    ('1 in ["a".."c"]', N),
    ("3 in > 2", T),
    ("3 in < 2", F),
    ("3 in (> 5, < 4)", T),
    ("3 in (1, 2)", F),
    ("3 in (1, 2, 3)", T),
    ("3 in [1, 2, 3]", T),
    ("3 in ([1..2], [3..4])", T),
    ("3 in [[1..2], [3..4]]", T),
    ("3 in xs", T),
    ('3 in ("a", 4)', N),
    ("null in (null)", T),
    ("[1] in [[1], [2]]", T),
    ('x.status in ("open", "closed")', T),
    ("[1..5].start", 1),
    ("[1..5].end", 5),
    ("[1..5).end included", F),
    ("(1..5].start included", F),
    ("(< 5).end", 5),
    ("(>= 5).start included", T),
    ("3 in r", T),
    ('[1.."a"]', N),
]


@pytest.mark.parametrize(("text", "expected"), COMPARISONS)
def test_comparison_and_truth(text, expected):
    assert_value(text, expected)


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges_and_membership(text, expected):
    context = {"xs": [1, 3], "x": {"status": "open"}, "r": parse("[1..3]").evaluate({})}
    assert_value(text, expected, context)


CELLS = [
    ("-", 1, T),
    ("-", None, T),
    ("1", 1, T),
    ("1", 2, F),
    ("1, 2", 2, T),
    ('"a", "b"', "b", T),
    ('"a", "b"', "c", F),
    ('"a"', None, F),
    ("null", None, T),
    ("null", 1, F),
    ("< 5", 4, T),
    ("< 5", 5, F),
    ("<= 5", 5, T),
    ("> 5", 5, F),
    (">= 5", 5, T),
    ("= 5", 5, T),
    ("!= 5", 5, F),
    ("!= 5", 6, T),
    ("< 5", None, N),
    ("< 5", "a", N),
    ("[1..5]", 5, T),
    ("[1..5)", 5, F),
    ("(1..5)", 1, F),
    ("< 1, > 5", 7, T),
    ("< 1, > 5", 3, F),
    ("not(1)", 2, T),
    ("not(1)", 1, F),
    ("not(1, 2)", 2, F),
    ('not("a")', None, T),
    ("not(< 5)", 6, T),
    ("not(< 5)", None, N),
    ("not([1..5])", 6, T),
    ("true", True, T),
    ("true", False, F),
    ("false", False, T),
    ("true", None, F),
    ("? > 5", 6, T),
    ("? > 5 and ? < 10", 7, T),
    ("? > 5 and ? < 10", 11, F),
    ('contains(?, "x")', "axb", T),
    ('contains(?, "x")', "ab", F),
    ("? + 1", 1, F),
    ("not(? > 5)", 3, T),
    ("limit", 10, T),
    ("< limit", 9, T),
    ("limit * 2", 20, T),
    ("options", "b", T),
    ("options", "z", F),
    ("missing", 1, F),
    ("limit > 5", "whatever", T),
    ("limit < 5", "whatever", F),
    ("list contains(options, ?)", "a", T),
    ('date("2026-01-01")', parse('@"2026-01-01"').evaluate({}), T),
    ('>= date("2026-01-01")', parse('@"2026-03-01"').evaluate({}), T),
    ("-1", -1, T),
    ("- 1", -1, T),
    ("count(?) > 1", [1, 2], T),
]


@pytest.mark.parametrize(("cell", "value", "expected"), CELLS)
def test_cells_of_decision_tables(cell, value, expected):
    context = {"limit": 10, "options": ["a", "b"]}
    assert parse_unary_tests(cell).matches(value, context) is expected


def test_a_cell_knows_whether_it_restricts_and_what_it_names():
    assert parse_unary_tests("-").is_any
    assert not parse_unary_tests("1").is_any
    assert parse_unary_tests("? > request.value").paths == {"request.value"}


def test_numbers_given_as_python_integers_match():
    assert parse_unary_tests("[1..3]").matches(2, {}) is True
    assert parse_unary_tests("2").matches(D("2.00"), {}) is True
