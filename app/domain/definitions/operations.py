"""Bringing in shipped processes, uploading a change, publishing it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import engine
from app.db import db
from app.domain.accounts.models import Actor, Organisation
from app.domain.definitions import packages
from app.domain.definitions.models import Definition, DefinitionVersion, VersionStatus
from app.domain.definitions.queries import find_current_version
from app.domain.definitions.rules import can_change_definition
from app.domain.definitions.uploads import sorted_files
from app.errors import N_, Conflict, NotFound, require


def load_shipped_processes(unit: Organisation, *, now: datetime) -> list[Definition]:
    """Give a unit the shipped processes it does not have yet, published; what it has stays untouched."""
    have = set(db.session.scalars(select(Definition.key).where(Definition.unit_id == unit.id)))
    return [_adopt(unit, shipped, now) for shipped in packages.shipped_processes() if shipped.key not in have]


def _adopt(unit: Organisation, shipped: packages.ShippedProcess, now: datetime) -> Definition:
    definition = Definition(unit_id=unit.id, key=shipped.key, name={"bg": shipped.key})
    db.session.add(definition)
    db.session.flush()
    version = _new_version(definition, shipped.bpmn, shipped.decisions, packages.shipped_forms(), by=None, now=now)
    _make_current(version, by=None, now=now)
    return definition


def upload_change(
    definition: Definition,
    files: Mapping[str, bytes],
    *,
    by: Actor,
    now: datetime,
    note: str = "",
    base: DefinitionVersion | None = None,
) -> DefinitionVersion:
    """Make a draft: the base (else the version in use) with these files put in, and what the check finds in it.

    A drawing that cannot run becomes a draft too. Raises Invalid for files of another kind, too large, or a decision
    file that is not UTF-8.
    """
    require(can_change_definition(by, definition))
    _lock(definition)
    base = base or find_current_version(definition.id) or _newest(definition)
    if base.definition_id != definition.id:
        raise NotFound()
    bpmn, decisions = sorted_files(files, base.decisions)
    bpmn = base.bpmn if bpmn is None else bpmn
    return _new_version(definition, bpmn, {**base.decisions, **decisions}, base.forms, by=by, now=now, note=note)


def _lock(definition: Definition) -> None:
    """Versions of a process are numbered and published one after another."""
    db.session.refresh(definition, with_for_update=True)


def _newest(definition: Definition) -> DefinitionVersion:
    query = select(DefinitionVersion).where(DefinitionVersion.definition_id == definition.id)
    return db.session.scalars(query.order_by(DefinitionVersion.number.desc()).limit(1)).one()


def _new_version(
    definition: Definition,
    bpmn: bytes,
    decisions: Mapping[str, str],
    forms: Mapping[str, Any],
    *,
    by: Actor | None,
    now: datetime,
    note: str = "",
) -> DefinitionVersion:
    highest = select(func.max(DefinitionVersion.number)).where(DefinitionVersion.definition_id == definition.id)
    findings = engine.check(packages.package(bpmn, decisions, forms))
    version = DefinitionVersion(
        definition=definition,
        number=(db.session.scalar(highest) or 0) + 1,
        status=VersionStatus.DRAFT,
        bpmn=bpmn,
        decisions=dict(decisions),
        forms=dict(forms),
        findings=[{**asdict(finding), "message": dict(finding.message)} for finding in findings],
        sha256=_fingerprint(bpmn, decisions, forms),
        note=note.replace("\0", "").strip(),
        created_at=now,
        created_by_id=by.user_id if by else None,
        created_membership_id=by.membership_id if by else None,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _fingerprint(bpmn: bytes, decisions: Mapping[str, str], forms: Mapping[str, Any]) -> str:
    parts = [hashlib.sha256(bpmn).hexdigest(), dict(decisions), dict(forms)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def publish(version: DefinitionVersion, *, by: Actor, now: datetime, instead_of: int | None = None) -> None:
    """New requests use this version from now on; running ones stay on theirs.

    `instead_of` is the number of the version its publisher saw in use. Raises Conflict when another is in use
    meanwhile, when this one is no draft any more, or when it has errors.
    """
    require(can_change_definition(by, version.definition))
    _lock(version.definition)
    db.session.refresh(version)
    if not version.is_draft:
        raise Conflict(N_("This version was already published or set aside."))
    current = find_current_version(version.definition_id)
    if instead_of is not None and current is not None and current.number != instead_of:
        raise Conflict(
            N_("Version %(number)s was published meanwhile. See what would change against it, then decide again."),
            number=current.number,
        )
    _make_current(version, by=by, now=now)


def _make_current(version: DefinitionVersion, *, by: Actor | None, now: datetime) -> None:
    process = _executable(version)
    old = find_current_version(version.definition_id)
    if old is not None:
        old.status = VersionStatus.RETIRED
    version.status = VersionStatus.PUBLISHED
    version.published_at = now
    version.published_by_id = by.user_id if by else None
    version.definition.name = dict(process.name)
    db.session.flush()


def _executable(version: DefinitionVersion) -> engine.Process:
    try:
        return engine.compile(packages.package_of(version))
    except engine.NotExecutable:
        raise Conflict(N_("This version still has errors. Mend them and upload it again.")) from None


def discard(version: DefinitionVersion, *, by: Actor) -> None:
    """Set a draft aside; it stays in the list as never used. Raises Conflict for anything but a draft."""
    require(can_change_definition(by, version.definition))
    _lock(version.definition)
    db.session.refresh(version)
    if not version.is_draft:
        raise Conflict(N_("Only a draft can be set aside."))
    version.status = VersionStatus.RETIRED
