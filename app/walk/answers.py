"""What the people of the walk answer: what the form opens with, and the few things a person has to decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.processes.forms import form_of
from app.domain.processes.models import Task
from app.domain.requests.models import Request
from app.formdef import prefill
from app.words import Words, say

#: How often a second look asks for a wider region before it recommends a market consultation.
WIDENINGS = 3


@dataclass(frozen=True)
class Wishes:
    """What the caller of the walk asked for; `council` None leaves it to the rule."""

    language: str
    council: bool | None


SAID: dict[str, Words] = {
    "question": {"bg": "Кои зелени изисквания са подходящи?", "en": "Which green requirements are suitable?"},
    "council_question": {
        "bg": "Уместни ли са тези изисквания за тази продуктова група?",
        "en": "Are these requirements suitable for this product group?",
    },
    "council_reason": {"bg": "Мнението на съвета е полезно.", "en": "The council's view is useful."},
    "cited": {
        "bg": "Препоръчваме {count} изисквания от библиотеката за продуктова група „{group}“: {codes}.",
        "en": "We recommend {count} criteria of the library for the product group “{group}”: {codes}.",
    },
    "none": {
        "bg": "В библиотеката няма изисквания за тази покупка; следвайте общите правила по-долу.",
        "en": "The library has no criteria for this purchase; follow the general rules below.",
    },
    "step": {"bg": "Включете текстовете в документацията.", "en": "Put the texts into the documents."},
    "buyer": {"bg": "възложителят", "en": "the buyer"},
    "reply": {"bg": "Благодарим, ще ги ползваме.", "en": "Thank you, we will use them."},
    "thin": {"bg": "Малко доставчици могат да докажат.", "en": "Few suppliers can prove it."},
}


def answers_for(task: Task, context: Mapping[str, Any], request: Request, wishes: Wishes) -> dict[str, Any]:
    """Complete answers for a task's form: the suggestions it opens with, then what this step's person decides."""
    opened = prefill(form_of(task), context)
    decide = _DECIDE.get(task.form_key or "", lambda *_facts: {})
    return {**opened, **decide(context, opened, request, wishes)}


def _triage(context: Mapping, opened: Mapping, request: Request, wishes: Wishes) -> dict[str, Any]:
    experts = context["options"]["experts"]
    return {"decision": "open_case", "lead": experts[0]["value"], "legal": "no", "no_conflict": True}


def _assessment(context: Mapping, opened: Mapping, request: Request, wishes: Wishes) -> dict[str, Any]:
    answers: dict[str, Any] = {"need_check": "buy", "cpv_check": "ok" if request.cpv else "none", "lcc": "not_relevant"}
    answers["product_group"] = opened.get("product_group") or "none"
    answers["regime"] = opened.get("regime") or "unclear"
    if _asks_council(context, wishes):
        answers |= {"council_need": "yes", "council_question": say(SAID["council_question"], wishes.language)}
        answers["council_reason"] = opened.get("council_reason") or say(SAID["council_reason"], wishes.language)
    else:
        answers["council_need"] = "no"
    return answers


def _asks_council(context: Mapping, wishes: Wishes) -> bool:
    if wishes.council is not None:
        return wishes.council
    return (context.get("council_proposal") or {}).get("council_need") == "yes"


def _overview_check(context: Mapping, opened: Mapping, request: Request, wishes: Wishes) -> dict[str, Any]:
    if (context.get("overview") or {}).get("found"):
        return {"decision": "ok"}
    wider = (context.get("widened") or 0) < WIDENINGS
    return {"decision": "widen_region" if wider else "open_consultation", "note": say(SAID["thin"], wishes.language)}


def _advice(context: Mapping, opened: Mapping, request: Request, wishes: Wishes) -> dict[str, Any]:
    codes = [row["code"] for row in opened.get("recommended") or [] if row.get("code")]
    summary = say(SAID["none"], wishes.language)
    if codes:
        cited = say(SAID["cited"], wishes.language)
        summary = cited.format(count=len(codes), group=request.product_group, codes=", ".join(codes))[:600]
    step = {"step": say(SAID["step"], wishes.language), "who": say(SAID["buyer"], wishes.language)}
    return {"summary": summary, "next_steps": [step]}


def _second_check(*_facts: Any) -> dict[str, Any]:
    return {"decision": "ok", "checks": ["linked", "provable", "equivalent", "mandatory", "plain"]}


def _reply(_context: Mapping, _opened: Mapping, _request: Request, wishes: Wishes) -> dict[str, Any]:
    return {"decision": "will_use", "text": say(SAID["reply"], wishes.language)}


def _legal_check(_context: Mapping, opened: Mapping, *_facts: Any) -> dict[str, Any]:
    return {"rules": [{**row, "applies": "yes"} for row in opened.get("rules") or []], "opinion": "—"}


def _chair(*_facts: Any) -> dict[str, Any]:
    return {"decision": "support"}


_DECIDE: dict[str, Callable[..., dict[str, Any]]] = {
    "triage": _triage,
    "assessment": _assessment,
    "legal_check": _legal_check,
    "overview_check": _overview_check,
    "chair_decision": _chair,
    "advice": _advice,
    "second_check": _second_check,
    "reply": _reply,
}


def filing_answers(known: Mapping[str, Any], wishes: Wishes, in_three_months: date) -> dict[str, Any]:
    """What the clerk adds to a draft filled from a notice: only what the notice left open."""
    asked = {
        "help_kind": "criteria",
        "question": say(SAID["question"], wishes.language),
        "stage": "drafting",
        "nature": "supplies",
        "procedure": "undecided",
        "funding": "own",
        "council_ok": "no" if wishes.council is False else "yes",
        "reuse_ok": "yes",
        "description": known.get("title") or "—",
    }
    added = {key: value for key, value in asked.items() if not known.get(key)}
    stage = known.get("stage") or "drafting"
    day = {"published": "tender_deadline", "idea": "publish_on", "drafting": "publish_on", "ready": "publish_on"}
    if stage in day and not known.get(day[stage]):
        added[day[stage]] = in_three_months
    return added
