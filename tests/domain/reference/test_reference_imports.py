"""The official lists are taken over whole or not at all."""

import io

import pytest

from app.csv_rows import MAX_ERRORS, ImportReport
from app.db import db
from app.domain.reference import operations
from app.domain.reference.models import CpvCode, Municipality
from app.domain.reference.operations import import_cpv, import_municipalities, load_shipped_reference
from app.domain.reference.queries import cpv_search, find_cpv, municipalities
from tests.support.shared_data import shared_file

HEAD = "code,check_digit,parent,level,nature,en,bg\n"
LAMPS = (
    "34900000,6,,group,supplies,Transport things,Транспортни неща\n34928500,3,34900000,category,supplies,Lamps,Лампи\n"
)
TOWN_HEAD = (
    "municipality_code,name_bg,name_en,centre_ekatte,district_code,district_bg,district_en,nuts3,category,settlements\n"
)
TOWN = "BGS01,Айтос,Aytos,00151,BGS,Бургас,Burgas,BG341,3,17\n"


def shared(name):
    return shared_file(name).open("rb")


def refused(importer, text):
    """Where the errors are; nothing else came of the file."""
    report = importer(io.StringIO(text, newline=""))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 0)
    assert all(error.message["bg"] and error.message["en"] for error in report.errors)
    return [(error.line, error.column) for error in report.errors]


def test_the_whole_cpv_list_is_taken_over_and_once_more_changes_nothing(any_db_app):
    with shared("cpv_2008.csv") as stream:
        assert import_cpv(stream) == ImportReport(rows=9454, created=9454, updated=0, unchanged=0)
    with shared("cpv_2008.csv") as stream:
        assert import_cpv(stream) == ImportReport(rows=9454, created=0, updated=0, unchanged=9454)

    assert db.session.query(CpvCode).count() == 9454
    assert set(find_cpv("34928500").labels) == {"bg", "en", "de", "el", "es", "it", "lv", "sl", "sv"}
    assert "34928510" in [one.code for one in cpv_search("стълбове осветление", "bg")]
    assert cpv_search("улично осветление", "bg", limit=1)[0].code == "34928530"


def test_the_shipped_codes_are_those_of_the_whole_list(app):
    load_shipped_reference()
    shipped = {one.code: (one.check_digit, one.parent, one.labels["bg"]) for one in db.session.query(CpvCode)}

    with shared("cpv_2008.csv") as stream:
        report = import_cpv(stream)

    assert report.created == 9454 - len(shipped)
    assert {
        one.code: (one.check_digit, one.parent, one.labels["bg"])
        for one in db.session.query(CpvCode)
        if one.code in shipped
    } == shipped


