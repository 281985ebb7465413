"""Notices for tests: small ones written here, and the real ones of the shared folder beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FOLDERS = ("notices_raw", "notices_sdk_examples")


def shared_notice_names() -> list[str]:
    """The names of all shared notices, or one name that stands for the missing folder."""
    found = [f"{folder}/{path.name}" for folder in FOLDERS for path in sorted((SHARED / folder).glob("*.xml"))]
    return found or ["(the folder ../shared/data is missing)"]


def shared_bytes(name: str) -> bytes:
    """A shared notice; the test fails and says why when the folder is not there."""
    path = SHARED / name
    if not path.is_file():
        pytest.fail(f"this test reads ../shared/data/{name} beside the project, and it is not there")
    return path.read_bytes()
