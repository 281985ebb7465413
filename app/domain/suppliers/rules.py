"""Who may change the catalogue of suppliers and make market overviews. Jobs and commands act as nobody."""

from app.domain.accounts.models import Actor, Role
from app.domain.suppliers.models import Supplier

KEEPERS = frozenset({Role.LIAISON, Role.COORDINATOR, Role.ADMINISTRATOR})
CHECKERS = frozenset({Role.LIAISON, Role.COORDINATOR, Role.EXPERT})
OVERVIEW_MAKERS = frozenset({Role.EXPERT, Role.COORDINATOR, Role.LIAISON})


def can_keep_catalogue(actor: Actor | None) -> bool:
    """Add and import suppliers: the liaison, a coordinator or an administrator of a unit."""
    return actor is None or actor.role in KEEPERS


def can_edit_supplier(actor: Actor | None, supplier: Supplier) -> bool:
    """The keepers of the catalogue, and the supplier's own contact person."""
    if actor is None or can_keep_catalogue(actor):
        return True
    own = supplier.organisation_id is not None and actor.organisation_id == supplier.organisation_id
    return own and actor.role == Role.CONTACT


def can_check_evidence(actor: Actor | None) -> bool:
    """Confirm or refute a piece of evidence: people of a unit, never a supplier."""
    return actor is not None and actor.role in CHECKERS


def can_make_overview(actor: Actor | None) -> bool:
    """The process itself, an expert, a coordinator or the liaison."""
    return actor is None or actor.role in OVERVIEW_MAKERS
