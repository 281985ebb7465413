"""One folder per test run, shared by its parallel workers, and removed by the process that began it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "ZELENO_TEST_RUN"


def begin() -> None:
    """Make the folder, unless this process is a worker of a run that has one."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="zeleno-test-")
        os.environ[f"{VARIABLE}_OWNER"] = str(os.getpid())


def end() -> None:
    """Remove the folder, if this process made it."""
    if os.environ.get(f"{VARIABLE}_OWNER") == str(os.getpid()):
        shutil.rmtree(path(), ignore_errors=True)


def is_owner() -> bool:
    return os.environ.get(f"{VARIABLE}_OWNER") == str(os.getpid())


def path() -> Path:
    return Path(os.environ[VARIABLE])


@contextmanager
def alone(name: str) -> Iterator[Path]:
    """While inside, no other worker is inside under the same name; gives the path that the work is to fill."""
    with (path() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path() / name
