"""How a notice is read: language, value, places of older versions, what stays unread, and what a request gets."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.notices import Kind, Money, NotUnderstood, ValueFrom, default_relation, read_notice, request_facts

NEVER = date(1990, 1, 1)


def ted(
    contract: str = "",
    *,
    form: str = "F02",
    language: str = "BG",
    procedure: str = "<PT_OPEN/>",
    rest: str = "",
    more: str = "",
) -> bytes:
    """A small TED notice of an invented municipality."""
    return (
        "<TED_EXPORT VERSION='R2.0.9.S05.E01'><CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2026/S 001-000001"
        "</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION>"
        f"<{form}_2014 FORM='{form}' LG='{language}' CATEGORY='ORIGINAL'><CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY>"
        "<OFFICIALNAME>Община Зелен бряг</OFFICIALNAME><TOWN>Зелен бряг</TOWN><COUNTRY VALUE='BG'/><NUTS CODE='BG341'/>"
        "</ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY><OBJECT_CONTRACT><TITLE><P>Осветление на Община Зелен бряг</P>"
        "</TITLE><CPV_MAIN><CPV_CODE CODE='34928500'/></CPV_MAIN><TYPE_CONTRACT CTYPE='SUPPLIES'/>"
        f"<SHORT_DESCR><P>Лампи.</P></SHORT_DESCR>{contract}</OBJECT_CONTRACT><PROCEDURE>{procedure}</PROCEDURE>"
        f"{rest}</{form}_2014>{more}</FORM_SECTION></TED_EXPORT>"
    ).encode()


def lot(number, inside=""):
    return f"<OBJECT_DESCR><TITLE><P>Позиция {number}</P></TITLE><LOT_NO>{number}</LOT_NO>{inside}</OBJECT_DESCR>"


def worth(amount, currency="BGN"):
    return f"<VAL_OBJECT CURRENCY='{currency}'>{amount}</VAL_OBJECT>"


DIVIDED = "<LOT_DIVISION/>"
DUE = (
    "<PT_OPEN/><DATE_RECEIPT_TENDERS>2026-03-02</DATE_RECEIPT_TENDERS>"
    "<TIME_RECEIPT_TENDERS>17:00</TIME_RECEIPT_TENDERS>"
)


def test_of_several_languages_bulgarian_is_taken_then_english_then_the_original():
    def other(language):
        contract = f"<OBJECT_CONTRACT><TITLE><P>{language}</P></TITLE></OBJECT_CONTRACT>"
        return f"<F02_2014 FORM='F02' LG='{language}' CATEGORY='TRANSLATION'>{contract}</F02_2014>"

    assert read_notice(ted(language="DE", more=other("EN") + other("BG"))).title == "BG"
    assert read_notice(ted(language="DE", more=other("EN") + other("FR"))).title == "EN"
    assert read_notice(ted(language="DE", more=other("FR"))).language == "de"


def test_raised_letters_and_paragraphs_keep_their_place():
    paragraphs = "<P>Площ 40 м<FT TYPE='SUP'>2</FT>.</P><P>Две.</P>"

    notice = read_notice(ted(f"<OBJECT_DESCR><SHORT_DESCR>{paragraphs}</SHORT_DESCR></OBJECT_DESCR>"))

    assert notice.description == "Лампи.\n\nПлощ 40 м2.\nДве."


@pytest.mark.parametrize(
    ("contract", "value", "source"),
    [
        ("<VAL_ESTIMATED_TOTAL CURRENCY='BGN'>1 200,50</VAL_ESTIMATED_TOTAL>", "1200.50", ValueFrom.ESTIMATED),
        (DIVIDED + lot(1, worth(10)) + lot(2, worth(5)), "15", ValueFrom.LOTS_SUM),
        (DIVIDED + lot(1, worth(10)) + lot(2), None, ValueFrom.NOT_GIVEN),
        (DIVIDED + lot(1, worth(10)) + lot(2, worth(5, "EUR")), None, ValueFrom.NOT_GIVEN),
        ("<VAL_RANGE_TOTAL CURRENCY='BGN'><LOW>10</LOW><HIGH>20</HIGH></VAL_RANGE_TOTAL>", "20", ValueFrom.RANGE),
        ("", None, ValueFrom.NOT_GIVEN),
    ],
)  # fmt: skip
def test_the_value_says_where_it_comes_from(contract, value, source):
    notice = read_notice(ted(contract))

    assert (notice.value, notice.value_from) == (Money(Decimal(value), "BGN") if value else None, source)


def test_two_contracts_of_the_same_value_count_twice():
    value = "<VALUES><VAL_TOTAL CURRENCY='BGN'>7</VAL_TOTAL></VALUES>"
    award = f"<AWARD_CONTRACT><AWARDED_CONTRACT>{value}</AWARDED_CONTRACT></AWARD_CONTRACT>"

    notice = read_notice(ted(form="F03", rest=award + award))

    assert (notice.value, notice.value_from) == (Money(Decimal(14), "BGN"), ValueFrom.AWARDS_SUM)


def test_the_hour_of_the_deadline_is_the_buyers_hour():
    notice = read_notice(ted(procedure=DUE))

    assert notice.deadline.astimezone(UTC) == datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("BG341", None),
        ("MD", None),
        ("FR22", "The region FR22 is of NUTS 2013; today it is FRE2."),
        ("FI195", "The region FI195 is of NUTS 2021; today it is FI19A."),
        ("BG999", "The region BG999 is not in NUTS 2024; it is probably of an older version."),
    ],
)
def test_a_region_of_an_older_version_is_said(place, words):
    notice = read_notice(ted(f"<OBJECT_DESCR><NUTS CODE='{place}'/></OBJECT_DESCR>"))

    assert notice.nuts == (place,)
    assert [one.words["en"] for one in notice.not_understood if one.place == "place"] == ([words] if words else [])


def test_what_is_not_read_or_not_known_is_named_with_its_place():
    contract = "<VAL_TOTAL CURRENCY='XQQ'>5</VAL_TOTAL><VAL_ESTIMATED_TOTAL CURRENCY='EUR'>много</VAL_ESTIMATED_TOTAL>"
    notice = read_notice(
        ted(contract, procedure="<PT_RESTRICTED/>", rest="<NEW_PART><HINT>Нещо ново</HINT></NEW_PART>")
    )

    assert {(one.place, one.words["en"]) for one in notice.not_understood} == {
        ("CURRENCY", "Unknown currency: XQQ"),
        ("VAL_ESTIMATED_TOTAL", "An amount that was not understood: много"),
        ("PROCEDURE", "The procedure “PT_RESTRICTED” has no counterpart in our list; choose it yourself."),
        ("NEW_PART/HINT", "Not read by us: Нещо ново"),
    }
    assert all(isinstance(one, NotUnderstood) for one in notice.not_understood)


@pytest.mark.parametrize(
    ("form", "procedure", "today", "relation"),
    [
        ("F02", DUE, date(2026, 3, 1), "own"),
        ("F02", DUE, date(2026, 3, 2), "own"),
        ("F02", DUE, date(2026, 3, 3), "model"),
        ("F02", "<PT_OPEN/>", date(2026, 3, 3), "own"),
        ("F01", "<PT_OPEN/>", date(2026, 3, 3), "own"),
        ("F03", "<PT_OPEN/>", NEVER, "model"),
        ("F13", "<PT_OPEN/>", NEVER, "model"),
        ("F20", "<PT_OPEN/>", NEVER, "model"),
    ],
)
def test_a_purchase_that_is_over_can_only_be_a_model(form, procedure, today, relation):
    assert default_relation(read_notice(ted(form=form, procedure=procedure)), today) == relation


FULL = (
    DIVIDED
    + "<VAL_ESTIMATED_TOTAL CURRENCY='BGN'>90</VAL_ESTIMATED_TOTAL>"
    + lot(1, "<NUTS CODE='BG341'/><CPV_ADDITIONAL><CPV_CODE CODE='34993000'/></CPV_ADDITIONAL><EU_PROGR_RELATED/>")
    + lot(2, "<NUTS CODE='BG344'/><VAL_OBJECT CURRENCY='BGN'>40</VAL_OBJECT>")
)


def test_an_own_notice_fills_the_request():
    assert request_facts(read_notice(ted(FULL, procedure=DUE)), "own") == {
        "notice_relation": "own",
        "title": "Осветление на Община Зелен бряг",
        "description": "Лампи.",
        "cpv": "34928500",
        "nature": "supplies",
        "value": {"amount": Decimal(90), "currency": "BGN"},
        "lots": [
            {"title": "Позиция 1", "cpv": "34993000", "value": None},
            {"title": "Позиция 2", "cpv": "34928500", "value": {"amount": Decimal(40), "currency": "BGN"}},
        ],
        "procedure": "open",
        "place": "BG34",
        "tender_deadline": date(2026, 3, 2),
        "stage": "published",
        "funding": "eu",
    }


def test_a_model_gives_only_its_text_and_never_the_buyer():
    facts = request_facts(read_notice(ted(FULL, procedure=DUE)), "model")

    assert facts == {
        "notice_relation": "model",
        "title": "Осветление на [възложител]",
        "description": "Лампи.",
        "cpv": "34928500",
        "lots": [{"title": "Позиция 1", "cpv": "34993000"}, {"title": "Позиция 2", "cpv": "34928500"}],
    }


def test_a_title_too_long_for_its_field_stands_whole_in_the_description():
    xml = ted().decode().replace("Осветление на Община Зелен бряг", "дума " * 60)

    facts = request_facts(read_notice(xml.encode()), "own")

    assert len(facts["title"]) <= 200 and facts["title"].endswith("дума…")
    assert facts["description"].startswith(("дума " * 60).strip())


def test_a_notice_of_a_qualification_system_is_one_whatever_it_calls_for():
    assert read_notice(ted(form="F07")).kind is Kind.QUALIFICATION
