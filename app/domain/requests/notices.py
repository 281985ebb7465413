"""A draft filled from a tender notice, with an honest list of what was not understood."""

import hashlib
from datetime import datetime
from typing import Any

from app import notices
from app.db import db
from app.domain.accounts.models import Actor
from app.domain.requests.desks import local_day
from app.domain.requests.models import Request, RequestNotice
from app.domain.requests.operations import start_draft, take_raw
from app.notices import Notice

RELATIONS = ("own", "model")


def draft_from_notice(xml: bytes, *, relation: str | None, by: Actor, now: datetime) -> Request:
    """A new draft with what the notice says; as `own` it takes all, as `model` only text, CPV and lots.

    Without a relation the notice's kind and deadline decide. Raises NoticeError for a file that cannot be read.
    """
    notice = notices.read_notice(xml)
    request = start_draft(by=by, now=now)
    kept = RequestNotice(request_id=request.id, sha256=hashlib.sha256(xml).hexdigest(), relation="model", facts={})
    kept.publication_number = notice.publication_number or None
    kept.facts = _facts(notice)
    kept.not_understood = [{"place": gap.place, "words": dict(gap.words)} for gap in notice.not_understood]
    db.session.add(kept)
    db.session.flush()
    default = notices.default_relation(notice, local_day(request.unit, now))
    _fill(request, kept, notice, relation if relation in RELATIONS else default, by, now)
    return request


def _fill(request: Request, kept: RequestNotice, notice: Notice, relation: str, by: Actor, now: datetime) -> None:
    kept.relation = relation
    take_raw(request, {**request.answers, **notices.request_facts(notice, relation)}, by=by, now=now)


def _facts(notice: Notice) -> dict[str, Any]:
    """What the request page shows of the notice; the buyer is a mere fact, whoever files."""
    return {
        "schema": notice.schema,
        "form": notice.form,
        "kind": str(notice.kind),
        "published_on": notice.published_on,
        "title": notice.title,
        "description": notice.description,
        "buyers": [party.name for party in notice.buyers],
        "cpv": [code for code in (notice.cpv, *notice.cpv_additional) if code],
        "nuts": list(notice.nuts),
        "value": {"amount": notice.value.amount, "currency": notice.value.currency} if notice.value else None,
        "value_from": str(notice.value_from),
        "deadline": notice.deadline,
        "procedure": notice.procedure.raw,
        "criteria": [
            {"kind": str(criterion.kind), "name": criterion.name, "weight": criterion.weight, "lot": criterion.lot}
            for criterion in notice.criteria
        ],
        "environment": _environment(notice),
        "lots": [{"number": lot.number, "title": lot.title, "cpv": list(lot.cpv)} for lot in notice.lots],
    }


def _environment(notice: Notice) -> dict[str, Any]:
    """The coded green fields, those of the lots included."""
    every = [notice.environment, *(lot.environment for lot in notice.lots)]
    named = ("impacts", "gpp_criteria", "strategic")
    found: dict[str, Any] = {name: sorted({code for part in every for code in getattr(part, name)}) for name in named}
    found["vehicles"] = [
        {"category": count.category, "kind": count.kind, "number": count.number}
        for part in every
        for count in part.vehicles
    ]
    return found
