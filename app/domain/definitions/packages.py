"""From stored versions and shipped folders to what the engine reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import engine
from app.db import db
from app.domain.accounts.models import Role
from app.domain.definitions.models import DefinitionVersion

ROOT = Path(__file__).resolve().parents[3]

#: The names a diagram may call; domain/automation.py has the function behind each.
SERVICES = frozenset({"market_overview"})
#: The names a lane or task may carry: every membership role, and the council as a body.
ROLES = frozenset(Role) | {"council"}


@dataclass(frozen=True)
class ShippedProcess:
    """A process package as it lies in workflows/."""

    key: str
    bpmn: bytes
    decisions: Mapping[str, str]


@lru_cache
def shipped_forms() -> dict[str, Any]:
    """Every form in forms/, by key."""
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((ROOT / "forms").glob("*.json"))}


def shipped_processes() -> list[ShippedProcess]:
    """Every process package in workflows/."""
    folders = sorted(path.parent for path in (ROOT / "workflows").glob("*/process.bpmn"))
    return [
        ShippedProcess(
            folder.name,
            (folder / "process.bpmn").read_bytes(),
            {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.dmn"))},
        )
        for folder in folders
    ]


def package(bpmn: bytes, decisions: Mapping[str, str], forms: Mapping[str, Any]) -> engine.Package:
    """The package the engine checks and compiles, with the names this product knows."""
    encoded = {name: text.encode() for name, text in decisions.items()}
    return engine.Package(bpmn=bpmn, decisions=encoded, forms=dict(forms), roles=ROLES, services=SERVICES)


def package_of(version: DefinitionVersion) -> engine.Package:
    """The package that this version holds."""
    return package(version.bpmn, version.decisions, version.forms)


def process_of(version_id: int) -> engine.Process:
    """The compiled process of a version, kept by its content. Raises NotExecutable for a draft with errors."""
    fingerprint = db.session.scalar(select(DefinitionVersion.sha256).where(DefinitionVersion.id == version_id))
    return _compiled(version_id, fingerprint)


@lru_cache(maxsize=64)
def _compiled(version_id: int, _fingerprint: str | None) -> engine.Process:
    return engine.compile(package_of(db.session.get_one(DefinitionVersion, version_id)))


def drawing_of(version: DefinitionVersion) -> engine.Drawing | None:
    """What can be shown of a version's drawing, executable or not."""
    return engine.draw(package_of(version))
