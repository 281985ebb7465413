"""Processes in a real browser: reading, uploading a change, publishing it, and the step that then appears."""

import re

import pytest
from playwright.sync_api import expect

from app.clock import now
from app.db import db, unit_of_work
from app.domain.definitions.models import Definition
from app.domain.definitions.operations import upload_change
from app.domain.requests.operations import file_request, save_draft, start_draft
from app.seed.people import actor_of
from tests.domain.definitions.changed import check_always, drawing, drawing_with_call
from tests.web.filing import WHOLE

COORDINATOR, EXPERT = "desislava@zeleno.example", "ivan@zeleno.example"
PAGES = ("", "/1", "/1/upload", "/versions/1", "/versions/1/decisions")


@pytest.fixture
def english(signed_in, site):
    """english(email): the page of this person, in English."""

    def enter(email):
        page = signed_in(email)
        page.goto(f"{site.url}/language?to=en&next=/processes")
        return page

    return enter


def uploaded(site, content, name="process.bpmn"):
    """The address of a draft with this file."""
    with site.app.app_context(), unit_of_work():
        coordinator = actor_of("desislava")
        definition = db.session.query(Definition).filter_by(unit_id=coordinator.organisation_id).one()
        draft = upload_change(definition, {name: content}, by=coordinator, now=now())
        return f"{site.url}/processes/versions/{draft.id}"


def filed(site, title):
    """A request that the clerk of the story sends now."""
    with site.app.app_context(), unit_of_work():
        clerk = actor_of("silvia")
        request = start_draft(by=clerk, now=now())
        save_draft(request, {**WHOLE, "title": title}, by=clerk, now=now())
        file_request(request, by=clerk, now=now())


def test_the_pages_of_processes_hinder_nobody(english, site, accessible):
    page = english(COORDINATOR)
    for path in PAGES:
        page.goto(f"{site.url}/processes{path}")
        if page.locator(".diagram").count():
            page.locator(".diagram").scroll_into_view_if_needed()
            expect(page.locator(".diagram[data-state=drawn]")).to_be_visible()
        accessible(page)


def test_a_draft_with_findings_hinders_nobody(english, site, accessible):
    page = english(COORDINATOR)
    for content in (drawing(('zeleno:formKey="reply"', 'zeleno:formKey="no_such_form"')), b"no drawing"):
        page.goto(uploaded(site, content))
        accessible(page)


def test_a_step_that_is_drawn_uploaded_and_published_stands_in_the_inbox(english, site, tmp_path):
    file = tmp_path / "process.bpmn"
    file.write_bytes(drawing_with_call())
    page = english(COORDINATOR)
    page.get_by_role("link", name="Request for help").click()
    page.get_by_role("link", name="Upload a change").click()
    page.get_by_label("BPMN and DMN files").set_input_files(file)
    expect(page.locator(".zf-file-list")).to_contain_text("process.bpmn")
    page.get_by_label(re.compile("What did you change")).fill("Първо се обаждаме")

    page.get_by_role("button", name="Check the files and keep them as a draft").click()
    expect(page.get_by_text("Nothing to mend: the process can run.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"New requests will use version \d+; \d+ running ones stay"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Publish version")).click()
    expect(page.get_by_text("New requests use it from now on.")).to_be_visible()

    filed(site, "Пейки за парка")
    page.goto(f"{site.url}/inbox?box=group")
    expect(page.get_by_role("link", name=re.compile("Call the municipality.*Пейки за парка"))).to_be_visible()


def test_a_finding_brings_its_step_into_view(english, site):
    page = english(COORDINATOR)
    page.goto(uploaded(site, drawing(('zeleno:formKey="reply"', 'zeleno:formKey="no_such_form"'))))
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(".diagram[data-state=drawn]")).to_be_visible()

    page.get_by_role("link", name="The buyer's reply").click()

    marked = page.locator('.djs-element.is-named[data-element-id="reply"]')
    expect(marked).to_be_visible()
    expect(marked).to_be_in_viewport()


def test_steps_without_shapes_are_told_in_words(english, site, accessible):
    whole = drawing().decode()
    shapes = re.search(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", whole, re.DOTALL)[0]
    page = english(COORDINATOR)
    page.goto(uploaded(site, whole.replace(shapes, "").encode()))
    page.locator(".diagram").scroll_into_view_if_needed()

    expect(page.locator(".diagram figcaption")).to_have_text(re.compile("The file has no drawing that can be shown."))
    expect(page.locator("#step-assessment")).to_be_visible()
    accessible(page)


def test_a_hostile_name_is_drawn_as_text(english, site):
    name = "&lt;img src=x onerror=alert(1)&gt;"
    page = english(COORDINATOR)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(uploaded(site, drawing(('name="Анализ"', f'name="{name}"'), ('text="Analysis"', f'text="{name}"'))))
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(".diagram[data-state=drawn]")).to_be_visible()

    expect(page.locator("#step-assessment strong")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0


def test_a_drawing_opened_by_itself_runs_nothing(browser, site):
    head = re.search(r"<bpmn:definitions[^>]*>", drawing().decode())[0]
    ran = '<p id="ran" xmlns="http://www.w3.org/1999/xhtml">still</p>'
    script = '<script xmlns="http://www.w3.org/1999/xhtml">document.getElementById("ran").textContent = "ran"</script>'
    url = uploaded(site, drawing((head, f"{head}{ran}{script}")))
    context = browser.new_context()
    context.add_cookies([site.cookie_for(COORDINATOR)])
    page = context.new_page()

    page.goto(f"{url}/process.bpmn")

    expect(page.locator("#ran")).to_have_text("still")
    context.close()


def test_uploading_works_without_scripts(browser, site, tmp_path):
    file = tmp_path / "second_check.dmn"
    file.write_bytes(check_always())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 667})
    context.add_cookies([site.cookie_for(COORDINATOR), {"name": "language", "value": "en", "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/processes/1/upload")

    page.get_by_label("BPMN and DMN files").set_input_files(file)
    page.get_by_role("button", name="Check the files and keep them as a draft").press("Enter")

    expect(page.get_by_text("Правило за втора проверка: changed rows: 7")).to_be_visible()
    context.close()


def test_an_expert_reads_and_finds_no_way_to_change(english, site):
    page = english(EXPERT)
    page.get_by_role("link", name="Request for help").click()

    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    expect(page.get_by_role("link", name="Upload a change")).to_have_count(0)
