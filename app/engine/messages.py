"""What the engine says, in Bulgarian and English: findings about a drawing, and why a running process stopped."""

from collections.abc import Mapping

from app.engine.finding_texts import FINDINGS
from app.engine.model import Finding
from app.words import LANGUAGES, Words, say

#: Why a running process stopped: code: (Bulgarian, English)
TROUBLES: dict[str, tuple[str, str]] = {
    "not_true_or_false": (
        "Условието „%(condition)s“ не даде вярно или невярно, а „%(value)s“.",
        "The condition “%(condition)s” gave neither true nor false, but “%(value)s”.",
    ),
    "no_way_on": (
        "Нито едно условие не е вярно и няма стрелка по подразбиране.",
        "No condition holds and there is no default arrow.",
    ),
    "not_a_time": (
        "Таймерът получи „%(value)s“ вместо срок или дата.",
        "The timer got “%(value)s” instead of a duration or a date.",
    ),
    "expression_failed": (
        "Изразът „%(expression)s“ не можа да се пресметне: %(reason)s",
        "The expression “%(expression)s” could not be evaluated: %(reason)s",
    ),
    "decision_failed": (
        "Решението не можа да се вземе: %(reason)s",
        "The decision could not be made: %(reason)s",
    ),
    "not_a_value": (
        "Получена е стойност, която не може да се пази: %(value)s.",
        "There is a value that cannot be kept: %(value)s.",
    ),
    "too_many_steps": (
        "Процесът мина през повече от %(limit)s стъпки, без да спре при човек, услуга или срок.",
        "The process passed more than %(limit)s steps without stopping at a person, a service or a time.",
    ),
    "state_too_big": (
        "Данните на процеса станаха твърде много, за да се запазят.",
        "The data of the process have become too large to be kept.",
    ),
    "council_result": (
        "Прегледът от съвета не върна познат изход.",
        "The council review did not end in a known outcome.",
    ),
}


def finding(code: str, element_id: str = "", /, **params: object) -> Finding:
    """The finding with this code about an element."""
    severity, bulgarian, english = FINDINGS[code]
    return Finding(element_id, severity, code, _words(bulgarian, english, {"element": element_id, **params}))


def trouble(code: str, **params: object) -> Words:
    """Why a running process stopped, in words."""
    return _words(*TROUBLES[code], params)


def why(error: Exception) -> Words:
    """What an error of an expression or a decision says, in as many languages as it speaks."""
    words = getattr(error, "words", None) or getattr(error, "message", None)
    return words if isinstance(words, Mapping) else {language: str(error)[:300] for language in LANGUAGES}


def _words(bulgarian: str, english: str, params: Mapping[str, object]) -> Words:
    return {"bg": bulgarian % _said(params, "bg"), "en": english % _said(params, "en")}


def _said(params: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: say(v, language) if isinstance(v, Mapping) else v for name, v in params.items()}
