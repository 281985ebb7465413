"""Nothing that stands in a shared notice may be missing from what was read.

What stands there is found here with the standard library's own XML reader and plain names, not with the reader's code.
"""

import re
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from xml.etree import ElementTree

import pytest

from app.notices import read_notice, request_facts
from app.typed_json import dumps
from tests.notices.shared_notices import shared_bytes, shared_notice_names

TED_TEXTS = ("TITLE", "SHORT_DESCR", "AC_CRITERION", "AC_WEIGHTING", "MAIN_SITE", "REFERENCE_NUMBER")
LONG_TEXTS = ("EU_PROGR_RELATED", "OPTIONS_DESCR", "RENEWAL_DESCR", "INFO_ADD", "SUITABILITY", "PERFORMANCE_CONDITIONS")
MONEY = re.compile(r"^-?\d+([.,]\d+)?$")


def plain(element):
    return element.tag.rsplit("}", 1)[-1]


def words(element):
    return " ".join("".join(element.itertext()).split())


def everything(value):
    """Every text, number and date anywhere in a value, as text."""
    if is_dataclass(value):
        for one in fields(value):
            yield from everything(getattr(value, one.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from everything(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from everything(one)
    elif isinstance(value, Enum):
        yield value.value
    elif isinstance(value, datetime | date):
        yield value.isoformat()
    elif value is not None:
        yield str(value)


def forms(root):
    """The part of the file that is read: of several languages Bulgarian, else English, else the original."""
    if plain(root) != "TED_EXPORT":
        return root
    section = next(one for one in root.iter() if plain(one) == "FORM_SECTION")
    by_language = {one.get("LG"): one for one in reversed(list(section)) if one.get("LG")}
    original = next(one for one in section if one.get("LG"))
    return by_language.get("BG") or by_language.get("EN") or original


def below(root, *path):
    """Elements reached through these names, each somewhere below the one before."""
    found = [root]
    for name in path:
        found = [one for parent in found for one in parent.iter() if plain(one) == name and one is not parent]
    return list(dict.fromkeys(found))


@pytest.fixture(params=shared_notice_names())
def case(request):
    content = shared_bytes(request.param)
    notice = read_notice(content)
    return forms(ElementTree.fromstring(content)), notice, list(everything(notice))


def missing(expected, found):
    joined = "\n".join(" ".join(text.split()) for text in found)
    return [text for text in expected if text and text not in joined]


def test_every_cpv_code_is_read(case):
    root, notice, _found = case
    ted = {one.get("CODE") for one in below(root, "CPV_CODE")}
    eforms = {one.text.strip() for one in below(root, "ItemClassificationCode")}

    assert (ted | eforms) - {notice.cpv, *notice.cpv_additional} == set()
    assert notice.cpv


def test_every_region_is_read(case):
    root, _notice, found = case
    ted = [one.get("CODE") for one in below(root, "OBJECT_DESCR", "NUTS")]
    ted += [
        one.get("CODE") for kind in ("CONTRACTOR", "WINNER", "CONTRACTING_BODY") for one in below(root, kind, "NUTS")
    ]
    ted = [code for code in ted if code not in _administrative(root)]
    eforms = [one.text for one in below(root, "RealizedLocation", "CountrySubentityCode")]

    assert set(ted + eforms) - set(found) == set()


def _administrative(root):
    """Regions of addresses where papers are handed in, unless they stand elsewhere too."""
    places = ("ADDRESS_FURTHER_INFO", "ADDRESS_PARTICIPATION")
    return {one.get("CODE") for place in places for one in below(root, place, "NUTS")} - {
        one.get("CODE") for one in below(root, "OBJECT_CONTRACT", "NUTS")
    }


def test_every_amount_is_read(case):
    root, notice, _found = case
    said = []
    for element in root.iter():
        currency = element.get("CURRENCY") or element.get("currencyID")
        texts = [element.text or ""] + [child.text or "" for child in element] if currency else []
        said += [(Decimal(text.strip().replace(",", ".")), currency) for text in texts if MONEY.match(text.strip())]

    assert set(said) - {(one.money.amount, one.money.currency) for one in notice.amounts} == set()


def test_every_title_description_criterion_and_long_text_of_a_form_is_read(case):
    root, _notice, found = case
    expected = [
        words(part)
        for name in (*TED_TEXTS, *LONG_TEXTS)
        for element in below(root, name)
        if not _is_opening(root, element)
        for part in ([child for child in element if plain(child) == "P"] or [element])
    ]

    assert missing(expected, found) == []


def _is_opening(root, element):
    return any(element is one for one in below(root, "OPENING_CONDITION", "INFO_ADD"))


def test_every_text_of_a_lot_is_read(case):
    root, notice, found = case
    language = {"bg": "BUL", "en": "ENG", "de": "DEU", "fr": "FRA", "fi": "FIN"}.get(notice.language)
    holders = below(root, "ProcurementProject") + below(root, "SubordinateAwardingCriterion")
    holders += below(root, "SelectionCriteria") + below(root, "ContractExecutionRequirement")
    texts = [child for holder in holders for child in holder if plain(child) in ("Name", "Description")]
    expected = [words(one) for one in texts if one.get("languageID") in (language, None)]

    assert missing(expected, found) == []


def test_every_weight_and_green_code_is_read(case):
    root, _notice, found = case
    expected = [one.text for one in below(root, "AwardCriterionParameter", "ParameterNumeric")]
    lists = ("environmental-impact", "gpp-criteria", "strategic-procurement", "social-objective", "vehicle-category")
    expected += [one.text for one in root.iter() if one.get("listName") in lists]

    assert missing(expected, found) == []


def test_the_deadline_is_read(case):
    root, notice, _found = case
    days = [one.text for one in below(root, "DATE_RECEIPT_TENDERS")]
    days += [one.text[:10] for one in below(root, "TenderSubmissionDeadlinePeriod", "EndDate")]

    assert not days or notice.deadline.isoformat()[:10] == min(days)


def test_the_buyer_and_every_winner_are_read(case):
    root, notice, found = case
    addresses = (
        "ADDRESS_CONTRACTING_BODY",
        "ADDRESS_CONTRACTING_BODY_ADDITIONAL",
        "ADDRESS_CONTRACTOR",
        "ADDRESS_WINNER",
    )
    parts = ("OFFICIALNAME", "TOWN", "NATIONALID")
    expected = [words(one) for address in addresses for part in parts for one in below(root, address, part)]

    assert missing(expected, found) == []
    assert notice.buyer.name and notice.buyer.country


def test_the_whole_has_a_title_a_kind_and_a_number(case):
    _root, notice, _found = case

    assert notice.title and notice.description and notice.publication_number
    assert notice.kind != "other" and notice.nature in ("supplies", "services", "works", "")
    assert notice.procedure.raw or notice.form in ("F01", "F04", "F07", "F21", "7", "22")


def test_whatever_is_left_unread_is_named_and_little(case):
    _root, notice, _found = case
    unread = [one for one in notice.not_understood if "Not read by us" in one.words["en"]]

    assert len(unread) <= 1
    assert all(one.words["bg"] and one.place for one in notice.not_understood)


def test_a_request_made_from_it_names_its_title_and_code(case):
    _root, notice, _found = case
    own = request_facts(notice, "own")

    assert dumps(own)
    assert (own["cpv"], len(own.get("lots", []))) == (notice.cpv, len(notice.lots))
    assert notice.title in (own["title"], own["description"].partition("\n\n")[0])


def test_a_request_made_from_it_as_a_model_names_no_buyer_and_no_day(case):
    _root, notice, _found = case
    model = request_facts(notice, "model")
    names = [party.name.casefold() for party in notice.buyers]

    assert set(model) <= {"notice_relation", "title", "description", "cpv", "lots"}
    assert [name for name in names if name in dumps(model).casefold()] == []
