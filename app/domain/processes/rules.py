"""Who may do what with a task. Pure."""

from app.domain.accounts.models import Actor, OrganisationKind, Role
from app.domain.processes.models import Task

#: People of a buyer, or of a council that asked for itself, all stand behind the BPMN role `clerk`.
FILER_ROLES = frozenset({Role.CLERK, Role.SIGNATORY, Role.SECRETARY, Role.CHAIR})


def desk_roles(actor: Actor) -> frozenset[str]:
    """The task roles this person serves in the organisation they act for."""
    roles = frozenset(str(role) for role in actor.roles)
    return roles | {"clerk"} if actor.roles & FILER_ROLES else roles


def is_at_desk_of(actor: Actor, task: Task) -> bool:
    """The task lies with this person's organisation, in a role they have, and is not one they must leave to others."""
    return (
        task.organisation_id == actor.organisation_id
        and task.role in desk_roles(actor)
        and actor.user_id not in task.excluded
    )


def can_claim(actor: Actor, task: Task) -> bool:
    """Anybody at the desk may take a task nobody has."""
    return task.is_open and task.owner_id is None and is_at_desk_of(actor, task)


def can_release(actor: Actor, task: Task) -> bool:
    """The owner may put it back; a coordinator of the same organisation too."""
    return task.is_open and task.owner_id is not None and (task.owner_id == actor.user_id or can_hand_over(actor, task))


def can_complete(actor: Actor, task: Task) -> bool:
    """The owner, whatever their role, since it was given to them by name; while nobody has it, anybody at the desk."""
    if task.owner_id is None:
        return is_at_desk_of(actor, task)
    is_theirs = task.owner_id == actor.user_id and task.organisation_id == actor.organisation_id
    return is_theirs and actor.user_id not in task.excluded


def desks_of(task: Task) -> tuple[int, ...]:
    """The organisations whose people may have the task: where it lies, and for a lent one the unit that lent it."""
    own_unit = task.instance.unit_id
    is_lent = task.organisation.kind == OrganisationKind.UNIT and task.organisation_id != own_unit
    return (task.organisation_id, own_unit) if is_lent else (task.organisation_id,)


def can_see_task(actor: Actor, task: Task) -> bool:
    """Whoever may do it, did it, or sits at its desk; a coordinator every task of the unit, those it lent too."""
    if actor.organisation_id not in desks_of(task):
        return False
    is_theirs = actor.user_id in (task.owner_id, task.done_by_id)
    return is_theirs or is_at_desk_of(actor, task) or Role.COORDINATOR in actor.roles


def is_blind(actor: Actor, task: Task) -> bool:
    """A council answers questions without knowing who asks: of others' requests its people see the question alone."""
    return actor.organisation.kind == OrganisationKind.COUNCIL and task.request.filer_id != actor.organisation_id


def can_hand_over(actor: Actor, task: Task) -> bool:
    """The owner hands on their own; a coordinator any task of the unit, those lent to a partner unit too."""
    if not task.is_open or actor.organisation_id not in desks_of(task):
        return False
    return task.owner_id == actor.user_id or Role.COORDINATOR in actor.roles


def can_receive(receiver: Actor, task: Task) -> bool:
    """Whoever the task is handed to must be at one of its desks and not be excluded from it."""
    return receiver.organisation_id in desks_of(task) and receiver.user_id not in task.excluded
