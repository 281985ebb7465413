"""Ballots as the members, the chair and the secretary of a council meet them, and as nobody else does."""

from datetime import timedelta

import pytest

from app import jobs
from app.clock import now
from app.db import db
from app.domain.attachments.operations import add_attachment
from app.domain.council.models import Ballot, BallotState, Vote
from app.domain.requests.models import Request
from app.domain.requests.operations import withdraw
from tests.web.desks import CRITERION, QUESTION, SECRETS, make_asked, make_council, vote
from tests.web.filing import make_place

VOTE_FORM = "//form[@id='task-form']"
ROWS = "//ul[contains(@class, 'task-list')]/li"


@pytest.fixture
def place(app):
    return make_place()


@pytest.fixture
def council(place):
    return make_council(place, members=3)


@pytest.fixture
def ballot(place, council):
    return make_asked(place)


@pytest.fixture
def as_(client, sign_in):
    """as_(actor): this person uses the browser, in English."""

    def enter(actor):
        sign_in(client, actor.user, actor.membership)
        client.set_cookie("language", "en")

    return enter


def let_time_pass():
    """Until every ballot is closed, the one extension included."""
    db.session.commit()
    for days in (30, 60):
        jobs.run_due(now() + timedelta(days=days))


def give(shown, position="support", **answers):
    return shown.submit(form=VOTE_FORM, conflict="none", position=position, **answers)


def test_a_member_reads_the_question_alone_and_gives_an_opinion(page, as_, council, ballot):
    as_(council.members[0])

    listed = page("/ballots")
    shown = page(listed.links()[QUESTION])
    after = give(shown)

    assert listed.texts("//section/h2") == ["Waiting for you 1"]
    assert shown.heading == QUESTION
    asked = [field.get("name") for field in shown.tree.xpath(f"{VOTE_FORM}//*[@name]")]
    assert list(dict.fromkeys(asked)) == ["csrf_token", "conflict", "position", "reasons", "wording", "quote_me"]
    assert CRITERION["text"] in shown.text
    assert "Closes at the end of the day: in 5 working days" in shown.text
    assert "0 of 4 have voted; 3 are needed for a quorum" in shown.text
    assert "Your position is recorded." in after.text
    assert "1 of 4 has voted; 3 are needed for a quorum; for: 1, against: 0" in after.text
    assert page("/ballots").texts("//section/h2") == ["Under way 1"]


@pytest.mark.parametrize("who", ["member", "chair", "secretary"])
def test_nothing_of_the_buyer_the_value_or_the_documents_reaches_a_council(page, as_, place, council, ballot, who):
    paper = add_attachment("тайна".encode(), name="тайно.txt", by=place.clerk, now=now())
    paper.request_id = ballot.request_id
    request = db.session.get_one(Request, ballot.request_id)
    secrets = (*SECRETS, request.number)
    reader = {"member": council.members[0], "chair": council.chair, "secretary": council.secretary}[who]
    as_(place.coordinator)
    assert [secret for secret in secrets if secret not in page(f"/requests/{request.id}").html] == []

    as_(reader)
    while_open = [page("/"), page("/ballots"), page(f"/ballots/{ballot.id}")]
    for voter in council.voters:
        vote(ballot, voter, "support")
    let_time_pass()
    afterwards = [page("/ballots"), page(f"/ballots/{ballot.id}")]

    for seen in (*while_open, *afterwards):
        assert [secret for secret in secrets if secret in seen.html] == []
    page(f"/requests/{request.id}", status=403 if who == "member" else 404)
    page(f"/files/{paper.id}", status=403 if who == "member" else 404)


def test_an_interest_closes_the_papers_and_the_quorum_is_reckoned_anew(client, page, as_, council, ballot):
    as_(council.members[0])

    after = page(f"/ballots/{ballot.id}").submit(form=VOTE_FORM, conflict="personal")

    assert "You have stepped back from the question." in after.text
    [row] = after.texts(ROWS)
    assert row.startswith("A question you are out of There is a conflict of interest")
    assert "0 of 3 have voted; 2 are needed" in row
    assert QUESTION not in after.html
    closed = page(f"/ballots/{ballot.id}", status=403)
    assert "its papers are closed to you" in closed.text
    assert QUESTION not in closed.html
    assert client.post(f"/ballots/{ballot.id}", data={"conflict": "none", "position": "support"}).status_code == 403
    assert db.session.query(Vote).count() == 0


