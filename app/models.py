"""Names every table once, so that migrations and the mapper know them all."""

from importlib import import_module

PARTS = (
    "accounts", "attachments", "reference", "definitions", "processes", "criteria", "council", "suppliers", "requests",
)  # fmt: skip


def load() -> None:
    """Import the models of every part of the domain."""
    for part in PARTS:
        import_module(f"app.domain.{part}.models")
