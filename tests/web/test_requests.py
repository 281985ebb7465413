"""The pages of a request as its buyer and its unit meet them."""

import io

import pytest
from sqlalchemy import event

from app.clock import now
from app.db import db
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.attachments.operations import add_attachment
from app.domain.processes import operations as processes
from app.domain.reference.operations import load_shipped_reference
from app.domain.requests import operations
from app.domain.requests.models import Request
from tests.domain.accounts.people import make_actor, make_organisation
from tests.support.shared_data import shared_file
from tests.web.filing import WHOLE, complete, make_advised, make_draft, make_place, make_request

NOTICE = "notices_raw/2016-S-165-296968_BG_F02.xml"


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


def one_draft():
    return db.session.query(Request).one()


def upload(page, content, **values):
    return page.submit("Read the notice", form="//form[@enctype]", notice=(io.BytesIO(content), "notice.xml"), **values)


# filing


def test_a_quick_question_asks_five_things_and_is_sent(client, page, as_, place):
    as_(place.clerk)
    draft = page("/requests/new").submit("Ask a quick question")
    names = {field.get("name") for field in draft.tree.xpath("//form[@id='task-form']//*[@name]")}

    asked = names - {"csrf_token", "rev", "_draft"}
    check = draft.submit(
        "Save and continue",
        help_kind="quick_question",
        question="Може ли да искаме етикет?",
        stage="idea",
        title="Хартия",
        contact="Силвия, 0554",
    )
    sent = check.submit("Send the request")

    assert asked == {"help_kind", "question", "stage", "title", "contact"}
    assert check.heading == "Check your answers"
    assert sent.heading == "Хартия"
    assert "We have your request." in sent.text


def test_a_full_request_goes_page_by_page_to_the_check(page, as_, place):
    as_(place.clerk)
    step = page("/requests/new").submit("Begin a full request", form="//form[.//button[@value='full']]")
    headings = []
    for _number in range(4):
        headings.append(step.texts("//main//*[@class='page-pretitle mb-1']")[0])
        names = {field.get("name") for field in step.tree.xpath("//form[@id='task-form']//*[@name]")}
        answers = {name: value for name, value in WHOLE.items() if name in names}
        day = {"publish_on-day": "1", "publish_on-month": "3", "publish_on-year": "2031"}
        step = step.submit("Save and continue", **answers, **(day if "publish_on-day" in names else {}))

    assert headings == [f"Page {number} of 5" for number in (1, 2, 3, 4)]
    assert step.heading == "Check your answers"
    assert step.submit("Send the request").text.count("Copy") == 0
    assert one_draft().status == "open"


def test_what_is_missing_is_said_where_it_is_and_again_before_sending(page, as_, place):
    as_(place.clerk)
    draft = make_draft(place.clerk, title="Хартия")

    same = page(f"/requests/{draft.id}/draft?page=help").submit("Save and continue")
    refused = page(f"/requests/{draft.id}/check").submit("Send the request")

    assert same.status == 422
    assert same.tree.xpath("//*[@id='error-summary']//a/@href")[0] == "#help-kind-0"
    assert refused.status == 422
    links = refused.tree.xpath("//*[@id='error-summary']//a/@href")
    assert f"/requests/{draft.id}/draft?page=help#help-kind" in links


def test_half_an_answer_is_kept_as_a_draft(page, as_, place):
    as_(place.clerk)
    draft = make_draft(place.clerk)

    kept = page(f"/requests/{draft.id}/draft").submit("_draft=true", question="Само това знам засега")

    assert kept.status == 200
    assert kept.tree.xpath("//textarea[@name='question']")[0].text.strip() == "Само това знам засега"
    assert "It has not been sent to us." in kept.text


def test_moving_to_another_page_saves_this_one(client, page, as_, place):
    as_(place.clerk)
    draft = make_draft(place.clerk)
    shown = page(f"/requests/{draft.id}/draft")
    moves = shown.tree.xpath("//button[@form='task-form'][@name='_go']/@value")

    answer = client.post(f"/requests/{draft.id}/draft?page=help", data={"question": "Пиша", "_go": "figures"})

    assert moves == ["purchase", "figures", "documents", "check"]
    assert answer.location.endswith("page=figures")
    assert db.session.get_one(Request, draft.id).answers["question"] == "Пиша"


