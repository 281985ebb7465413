"""A process of two steps round and round, and one person who finishes whichever stands open; for threads and for
processes that know no more than the address of the database."""

from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from app.db import db, unit_of_work
from app.domain.processes.models import Task
from app.domain.processes.queries import open_tasks
from app.domain.requests import operations
from app.domain.requests.models import Request
from app.errors import Conflict
from tests.engine.build import NOW
from tests.support import apps
from tests.support.together import acting

WON, LOST = "won", "lost"


def finish(task_id: int, membership_id: int, text: str, round_number: int) -> str:
    """Try to finish the task; whoever comes second meets a Conflict that names the first."""
    try:
        with unit_of_work():
            by = acting(membership_id)
            at = NOW + timedelta(seconds=round_number)
            operations.complete_task(db.session.get_one(Task, task_id), {"text": text}, by=by, now=at)
    except Conflict as conflict:
        assert set(conflict.params) == {"name", "at"}, conflict
        return LOST
    return WON


def the_open_task(request_id: int) -> int:
    db.session.rollback()
    [task] = open_tasks(request_id)
    return task.id


def compete(url: str, name: str, request_id: int, membership_id: int, rounds: int, barrier, outcomes) -> None:
    """What one process does: in each round, finish the task that stands open, at the same moment as the others."""
    app = apps.make_app(url, Path(mkdtemp(prefix="zeleno-test-")))
    with app.app_context():
        for number in range(rounds):
            task_id = the_open_task(request_id)
            barrier.wait(timeout=60)
            outcomes.put((number, finish(task_id, membership_id, name, number)))
            barrier.wait(timeout=60)
        db.session.remove()
        db.engine.dispose()


def done_by_round(request: Request) -> list[tuple[str, str]]:
    """Step and text of each finished task, in order."""
    query = db.select(Task).where(Task.request_id == request.id, Task.status == "done").order_by(Task.id)
    return [(task.element_id, task.answers["text"]) for task in db.session.scalars(query)]
