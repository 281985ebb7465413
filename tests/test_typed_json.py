"""Values survive being stored, as what they were, and no text can pass for a typed value."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import typed_json
from app.db import db, unit_of_work
from app.domain.requests.models import Request
from app.feel.values import YearsMonths
from tests.support.rows import bare_row

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(timezones=zones),
    st.timedeltas(),
    st.integers(-5000, 5000).map(YearsMonths),
)
keys = st.one_of(texts, st.sampled_from(["$", "v", "typename"]))
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
)


def same(one, other):
    """Equal and of the same types all the way down: 1, True and Decimal(1) are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Decimal):
        return one.as_tuple() == other.as_tuple()
    if isinstance(one, datetime):
        return one == other and one.utcoffset() == other.utcoffset()
    return one == other


@given(values)
def test_every_value_comes_back_as_it_was(value):
    assert same(typed_json.loads(typed_json.dumps(value)), value)


@given(st.dictionaries(keys, scalars, max_size=6))
def test_equal_objects_give_equal_bytes(value):
    turned = dict(reversed(list(value.items())))

    assert typed_json.dumps(turned) == typed_json.dumps(value)


@given(values)
def test_it_is_plain_json(value):
    json.loads(typed_json.dumps(value))


@pytest.mark.parametrize(
    "faked",
    [
        {"$": "decimal", "v": "1"},
        {"$": "date", "v": "2026-11-23"},
        {"$": "object", "v": {"$": "decimal", "v": "1"}},
        {"$": "nonsense", "v": 1},
        {"$": None},
        {"a": [{"$": "duration", "v": [1, 0, 0]}]},
    ],
)
def test_what_looks_like_a_mark_stays_an_object(faked):
    assert typed_json.loads(typed_json.dumps(faked)) == faked


@pytest.mark.parametrize("value", [1.5, object(), {1: "x"}, {None: 1}, {"a": {2: 3}}, b"x", {1, 2}, [lambda: 0]])
def test_what_is_no_data_is_refused(value):
    with pytest.raises(TypeError):
        typed_json.dumps(value)


def test_a_tuple_becomes_a_list():
    assert typed_json.loads(typed_json.dumps((1, "a"))) == [1, "a"]


def test_answers_survive_the_database(any_db_app):
    answers = {
        "value": {"amount": Decimal("1240.50"), "currency": "EUR"},
        "publish_on": date(2027, 6, 1),
        "at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        "hour": time(10, 30),
        "days": timedelta(days=3, seconds=1),
        "months": YearsMonths(14),
        "lots": [{"title": "Ново „$“", "cpv": None}],
        "$": "decimal",
    }
    with unit_of_work():
        number = bare_row("request", answers=answers)

    assert same(db.session.get_one(Request, number).answers, answers)