@pytest.mark.parametrize("position", ["support_with_remarks", "oppose"])
def test_remarks_and_opposition_need_reasons(page, as_, council, ballot, position):
    as_(council.members[0])

    again = give(page(f"/ballots/{ballot.id}"), position, wording="По-ясен текст")

    assert again.status == 422
    assert again.tree.xpath("//*[@id='error-summary']//a/@href") == ["#reasons"]
    assert again.tree.xpath("//textarea[@name='wording']")[0].text.strip() == "По-ясен текст"
    assert db.session.query(Vote).count() == 0


def test_the_interest_is_asked_first_and_nothing_counts_without_it(page, as_, council, ballot):
    as_(council.members[0])

    again = page(f"/ballots/{ballot.id}").submit(form=VOTE_FORM, position="support")

    assert again.status == 422
    assert again.tree.xpath("//*[@id='error-summary']//a/@href")[0].startswith("#conflict")


def test_a_position_is_shown_again_and_may_change_until_the_closing(page, as_, council, ballot):
    as_(council.members[0])
    give(page(f"/ballots/{ballot.id}"))

    shown = page(f"/ballots/{ballot.id}")
    changed = give(shown, "oppose", reasons="Ще оскъпи покупката.")

    assert "You support it, since" in shown.text
    assert shown.tree.xpath("//input[@name='position'][@checked]/@value") == ["support"]
    assert "You oppose it, since" in changed.text
    assert "1 of 4 has voted; 3 are needed for a quorum; for: 0, against: 1" in changed.text


def test_a_vote_that_comes_too_late_is_kept_on_the_page(page, as_, council, ballot):
    as_(council.members[0])
    shown = page(f"/ballots/{ballot.id}")
    let_time_pass()

    late = give(shown, "oppose", reasons="Моите мотиви.")

    assert late.status == 409
    assert "Your position was not recorded" in late.text
    assert late.tree.xpath("//textarea[@name='reasons']")[0].text.strip() == "Моите мотиви."
    assert not late.tree.xpath(f"{VOTE_FORM}")


def test_a_closed_ballot_shows_outcome_and_opinion_with_dissent_and_names_only_by_wish(page, as_, council, ballot):
    chair, named, unnamed, _absent = council.voters
    vote(ballot, chair, "support")
    vote(ballot, named, "support_with_remarks", quote_me=True, reasons="С бележка.")
    vote(ballot, unnamed, "oppose", reasons="Против съм.")
    let_time_pass()
    as_(unnamed)

    shown = page(f"/ballots/{ballot.id}")

    assert "The council supports the proposal, with remarks." in shown.text
    assert "Член 1 (council member): С бележка." in shown.text
    assert "Dissenting views: - council member: Против съм." in shown.text
    assert "Your own position: You oppose it." in shown.text
    assert page("/ballots").texts("//section/h2") == ["Closed 1"]


def test_the_secretary_sees_who_has_answered_but_does_not_vote(client, page, as_, council, ballot):
    vote(ballot, council.chair, "support")
    as_(council.secretary)

    shown = page(f"/ballots/{ballot.id}")

    members = shown.texts("//ul[@class='members']/li")
    assert members == [
        "Людмила Ганчева, council member has answered",
        *(f"Член {number}, council member not yet" for number in (1, 2, 3)),
    ]
    assert not shown.tree.xpath(VOTE_FORM)
    assert client.post(f"/ballots/{ballot.id}", data={"conflict": "none", "position": "support"}).status_code == 403
    as_(council.members[0])
    assert not page(f"/ballots/{ballot.id}").tree.xpath("//ul[@class='members']")


def test_the_secretary_gives_more_time_once_and_a_member_cannot(client, page, as_, council, ballot):
    before = ballot.closes_at
    as_(council.members[0])
    assert client.post(f"/ballots/{ballot.id}/extend").status_code == 403
    as_(council.secretary)

    longer = page(f"/ballots/{ballot.id}").submit(form="//form[contains(@action, 'extend')]")
    again = client.post(f"/ballots/{ballot.id}/extend", follow_redirects=True).get_data(as_text=True)

    assert "The members have more time now." in longer.text
    assert not longer.tree.xpath("//form[contains(@action, 'extend')]")
    assert "This ballot cannot be extended again." in again
    extended = db.session.get_one(Ballot, ballot.id, populate_existing=True)
    assert timedelta(days=3) <= extended.closes_at - before <= timedelta(days=10)


def test_a_question_that_is_no_longer_needed_says_so(page, as_, place, council, ballot):
    withdraw(db.session.get_one(Request, ballot.request_id), reason="", by=place.clerk, now=now())
    db.session.commit()
    as_(council.members[0])

    assert db.session.get_one(Ballot, ballot.id).state == BallotState.CANCELLED
    assert "The question is no longer needed" in page(f"/ballots/{ballot.id}").text
    assert "No questions yet" in page("/ballots").text
