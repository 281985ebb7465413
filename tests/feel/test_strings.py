"""Text: literals, concatenation, the built-ins, and patterns that cannot explode."""

import pytest

from app.feel import Budget, parse
from tests.feel.cases import D, assert_value

STRINGS = [
    ('"abc"', "abc"),
    ('""', ""),
    (r'"a\"b"', 'a"b'),
    (r'"a\\b"', "a\\b"),
    (r'"a\nb\tc"', "a\nb\tc"),
    (r'"\u0436"', "ж"),
    (r'"\U01F40E"', "🐎"),
    (r'"\uD83D\uDC0E"', "🐎"),
    ('"два реда\nтук"', "два реда\nтук"),
    ('"a" + "b" + "c"', "abc"),
    ('"a" + null', None),
    ('"a" + 1', None),
    ('"a" - "b"', None),
    ('string length("foo")', 3),
    (r'string length("\U01F40Eab")', 3),
    ('string length("")', 0),
    ("string length(null)", None),
    ("string length(5)", None),
    ('string length(["abc"])', 3),
    ('upper case("aBc4")', "ABC4"),
    ('upper case("обществена поръчка")', "ОБЩЕСТВЕНА ПОРЪЧКА"),
    ('lower case("aBc4")', "abc4"),
    ('trim("  a b ")', "a b"),
    ('contains("foobar", "of")', False),
    ('contains("foobar", "oba")', True),
    ('contains("foobar", "")', True),
    ('starts with("foobar", "fo")', True),
    ('ends with("foobar", "r")', True),
    ('ends with("foobar", null)', None),
    ('substring("foobar", 3)', "obar"),
    ('substring("foobar", 3, 3)', "oba"),
    ('substring("foobar", -2, 1)', "a"),
    ('substring("foobar", 0)', None),
    ('substring("foobar", 7)', ""),
    ('substring("foobar", -7)', None),
    ('substring("foobar", 3, 0)', None),
    ('substring("foobar", 1.5)', None),
    (r'substring("\U01F40Eab", 2)', "ab"),
    ('substring(string: "foobar", start position: 3)', "obar"),
    ('substring(start position: 3, string: "foobar", length: 2)', "ob"),
    ('substring before("foobar", "bar")', "foo"),
    ('substring before("foobar", "xyz")', ""),
    ('substring before("foobar", "foo")', ""),
    ('substring after("foobar", "ob")', "ar"),
    ('substring after("", "a")', ""),
    ('substring after("foo", "")', "foo"),
    ('string join(["a", "b", "c"], "_and_")', "a_and_b_and_c"),
    ('string join(["a", "b", "c"])', "abc"),
    ('string join(["a", null, "c"], "-")', "a-c"),
    ("string join([])", ""),
    ('string join(["a", 1])', None),
    ('split("John Doe", "\\\\s")', ["John", "Doe"]),
    ('split("a;b;c;;", ";")', ["a", "b", "c", "", ""]),
    ('split("", ";")', [""]),
    ("string(1.1)", "1.1"),
    ("string(1e3)", "1000"),
    ("string(0.000001)", "0.000001"),
    ("string(-0)", "0"),
    ("string(null)", None),
    ("string(true)", "true"),
    ('string("a")', "a"),
    ('string([1, "a", null])', '[1, "a", null]'),
    ("string({a: 1, b: [true]})", "{a: 1, b: [true]}"),
    ('string(@"2026-03-01")', "2026-03-01"),
    ('string(@"P1DT2H")', "P1DT2H"),
    ("string([1..3))", "[1..3)"),
    ('number("1500.25")', D("1500.25")),
    ('number("1 000,5", " ", ",")', D("1000.5")),
    ('number("1.000,5", ".", ",")', D("1000.5")),
    ('number("1,000.5", ",", ".")', D("1000.5")),
    ('number("1000.5", null, ".")', D("1000.5")),
    ('number("1,5", ",", ",")', None),
    ('number("abc")', None),
    ('number("")', None),
    ('number("1_000")', None),
    ('number("1e99999")', None),
    ("number(5)", 5),
    ("number(null)", None),
]

PATTERNS = [
    ('matches("foobar", "^fo*b")', True),
    ('matches("foobar", "fo*bx")', False),
    ('matches("FooBar", "foobar", "i")', True),
    ('matches("a\nb", "a.b")', False),
    ('matches("a\nb", "a.b", "s")', True),
    ('matches("a\nb", "^b$", "m")', True),
    ('matches("hello world", "hello\\\\ world", "x")', True),
    ('matches("hello", "h e l l o", "x")', True),
    ('matches("a.b", "a.b", "q")', True),
    ('matches("axb", "a.b", "q")', False),
    ('matches("abc", "a(b|x)c")', True),
    ('matches("abbbc", "^ab{2,3}c$")', True),
    ('matches("abc", "^ab{2,}c$")', False),
    ('matches("ж1", "^\\\\p{L}\\\\d$")', True),
    ('matches("BG-123", "^[A-Z]{2}-[0-9]+$")', True),
    ('matches("b", "[^a]")', True),
    ('matches("b", "[a-z-[b]]")', False),
    ('matches("c", "[a-z-[b]]")', True),
    ('matches("x", "(")', None),
    ('matches("x", "*")', None),
    ('matches("x", "[z-a]")', None),
    ('matches("x", "a{5,2}")', None),
    ('matches("x", "(?=x)")', None),
    ('matches("x", "(a)\\\\1")', None),
    ('matches("x", "x", "z")', None),
    ('matches("x", null)', None),
    ('replace("abracadabra", "bra", "*")', "a*cada*"),
    ('replace("abracadabra", "a.*a", "*")', "*"),
    ('replace("abracadabra", "a.*?a", "*")', "*c*bra"),
    ('replace("abracadabra", "a", "")', "brcdbr"),
    ('replace("abracadabra", "a(.)", "a$1$1")', "abbraccaddabbra"),
    ('replace("AAAA", "A+?", "b")', "bbbb"),
    ('replace("darted", "^(.*?)d(.*)$", "$1c$2")', "carted"),
    ('replace("abc", "[a-z]", "#", "")', "###"),
    ('replace("a.b", ".", "-", "q")', "a-b"),
    ('replace("abc", "b", "\\\\$")', "a$c"),
    ('replace("abc", "b", "$")', None),
    ('replace("abc", "x*", "-")', None),
    ('extract("references are 1234, 1256", "12[0-9]*")', ["1234", "1256"]),
    ('extract("none", "x")', []),
]


@pytest.mark.parametrize(("text", "expected"), STRINGS)
def test_strings(text, expected):
    assert_value(text, expected)


@pytest.mark.parametrize(("text", "expected"), PATTERNS)
def test_patterns(text, expected):
    assert_value(text, expected)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(a*)*b", "(.*a){12}", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_patterns_that_explode_elsewhere_cost_steps_in_proportion(pattern):
    budget = Budget(30_000)
    text = "a" * 30 + "!"

    parse("matches(text, pattern)").evaluate({"text": text, "pattern": pattern}, budget=budget)

    assert budget.steps > 0
