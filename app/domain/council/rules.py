"""How votes are counted, and who may see, vote and close. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from app.domain.accounts.models import Actor, Role
from app.domain.council.models import Ballot, BallotMember, BallotState, Outcome, Position, Quorum

VOTING = frozenset({Role.MEMBER, Role.CHAIR})
SEATED = VOTING | {Role.SECRETARY}

_NEEDED = {Quorum.MAJORITY: lambda base: base // 2 + 1}


@dataclass(frozen=True)
class Tally:
    """A count: who may vote, how many must, and what those who did vote said."""

    base: int
    quorum: int
    support: int = 0
    remarks: int = 0
    oppose: int = 0
    abstain: int = 0

    @property
    def voted(self) -> int:
        return self.support + self.remarks + self.oppose + self.abstain

    @property
    def in_favour(self) -> int:
        return self.support + self.remarks

    @property
    def has_quorum(self) -> bool:
        return self.base > 0 and self.voted >= self.quorum

    @property
    def outcome(self) -> Outcome:
        """What this count means; abstentions count for the quorum alone."""
        if self.base == 0:
            return Outcome.ALL_RECUSED
        if not self.has_quorum:
            return Outcome.NO_QUORUM
        if self.in_favour == self.oppose:
            return Outcome.TIED
        if self.in_favour < self.oppose:
            return Outcome.OPPOSED
        return Outcome.SUPPORTED_WITH_REMARKS if self.remarks else Outcome.SUPPORTED

    def as_numbers(self) -> dict[str, int]:
        return asdict(self) | {"voted": self.voted}


def quorum_of(base: int, rule: Quorum = Quorum.MAJORITY) -> int:
    """How many of the base must vote: more than half."""
    return _NEEDED[rule](base)


def count(base: int, positions: Iterable[Position], rule: Quorum = Quorum.MAJORITY) -> Tally:
    """The count of these positions, with the quorum that the base needs."""
    said = Counter(positions)
    return Tally(
        base=base,
        quorum=quorum_of(base, rule),
        support=said[Position.SUPPORT],
        remarks=said[Position.SUPPORT_WITH_REMARKS],
        oppose=said[Position.OPPOSE],
        abstain=said[Position.ABSTAIN],
    )


def tally(ballot: Ballot) -> Tally:
    """The count as it stands; members with a conflict are neither in the base nor among the votes."""
    seated = [member for member in ballot.members if not member.is_recused]
    positions = [Position(member.vote.position) for member in seated if member.vote is not None]
    return count(len(seated), positions, Quorum(ballot.quorum_rule))


def is_complete(ballot: Ballot) -> bool:
    """Nobody is left who could still vote."""
    return all(member.is_recused or member.vote is not None for member in ballot.members)


def is_due(ballot: Ballot, now: datetime) -> bool:
    """The ballot is to be closed: its time is over, or nobody is left who could still vote."""
    return ballot.state == BallotState.OPEN and (ballot.closes_at <= now or is_complete(ballot))


def can_see_ballot(actor: Actor, ballot: Ballot) -> bool:
    """The council it was put to sees that it exists; nobody else does."""
    return actor.organisation_id == ballot.council_id and not actor.roles.isdisjoint(SEATED)


def can_read_papers(actor: Actor, ballot: Ballot) -> bool:
    """Members without a conflict, and the secretary unless they themselves have one."""
    member = ballot.member_of(actor.user_id)
    if member is not None:
        return can_see_ballot(actor, ballot) and not member.is_recused
    return can_see_ballot(actor, ballot) and Role.SECRETARY in actor.roles


def can_vote(actor: Actor, ballot: Ballot) -> bool:
    """Whoever had a seat when the ballot opened, still has a voting role, and has no conflict."""
    member = ballot.member_of(actor.user_id)
    return (
        member is not None
        and not member.is_recused
        and actor.organisation_id == ballot.council_id
        and not actor.roles.isdisjoint(VOTING)
    )


def can_extend(actor: Actor | None, ballot: Ballot) -> bool:
    """Chair and secretary once; the clock, acting as nobody, too."""
    if actor is None:
        return True
    return actor.organisation_id == ballot.council_id and not actor.roles.isdisjoint({Role.CHAIR, Role.SECRETARY})


def conflicted(member_organisations: Iterable[int], conflicted_organisations: Iterable[int]) -> bool:
    """A member belongs to an organisation that asks, or that offers in the same product group."""
    return not set(member_organisations).isdisjoint(conflicted_organisations)


def recused(ballot: Ballot) -> list[BallotMember]:
    return [member for member in ballot.members if member.is_recused]
