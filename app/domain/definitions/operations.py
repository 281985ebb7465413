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
from app.domain.definitions.rules import can_change_definition
from app.errors import Conflict, Invalid, N_, require

MAX_FILES = 20


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
    definition: Definition, files: Mapping[str, bytes], *, note: str, by: Actor, now: datetime
) -> DefinitionVersion:
    """Make a draft version: the newest version with these files (.bpmn, .dmn) put in, and what the check finds.

    Raises Invalid for files of another kind or text that is not UTF-8.
    """
    require(can_change_definition(by, definition))
    bpmn, decisions = _sorted_files(files)
    base = definition.versions[0]
    return _new_version(
        definition, bpmn or base.bpmn, {**base.decisions, **decisions}, base.forms, by=by, now=now, note=note
    )


def _sorted_files(files: Mapping[str, bytes]) -> tuple[bytes | None, dict[str, str]]:
    if not files or len(files) > MAX_FILES:
        raise Invalid(N_("Choose a BPMN or DMN file to upload."))
    bpmn, decisions = None, {}
    for name, content in files.items():
        if name.lower().endswith((".bpmn", ".bpmn20.xml")):
            bpmn = content
        elif name.lower().endswith(".dmn"):
            decisions[name] = _as_text(name, content)
        else:
            raise Invalid(N_("“%(name)s” is neither a .bpmn nor a .dmn file."), name=name)
    return bpmn, decisions


def _as_text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid(N_("“%(name)s” is not in the UTF-8 encoding. Save it again as UTF-8."), name=name) from None


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
    findings = engine.check(packages.package(bpmn, decisions, forms))
    number = db.session.scalar(
        select(func.coalesce(func.max(DefinitionVersion.number), 0)).where(
            DefinitionVersion.definition_id == definition.id
        )
    )
    version = DefinitionVersion(
        definition=definition,
        number=number + 1,
        status=VersionStatus.DRAFT,
        bpmn=bpmn,
        decisions=dict(decisions),
        forms=dict(forms),
        findings=[{**asdict(finding), "message": dict(finding.message)} for finding in findings],
        sha256=_fingerprint(bpmn, decisions, forms),
        note=note,
        created_at=now,
        created_by_id=by.user_id if by else None,
        created_membership_id=by.membership_id if by else None,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _fingerprint(bpmn: bytes, decisions: Mapping[str, str], forms: Mapping[str, Any]) -> str:
    parts = [bpmn.decode("utf-8", "replace"), dict(decisions), dict(forms)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def publish(version: DefinitionVersion, *, by: Actor, now: datetime) -> None:
    """New requests use this version from now on; running ones stay on theirs."""
    require(can_change_definition(by, version.definition))
    db.session.refresh(version, with_for_update=True)
    if version.status != VersionStatus.DRAFT:
        raise Conflict(N_("This version was already published or set aside."))
    if version.has_errors:
        raise Conflict(N_("This version still has errors. Mend them and upload it again."))
    _make_current(version, by=by, now=now)


def _make_current(version: DefinitionVersion, *, by: Actor | None, now: datetime) -> None:
    package = packages.package(version.bpmn, version.decisions, version.forms)
    process = engine.compile(package)
    current = select(DefinitionVersion).where(
        DefinitionVersion.definition_id == version.definition_id, DefinitionVersion.status == VersionStatus.PUBLISHED
    )
    for old in db.session.scalars(current):
        old.status = VersionStatus.RETIRED
    version.status = VersionStatus.PUBLISHED
    version.published_at = now
    version.published_by_id = by.user_id if by else None
    version.definition.name = dict(process.name)
    db.session.flush()


def discard(version: DefinitionVersion, *, by: Actor) -> None:
    """Set a draft aside; it stays in the list as never used."""
    require(can_change_definition(by, version.definition))
    if version.status != VersionStatus.DRAFT:
        raise Conflict(N_("Only a draft can be set aside."))
    version.status = VersionStatus.RETIRED
