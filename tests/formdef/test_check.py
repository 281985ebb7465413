"""What is found in forms that are wrong, unwise or hostile; nothing in them is ever run."""

import json
import time

import pytest

from app.formdef import FormError, check_form, parse_form
from app.formdef.patterns import MAX_MATCHED, fits, pattern_fault
from tests.formdef.make import component, options, source

EN = {"en": {"": {"title": "Small", "submit": "Send"}, "field": {"label": "Field"}}}


def codes(given):
    return {(finding.severity, finding.code) for finding in check_form(given)}


def test_a_sound_form_has_no_findings():
    assert check_form(source(component("text"), translations=EN)) == []


def test_a_missing_translation_is_a_warning_with_its_place():
    found = check_form(source(component("radio", values=options("yes")), translations=EN))

    assert [(one.path, one.severity, one.code) for one in found] == [("field=yes", "warning", "missing_translation")]


WRONG = {
    "unknown type": ([{"type": "iframe", "key": "x"}], "unknown_type"),
    "unknown own type": ([component("text", properties={"zeleno:type": "python"})], "unknown_type"),
    "type that is a list": ([{"type": ["text"], "key": "x"}], "unknown_type"),
    "time of day": ([component("date", subtype="datetime")], "unknown_type"),
    "key twice": ([component("text"), component("number")], "duplicate_key"),
    "reserved key": ([component("text", "typename")], "bad_key"),
    "leading underscore": ([component("text", "_unknown")], "bad_key"),
    "dunder": ([component("text", "__class__")], "bad_key"),
    "word of FEEL": ([component("text", "return")], "bad_key"),
    "no key": ([{"type": "textfield", "label": "x"}], "bad_key"),
    "key of letters we do not take": ([component("text", "поле")], "bad_key"),
    "hide is no FEEL": ([component("text", conditional={"hide": "=) or ("})], "bad_feel"),
    "hide is code": ([component("text", conditional={"hide": "=__import__('os').system('true')"})], "bad_feel"),
    "template code in a default": ([component("text", properties={"zeleno:default": "{{ config }}"})], "bad_feel"),
    "FEEL without end": ([component("text", conditional={"hide": "=" + "1+" * 5000 + "1"})], "bad_feel"),
    "deep FEEL": ([component("text", conditional={"hide": "=" + "(" * 900 + "1" + ")" * 900})], "bad_feel"),
    "required if": ([component("text", properties={"zeleno:requiredIf": "=if"})], "bad_feel"),
    "condition on a later field": (
        [component("text", "a", conditional={"hide": "=b = 1"}), component("number", "b")],
        "later_field",
    ),
    "always hidden": (
        [component("text", validate={"required": True}, conditional={"hide": "=true"})],
        "required_hidden",
    ),
    "required but only shown": ([component("computed", validate={"required": True})], "required_shown_only"),
    "lengths": ([component("text", validate={"minLength": 9, "maxLength": 3})], "contradiction"),
    "range": ([component("number", validate={"min": 9, "max": 3})], "contradiction"),
    "limit is no number": ([component("number", validate={"min": "много"})], "bad_number"),
    "length is no number": ([component("text", validate={"maxLength": -1})], "bad_number"),
    "rows without end": (
        [component("table", components=[component("text", "a")], properties={"zeleno:maxRows": "99999"})],
        "bad_number",
    ),
    "runaway pattern": ([component("text", validate={"pattern": "(a+)+b"})], "bad_pattern"),
    "broken pattern": ([component("text", validate={"pattern": "[a"})], "bad_pattern"),
    "no options": ([component("radio")], "no_options"),
    "options twice": ([component("radio", values=options("a", "a"))], "bad_options"),
    "options without end": ([component("radio", values=options(*map(str, range(5000))))], "bad_options"),
    "table in a table": (
        [component("table", components=[component("table", "b", components=[component("text", "c")])])],
        "bad_column",
    ),
    "table without columns": ([component("table", components=[])], "bad_columns"),
    "column twice": (
        [component("table", components=[component("text", "a"), component("text", "a")])],
        "duplicate_key",
    ),
    "fields without end": ([component("text", f"k{number}") for number in range(300)], "too_many_fields"),
    "group in a group": ([{"type": "group", "components": [{"type": "group", "components": []}]}], "unknown_type"),
    "components are no list": ({"a": 1}, "bad_components"),
}


