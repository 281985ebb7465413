"""Ballots from opening to closing, on stored rows."""

import pytest

from app.db import db, unit_of_work
from app.domain.accounts.models import OrganisationKind, Role
from app.domain.accounts.operations import end_membership
from app.domain.accounts.queries import members_of
from app.domain.council.models import Ballot, BallotState, Outcome, Position, Recusal
from app.domain.council.operations import (
    cancel_ballots,
    cast_vote,
    close_ballot,
    close_due_ballot,
    declare_conflict,
    extend_ballot,
)
from app.domain.council.queries import (
    ballots_for,
    ballots_of_request,
    count_waiting_ballots,
    due_ballots,
    get_papers,
    get_visible_ballot,
    opinion_of,
    standing,
)
from app.domain.council.rules import tally
from app.errors import Conflict, Forbidden, Invalid, NotFound
from tests.domain.accounts.people import NOW, make_actor, make_members, make_organisation, make_unit
from tests.domain.accounts.statements import counted_statements
from tests.domain.council.ballots import DAY, make_ballot, make_council, vote
from tests.support.rows import bare_row

LATE = NOW + 5 * DAY


def closed(ballot, now=LATE):
    return close_ballot(ballot, now=now).outcome


def test_seven_members_one_recused_three_voted_are_no_quorum(any_db_app):
    council = make_council()
    members = make_members(council, 7)
    ballot = make_ballot(council)

    declare_conflict(ballot, Recusal.PERSONAL, by=members[6], now=NOW)
    for member in members[:3]:
        vote(ballot, member, "support")

    assert standing(ballot)["bg"] == "Гласували 3 от 6; за кворум са нужни 4; за: 3, против: 0"
    assert closed(ballot) == Outcome.NO_QUORUM


def test_six_of_seven_tie(any_db_app):
    council = make_council()
    members = make_members(council, 7)
    ballot = make_ballot(council)

    cast_vote(ballot, by=members[0], answers={"conflict": "client_or_supplier"}, now=NOW)
    for member in members[1:4]:
        vote(ballot, member, "support")
    for member in members[4:]:
        vote(ballot, member, "oppose")

    assert closed(ballot, now=NOW) == Outcome.TIED


def test_five_members_support_with_a_remark_and_a_dissent(any_db_app):
    council = make_council()
    first, second, third, fourth, _fifth = make_members(council, 5)
    first.membership.group = {"bg": "общини", "en": "municipalities"}
    fourth.membership.group = {"bg": "производители", "en": "producers"}
    ballot = make_ballot(council)

    vote(ballot, first, "support_with_remarks", reasons="Дайте\n\nсрок.", wording="до 60 дни", quote_me=True)
    vote(ballot, second, "support")
    vote(ballot, third, "abstain")
    vote(ballot, fourth, "oppose", reasons="Скъпо е.")
    closing = close_ballot(ballot, now=LATE)

    numbers = {"support": 1, "remarks": 1, "oppose": 1, "abstain": 1, "base": 5, "quorum": 3, "voted": 4}
    assert {name: closing.result[name] for name in numbers} == numbers
    assert closing.result["outcome"] == "supported_with_remarks"
    assert closing.result["ballot"] == ballot.id
    assert opinion_of(ballot)["bg"] == (
        "Съветът подкрепя предложението с бележки.\n\n"
        "Гласували 4 от 5; за кворум са нужни 3; за: 2 (с бележки: 1), против: 1, въздържали се: 1.\n\n"
        "Бележки:\n- Член 1 (общини): Дайте срок. Предложен текст: „до 60 дни“\n\n"
        "Особени мнения:\n- производители: Скъпо е.\n\n"
        "Становището е препоръка и не обвързва възложителя."
    )


def test_what_the_process_is_given_names_nobody(any_db_app):
    council = make_council()
    members = make_members(council, 3)
    ballot = make_ballot(council)

    for member in members:
        vote(ballot, member, "oppose", quote_me=True)
    result = close_ballot(ballot, now=LATE).result

    assert "Член" in opinion_of(ballot)["bg"]
    assert "Член " not in result["opinion"]["bg"]


