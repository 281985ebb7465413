"""The first page after signing in: what waits for this person, by role."""

from flask import Blueprint, render_template

from app.clock import now
from app.domain.council.queries import ballots_for
from app.domain.processes.queries import inbox, inbox_counts
from app.domain.requests.queries import requests_for
from app.domain.requests.rules import can_file
from app.domain.requests.sentences import NAMES
from app.web.access import COUNCIL, UNIT, can_open, current_actor
from app.web.ballotpage import last_day
from app.web.taskrows import task_rows

bp = Blueprint("start", __name__)

#: How many tasks and requests the start page shows before it leads on to their lists.
TASKS = 6
REQUESTS = 8


@bp.get("/")
def home():
    actor = current_actor()
    counts = inbox_counts(actor)
    reads_requests = can_open("requests.requests_page")
    is_council = bool(actor.roles & COUNCIL)
    return render_template(
        "start/home.html",
        tasks=_tasks(actor) if can_open("inbox.task") else [],
        waiting=counts["mine"] + counts["group"],
        requests=requests_for(actor, status="all" if can_file(actor) else "open").requests[:REQUESTS]
        if reads_requests
        else [],
        reads_requests=reads_requests,
        names=NAMES,
        ballots=[row for row in ballots_for(actor, now()) if row.is_waiting] if is_council else [],
        last_day=lambda row: last_day(row, actor),
        is_council=is_council,
        may_file=can_file(actor),
        is_unit=bool(actor.roles & UNIT),
    )


def _tasks(actor):
    """My tasks first, then those I may take."""
    return task_rows((inbox(actor, "mine").tasks + inbox(actor, "group").tasks)[:TASKS], actor)
