"""The pages of processes: reading them, uploading a change, publishing it."""

import io

import pytest

from app.clock import now
from app.db import db
from app.domain.definitions.models import DefinitionVersion
from app.domain.definitions.operations import publish, upload_change
from app.domain.definitions.queries import definitions_of, find_current_version
from app.domain.processes.queries import open_tasks
from tests.domain.accounts.people import make_actor
from tests.domain.definitions.changed import HOSTILE, SHIPPED, check_always, drawing, drawing_with_call
from tests.web.filing import make_place, make_request


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def definition(place):
    return definitions_of(place.coordinator.organisation_id)[0].definition


@pytest.fixture
def as_(client, sign_in):
    """as_(actor): this person uses the browser, in English."""

    def enter(actor):
        sign_in(client, actor.user, actor.membership)
        client.set_cookie("language", "en")

    return enter


@pytest.fixture
def send(page, definition):
    """send(name=content, …): uploads these files in the browser; the page that follows."""

    def upload(files, note="", base=""):
        form = page(f"/processes/{definition.id}/upload{base}")
        chosen = [(io.BytesIO(content), name) for name, content in files.items()]
        return form.submit("Check the files and keep them as a draft", files=chosen, note=note)

    return upload


def drafts():
    return db.session.query(DefinitionVersion).filter_by(status="draft").all()


def sections(shown):
    return shown.texts("//main//h2")


def test_the_list_names_each_process_and_its_version(place, as_, page):
    as_(place.expert)
    shown = page("/processes")

    assert shown.links() == {"Request for help": "/processes/1"}
    assert "Version 1 is in use since" in shown.text


def test_a_reader_sees_drawing_words_and_files_but_no_way_to_change(place, definition, as_, page, client):
    as_(place.expert)
    shown = page(f"/processes/{definition.id}")

    assert sections(shown) == ["Versions", "The process, drawn", "The same, step by step", "Files of version 1"]
    assert shown.tree.xpath("//figure/@data-xml") == ["/processes/versions/1/process.bpmn"]
    steps = shown.texts("//ol[@class='step-list']/li")
    assert "First look coordinatorThen:" in steps[2]
    assert "Upload a change" not in shown.links()
    assert client.get(f"/processes/{definition.id}/upload").status_code == 403


def test_the_versions_say_who_when_why_and_how_many_run_on_them(place, definition, as_, page):
    make_request(place.clerk)
    files = {"second_check.dmn": check_always()}
    draft = upload_change(definition, files, note="Винаги с проверка", by=place.coordinator, now=now())
    publish(draft, by=place.coordinator, now=now())
    upload_change(definition, {"process.bpmn": b""}, by=place.coordinator, now=now())
    as_(place.coordinator)

    rows = page(f"/processes/{definition.id}").texts("//main//table/tbody/tr")

    assert [row.split()[:2] for row in rows] == [["Version", "3"], ["Version", "2"], ["Version", "1"]]
    assert "Draft with errors" in rows[0]
    assert "In use for new requests" in rows[1] and "Десислава Маринова" in rows[1] and "Винаги с проверка" in rows[1]
    assert "Only for requests that run on it" in rows[2] and rows[2].endswith("1 –")


def test_the_drawing_speaks_the_readers_language_and_runs_nothing(place, as_, client):
    as_(place.expert)
    answer = client.get("/processes/versions/1/process.bpmn")

    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    assert 'name="First look"' in answer.text
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_each_file_is_handed_out_as_it_was_uploaded(place, definition, as_, page, client):
    as_(place.expert)
    links = [url for url in page(f"/processes/{definition.id}").links().values() if "/file?" in url]
    answers = {url: client.get(url) for url in links}

    assert [answer.data for answer in answers.values()] == [
        SHIPPED.bpmn,
        *(SHIPPED.decisions[name].encode() for name in sorted(SHIPPED.decisions)),
    ]
    for answer in answers.values():
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert client.get("/processes/versions/1/file?name=../secret").status_code == 404


