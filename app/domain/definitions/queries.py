"""Reading processes and versions."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.definitions.models import Definition, DefinitionVersion, VersionStatus
from app.domain.definitions.rules import can_see_definition
from app.errors import NotFound

#: What a list of versions does not need.
_CONTENTS = (DefinitionVersion.bpmn, DefinitionVersion.decisions, DefinitionVersion.forms)


@dataclass(frozen=True)
class ListedDefinition:
    """A process in the list of its unit: the version in use and how many drafts wait."""

    definition: Definition
    current: DefinitionVersion | None
    drafts: int


def definitions_of(unit_id: int) -> list[ListedDefinition]:
    """The processes of a unit by their keys: two statements."""
    drafts = (
        select(func.count(DefinitionVersion.id))
        .where(DefinitionVersion.definition_id == Definition.id, DefinitionVersion.status == VersionStatus.DRAFT)
        .correlate(Definition)
        .scalar_subquery()
    )
    listed = db.session.execute(
        select(Definition, drafts).where(Definition.unit_id == unit_id).order_by(Definition.key)
    ).all()
    query = _light().join(Definition).where(Definition.unit_id == unit_id)
    current = {
        version.definition_id: version
        for version in db.session.scalars(query.where(DefinitionVersion.status == VersionStatus.PUBLISHED))
    }
    return [ListedDefinition(definition, current.get(definition.id), count) for definition, count in listed]


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
    people = (joinedload(DefinitionVersion.created_by), joinedload(DefinitionVersion.published_by))
    query = _light().where(DefinitionVersion.definition_id == definition.id).options(*people)
    return list(db.session.scalars(query.order_by(DefinitionVersion.number.desc())))


def find_version(definition: Definition, number: int) -> DefinitionVersion | None:
    """The version of a process with this number."""
    query = select(DefinitionVersion).where(
        DefinitionVersion.definition_id == definition.id, DefinitionVersion.number == number
    )
    return db.session.scalar(query)


def find_current_version(definition_id: int) -> DefinitionVersion | None:
    """The published version of a process, which new requests use."""
    query = select(DefinitionVersion).where(
        DefinitionVersion.definition_id == definition_id, DefinitionVersion.status == VersionStatus.PUBLISHED
    )
    return db.session.scalar(query)


def find_current_version_id(unit_id: int, key: str) -> int | None:
    """The published version new requests of this unit use."""
    return db.session.scalar(
        select(DefinitionVersion.id)
        .join(Definition)
        .where(
            Definition.unit_id == unit_id, Definition.key == key, DefinitionVersion.status == VersionStatus.PUBLISHED
        )
    )


def _light() -> Select[DefinitionVersion]:
    return select(DefinitionVersion).options(*(defer(column) for column in _CONTENTS))
