"""Who may see and change the processes of a unit."""

from app.domain.accounts.models import Actor, Role
from app.domain.definitions.models import Definition

_AUTHORS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
_READERS = _AUTHORS | {Role.EXPERT, Role.LAWYER, Role.LIAISON, Role.EDITOR}


def can_see_definition(actor: Actor, definition: Definition) -> bool:
    """People of the unit read its processes."""
    return actor.organisation_id == definition.unit_id and actor.role in _READERS


def can_change_definition(actor: Actor, definition: Definition) -> bool:
    """Coordinators and administrators of the unit change them."""
    return actor.organisation_id == definition.unit_id and actor.role in _AUTHORS
