"""The unit of work: all or nothing, never nested, and reading never waits for writing."""

import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import exc

from app.db import UtcDateTime, db, unit_of_work
from app.domain.accounts.models import Organisation
from tests.domain.accounts.people import make_unit


def names():
    return sorted(db.session.scalars(db.select(Organisation.country)))


def add(country):
    db.session.add(Organisation(kind="unit", name={"bg": "Звено"}, country=country))


class TestAllOrNothing:
    def test_what_was_done_inside_is_kept(self, any_db_app):
        with unit_of_work():
            add("BG")
        db.session.rollback()

        assert names() == ["BG"]

    def test_an_error_undoes_all_of_it(self, any_db_app):
        with pytest.raises(ZeroDivisionError), unit_of_work():
            add("BG")
            db.session.flush()
            add("IT")
            raise ZeroDivisionError

        assert names() == []

    def test_so_does_being_stopped(self, any_db_app):
        with pytest.raises(KeyboardInterrupt), unit_of_work():
            add("BG")
            raise KeyboardInterrupt

        assert names() == []

    def test_after_an_error_the_next_one_works(self, any_db_app):
        with pytest.raises(exc.IntegrityError), unit_of_work():
            db.session.add(Organisation(kind="unit", name=None, country=None, unit_id=99))

        with unit_of_work():
            add("BG")
        assert names() == ["BG"]


class TestOneAtATime:
    def test_not_inside_another(self, any_db_app):
        with pytest.raises(RuntimeError, match="inside a unit of work"), unit_of_work():
            add("BG")
            with unit_of_work():
                add("IT")

        assert names() == []
        with unit_of_work():
            add("RO")

    @pytest.mark.parametrize("flushed", [False, True])
    def test_not_over_changes_made_before(self, any_db_app, flushed):
        add("BG")
        if flushed:
            db.session.flush()

        with pytest.raises(RuntimeError, match="changed before"), unit_of_work():
            pass

        db.session.rollback()
        with unit_of_work():
            add("IT")
        assert names() == ["IT"]

    def test_what_was_read_before_is_read_again(self, any_db_app):
        with unit_of_work():
            unit = make_unit(country="BG")
        assert unit.country == "BG"
        with db.engine.begin() as elsewhere:
            elsewhere.execute(db.update(Organisation).values(country="IT"))

        with unit_of_work():
            assert unit.country == "IT"


class TestReadingAndWriting:
    """On SQLite the write lock is taken by a unit of work alone, and readers go on beside it."""

    def test_a_reader_goes_on_while_a_writer_holds_the_lock(self, any_db_app):
        with unit_of_work():
            add("BG")
        seen = []

        def read():
            with any_db_app.app_context():
                seen.append(names())

        with unit_of_work():
            add("IT")
            db.session.flush()
            reader = threading.Thread(target=read)
            reader.start()
            reader.join(timeout=5)
            assert not reader.is_alive()

        assert (seen, names()) == ([["BG"]], ["BG", "IT"])

    def test_a_writer_goes_on_while_a_page_is_being_read(self, any_db_app):
        assert names() == []  # the reading of this session stays open
        wrote = threading.Event()

        def write():
            with any_db_app.app_context():
                with unit_of_work():
                    add("BG")
                wrote.set()

        writer = threading.Thread(target=write)
        writer.start()
        writer.join(timeout=5)

        assert wrote.is_set()
        db.session.rollback()
        assert names() == ["BG"]

    def test_a_second_writer_waits_its_turn(self, any_db_app):
        inside, order = threading.Event(), []

        def write_second():
            with any_db_app.app_context():
                inside.wait()
                with unit_of_work():
                    order.append(names())
                    add("IT")

        second = threading.Thread(target=write_second)
        second.start()
        with unit_of_work():
            add("BG")
            db.session.flush()
            inside.set()
            time.sleep(0.2)
        second.join(timeout=10)

        db.session.rollback()
        assert names() == ["BG", "IT"]
        if db.engine.dialect.name == "sqlite":
            assert order == [["BG"]]

    def test_many_writers_none_of_whom_meets_a_locked_database(self, any_db_app):
        problems = []

        def write(number):
            with any_db_app.app_context():
                for _time in range(10):
                    try:
                        with unit_of_work():
                            add(f"{number}")
                            db.session.flush()
                            names()
                    except exc.SQLAlchemyError as error:
                        problems.append(error)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert problems == []
        assert len(names()) == 80


class TestMoments:
    def test_they_come_back_aware_and_in_utc(self, any_db_app):
        sofia = datetime(2026, 11, 23, 11, 0, tzinfo=timezone(timedelta(hours=2)))
        kind = UtcDateTime()
        dialect = db.engine.dialect

        kept = kind.process_result_value(kind.process_bind_param(sofia, dialect), dialect)

        assert (kept, kept.tzinfo) == (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), UTC)

    def test_one_without_a_zone_is_refused(self, app):
        with pytest.raises(ValueError, match="time zone"):
            UtcDateTime().process_bind_param(datetime(2026, 11, 23), db.engine.dialect)