def test_the_register_of_municipalities_is_taken_over(app):
    with shared("bg_municipalities.csv") as stream:
        assert import_municipalities(stream) == ImportReport(rows=265, created=265, updated=0, unchanged=0)

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

    assert report == ImportReport(rows=3, created=1, updated=1, unchanged=1)
    assert find_cpv("34928500").labels["en"] == "Street lamps"
    assert [one.code for one in cpv_search("street", "en")] == ["34928500"]


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", [(1, "")]),
        ("code;check_digit\n1;2\n", [(1, "")]),
        (HEAD, [(2, "")]),
        (HEAD + LAMPS + LAMPS[: LAMPS.index("\n") + 1], [(4, "code")]),
        (HEAD + "3490,6,,group,supplies,a,а\n", [(2, "code")]),
        (HEAD + "٣٤٩٠٠٠٠٠,6,,group,supplies,a,а\n", [(2, "code")]),
        (HEAD + "34900000,,,group,supplies,a,а\n", [(2, "check_digit")]),
        (HEAD + "34900000,6,,planet,supplies,a,а\n", [(2, "level")]),
        (HEAD + "34900000,6,,group,goods,a,а\n", [(2, "nature")]),
        (HEAD + "34900000,6,,group,supplies,,а\n", [(2, "en")]),
        (HEAD + "34900000,6,,group,supplies,a,\n", [(2, "bg")]),
        (HEAD + "34900000,6,,group,supplies,=1+1,а\n", [(2, "en")]),
        (HEAD + "34900000,6,33000000,group,supplies,a,а\n", [(2, "parent")]),
        (HEAD + "34928500,3,34900000,category,supplies,Lamps,Лампи\n", [(2, "parent")]),
        (HEAD + "34900000,6,,group,supplies\n", [(2, "")]),
        (
            HEAD + "x,6,,group,supplies,a,а\n" + LAMPS + "34900000,y,,group,supplies,a,а\n",
            [(2, "code"), (5, "check_digit")],
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken_over(app, text, errors):
    assert refused(import_cpv, text) == errors
    assert db.session.query(CpvCode).count() == 0


def test_a_wrong_file_changes_no_code_that_is_there(app):
    import_cpv(io.StringIO(HEAD + LAMPS))

    assert refused(import_cpv, HEAD + LAMPS.replace("Lamps", "Street lamps") + "x,,,,,,\n") == [(4, "code")]
    assert find_cpv("34928500").labels["en"] == "Lamps"


def test_good_lines_before_a_wrong_one_are_not_taken_over(app):
    wrong = TOWN.replace("BGS01", "BGS02").replace("BG341", "BG999")

    assert refused(import_municipalities, TOWN_HEAD + TOWN + wrong) == [(3, "nuts3")]
    assert refused(import_municipalities, TOWN_HEAD + TOWN + TOWN) == [(3, "municipality_code")]
    assert db.session.query(Municipality).count() == 0


@pytest.mark.parametrize(
    ("right", "wrong", "column"),
    [
        ("BGS01", "bgs1", "municipality_code"),
        ("Айтос", "", "name_bg"),
        ("Aytos", "", "name_en"),
        ("Aytos", "@SUM(A1)", "name_en"),
        ("00151", "151", "centre_ekatte"),
        (",BGS,", ",BGSX,", "district_code"),
        ("Бургас", "", "district_bg"),
        ("Burgas", "", "district_en"),
        (",3,", ",9,", "category"),
        (",17", ",many", "settlements"),
        (",17", "," + "9" * 50, "settlements"),
    ],
)
def test_a_municipality_is_checked_in_every_cell(app, right, wrong, column):
    assert refused(import_municipalities, TOWN_HEAD + TOWN.replace(right, wrong)) == [(2, column)]


def test_errors_are_counted_to_a_limit(app):
    assert len(refused(import_cpv, HEAD + "x,6,,group,supplies,a,а\n" * 500)) == MAX_ERRORS + 1


def test_a_file_with_a_mark_at_its_start_is_read(app):
    assert import_cpv(io.BytesIO(("\ufeff" + HEAD + LAMPS).encode())).created == 2


def test_a_name_that_begins_with_a_stray_sign_is_taken_over_without_it_and_told(app):
    report = import_cpv(io.StringIO(HEAD + LAMPS.replace("Lamps", "- Lamps")))

    assert (report.created, [(one.line, one.column) for one in report.warnings]) == (2, [(3, "en")])
    assert find_cpv("34928500").labels["en"] == "Lamps"


def test_only_columns_with_a_name_of_two_letters_hold_names(app):
    import_cpv(io.StringIO(HEAD.replace("bg\n", "bg,de,=1,remark\n") + "34900000,6,,group,supplies,a,а,ä,b,c\n"))

    assert find_cpv("34900000").labels == {"bg": "а", "en": "a", "de": "ä"}


def test_a_wrong_line_says_what_to_mend_in_both_languages(app):
    (error,) = import_cpv(io.StringIO(HEAD + "3490,6,,group,supplies,a,а\n")).errors

    assert error.message == {"bg": "CPV кодът има осем цифри.", "en": "A CPV code has eight digits."}


def test_a_wrong_shipped_list_is_no_small_matter(app, monkeypatch, tmp_path):
    (tmp_path / "cpv_green.csv").write_text(HEAD + "3490,6,,group,supplies,a,а\n", encoding="utf-8")
    monkeypatch.setattr(operations, "_SHIPPED", tmp_path)

    with pytest.raises(ValueError, match="eight digits"):
        load_shipped_reference()