def test_everybody_recused(any_db_app):
    council = make_council()
    members = make_members(council, 5)
    ballot = make_ballot(council)

    for member in members:
        declare_conflict(ballot, Recusal.OWN_ORGANISATION, by=member, now=NOW)

    assert due_ballots(NOW) == [ballot.id]
    assert closed(ballot, now=NOW) == Outcome.ALL_RECUSED


def test_a_changed_vote_replaces_the_first_and_the_first_is_kept(any_db_app):
    council = make_council()
    member, *_others = make_members(council, 5)
    ballot = make_ballot(council)

    vote(ballot, member, "support")
    vote(ballot, member, "abstain")
    vote(ballot, member, "oppose", now=NOW + DAY, reasons="Размислих.")

    cast = ballot.member_of(member.user_id).vote
    assert (tally(ballot).in_favour, tally(ballot).oppose) == (0, 1)
    assert (cast.position, cast.reasons, cast.at) == (Position.OPPOSE, "Размислих.", NOW + DAY)
    before = {"reasons": "", "wording": "", "quote_me": False, "at": NOW}
    assert cast.earlier == [{"position": "support", **before}, {"position": "abstain", **before}]


def test_votes_stay_when_everything_is_read_anew_between_them(any_db_app):
    with unit_of_work():
        council = make_council()
        members = make_members(council, 5)
        ballot_id = make_ballot(council).id
    for member, position in zip(members, ["support", "oppose", "support", "abstain", "oppose"], strict=True):
        db.session.expire_all()
        with unit_of_work():
            vote(db.session.get_one(Ballot, ballot_id), member, position)
    db.session.expire_all()

    with unit_of_work():
        assert closed(db.session.get_one(Ballot, ballot_id), now=NOW) == Outcome.TIED


def test_a_vote_that_preceded_a_conflict_no_longer_counts(any_db_app):
    council = make_council()
    first, second, _third = make_members(council, 3)
    ballot = make_ballot(council)

    vote(ballot, first, "support", reasons="Нашият продукт го може.")
    vote(ballot, second, "support")
    declare_conflict(ballot, Recusal.PERSONAL, by=first, now=NOW)

    assert standing(ballot)["en"] == "1 of 2 has voted; 2 are needed for a quorum; for: 1, against: 0"
    assert closed(ballot) == Outcome.NO_QUORUM
    assert "Нашият продукт" not in opinion_of(ballot)["bg"]


def test_a_member_whose_organisation_is_a_party_is_out_from_the_start(any_db_app):
    unit = make_unit()
    council, buyer, producer = (
        make_council(unit),
        make_organisation(OrganisationKind.BUYER, unit),
        make_organisation(OrganisationKind.SUPPLIER),
    )
    plain, mayor, maker = make_members(council, 3)
    make_actor(Role.SIGNATORY, buyer, user=mayor.user)
    make_actor(Role.CONTACT, producer, user=maker.user)

    ballot = make_ballot(council, conflicted_organisations={buyer.id, producer.id})

    assert {member.user_id: member.is_recused_automatically for member in ballot.members} == {
        plain.user_id: False,
        mayor.user_id: True,
        maker.user_id: True,
    }
    assert (tally(ballot).base, tally(ballot).quorum) == (1, 1)


def test_a_membership_that_ended_makes_no_conflict(any_db_app):
    unit = make_unit()
    council, buyer = make_council(unit), make_organisation(OrganisationKind.BUYER, unit)
    (member,) = make_members(council, 1)
    end_membership(make_actor(Role.SIGNATORY, buyer, user=member.user).membership)
    db.session.flush()

    assert tally(make_ballot(council, conflicted_organisations={buyer.id})).base == 1


def test_a_recused_member_sees_that_the_ballot_exists_but_no_papers(any_db_app):
    council = make_council()
    member, other = make_members(council, 2)
    ballot = make_ballot(council)
    declare_conflict(ballot, Recusal.PERSONAL, by=member, now=NOW)

    assert get_visible_ballot(ballot.id, member) is ballot
    assert get_papers(ballot, other).question == ballot.question
    with pytest.raises(Forbidden):
        get_papers(ballot, member)
    with pytest.raises(Forbidden):
        vote(ballot, member, "support")
    assert [(row.question, row.is_recused, row.is_waiting) for row in ballots_for(member, NOW)] == [(None, True, False)]


