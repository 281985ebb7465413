"""What the product ships with, and the answers it gives."""

from datetime import date
from decimal import Decimal

import pytest

from app.db import db
from app.domain.reference.models import CpvCode, ExchangeRate, GreenLabel, LegalRule, Municipality, ProductGroup
from app.domain.reference.operations import load_shipped_reference
from app.domain.reference.queries import (
    cpv_search,
    find_cpv,
    get_cpv,
    guidance_for,
    in_eur,
    nuts_children,
    nuts_known,
    nuts_name,
    nuts_older,
    product_group_for,
    rules_on,
    threshold_on,
)
from app.domain.reference.rules import concerns, holds_on, longest_prefix, stem, to_eur
from app.errors import NotFound
from app.notices import Money

MODELS = (CpvCode, ExchangeRate, GreenLabel, LegalRule, Municipality, ProductGroup)
NOW = date(2026, 11, 23)


@pytest.fixture
def shipped(app):
    load_shipped_reference()


def counts():
    return {model.__tablename__: db.session.query(model).count() for model in MODELS}


def test_loading_twice_is_loading_once(any_db_app):
    load_shipped_reference()
    first = counts()

    load_shipped_reference()

    assert counts() == first
    assert first == {
        "cpv_code": 302,
        "exchange_rate": 1,
        "green_label": 22,
        "legal_rule": 40,
        "municipality": 0,
        "product_group": 20,
    }


def test_an_edited_rule_stays_as_a_person_left_it(shipped):
    edited, untouched = db.session.query(LegalRule).order_by(LegalRule.id).limit(2)
    edited.source, edited.rev = "Прочетено в Държавен вестник", 2
    untouched.source = "an older shipped text"

    load_shipped_reference()

    assert edited.source == "Прочетено в Държавен вестник"
    assert untouched.source != "an older shipped text"


@pytest.mark.parametrize(
    ("cpv", "group"),
    [
        ("34928500", "road-lighting"),
        ("55524000", "food-catering"),
        ("30213000", "computers"),
        ("34144511", "road-transport"),
        ("30197643", "paper"),
        ("90911200", "indoor-cleaning"),
        ("30125100", "imaging"),
        ("30232110", "imaging"),  # inside computers, the longer prefix wins
        ("45233221", "paints"),  # inside roads
        ("45233252", "roads"),
        ("09310000", "electricity"),
        ("09100000", None),
        ("09331200", None),
        ("37535200", None),
        ("45000000", None),
        ("", None),
    ],
)
def test_a_code_belongs_to_the_group_of_its_longest_prefix(shipped, cpv, group):
    found = product_group_for(cpv)

    assert (found.key if found else None) == group


@pytest.mark.parametrize(
    ("on", "what", "value"),
    [
        (date(2026, 1, 1), {"nature": "supplies"}, 216_000),
        (date(2025, 12, 31), {"nature": "supplies"}, 221_000),
        (date(2026, 6, 1), {"nature": "services", "buyer": "central"}, 140_000),
        (date(2026, 6, 1), {"nature": "works"}, 5_404_000),
        (date(2024, 6, 1), {"nature": "works", "buyer": "utility"}, 5_538_000),
        (date(2026, 6, 1), {"nature": "services", "is_social": True}, 750_000),
        (date(2026, 6, 1), {"nature": "supplies", "is_social": True}, 216_000),
        (date(2026, 6, 1), {"nature": "services", "buyer": "utility", "is_social": True}, 1_000_000),
        (date(2026, 6, 1), {"nature": "supplies", "buyer": "utility"}, 432_000),
        (date(2026, 6, 1), {"nature": "concession"}, 5_404_000),
        (date(2023, 12, 31), {"nature": "supplies"}, None),
        (date(2028, 1, 1), {"nature": "supplies"}, None),
        (date(2026, 6, 1), {"nature": "supplies", "country": "BG"}, None),
    ],
)
def test_the_threshold_is_that_of_the_day(shipped, on, what, value):
    rule = threshold_on(on, **what)

    assert (rule.value if rule else None) == value
    assert rule is None or (rule.unit, rule.verified, bool(rule.source)) == ("EUR", True, True)


@pytest.mark.parametrize(
    ("group", "country", "on", "keys"),
    [
        ("paper", "BG", NOW, ["BG-N1-1"]),
        ("paper", "BG", date(2024, 7, 29), []),
        ("paper", "IT", NOW, []),
        ("paper", "BG", date(2013, 5, 1), ["NAP.paper"]),
        ("food-catering", "BG", NOW, ["BG-N1-4", "BG-N1-4.organic"]),
        ("computers", "BG", NOW, ["BG-N1-3", "EED.7"]),
        ("computers", "IT", NOW, ["EED.7"]),
        ("road-transport", "IT", NOW, ["CVD", "CVD.light.co2"]),
        ("textiles", "BG", NOW, []),
        (None, "BG", NOW, []),
    ],
)
def test_the_rules_are_those_of_the_day_the_country_and_the_group(shipped, group, country, on, keys):
    assert [rule.key for rule in rules_on(on, country, group)] == keys


