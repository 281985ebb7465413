"""Who may change the criteria library."""

from app.domain.accounts.models import Actor, Role
from app.domain.criteria.models import Criterion

AUTHORS = frozenset({Role.COORDINATOR, Role.EXPERT})


def can_write_criteria(actor: Actor) -> bool:
    """Coordinators and experts write criteria for their own unit."""
    return actor.role in AUTHORS


def can_edit_criterion(actor: Actor, criterion: Criterion) -> bool:
    """A unit's own criterion is edited by its authors; a shared one by an administrator."""
    if criterion.unit_id is None:
        return actor.role == Role.ADMINISTRATOR
    return actor.role in AUTHORS and criterion.unit_id == actor.unit_id


def can_verify_criterion(actor: Actor, criterion: Criterion) -> bool:
    """A lawyer, coordinator or administrator may say that a criterion was compared with its source."""
    own = criterion.unit_id is None or criterion.unit_id == actor.unit_id
    return own and actor.role in {Role.LAWYER, Role.COORDINATOR, Role.ADMINISTRATOR}
