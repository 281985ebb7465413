"""Makes ballots for tests."""

from datetime import timedelta
from itertools import count

from app.domain.accounts.models import OrganisationKind
from app.domain.council.operations import cast_vote, open_ballot
from tests.domain.accounts.people import NOW, make_organisation, make_unit
from tests.support.rows import bare_row

DAY = timedelta(days=1)

_numbers = count(1)


def make_council(unit=None):
    return make_organisation(OrganisationKind.COUNCIL, unit or make_unit(), "Съвет")


def make_ballot(council, conflicted_organisations=(), **facts):
    """A ballot that opens at NOW and closes five days later."""
    given = {
        "instance_id": bare_row("instance"),
        "request_id": bare_row("request"),
        "engine_task_id": f"task-{next(_numbers)}",
        "question": "Да искаме ли доказан живот от 100 000 часа?",
        "options": "Изискване L80B10 при 100 000 ч., или еквивалентно.",
        "facts": {"market": {"bg": "2 от 9 могат да докажат", "en": "2 of 9 can prove it"}},
        "product_group": "road-lighting",
        "days": 5,
        "closes_at": NOW + 5 * DAY,
        "now": NOW,
    }
    return open_ballot(council=council, conflicted_organisations=conflicted_organisations, **(given | facts))


def vote(ballot, member, position, now=NOW, **answers):
    reasons = {"reasons": "Защото."} if position in ("support_with_remarks", "oppose") else {}
    cast_vote(ballot, by=member, answers={"conflict": "none", "position": position, **reasons, **answers}, now=now)
