"""The official lists are taken over whole or not at all."""

import io
from pathlib import Path

import pytest

from app.db import db
from app.domain.reference.importing import MAX_ERRORS, ImportRefused, ImportReport
from app.domain.reference.models import CpvCode, Municipality
from app.domain.reference.operations import import_cpv, import_municipalities, load_shipped_reference
from app.domain.reference.queries import cpv_search, find_cpv, municipalities

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
HEAD = "code,check_digit,parent,level,nature,en,bg\n"
LAMPS = (
    "34900000,6,,group,supplies,Transport things,Транспортни неща\n34928500,3,34900000,category,supplies,Lamps,Лампи\n"
)
TOWN_HEAD = (
    "municipality_code,name_bg,name_en,centre_ekatte,district_code,district_bg,district_en,nuts3,category,settlements\n"
)
TOWN = "BGS01,Айтос,Aytos,00151,BGS,Бургас,Burgas,BG341,3,17\n"


def shared(name):
    path = SHARED / name
    if not path.is_file():
        pytest.fail(f"this test reads ../shared/data/{name} beside the project, and it is not there")
    return path.open(encoding="utf-8", newline="")


def refused(importer, text):
    with pytest.raises(ImportRefused) as caught:
        importer(io.StringIO(text))
    return [(one.line, one.column) for one in caught.value.errors]


def test_the_whole_cpv_list_is_taken_over_and_once_more_changes_nothing(any_db_app):
    with shared("cpv_2008.csv") as stream:
        assert import_cpv(stream) == ImportReport(read=9454, added=9454, changed=0, unchanged=0)
    with shared("cpv_2008.csv") as stream:
        assert import_cpv(stream) == ImportReport(read=9454, added=0, changed=0, unchanged=9454)

    assert db.session.query(CpvCode).count() == 9454
    assert set(find_cpv("34928500").labels) == {"bg", "en", "de", "el", "es", "it", "lv", "sl", "sv"}
    assert "34928510" in [one.code for one in cpv_search("стълбове осветление", "bg")]
    assert cpv_search("улично осветление", "bg", limit=1)[0].code == "34928530"


def test_the_shipped_codes_are_those_of_the_whole_list(app):
    load_shipped_reference()
    shipped = {one.code: (one.check_digit, one.parent, one.labels["bg"]) for one in db.session.query(CpvCode)}

    with shared("cpv_2008.csv") as stream:
        report = import_cpv(stream)

    assert report.added == 9454 - len(shipped)
    assert {
        one.code: (one.check_digit, one.parent, one.labels["bg"])
        for one in db.session.query(CpvCode)
        if one.code in shipped
    } == shipped


def test_the_register_of_municipalities_is_taken_over(app):
    with shared("bg_municipalities.csv") as stream:
        assert import_municipalities(stream) == ImportReport(read=265, added=265, changed=0, unchanged=0)

    burgas = municipalities("BGS")
    assert len(burgas) == 13
    assert (burgas[0].code, burgas[0].name["bg"], burgas[0].nuts3, burgas[0].category) == ("BGS01", "Айтос", "BG341", 3)
    assert len(municipalities()) == 265


def test_a_second_list_adds_changes_and_leaves(app):
    import_cpv(io.StringIO(HEAD + LAMPS))

    report = import_cpv(
        io.StringIO(
            HEAD + LAMPS.replace("Lamps", "Street lamps") + "34993000,4,34900000,category,supplies,Lights,Светлини\n"
        )
    )

    assert report == ImportReport(read=3, added=1, changed=1, unchanged=1)
    assert find_cpv("34928500").labels["en"] == "Street lamps"
    assert [one.code for one in cpv_search("street", "en")] == ["34928500"]


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", [(1, "code")]),
        ("code;check_digit\n1;2\n", [(1, "code")]),
        (HEAD, [(2, "")]),
        (HEAD + LAMPS + LAMPS[: LAMPS.index("\n") + 1], [(4, "code")]),
        (HEAD + "3490,6,,group,supplies,a,а\n", [(2, "code")]),
        (HEAD + "34900000,,,group,supplies,a,а\n", [(2, "check_digit")]),
        (HEAD + "34900000,6,,planet,goods,,\n", [(2, "level"), (2, "nature"), (2, "bg"), (2, "en")]),
        (HEAD + "34900000,6,33000000,group,supplies,a,а\n", [(2, "parent")]),
        (HEAD + "34928500,3,34900000,category,supplies,Lamps,Лампи\n", [(2, "parent")]),
        (HEAD + "34900000,6,,group,supplies\n", [(2, "bg"), (2, "en")]),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken_over(app, text, errors):
    assert refused(import_cpv, text) == errors
    assert db.session.query(CpvCode).count() == 0


def test_good_lines_before_a_wrong_one_are_not_taken_over(app):
    assert refused(
        import_municipalities, TOWN_HEAD + TOWN + TOWN.replace("BGS01", "BGS02").replace("BG341", "BG999")
    ) == [(3, "nuts3")]
    assert db.session.query(Municipality).count() == 0


def test_a_municipality_is_checked_in_every_cell(app):
    bad = "bgs1,,Aytos,151,BGS,Бургас,Burgas,BG341,9,many\n"

    assert refused(import_municipalities, TOWN_HEAD + bad) == [
        (2, "municipality_code"),
        (2, "centre_ekatte"),
        (2, "category"),
        (2, "settlements"),
        (2, "name_bg"),
    ]


def test_errors_are_counted_to_a_limit(app):
    assert len(refused(import_cpv, HEAD + "x,6,,group,supplies,a,а\n" * 500)) == MAX_ERRORS


def test_a_file_with_a_mark_at_its_start_is_read(app):
    assert import_cpv(io.StringIO("\ufeff" + HEAD + LAMPS)).added == 2


def test_the_refusal_says_what_to_mend_in_both_languages(app):
    with pytest.raises(ImportRefused) as caught:
        import_cpv(io.StringIO(HEAD + "3490,6,,group,supplies,a,а\n"))

    assert str(caught.value) == (
        "Nothing was imported: 1 lines have errors. The first: line 2, a code has eight digits: 3490"
    )
    assert caught.value.fields == {
        "2:code": {"bg": "кодът трябва да е от осем цифри: 3490", "en": "a code has eight digits: 3490"}
    }
