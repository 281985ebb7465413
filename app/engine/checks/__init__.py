"""The check before a version is published: everything that is wrong with a package, nothing of it run."""

import logging

from app.engine.checks import council, decisions, expressions, graph, references, tokens
from app.engine.messages import finding
from app.engine.model import Diagram, Finding, Package
from app.engine.reading import Reading, read

log = logging.getLogger(__name__)

_CHECKS = (graph.check, references.check, decisions.check, expressions.check, council.check)


def check(package: Package) -> list[Finding]:
    """All findings about a package; never raises, and evaluates no expression."""
    return examine(package)[0]


def examine(package: Package) -> tuple[list[Finding], Diagram | None]:
    """All findings, and the drawing as far as it could be read; never raises."""
    try:
        reading = read(package.bpmn)
        return _findings(reading, package), reading.diagram
    except Exception:
        log.exception("The check of a package failed")
        return [finding("check_failed")], None


def _findings(reading: Reading, package: Package) -> list[Finding]:
    findings = list(reading.findings)
    if reading.diagram is None:
        return findings
    for part in _CHECKS:
        findings += part(reading.diagram, package)
    if not any(each.severity == "error" for each in findings):
        findings += tokens.check(reading.diagram)
    return findings
