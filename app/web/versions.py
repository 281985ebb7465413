"""A version of a process in the reader's words: its standing, findings, changes and decision tables."""

from collections import Counter
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.dmn import Decision
from app.dmn.table import Literal, Rule, Table
from app.domain.definitions.changes import Changes, DecisionChange, changes_between, decision_models
from app.domain.definitions.models import DefinitionVersion, VersionStatus
from app.domain.definitions.packages import drawing_of
from app.engine import Drawing
from app.errors import N_
from app.feel import Expression, FeelError
from app.web.templating import in_words, language
from app.words import LANGUAGES

#: The download name of every drawing.
DRAWING = "process.bpmn"

#: What each rule for choosing among the rows of a table means to a reader.
POLICIES = {
    "UNIQUE": N_("Exactly one row may hold."),
    "FIRST": N_("The first row that holds decides; the rows below it are not looked at."),
    "ANY": N_("Several rows may hold if they say the same."),
    "COLLECT": N_("Every row that holds counts."),
    "RULE ORDER": N_("Every row that holds counts, in the order of the table."),
}


def standing_of(version: DefinitionVersion, running: int) -> dict[str, str]:
    """The status of a version as a badge: words and tone."""
    if version.is_set_aside:
        return {"text": _("Set aside"), "tone": "grey"}
    if version.status == VersionStatus.RETIRED:
        text = _("Only for requests that run on it") if running else _("No longer used")
        return {"text": text, "tone": "blue" if running else "grey"}
    if version.is_current:
        return {"text": _("In use for new requests"), "tone": "green"}
    if version.has_errors:
        return {"text": _("Draft with errors"), "tone": "red"}
    return {"text": _("Draft"), "tone": "yellow"}


def publishing_sentence(version: DefinitionVersion, versions: list[DefinitionVersion], running: dict[int, int]) -> str:
    """What publishing would mean for new requests and for running ones."""
    said = _("New requests will use version %(number)s", number=version.number)
    stay = {one.number: running[one.id] for one in versions if running.get(one.id)}
    if not stay:
        return _("%(sentence)s; no request is running now.", sentence=said)
    if len(stay) == 1:
        ((number, count),) = stay.items()
        stays = ngettext(
            "%(num)s running one stays on version %(number)s",
            "%(num)s running ones stay on version %(number)s",
            count,
            number=number,
        )
    else:
        stays = _("%(count)s running ones stay on the versions they began with", count=sum(stay.values()))
    return f"{said}; {stays}."


def findings_shown(version: DefinitionVersion, drawing: Drawing | None) -> dict[str, list[dict[str, Any]]]:
    """What the check found, errors apart from warnings, each with its place and a link to it."""
    grouped: dict[str, list[dict[str, Any]]] = {"error": [], "warning": []}
    for finding in version.findings:
        grouped[finding["severity"]].append(_finding(finding, version, drawing))
    return grouped


def _finding(finding: dict[str, Any], version: DefinitionVersion, drawing: Drawing | None) -> dict[str, Any]:
    element_id = finding["element_id"]
    is_drawn = drawing is not None and element_id in _drawn(drawing)
    is_step = drawing is not None and any(step.element_id == element_id for step in drawing.steps)
    url = f"#step-{element_id}" if is_step else "#diagram" if is_drawn else None
    if finding["code"].startswith("decision_") and not is_drawn:
        url = url_for("definitions.decisions", version_id=version.id)
    return {
        "place": name_of(element_id, drawing),
        "element": element_id if is_drawn else None,
        "url": url,
        "message": in_words(finding["message"]),
    }


def _drawn(drawing: Drawing) -> set[str]:
    return {*drawing.nodes, *(flow.id for flows in drawing.outgoing.values() for flow in flows)}


def name_of(element_id: str, drawing: Drawing | None) -> str:
    """What people call an element: its name, the two ends of an arrow, else its id."""
    if drawing is None or not element_id:
        return element_id
    if element_id in drawing.nodes:
        return in_words(drawing.nodes[element_id].name) or element_id
    for flow in (flow for flows in drawing.outgoing.values() for flow in flows if flow.id == element_id):
        ends = (in_words(drawing.nodes[end].name) or end for end in (flow.source, flow.target))
        return " → ".join(ends)
    return element_id


