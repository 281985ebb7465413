"""A loaded decision model, and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.dmn.errors import DmnError, words
from app.dmn.table import Explained, InputValue, Literal, Rejected, RuleMatch, Table
from app.feel import Budget
from app.feel.budget import too_deep
from app.feel.scope import Root
from app.words import Words

__all__ = ["Decision", "Explained", "Finding", "InputValue", "Model", "Rejected", "RuleMatch"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should mend: where it stands, how bad it is ("error" or "warning"), and why."""

    element_id: str
    severity: str
    code: str
    message: Words


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `variable` is the name under which others know its result; `needs` are decisions it builds on."""

    id: str
    name: str
    variable: str
    needs: tuple[str, ...]
    logic: Table | Literal | None = field(repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The names it takes from its context, results of other decisions included."""
        return self.logic.names if self.logic else frozenset()


@dataclass(frozen=True, slots=True)
class Model:
    """All decisions of a file; immutable, may be shared by threads."""

    id: str
    name: str
    decisions: Mapping[str, Decision]
    _findings: tuple[Finding, ...] = field(repr=False)
    _broken: frozenset[str] = field(repr=False)

    def check(self) -> list[Finding]:
        """What is wrong in the file, in the order of the file."""
        return list(self._findings)

    def evaluate(
        self,
        decision_id: str,
        context: Mapping[str, Any],
        *,
        explain: bool = False,
        budget: Budget | None = None,
    ) -> Any:
        """The decision's value in this context, or how it came about.

        Raises DmnError if there is no such usable decision or its rules contradict each other,
        and FeelBudgetError if it takes too much work.
        """
        if decision_id not in self.decisions:
            raise DmnError(words("unknown_decision", name=decision_id[:60]))
        try:
            explained = self._decide(self.decisions[decision_id], context, budget or Budget(), {}, explain)
        except RecursionError:
            raise too_deep() from None
        return explained if explain else explained.value

    def _decide(
        self, decision: Decision, context: Mapping[str, Any], budget: Budget, made: dict[str, Explained], explain: bool
    ) -> Explained:
        if decision.logic is None or decision.id in self._broken:
            raise DmnError(words("not_usable", name=decision.name), decision.id)
        known = context
        for needed in decision.needs:
            if needed not in made:
                made[needed] = self._decide(self.decisions[needed], context, budget, made, explain)
            known = {**known, needed: made[needed].value, self.decisions[needed].variable: made[needed].value}
        return decision.logic.decide(Root(known, budget), explain)
