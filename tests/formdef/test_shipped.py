"""The forms that come with the product: complete in both languages, with the answers the process routes by."""

import re
from pathlib import Path

import pytest

from app.formdef import check_form, parse_form
from app.formdef.lint import all_words

FOLDER = Path(__file__).parents[2] / "forms"
FORMS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}
LATIN_ALLOWED = {"CPV", "NUTS", "DNSH", "EUR"}

ROUTES = {
    ("triage", "decision"): ["answer_now", "open_case", "ask", "redirect", "decline"],
    ("triage", "size"): ["S", "M", "L"],
    ("triage", "legal"): ["yes", "no"],
    ("assessment", "council_need"): ["no", "yes"],
    ("overview_check", "decision"): ["ok", "widen_region", "relax_criterion", "open_consultation"],
    ("second_check", "decision"): ["ok", "return"],
    ("reply", "decision"): ["will_use", "use_partly", "change", "not_useful"],
    ("chair_decision", "decision"): ["support", "oppose", "no_opinion"],
    ("phone_call", "decision"): ["continue", "close"],
    ("outcome", "published"): ["yes", "later", "no"],
    ("vote", "position"): ["support", "support_with_remarks", "oppose", "abstain"],
}


def test_every_form_of_the_process_is_there():
    assert set(FORMS) == {form for form, _key in ROUTES} | {"request", "missing", "legal_check", "advice"}


@pytest.mark.parametrize("key", FORMS)
def test_a_shipped_form_has_nothing_to_mend(key):
    assert check_form(FORMS[key]) == []
    assert parse_form(FORMS[key]).key == key


@pytest.mark.parametrize("key", FORMS)
def test_bulgarian_texts_are_bulgarian_and_english_ones_english(key):
    for place, words in all_words(parse_form(FORMS[key])):
        latin = set(re.findall("[A-Za-z]{2,}", words["bg"])) - LATIN_ALLOWED
        assert not latin, (place, words["bg"])
        assert not re.search("[А-Яа-я]", words["en"]), (place, words["en"])


@pytest.mark.parametrize(("key", "field"), ROUTES)
def test_the_process_finds_the_answers_it_routes_by(key, field):
    assert [option.value for option in parse_form(FORMS[key]).field(field).options] == ROUTES[key, field]


@pytest.mark.parametrize("key", FORMS)
def test_no_line_above_a_button_promises_a_mail(key):
    submit = parse_form(FORMS[key]).submit

    for words in (submit.then, *submit.thens.values()):
        assert not re.search("mail|писмо|имейл|поща", f"{words.get('bg')} {words.get('en')}", re.IGNORECASE)


def test_the_button_says_its_result_and_never_just_complete():
    for source in FORMS.values():
        submit = parse_form(source).submit
        labels = [submit.label, *submit.labels.values()]
        assert not {words.get("bg") for words in labels} & {"Завърши", "Изпрати", "Запази"}


def test_a_quick_question_has_at_most_six_inputs():
    form = parse_form(FORMS["request"])

    assert [field.key for field in form.fields if field.quick] == ["help_kind", "question", "stage", "title", "contact"]
    assert [page.key for page in form.pages] == ["help", "purchase", "figures", "documents", "check"]


def test_tables_ask_for_the_columns_the_process_reads():
    form = parse_form(FORMS["assessment"])

    assert [column.key for column in form.field("mandatory").columns] == ["rule", "applies", "source"]
    assert [option.value for option in form.field("mandatory").columns[1].options] == ["yes", "no", "unclear"]