def changes_shown(old: DefinitionVersion, new: DefinitionVersion, drawing: Drawing | None) -> Changes:
    """What differs in the new version."""
    return changes_between(drawing_of(old), drawing, old.decisions, new.decisions)


def decision_change_in_words(change: DecisionChange) -> str:
    """How a decision differs, with the numbers of its rows."""
    if change.how == "added":
        return _("%(name)s: a new decision", name=change.name)
    if change.how == "removed":
        return _("%(name)s: no longer there", name=change.name)
    if change.how == "head":
        return _("%(name)s: other columns", name=change.name)
    parts = []
    if change.changed:
        parts.append(_("changed rows: %(rows)s", rows=_numbers(change.changed)))
    if change.added:
        parts.append(_("new rows: %(rows)s", rows=_numbers(change.added)))
    if change.removed:
        parts.append(_("rows taken out (their old numbers): %(rows)s", rows=_numbers(change.removed)))
    told = "; ".join(parts) or _("the order of the rows")
    return f"{change.name}: {told}"


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def files_of(version: DefinitionVersion) -> list[str]:
    """The names under which the files of a version are downloaded: the drawing, then the decisions."""
    return [DRAWING, *sorted(version.decisions)]


def content_of(version: DefinitionVersion, name: str) -> bytes | None:
    """The bytes of a file of a version; None for a name it does not have."""
    if name == DRAWING:
        return version.bpmn
    text = version.decisions.get(name)
    return None if text is None else text.encode()


def decisions_shown(version: DefinitionVersion, drawing: Drawing | None) -> list[dict[str, Any]]:
    """The decision files of a version, each decision as a table for reading."""
    models = decision_models(version.decisions, language())
    return [
        {
            "file": name,
            "is_readable": name in models,
            "decisions": [_decision(one, drawing) for one in models[name].decisions.values()] if name in models else [],
        }
        for name in sorted(version.decisions)
    ]


def _decision(decision: Decision, drawing: Drawing | None) -> dict[str, Any]:
    logic = decision.logic
    nodes = drawing.nodes.values() if drawing else ()
    shown = {
        "id": decision.id,
        "name": decision.name,
        "steps": [in_words(node.name) or node.id for node in nodes if node.decision_ref == decision.id],
        "table": None,
        "expression": logic.expression.text if isinstance(logic, Literal) else "",
    }
    return {**shown, "table": _table(logic)} if isinstance(logic, Table) else shown


def _table(table: Table) -> dict[str, Any]:
    policy = POLICIES.get(table.policy)
    return {
        "policy": _(policy) if policy else table.policy,
        "aggregation": table.aggregation,
        "inputs": [(column.label, column.expression.text) for column in table.inputs],
        "outputs": [output.name for output in table.outputs],
        "rules": [_rule(rule, table) for rule in table.rules],
    }


def _rule(rule: Rule, table: Table) -> dict[str, Any]:
    labels = [column.label for column in table.inputs]
    doubled = {label for label, count in Counter(labels).items() if count > 1}
    tests = [
        (
            f"{labels[place]} ({table.inputs[place].expression.text})" if labels[place] in doubled else labels[place],
            test.text,
        )
        for place, test in rule.tests
    ]
    names = [output.name for output in table.outputs]
    results = [(name, *_result(result)) for name, result in zip(names, rule.results, strict=True)]
    return {"id": rule.id, "number": rule.index, "tests": tests, "results": results, "notes": rule.annotations}


def _result(result: Expression) -> tuple[str, bool]:
    """The text of a result, and whether it is a formula; words in several languages are those of the reader."""
    if result.names or not result.text.startswith("{"):
        return result.text, True
    try:
        value = result.evaluate({})
    except FeelError:
        return result.text, True
    is_words = isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)
    if is_words and all(isinstance(text, str) for text in value.values()):
        return in_words(value), False
    return result.text, True
