"""What differs between two versions of a process: steps of the drawing and rows of decision tables. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.dmn import Decision, DmnError, Model, load, localised
from app.dmn.table import Literal, Table
from app.engine import Drawing, Node
from app.words import LANGUAGES, Words

#: The cells of one row: conditions, results, notes.
Row = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class DecisionChange:
    """How a decision differs: `how` is added, removed, head (its columns) or rows, then with their numbers."""

    name: str
    how: str
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Changes:
    """Names of the steps that came, went, were renamed, got other settings or lead elsewhere; and the decisions."""

    added: tuple[Words, ...] = ()
    removed: tuple[Words, ...] = ()
    renamed: tuple[tuple[Words, Words], ...] = ()
    altered: tuple[Words, ...] = ()
    rerouted: tuple[Words, ...] = ()
    decisions: tuple[DecisionChange, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether the two do the same; at most shapes were moved."""
        return self == Changes()


def changes_between(
    old: Drawing | None, new: Drawing | None, old_decisions: Mapping[str, str], new_decisions: Mapping[str, str]
) -> Changes:
    """What a reader of the new version should know; a drawing that cannot be read is compared with nothing."""
    decisions = tuple(_decision_changes(_decisions(old_decisions), _decisions(new_decisions)))
    if old is None or new is None:
        return Changes(decisions=decisions)
    both = [element_id for element_id in new.nodes if element_id in old.nodes]
    return Changes(
        added=tuple(_called(new.nodes[key]) for key in new.nodes if key not in old.nodes),
        removed=tuple(_called(old.nodes[key]) for key in old.nodes if key not in new.nodes),
        renamed=tuple(
            (_called(old.nodes[key]), _called(new.nodes[key]))
            for key in both
            if dict(old.nodes[key].name) != dict(new.nodes[key].name)
        ),
        altered=tuple(
            _called(new.nodes[key]) for key in both if _settings(old.nodes[key]) != _settings(new.nodes[key])
        ),
        rerouted=tuple(_called(new.nodes[key]) for key in both if _ways(old, key) != _ways(new, key)),
        decisions=decisions,
    )


def decision_models(decisions: Mapping[str, str], language: str = LANGUAGES[0]) -> dict[str, Model]:
    """The models of the files that can be read, by file name, their names in this language."""
    models = {}
    for file, text in sorted(decisions.items()):
        try:
            models[file] = load(localised(text.encode(), language))
        except DmnError:
            continue  # the findings of the version say so
    return models


def _called(node: Node) -> Words:
    return node.name or {"bg": node.id, "en": node.id}


def _settings(node: Node) -> Node:
    return replace(node, name={}, lane={})


def _ways(drawing: Drawing, element_id: str) -> set[tuple[str, str]]:
    return {(flow.target, flow.condition or "") for flow in drawing.outgoing[element_id]}


def _decisions(files: Mapping[str, str]) -> dict[str, Decision]:
    models = decision_models(files).values()
    return {key: decision for model in models for key, decision in model.decisions.items()}


def _decision_changes(old: Mapping[str, Decision], new: Mapping[str, Decision]) -> Iterable[DecisionChange]:
    for key, decision in new.items():
        if key not in old:
            yield DecisionChange(decision.name, "added")
        elif _head(old[key]) != _head(decision):
            yield DecisionChange(decision.name, "head")
        elif _rows(old[key]) != _rows(decision):
            yield _row_changes(decision.name, _rows(old[key]), _rows(decision))
    for key, decision in old.items():
        if key not in new:
            yield DecisionChange(decision.name, "removed")


def _row_changes(name: str, old: Mapping[str, Row], new: Mapping[str, Row]) -> DecisionChange:
    before, after = list(old), list(new)
    return DecisionChange(
        name,
        "rows",
        added=tuple(after.index(key) + 1 for key in after if key not in old),
        removed=tuple(before.index(key) + 1 for key in before if key not in new),
        changed=tuple(after.index(key) + 1 for key in after if key in old and old[key] != new[key]),
    )


def _head(decision: Decision) -> tuple[object, ...]:
    logic = decision.logic
    if isinstance(logic, Table):
        inputs = tuple((column.label, column.expression.text) for column in logic.inputs)
        return logic.policy, logic.aggregation, inputs, tuple(output.name for output in logic.outputs)
    return (logic.expression.text,) if isinstance(logic, Literal) else ()


def _rows(decision: Decision) -> dict[str, Row]:
    if not isinstance(decision.logic, Table):
        return {}
    return {
        rule.id: (
            tuple(f"{place} {test.text}" for place, test in rule.tests),
            tuple(result.text for result in rule.results),
            rule.annotations,
        )
        for rule in decision.logic.rules
    }
