"""The page of one ballot, and what of it a council's own tasks show: never who asks."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, render_template, request
from flask_babel import gettext as _

from app.clock import now
from app.db import db, unit_of_work
from app.domain.accounts.models import Actor, Role
from app.domain.council.models import FACTS, Ballot, BallotState, Position
from app.domain.council.operations import NO_CONFLICT, cast_vote
from app.domain.council.queries import Papers, find_vote, get_papers, newest_ballots, opinion_of, standing
from app.domain.council.rules import can_extend, can_vote
from app.domain.processes.forms import form_of_review
from app.domain.processes.models import Task
from app.domain.requests.desks import local_day
from app.domain.requests.reviews import extended_end
from app.errors import N_, Conflict, Invalid, NotFound
from app.forms.compiler import compile_form
from app.web.errors import words_of
from app.web.templating import in_words, language
from app.words import Words

#: What a member reads above each fact.
FACT_TITLES = {"law": N_("The law"), "market": N_("The market"), "precedent": N_("Earlier questions")}

#: A position as a list tells it.
POSITIONS: dict[Position, str] = {
    Position.SUPPORT: N_("You support it"),
    Position.SUPPORT_WITH_REMARKS: N_("You support it with remarks"),
    Position.OPPOSE: N_("You oppose it"),
    Position.ABSTAIN: N_("You abstain"),
}


@dataclass(frozen=True)
class BlindBrief:
    """All that somebody of a council reads around a task about another's request."""

    papers: Papers
    proposal: list[str]
    facts: list[tuple[str, str]]
    standing: Words
    opinion: Words | None


def blind_brief(task: Task, actor: Actor) -> BlindBrief:
    """The question a council's task is about. Raises Forbidden for whoever has a conflict in it."""
    ballot = newest_ballots({task.instance_id}).get(task.instance_id)
    if ballot is None or ballot.council_id != actor.organisation_id:
        raise NotFound()
    papers = get_papers(ballot, actor)
    return BlindBrief(papers, proposal_of(papers), facts_of(papers), standing(ballot), opinion_of(ballot))


def facts_of(papers: Papers) -> list[tuple[str, str]]:
    """Law, market and precedent, as far as they are known, each with its title."""
    return [(_(FACT_TITLES[name]), in_words(papers.facts[name])) for name in FACTS if papers.facts.get(name)]


def proposal_of(papers: Papers) -> list[str]:
    """What the expert proposes, point by point."""
    return [line.lstrip("• ") for line in papers.options.splitlines() if line.strip()]


def last_day(ballot: Ballot, actor: Actor) -> date:
    """The last calendar day on which votes are taken."""
    return local_day(actor.organisation, ballot.closes_at - timedelta(seconds=1))


class BallotPage:
    """A ballot as one member, or the secretary, sees it. Raises Forbidden where a conflict has closed the papers."""

    def __init__(self, ballot: Ballot, actor: Actor) -> None:
        self.ballot = ballot
        self.actor = actor
        self.papers = get_papers(ballot, actor)
        self.definition = form_of_review(ballot.instance_id, ballot.engine_task_id)
        self.conflict: str | None = None
        self.status = 200
        self.form = self._form(kept=self._kept()) if request.method == "GET" else None

    def _form(self, **kwargs):
        return compile_form(self.definition, language(), {})(**kwargs)

    def _kept(self) -> dict:
        vote = find_vote(self.ballot, self.actor)
        if vote is None:
            return {}
        said = {name: getattr(vote, name) for name in ("position", "reasons", "wording", "quote_me")}
        return {"conflict": NO_CONFLICT, **said}

    def accept(self) -> bool:
        """Take the member's answers; whether they were taken. If not, the page says why and keeps them."""
        self.form = self._form(formdata=request.form)
        self.status = 422
        if not self.form.validate():
            return False
        answers = self.form.answers.values
        try:
            with unit_of_work():
                cast_vote(self.ballot, by=self.actor, answers=answers, now=now())
        except Conflict as conflict:
            db.session.rollback()
            self.status, self.conflict = 409, words_of(conflict)
            return False
        except Invalid as invalid:
            db.session.rollback()
            self.form.answers.errors.update(invalid.fields)
            return False
        flash(self._said(answers), "success")
        return True

    def _said(self, answers) -> str:
        if answers.get("conflict") != NO_CONFLICT:
            return _(
                "You have stepped back from the question. Its papers are closed to you and the quorum is reckoned anew."
            )
        return _("Your position is recorded. You can change it until the ballot closes.")

    @property
    def is_open(self) -> bool:
        return self.ballot.is_open(now())

    def render(self) -> str:
        """The page as it stands."""
        ballot, actor = self.ballot, self.actor
        votes = self.is_open and can_vote(actor, ballot)
        may_extend = self.is_open and can_extend(actor, ballot) and ballot.has_room_to_extend
        return render_template(
            "ballots/ballot.html",
            ballot=ballot,
            papers=self.papers,
            proposal=proposal_of(self.papers),
            facts=facts_of(self.papers),
            standing=standing(ballot),
            opinion=opinion_of(ballot),
            is_open=self.is_open,
            is_cancelled=ballot.state == BallotState.CANCELLED,
            last_day=last_day(ballot, actor),
            form=self.form if votes or self.conflict else None,
            controls=self._controls() if votes else [],
            is_taken=votes and not self.conflict,
            vote=find_vote(ballot, actor),
            positions=POSITIONS,
            conflict=self.conflict,
            members=self._members(),
            longer=local_day(actor.organisation, extended_end(ballot) - timedelta(seconds=1)) if may_extend else None,
        )

    def _controls(self) -> list:
        """The questions in one row; what each answer brings about is said above the button alone, to keep it short."""
        controls = [control for _title, found in self.form.pages for control in found]
        for control in controls:
            control.thens = {}
        return controls

    def _members(self) -> list[dict]:
        """Who has answered, for those who keep the ballot going; what they answered stands in the opinion."""
        if self.actor.roles.isdisjoint({Role.CHAIR, Role.SECRETARY}):
            return []
        return [
            {"name": member.user.name, "group": in_words(member.group), "state": _state_of(member)}
            for member in self.ballot.members
        ]


def _state_of(member) -> tuple[str, str]:
    """How far a member is, with the tone of the badge."""
    if member.is_recused:
        return _("out: has an interest"), "grey"
    return (_("has answered"), "green") if member.counted_vote else (_("not yet"), "yellow")