def test_two_people_on_one_draft_see_both_texts_and_the_second_saving_wins(page, as_, place):
    draft = make_draft(place.clerk, question="Първи текст")
    as_(place.clerk)
    mine = page(f"/requests/{draft.id}/draft")
    operations.save_draft(
        db.session.get_one(Request, draft.id), {"question": "Текст на колегата"}, by=place.colleague, now=now()
    )

    conflict = mine.submit("_draft=true", question="Моят текст")
    assert conflict.status == 409
    assert "Somebody else saved this draft meanwhile." in conflict.text
    assert "Текст на колегата" in conflict.text
    assert conflict.tree.xpath("//textarea[@name='question']")[0].text.strip() == "Моят текст"

    conflict.submit("_draft=true")
    assert db.session.get_one(Request, draft.id).answers["question"] == "Моят текст"


def test_not_knowing_is_an_answer_until_one_knows(page, as_, place):
    draft = make_draft(place.clerk, **{**WHOLE, "cpv": {"unknown": True}})
    as_(place.clerk)
    page(f"/requests/{draft.id}/draft?page=figures").submit("_draft=true", **{"value-unknown": "true"})
    unknown = sorted(one_draft().answers["_unknown"])
    page(f"/requests/{draft.id}/draft?page=purchase").submit("_draft=true", cpv="30197643", **{"cpv-unknown": []})

    sent = page(f"/requests/{draft.id}/check").submit("Send the request")

    assert unknown == ["cpv", "value"]
    assert one_draft().answers["_unknown"] == ["value"]
    assert sent.heading == "Копирна хартия"


def test_a_draft_is_thrown_away(page, as_, place):
    draft = make_draft(place.clerk, title="Ненужна")
    as_(place.clerk)

    after = page(f"/requests/{draft.id}/draft").submit(
        "Throw the draft away", form="//form[contains(@action, 'discard')]"
    )

    assert "The draft is thrown away." in after.text
    assert db.session.query(Request).count() == 0


# from a notice


def test_a_notice_fills_the_draft_and_says_what_it_did_not_understand(page, as_, place):
    as_(place.clerk)

    draft = upload(page("/requests/new"), shared_file(NOTICE).read_bytes())

    request = one_draft()
    assert draft.heading == "Каква помощ" or draft.status == 200
    assert (request.notice.relation, request.notice.publication_number) == ("model", "2016/S 165-296968")
    assert request.answers["cpv"] == "09310000"
    assert "Read from the notice" in draft.text
    assert "A model: only text, CPV codes and lots were taken over." in draft.text


def test_the_same_notice_as_our_own_is_taken_whole(page, as_, place):
    as_(place.clerk)

    upload(page("/requests/new"), shared_file(NOTICE).read_bytes(), relation="own")

    assert one_draft().notice.relation == "own"
    assert one_draft().answers["procedure"] == "open"