def test_decisions_are_read_as_tables(place, as_, page):
    as_(place.expert)
    shown = page("/processes/versions/1/decisions")

    assert sections(shown) == ["Propose the council or not", "Check against the rules", "Rule for a second check"]
    first = shown.texts("(//table)[3]/tbody/tr")[0]
    assert first == (
        "Row 1 People free to check: 0 required = false"
        "reason = Nobody else can check; the recommendations are delivered with this note. "
        "Nobody but the author: never a dead end"
    )
    assert "The first row that holds decides" in shown.text
    assert "unit.checkers" in shown.texts("(//details)[3]")[0]


def test_decisions_speak_the_readers_language(place, as_, page, client):
    as_(place.expert)
    client.set_cookie("language", "bg")
    shown = page("/processes/versions/1/decisions")

    assert sections(shown) == ["Предложение за съвета", "Проверка по правилата", "Правило за втора проверка"]
    assert shown.texts("(//table)[3]/tbody/tr")[0] == (
        "Ред 1 Свободни проверяващи: 0 required = false"
        "reason = Няма друг, който да провери; препоръките се предават с тази бележка. "
        "Няма друг освен автора: заявката не спира"
    )


def test_an_uploaded_step_reaches_people_without_code(place, definition, as_, page, send):
    old = make_request(place.clerk)
    as_(place.coordinator)

    draft = send({"process.bpmn": drawing_with_call()}, note="Първо се обаждаме")

    assert draft.heading == "Version 2"
    assert "Nothing to mend: the process can run." in draft.text
    assert draft.texts("//section[@aria-labelledby='changes']//li") == [
        "Call the municipality",
        "Check against the rules",
    ]
    assert "New requests will use version 2; 1 running one stays on version 1." in draft.text
    published = draft.submit("Publish version 2", form="//form[contains(@action, 'publish')]")
    assert "Version 2 is published. New requests use it from now on." in published.text
    new = make_request(place.clerk)
    assert [task.element_id for task in open_tasks(old.id)] == ["triage"]
    assert [task.element_id for task in open_tasks(new.id)] == ["first_call"]


def test_a_finding_leads_to_its_place(place, as_, send):
    as_(place.coordinator)

    draft = send({"process.bpmn": drawing(('zeleno:formKey="reply"', 'zeleno:formKey="no_such_form"'))})

    assert "Errors: they keep the version from being published (1)" in draft.text
    (link,) = draft.tree.xpath("//section[@aria-labelledby='findings']//a")
    assert (link.text, link.get("href"), link.get("data-element")) == ("The buyer's reply", "#step-reply", "reply")
    assert draft.tree.xpath("//li[@id='step-reply']")
    assert not draft.tree.xpath("//form[contains(@action, 'publish')]")


def test_a_finding_is_said_in_the_readers_language(place, as_, send, client):
    as_(place.coordinator)
    client.set_cookie("language", "bg")
    upload_change(
        definitions_of(place.coordinator.organisation_id)[0].definition,
        {"process.bpmn": HOSTILE["outside entity"][0]},
        by=place.coordinator,
        now=now(),
    )

    assert "Файлът съдържа DTD" in client.get("/processes/versions/2").text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_drawings_give_findings_and_the_site_goes_on(place, as_, send, page, client, name):
    as_(place.coordinator)

    draft = send({"process.bpmn": HOSTILE[name][0]})

    assert draft.status == 200
    assert "Errors: they keep the version from being published" in draft.text
    shown = client.get("/processes/versions/2/process.bpmn").status_code
    assert (shown, "There is no drawing to show" in draft.text) == ((200, False) if name == "python" else (404, True))
    assert client.get("/processes/versions/2/decisions").status_code == 200
    assert page("/processes").status == 200


