"""Who may do what with a request. Pure."""

from app.domain.accounts.models import Actor, OrganisationKind, Role
from app.domain.processes.rules import FILER_ROLES
from app.domain.requests.models import Request, RequestStatus

#: Who in a unit reads the requests filed with it.
UNIT_READERS = frozenset({Role.COORDINATOR, Role.EXPERT, Role.LAWYER, Role.LIAISON, Role.ADMINISTRATOR})


def can_file(actor: Actor) -> bool:
    """Any buyer can file, a council too, if a unit serves it."""
    kinds = (OrganisationKind.BUYER, OrganisationKind.COUNCIL)
    return actor.organisation.kind in kinds and bool(actor.roles & FILER_ROLES) and actor.unit_id is not None


def is_filer(actor: Actor, request: Request) -> bool:
    """The request belongs to the organisation this person acts for."""
    return actor.organisation_id == request.filer_id and bool(actor.roles & FILER_ROLES)


def is_of_unit(actor: Actor, request: Request) -> bool:
    """The request was filed with the unit this person works in."""
    return actor.organisation_id == request.unit_id and bool(actor.roles & UNIT_READERS)


def can_see(actor: Actor, request: Request) -> bool:
    """The filer always; the unit from filing on. Drafts stay with the filer."""
    return is_filer(actor, request) or (is_of_unit(actor, request) and request.status != RequestStatus.DRAFT)


def can_read_file(actor: Actor, request: Request, owner_id: int) -> bool:
    """Whoever works on the request reads all its files; the filer its own, and the unit's once they are delivered."""
    if not is_filer(actor, request):
        return True
    return owner_id == actor.organisation_id or request.is_delivered


def can_edit_draft(actor: Actor, request: Request) -> bool:
    """Anybody of the filing organisation works on its drafts."""
    return request.status == RequestStatus.DRAFT and is_filer(actor, request)


def can_withdraw(actor: Actor, request: Request) -> bool:
    """The filer at any time while it is open."""
    return request.status == RequestStatus.OPEN and is_filer(actor, request)


def can_retry(actor: Actor, request: Request) -> bool:
    """Coordinators and administrators of the unit restart what stopped."""
    return is_of_unit(actor, request) and bool(actor.roles & {Role.COORDINATOR, Role.ADMINISTRATOR})
