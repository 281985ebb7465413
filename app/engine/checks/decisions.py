"""The decisions of a package: each file loads, its cells are right, and each decision asked for is there once."""

from collections.abc import Iterator

from app.dmn import DmnError, Model, load
from app.engine.messages import finding, why
from app.engine.model import Diagram, Finding, Package


def check(diagram: Diagram, package: Package) -> list[Finding]:
    """Findings about decision files and the tasks that use them."""
    findings: list[Finding] = []
    known: dict[str, str] = {}
    for file, source in package.decisions.items():
        model = _loaded(file, source, findings)
        if model is None:
            continue
        findings += _cells(file, model)
        for decision_id in model.decisions:
            if decision_id in known:
                findings.append(finding("decision_twice", decision_id, name=decision_id, file=file))
            known[decision_id] = file
    return [*findings, *_asked(diagram, known)]


def _loaded(file: str, source: bytes, findings: list[Finding]) -> Model | None:
    try:
        return load(source)
    except DmnError as error:
        findings.append(finding("decision_file", "", file=file[:100], reason=why(error)))
        return None


def _cells(file: str, model: Model) -> Iterator[Finding]:
    for found in model.check():
        code = "decision_cell" if found.severity == "error" else "decision_advice"
        yield finding(code, found.element_id, file=file[:100], reason=found.message)


def _asked(diagram: Diagram, known: dict[str, str]) -> Iterator[Finding]:
    for node in diagram.nodes.values():
        if node.kind != "rule":
            continue
        if not node.decision_ref:
            yield finding("decision_missing", node.id)
        elif node.decision_ref not in known:
            yield finding("decision_unknown", node.id, name=node.decision_ref[:60])