def test_the_light_vehicle_limit_changes_at_new_year(shipped):
    def limit(on):
        return [rule.value for rule in rules_on(on, "IT", "road-transport") if rule.key == "CVD.light.co2"]

    assert (limit(date(2025, 12, 31)), limit(date(2026, 1, 1))) == ([50], [0])


def test_a_code_leads_to_its_group_rules_and_labels(shipped):
    guidance = guidance_for("30197643-5", NOW, "BG")

    assert guidance.group.key == "paper"
    assert [rule.key for rule in guidance.mandatory] == ["BG-N1-1"]
    assert {"eu-ecolabel", "blue-angel"} <= {label.key for label in guidance.labels}
    assert guidance.cpv.labels["en"] == "Photocopier paper"
    assert all(rule.source and rule.valid_from for rule in guidance.rules)


def test_a_code_of_no_group_has_no_guidance_but_what_its_own_digits_say(shipped):
    assert guidance_for("09100000", NOW, "BG").group is None
    assert guidance_for("09100000", NOW, "BG").rules == ()
    assert [rule.key for rule in guidance_for("64121100", NOW, "IT").mandatory] == ["CVD"]
    assert guidance_for("", NOW, "BG").rules == ()


def test_a_management_scheme_is_never_proof_of_a_product(shipped):
    labels = {label.key: label for label in db.session.query(GreenLabel)}

    assert [key for key, label in labels.items() if not label.is_product_proof] == ["emas", "iso14001", "iso50001"]


@pytest.mark.parametrize(
    ("money", "value"),
    [
        (Money(Decimal("2826000"), "BGN"), Decimal("1444910.86")),
        ({"amount": Decimal("1.95583"), "currency": "BGN"}, Decimal("1.00")),
        ({"amount": Decimal("100"), "currency": "EUR"}, Decimal("100")),
        (Money(Decimal(5), "GBP"), None),
        (None, None),
    ],
)
def test_euro_are_given_only_where_a_dated_rate_is_known(shipped, money, value):
    found = in_eur(money, date(2017, 6, 15))

    assert (found.value if found else None) == value
    assert found is None or found.source


def test_a_rate_is_not_used_outside_its_days(any_db_app):
    rate = {"currency": "SEK", "units_per_eur": Decimal("11.5"), "source": "ЕЦБ"}
    db.session.add(ExchangeRate(valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 1), **rate))
    sum_of = Money(Decimal("23"), "SEK")

    assert in_eur(sum_of, date(2026, 3, 1)).value == 2
    assert in_eur(sum_of, date(2026, 3, 2)) is None
    assert in_eur(sum_of, date(2026, 2, 28)) is None


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("копирна хартия", "bg", "30197643"),
        ("Хартия за КОПИРНИ", "bg", "30197643"),
        ("photocopier paper", "en", "30197643"),
        ("3019764", "bg", "30197643"),
        ("34928500-3", "en", "34928500"),
        ("обществено осветление", "bg", "34928500"),
        ("улично осветление", "bg", "34928530"),  # no name has both words
        ("храна за ученически столове", "bg", "55524000"),
        ("spaceship", "en", None),
        ("100%", "en", None),
        ("  ", "bg", None),
    ],
)
def test_codes_are_found_by_digits_and_by_words(shipped, text, language, code):
    found = [one.code for one in cpv_search(text, language)]

    assert code in found if code else found == []


def test_a_code_is_found_with_its_check_digit(shipped):
    assert get_cpv("34928500-3").full_code == "34928500-3"
    assert find_cpv("99999999") is None
    with pytest.raises(NotFound):
        get_cpv("99999999")


@pytest.mark.parametrize(
    ("code", "bg", "en"),
    [
        ("BG341", "Бургас", "Burgas"),
        ("BG", "България", "Bulgaria"),
        ("EL", "Гърция", "Greece"),
        ("ITF61", "Cosenza", "Cosenza"),
        ("EL301", "Voreios Tomeas Athinon", "Voreios Tomeas Athinon"),
        ("XX99", "XX99", "XX99"),
    ],
)
def test_regions_have_names(code, bg, en):
    assert (nuts_name(code, "bg"), nuts_name(code, "en")) == (bg, en)


def test_regions_know_their_parts_and_their_past():
    assert nuts_children("BG34") == ["BG341", "BG342", "BG343", "BG344"]
    assert nuts_children("BG341") == [] and nuts_children("??") == []
    assert nuts_known("BG411") and not nuts_known("FR72")
    assert nuts_older("FR72").now == ("FRK1",)
    assert nuts_older("BG411") is None and nuts_older("BG999") is None


def test_the_pure_rules_keep_to_their_words():
    assert longest_prefix("30232110", {"a": ["302"], "b": ["302321"]}) == "b"
    assert longest_prefix("30232110", {"a": [""], "b": ["9"]}) is None
    assert concerns([], [], None, "") and not concerns(["x"], [], None, "")
    assert concerns(["x"], ["34"], "y", "34100000")
    assert to_eur(Decimal("0.0097792"), Decimal("1.95583")) == Decimal("0.01")
    assert (stem("Осветление"), stem("лампи"), stem("чай")) == ("осветлен", "ламп", "чай")
    assert holds_on(LegalRule(valid_from=NOW, valid_until=NOW), NOW)
