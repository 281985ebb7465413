"""What a task's form opens with and chooses from: criteria of the group, rules, market, opinion, people."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from app.domain.accounts.models import Role
from app.domain.accounts.queries import members_of
from app.domain.attachments.queries import attachments_of
from app.domain.council.queries import ballots_of_request, opinion_of
from app.domain.criteria.queries import criteria_for
from app.domain.processes.queries import count_open_by_owner
from app.domain.reference import queries as reference
from app.domain.reference.models import LegalRule
from app.domain.requests.desks import local_day
from app.domain.requests.facts import judged_on
from app.domain.requests.law import award_regime, mandatory_rules, nature_of
from app.domain.requests.markets import newest_overview, row_key
from app.domain.requests.models import Request
from app.words import LANGUAGES, Words, say


def form_context(request: Request, variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The variables a task sees, with suggestions, the options of its lists and the names of its files."""
    today = local_day(request.unit, now)
    on = judged_on(request, today)
    language = request.unit.languages[0]
    return {
        **variables,
        "council_proposal": _said(variables.get("council_proposal"), language),
        "suggested": _suggested(request, variables, today, on, language),
        "options": _options(request, variables),
        "attachments": {one.id: one.name for one in attachments_of(request.id)},
    }


def _said(decision: Any, language: str) -> Any:
    """A decision's result with its reason in one language, as a form can show it."""
    return {**decision, "reason": say(decision.get("reason"), language)} if isinstance(decision, Mapping) else decision


def _rules(request: Request, on: date, language: str) -> list[dict[str, Any]]:
    return [
        {"rule": say(rule.text, language), "applies": "yes", "source": _source(rule, language)}
        for rule in mandatory_rules(request, on)
    ]


def _source(rule: LegalRule, language: str) -> str:
    note = "" if rule.verified else say(_NOT_VERIFIED, language)
    return f"{rule.source}{note}"[:300]


_NOT_VERIFIED: Words = {"bg": " (непроверено)", "en": " (not verified)"}


def _suggested(request: Request, variables: Mapping[str, Any], today: date, on: date, language: str) -> dict[str, Any]:
    overview = newest_overview(request.id)
    return {
        "today": today,
        "regime": award_regime(request, on),
        "mandatory": _rules(request, on, language),
        "criteria": _criteria(request, on, language),
        "must": _must(variables.get("assessment") or {}),
        "market": say(overview.in_one_line, language) if overview else None,
        "opinion": say(_opinion(request), language) or None,
    }


def _criteria(request: Request, on: date, language: str) -> list[dict[str, Any]]:
    if request.product_group is None or request.answers.get("stage") in ("published", "evaluating", "contract"):
        return []
    return [
        {
            "code": criterion.code,
            "text": say(criterion.text, language),
            "level": str(criterion.level),
            "place": str(criterion.place_of_use),
            "proof": say(criterion.proof, language),
            "source": say(criterion.source, language),
        }
        for criterion in criteria_for(request.product_group, on, unit_id=request.unit_id)
        if criterion.text
    ]


def _must(assessment: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the expert found to be a must: the rules that apply, and the findings that say so."""
    rules = [
        {"text": row.get("rule"), "place": "specification", "source": row.get("source")}
        for row in assessment.get("mandatory") or []
        if row.get("applies") == "yes"
    ]
    findings = [
        {"text": row.get("new_text") or row.get("note"), "source": row.get("basis")}
        for row in assessment.get("findings") or []
        if row.get("level") == "must"
    ]
    return rules + findings


def _opinion(request: Request) -> Words | None:
    ballots = [ballot for ballot in ballots_of_request(request.id) if ballot.outcome]
    return opinion_of(ballots[-1]) if ballots else None


def _options(request: Request, variables: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    rows = (variables.get("assessment") or {}).get("criteria") or []
    return {
        "experts": _people(request),
        "product_groups": [{"value": group.key, "label": dict(group.name)} for group in reference.product_groups()],
        "criteria": [{"value": row_key(row), "label": (row.get("text") or "")[:160]} for row in rows],
        "regions": _regions(request.filer.country),
    }


def _people(request: Request) -> list[dict[str, Any]]:
    """Experts first, then coordinators, with how much lies on their desk."""
    found = {m.user_id: m.user.name for m in members_of(request.unit_id, Role.EXPERT)}
    for membership in members_of(request.unit_id, Role.COORDINATOR):
        found.setdefault(membership.user_id, membership.user.name)
    load = count_open_by_owner(request.unit_id)
    return [
        {
            "value": str(user_id),
            "label": {
                "bg": f"{name} (отворени задачи: {load.get(user_id, 0)})",
                "en": f"{name} (open tasks: {load.get(user_id, 0)})",
            },
        }
        for user_id, name in found.items()
    ]


def filing_context(request: Request) -> dict[str, Any]:
    """What the request form chooses from and opens with while it is being filled in."""
    notice = {"relation": request.notice.relation} if request.notice else None
    return {
        "options": {"regions": _regions(request.filer.country)},
        "suggested": {"nature": nature_of(request.cpv)},
        "notice": notice,
    }


@cache
def _regions(country: str) -> list[dict[str, Any]]:
    """The regions of a country, each before the smaller ones in it; the same list for everybody, not to be changed."""
    return [
        {"value": code, "label": {one: f"{code} {reference.nuts_name(code, one)}" for one in LANGUAGES}}
        for code in _below(country)
    ]


def _below(code: str) -> list[str]:
    # codes that end in Z stand for embassies, oil platforms and the like, where nothing is delivered
    on_land = (child for child in reference.nuts_children(code) if not child.endswith("Z"))
    return [code, *(deeper for child in on_land for deeper in _below(child))]
