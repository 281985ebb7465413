"""Reads of the criteria library."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from app.db import db
from app.domain.criteria.models import Criterion, Place


def criteria_for(
    product_group: str, on: date, *, unit_id: int | None = None, places: Iterable[Place] | None = None
) -> list[Criterion]:
    """Criteria of a product group that hold on this day: the shared ones and those of this unit, by code."""
    query = select(Criterion).where(Criterion.product_group == product_group, _holds(on), _seen_by(unit_id))
    if places is not None:
        query = query.where(Criterion.place_of_use.in_(list(places)))
    return list(db.session.scalars(query.order_by(Criterion.code)))


def criteria_by_code(codes: Iterable[str], on: date, *, unit_id: int | None = None) -> dict[str, Criterion]:
    """The criteria with these codes that hold on this day and that the unit may use; unknown codes are left out."""
    query = select(Criterion).where(Criterion.code.in_(sorted(set(codes))), _holds(on), _seen_by(unit_id))
    return {criterion.code: criterion for criterion in db.session.scalars(query)}


def groups_with_criteria(on: date, *, unit_id: int | None = None) -> list[str]:
    """Keys of the product groups that have at least one criterion on this day."""
    query = select(Criterion.product_group).where(_holds(on), _seen_by(unit_id)).distinct()
    return sorted(db.session.scalars(query))


def _holds(on: date) -> ColumnElement[bool]:
    return and_(
        or_(Criterion.valid_from.is_(None), Criterion.valid_from <= on),
        or_(Criterion.valid_until.is_(None), Criterion.valid_until >= on),
    )


def _seen_by(unit_id: int | None) -> ColumnElement[bool]:
    return or_(Criterion.unit_id.is_(None), Criterion.unit_id == unit_id)
