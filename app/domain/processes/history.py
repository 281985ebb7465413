"""Writing the history of an instance: who did what when, in one order."""

from datetime import datetime
from typing import Any

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.processes.models import HistoryEntry, Instance


def record(
    instance: Instance,
    kind: str,
    payload: dict[str, Any],
    *,
    by: Actor | None,
    now: datetime,
    element_id: str | None = None,
    task_id: str | None = None,
) -> None:
    """Append one entry; the instance must be locked, so that the sequence has no gaps and no doubles."""
    instance.last_sequence += 1
    db.session.add(
        HistoryEntry(
            instance_id=instance.id,
            request_id=instance.request_id,
            sequence=instance.last_sequence,
            at=now,
            actor_id=by.user_id if by else None,
            membership_id=by.membership_id if by else None,
            kind=kind,
            element_id=element_id,
            engine_task_id=task_id,
            payload=payload,
        )
    )
