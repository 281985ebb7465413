"""Hostile and broken CSV files give errors by line and never stop the reader."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import csv_rows
from app.csv_rows import NOT_CSV, NOT_UTF8, UNPRINTABLE, ImportReport, RowError, is_formula, parse_rows


def parsed(content, columns=("a", "b")):
    stream = io.BytesIO(content) if isinstance(content, bytes) else io.StringIO(content, newline="")
    return parse_rows(stream, columns, lambda row: (row.line, row["a"], row["b"]))


def test_rows_come_with_their_lines_whatever_the_line_ends_and_the_mark_at_the_front():
    content = '\ufeffa,b\r\n1, x \r\n\r\n"two","q""q"\r\n'.encode()

    assert parsed(content).items == [(2, "1", "x"), (4, "two", 'q"q')]
    assert parsed(content).errors == []


def test_columns_may_stand_in_any_order_and_more_may_be_there():
    assert parsed("c,b,a\n3,2,1\n").items == [(2, "1", "2")]


@pytest.mark.parametrize(
    ("content", "line", "english"),
    [
        ("", 1, "Columns are missing: a, b."),
        ("a,b\n", 2, "There are no rows below the heading."),
        ("a,b,\x1b[2J\n1,2,3\n", 1, UNPRINTABLE["en"]),
        ("a,c\n1,2\n", 1, "Columns are missing: b."),
        ("a,b,a\n1,2,3\n", 1, "Two columns have the same name."),
        ("a,b\n1\n", 2, "The row has 1 cells, the heading has 2."),
        ("a,b\n1,2,3\n", 2, "The row has 3 cells, the heading has 2."),
        ('a,b\n1,"2\n', 2, NOT_CSV["en"]),
        ("a,b\n1," + "x" * 200_000, 1, NOT_CSV["en"]),
        (b"a,b\n1,\xff\n", 2, NOT_UTF8["en"]),
        ("a,b\n".encode("utf-16"), 1, NOT_UTF8["en"]),
    ],
)
def test_a_broken_file_says_where_and_why(content, line, english):
    (error,) = parsed(content).errors

    assert (error.line, error.message["en"]) == (line, english)
    assert parsed(content).items == []


@pytest.mark.parametrize("row", ["=1,2\n", "1\n"])
def test_reading_stops_after_many_errors(row):
    result = parsed("a,b\n" + row * 5_000)

    assert len(result.errors) == csv_rows.MAX_ERRORS + 1
    assert result.errors[-1] == RowError(102, csv_rows.TOO_MANY_ERRORS)


def test_a_file_that_ends_with_its_last_error_was_read_whole():
    assert len(parsed("a,b\n" + "=1,2\n" * csv_rows.MAX_ERRORS).errors) == csv_rows.MAX_ERRORS


def test_each_repeated_row_names_the_first():
    result = parsed("a,b\n1,x\n\n2,y\n1,z\n1,x\n")

    result.refuse_repeated("a", lambda item: item[1])

    assert [(one.line, one.column, one.message["en"]) for one in result.errors] == [
        (5, "a", "This repeats line 2."),
        (6, "a", "This repeats line 2."),
    ]


def test_the_report_counts_the_rows_and_carries_what_was_wrong_and_mended():
    result = parsed("a,b\n1,-le\n2\n3,x\n")

    assert result.report(created=2) == ImportReport(
        rows=2, created=2, errors=tuple(result.errors), warnings=(RowError(2, csv_rows.SIGN_DROPPED, "b"),)
    )
    assert [one.line for one in result.errors] == [3]


def test_reading_stops_after_many_rows(monkeypatch):
    monkeypatch.setattr(csv_rows, "MAX_ROWS", 3)

    assert [error.line for error in parsed("a,b\n" + "1,2\n" * 9).errors] == [5]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A", "\t=1", "\r=1", " =1", "'=1", '"=1', "＝1", "  '+1"])
def test_what_a_spreadsheet_would_run(text):
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "Бук", "1-2", "a=b", "3+4", "e@example.org"])
def test_what_a_spreadsheet_would_not_run(text):
    assert not is_formula(text)


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"a,b\n" + tail)))
def test_no_file_stops_the_reader(content):
    result = parsed(content)

    assert all(not is_formula(text) for _, *cells in result.items for text in cells)
