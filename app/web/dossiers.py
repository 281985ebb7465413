"""What the request page and the printed dossier say about a request, in the reader's language."""

from typing import Any

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.packages import process_of
from app.domain.processes.models import Instance
from app.domain.reference.queries import Guidance, guidance_for
from app.domain.reports.dossier import dossier as dossier_of
from app.domain.requests.desks import local_day
from app.domain.requests.facts import judged_on, request_form
from app.domain.requests.markets import overview_notes
from app.domain.requests.models import Request
from app.domain.requests.rules import can_read_file, is_filer
from app.domain.requests.suggestions import filing_context
from app.forms.answers import answer_rows
from app.web.advice import advice_of
from app.web.histories import history_lines
from app.web.templating import language


def dossier_parts(request: Request, actor: Actor) -> dict[str, Any]:
    """Everything said and advised about a filed request, as far as this person may read it."""
    dossier = dossier_of(request, language())
    instance = db.session.get_one(Instance, request.instance_id)
    files = [one for one in dossier.attachments if can_read_file(actor, request, one.organisation_id)]
    names = {"attachments": {one.id: one.name for one in files}}
    form = request_form(request.unit_id)
    return {
        "shown": request,
        "dossier": dossier,
        "advice": advice_of(dossier),
        "overviews": overview_notes(request.id),
        "files": files,
        "filed": answer_rows(form, request.answers, language(), filing_context(request) | names),
        "law": _law(request),
        "history": history_lines(
            dossier.history, process_of(instance.version_id), is_inside=not is_filer(actor, request)
        ),
    }


def _law(request: Request) -> Guidance | None:
    """Rules and labels for the purchase on the day it is judged by."""
    if not request.cpv:
        return None
    return guidance_for(
        request.cpv, judged_on(request, local_day(request.unit, request.filed_at)), request.filer.country
    )
