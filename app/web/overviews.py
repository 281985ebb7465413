"""Pages of sealed market overviews: reading one, and asking the market again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import unit_of_work
from app.domain.requests.overviews import (
    ask_again,
    can_ask_again,
    criteria_to_ask,
    get_visible_overview,
    listed_overviews,
    regions_to_ask,
)
from app.domain.suppliers.sealing import open_sealed
from app.errors import Conflict, require
from app.forms.overviews import AskAgainForm
from app.web.access import current_actor
from app.web.errors import words_of
from app.web.overviewpage import report_shown, where_in_words
from app.web.templating import in_words

bp = Blueprint("overviews", __name__)


@bp.get("/overviews/<int:match_id>")
def overview(match_id):
    match, shown = get_visible_overview(match_id, current_actor())
    listed = listed_overviews(shown.id)
    parts = {"match": match, "shown": shown, "listed": listed, "made": _listed(match, listed)}
    try:
        report = open_sealed(match)
    except Conflict as broken:
        return render_template("overviews/broken.html", **parts, message=words_of(broken)), 409
    return render_template(
        "overviews/show.html",
        **parts,
        **report_shown(report),
        is_open="open" in request.args,
        may_ask=can_ask_again(current_actor(), shown),
    )


def _listed(match, listed):
    return next(one for one in listed if one.id == match.id)


@bp.route("/overviews/<int:match_id>/again", methods=["GET", "POST"])
def again(match_id):
    match, shown = get_visible_overview(match_id, current_actor())
    require(can_ask_again(current_actor(), shown))
    form = _form(open_sealed(match), shown)
    if form.validate_on_submit():
        with unit_of_work():
            made = ask_again(
                match,
                shown,
                regions=[code for code in form.regions.data.split(",") if code],
                criteria=form.criteria.data,
                reason=form.reason.data,
                by=current_actor(),
                now=now(),
            )
            made_id = made.id
        flash(_("A new overview is sealed. The earlier ones stay as they were."), "success")
        return redirect(url_for(".overview", match_id=made_id))
    return render_template("overviews/again.html", match=match, shown=shown, form=form), 422 if form.errors else 200


def _form(report, shown):
    """The form, opened with what was asked before."""
    need = report["need"]
    form = AskAgainForm(
        regions=",".join(need["regions"]), criteria=[criterion["code"] for criterion in need["criteria"]]
    )
    form.regions.choices = [(",".join(codes), where_in_words(codes)) for codes in regions_to_ask(shown, report)]
    form.criteria.choices = [(row["code"], in_words(row["title"])) for row in criteria_to_ask(shown, report, now=now())]
    return form
