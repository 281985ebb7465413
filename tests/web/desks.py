"""A place with a council, and requests brought to each of its steps, for tests of tasks and ballots."""

from dataclasses import dataclass

from app.clock import now
from app.db import db
from app.domain.accounts.models import Actor, OrganisationKind, Role
from app.domain.council.models import Ballot
from app.domain.council.operations import cast_vote
from app.domain.processes.models import Instance, Task
from app.domain.processes.queries import open_tasks
from app.domain.requests.models import Request
from tests.domain.accounts.people import make_actor, make_organisation
from tests.web.filing import ADVISED, ANALYSED, OPENED, Place, complete, make_request

QUESTION = "Да искаме ли сто процента рециклирани влакна?"
CRITERION = {"text": "Хартията е от рециклирани влакна или еквивалентна.", "place": "specification"}
ASKS_COUNCIL = {"council_need": "yes", "council_reason": "Нов критерий.", "council_question": QUESTION}
#: What nobody of a council may read: the buyer, the purchase, its value, who to call.
SECRETS = ("Зелен бряг", "Тайна хартия", "777", "Силвия", "тайно.txt")


@dataclass(frozen=True)
class Council:
    """The people of a council."""

    chair: Actor
    secretary: Actor
    members: tuple[Actor, ...]

    @property
    def voters(self) -> tuple[Actor, ...]:
        return (self.chair, *self.members)


def make_council(place: Place, members: int = 2) -> Council:
    home = make_organisation(OrganisationKind.COUNCIL, place.coordinator.organisation, "Съвет")
    return Council(
        chair=make_actor(Role.CHAIR, home, name="Людмила Ганчева"),
        secretary=make_actor(Role.SECRETARY, home, name="Радостина Илиева"),
        members=tuple(make_actor(Role.MEMBER, home, name=f"Член {number}") for number in range(1, members + 1)),
    )


def open_task(request: Request) -> Task:
    """The one task that waits."""
    [task] = open_tasks(request.id)
    return task


def make_opened(place: Place, lead: Actor | None = None, **answers) -> Request:
    """A request whose analysis waits for its lead expert."""
    request = make_request(place.clerk, **answers)
    complete(request, place.coordinator, lead=str((lead or place.expert).user_id), **OPENED)
    return request


def make_overview(place: Place, **answers) -> Request:
    """A request whose market overview waits to be looked over."""
    request = make_opened(place, **{"council_ok": "yes", **answers})
    complete(request, place.expert, **{**ANALYSED, "criteria": [CRITERION]})
    return request


def make_checked(place: Place) -> Request:
    """A request whose recommendations wait for a second check."""
    request = make_overview(place)
    complete(request, place.expert, decision="ok")
    complete(request, place.expert, **ADVISED)
    return request


def make_asked(place: Place) -> Ballot:
    """A question before the council, from a request that is full of secrets."""
    secret = {"title": "Тайна хартия", "value": {"amount": "777777", "currency": "EUR"}}
    request = make_opened(place, council_ok="yes", **secret)
    complete(request, place.expert, **{**ANALYSED, "criteria": [CRITERION], **ASKS_COUNCIL})
    complete(request, place.expert, decision="ok")
    return db.session.query(Ballot).filter_by(request_id=request.id).one()


def vote(ballot: Ballot, by: Actor, position: str, **more) -> None:
    reasons = "Защото така е по-добре."
    cast_vote(ballot, by=by, answers={"conflict": "none", "position": position, "reasons": reasons, **more}, now=now())
    db.session.commit()


def standing_of(request: Request) -> list[str]:
    """Where the process of a request stands now, by element."""
    return db.session.get_one(Instance, request.instance_id, populate_existing=True).standing
