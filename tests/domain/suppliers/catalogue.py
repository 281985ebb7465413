"""Stores suppliers for tests, with only what the story says."""

from datetime import UTC, datetime

from app.domain.accounts.models import OrganisationKind
from app.domain.suppliers.operations import add_evidence, add_offer, add_supplier
from tests.domain.accounts.people import make_actor, make_organisation, make_unit
from tests.domain.suppliers.facts_made import DESKS, day

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = {"bg": "Чинове", "en": "Desks"}


def stored_supplier(name="Мебел", cpv=(DESKS,), regions=("BG",), **facts):
    """A supplier with one offer."""
    supplier = add_supplier(name, by=None, now=NOW, country="BG", source="тест", **facts)
    add_offer(supplier, by=None, key="desks", title=WORDS, cpv=cpv, regions=regions, source="тест")
    return supplier


def stored_label(supplier, criterion="furniture-wood-core", until=100, **facts):
    facts = {"scheme": "FSC", "number": "1", "valid_until": day(until), **facts}
    return add_evidence(supplier, by=None, criterion_code=criterion, kind="label", source="тест", **facts)


def make_expert(role="expert"):
    return make_actor(role, make_unit())


def make_contact(supplier):
    """The contact person of a supplier."""
    organisation = make_organisation(OrganisationKind.SUPPLIER)
    supplier.organisation_id = organisation.id
    return make_actor("contact", organisation)