def test_another_council_and_other_roles_see_no_ballot(any_db_app):
    unit = make_unit()
    council = make_council(unit)
    (member,) = make_members(council, 1)
    ballot = make_ballot(council)
    outsiders = [
        *make_members(make_council(unit), 1, Role.CHAIR),
        make_actor(Role.COORDINATOR, unit),
        make_actor(Role.CLERK, make_organisation(OrganisationKind.BUYER, unit)),
        make_actor(Role.COORDINATOR, unit, user=member.user),  # the member, acting for somebody else
    ]

    assert get_visible_ballot(ballot.id, make_actor(Role.SECRETARY, council)) is ballot
    for outsider in outsiders:
        with pytest.raises(NotFound):
            get_visible_ballot(ballot.id, outsider)
        assert ballots_for(outsider, NOW) == []


def test_only_seated_members_vote(any_db_app):
    council = make_council()
    chair, _leaving = make_actor(Role.CHAIR, council), make_actor(Role.MEMBER, council, name="Напускащ")
    ballot = make_ballot(council)
    late_comer = make_actor(Role.MEMBER, council)
    secretary = make_actor(Role.SECRETARY, council)
    unit_coordinator = make_actor(Role.COORDINATOR, council.unit, user=chair.user)

    for nobody in (late_comer, secretary, unit_coordinator):
        with pytest.raises(Forbidden):
            vote(ballot, nobody, "support")
    former = make_actor(Role.SECRETARY, council, user=_seated_member_who_left(council, ballot))
    elsewhere = make_actor(Role.MEMBER, make_council(council.unit), user=chair.user)
    for nobody in (former, elsewhere):
        with pytest.raises(Forbidden):
            vote(ballot, nobody, "support")
    assert get_papers(ballot, secretary).options == ballot.options
    with pytest.raises(Forbidden):
        get_papers(ballot, late_comer)
    vote(ballot, chair, "support")
    assert tally(ballot).support == 1


def _seated_member_who_left(council, ballot):
    (membership,) = [member for member in members_of(council.id, Role.MEMBER) if member.user.name == "Напускащ"]
    end_membership(membership)
    assert ballot.member_of(membership.user_id) is not None
    return membership.user


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"position": "support"}, {"conflict"}),
        ({"conflict": "none"}, {"position"}),
        ({"conflict": "none", "position": "yes"}, {"position"}),
        ({"conflict": "none", "position": "oppose", "reasons": "  "}, {"reasons"}),
        ({"conflict": "none", "position": "support_with_remarks"}, {"reasons"}),
        ({"conflict": "maybe", "position": "oppose"}, {"conflict", "reasons"}),
    ],
)
def test_answers_that_do_not_hang_together_are_refused(any_db_app, answers, wrong):
    council = make_council()
    (member,) = make_members(council, 1)
    ballot = make_ballot(council)

    with pytest.raises(Invalid) as refusal:
        cast_vote(ballot, by=member, answers=answers, now=NOW)

    assert set(refusal.value.fields) == wrong
    assert tally(ballot).voted == 0


def test_no_votes_and_no_conflicts_after_the_closing_moment(any_db_app):
    council = make_council()
    member, _other = make_members(council, 2)
    ballot = make_ballot(council)

    with pytest.raises(Conflict):
        vote(ballot, member, "support", now=LATE)
    with pytest.raises(Conflict):
        declare_conflict(ballot, Recusal.PERSONAL, by=member, now=LATE)


def test_a_ballot_closes_early_only_when_all_have_voted(any_db_app):
    council = make_council()
    first, second, third = make_members(council, 3)
    ballot = make_ballot(council)

    vote(ballot, first, "support")
    vote(ballot, second, "support")
    with pytest.raises(Conflict):
        close_ballot(ballot, now=NOW)
    assert due_ballots(NOW) == []
    vote(ballot, third, "support")

    assert due_ballots(NOW) == [ballot.id]
    assert closed(ballot, now=NOW) == Outcome.SUPPORTED
    assert due_ballots(LATE) == []
    with pytest.raises(Conflict):
        close_ballot(ballot, now=LATE)


