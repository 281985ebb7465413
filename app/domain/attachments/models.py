"""Tables of uploaded files: the content once per sha256, and one row per upload."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import UtcDateTime, db


class FileContent(db.Model):
    """The bytes of a file, kept once however often it is uploaded."""

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(db.Model):
    """A file somebody added to a request, or is about to (`request_id` is set when the form is handed in)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("file_content.sha256"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[FileContent] = relationship()
