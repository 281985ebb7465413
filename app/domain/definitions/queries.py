"""Reading processes and versions."""

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.models import Definition, DefinitionVersion, VersionStatus
from app.domain.definitions.rules import can_see_definition
from app.errors import NotFound


def definitions_of(unit_id: int) -> list[Definition]:
    """The processes of a unit by name of their key."""
    return list(db.session.scalars(select(Definition).where(Definition.unit_id == unit_id).order_by(Definition.key)))


def get_visible_definition(definition_id: int, actor: Actor) -> Definition:
    """The process, if this person may see it; else NotFound."""
    definition = db.session.get(Definition, definition_id)
    if definition is None or not can_see_definition(actor, definition):
        raise NotFound()
    return definition


def get_visible_version(version_id: int, actor: Actor) -> DefinitionVersion:
    """The version, if this person may see its process; else NotFound."""
    version = db.session.get(DefinitionVersion, version_id)
    if version is None or not can_see_definition(actor, version.definition):
        raise NotFound()
    return version


def versions_of(definition: Definition) -> list[DefinitionVersion]:
    """All versions, newest first, without the packages' contents."""
    heavy = (DefinitionVersion.bpmn, DefinitionVersion.decisions, DefinitionVersion.forms)
    query = (
        select(DefinitionVersion)
        .where(DefinitionVersion.definition_id == definition.id)
        .options(*(defer(column) for column in heavy), joinedload(DefinitionVersion.created_by))
        .order_by(DefinitionVersion.number.desc())
    )
    return list(db.session.scalars(query))


def find_current_version_id(unit_id: int, key: str) -> int | None:
    """The published version new requests of this unit use."""
    return db.session.scalar(
        select(DefinitionVersion.id)
        .join(Definition)
        .where(
            Definition.unit_id == unit_id, Definition.key == key, DefinitionVersion.status == VersionStatus.PUBLISHED
        )
    )
