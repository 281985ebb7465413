"""Files of the folder ../shared/data beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def shared_file(name: str) -> Path:
    """The path of a shared file; the test fails and says why when it is not there."""
    path = SHARED / name
    if not path.is_file():
        pytest.fail(f"this test reads ../shared/data/{name} beside the project, and it is not there")
    return path
