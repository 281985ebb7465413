"""The site on this machine: its database made ready, a free port, the server."""

import os
import socket
from argparse import ArgumentParser, Namespace
from pathlib import Path

from shell import ROOT, Stop, become, fingerprint, flask, is_done, mark_done, run, say

INSTANCE = Path(os.environ.get("ZELENO_INSTANCE", ROOT / "instance"))
FIRST_PORT = 5000
STEPS = {
    ("db", "upgrade"): "Bringing the database up to date",
    ("load",): "Loading reference data, processes and forms",
    ("seed",): "Filling an empty database with invented people and requests",
}
MADE_FROM = ("migrations", "workflows", "forms", "app/domain", "app/data", "app/seed", "app/cli.py")


def serve(words: list[str]) -> None:
    """Make the database ready, then serve the demonstration."""
    wishes = _wishes("demo", words)
    _make_ready(wishes)
    become(*flask("serve", "--port", str(_free_port(wishes.port))), env=_environment(scheduler=True))


def develop(words: list[str]) -> None:
    """The same with reload and the debugger."""
    wishes = _wishes("dev", words)
    _make_ready(wishes)
    port = str(_free_port(wishes.port))
    become(*flask("run", "--debug", "--port", port), env=_environment(scheduler=False))


def _wishes(name: str, words: list[str]) -> Namespace:
    parser = ArgumentParser(prog=f"./run {name}")
    parser.add_argument("--fresh", action="store_true", help="forget all data and start anew")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="the first port to try (default %(default)s)")
    return parser.parse_args(words)


def _make_ready(wishes: Namespace) -> None:
    if wishes.fresh:
        _forget()
    sources = [ROOT / name for name in MADE_FROM]
    stamp, mark = INSTANCE / ".ready", fingerprint(sources, os.environ.get("ZELENO_DATABASE_URL", ""))
    if is_done(stamp, mark) and _database_is_there():
        return
    hint = "The database could not be made ready; see above. ./run demo --fresh starts anew."
    for command, text in STEPS.items():
        say(text)
        run(*flask(*command), env=_environment(scheduler=False), hint=hint)
    mark_done(stamp, mark)


def _database_is_there() -> bool:
    return bool(os.environ.get("ZELENO_DATABASE_URL")) or (INSTANCE / "zeleno.db").exists()


def _forget() -> None:
    if os.environ.get("ZELENO_DATABASE_URL"):
        raise Stop("--fresh forgets only the embedded database, and ZELENO_DATABASE_URL names another one.")
    say(f"Forgetting the data in {INSTANCE}")
    for file in (INSTANCE / ".ready", *INSTANCE.glob("zeleno.db*")):
        file.unlink(missing_ok=True)


def _environment(scheduler: bool) -> dict[str, str]:
    return {"ZELENO_DEMO": "1", "ZELENO_SCHEDULER": "1" if scheduler else "0", "PYTHONUNBUFFERED": "1"}


def _free_port(first: int) -> int:
    """This port, or the next one that nobody listens on."""
    return next(port for port in range(first, 65536) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
