"""Reads of ballots, for members, for the secretary, and for the people who asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.council.models import Ballot, BallotMember, BallotState, Outcome, Position, Vote
from app.domain.council.rules import SEATED, VOTING, Tally, can_read_papers, can_see_ballot, can_vote, tally
from app.domain.council.wording import OUTCOMES, count_in_words, opinion_in_words
from app.errors import N_, NotFound, require
from app.words import Words

#: How many closed ballots an inbox still lists.
CLOSED_SHOWN = 50


@dataclass(frozen=True)
class Papers:
    """All that a member is shown before voting; who asked, the value and the documents are not among it."""

    question: str
    options: str
    facts: dict[str, Any]
    product_group: str | None


@dataclass(frozen=True)
class BallotRow:
    """A line of a council member's inbox; `question` is None for a member with a conflict."""

    ballot_id: int
    question: str | None
    closes_at: datetime
    state: BallotState
    outcome: Outcome | None
    position: Position | None
    is_recused: bool
    #: the member is asked to do something
    is_waiting: bool
    standing: Words


def get_visible_ballot(ballot_id: int, actor: Actor) -> Ballot:
    """A ballot of the council this person acts in; any other does not exist."""
    ballot = db.session.scalar(ballots_with_votes().where(Ballot.id == ballot_id))
    if ballot is None or not can_see_ballot(actor, ballot):
        raise NotFound()
    return ballot


def get_papers(ballot: Ballot, actor: Actor) -> Papers:
    """What the question is about. Raises Forbidden for a member with a conflict."""
    require(
        can_read_papers(actor, ballot),
        N_("You have a conflict of interest in this question, so its papers are closed to you."),
    )
    return Papers(ballot.question, ballot.options, dict(ballot.facts), ballot.product_group)


def find_vote(ballot: Ballot, actor: Actor) -> Vote | None:
    """What this person last said in the ballot."""
    member = ballot.member_of(actor.user_id)
    return member.vote if member is not None else None


def ballots_for(actor: Actor, now: datetime) -> list[BallotRow]:
    """The ballots of the council this person acts in: open ones by closing time, then those closed lately."""
    if actor.roles.isdisjoint(SEATED):
        return []
    mine = ballots_with_votes().where(Ballot.council_id == actor.organisation_id)
    still_open = mine.where(Ballot.state == BallotState.OPEN).order_by(Ballot.closes_at, Ballot.id)
    closed = mine.where(Ballot.state == BallotState.CLOSED).order_by(Ballot.closes_at.desc(), Ballot.id.desc())
    found = [*db.session.scalars(still_open), *db.session.scalars(closed.limit(CLOSED_SHOWN))]
    return [_row(ballot, actor, now) for ballot in found]


def count_waiting_ballots(actor: Actor, now: datetime) -> int:
    """In how many open ballots this person may vote and has not."""
    if actor.roles.isdisjoint(VOTING):
        return 0
    count = (
        select(func.count())
        .select_from(BallotMember)
        .join(BallotMember.ballot)
        .outerjoin(BallotMember.vote)
        .where(
            BallotMember.user_id == actor.user_id,
            BallotMember.is_recused.is_(False),
            Vote.id.is_(None),
            Ballot.council_id == actor.organisation_id,
            Ballot.state == BallotState.OPEN,
            Ballot.closes_at > now,
        )
    )
    return db.session.scalar(count) or 0


def due_ballots(now: datetime) -> list[int]:
    """Ids of ballots to close: their time is over, or nobody is left who could still vote."""
    can_still_vote = (
        select(BallotMember.id)
        .outerjoin(BallotMember.vote)
        .where(BallotMember.ballot_id == Ballot.id, BallotMember.is_recused.is_(False), Vote.id.is_(None))
    )
    return list(
        db.session.scalars(
            select(Ballot.id)
            .where(Ballot.state == BallotState.OPEN, (Ballot.closes_at <= now) | ~can_still_vote.exists())
            .order_by(Ballot.closes_at, Ballot.id)
        )
    )


def ballots_of_request(request_id: int) -> list[Ballot]:
    """The questions put to a council for a request, oldest first; the caller has checked who may see the request."""
    return list(db.session.scalars(ballots_with_votes().where(Ballot.request_id == request_id).order_by(Ballot.id)))


def newest_ballots(instance_ids: set[int]) -> dict[int, Ballot]:
    """The last question each of these processes put to a council; the caller has checked who may see it."""
    found = db.session.scalars(ballots_with_votes().where(Ballot.instance_id.in_(instance_ids)).order_by(Ballot.id))
    return {ballot.instance_id: ballot for ballot in found}


def standing(ballot: Ballot) -> Words:
    """How the vote stands or ended, in one sentence."""
    words = count_in_words(_counted(ballot))
    if ballot.outcome is None:
        return words
    ended = OUTCOMES[Outcome(ballot.outcome)]
    return {language: f"{ended[language]} {words[language]}" for language in words}


def opinion_of(ballot: Ballot) -> Words | None:
    """The opinion of a closed ballot, with the names of those who asked to be named; None while it is open."""
    if ballot.state != BallotState.CLOSED:
        return None
    return opinion_in_words(_counted(ballot), ballot.members, with_names=True)


def _counted(ballot: Ballot) -> Tally:
    """The count as it was at closing, else as it stands now."""
    if ballot.tally is None:
        return tally(ballot)
    return Tally(**{name: number for name, number in ballot.tally.items() if name != "voted"})


def ballots_with_votes() -> Select[Any]:
    """Ballots with all that counting them needs."""
    return select(Ballot).options(
        selectinload(Ballot.members).options(joinedload(BallotMember.user), joinedload(BallotMember.vote))
    )


def _row(ballot: Ballot, actor: Actor, now: datetime) -> BallotRow:
    member = ballot.member_of(actor.user_id)
    vote = member.counted_vote if member is not None else None
    return BallotRow(
        ballot_id=ballot.id,
        question=ballot.question if can_read_papers(actor, ballot) else None,
        closes_at=ballot.closes_at,
        state=BallotState(ballot.state),
        outcome=Outcome(ballot.outcome) if ballot.outcome else None,
        position=Position(vote.position) if vote else None,
        is_recused=member is not None and member.is_recused,
        is_waiting=ballot.is_open(now) and vote is None and can_vote(actor, ballot),
        standing=standing(ballot),
    )
