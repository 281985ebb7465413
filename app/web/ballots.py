"""The ballots of a council: what waits for an opinion, giving one, and what came of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import unit_of_work
from app.domain.council.models import BallotState
from app.domain.council.operations import NO_CONFLICT, extend_ballot
from app.domain.council.queries import ballots_for, get_visible_ballot
from app.domain.requests.reviews import extended_end
from app.errors import Conflict
from app.web.access import current_actor
from app.web.ballotpage import POSITIONS, BallotPage, last_day
from app.web.errors import words_of

bp = Blueprint("ballots", __name__)


@bp.get("/ballots")
def ballots_page():
    actor = current_actor()
    rows = ballots_for(actor, now())
    return render_template(
        "ballots/ballots.html",
        waiting=[row for row in rows if row.is_waiting],
        running=[row for row in rows if row.state == BallotState.OPEN and not row.is_waiting],
        closed=[row for row in rows if row.state == BallotState.CLOSED],
        last_day=lambda row: last_day(row, actor),
        positions=POSITIONS,
    )


@bp.route("/ballots/<int:ballot_id>", methods=["GET", "POST"])
def ballot(ballot_id):
    page = BallotPage(get_visible_ballot(ballot_id, current_actor()), current_actor())
    if request.method == "GET" or not page.accept():
        return page.render(), page.status
    stays = page.form.answers.values.get("conflict") == NO_CONFLICT
    return redirect(url_for(".ballot", ballot_id=ballot_id) if stays else url_for(".ballots_page"))


@bp.post("/ballots/<int:ballot_id>/extend")
def extend(ballot_id):
    extended = get_visible_ballot(ballot_id, current_actor())
    try:
        with unit_of_work():
            extend_ballot(extended, closes_at=extended_end(extended), by=current_actor(), now=now())
        flash(_("The members have more time now."), "success")
    except Conflict as conflict:
        flash(words_of(conflict), "warning")
    return redirect(url_for(".ballot", ballot_id=ballot_id))
