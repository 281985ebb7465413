"""The main job, end to end, on real notices."""

from pathlib import Path

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.domain.definitions.models import DefinitionVersion, VersionStatus
from app.domain.definitions.operations import publish, upload_change
from app.domain.processes.queries import last_answers
from app.seed.people import actor_of
from app.words import LANGUAGES
from tests.support.shared_data import SHARED, shared_file

NOTICES = sorted(SHARED.glob("notices_*/*.xml"))


@pytest.mark.parametrize("number", range(len(NOTICES)), ids=lambda number: NOTICES[number].stem)
def test_every_notice_ends_closed_with_recommendations_that_will_be_used(world, number):
    """In turn in one language and the other."""
    code, _lines, journey = world.walk(NOTICES[number].read_bytes(), language=LANGUAGES[number % 2])

    assert (code, journey.request.phase, last_answers(journey.request.id)["reply"]["decision"]) == (
        0,
        "closed",
        "will_use",
    )


def test_there_are_notices_to_walk():
    assert len(NOTICES) >= 62, "the folders notices_raw and notices_sdk_examples of ../shared/data are missing"


FOOD = "2021-S-021-051043_BG_F21.xml"


def food():
    return shared_file(f"notices_raw/{FOOD}").read_bytes()


def test_recommendations_cite_criteria_of_the_group(world):
    _code, lines, journey = world.walk(food())
    cited = [row["code"] for row in last_answers(journey.request.id)["advice"]["recommended"]]

    assert cited and all(code.startswith("food-") for code in cited)
    assert any(code in line for line in lines for code in cited)


def test_without_criteria_of_the_group_the_recommendations_say_so(world):
    fuel = shared_file("notices_raw/2021-S-093-240591_IT_F03.xml").read_bytes()

    _code, lines, journey = world.walk(fuel, language="en")

    assert not last_answers(journey.request.id)["advice"].get("recommended")
    assert any("no criteria for this purchase" in line for line in lines)


def test_a_model_gives_neither_its_buyer_nor_its_value(world):
    _code, _lines, journey = world.walk(food())

    assert journey.request.notice.relation == "model"
    assert journey.request.value_amount is None
    assert "Раднево" not in journey.request.title + (journey.request.answers.get("description") or "")


@pytest.mark.parametrize(("wish", "asked"), [(True, True), (False, False)])
def test_the_council_is_asked_or_not_as_wished(world, wish, asked):
    _code, lines, _journey = world.walk(food(), council=wish)

    assert any("глас:" in line for line in lines) is asked


def test_nobody_checks_their_own_recommendations(world):
    _code, lines, _journey = world.walk(food())
    by = {line.split(". ", 1)[1].split(" — ")[0]: line.split(" — ")[1] for line in lines if line[:1].isdigit()}

    assert by["Препоръки"] != by["Втора проверка"]


def test_another_row_in_a_decision_is_another_way(world):
    _code, before, _journey = world.walk(food())
    version = db.session.query(DefinitionVersion).filter_by(status=VersionStatus.PUBLISHED).first()
    coordinator = actor_of("desislava")
    table = version.decisions["second_check.dmn"]
    changed = table.replace("<text>true</text>", "<text>false</text>")
    with unit_of_work():
        draft = upload_change(
            version.definition, {"second_check.dmn": changed.encode()}, note="", by=coordinator, now=now()
        )
        publish(draft, by=coordinator, now=now())

    _code, after, _journey = world.walk(food())

    assert any("Втора проверка —" in line for line in before)
    assert not any("Втора проверка —" in line for line in after)


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_command_tells_the_way_and_writes_the_dossier(app, tmp_path, language):
    notice, dossier = shared_file(f"notices_raw/{FOOD}"), tmp_path / "dossier.html"

    result = app.test_cli_runner().invoke(args=["walk", str(notice), "--language", language, "--dossier", str(dossier)])

    page = dossier.read_text(encoding="utf-8")
    assert result.exit_code == 0, result.output
    assert f'<html lang="{language}"' in page and "<script" not in page and "0101" in page
    assert {"bg": "Не е правна консултация", "en": "Neither legal advice"}[language] in page


def test_a_file_that_is_no_notice_is_refused_in_words(app, tmp_path):
    wrong = tmp_path / "wrong.xml"
    wrong.write_text("<order/>", encoding="utf-8")

    result = app.test_cli_runner().invoke(args=["walk", str(wrong), "--language", "en"])

    assert result.exit_code == 2
    assert result.output.startswith("The file cannot be read: ")
    assert list(Path(tmp_path).iterdir()) == [wrong]
