"""The inbox and the task page as the people of a unit, a buyer and a council meet them."""

from datetime import date, timedelta

import pytest
from lxml import html

from app import jobs
from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Role
from app.domain.accounts.operations import end_membership
from app.domain.attachments.operations import add_attachment
from app.domain.definitions.packages import process_of
from app.domain.processes import operations as processes
from app.domain.processes.models import HistoryEntry, Instance, Task, TaskStatus
from app.domain.processes.queries import PAGE, inbox, inbox_counts
from app.domain.requests.models import Request
from app.domain.requests.operations import complete_task, withdraw
from app.words import say
from tests.domain.accounts.people import make_actor, make_unit
from tests.domain.accounts.statements import counted_statements
from tests.support.pages import even
from tests.support.rows import bare_row
from tests.web.desks import (
    ASKS_COUNCIL,
    CRITERION,
    QUESTION,
    SECRETS,
    make_asked,
    make_checked,
    make_council,
    make_opened,
    make_overview,
    open_task,
    standing_of,
    vote,
)
from tests.web.filing import ADVISED, ANALYSED, OPENED, complete, make_advised, make_place, make_request

ROWS = "//ul[contains(@class, 'task-list')]/li"
TASK_FORM = "//form[@id='task-form']"


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def as_(client, sign_in):
    """as_(actor): this person uses the browser, in English."""

    def enter(actor):
        sign_in(client, actor.user, actor.membership)
        client.set_cookie("language", "en")

    return enter


@pytest.fixture
def second(app, place, sign_in):
    """Another coordinator of the unit, with a browser of their own."""
    actor = make_actor(Role.COORDINATOR, place.coordinator.organisation, name="Втора Координаторка")
    browser = app.test_client()
    sign_in(browser, actor.user)
    browser.set_cookie("language", "en")
    return browser


def address(request):
    return f"/tasks/{open_task(request).id}"


# the list


def test_a_row_says_what_to_do_for_whom_why_and_by_when(page, as_, place):
    request = make_opened(place, title="Лампи")
    as_(place.expert)

    shown = page("/inbox")
    [row] = shown.texts(ROWS)

    where = f"{request.number} · Община Зелен бряг"
    assert row.startswith(f"Analysis: Лампи {where} · after “First look”, Десислава Маринова,")
    assert "You are the lead expert of this request." in row
    assert "working day" in row or "tomorrow" in row
    assert len(shown.tree.xpath(f"{ROWS}//a")) == 1


def test_tasks_stand_under_the_day_they_are_due(page, as_, place):
    today = now().date()
    dues = {"Старо": -3, "Днес": 0, "Скоро": 3, "После": 30, "Някога": None}
    for title, days in dues.items():
        task = open_task(make_opened(place, title=title))
        task.due_on = today + timedelta(days=days) if days is not None else None
    as_(place.expert)

    shown = page("/inbox")

    heads = [text.rsplit(" ", 1)[0] for text in shown.texts("//main//section/h2")]
    assert heads == ["Overdue", "Today", "In the next seven days", "Later", "Without a date"]
    assert [title.partition(": ")[2] for title in shown.texts(f"{ROWS}/h3")] == list(dues)


def test_the_box_of_the_unit_is_for_coordinators_and_names_who_has_what(page, as_, place):
    make_opened(place, title="Лампи")
    make_request(place.clerk, title="Хартия")

    as_(place.coordinator)
    rows = page("/inbox?box=unit").texts(ROWS)
    as_(place.expert)
    tabs = page("/inbox?box=unit").texts("//ul[@class='filter-tabs']/li")

    assert sorted(row.split("With ")[-1].split("Nobody has")[0].strip()[:12] for row in rows if "With" in row) == [
        "Иван Тодоров"
    ]
    assert sum("Nobody has taken it yet" in row for row in rows) == 1
    assert tabs == ["My tasks 1", "Free to take 0", "Done by me"]


def test_with_nothing_of_ones_own_the_free_tasks_come_first(page, as_, place):
    make_request(place.clerk, title="Хартия")
    as_(place.coordinator)

    assert page("/inbox").heading == "Free to take"
    assert "Nothing waits for you by name" in page("/inbox?box=mine").text
    as_(place.expert)
    assert page("/inbox").heading == "My tasks"
    assert "All done" in page("/inbox").text