@pytest.mark.parametrize("name", ["outside entity", "entity bomb", "other XML", "no XML"])
def test_hostile_decisions_give_findings_or_a_refusal(place, as_, send, client, name):
    as_(place.coordinator)

    shown = send({"intake.dmn": HOSTILE[name][0]})

    if name == "no XML":
        assert (shown.status, drafts()) == (422, [])
    else:
        assert "Errors: they keep the version from being published" in shown.text
        assert "cannot be read as decisions" in client.get("/processes/versions/2/decisions").text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a BPMN or DMN file to upload."),
        ({"x.bpmn": b"x" * 2_000_000}, "“x.bpmn” is larger than 1000 kB."),
        ({"x.pdf": b"%PDF"}, "“x.pdf” is neither a .bpmn nor a .dmn file."),
    ],
)
def test_a_refused_file_is_said_at_its_field(place, as_, send, files, said):
    as_(place.coordinator)

    shown = send(files, note="моята бележка")

    assert shown.status == 422
    assert shown.texts("//*[@id='files-error']")[0].startswith(f"Error: {said}")
    assert shown.texts("//textarea") == ["моята бележка"]
    assert drafts() == []


def test_mended_files_go_into_the_draft_they_mend(place, as_, send):
    as_(place.coordinator)
    broken = send({"process.bpmn": drawing_with_call(), "intake.dmn": b"<x/>"})
    url = broken.links()["Upload mended files"]
    assert url == "/processes/1/upload?base=2"

    mended = send({"intake.dmn": SHIPPED.decisions["intake.dmn"].encode()}, base="?base=2")

    assert "Nothing to mend: the process can run." in mended.text
    assert "Call the municipality" in mended.text


def test_a_draft_is_set_aside(place, definition, as_, send, page):
    as_(place.coordinator)
    draft = send({"process.bpmn": drawing_with_call()})

    after = draft.submit("Set this draft aside", form="//form[contains(@action, 'set-aside')]")

    assert "Version 2 is set aside. It will never be used." in after.text
    assert "Set aside" in after.texts("//main//table/tbody/tr")[0]
    assert "Publish version 2" not in page("/processes/versions/2").text
    assert find_current_version(definition.id).number == 1


def test_versions_are_compared_with_any_other(place, as_, send, page):
    as_(place.coordinator)
    send({"process.bpmn": drawing_with_call()})
    send({"second_check.dmn": check_always()})

    shown = page("/processes/versions/3?against=2")

    assert "What changes against version 2" in sections(shown)
    assert "Steps taken out" in shown.text
    assert "Правило за втора проверка: changed rows: 7" in shown.text
    assert "What changes against version 1" in sections(page("/processes/versions/3?against=77"))


def test_publishing_what_was_overtaken_is_refused(place, definition, as_, send):
    as_(place.coordinator)
    mine = send({"second_check.dmn": check_always()})
    other = upload_change(definition, {"process.bpmn": drawing_with_call()}, by=place.coordinator, now=now())
    publish(other, by=place.coordinator, now=now())

    after = mine.submit("Publish version 2", form="//form[contains(@action, 'publish')]")

    assert "Version 3 was published meanwhile." in after.text
    assert find_current_version(definition.id).number == 3


@pytest.mark.parametrize("role", ["expert", "lawyer", "liaison", "editor"])
def test_readers_cannot_publish(place, definition, as_, page, client, role):
    draft = upload_change(definition, {"process.bpmn": drawing_with_call()}, by=place.coordinator, now=now())
    as_(make_actor(role, place.coordinator.organisation))

    shown = page(f"/processes/versions/{draft.id}")

    assert "What to do with this draft" not in sections(shown)
    for what in ("publish", "set-aside"):
        assert client.post(f"/processes/versions/{draft.id}/{what}").status_code == 403
    assert find_current_version(definition.id).number == 1


def test_a_page_posted_without_its_token_changes_nothing(place, definition, as_, client):
    draft = upload_change(definition, {"process.bpmn": drawing_with_call()}, by=place.coordinator, now=now())
    as_(place.coordinator)
    client.with_token = False

    client.post(f"/processes/versions/{draft.id}/publish")
    client.post(f"/processes/versions/{draft.id}/set-aside")

    assert [version.id for version in drafts()] == [draft.id]
