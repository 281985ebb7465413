"""The invented story of the demonstration: people first, then what they did, through the operations alone."""

from collections.abc import Callable
from datetime import datetime


def tell_the_story(now: datetime, *, say: Callable[[str], None]) -> None:
    """Fill an empty database with the units, people, suppliers and requests of the demonstration."""
