"""From a real notice to recommendations that a municipality will use, in a real browser and in both languages."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from app.domain.requests.models import Phase
from app.domain.requests.sentences import NOTHING_NEEDED, STATUS
from app.words import say
from tests.browser.journeys import FORMS, Desk
from tests.support.shared_data import shared_file

LATER = date.today() + timedelta(days=90)
#: What the municipality reads of the way, newest first.
WAY = (
    ("Done: %(step)s", "reply"),
    ("Done: %(step)s", "second_check"),
    ("Done: %(step)s", "advice"),
    ("Done: %(step)s", "council_review"),
    ("Done: %(step)s", "overview_check"),
    ("Automatic step done: %(step)s", "overview"),
    ("Done: %(step)s", "assessment"),
    ("Done: %(step)s", "triage"),
    ("The request was filed", None),
)
PHONE, DESKTOP = {"width": 375, "height": 667}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Story:
    """Who takes which notice through the main job, and the few words they type."""

    language: str
    notice: str
    read_title: str
    title: str
    clerk: str
    coordinator: str
    lead: str
    checker: str
    voters: tuple[str, ...]
    question: str
    council_name: str
    remark: str
    summary: str
    step: str


BULGARIAN = Story(
    language="bg",
    notice="notices_raw/2021-S-062-158316_BG_F05.xml",
    read_title="Доставка на преносими компютри",
    title="Преносими компютри за читалищата",
    clerk="silvia",
    coordinator="desislava",
    lead="maria",
    checker="ivan",
    voters=("gancheva", "danov", "ruseva", "krastev", "minkova", "sarafov", "penev"),
    question="Да искаме ли пет години резервни части за преносими компютри?",
    council_name="Координационен съвет за ЗеОП, България",
    remark="Четири години са достатъчни за учебни машини.",
    summary="Поискайте резервни части за пет години и сменяема батерия.",
    step="Впишете изискванията в спецификацията",
)
ENGLISH = Story(
    language="en",
    notice="notices_raw/2021-S-102-269304_IT_F21.xml",
    read_title="Servizio di preparazione e porzionamento pasti",
    title="School meals for two nurseries",
    clerk="chiara",
    coordinator="giulia",
    lead="marco",
    checker="giulia",
    voters=("santoro", "marchetti", "conti", "nardini", "lucia"),
    question="Shall we ask for half of the vegetables from organic farms?",
    council_name="Coordination council for GPP, Calabria",
    remark="A third is what the farms nearby can deliver.",
    summary="Ask for organic vegetables and say which certificates count.",
    step="Put the criteria into the specification",
)


@pytest.fixture(params=[BULGARIAN, ENGLISH], ids=lambda story: story.language)
def story(request):
    return request.param


def test_a_notice_becomes_recommendations_that_a_municipality_will_use(site, page, story):
    desk = Desk(page, site, story.language)
    address = the_clerk_files_a_notice_as_a_model(desk, story)
    the_coordinator_opens_the_case(desk, story)
    the_lead_analyses_and_asks_the_council(desk, story)
    the_lead_accepts_the_overview(desk, story)
    the_council_votes_on_its_phones(desk, story)
    the_lead_recommends(desk, story)
    another_expert_checks(desk, story)
    the_clerk_reads_and_replies(desk, story, address)
    the_page_tells_the_way(desk)


@pytest.mark.parametrize(("clerk", "language"), [("silvia", "bg"), ("chiara", "en")])
def test_a_question_asked_by_mistake_is_withdrawn(site, page, clerk, language):
    desk = Desk(page, site, language)
    desk.sit(clerk)
    desk.ask_quickly("Важи ли етикетът и за рециклирана хартия?", "Хартия за училищата")
    expect_status(desk, Phase.FIRST_LOOK)

    desk.follow("Withdraw the request")
    desk.press("Withdraw the request")

    expect_status(desk, Phase.WITHDRAWN)
    expect(page.get_by_text(say(NOTHING_NEEDED, language))).to_be_visible()
    expect(page.get_by_role("link", name=desk.words("Withdraw the request"))).to_have_count(0)


def the_clerk_files_a_notice_as_a_model(desk, story):
    page = desk.page
    desk.sit(story.clerk)
    desk.follow("Ask for help")
    page.get_by_label(desk.words("The notice as an XML file")).set_input_files(shared_file(story.notice))
    page.get_by_label(desk.words("It is a model: take only text, CPV codes and lots")).check()
    desk.press("Read the notice")

    desk.key = "request"
    desk.choose("help_kind", "criteria")
    desk.fill("question", story.question)
    desk.choose("stage", "drafting")
    desk.date("publish_on", month=LATER.month, year=LATER.year)
    desk.press("Save and continue")

    assert desk.field("title").input_value().startswith(story.read_title)
    desk.fill("title", story.title)
    desk.press("Save and continue")
    desk.pick("procedure", "undecided")
    desk.pick("funding", "own")
    desk.press("Save and continue")
    desk.choose("council_ok", "yes")
    desk.choose("reuse_ok", "yes")
    desk.press("Save and continue")

    expect(page.get_by_role("heading", level=1)).to_have_text(say(FORMS["request"].pages[-1].title, desk.language))
    expect(page.locator("main")).to_contain_text(story.title)
    desk.send()
    expect_status(desk, Phase.FIRST_LOOK)
    return page.url


def the_coordinator_opens_the_case(desk, story):
    desk.sit(story.coordinator)
    desk.open_task(desk.step("triage"), story.title, box="group")
    desk.key = "triage"
    desk.choose("decision", "open_case")
    desk.pick_person("lead", story.lead)
    desk.group("legal").get_by_text(desk.option("legal", "no"), exact=True).click()
    desk.tick("no_conflict")
    desk.send("open_case")


def the_lead_analyses_and_asks_the_council(desk, story):
    desk.sit(story.lead)
    desk.open_task(desk.step("assessment"), story.title)
    desk.key = "assessment"
    empty = desk.empty_required()
    assert len(empty) <= 4, empty
    for key, value in (("need_check", "buy"), ("cpv_check", "ok"), ("lcc", "not_relevant"), ("council_need", "yes")):
        desk.choose(key, value)
    if desk.field("regime").input_value() == "":
        desk.pick("regime", "unclear")
    desk.fill("council_reason", story.question)
    desk.fill("council_question", story.question)
    desk.send("yes")


def the_lead_accepts_the_overview(desk, story):
    desk.open_task(desk.step("overview_check"), story.title)
    desk.key = "overview_check"
    desk.choose("decision", "ok")
    desk.send("ok")


def the_council_votes_on_its_phones(desk, story):
    desk.page.set_viewport_size(PHONE)
    desk.key = "vote"
    *first, last = story.voters
    for number, voter in enumerate(first):
        desk.sit(voter)
        vote(desk, story, "support_with_remarks" if number == 0 else "support")
    desk.sit(last)
    desk.act_as(story.council_name)
    vote(desk, story, "oppose")
    desk.page.set_viewport_size(DESKTOP)


def vote(desk, story, position):
    desk.page.get_by_role("link", name=story.question, exact=True).click()
    desk.choose("conflict", "none")
    desk.choose("position", position)
    if position != "support":
        desk.fill("reasons", story.remark)
    desk.send("none")
    expect(
        desk.page.get_by_text(desk.words("Your position is recorded. You can change it until the ballot closes."))
    ).to_be_visible()


def the_lead_recommends(desk, story):
    desk.sit(story.lead)
    desk.open_task(desk.step("advice"), story.title)
    desk.key = "advice"
    expect(desk.page.locator("main")).to_contain_text(story.remark)
    desk.fill("summary", story.summary)
    desk.cell("next_steps", "step").fill(story.step)
    desk.send()


def another_expert_checks(desk, story):
    step = desk.step("second_check")
    for box in ("mine", "group"):
        desk.page.goto(f"{desk.site.url}/inbox?box={box}")
        expect(desk.task_link(step, story.title)).to_have_count(0)

    desk.sit(story.checker)
    desk.open_task(step, story.title, box="group")
    desk.key = "second_check"
    desk.choose("decision", "ok")
    for point in ("linked", "provable", "equivalent", "mandatory", "plain"):
        desk.choose("checks", point)
    desk.send("ok")


def the_clerk_reads_and_replies(desk, story, address):
    desk.sit(story.clerk)
    desk.page.goto(address)
    expect_status(desk, Phase.DELIVERED)
    recommended = desk.page.get_by_role("region", name=desk.words("Recommendations"))
    expect(recommended).to_contain_text(story.summary)
    expect(recommended).to_contain_text(story.step)

    desk.page.get_by_role("link", name=desk.step("reply")).click()
    desk.key = "reply"
    desk.choose("decision", "will_use")
    desk.send("will_use")
    desk.page.goto(address)
    expect_status(desk, Phase.CLOSED)


def the_page_tells_the_way(desk):
    desk.page.get_by_text(desk.words("What has happened so far")).click()
    told = desk.page.get_by_role("group").filter(has_text=desk.words("What has happened so far")).get_by_role("strong")
    expect(told).to_have_text(
        [desk.words(said, **({"step": desk.step(element_id)} if element_id else {})) for said, element_id in WAY]
    )


def expect_status(desk, phase):
    begins = say(STATUS[phase], desk.language).partition("{")[0]
    expect(desk.page.get_by_role("region", name=desk.words("Where it stands"))).to_contain_text(begins)
