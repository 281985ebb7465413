"""Look-ups that forms make while somebody types."""

from flask import Blueprint, jsonify, render_template, request

from app.domain.reference.queries import cpv_search
from app.domain.requests.queries import get_draft
from app.web.access import current_actor
from app.web.guidance import guidance_of
from app.web.templating import in_words, language

bp = Blueprint("reference", __name__)


@bp.get("/cpv")
def cpv():
    found = cpv_search(request.args.get("q", "").strip()[:100], language())
    return jsonify([{"code": code.full_code, "label": in_words(code.labels)} for code in found])


@bp.get("/requests/<int:request_id>/guidance")
def guidance(request_id):
    draft = get_draft(request_id, current_actor())
    return render_template("requests/_guidance.html", guidance=guidance_of(request.args.get("cpv"), draft))
