"""Members who vote at the same moment: every vote counts, and the ballot closes once."""

from concurrent.futures import ThreadPoolExecutor

from app.db import db, unit_of_work
from app.domain.accounts.models import Membership
from app.domain.accounts.queries import actor_for
from app.domain.council.models import Ballot
from app.domain.council.operations import close_due_ballot
from tests.domain.accounts.people import NOW, make_members
from tests.domain.council.ballots import make_ballot, make_council, vote

VOTERS = 6


def test_the_last_vote_closes_a_ballot_once_whoever_casts_it(any_db_app):
    with unit_of_work():
        council = make_council()
        members = [member.membership_id for member in make_members(council, VOTERS)]
        ballot_id = make_ballot(council).id
    delivered = []

    def vote_and_close(membership_id):
        with any_db_app.app_context():
            with unit_of_work():
                member = actor_for(db.session.get_one(Membership, membership_id).user, membership_id)
                vote(db.session.get_one(Ballot, ballot_id), member, "support")
            with unit_of_work():
                close_due_ballot(ballot_id, now=NOW, extend_to=None, deliver=lambda _, result: delivered.append(result))

    with ThreadPoolExecutor(VOTERS) as pool:
        list(pool.map(vote_and_close, members))

    assert [(result["outcome"], result["voted"]) for result in delivered] == [("supported", VOTERS)]
