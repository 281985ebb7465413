"""Tiny processes of a test's own, running for a real request of a real unit."""

from app.db import db, unit_of_work
from app.domain.definitions.models import Definition, DefinitionVersion, VersionStatus
from app.domain.processes import operations as processes
from app.domain.processes.commands import Stuck
from app.domain.requests.flow import FLOW
from app.domain.requests.models import Phase, Request, RequestStatus
from tests.engine import build
from tests.engine.build import NOW, user

EXPERT = "expert"
NOTE_FORM = {
    "type": "default", "id": "note", "title": "Бележка",
    "components": [
        {"type": "textfield", "key": "text", "label": "Текст", "validate": {"required": True}},
        {"type": "number", "key": "amount", "label": "Брой"},
        {"type": "checkbox", "key": "again", "label": "Още веднъж"},
    ],
}  # fmt: skip

__all__ = ["EXPERT", "NOTE_FORM", "begin", "drawn", "looped", "store", "user"]


def drawn(*elements: str) -> bytes:
    """These elements one after another, between a start and an end."""
    ids = [element.split('id="', 1)[1].split('"', 1)[0] for element in elements]
    return build.drawing(
        build.start(), *elements, build.end("over", zeleno__phase="closed"), build.flows("start", *ids, "over")
    )


def looped() -> bytes:
    """Two steps round and round, for ever."""
    return build.drawing(
        build.start(),
        build.xor("again"),
        user("first", zeleno__candidateRole=EXPERT),
        user("second", zeleno__candidateRole=EXPERT),
        build.xor("more", default="more_again"),
        build.end("over", zeleno__phase="closed"),
        build.flows("start", "again", "first", "second", "more", "again"),
        build.flow("more", "over", 'second.text = "край"'),
    )


def store(unit, bpmn: bytes, now) -> DefinitionVersion:
    """A published version of this drawing; the form `triage` is a note."""
    definition = Definition(unit_id=unit.id, key=f"tiny{db.session.query(Definition).count()}", name={"bg": "Малък"})
    db.session.add(definition)
    version = DefinitionVersion(
        definition=definition,
        number=1,
        status=VersionStatus.PUBLISHED,
        bpmn=bpmn,
        decisions={},
        forms={"triage": NOTE_FORM},
        findings=[],
        sha256=str(hash(bpmn)),
        created_at=now,
    )
    db.session.add(version)
    db.session.flush()
    return version


def begin(place, bpmn: bytes, *, stuck: bool = False, **facts):
    """A request that this process runs for; with `stuck`, the error that keeps it from beginning."""
    try:
        with unit_of_work():
            version = store(place.unit, bpmn, NOW)
            request = _request(place, NOW, **facts)
            processes.start_instance(
                version.id, request_id=request.id, unit_id=place.unit.id, host=FLOW, by=place.clerk, now=NOW
            )
    except Stuck as error:
        assert stuck, error.words
        return error
    assert not stuck, "the process began"
    return request


def _request(place, now, **facts) -> Request:
    request = Request(
        unit_id=place.unit.id,
        filer_id=place.buyer.id,
        year=2026,
        sequence=9000 + db.session.query(Request).count(),
        status=RequestStatus.OPEN,
        phase=Phase.FIRST_LOOK,
        title="Малка",
        created_at=now,
        updated_at=now,
        filed_at=now,
        created_by_id=place.clerk.user_id,
        created_membership_id=place.clerk.membership_id,
        answers={},
    )
    for name, value in facts.items():
        setattr(request, name, value)
    db.session.add(request)
    db.session.flush()
    return request