@pytest.mark.parametrize(("components", "code"), WRONG.values(), ids=WRONG)
def test_wrong_parts_are_named_and_such_a_form_is_not_used(components, code):
    given = {**source(), "components": components}

    assert ("error", code) in codes(given)
    if code not in ("later_field", "required_hidden", "required_shown_only", "contradiction"):
        with pytest.raises(FormError):
            parse_form(given)


def test_a_button_must_follow_a_field_with_given_answers():
    submit = {"field": "field", "labels": {"a": {"bg": "А", "en": "A"}}, "then": {}}

    assert ("error", "bad_submit") in codes(source(component("text"), submit=submit))
    missing = {
        one.path
        for one in check_form(source(component("radio", values=options("a", "b")), submit=submit))
        if one.code == "missing_submit"
    }
    assert missing == {"submit.labels.b", "submit.then.a", "submit.then.b"}


DEEP = {"id": "deep", "components": []}
for _ in range(200):
    DEEP = {"id": "deep", "components": [DEEP]}

HOSTILE = [
    b"",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"{",
    b'{"id": NaN}',
    b'{"id": "a", "id": "b"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"id": "' + b"a" * 300_000 + b'"}',
    json.dumps({"id": "x", "components": [{"type": "group", "components": [1]}]}),
    json.dumps({"id": "x", "translations": [], "components": []}),
    json.dumps({"id": "x", "translations": {"en": []}, "components": []}),
    json.dumps({"id": "x", "submit": [], "components": []}),
    json.dumps(
        {
            "id": {"$ne": 1},
            "title": ["x"],
            "components": [{"type": "textfield", "key": "a", "properties": [], "validate": "x"}],
        }
    ),
    DEEP,
    {"id": "x", "components": [component("radio", values=[None, 1, {"value": []}])]},
    {"id": "x", "components": [component("text", properties={"zeleno:type": ["cpv"]})]},
]


@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_gets_findings_quickly_and_never_an_exception(given):
    begun = time.perf_counter()
    found = check_form(given)

    assert any(finding.severity == "error" for finding in found)
    assert all(finding.message["bg"] and finding.message["en"] for finding in found)
    assert time.perf_counter() - begun < 1
    with pytest.raises(FormError):
        parse_form(given)


@pytest.mark.parametrize("more", [b" " * 300_000, b"[" * 20 + b"]" * 20], ids=["size", "depth"])
def test_a_sound_form_is_refused_when_it_is_too_big_or_too_deep(more):
    sound = json.dumps(source(component("text"), translations=EN)).encode()
    given = sound + more if more.isspace() else sound[:-1] + b', "more": ' + more + b"}"

    assert check_form(sound) == []
    assert [finding.code for finding in check_form(given)] == ["unreadable"]


UNSAFE = [
    "(a+)+",
    "(a|a)*",
    "(?:a*)*b",
    r"(a)\1",
    "(?=a)",
    r"\[(a+)+]",
    "a*b*c*d",
    "a?" * 20 + "a" * 20,
    "(a|b)" * 9,
    "x" * 101,
]


@pytest.mark.parametrize("pattern", UNSAFE)
def test_patterns_that_could_run_away_are_refused(pattern):
    assert pattern_fault(pattern)


@pytest.mark.parametrize("pattern", [r"[0-9]{4}-[0-9]{6}", "[А-Я]{2}[0-9]*", r"[^]a]+", ".*a.*"])
def test_plain_patterns_are_taken_and_are_quick_on_the_longest_text(pattern):
    begun = time.perf_counter()

    assert pattern_fault(pattern) == ""
    assert not fits(pattern, "b" * (MAX_MATCHED - 1) + "]")
    assert time.perf_counter() - begun < 0.5
