"""The walk told in words: each step, who did it, why it went that way and what it caused."""

from collections.abc import Callable, Iterable
from typing import Any

from app import engine
from app.domain.accounts.models import ROLE_NAMES, Actor
from app.domain.processes.models import HistoryEntry
from app.words import Words, say

WORDS: dict[str, Words] = {
    "notice": {"bg": "Обявление {schema} {form} {number}: {title}", "en": "Notice {schema} {form} {number}: {title}"},
    "read": {
        "bg": "   прочетено: CPV {cpv}, място {nuts}, стойност {value}, позиции {lots}",
        "en": "   read: CPV {cpv}, place {nuts}, value {value}, lots {lots}",
    },
    "gap": {"bg": "   неразбрано: {place}: {words}", "en": "   not understood: {place}: {words}"},
    "taken": {"bg": "   взето като: {relation}", "en": "   taken as: {relation}"},
    "own": {"bg": "собствено обявление", "en": "own notice"},
    "model": {"bg": "образец (само текст, CPV и позиции)", "en": "model (text, CPV and lots only)"},
    "filed": {"bg": "Подаване — {who}", "en": "Filing — {who}"},
    "number": {
        "bg": "   номер {number}; продуктова група: {group}; стойност в EUR: {eur}",
        "en": "   number {number}; product group: {group}; value in EUR: {eur}",
    },
    "step": {"bg": "{number}. {step} — {who}", "en": "{number}. {step} — {who}"},
    "decision": {"bg": "   правило „{step}“: {result}", "en": "   rule “{step}”: {result}"},
    "path": {"bg": "   път: {step} {name} → {target}", "en": "   way: {step} {name} → {target}"},
    "opened": {"bg": "   следва: {step} ({who})", "en": "   next: {step} ({who})"},
    "service": {"bg": "   автоматично „{step}“: {result}", "en": "   automatic “{step}”: {result}"},
    "timer": {"bg": "   изтече срокът: {step}", "en": "   time was up: {step}"},
    "vote": {"bg": "   глас: {who}: {position}", "en": "   vote: {who}: {position}"},
    "recused": {"bg": "   отстранен поради интерес: {who}", "en": "   taken out for an interest: {who}"},
    "incident": {"bg": "   СПРЯ: {words}", "en": "   STOPPED: {words}"},
    "advice": {"bg": "Препоръки: {summary}", "en": "Recommendations: {summary}"},
    "dossier": {"bg": "Досие: {path}", "en": "Dossier: {path}"},
    "end": {
        "bg": "Край: {phase}. Отговор на общината: {reply}",
        "en": "End: {phase}. Reply of the municipality: {reply}",
    },
    "unreadable": {"bg": "Файлът не може да се прочете: {words}", "en": "The file cannot be read: {words}"},
    "council": {"bg": "съвет", "en": "council"},
    "nobody": {"bg": "автоматично", "en": "automatically"},
    "support": {"bg": "подкрепя", "en": "support"},
    "unknown": {"bg": "неизвестна", "en": "unknown"},
    "none": {"bg": "няма", "en": "none"},
    "rules": {"bg": "правило {numbers} от таблицата", "en": "rule {numbers} of the table"},
}

#: Results of services and decisions that are told; the rest is for the process alone.
_TOLD = ("size", "express", "restricted", "council_need", "required", "found", "provable", "enough", "outcome")


class Teller:
    """Says lines in one language; `process` is known once the request runs."""

    def __init__(self, language: str, out: Callable[[str], None]) -> None:
        self.language = language
        self.out = out
        self.process: engine.Process | None = None

    def words(self, words: Words | str | None) -> str:
        """Words in the language of the walk."""
        return say(words, self.language)

    def say(self, key: str, **facts: Any) -> None:
        """One line; missing facts are said to be unknown."""
        shown = {name: self.words(WORDS["unknown"]) if fact in (None, "") else fact for name, fact in facts.items()}
        self.out(self.words(WORDS[key]).format(**shown))

    def who(self, actor: Actor) -> str:
        """A person with the role they act in."""
        return f"{actor.user.name}, {self.words(ROLE_NAMES[actor.role])}, {self.words(actor.organisation.name)}"

    def tell(self, entries: Iterable[HistoryEntry]) -> None:
        """What followed from a step, in order."""
        for entry in entries:
            tell = _TELL.get(entry.kind)
            if tell is not None:
                tell(self, entry)

    def name(self, element_id: str | None) -> str:
        """The name of an element of the drawing, or of the one it leads to."""
        return (
            (self.words(self.process.name_from(element_id)) if self.process and element_id else "") or element_id or ""
        )

    def role(self, element_id: str | None) -> str:
        """Who has an element's desk, by the drawing."""
        node = self.process.nodes.get(element_id or "") if self.process else None
        role = node.role if node else None
        if role in ROLE_NAMES:
            return self.words(ROLE_NAMES[role])
        return self.words(WORDS["council" if role == "council" else "nobody"])


def _decision(teller: Teller, entry: HistoryEntry) -> None:
    teller.say("decision", step=teller.name(entry.element_id), result=_result(teller, entry.payload))


def _result(teller: Teller, payload: dict[str, Any]) -> str:
    result = payload.get("result")
    known = result if isinstance(result, dict) else {}
    facts = [f"{key}={known[key]}" for key in _TOLD if known.get(key) is not None]
    reason = known.get("reason") or known.get("why")
    numbers = ", ".join(str(rule["index"]) for rule in payload.get("rules") or [])
    rules = teller.words(WORDS["rules"]).format(numbers=numbers) if numbers else ""
    return "; ".join(filter(None, (", ".join(facts), teller.words(reason), rules))) or str(result)


def _path(teller: Teller, entry: HistoryEntry) -> None:
    payload = entry.payload
    name = teller.words(payload.get("name"))
    teller.say("path", step=teller.name(entry.element_id), name=name or "·", target=teller.name(payload.get("target")))


def _opened(teller: Teller, entry: HistoryEntry) -> None:
    teller.say("opened", step=teller.name(entry.element_id), who=teller.role(entry.element_id))


def _service(teller: Teller, entry: HistoryEntry) -> None:
    teller.say("service", step=teller.name(entry.element_id), result=_result(teller, entry.payload))


def _timer(teller: Teller, entry: HistoryEntry) -> None:
    teller.say("timer", step=teller.name(entry.element_id))


def _incident(teller: Teller, entry: HistoryEntry) -> None:
    teller.say("incident", words=teller.words(entry.payload.get("words")))


_TELL: dict[str, Callable[[Teller, HistoryEntry], None]] = {
    "decision_made": _decision,
    "path_taken": _path,
    "task_opened": _opened,
    "service_delivered": _service,
    "timer_fired": _timer,
    "incident": _incident,
}
