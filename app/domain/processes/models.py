"""Tables of running processes: the instance, its state, its open tasks, its history, its service calls."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import TypedJson, UtcDateTime, db


class InstanceStatus(enum.StrEnum):
    """How a running process is doing."""

    RUNNING = "running"
    INCIDENT = "incident"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class TaskStatus(enum.StrEnum):
    """Whether a task waits for somebody."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class JobStatus(enum.StrEnum):
    """Where a service call stands."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Instance(db.Model):
    """One run of a process version for one request; it stays on that version."""

    __table_args__ = (Index("ix_instance_due", "status", "next_due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    status: Mapped[str] = mapped_column(String(16), default=InstanceStatus.RUNNING)
    rev: Mapped[int] = mapped_column(default=0)
    last_sequence: Mapped[int] = mapped_column(default=0)
    #: element ids where the process waits now: tasks, reviews, services, timers
    standing: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    next_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: element and words of what went wrong, while status is incident
    incident: Mapped[dict | None] = mapped_column(db.JSON)

    __mapper_args__ = {"version_id_col": rev}


class InstanceState(db.Model):
    """The engine's state of an instance, apart, so that lists never drag it along."""

    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)


class Task(db.Model):
    """A human step on somebody's desk: an organisation's people in a role, or one person."""

    __table_args__ = (
        Index("ix_task_desk", "status", "organisation_id", "role", "due_on", "id"),
        Index("ix_task_owner", "status", "owner_id", "due_on", "id"),
        Index("ix_task_done_by", "done_by_id", "done_at"),
        Index("ix_task_engine", "instance_id", "engine_task_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    engine_task_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(120))
    name: Mapped[dict] = mapped_column(db.JSON)
    why: Mapped[dict] = mapped_column(db.JSON)
    form_key: Mapped[str | None] = mapped_column(String(80))
    phase: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), default=TaskStatus.OPEN)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: people who may not do it, because they did the step it checks
    excluded: Mapped[list[int]] = mapped_column(db.JSON, default=list)
    #: number, title and buyer of the request, casefolded, for the inbox search
    search_text: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft: Mapped[dict | None] = mapped_column(TypedJson)
    answers: Mapped[dict | None] = mapped_column(TypedJson)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))

    instance: Mapped[Instance] = relationship()
    owner = relationship("User", foreign_keys=[owner_id])
    done_by = relationship("User", foreign_keys=[done_by_id])
    organisation = relationship("Organisation")
    request = relationship("Request", foreign_keys=[request_id], viewonly=True)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.status == TaskStatus.OPEN


class HistoryEntry(db.Model):
    """One thing that happened, in order; people by id only, so that history outlives their names."""

    __table_args__ = (UniqueConstraint("instance_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    kind: Mapped[str] = mapped_column(String(32))
    element_id: Mapped[str | None] = mapped_column(String(120))
    engine_task_id: Mapped[str | None] = mapped_column(String(64))
    schema_version: Mapped[int] = mapped_column(default=1)
    payload: Mapped[dict] = mapped_column(TypedJson, default=dict)

    actor = relationship("User")
    membership = relationship("Membership")


class ServiceJob(db.Model):
    """A call of a service a process asked for; a job runs it and delivers the result."""

    __table_args__ = (Index("ix_service_job_due", "status", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), index=True)
    engine_task_id: Mapped[str] = mapped_column(String(64))
    element_id: Mapped[str] = mapped_column(String(120))
    service: Mapped[str] = mapped_column(String(80))
    inputs: Mapped[dict] = mapped_column(TypedJson)
    status: Mapped[str] = mapped_column(String(16), default=JobStatus.DUE)
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    instance: Mapped[Instance] = relationship()