def test_a_free_task_is_taken_from_the_list_and_only_once(page, as_, place, second):
    make_request(place.clerk, title="Хартия")
    as_(place.coordinator)
    seen_by_second = page("/inbox", as_client=second)

    taken = page("/inbox").submit("Take it: First look: Хартия")
    refused = seen_by_second.submit("Take it: First look: Хартия")

    assert "The task is yours." in taken.text
    assert "Десислава Маринова has already taken this task." in refused.text


@pytest.mark.parametrize("words", ["лампи", "{number}", "зелен бряг"])
def test_the_search_finds_by_number_subject_and_buyer(page, as_, place, words):
    words = words.format(number=make_opened(place, title="Лампи").number)
    other = make_opened(place, title="Хартия")
    open_task(other).search_text = "друго"
    as_(place.expert)

    assert [text.partition(": ")[2] for text in page(f"/inbox?q={words}").texts(f"{ROWS}/h3")] == ["Лампи"]
    assert "Nothing found for “столове”" in page("/inbox?q=столове").text


@pytest.mark.parametrize("box", ["mine", "done"])
def test_a_long_list_goes_on_page_by_page_without_loss_or_doubles(page, as_, place, box):
    request = make_request(place.clerk)
    mine = {"organisation": place.expert.organisation_id, "request": request.id, "instance": request.instance_id}
    person = {"owner_id": place.expert.user_id, "done_by_id": place.expert.user_id if box == "done" else None}
    numbers = [
        bare_row(
            "task", mine, name={"en": "Step", "bg": "Стъпка"}, engine_task_id=f"t{number}", role="expert",
            status="done" if box == "done" else "open", done_at=now() - timedelta(hours=number // 3), **person,
            due_on=None if number % 7 == 0 else date(2031, 1, 1 + number % 5),
        )
        for number in range(2 * PAGE + 3)
    ]  # fmt: skip
    as_(place.expert)

    found, url = [], f"/inbox?box={box}"
    while url:
        shown = page(url)
        found.append([int(link.get("href").rsplit("/", 1)[1]) for link in shown.tree.xpath(f"{ROWS}//a")])
        url = next(iter(shown.tree.xpath("//a[@rel='next']/@href")), None)

    assert [len(numbers) for numbers in found] == [PAGE, PAGE, 3]
    assert sorted(number for part in found for number in part) == numbers


def test_the_list_needs_the_same_number_of_statements_for_one_task_and_for_three(client, as_, place):
    make_opened(place, title="Лампи")
    as_(place.expert)
    client.get("/inbox")
    with counted_statements() as for_one:
        client.get("/inbox")
    for title in ("Хартия", "Столове"):
        make_opened(place, title=title)
    with counted_statements() as for_three:
        answer = client.get("/inbox")

    assert answer.get_data(as_text=True).count("task-title") == 3
    assert len(for_one) == len(for_three)


@pytest.mark.parametrize("kept_out", ["[{me}]", "[{me}, 900]", "[900, {me}]", "[900, {me}, 901]"])
def test_whoever_must_leave_a_task_to_others_is_not_offered_it(any_db_app, kept_out):
    unit = make_unit()
    me, other = make_actor(Role.EXPERT, unit), make_actor(Role.EXPERT, unit)
    excluded = [int(one) for one in kept_out.format(me=me.user_id).strip("[]").split(",")]
    near_miss = int(f"{me.user_id}0")
    for people in (excluded, [near_miss], []):
        bare_row("task", {"organisation": unit.id}, role="expert", status="open", owner_id=None, excluded=people)

    assert [len(inbox(one, "group").tasks) for one in (me, other)] == [2, 3]
    assert [inbox_counts(one)["group"] for one in (me, other)] == [2, 3]


# the page of a task


def test_a_task_says_why_it_is_here_and_what_every_answer_would_bring(page, as_, place):
    as_(place.coordinator)

    shown = page(address(make_request(place.clerk, title="Лампи")))

    assert shown.heading == "First look: Лампи"
    assert "Every request starts with the coordinator" in shown.text
    assert shown.texts("//dl[@class='next-ways']/div") == [
        "Send the answer and close Answered at once (the end)",
        "Open the case Analysis (expert)",
        "Send the questions to the buyer Complete the request (procurement clerk)",
        "Redirect the buyer and close Not taken on (the end)",
        "Decline the request Not taken on (the end)",
    ]


def test_a_check_tells_the_rule_that_asked_for_it_and_shows_the_step_before(page, as_, place):
    request = make_checked(place)
    as_(place.checker)

    shown = page(address(request))

    reasons = shown.texts("//ul[@class='reasons']/li")
    assert reasons[0].startswith("Before it: Recommendations, Иван Тодоров,")
    assert any(reason.startswith("Rule for a second check:") for reason in reasons)
    assert ADVISED["summary"] in shown.text


def test_finishing_a_task_says_what_happened_and_who_is_next(page, as_, place):
    request = make_request(place.clerk, title="Лампи")
    as_(place.coordinator)

    after = page(address(request)).submit(
        "Send", form=TASK_FORM, lead=str(place.expert.user_id), **{**OPENED, "no_conflict": "true"}
    )

    assert "Done: First look. Next: Analysis (Иван Тодоров)." in after.text
    assert after.answer.request.path == "/inbox"
    [done] = db.session.query(Task).filter_by(status=TaskStatus.DONE)
    assert (done.owner_id, done.done_by_id) == (place.coordinator.user_id, place.coordinator.user_id)


def test_the_second_of_two_learns_who_was_faster_and_keeps_what_they_typed(page, as_, place, second):
    request = make_request(place.clerk)
    slow = page(address(request), as_client=second)
    as_(place.coordinator)
    page(address(request)).submit("Send", form=TASK_FORM, decision="answer_now", answer="Да.", no_conflict="true")

    late = slow.submit("Send", form=TASK_FORM, decision="answer_now", answer="Моят отговор.", no_conflict="true")

    assert late.status == 409
    assert "Десислава Маринова finished this task at" in late.text
    assert late.tree.xpath("//textarea[@name='answer']")[0].text.strip() == "Моят отговор."
    assert not late.tree.xpath(f"{TASK_FORM} | //button[@data-submit]")
    assert "Моят отговор." in " ".join(late.texts("//*[@id='typed']"))
    assert [task.answers["answer"] for task in db.session.query(Task)] == ["Да."]


def test_wrong_answers_are_shown_and_what_was_typed_stays(page, as_, place):
    as_(place.coordinator)

    again = page(address(make_request(place.clerk))).submit("Send", form=TASK_FORM, decision="ask", missing="quantity")

    assert again.status == 422
    assert again.tree.xpath("//input[@name='decision'][@value='ask']/@checked")
    assert again.tree.xpath("//*[@id='error-summary']//a")


def test_a_draft_is_kept_for_whoever_saved_it_and_takes_the_task(page, as_, place, second):
    request = make_request(place.clerk)
    as_(place.coordinator)

    page(address(request)).submit("_draft=true", form=TASK_FORM, decision="answer_now", answer="Половин отго")
    mine = page(address(request))
    others = page(address(request), as_client=second)

    assert mine.tree.xpath("//textarea[@name='answer']")[0].text.strip() == "Половин отго"
    assert "Десислава Маринова has this task." in others.text
    assert "Половин отго" not in others.html


def test_what_is_typed_is_kept_by_the_page_itself(client, page, as_, place):
    request = make_opened(place)
    as_(place.expert)
    url = page(address(request)).tree.xpath(f"{TASK_FORM}/@data-autosave")[0]

    kept = client.post(url, data={"council_question": "Наполовина", "council_need": "yes", "_draft": "true"})
    with unit_of_work():
        processes.hand_over(open_task(request), to=place.checker, reason="", by=place.expert, now=now())
    late = client.post(url, data={"council_question": "Късно", "council_need": "yes", "_draft": "true"})

    assert (kept.status_code, late.status_code) == (204, 403)
    assert open_task(request).draft["council_question"] == "Наполовина"


def test_a_task_is_handed_over_with_a_reason_that_the_other_reads(page, as_, place):
    request = make_opened(place, title="Лампи")
    as_(place.expert)
    names = page(address(request)).texts("//select[@id='hand-over-to']/option")

    said = page(address(request)).submit(
        form="//form[contains(@action, 'hand-over')]", to=str(place.checker.user_id), reason="В отпуск съм."
    )
    as_(place.checker)
    [row] = page("/inbox").texts(ROWS)

    assert names == ["Десислава Маринова", "Мария Петкова"]
    assert "Handed over to Мария Петкова." in said.text
    assert "Иван Тодоров handed it over to you. В отпуск съм." in row


def test_the_author_is_not_offered_the_check_of_their_own_work(page, as_, place):
    request = make_checked(place)
    as_(place.coordinator)

    assert page(address(request)).texts("//select[@id='hand-over-to']/option") == [
        "Десислава Маринова",
        "Мария Петкова",
    ]
    as_(place.expert)
    page(address(request), status=404)


def test_a_coordinator_who_leads_a_request_finishes_its_analysis(page, as_, place):
    request = make_opened(place, lead=place.coordinator)
    as_(place.coordinator)
    assert page("/inbox").texts(f"{ROWS}/h3") == ["Analysis: Копирна хартия"]

    complete(request, place.coordinator, **ANALYSED)

    assert standing_of(request) == ["advice"]


def test_a_finished_task_is_read_again_with_who_and_when(page, as_, place):
    request = make_request(place.clerk)
    url = address(request)
    complete(request, place.coordinator, decision="answer_now", answer="Да, може.", no_conflict="true")
    as_(place.coordinator)

    shown = page(url)

    assert "Done by Десислава Маринова on" in shown.text
    assert "Да, може." in shown.text
    assert not shown.tree.xpath("//main//form")


def test_a_task_that_the_request_left_behind_says_so(page, as_, place):
    request = make_opened(place)
    url = address(request)
    withdraw(request, reason="", by=place.clerk, now=now())
    as_(place.expert)

    assert "This task is no longer needed" in page(url).text


def test_a_buyer_reads_nothing_of_the_units_own_work(page, as_, place):
    request = make_request(place.clerk)
    complete(
        request, place.coordinator, decision="ask", missing=["quantity"], missing_text="Колко?", no_conflict="true"
    )
    paper = add_attachment("Вътрешна бележка".encode(), name="вътрешно.txt", by=place.coordinator, now=now())
    paper.request_id = request.id
    as_(place.clerk)

    buyer = page(address(request))
    as_(place.coordinator)

    assert "Колко?" in buyer.text
    assert "вътрешно.txt" not in buyer.html
    assert "The step before" not in buyer.text
    assert not buyer.tree.xpath("//ol[@class='timeline-list']//a")
    complete(request, place.clerk, items=[{"asked_item": "quantity", "answer": "Сто."}])
    assert "вътрешно.txt" in page(address(request)).text


# what every answer brings

TRIAGE = {
    "answer_now": {"answer": "Да."},
    "open_case": OPENED,
    "ask": {"missing": ["quantity"]},
    "redirect": {"reason": "dispute", "reason_text": "Към КЗК."},
    "decline": {"reason": "too_late", "reason_text": "Късно е."},
}
STEPS = {
    "triage": (make_request, "coordinator", "decision", TRIAGE),
    "assessment": (
        make_opened,
        "expert",
        "council_need",
        {"no": {**ANALYSED}, "yes": {**ANALYSED, **ASKS_COUNCIL}, "no ": {**ANALYSED, "criteria": [CRITERION]}},
    ),
    "overview_check": (
        make_overview,
        "expert",
        "decision",
        {
            "ok": {},
            "widen_region": {"note": "По-широко."},
            "relax_criterion": {"note": "По-леко.", "relaxed": [CRITERION["text"]]},
            "open_consultation": {"note": "Питайте."},
        },
    ),
    "second_check": (
        make_checked,
        "checker",
        "decision",
        {"ok": {"checks": ["linked", "provable", "equivalent", "mandatory", "plain"]}, "return": {"note": "Още."}},
    ),
    "reply": (
        make_advised,
        "clerk",
        "decision",
        {"will_use": {}, "use_partly": {}, "change": {"text": "Друго."}, "not_useful": {"text": "Не."}},
    ),
}
CASES = [(step, value) for step, (_make, _who, _field, answers) in STEPS.items() for value in answers]


@pytest.mark.parametrize(("step", "value"), CASES)
def test_what_a_page_says_comes_next_is_what_opens(client, page, as_, place, step, value):
    make, who, field, answers = STEPS[step]
    make_council(place)
    asks = {"council_ok": "yes"} if step == "assessment" else {}
    request = make(place.clerk if step == "triage" else place, **asks)
    actor, task = getattr(place, who), open_task(request)
    given = {**answers[value], field: value.strip(), "lead": str(place.expert.user_id), "no_conflict": "true"}
    as_(actor)
    assert task.element_id == step

    told = client.post(f"/tasks/{task.id}/next", data=flat(given)).get_data(as_text=True)
    before = db.session.query(HistoryEntry).count()
    with unit_of_work():
        complete_task(task, given, by=actor, now=now())

    assert even(html.fromstring(told).text_content()) == f"Next: {reached(request, before)}"


def test_what_comes_next_is_told_by_who_works_here_now(page, as_, place):
    request = make_overview(place)
    complete(request, place.expert, decision="ok")
    as_(place.expert)
    url = address(request)
    while_others_are_here = page(url).texts("//*[@id='what-follows']")

    for colleague in (place.checker, place.coordinator):
        end_membership(colleague.membership)

    assert while_others_are_here == ["Next: Second check (expert)"]
    assert page(url).texts("//*[@id='what-follows']") == ["Next: The buyer's reply (procurement clerk)"]


def flat(answers):
    """Answers as a browser posts them."""
    fields = {}
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            fields |= {f"{name}-{row}-{key}": text for row, cells in enumerate(value) for key, text in cells.items()}
        else:
            fields[name] = value
    return fields


def reached(request, before):
    """Where the process stands, or the end it came to, in the words of its drawing."""
    instance = db.session.get_one(Instance, request.instance_id, populate_existing=True)
    nodes = process_of(instance.version_id).nodes
    ended = [entry.element_id for entry in db.session.query(HistoryEntry).offset(before) if entry.kind == "ended"]
    who = {"expert": "expert", "clerk": "procurement clerk", "coordinator": "coordinator"}
    kinds = {"service": "automatic", "council": "council", "timer": "a pause"}
    standing = [(nodes[key], kinds.get(nodes[key].kind) or who[nodes[key].role]) for key in instance.standing]
    told = [*standing, *((nodes[key], "the end") for key in ended)]
    return ", ".join(f"{say(node.name, 'en')} ({whose})" for node, whose in told)


# a council's own tasks


def test_a_chair_decides_without_learning_who_asks(client, page, as_, place):
    council = make_council(place, members=1)
    ballot = make_asked(place)
    request_id = ballot.request_id
    paper = add_attachment("тайна".encode(), name="тайно.txt", by=place.clerk, now=now())
    paper.request_id = request_id
    vote(ballot, council.chair, "support")
    vote(ballot, council.members[0], "oppose")
    run_jobs()
    task = db.session.query(Task).filter_by(status=TaskStatus.OPEN).one()

    number = db.session.get_one(Request, request_id).number
    as_(place.coordinator)
    inside = page(f"/requests/{request_id}").html
    as_(council.chair)
    start, listed = page("/"), page("/inbox")
    shown = page(f"/tasks/{task.id}")
    after = shown.submit("Send", form=TASK_FORM, decision="support", reasons="Разумно е.")
    done = page("/inbox?box=done")

    secrets = (*SECRETS, number)
    assert [secret for secret in secrets if secret not in inside] == []
    for seen in (start, listed, shown, after, done):
        assert [secret for secret in secrets if secret in seen.html] == []
    assert listed.texts(f"{ROWS}/h3") == [f"The chair decides: {QUESTION}"]
    assert CRITERION["text"] in shown.text
    assert "The votes are equal; the chair decides." in shown.text
    assert "Done: The chair decides. The request goes on; thank you." in after.text
    assert [page(f"/inbox?box=done&q={word}").texts(ROWS) for word in ("зелен", "тайна", number)] == [[], [], []]


def test_a_chair_with_an_interest_leaves_the_decision_to_the_secretary(page, as_, place):
    council = make_council(place, members=2)
    ballot = make_asked(place)
    vote(ballot, council.chair, "", conflict="personal")
    vote(ballot, council.members[0], "support")
    vote(ballot, council.members[1], "oppose")
    run_jobs()
    task = db.session.query(Task).filter_by(status=TaskStatus.OPEN).one()

    as_(council.chair)
    page(f"/tasks/{task.id}", status=404)
    as_(council.secretary)
    assert page("/inbox").texts(f"{ROWS}/h3") == [f"The chair decides: {QUESTION}"]


def run_jobs():
    db.session.commit()
    jobs.run_due(now())
