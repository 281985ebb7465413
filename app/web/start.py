"""The first page after signing in: what waits for this person, by role."""

from flask import Blueprint, render_template

from app.clock import now
from app.domain.council.queries import ballots_for
from app.domain.definitions.queries import definitions_of
from app.domain.processes.queries import inbox, inbox_counts
from app.domain.requests.queries import requests_for
from app.domain.requests.rules import can_file
from app.domain.requests.sentences import NAMES
from app.web.access import COUNCIL, UNIT, current_actor

bp = Blueprint("start", __name__)


@bp.get("/")
def home():
    actor = current_actor()
    is_unit = bool(actor.roles & set(UNIT))
    return render_template(
        "start/home.html",
        mine=inbox(actor, "mine").tasks[:5],
        free=inbox(actor, "group").tasks[:5],
        counts=inbox_counts(actor),
        requests=requests_for(actor).requests[:8],
        names=NAMES,
        ballots=[row for row in ballots_for(actor, now()) if row.is_waiting] if actor.roles & set(COUNCIL) else [],
        definitions=definitions_of(actor.organisation_id) if is_unit else [],
        may_file=can_file(actor),
        is_unit=is_unit,
    )
