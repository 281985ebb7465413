"""Opening a ballot, declaring a conflict, voting, extending, closing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import Actor, Membership, Organisation
from app.domain.accounts.queries import members_of, organisations_of
from app.domain.council.models import (
    FACTS,
    Ballot,
    BallotMember,
    BallotState,
    Outcome,
    Position,
    Quorum,
    Recusal,
    Vote,
)
from app.domain.council.queries import ballots_with_votes
from app.domain.council.rules import VOTING, can_extend, can_vote, conflicted, is_due, tally
from app.domain.council.wording import opinion_in_words
from app.errors import N_, Conflict, Forbidden, Invalid, NotFound, require
from app.words import Words

NO_CONFLICT = "none"


@dataclass(frozen=True)
class Closing:
    """What a closed ballot ended in; `result` is what the process is given."""

    outcome: Outcome
    result: dict[str, Any]


def open_ballot(
    *,
    council: Organisation,
    instance_id: int,
    engine_task_id: str,
    request_id: int,
    question: str,
    facts: Mapping[str, Words],
    closes_at: datetime,
    now: datetime,
    quorum_rule: str = Quorum.MAJORITY,
    conflicted_organisations: Iterable[int] = (),
    **more: Any,
) -> Ballot:
    """Put a question to every voting member of the council.

    Members of a conflicted organisation (one that asks, or that offers in the product group) are taken out at once.
    `more` are the ballot's other columns: options, product_group, days, extension_days. Raises ValueError for facts
    that members must not see, or a quorum rule that nobody knows.
    """
    if set(facts) - set(FACTS):
        raise ValueError(f"members may be shown {', '.join(FACTS)} only")
    ballot = Ballot(
        instance_id=instance_id,
        engine_task_id=engine_task_id,
        request_id=request_id,
        council=council,
        question=question,
        facts=dict(facts),
        opens_at=now,
        closes_at=closes_at,
        quorum_rule=Quorum(quorum_rule),
        state=BallotState.OPEN,
        **more,
    )
    _seat_members(ballot, council, frozenset(conflicted_organisations), now)
    db.session.add(ballot)
    db.session.flush()
    return ballot


def declare_conflict(ballot: Ballot, kind: Recusal, *, by: Actor, now: datetime) -> None:
    """Take oneself out: no papers, no vote, not in the base. A vote cast before no longer counts."""
    _recuse(_seat_of(by, ballot, now), kind, now)
    db.session.flush()


def cast_vote(ballot: Ballot, *, by: Actor, answers: Mapping[str, Any], now: datetime) -> None:
    """Take or replace a member's position; `answers` are those of the form `vote`, the conflict question among them.

    A conflict among the answers takes the member out instead. Raises Invalid for answers that do not hang together.
    """
    conflict = answers.get("conflict")
    if conflict in set(Recusal):
        declare_conflict(ballot, Recusal(conflict), by=by, now=now)
        return
    seat = _seat_of(by, ballot, now)
    _check(answers)
    _keep_position(seat, answers, now)
    db.session.flush()


def extend_ballot(ballot: Ballot, *, closes_at: datetime, by: Actor | None, now: datetime) -> None:
    """Give the members more time, once. The clock does it as nobody."""
    _lock(ballot)
    require(can_extend(by, ballot))
    if ballot.state != BallotState.OPEN:
        raise Conflict(N_("This ballot is closed."))
    if not ballot.has_room_to_extend:
        raise Conflict(N_("This ballot cannot be extended again."))
    if closes_at <= ballot.closes_at:
        raise ValueError("an extension ends later than what it extends")
    ballot.closes_at, ballot.is_extended = closes_at, True


def close_ballot(ballot: Ballot, *, now: datetime) -> Closing:
    """Count for good. Raises Conflict while members may still vote, or when it is closed already."""
    _lock(ballot)
    if ballot.state != BallotState.OPEN:
        raise Conflict(N_("This ballot is closed."))
    if not is_due(ballot, now):
        raise Conflict(N_("This ballot is still open: its time is not over and not every member has voted."))
    counted = tally(ballot)
    ballot.state, ballot.closed_at = BallotState.CLOSED, now
    ballot.outcome, ballot.tally = counted.outcome, counted.as_numbers()
    db.session.flush()
    opinion = opinion_in_words(counted, ballot.members, with_names=False)
    result = {"ballot": ballot.id, "outcome": str(counted.outcome), "opinion": dict(opinion)}
    return Closing(counted.outcome, result | counted.as_numbers())


def close_due_ballot(
    ballot_id: int,
    *,
    now: datetime,
    extend_to: Callable[[Ballot], datetime],
    deliver: Callable[[Ballot, dict[str, Any]], None],
) -> Closing | None:
    """Close a ballot whose time is over or in which all have voted, and hand its result on.

    Short of a quorum it is extended first, once, to `extend_to(ballot)`. Does nothing (None) when it is not due,
    so any number of workers may try.
    """
    ballot = db.session.get_one(Ballot, ballot_id)
    _lock(ballot)
    if not is_due(ballot, now):
        return None
    if tally(ballot).outcome == Outcome.NO_QUORUM and ballot.has_room_to_extend:
        extend_ballot(ballot, closes_at=extend_to(ballot), by=None, now=now)
        return None
    closing = close_ballot(ballot, now=now)
    deliver(ballot, closing.result)
    return closing


def cancel_ballots(instance_id: int, *, now: datetime) -> None:
    """The request no longer needs its open questions answered: it was withdrawn, or went on without them."""
    open_ones = select(Ballot).where(Ballot.instance_id == instance_id, Ballot.state == BallotState.OPEN)
    for ballot in db.session.scalars(open_ones):
        ballot.state, ballot.closed_at = BallotState.CANCELLED, now


def _seat_members(ballot: Ballot, council: Organisation, parties: frozenset[int], now: datetime) -> None:
    seats = {membership.user_id: membership for membership in members_of(council.id, *VOTING)}
    organisations = organisations_of(set(seats))
    for user_id, membership in seats.items():
        member = BallotMember(membership_id=membership.id, user_id=user_id, group=_group(membership), is_recused=False)
        ballot.members.append(member)
        if conflicted(organisations[user_id], parties):
            _recuse(member, Recusal.OWN_ORGANISATION, now, automatically=True)


def _group(membership: Membership) -> Words:
    return dict(membership.group or {"bg": "член на съвета", "en": "council member"})


def _recuse(member: BallotMember, kind: Recusal, now: datetime, automatically: bool = False) -> None:
    member.is_recused, member.recusal, member.recused_at = True, kind, now
    member.is_recused_automatically = automatically


def _lock(ballot: Ballot) -> None:
    """Read the ballot again behind its lock, with the votes as they are now."""
    fresh = ballots_with_votes().where(Ballot.id == ballot.id).with_for_update(of=Ballot)
    if db.session.scalar(fresh.execution_options(populate_existing=True)) is None:
        raise NotFound()


def _seat_of(by: Actor, ballot: Ballot, now: datetime) -> BallotMember:
    """The seat of somebody who may vote now, behind the lock of the ballot."""
    _lock(ballot)
    if not ballot.is_open(now):
        raise Conflict(N_("This ballot is closed."))
    seat = ballot.member_of(by.user_id)
    if seat is None or not can_vote(by, ballot):
        raise Forbidden()
    return seat


def _keep_position(member: BallotMember, answers: Mapping[str, Any], now: datetime) -> None:
    vote = member.vote
    if vote is None:
        member.vote = vote = Vote(earlier=[])
    else:
        said = {name: getattr(vote, name) for name in ("reasons", "wording", "quote_me", "at")}
        vote.earlier = [*vote.earlier, {"position": str(vote.position), **said}]
    vote.position = Position(answers["position"])
    vote.reasons = (answers.get("reasons") or "").strip()
    vote.wording = (answers.get("wording") or "").strip()
    vote.quote_me = bool(answers.get("quote_me"))
    vote.at = now


def _check(answers: Mapping[str, Any]) -> None:
    wrong = {}
    if answers.get("conflict") != NO_CONFLICT:
        wrong["conflict"] = _SAY_CONFLICT
    if answers.get("position") not in set(Position):
        wrong["position"] = _SAY_POSITION
    if answers.get("position") in _WITH_REASONS and not (answers.get("reasons") or "").strip():
        wrong["reasons"] = _SAY_REASONS
    if wrong:
        raise Invalid(N_("Some answers need your attention."), wrong)


_WITH_REASONS = {Position.SUPPORT_WITH_REMARKS, Position.OPPOSE}
_SAY_CONFLICT = {
    "bg": "Кажете първо имате ли интерес по въпроса.",
    "en": "Say first whether you have an interest in the question.",
}
_SAY_POSITION = {"bg": "Изберете позиция.", "en": "Choose a position."}
_SAY_REASONS = {
    "bg": "Напишете мотивите си: без тях никой няма да разбере възражението или бележката.",
    "en": "Write your reasons: without them nobody understands the objection or the remark.",
}
