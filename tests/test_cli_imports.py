"""`flask import cpv|municipalities|criteria|suppliers FILE`: all of a file, or nothing and each wrong line named."""

import csv

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.criteria.models import Criterion
from app.domain.reference.models import CpvCode, Municipality
from app.domain.suppliers.models import Supplier
from tests.support.shared_data import shared_file

#: the command, a file of its kind and how many rows it has, a column that is checked, and the table
COMMANDS = [
    ("cpv", "cpv_2008.csv", 9454, "level", CpvCode),
    ("municipalities", "bg_municipalities.csv", 265, "nuts3", Municipality),
    ("criteria", "eu_gpp_criteria_index.csv", 165, "kind", Criterion),
    ("suppliers", "suppliers_ted_awards.csv", 1484, "country", Supplier),
]
NOTHING = "Error: Nothing was imported. Mend these lines and try again."

each_command = pytest.mark.parametrize(
    ("name", "file", "rows", "column", "model"), COMMANDS, ids=[command[0] for command in COMMANDS]
)


def flask_import(app, name, path):
    return app.test_cli_runner().invoke(args=["import", name, str(path)])


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def spoilt(file, column, path):
    """The head and three rows of the file; in the second one this column is wrong, in the third any other."""
    with shared_file(file).open(encoding="utf-8", newline="") as stream:
        head, first, second, third = (row for row, _ in zip(csv.reader(stream), range(4), strict=False))
    second[head.index(column)] = "?"
    third[head.index(column) - 1] = "=1+1"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, first, second, third])
    return head[head.index(column) - 1]


@each_command
def test_a_real_file_is_imported_and_counted_and_again_changes_nothing(app, name, file, rows, column, model):
    first = flask_import(app, name, shared_file(file))
    second = flask_import(app, name, shared_file(file))

    assert (first.exit_code, first.stdout) == (0, f"rows {rows}, created {rows}, updated 0, unchanged 0\n")
    assert (second.exit_code, second.stdout) == (0, f"rows {rows}, created 0, updated 0, unchanged {rows}\n")
    assert count(model) == rows


@each_command
def test_each_wrong_line_is_named_and_nothing_is_written(app, tmp_path, name, file, rows, column, model):
    other = spoilt(file, column, tmp_path / file)

    result = flask_import(app, name, tmp_path / file)

    assert (result.exit_code, result.stdout) == (1, "")
    places = [line.partition(":")[0] for line in result.stderr.splitlines()[:-1]]
    assert places == [f"  line 3 {column}", f"  line 4 {other}"]
    assert result.stderr.splitlines()[-1] == NOTHING
    assert count(model) == 0


@each_command
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "  line 1: Columns are missing: "),
        ("код".encode("cp1251"), "  line 1: The file is not in UTF-8. Save it as “CSV UTF-8”."),
        (b'"', "  line 1: The line cannot be read as CSV: "),
    ],
    ids=["empty", "not UTF-8", "not CSV"],
)
def test_what_is_no_such_file_is_refused(app, tmp_path, name, file, rows, column, model, content, line):
    (tmp_path / file).write_bytes(content)

    result = flask_import(app, name, tmp_path / file)

    told, last = result.stderr.splitlines()
    assert (result.exit_code, last) == (1, NOTHING)
    assert told.startswith(line)


@each_command
def test_a_file_without_rows_is_refused(app, tmp_path, name, file, rows, column, model):
    with shared_file(file).open("rb") as stream:
        (tmp_path / file).write_bytes(stream.readline())

    result = flask_import(app, name, tmp_path / file)

    told = ["  line 2: There are no rows below the heading.", NOTHING]
    assert (result.exit_code, result.stderr.splitlines()) == (1, told)


def test_very_many_wrong_lines_are_told_up_to_a_limit(app, tmp_path):
    head = "product_group,subcategory,kind,level,code,title,cpv\n"
    (tmp_path / "index.csv").write_text(head + "paper,,TS,core,TS1,Title,\n" * 200, encoding="utf-8")

    result = flask_import(app, "criteria", tmp_path / "index.csv")

    lines = result.stderr.splitlines()
    assert lines[0] == "  line 3 code: This repeats line 2."
    assert lines[-2:] == ["  … and 98 more", NOTHING]
    assert len(lines) == 103


def test_what_was_mended_in_passing_is_told(app, tmp_path):
    row = "paper,,TS,core,TS1,- Title,\n"
    (tmp_path / "index.csv").write_text("product_group,subcategory,kind,level,code,title,cpv\n" + row, encoding="utf-8")

    result = flask_import(app, "criteria", tmp_path / "index.csv")

    assert result.exit_code == 0
    assert result.stderr.startswith("  line 2 title: The sign at the beginning of the cell was dropped")
    assert db.session.scalar(select(Criterion.name)) == {"en": "Title"}
