"""Numbers: literals, exact arithmetic, precedence, and the built-ins on them."""

import decimal

import pytest

from app.feel import parse
from tests.feel.cases import D, assert_value

ARITHMETIC = [
    ("1", 1),
    ("0.5", D("0.5")),
    (".5", D("0.5")),
    ("-7", -7),
    ("--7", 7),
    ("- 7", -7),
    ("1.5e3", 1500),
    ("1E-2", D("0.01")),
    ("1 + 2", 3),
    ("1+2*3", 7),
    ("(1+2)*3", 9),
    ("10 - 4 - 3", 3),
    ("24 / 4 / 2", 3),
    ("24 / 4 * 2", 12),
    ("2 ** 3", 8),
    ("2 ** 3 ** 2", 64),
    ("-3 ** 2", 9),
    ("2 * 3 ** 2", 18),
    ("2 ** -1", D("0.5")),
    ("4 ** 0.5", 2),
    ("0.1 + 0.2", D("0.3")),
    ("0.1 + 0.2 = 0.3", True),
    ("1.1 * 1.1", D("1.21")),
    ("1 / 3", D("0.3333333333333333333333333333333333")),
    ("2 / 3", D("0.6666666666666666666666666666666667")),
    ("9999999999999999999999999999999999 + 1", D("1E34")),
    ("1234567890123456789012345678901234 - 1", D("1234567890123456789012345678901233")),
    ("-1234567890123456789012345678901234", D("-1234567890123456789012345678901234")),
    ("100 = 1E2", True),
    ("1.0 = 1.00", True),
    ("1 / 0", None),
    ("0 / 0", None),
    ("0 ** -1", None),
    ("-8 ** 0.5", None),
    ("10 ** 7000", None),
    ("10 ** 1000000000", None),
    ("9 ** 9 ** 9 ** 9 ** 9 ** 9", None),
    ("0 ** 0", None),
    ("1 + null", None),
    ("null + null", None),
    ('1 + "1"', None),
    ("true + 1", None),
    ("[1] + 1", None),
    ("-null", None),
    ('-"a"', None),
    ("a + b", 5),
    ("a - b * 2", -4),
    ("big", D("12345.678")),
    ("missing + 1", None),
    ("1 // a comment\n + 2", 3),
    ("1 /* between */ + /* two\nlines */ 2", 3),
]

FUNCTIONS = [
    ("decimal(1/3, 2)", D("0.33")),
    ("decimal(1.5, 0)", 2),
    ("decimal(2.5, 0)", 2),
    ("decimal(0.515, 2)", D("0.52")),
    ("decimal(1234, -2)", D("1200")),
    ("decimal(1, 40)", 1),
    ("decimal(1, 1.5)", None),
    ("decimal(1, 99999)", None),
    ("floor(1.5)", 1),
    ("floor(-1.5)", -2),
    ("floor(-1.56, 1)", D("-1.6")),
    ("ceiling(1.5)", 2),
    ("ceiling(-1.5)", -1),
    ("ceiling(-1.56, 1)", D("-1.5")),
    ("round up(5.5, 0)", 6),
    ("round up(-5.5, 0)", -6),
    ("round up(1.121, 2)", D("1.13")),
    ("round down(5.5, 0)", 5),
    ("round down(-5.5, 0)", -5),
    ("round half up(5.5, 0)", 6),
    ("round half up(-5.5, 0)", -6),
    ("round half up(1.126, 2)", D("1.13")),
    ("round half down(5.5, 0)", 5),
    ("round half down(-5.5, 0)", -5),
    ("round half down(1.126, 2)", D("1.13")),
    ("abs(-10)", 10),
    ("abs(10)", 10),
    ('abs(@"-P3D") = @"P3D"', True),
    ('abs(@"-P3M") = @"P3M"', True),
    ('abs("a")', None),
    ("modulo(12, 5)", 2),
    ("modulo(-12, 5)", 3),
    ("modulo(12, -5)", -3),
    ("modulo(-12, -5)", -2),
    ("modulo(10.1, 4.5)", D("1.1")),
    ("modulo(-10.1, 4.5)", D("3.4")),
    ("modulo(10, 0)", None),
    ("sqrt(16)", 4),
    ("sqrt(-3)", None),
    ("log(1)", 0),
    ("log(0)", None),
    ("decimal(exp(1), 5)", D("2.71828")),
    ("exp(100000)", None),
    ("odd(5)", True),
    ("odd(-5)", True),
    ("odd(2)", False),
    ("even(4)", True),
    ("even(5.5)", False),
    ("abs(n: -3)", 3),
    ("floor(null)", None),
    ('floor("1")', None),
    ("floor([1.5])", 1),
    ("floor([1.5, 2])", None),
]


@pytest.mark.parametrize(("text", "expected"), ARITHMETIC)
def test_arithmetic(text, expected):
    assert_value(text, expected, {"a": 2, "b": D(3), "big": 12345.678})


@pytest.mark.parametrize(("text", "expected"), FUNCTIONS)
def test_functions_on_numbers(text, expected):
    assert_value(text, expected)


def test_the_decimal_context_of_others_is_neither_used_nor_changed():
    with decimal.localcontext() as context:
        context.prec = 3
        context.clear_flags()
        assert parse("1 / 3 + 0").evaluate({}) == D("0.3333333333333333333333333333333333")
        assert parse("-x").evaluate({"x": D("1.23456")}) == D("-1.23456")
        assert parse("sum([1.2345, 1])").evaluate({}) == D("2.2345")
        assert not any(context.flags.values())


def test_numbers_of_the_context_are_kept_exact():
    context = {"whole": 3, "broken": D("NaN"), "endless": D("Infinity"), "vast": D("1E9999"), "float": 0.1}
    values = parse("[whole, broken, endless, vast, float]").evaluate(context)
    assert values == [D(3), None, None, None, D("0.1")]
