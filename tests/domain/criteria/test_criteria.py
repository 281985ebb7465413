"""The criteria library: the shipped set, who writes it, what holds on a day, and the imported index."""

import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.accounts.models import OrganisationKind
from app.domain.criteria.importing import import_criteria_index
from app.domain.criteria.models import Criterion, EvidenceKind, Level, Place
from app.domain.criteria.operations import (
    SHIPPED,
    load_shipped_criteria,
    retire_criterion,
    verify_criterion,
    write_criterion,
)
from app.domain.criteria.queries import criteria_by_code, criteria_for, groups_with_criteria
from app.domain.criteria.rules import can_edit_criterion, can_verify_criterion, can_write_criteria
from app.errors import Conflict, Forbidden, Invalid
from tests.domain.accounts.people import make_actor, make_organisation, make_unit
from tests.domain.accounts.statements import counted_statements
from tests.support.shared_data import shared_file

TODAY = date(2026, 11, 23)
ROLES = ("coordinator", "expert", "lawyer", "liaison", "editor", "administrator")
HEADING = "product_group,subcategory,kind,level,code,title,cpv\n"


def index(*rows):
    return io.StringIO(HEADING + "".join(row + "\n" for row in rows), newline="")


def written(by, code="unit-1", **facts):
    words = {"bg": "текст", "en": "text"}
    given = {
        "product_group": "paper", "name": words, "text": words, "level": Level.CORE,
        "place_of_use": Place.SPECIFICATION, "proof": words, "source": words,
    }  # fmt: skip
    return write_criterion(code, by=by, **(given | facts))


def codes(group, on=TODAY, **facts):
    return [criterion.code for criterion in criteria_for(group, on, **facts)]


def test_the_shipped_set_is_loaded_once_and_left_as_people_changed_it(any_db_app):
    first = load_shipped_criteria()
    changed = db.session.scalars(select(Criterion)).first()
    changed.verified = True
    db.session.flush()

    assert first == len(json.loads(SHIPPED.read_text(encoding="utf-8"))) > 0
    assert load_shipped_criteria() == 0
    assert changed.verified


@pytest.mark.parametrize("group", ["paper", "indoor-cleaning", "computers", "food-catering", "road-lighting"])
def test_each_group_ships_three_to_six_criteria_in_both_languages_and_unverified(app, group):
    load_shipped_criteria()

    criteria = criteria_for(group, TODAY)

    assert 3 <= len(criteria) <= 6
    for criterion in criteria:
        for words in (criterion.name, criterion.text, criterion.proof, criterion.source):
            assert {"bg", "en"} == set(words) and all(words.values())
        assert not criterion.verified
        assert criterion.has_text
        assert all(kind in set(EvidenceKind) for kind in criterion.accepted_kinds)


def test_whatever_shipped_text_names_a_label_allows_an_equivalent(app):
    load_shipped_criteria()
    labels = ("Ecolabel", "FSC", "PEFC", "TCO", "EPEAT", "MSC", "EMAS", "ISO", "IES", "Zhaga", "EN ")

    for criterion in db.session.scalars(select(Criterion)):
        if any(label in criterion.text["en"] for label in labels):
            assert "equivalent" in criterion.text["en"], criterion.code
            assert "еквивалент" in criterion.text["bg"], criterion.code


def test_only_criteria_that_hold_on_the_day_are_given(any_db_app):
    author = make_actor("expert", make_unit())
    written(author, "ended", valid_until=date(2026, 11, 22))
    written(author, "last-day", valid_until=TODAY)
    written(author, "first-day", valid_from=TODAY)
    written(author, "to-come", valid_from=date(2026, 11, 24))
    written(author, "always")

    assert codes("paper", unit_id=author.unit_id) == ["always", "first-day", "last-day"]
    assert set(criteria_by_code(["ended", "always", "no-such"], TODAY, unit_id=author.unit_id)) == {"always"}
    held = {one.code for one in db.session.scalars(select(Criterion)) if one.is_valid_on(TODAY)}
    assert held == {"always", "first-day", "last-day"}


def test_a_unit_sees_its_own_criteria_and_the_shared_ones_never_anothers(any_db_app):
    load_shipped_criteria()
    ours, theirs = make_actor("expert", make_unit()), make_actor("expert", make_unit())
    written(ours, "ours", product_group="toys")
    written(theirs, "theirs", product_group="toys")

    assert codes("toys", unit_id=ours.unit_id) == ["ours"]
    assert codes("toys") == []
    assert "toys" in groups_with_criteria(TODAY, unit_id=theirs.unit_id)
    assert "toys" not in groups_with_criteria(TODAY)
    assert criteria_by_code(["theirs"], TODAY, unit_id=ours.unit_id) == {}


def test_criteria_of_some_places_only(app):
    load_shipped_criteria()

    assert codes("indoor-cleaning", places=[Place.SELECTION, Place.AWARD]) == [
        "cleaning-ems-selection",
        "cleaning-products-award",
    ]


