"""Hostile texts end within the budget, which counts steps and sizes and not the clock."""

import threading

import pytest

from app.feel import Budget, FeelBudgetError, FeelError, parse, parse_unary_tests

DOUBLINGS = ", ".join(f"{chr(98 + n)}: {chr(97 + n)} + {chr(97 + n)}" for n in range(24))
PAIRS = ", ".join(f"{chr(98 + n)}: [{chr(97 + n)}, {chr(97 + n)}]" for n in range(24))

HOSTILE = [
    "for i in 1..1000000000 return i",
    "count(for i in 1..1000000000 return 1)",
    "some i in 1..1000000000 satisfies false",
    "every i in 1..1000000000 satisfies true",
    "for i in [1..1000000000] return i",
    "for i in 1..1E30 return i",
    "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
    "for a in 1..1000 return for b in 1..1000 return for c in 1..1000 return 1",
    "sum(for a in 1..9000 return sum(for b in 1..9000 return b))",
    'for d in @"0001-01-01"..@"9999-12-31" return d',
    f'{{a: "xxxxxxxxxxxxxxxx", {DOUBLINGS}}}.y',
    f"{{a: 1, {PAIRS}}}",
    f"{{a: 1, {PAIRS}}}.y = {{a: 1, {PAIRS}}}.x",
    f"string({{a: 1, {PAIRS}}})",
    f"flatten({{a: 1, {PAIRS}}}.y)",
    "for i in 1..40 return partial",
    "{f: function(g) g(g), r: f(f)}.r",
    "{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r",
    "big[big[big[item > 0] = []] = []]",
    "distinct values(for a in big return [a])",
    "for a in big return string(big)",
    "sort(big, function(x, y) count(big[item > 3]) > 1)",
    'matches(long, "(.*.*.*.*.*)*y")',
    "concatenate(" + ", ".join(["big"] * 100) + ")",
    'replace(long, "x", long)',
    "string join(for a in big return long)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_expressions_run_out_of_budget(text):
    expression = parse(text)
    with pytest.raises(FeelBudgetError) as caught:
        expression.evaluate({"big": list(range(1000)), "long": "x" * 20_000})
    assert caught.value.words["bg"] != caught.value.words["en"]


DEEP = [
    "(" * 500 + "1" + ")" * 500,
    "[" * 500 + "1" + "]" * 500,
    "-" * 500 + "1",
    "not(" * 300 + "true" + ")" * 300,
    "{a: " * 200 + "1" + "}" * 200,
    "if true then " * 100 + "1" + " else 2" * 100,
    "x" + "[1]" * 400,
    "x" + ".a" * 0 + "[item" * 100,
    "f" + "(1)" * 300,
    "for i in " * 100 + "1",
    "x instance of " + "list<" * 200 + "number" + ">" * 200,
    "a" * 2001,
    "1" + "+1" * 1001,
]


@pytest.mark.parametrize("text", DEEP)
def test_texts_too_deep_or_too_long_do_not_parse(text):
    with pytest.raises(FeelError):
        parse(text, ["f", "x"])


def test_long_flat_texts_are_no_trouble():
    assert parse("1" + "+1" * 900).evaluate({}) == 901
    assert parse(" and ".join(["true"] * 200)).evaluate({}) is True
    assert parse_unary_tests(", ".join(str(n) for n in range(300))).matches(299, {}) is True


def test_a_longer_limit_can_be_asked_for():
    assert len(parse(f'"{"a" * 3000}"', limit=4000).evaluate({})) == 3000


def test_values_of_the_context_are_bounded_too():
    circle = []
    circle.append(circle)
    for value in (circle, list(range(20_000))):
        with pytest.raises(FeelBudgetError):
            parse("x").evaluate({"x": value})


def test_unknown_objects_count_as_null():
    assert parse("x = null").evaluate({"x": object()}) is True
    assert parse("x.__class__").evaluate({"x": object()}) is None
    assert parse('"".__class__').evaluate({}) is None


SMALL = [
    ("a + a", {"length": 100}, "characters"),
    ("[a, a][item = a]", {"steps": 5}, "steps"),
    ("for i in 1..20 return i", {"items": 10}, "items"),
    ("concatenate([1, 2, 3], [4, 5, 6])", {"items": 5}, "items"),
    ("{f: function(g, n) if n = 0 then 0 else g(g, n - 1), r: f(f, 9)}.r", {"levels": 5}, "levels"),
]


@pytest.mark.parametrize(("text", "limits", "what"), SMALL)
def test_each_limit_stops_what_it_counts(text, limits, what):
    expression = parse(text)
    expression.evaluate({"a": "x" * 60})
    with pytest.raises(FeelBudgetError) as caught:
        expression.evaluate({"a": "x" * 60}, budget=Budget(**limits))
    assert what in caught.value.words["en"]


def test_one_budget_can_be_shared():
    budget = Budget(steps=2000)
    expression = parse("for i in 1..100 return i")
    with pytest.raises(FeelBudgetError):
        for _ in range(10):
            expression.evaluate({}, budget=budget)


def test_ordinary_conditions_cost_almost_nothing():
    budget = Budget()
    parse('request.value > 1000 and request.group in ("paper", "food")').evaluate(
        {"request": {"value": 5000, "group": "paper"}}, budget=budget
    )
    assert budget.steps > 99_900


def test_threads_share_expressions():
    expression = parse("{f: function(x) x + n, r: for i in 1..50 return f(i)}.r[50]")
    results = {}

    def work(number):
        results[number] = [expression.evaluate({"n": number}) for _ in range(20)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: [number + 50] * 20 for number in range(6)}
