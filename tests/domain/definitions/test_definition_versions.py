"""Versions of a process: brought in, uploaded, compared, published, one at a time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Membership, Role
from app.domain.accounts.queries import actor_for
from app.domain.definitions.changes import Changes, DecisionChange, changes_between
from app.domain.definitions.models import Definition, DefinitionVersion
from app.domain.definitions.operations import discard, load_shipped_processes, publish, upload_change
from app.domain.definitions.packages import drawing_of, process_of
from app.domain.definitions.queries import (
    definitions_of,
    find_current_version,
    find_version,
    get_visible_definition,
    get_visible_version,
    versions_of,
)
from app.domain.processes.queries import open_tasks, running_counts
from app.engine import NotExecutable
from app.errors import Conflict, Forbidden, Invalid, NotFound
from tests.domain.accounts.people import make_actor, make_unit
from tests.domain.accounts.statements import counted_statements
from tests.domain.definitions.changed import (
    HOSTILE,
    SHIPPED,
    check_always,
    decision,
    drawing,
    drawing_with_call,
)
from tests.web.filing import ADVISED, ANALYSED, OPENED, complete, make_place, make_request


def make_definition(unit):
    (definition,) = load_shipped_processes(unit, now=now())
    return definition


@pytest.fixture
def coordinator(any_db_app):
    return make_actor(Role.COORDINATOR, make_unit())


@pytest.fixture
def definition(coordinator):
    return make_definition(coordinator.organisation)


def upload(definition, by, **files):
    """A draft with these files, `drawing` being the BPMN file and others named without .dmn."""
    named = {f"{name}.dmn" if name != "drawing" else "process.bpmn": content for name, content in files.items()}
    return upload_change(definition, named, by=by, now=now())


def codes(version):
    return [finding["code"] for finding in version.findings]


def test_shipped_processes_come_once_and_are_published(coordinator, definition):
    assert load_shipped_processes(coordinator.organisation, now=now()) == []

    (listed,) = definitions_of(coordinator.organisation_id)
    assert (listed.definition, listed.current.number, listed.drafts) == (definition, 1, 0)
    assert dict(definition.name) == {"bg": "Заявка за помощ", "en": "Request for help"}
    assert listed.current.findings == []


def test_an_upload_becomes_a_draft_on_the_version_in_use(coordinator, definition):
    draft = upload(definition, coordinator, drawing=drawing_with_call())

    assert (draft.number, draft.status, draft.has_errors) == (2, "draft", False)
    assert (draft.created_by_id, draft.created_membership_id) == (coordinator.user_id, coordinator.membership_id)
    assert draft.decisions == find_current_version(definition.id).decisions
    assert find_current_version(definition.id).number == 1


def test_a_decision_file_takes_the_place_of_the_one_it_was_copied_from(coordinator, definition):
    draft = upload_change(definition, {"second_check (1).dmn": check_always()}, by=coordinator, now=now())

    assert draft.decisions["second_check.dmn"] == check_always().decode()
    assert sorted(draft.decisions) == sorted(SHIPPED.decisions)


def test_a_draft_with_errors_is_mended_on_itself_but_not_by_default(coordinator, definition):
    broken = upload(definition, coordinator, drawing=drawing_with_call(), intake=b"<x/>")
    mended = upload_change(
        definition, {"intake.dmn": SHIPPED.decisions["intake.dmn"].encode()}, base=broken, by=coordinator, now=now()
    )
    other = upload(definition, coordinator, second_check=check_always())

    assert broken.has_errors
    assert (mended.bpmn, mended.has_errors) == (drawing_with_call(), False)
    assert (other.bpmn, other.has_errors) == (SHIPPED.bpmn, False)


def test_a_drawing_that_cannot_run_is_kept_with_its_findings(coordinator, definition):
    draft = upload(
        definition, coordinator, drawing=drawing(('zeleno:formKey="reply"', 'zeleno:formKey="no_such_form"'))
    )

    assert codes(draft) == ["form_unknown"]
    assert [finding["element_id"] for finding in draft.findings] == ["reply"]
    assert set(draft.findings[0]["message"]) == {"bg", "en"}
    with pytest.raises(Conflict):
        publish(draft, by=coordinator, now=now())
    with pytest.raises(NotExecutable):
        process_of(draft.id)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_drawings_are_kept_as_drafts_that_run_nothing(coordinator, definition, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content, code = HOSTILE[name]

    draft = upload(definition, coordinator, drawing=content)

    assert code in codes(draft)
    assert draft.has_errors
    shown = drawing_of(draft)
    assert shown is None or (name == "python" and shown.steps)
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize("name", ["outside entity", "entity bomb", "other XML"])
def test_hostile_decisions_are_kept_as_drafts_that_decide_nothing(coordinator, definition, name):
    draft = upload(definition, coordinator, intake=HOSTILE[name][0])

    assert "decision_file" in codes(draft)
    assert draft.has_errors


def test_python_in_a_decision_is_a_finding(coordinator, definition):
    old = '{bg: "Нищо не налага втора проверка.", en: "Nothing calls for a second check."}'
    bad = decision("second_check.dmn", (old, "open('/etc/passwd').read()"))

    assert "decision_cell" in codes(upload(definition, coordinator, second_check=bad))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a BPMN or DMN file to upload."),
        ({"x.exe": b"MZ"}, "“x.exe” is neither a .bpmn nor a .dmn file."),
        ({"../../a\n.bpmn": b"x" * 2_000_000}, "“a.bpmn” is larger than 1000 kB."),
        ({"a.dmn": "решение".encode("cp1251")}, "“a.dmn” is not in the UTF-8 encoding. Save it again as UTF-8."),
        ({"a.bpmn": b"", "b.bpmn": b""}, "A process has one drawing. Choose one BPMN file."),
        ({f"{number}.dmn": b"" for number in range(21)}, "Upload at most 20 files at once."),
    ],
)
def test_files_of_another_kind_or_size_are_refused_with_a_reason(coordinator, definition, files, said):
    with pytest.raises(Invalid) as refusal:
        upload_change(definition, files, by=coordinator, now=now())

    assert str(refusal.value).startswith(said)
    assert len(versions_of(definition)) == 1


def test_signs_that_a_database_cannot_keep_do_no_harm(coordinator, definition):
    draft = upload_change(definition, {"нова\0.dmn": b"\0<x/>"}, note="бележка\0 ", by=coordinator, now=now())
    db.session.expire_all()

    assert draft.note == "бележка"
    assert draft.decisions["нова.dmn"] == "\0<x/>"


def test_publishing_moves_new_requests_only(any_db_app):
    place = make_place()
    (definition,) = definitions_of(place.coordinator.organisation_id)
    definition = definition.definition
    old = make_request(place.clerk)
    draft = upload(definition, place.coordinator, drawing=drawing_with_call())

    publish(draft, by=place.coordinator, now=now(), instead_of=1)
    new = make_request(place.clerk)

    assert [task.element_id for task in open_tasks(old.id)] == ["triage"]
    assert [(task.element_id, task.role) for task in open_tasks(new.id)] == [("first_call", "coordinator")]
    first = find_version(definition, 1)
    assert (first.status, draft.status) == ("retired", "published")
    assert running_counts(definition.id) == {first.id: 1, draft.id: 1}
    complete(old, place.coordinator, lead=str(place.expert.user_id), **OPENED)
    assert [task.element_id for task in open_tasks(old.id)] == ["assessment"]


def test_a_changed_row_changes_the_way_of_new_requests_only(any_db_app):
    place = make_place()
    (listed,) = definitions_of(place.coordinator.organisation_id)
    requests = [make_request(place.clerk)]
    draft = upload(listed.definition, place.coordinator, second_check=check_always())
    publish(draft, by=place.coordinator, now=now())
    requests.append(make_request(place.clerk))
    for request in requests:
        complete(request, place.coordinator, lead=str(place.expert.user_id), **OPENED)
        complete(request, place.expert, **ANALYSED)
        complete(request, place.expert, **ADVISED)

    assert [[task.element_id for task in open_tasks(request.id)] for request in requests] == [
        ["reply"],
        ["second_check"],
    ]


def test_what_differs_is_told(coordinator, definition):
    old = find_current_version(definition.id)
    new = upload(
        definition,
        coordinator,
        drawing=drawing_with_call().replace('name="Анализ"'.encode(), 'name="Преценка"'.encode()),
        second_check=check_always(),
    )

    changes = changes_between(drawing_of(old), drawing_of(new), old.decisions, new.decisions)

    assert changes == Changes(
        added=({"bg": "Обаждане до общината", "en": "Call the municipality"},),
        renamed=(({"bg": "Анализ", "en": "Analysis"}, {"bg": "Преценка", "en": "Analysis"}),),
        rerouted=({"bg": "Проверка по правилата", "en": "Check against the rules"},),
        decisions=(DecisionChange("Правило за втора проверка", "rows", changed=(7,)),),
    )
    back = changes_between(drawing_of(new), drawing_of(old), new.decisions, old.decisions)
    assert back.removed == changes.added
    same = changes_between(drawing_of(old), drawing_of(old), old.decisions, old.decisions)
    assert same.are_none


def test_other_settings_of_a_step_are_told(coordinator, definition):
    old = find_current_version(definition.id)
    new = upload(
        definition,
        coordinator,
        drawing=drawing(('zeleno:formKey="reply" zeleno:phase', 'zeleno:formKey="missing" zeleno:phase')),
    )

    changes = changes_between(drawing_of(old), drawing_of(new), old.decisions, new.decisions)

    assert [words["en"] for words in changes.altered] == ["The buyer's reply"]


def test_a_draft_is_never_taken_for_another_version_of_the_same_number(coordinator, definition):
    draft = upload(definition, coordinator, drawing=drawing_with_call())
    assert "first_call" in process_of(draft.id).nodes
    draft_id = draft.id
    db.session.delete(draft)
    db.session.flush()

    again = upload(definition, coordinator, second_check=check_always())
    again.id = draft_id
    db.session.flush()

    assert "first_call" not in process_of(draft_id).nodes


def test_only_a_draft_is_published_or_set_aside(coordinator, definition):
    published = find_current_version(definition.id)
    draft = upload(definition, coordinator, drawing=drawing_with_call())
    discard(draft, by=coordinator)

    assert (draft.is_set_aside, published.is_set_aside) == (True, False)
    for version in (published, draft):
        with pytest.raises(Conflict):
            publish(version, by=coordinator, now=now())
        with pytest.raises(Conflict):
            discard(version, by=coordinator)


def test_whoever_saw_another_version_in_use_is_told_before_publishing(coordinator, definition):
    first, second = (upload(definition, coordinator, second_check=check_always()) for _ in range(2))
    publish(first, by=coordinator, now=now(), instead_of=1)

    with pytest.raises(Conflict) as refusal:
        publish(second, by=coordinator, now=now(), instead_of=1)

    assert str(refusal.value).startswith("Version 2 was published meanwhile.")
    publish(second, by=coordinator, now=now(), instead_of=2)


@pytest.mark.parametrize("drafts", [1, 2])
def test_of_several_who_publish_at_once_one_wins(any_db_app, drafts):
    with unit_of_work():
        coordinator = make_actor(Role.COORDINATOR, make_unit())
        membership_id = coordinator.membership_id
        definition = make_definition(coordinator.organisation)
        definition_id = definition.id
        ids = [upload(definition, coordinator, second_check=check_always()).id for _ in range(drafts)]

    def try_to_publish(number):
        with any_db_app.app_context():
            actor = actor_for(db.session.get_one(Membership, membership_id).user, membership_id)
            version = db.session.get_one(DefinitionVersion, ids[number % drafts])
            try:
                with unit_of_work():
                    publish(version, by=actor, now=now(), instead_of=1)
            except Conflict:
                return "conflict"
            return "published"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(try_to_publish, range(4)))

    assert sorted(answers) == ["conflict"] * 3 + ["published"]
    versions = versions_of(db.session.get_one(Definition, definition_id))
    assert [version.status for version in versions].count("published") == 1


def test_uploads_at_one_moment_get_numbers_of_their_own(any_db_app):
    with unit_of_work():
        coordinator = make_actor(Role.COORDINATOR, make_unit())
        membership_id = coordinator.membership_id
        definition_id = make_definition(coordinator.organisation).id

    def upload_once(_number):
        with any_db_app.app_context(), unit_of_work():
            actor = actor_for(db.session.get_one(Membership, membership_id).user, membership_id)
            return upload(db.session.get_one(Definition, definition_id), actor, second_check=check_always()).number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(upload_once, range(4)))

    assert sorted(numbers) == [2, 3, 4, 5]


def test_people_of_another_unit_do_not_know_of_it(definition):
    stranger = make_actor(Role.COORDINATOR, make_unit())

    with pytest.raises(NotFound):
        get_visible_definition(definition.id, stranger)
    with pytest.raises(NotFound):
        get_visible_version(find_current_version(definition.id).id, stranger)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.LAWYER, Role.LIAISON, Role.EDITOR])
def test_people_of_the_unit_read_and_change_nothing(coordinator, definition, role):
    reader = make_actor(role, coordinator.organisation)
    draft = upload(definition, coordinator, second_check=check_always())

    assert get_visible_version(draft.id, reader) is draft
    for act in (
        lambda: upload(definition, reader, second_check=check_always()),
        lambda: publish(draft, by=reader, now=now()),
        lambda: discard(draft, by=reader),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_base_of_another_process_is_not_found(coordinator, definition):
    foreign = make_definition(make_unit())

    with pytest.raises(NotFound):
        upload_change(
            definition,
            {"second_check.dmn": check_always()},
            base=find_current_version(foreign.id),
            by=coordinator,
            now=now(),
        )


def test_lists_need_the_same_statements_for_one_and_for_many(coordinator, definition):
    counts = []
    for _ in range(2):
        db.session.expire_all()
        with counted_statements() as listed:
            [one.current.number for one in definitions_of(coordinator.organisation_id)]
        with counted_statements() as versions:
            [(one.created_by, one.published_by, one.has_errors) for one in versions_of(definition)]
        counts.append((len(listed), len(versions)))
        for _ in range(2):
            upload(definition, make_actor(Role.COORDINATOR, coordinator.organisation), second_check=check_always())

    assert counts[0] == counts[1]
