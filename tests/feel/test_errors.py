"""What is said, and where, about a text that does not parse; and why a value came out as null."""

import pytest

from app.feel import FeelError, parse, parse_unary_tests

MISTAKES = [
    ("a == 1", 2, "Write “=”"),
    ("a === 1", 2, "Write “=”"),
    ("a && b", 2, "Write “and”"),
    ("a & b", 2, "Write “and”"),
    ("a || b", 2, "Write “or”"),
    ("a <> b", 2, "Write “!=”"),
    ("a !== b", 2, "Write “!=”"),
    ("a => 1", 2, "Write “>=”"),
    ("a =< 1", 2, "Write “<=”"),
    ("!a", 0, "Write “not(…)”"),
    ("a ^ 2", 2, "“**”"),
    ("a % 2", 2, "modulo(a, b)"),
    ("a := 2", 2, "assigned"),
    ("a = 'yes'", 4, "double quotes"),
    ("a = “yes”", 4, "double quotes"),
    ("a = „да“", 4, "double quotes"),
    ('a = "yes', 4, "no closing quote"),
    (r'"a\qb"', 2, "no escape"),
    (r'"\ud800"', 1, "no escape"),
    ("a /* b", 2, "not closed"),
    ("a # b", 2, "no meaning"),
    ("True", 0, "written “true”"),
    ("a = None", 4, "written “null”"),
    ("", 0, "no expression"),
    ("   ", 0, "no expression"),
    ("// only a comment", 0, "no expression"),
    ("1 +", 3, "found the end"),
    ("+ 1", 0, "Expected a value"),
    ("1 2", 2, "Expected an operator"),
    ("(1", 2, "“)”"),
    ("[1, 2", 5, "“]”"),
    ("[1, , 2]", 4, "Expected a value"),
    ("{a 1}", 4, "“:”"),
    ("{a: 1, a: 2}", 7, "given twice"),
    ("if a then b", 11, "“else”"),
    ("if a b", 3, "“a b” is not a known name"),
    ("for i xs", 8, "“in”"),
    ("for i in xs", 11, "“return”"),
    ("some i in xs", 12, "“satisfies”"),
    ("a between 1", 11, "“and”"),
    ("a instance of thing", 14, "a type"),
    ("a.", 2, "after the dot"),
    ("a.1", 1, "operator"),
    ("1 < 2 < 3", 6, "“and”"),
    ("> 5 and < 10", 0, "? > 5 and ? < 10"),
    ("cuont(xs)", 0, "“count”"),
    ("len(xs)", 0, "no function “len”"),
    ("floor()", 0, "floor(n, scale?)"),
    ("floor(1, 2, 3)", 0, "floor(n, scale?)"),
    ("floor(m: 1)", 0, "floor(n, scale?)"),
    ('substring(string: "a", 2)', 9, "cannot be called"),
    ("monthly salry", 0, "“monthly salary”"),
    ('@"yesterday"', 0, "no date, time or duration"),
    ("12345678901234567890123456789012345", 0, "34 digits"),
    ("1e99999999999999999999", 0, "34 digits"),
    ("and", 0, "Expected a value"),
    ("else 1", 0, "Expected a value"),
    ("__import__(os)", 0, "no function"),
    ("().__class__", 1, "Expected a value"),
    ("lambda: 1", 6, "Expected an operator"),
]


@pytest.mark.parametrize(("text", "position", "part"), MISTAKES)
def test_mistakes_are_explained(text, position, part):
    with pytest.raises(FeelError) as caught:
        parse(text, ["monthly salary"] if "monthly" in text else ())

    assert part in caught.value.words["en"]
    assert caught.value.position == position
    assert caught.value.words["bg"] != caught.value.words["en"]


@pytest.mark.parametrize(
    ("cell", "part"), [("", "no expression"), ("1,", "found the end"), ("not(1", "“)”"), ("> 5 or < 3", "joined")]
)
def test_mistakes_in_cells_are_explained(cell, part):
    with pytest.raises(FeelError) as caught:
        parse_unary_tests(cell)
    assert part in caught.value.words["en"]


REASONS = [
    ('1 + "a"', "number + string is not defined."),
    ("1 / 0", "/ has no result here."),
    ('upper case("a") + upper case(5)', "upper case: number is not what this function takes."),
    ("modulo(1, 0)", "modulo has no result for these arguments."),
    ('"a".length', "There is no “length” here."),
    ("xs(1)", "This cannot be called so."),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_a_null_has_its_reason(text, reason):
    warnings = []

    assert parse(text, ["xs"]).evaluate({"xs": 1}, warnings=warnings) is None

    assert reason in [warning["en"] for warning in warnings]
    assert all(set(warning) == {"bg", "en"} for warning in warnings)
