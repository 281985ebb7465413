"""Asking the council: an anonymous question, its facts, and who must stay out of it."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import engine
from app.db import db
from app.domain.accounts.queries import councils_of_unit
from app.domain.council import operations as council
from app.domain.council.models import Ballot
from app.domain.deadlines import rules as deadlines
from app.domain.processes.models import Instance, ServiceJob
from app.domain.processes.queries import last_answers
from app.domain.requests.desks import local_day
from app.domain.requests.markets import newest_overview, organisations_offering
from app.domain.requests.models import Request
from app.words import Words

#: The service that answers in place of a council the unit does not have.
NO_COUNCIL = "no_council"


def open_review(request: Request, instance: Instance, task: engine.OpenTask, node: engine.Node, now: datetime) -> None:
    """Put the expert's question to the council of the unit; without a council the process goes on by itself."""
    councils = councils_of_unit(request.unit_id)
    if not councils:
        _answer_for_nobody(instance, task, now)
        return
    asked = last_answers(request.id).get("assessment", {})
    council.open_ballot(
        council=councils[0],
        instance_id=instance.id,
        engine_task_id=task.id,
        request_id=request.id,
        question=asked.get("council_question") or "",
        options=_proposal(asked),
        facts=_facts(request, asked),
        product_group=request.product_group,
        days=node.council.days,
        extension_days=node.council.extension,
        quorum_rule=node.council.quorum,
        closes_at=_end_of_day_after(request, now, node.council.days),
        conflicted_organisations={request.filer_id, *organisations_offering(request)},
        now=now,
    )


def _answer_for_nobody(instance: Instance, task: engine.OpenTask, now: datetime) -> None:
    db.session.add(
        ServiceJob(
            instance_id=instance.id,
            engine_task_id=task.id,
            element_id=task.element_id,
            service=NO_COUNCIL,
            inputs={},
            run_at=now,
            created_at=now,
        )
    )


def no_council(_request: Request, _inputs: dict[str, Any], _now: datetime) -> dict[str, Any]:
    """The result of a review that nobody could hold: nobody was left to vote."""
    return {"outcome": "all_recused", "opinion": dict(_NO_COUNCIL_WORDS), "base": 0, "quorum": 0, "voted": 0}


_NO_COUNCIL_WORDS: Words = {
    "bg": "Към звеното няма координационен съвет. Въпросът не е гласуван.",
    "en": "The unit has no coordination council. The question was not put to a vote.",
}


def _proposal(asked: dict[str, Any]) -> str:
    """The criteria as the expert proposes them: text alone, nothing that names the buyer."""
    rows = asked.get("criteria") or []
    return "\n".join(f"• {row.get('text')}" for row in rows if row.get("text"))


def _facts(request: Request, asked: dict[str, Any]) -> dict[str, Words]:
    facts: dict[str, Words] = {}
    rules = [row.get("rule") for row in asked.get("mandatory") or [] if row.get("applies") == "yes" and row.get("rule")]
    if rules:
        facts["law"] = {"bg": "; ".join(rules), "en": "; ".join(rules)}
    overview = newest_overview(request.id)
    if overview is not None:
        facts["market"] = overview.in_one_line
    precedent = _precedent(request)
    if precedent is not None:
        facts["precedent"] = precedent
    return facts


def _precedent(request: Request) -> Words | None:
    """How often the council has answered for this product group, and what came of the last time."""
    if request.product_group is None:
        return None
    earlier = select(Ballot).where(
        Ballot.product_group == request.product_group, Ballot.outcome.is_not(None), Ballot.request_id != request.id
    )
    ballots = list(db.session.scalars(earlier.order_by(Ballot.id.desc()).limit(20)))
    if not ballots:
        return {"bg": "Първи въпрос за тази продуктова група.", "en": "The first question for this product group."}
    return {
        "bg": f"Досегашни въпроси за тази продуктова група: {len(ballots)}.",
        "en": f"Earlier questions for this product group: {len(ballots)}.",
    }


def _end_of_day_after(request: Request, start: datetime, working_days: int) -> datetime:
    """The end of the last of so many working days at the unit."""
    unit = request.unit
    last = deadlines.add_working_days(local_day(unit, start), working_days, unit.country)
    return datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(unit.time_zone))


def extended_end(ballot: Ballot, now: datetime | None = None) -> datetime:
    """When a ballot closes that is extended once, because a quorum is missing.

    Where that would be before `now`, since nothing ran for days, members get their days from now.
    """
    request = db.session.get_one(Request, ballot.request_id)
    end = _end_of_day_after(request, ballot.closes_at - timedelta(minutes=1), ballot.extension_days)
    return end if now is None or end > now else _end_of_day_after(request, now, ballot.extension_days)