def test_short_of_a_quorum_it_is_extended_once_and_then_ends_in_silence(any_db_app):
    council = make_council()
    make_members(council, 5)
    ballot = make_ballot(council, extension_days=3)
    delivered = []

    def due(now):
        return close_due_ballot(
            ballot.id,
            now=now,
            extend_to=lambda ballot: ballot.closes_at + 3 * DAY,
            deliver=lambda ballot, result: delivered.append((ballot.id, result["outcome"])),
        )

    assert due(NOW) is None
    assert due(LATE) is None
    assert (ballot.state, ballot.is_extended, ballot.closes_at) == (BallotState.OPEN, True, LATE + 3 * DAY)
    assert due(LATE + 3 * DAY).outcome == Outcome.NO_QUORUM
    assert due(LATE + 3 * DAY) is None
    assert delivered == [(ballot.id, "no_quorum")]


def test_everybody_recused_is_not_extended(any_db_app):
    council = make_council()
    (member,) = make_members(council, 1)
    ballot = make_ballot(council, extension_days=3)
    declare_conflict(ballot, Recusal.PERSONAL, by=member, now=NOW)

    closing = close_due_ballot(ballot.id, now=NOW, extend_to=None, deliver=lambda ballot, result: None)

    assert closing.outcome == Outcome.ALL_RECUSED


def test_chair_and_secretary_may_extend_once(any_db_app):
    council = make_council()
    (member,) = make_members(council, 1)
    chair = make_actor(Role.CHAIR, council)
    ballot = make_ballot(council, extension_days=3)

    with pytest.raises(Forbidden):
        extend_ballot(ballot, closes_at=LATE + DAY, by=member, now=NOW)
    extend_ballot(ballot, closes_at=LATE + DAY, by=chair, now=NOW)
    with pytest.raises(Conflict):
        extend_ballot(ballot, closes_at=LATE + 2 * DAY, by=chair, now=NOW)

    assert ballot.closes_at == LATE + DAY


def test_a_ballot_that_nobody_needs_any_more_is_cancelled(any_db_app):
    council = make_council()
    member, _other = make_members(council, 2)
    ballot = make_ballot(council)

    cancel_ballots(ballot.instance_id, now=NOW)
    db.session.flush()

    assert (ballots_for(member, NOW), due_ballots(LATE)) == ([], [])
    with pytest.raises(Conflict):
        vote(ballot, member, "support")


def test_members_are_never_shown_other_facts(any_db_app):
    with pytest.raises(ValueError, match="law, market, precedent"):
        make_ballot(make_council(), facts={"value": {"bg": "612 000"}})


def test_the_ballots_of_a_request_come_in_their_order(any_db_app):
    council = make_council()
    make_members(council, 1)
    request_id = bare_row("request")
    ballots = [make_ballot(council, request_id=request_id) for _ in range(2)]
    make_ballot(council, request_id=bare_row("request"))

    assert ballots_of_request(request_id) == ballots


@pytest.mark.parametrize("number", [1, 3])
def test_the_inbox_takes_the_same_number_of_statements_for_any_number_of_ballots(any_db_app, number):
    with unit_of_work():
        council = make_council()
        member, *_others = make_members(council, 3)
        for _ in range(number):
            vote(make_ballot(council), member, "support")
    db.session.expire_all()
    assert member.roles == {Role.MEMBER} and member.organisation_id == council.id

    with counted_statements() as counted:
        rows = ballots_for(member, NOW)

    assert sum(row.is_waiting for row in rows) == count_waiting_ballots(member, NOW) == 0
    assert [row.position for row in rows] == [Position.SUPPORT] * number
    assert len(counted) == 3


def test_a_member_is_waited_for_until_they_vote_or_step_out_or_time_is_over(any_db_app):
    council = make_council()
    member, other, _third = make_members(council, 3)
    voted, left, waiting = (make_ballot(council) for _ in range(3))
    make_ballot(council, closes_at=NOW)
    vote(voted, member, "support")
    declare_conflict(left, Recusal.PERSONAL, by=member, now=NOW)

    assert [row.ballot_id for row in ballots_for(member, NOW) if row.is_waiting] == [waiting.id]
    assert (count_waiting_ballots(member, NOW), count_waiting_ballots(other, NOW)) == (1, 3)
    assert count_waiting_ballots(make_actor(Role.SECRETARY, council), NOW) == 0
