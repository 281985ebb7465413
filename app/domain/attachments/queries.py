"""Reading uploaded files."""

from collections.abc import Iterable

from sqlalchemy import select

from app.db import db
from app.domain.attachments.models import Attachment


def attachments_of(request_id: int) -> list[Attachment]:
    """The files of a request, oldest first."""
    query = select(Attachment).where(Attachment.request_id == request_id).order_by(Attachment.id)
    return list(db.session.scalars(query))


def own_attachments(ids: Iterable[int], organisation_id: int) -> list[Attachment]:
    """Those of these files that this organisation uploaded."""
    query = select(Attachment).where(Attachment.id.in_(list(ids)), Attachment.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(Attachment.id)))


def find_attachment(attachment_id: int) -> Attachment | None:
    """The upload with this id, if any."""
    return db.session.get(Attachment, attachment_id)