@pytest.mark.parametrize(
    "content", [b"", b"not xml at all", b"<html><body>TED</body></html>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_a_file_that_is_no_notice_gets_a_clear_error(page, as_, place, content):
    as_(place.clerk)

    same = upload(page("/requests/new"), content)

    assert same.status == 422
    assert same.texts("//*[@role='alert']//h2") == ["The notice could not be used"]
    assert same.texts("//*[@role='alert']//a")[0]
    assert db.session.query(Request).count() == 0


# what the CPV code tells


def test_the_cpv_code_names_group_rules_with_source_and_labels(client, page, as_, place):
    load_shipped_reference()
    draft = make_draft(place.clerk, **{**WHOLE, "cpv": "34928500"})
    as_(place.clerk)

    whole = page(f"/requests/{draft.id}/draft?page=purchase")
    part = client.get(f"/requests/{draft.id}/guidance?cpv=09310000-5").get_data(as_text=True)

    box = whole.texts("//section[contains(@class, 'guidance')]")[0]
    assert "Product group: Road lighting and traffic signals" in box
    assert "holds from" in box
    assert "Labels that serve as proof" in box
    assert "not verified" in box
    assert "Electricity" in part and "<html" not in part


# following


def test_the_page_says_four_things_first(page, as_, place):
    request = make_request(place.clerk)
    complete(request, place.coordinator, decision="open_case", lead=str(place.expert.user_id), size="M", legal="no",
             no_conflict="true")  # fmt: skip
    as_(place.clerk)

    standing = page(f"/requests/{request.id}").texts("//section[contains(@class, 'standing')]")[0]

    assert "Иван Тодоров is working on it." in standing
    assert "How it is reckoned" in standing
    assert "Nothing is needed from you now." in standing
    assert "Your contact Иван Тодоров" in standing


def test_before_anyone_leads_the_coordinator_is_the_contact(page, as_, place):
    request = make_request(place.clerk)
    as_(place.clerk)

    assert "Your contact Десислава Маринова" in page(f"/requests/{request.id}").text


def test_what_the_buyer_is_asked_is_one_button(page, as_, place):
    request = make_request(place.clerk)
    complete(request, place.coordinator, decision="ask", missing=["quantity"], no_conflict="true")
    as_(place.clerk)

    shown = page(f"/requests/{request.id}")

    [button] = shown.tree.xpath("//p[@class='standing-act']/a/@href")
    assert button.startswith("/tasks/")
    assert "Nothing is needed from you now." not in shown.text


def test_the_quick_answer_is_shown_with_its_limits(page, as_, place):
    request = make_request(place.clerk)
    complete(request, place.coordinator, decision="answer_now", answer="Да, приложим е.", no_conflict="true")
    as_(place.clerk)

    shown = page(f"/requests/{request.id}")

    assert shown.texts("//section[@aria-labelledby='answer']") == [
        "Our answer Да, приложим е. Neither legal advice nor a decision in the buyer's place."
    ]


def test_recommendations_are_shown_whole_once_delivered(page, as_, place):
    request = make_advised(place)
    as_(place.clerk)

    [advice] = page(f"/requests/{request.id}").texts("//section[@aria-labelledby='advice']")

    for said in (
        "Поискайте рециклирани влакна.",
        "Хартията е от рециклирани влакна или еквивалентна.",
        "Source: Наредба",
        "Доставка без опаковка от пластмаса.",
        "Публикувайте",
        "20 Nov 2026. Check again if you publish later.",
        "Иван Тодоров",
        "Neither legal advice nor a decision in the buyer's place.",
    ):
        assert said in advice
    assert "No second person checked these recommendations." in advice


def test_the_buyer_never_reads_what_is_internal(page, as_, place):
    request = make_request(place.clerk)
    complete(request, place.coordinator, decision="open_case", lead=str(place.expert.user_id), size="M", legal="no",
             no_conflict="true")  # fmt: skip
    secret = "Вътрешна бележка за риска"
    findings = [{"place": "стр. 3", "note": secret, "level": "should"}]
    complete(request, place.expert, need_check="buy", cpv_check="ok", lcc="not_relevant", council_need="no",
             regime="national", criteria=[], mandatory=[], product_group="none", findings=findings)  # fmt: skip
    sheet = add_attachment(b"internal", name="Разчет.txt", by=place.expert, now=now(), request_id=request.id)

    as_(place.clerk)
    seen = page(f"/requests/{request.id}").html + page(f"/requests/{request.id}/dossier").html
    as_(place.expert)
    inside = page(f"/requests/{request.id}")

    assert secret not in seen
    assert "Разчет.txt" not in seen
    assert "Way taken" not in seen
    assert "Way taken" in inside.text
    assert "Разчет.txt" in inside.text
    as_(place.clerk)
    page(f"/files/{sheet.id}", status=404)


def test_the_dossier_holds_everything_for_print(page, as_, place):
    request = make_advised(place)
    as_(place.clerk)

    dossier = page(f"/requests/{request.id}/dossier")

    assert dossier.texts("//article//section/h2")[0] == "Recommendations"
    for said in (request.number, "Копирна хартия", "Хартията е от рециклирани влакна", "What was filed",
                 "What has happened so far", "Neither legal advice"):  # fmt: skip
        assert said in dossier.text


def test_the_unit_sees_open_tasks_and_what_the_buyer_reads(page, as_, place):
    request = make_request(place.clerk)
    as_(place.expert)

    shown = page(f"/requests/{request.id}")

    assert "What the buyer reads: We have your request." in shown.text
    assert "Open tasks" in shown.text
    assert "Withdraw the request" not in shown.text


def test_a_fault_is_told_to_the_unit_with_a_way_out_and_calmly_to_the_buyer(page, as_, place):
    request = make_request(place.clerk)
    processes.record_incident(request.instance_id, "triage", {"bg": "Не успя.", "en": "It failed."}, now=now())
    as_(place.clerk)
    buyer = page(f"/requests/{request.id}")
    as_(place.expert)
    expert = page(f"/requests/{request.id}")
    as_(place.coordinator)

    after = page(f"/requests/{request.id}").submit("Try the step again")

    assert "A technical fault on our side." in buyer.text
    assert "It failed." not in buyer.text
    assert "It failed." in expert.text
    assert "Try the step again" not in expert.text
    assert "The step is being tried again." in after.text


# withdrawing


def test_a_request_is_withdrawn_with_a_reason_after_being_asked(page, as_, place):
    request = make_request(place.clerk)
    as_(place.clerk)

    after = page(f"/requests/{request.id}/withdraw").submit("Withdraw the request", reason="Купуваме заедно.")
    again = page(f"/requests/{request.id}/withdraw")

    assert "You withdrew the request on" in after.text
    assert "Купуваме заедно." in after.text
    assert "there is nothing to withdraw" in again.text
    assert db.session.get_one(Request, request.id).status == "withdrawn"


# lists


#: Statements of the list of requests, of the frame around it and of finding out who is there.
LIST = 6


def statements(client, address):
    """How many statements a page takes."""
    db.session.commit()
    told = []

    def note(_connection, _cursor, statement, *_rest):
        told.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(told)


@pytest.mark.parametrize("who", ["clerk", "expert"])
def test_the_list_takes_as_many_statements_for_three_as_for_one(client, as_, place, who):
    make_request(place.clerk, title="Първа")
    as_(getattr(place, who))
    for_one = statements(client, "/requests")
    make_request(place.clerk, title="Втора")
    make_request(place.clerk, title="Трета")

    assert (for_one, statements(client, "/requests")) == (LIST, LIST)


def test_the_list_says_number_buyer_step_and_promise(page, as_, place):
    request = make_request(place.clerk)
    complete(request, place.coordinator, decision="open_case", lead=str(place.expert.user_id), size="M", legal="no",
             no_conflict="true")  # fmt: skip
    as_(place.coordinator)

    [row] = page("/requests").texts("//ul[contains(@class, 'task-list')]/li")

    assert row.startswith(f"Копирна хартия {request.number} · Община Зелен бряг · Иван Тодоров Analysis promised for")


def test_drafts_are_the_buyers_own(page, as_, place):
    make_draft(place.clerk, title="Още не")
    as_(place.clerk)
    assert page("/requests?status=draft").texts("//h2[@class='task-title']") == ["Още не"]

    as_(place.coordinator)
    listed = page("/requests?status=all")

    assert "Още не" not in listed.text
    assert "Drafts" not in listed.text


def test_the_list_is_searched_and_paged(page, as_, place, monkeypatch):
    monkeypatch.setattr("app.domain.requests.queries.PAGE", 2)
    for title in ("Лампи", "Столове", "Хартия"):
        make_request(place.clerk, title=title)
    as_(place.clerk)

    first = page("/requests")
    second = page(first.links()["Older"])
    found = page("/requests?q=столове")

    assert first.texts("//h2[@class='task-title']") == ["Хартия", "Столове"]
    assert second.texts("//h2[@class='task-title']") == ["Лампи"]
    assert found.texts("//h2[@class='task-title']") == ["Столове"]


def test_another_buyer_sees_nothing_of_it(client, page, as_, place):
    request = make_request(place.clerk)
    stranger = make_actor(
        Role.CLERK, make_organisation(OrganisationKind.BUYER, place.coordinator.organisation), name="Чужд"
    )
    as_(stranger)

    for end in ("", "/dossier", "/withdraw", "/process.bpmn"):
        assert client.get(f"/requests/{request.id}{end}").status_code == 404
    assert "Копирна хартия" not in page("/requests").text
