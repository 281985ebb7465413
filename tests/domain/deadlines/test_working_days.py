"""Working days reckoned by hand from the Bulgarian and Italian calendars of 2025 to 2027."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadlines.rules import (
    LineKind,
    add_working_days,
    due_words,
    holiday_name,
    is_working_day,
    local_date,
    promised_date,
    working_days_between,
)


@pytest.mark.parametrize(
    ("start", "days", "country", "end"),
    [
        (date(2026, 11, 23), 2, "BG", date(2026, 11, 25)),  # Mon → Wed
        (date(2026, 11, 26), 2, "BG", date(2026, 11, 30)),  # Thu → Mon over a weekend
        (date(2026, 11, 28), 1, "BG", date(2026, 11, 30)),  # Sat → Mon
        (date(2026, 3, 2), 1, "BG", date(2026, 3, 4)),  # 3 March
        (date(2026, 4, 9), 1, "BG", date(2026, 4, 14)),  # Orthodox Good Friday to Easter Monday
        (date(2026, 4, 30), 3, "BG", date(2026, 5, 7)),  # 1 May is a Friday, 6 May a Wednesday
        (date(2026, 5, 22), 1, "BG", date(2026, 5, 26)),  # 24 May is a Sunday, moved to Monday
        (date(2026, 9, 4), 1, "BG", date(2026, 9, 8)),  # 6 September is a Sunday, moved to Monday
        (date(2026, 12, 23), 1, "BG", date(2026, 12, 29)),  # 24–26 December, 26 is a Saturday, moved to Monday 28
        (date(2026, 12, 30), 2, "BG", date(2027, 1, 4)),  # over New Year, a Friday
        (date(2027, 4, 29), 1, "BG", date(2027, 5, 5)),  # Easter, 1 May moved to Tuesday 4 May
        (date(2027, 12, 23), 1, "BG", date(2027, 12, 29)),  # 25 and 26 December moved to 27 and 28
        (date(2026, 4, 3), 1, "IT", date(2026, 4, 7)),  # western Easter Monday is 6 April
        (date(2026, 4, 9), 1, "IT", date(2026, 4, 10)),  # Orthodox Good Friday is a working day there
        (date(2026, 12, 29), -1, "BG", date(2026, 12, 23)),
        (date(2026, 11, 30), -3, "BG", date(2026, 11, 25)),
        (date(2026, 11, 28), 0, "BG", date(2026, 11, 30)),
        (date(2026, 11, 27), 0, "BG", date(2026, 11, 27)),
    ],
)
def test_working_days_are_counted_as_by_hand(start, days, country, end):
    assert add_working_days(start, days, country) == end


def test_the_working_days_of_bulgarian_months_are_those_of_the_calendar():
    counted = [working_days_between(date(2026, month, 1) - timedelta(1), _end(month), "BG") for month in range(1, 13)]

    assert counted == [20, 20, 21, 20, 18, 22, 23, 21, 20, 22, 21, 20]


def _end(month):
    return date(2026 + month // 12, month % 12 + 1, 1) - timedelta(1)


def test_a_day_before_counts_backwards():
    assert working_days_between(date(2026, 11, 26), date(2026, 11, 23), "BG") == -3


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(days, st.integers(1, 40), st.sampled_from(["BG", "IT"]))
def test_adding_and_counting_agree(start, number, country):
    end = add_working_days(start, number, country)

    assert is_working_day(end, country)
    assert working_days_between(start, end, country) == number


def test_a_holiday_has_its_name_in_both_languages():
    assert holiday_name(date(2026, 9, 7), "BG") == {
        "bg": "Ден на Съединението (почивен ден)",
        "en": "Unification Day (observed)",
    }
    assert holiday_name(date(2026, 9, 8), "BG") is None
    assert holiday_name(date(2026, 8, 17), "EL") is None
    assert holiday_name(date(2026, 3, 25), "EL") is not None


def test_the_units_time_zone_decides_the_day():
    moment = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    assert local_date(moment, "Europe/Sofia") == date(2026, 11, 24)
    assert local_date(moment, "Europe/Rome") == date(2026, 11, 23)


def test_a_promise_lists_every_day_it_steps_over():
    reckoning = promised_date(date(2026, 12, 22), 5, None, "BG")

    assert reckoning.due == date(2027, 1, 4)
    assert not reckoning.express
    assert [(line.kind, line.on) for line in reckoning.lines] == [
        (LineKind.START, date(2026, 12, 22)),
        (LineKind.HOLIDAY, date(2026, 12, 24)),
        (LineKind.HOLIDAY, date(2026, 12, 25)),
        (LineKind.WEEKEND, date(2026, 12, 26)),
        (LineKind.HOLIDAY, date(2026, 12, 28)),
        (LineKind.HOLIDAY, date(2027, 1, 1)),
        (LineKind.WEEKEND, date(2027, 1, 2)),
        (LineKind.RESULT, date(2027, 1, 4)),
    ]
    assert [line.words["bg"] for line in reckoning.lines[:4]] == [
        "Пълна заявка: вт 22.12.2026; броим 5 раб. дни от следващия ден.",
        "чт 24.12.2026: Бъдни вечер.",
        "пт 25.12.2026: Рождество Христово.",
        "сб 26.12.2026 – нд 27.12.2026: почивни дни.",
    ]
    assert reckoning.lines[-1].words["en"] == "Promised date: Mon 4 Jan 2027."


@pytest.mark.parametrize(
    ("complete_on", "size", "publish_on", "due", "express"),
    [
        (date(2026, 11, 23), 5, date(2027, 2, 1), date(2026, 11, 30), False),
        (date(2026, 11, 23), 5, date(2026, 12, 3), date(2026, 11, 30), False),  # just fits
        (date(2026, 11, 23), 5, date(2026, 12, 2), date(2026, 11, 27), True),  # one day short
        (date(2026, 11, 23), 10, date(2026, 11, 30), date(2026, 11, 25), True),
        (date(2026, 11, 23), 10, date(2026, 11, 24), date(2026, 11, 24), True),  # never before the next working day
        (date(2026, 11, 27), 2, date(2026, 11, 20), date(2026, 11, 30), True),  # already published
        (date(2026, 11, 23), 2, None, date(2026, 11, 25), False),
    ],
)
def test_a_promise_is_never_later_than_three_working_days_before_publication(
    complete_on, size, publish_on, due, express
):
    reckoning = promised_date(complete_on, size, publish_on, "BG")

    assert (reckoning.due, reckoning.express) == (due, express)
    assert (LineKind.EXPRESS in {line.kind for line in reckoning.lines}) == express
    assert (LineKind.LIMIT in {line.kind for line in reckoning.lines}) == (publish_on is not None)


@pytest.mark.parametrize(
    ("due", "today", "bg", "en"),
    [
        (date(2026, 11, 26), date(2026, 11, 24), "след 2 раб. дни, чт 26.11", "in 2 working days, Thu 26 Nov"),
        (date(2026, 11, 30), date(2026, 11, 27), "след 1 раб. ден, пн 30.11", "in 1 working day, Mon 30 Nov"),
        (date(2026, 11, 24), date(2026, 11, 24), "днес", "today"),
        (date(2026, 11, 25), date(2026, 11, 24), "утре, ср 25.11", "tomorrow, Wed 25 Nov"),
        (date(2026, 11, 29), date(2026, 11, 27), "до нд 29.11", "by Sun 29 Nov"),
        (
            date(2026, 11, 20),
            date(2026, 11, 24),
            "просрочено с 2 раб. дни, от пт 20.11",
            "overdue by 2 working days, since Fri 20 Nov",
        ),
        (
            date(2026, 11, 23),
            date(2026, 11, 24),
            "просрочено с 1 раб. ден, от пн 23.11",
            "overdue by 1 working day, since Mon 23 Nov",
        ),
        (date(2026, 11, 20), date(2026, 11, 21), "просрочено от пт 20.11", "overdue since Fri 20 Nov"),
        (date(2027, 1, 4), date(2026, 12, 30), "след 2 раб. дни, пн 04.01.2027", "in 2 working days, Mon 4 Jan 2027"),
    ],
)
def test_the_time_left_is_said_in_words(due, today, bg, en):
    assert due_words(due, today, "BG", "bg") == bg
    assert due_words(due, today, "BG", "en") == en
