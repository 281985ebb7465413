"""The words in which the story is written: who does what, and how many working days ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ago:
    """A moment in office hours, so many working days before today; the day before counts as one."""

    working_days: int
    at: str


@dataclass(frozen=True)
class JustNow:
    """So many minutes ago, in the evening before where that would be at night."""

    minutes: int


Moment = Ago | JustNow


@dataclass(frozen=True)
class Day:
    """In an answer: the date so many calendar days from today."""

    offset: int


@dataclass(frozen=True)
class Workday:
    """In an answer: the date so many working days from today."""

    ahead: int


@dataclass(frozen=True)
class Who:
    """In an answer: this person of the story."""

    key: str


@dataclass(frozen=True)
class Paper:
    """In an answer: a file with this text."""

    name: str
    text: str


@dataclass(frozen=True)
class Saves:
    """The clerk keeps a draft."""

    at: Moment


@dataclass(frozen=True)
class Sends:
    """The clerk files the request; the draft is made half an hour earlier unless it was saved before."""

    at: Moment


@dataclass(frozen=True)
class Types:
    """Somebody begins a task and keeps what was typed."""

    at: Moment
    who: str
    step: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Does:
    """Somebody finishes a task: what its form opens with, and these answers over it.

    With an error, the automatic step that follows fails with it as often as it is tried.
    """

    at: Moment
    who: str
    step: str
    answers: Mapping[str, Any]
    error: str = ""


@dataclass(frozen=True)
class Votes:
    """A member of the council gives a position."""

    at: Moment
    who: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Withdraws:
    """The clerk no longer needs the help."""

    at: Moment
    reason: str


Step = Saves | Sends | Types | Does | Votes | Withdraws


@dataclass(frozen=True)
class Case:
    """One request of the story: who asks for what, and all that happens to it."""

    key: str
    who: str
    answers: Mapping[str, Any]
    steps: tuple[Step, ...]
    is_quick: bool = False
    country: str = "BG"


def takes(at: Moment, lead: str, *, by: str = "desislava", size: str | None = None, **answers: Any) -> Does:
    """The coordinator opens a case for this lead expert; with a size of their own, the date is reckoned from it."""
    said = {"decision": "open_case", "lead": Who(lead), "legal": "no", "no_conflict": True}
    sized = {"size": size, "promised": None} if size else {}
    return Does(at, by, "triage", {**said, **sized, **answers})


def replies_at_once(at: Moment, answer: str, *, by: str = "desislava") -> Does:
    """The coordinator answers and closes."""
    return Does(at, by, "triage", {"decision": "answer_now", "answer": answer, "no_conflict": True})


def asks(at: Moment, missing: list[str], text: str, *, by: str = "desislava") -> Does:
    """The coordinator asks for what is missing."""
    said = {"decision": "ask", "missing": missing, "missing_text": text, "no_conflict": True}
    return Does(at, by, "triage", said)


def accepts_overview(at: Moment, who: str, note: str = "") -> Does:
    """The lead finds the market overview good enough."""
    return Does(at, who, "overview_check", {"decision": "ok", "note": note})


def checks(at: Moment, who: str, note: str = "") -> Does:
    """A second person finds the recommendations ready."""
    ticks = ["linked", "provable", "equivalent", "mandatory", "plain"]
    return Does(at, who, "second_check", {"decision": "ok", "checks": ticks, "note": note})


def votes(at: Moment, who: str, position: str, reasons: str = "", **more: Any) -> Votes:
    """A member without an interest in the question gives a position."""
    return Votes(at, who, {"conflict": "none", "position": position, "reasons": reasons, **more})