@pytest.mark.parametrize("criteria", [1, 3])
def test_a_group_takes_one_statement(app, criteria):
    author = make_actor("expert", make_unit())
    for number in range(criteria):
        written(author, f"unit-{number}")

    with counted_statements() as sent:
        assert len(codes("paper", unit_id=author.unit_id)) == criteria

    assert len(sent) == 1


def test_who_may_do_what(app):
    unit = make_unit()
    actors = {role: make_actor(role, unit) for role in ROLES}
    actors["stranger"] = make_actor("expert", make_unit())
    actors["clerk"] = make_actor("clerk", make_organisation(OrganisationKind.BUYER, unit))
    own = written(actors["expert"])
    load_shipped_criteria()
    shared = criteria_by_code(["paper-fibre-core"], TODAY)["paper-fibre-core"]

    def those(rule, *about):
        return {name for name, actor in actors.items() if rule(actor, *about)}

    assert those(can_write_criteria) == {"coordinator", "expert", "stranger"}
    assert those(can_edit_criterion, own) == {"coordinator", "expert"}
    assert those(can_edit_criterion, shared) == {"administrator"}
    assert those(can_verify_criterion, own) == {"lawyer", "coordinator", "administrator"}
    assert those(can_verify_criterion, shared) == {"lawyer", "coordinator", "administrator"}


def test_who_may_not_gets_nowhere(app):
    unit = make_unit()
    criterion = written(make_actor("expert", unit))
    stranger = make_actor("expert", make_unit())

    with pytest.raises(Forbidden):
        written(make_actor("editor", unit), "unit-2")
    with pytest.raises(Forbidden):
        retire_criterion(criterion, by=stranger, valid_until=TODAY)
    with pytest.raises(Forbidden):
        verify_criterion(criterion, by=stranger)


def test_a_code_means_one_text_and_a_criterion_has_one(app):
    author = make_actor("expert", make_unit())
    written(author)

    with pytest.raises(Conflict):
        written(author)
    with pytest.raises(Invalid):
        written(author, "unit-2", text={"bg": "", "en": ""})


def test_a_retired_criterion_is_offered_no_more(app):
    author = make_actor("expert", make_unit())
    criterion = written(author)

    retire_criterion(criterion, by=author, valid_until=date(2026, 11, 22))
    verify_criterion(criterion, by=make_actor("lawyer", author.organisation))

    assert codes("paper", unit_id=author.unit_id) == []
    assert criterion.verified


def test_the_shared_index_is_read_whole_and_again_changes_nothing(any_db_app):
    path = shared_file("eu_gpp_criteria_index.csv")
    with path.open("rb") as stream:
        first = import_criteria_index(stream)
    with path.open("rb") as stream:
        second = import_criteria_index(stream)

    assert (first.rows, first.created, first.errors) == (165, 165, ())
    assert (second.created, second.updated, second.unchanged) == (0, 0, 165)
    groups = select(Criterion.product_group, func.count()).group_by(Criterion.product_group)
    assert dict(db.session.execute(groups).all()) == {
        "computers": 55, "furniture": 48, "data-centres": 38, "indoor-cleaning": 24,
    }  # fmt: skip
    places = select(Criterion.place_of_use, func.count()).group_by(Criterion.place_of_use)
    assert dict(db.session.execute(places).all()) == {
        "specification": 86, "award": 52, "clause": 21, "selection": 6,
    }  # fmt: skip


def test_a_row_of_the_index_is_a_title_without_a_text(app):
    import_criteria_index(index("furniture,New furniture,AC,core,AC2,Plastic marking,39100000 45421153"))

    (criterion,) = db.session.scalars(select(Criterion))
    assert criterion.code == "eu:furniture:new-furniture:ac2:core"
    assert (criterion.name, criterion.has_text, criterion.verified) == ({"en": "Plastic marking"}, False, False)
    assert (criterion.level, criterion.place_of_use, criterion.cpv) == ("core", "award", ["39100000", "45421153"])


def test_a_changed_title_is_taken_over(app):
    import_criteria_index(index("paper,,TS,core,TS1,Old,"))

    result = import_criteria_index(index("paper,,TS,core,TS1,New,"))

    assert (result.created, result.updated) == (0, 1)
    assert [one.name for one in db.session.scalars(select(Criterion))] == [{"en": "New"}]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",,TS,core,TS1,Title,", "product_group"),
        ("paper,,TS,core,,Title,", "code"),
        ("paper,,TS,core,TS1,,", "title"),
        ("paper,,XX,core,TS1,Title,", "kind"),
        ("paper,,TS,gold,TS1,Title,", "level"),
        ("paper,,TS,core,TS1,Title,3916", "cpv"),
        ("paper,,TS,core,TS1,=1+1,", "title"),
        ("paper,,TS,core,TS1," + "x" * 301 + ",", "title"),
        ("paper,,TS,core," + "T" * 130 + ",Title,", "code"),
        ("paper,,TS,core,TS9,Title,", "code"),
    ],
)
def test_a_bad_row_is_named_and_nothing_of_the_file_is_kept(app, row, column):
    result = import_criteria_index(index("paper,,TS,core,TS9,Good,", row))

    assert [(error.line, error.column) for error in result.errors] == [(3, column)]
    assert db.session.scalar(select(func.count()).select_from(Criterion)) == 0
