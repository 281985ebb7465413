"""The commands of administrators: reading a notice, loading what ships, doing what is due."""

from datetime import UTC, datetime

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.criteria.models import Criterion
from app.domain.definitions.models import Definition, DefinitionVersion, VersionStatus
from app.domain.processes.models import ServiceJob
from app.domain.reference.models import ProductGroup
from app.domain.requests.models import Request
from tests.domain.accounts.people import make_actor, make_organisation, make_unit
from tests.domain.processes.tiny import EXPERT, begin, drawn, user
from tests.domain.requests.story import make_place, waiting
from tests.engine import build
from tests.support.shared_data import shared_file

#: A Bulgarian contract notice of 2016 for electricity; its deadline is long past.
NOTICE = "notices_raw/2016-S-165-296968_BG_F02.xml"


@pytest.fixture
def run(app):
    """run("import", "notice", …): what the command answers."""
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def clerk(app):
    with unit_of_work():
        unit = make_unit(country="BG", nuts="BG34")
        buyer = make_organisation(OrganisationKind.BUYER, unit, "Община Зелен бряг")
        make_actor(Role.EXPERT, unit, email="expert@example.org")
        return make_actor(Role.CLERK, buyer, email="clerk@example.org")


def requests():
    db.session.rollback()
    return list(db.session.scalars(db.select(Request)))


class TestImportNotice:
    def test_without_a_person_the_facts_are_told_and_nothing_is_kept(self, run, clerk):
        result = run("import", "notice", str(shared_file(NOTICE)))

        assert result.exit_code == 0
        assert result.output.splitlines()[0].startswith(
            "TED R2.0.9.S01.E01 F02 2016/S 165-296968: Доставка на активна електрическа енергия"
        )
        assert requests() == []

    def test_one_that_is_over_becomes_a_model_which_names_no_buyer_and_no_date(self, run, clerk):
        result = run("import", "notice", str(shared_file(NOTICE)), "--as", "clerk@example.org")

        [draft] = requests()
        assert result.exit_code == 0
        assert result.output.splitlines()[-1] == (f"Draft {draft.id} for Община Зелен бряг, notice taken as model")
        assert (draft.status, draft.filer_id, draft.created_by_id) == ("draft", clerk.organisation_id, clerk.user_id)
        assert (draft.title != "", draft.cpv is not None) == (True, True)
        assert {"publish_on", "tender_deadline", "value"} & draft.answers.keys() == set()

    def test_as_our_own_it_is_taken_whole(self, run, clerk):
        result = run("import", "notice", str(shared_file(NOTICE)), "--as", "clerk@example.org", "--relation", "own")

        [draft] = requests()
        assert (result.exit_code, draft.notice.relation) == (0, "own")
        assert (draft.answers["tender_deadline"], draft.value_currency) == (
            draft.notice.facts["deadline"].date(), draft.notice.facts["value"]["currency"],
        )  # fmt: skip

    @pytest.mark.parametrize("content", [b"", b"<html/>", b"not xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
    def test_any_other_file_is_refused_in_words(self, run, clerk, tmp_path, content):
        file = tmp_path / "file.xml"
        file.write_bytes(content)

        result = run("import", "notice", str(file), "--as", "clerk@example.org")

        assert (result.exit_code, result.output.startswith("Error: "), requests()) == (1, True, [])
        assert isinstance(result.exception, SystemExit)

    @pytest.mark.parametrize(
        ("email", "said"),
        [
            ("nobody@example.org", "Error: Nobody with the e-mail nobody@example.org can sign in."),
            ("expert@example.org", "Error: Only a municipality, another buyer or a council can ask for help here."),
        ],
    )
    def test_who_cannot_ask_for_help_is_told(self, run, clerk, email, said):
        result = run("import", "notice", str(shared_file(NOTICE)), "--as", email)

        assert (result.exit_code, result.output.splitlines()[-1], requests()) == (1, said, [])


class TestLoad:
    def counts(self):
        db.session.rollback()
        models = (ProductGroup, Criterion, Definition, DefinitionVersion)
        return [db.session.scalar(db.select(db.func.count()).select_from(model)) for model in models]

    def test_twice_gives_the_same_as_once(self, run, clerk):
        first = run("load")
        once = self.counts()
        second = run("load")

        assert (first.exit_code, second.exit_code) == (0, 0)
        assert self.counts() == once
        assert once[2:] == [1, 1]
        [version] = db.session.scalars(db.select(DefinitionVersion))
        assert (version.status, version.findings) == (VersionStatus.PUBLISHED, [])


class TestJobs:
    def test_does_what_is_due_and_says_how_much(self, app, run):
        place = make_place()
        asks = drawn(build.service("overview", name="market_overview"), user("look", zeleno__candidateRole=EXPERT))
        request = begin(place, asks)
        db.session.scalars(db.select(ServiceJob)).one().run_at = datetime(2020, 1, 1, tzinfo=UTC)
        db.session.commit()

        outputs = [run("jobs").output for _ in range(2)]

        db.session.rollback()
        assert outputs == ["1 done\n", "0 done\n"]
        assert waiting(request) == ["look"]
        assert db.session.scalars(db.select(ServiceJob)).one().done_at <= now()
