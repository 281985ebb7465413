"""Commands for administrators: `flask load`, `flask import …`, `flask serve`, `flask walk` and the rest."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from app import clock, jobs, seed
from app.csv_rows import MAX_ERRORS, ImportReport, RowError
from app.db import db, unit_of_work
from app.domain.accounts.models import Organisation
from app.domain.accounts.queries import actor_for, find_user_by_email
from app.domain.criteria.importing import import_criteria_index
from app.domain.reference.operations import import_cpv, import_municipalities
from app.domain.requests.notices import draft_from_notice
from app.domain.suppliers.importing import import_suppliers
from app.errors import DomainError
from app.notices import NoticeError, read_notice
from app.seed import people as story
from app.seed.shipped import load_everything
from app.walk import walk
from app.words import say

#: as many as the reader of CSV files finds before it stops, and its word that it stopped
LINES_TOLD = MAX_ERRORS + 1

imports = AppGroup("import", help="Read official and own files into the database.")


def init_app(app: Flask) -> None:
    """Make the commands known."""
    for command in (load, seed_demo, people, serve, run_jobs, walk_through):
        app.cli.add_command(command)
    app.cli.add_command(imports)


@click.command()
@with_appcontext
def load() -> None:
    """Load shipped reference data and criteria, and give every unit the processes it does not have."""
    with unit_of_work():
        load_everything(clock.now())


@click.command("seed")
@with_appcontext
def seed_demo() -> None:
    """Fill an empty database with the invented people and requests of the demonstration."""
    if db.session.scalar(select(Organisation.id).limit(1)) is None:
        seed.tell_the_story(clock.now(), say=click.echo)


@click.command()
@with_appcontext
def people() -> None:
    """Print who can sign in to the demonstration."""
    click.echo(story.who_can_sign_in())


@click.command()
@click.option("--port", default=5000, show_default=True)
@with_appcontext
def serve(port: int) -> None:
    """Serve on this machine, with the scheduler in the same process."""
    from waitress import serve as listen  # only this command needs the server

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    click.echo(story.who_can_sign_in() if current_app.config["DEMO"] else "")
    click.secho(f"Zeleno is at http://127.0.0.1:{port}  (Ctrl+C stops it)", bold=True)
    listen(current_app._get_current_object(), host="127.0.0.1", port=port, threads=8, _quiet=True)


@click.command("jobs")
@with_appcontext
def run_jobs() -> None:
    """Do once everything that is due: service calls, timers, ballot closings."""
    click.echo(f"{jobs.run_due(clock.now())} done")


_CHOSEN = {"yes": True, "no": False, None: None}


@click.command("walk")
@click.argument("notice", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["bg", "en"]), default="bg", show_default=True)
@click.option("--council", type=click.Choice(["yes", "no"]), help="ask the council or not; default: as the rule says")
@click.option("--dossier", type=click.Path(dir_okay=False, path_type=Path), help="where to write the dossier")
def walk_through(notice: Path, language: str, council: str | None, dossier: Path | None) -> None:
    """Take a notice through the whole main job on a throw-away database, printing each step."""
    sys.exit(walk(notice, language=language, council=_CHOSEN[council], dossier=dossier, out=click.echo))


@imports.command("notice")
@click.argument("file", type=click.File("rb"))
@click.option("--as", "email", help="e-mail of the person for whom a draft is made; without it the facts are printed")
@click.option("--relation", type=click.Choice(["own", "model"]), help="default: by kind and deadline of the notice")
@with_appcontext
def import_notice(file, email: str | None, relation: str | None) -> None:
    """Read a TED or eForms notice; with --as, fill a draft request from it."""
    xml = file.read()
    try:
        _tell_notice(read_notice(xml))
        if email:
            _draft_for(email, xml, relation)
    except NoticeError as error:
        raise click.ClickException(say(error.words, "en")) from None
    except DomainError as error:
        raise click.ClickException(str(error)) from None


def _tell_notice(notice) -> None:
    click.echo(f"{notice.schema} {notice.form} {notice.publication_number}: {notice.title}")
    for gap in notice.not_understood:
        click.echo(f"  not understood: {gap.place}: {say(gap.words, 'en')}")


def _draft_for(email: str, xml: bytes, relation: str | None) -> None:
    user = find_user_by_email(email)
    actor = actor_for(user, None) if user else None
    if actor is None:
        raise click.ClickException(f"Nobody with the e-mail {email} can sign in.")
    with unit_of_work():
        request = draft_from_notice(xml, relation=relation, by=actor, now=clock.now())
        click.echo(f"Draft {request.id} for {say(request.filer.name, 'en')}, notice taken as {request.notice.relation}")


@imports.command("suppliers")
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_supplier_file(file: IO[bytes]) -> None:
    """Read a CSV of suppliers (facts of past awards)."""
    _import(file, lambda stream: import_suppliers(stream, now=clock.now()))


@imports.command("criteria")
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_criteria_file(file: IO[bytes]) -> None:
    """Read a CSV index of green criteria."""
    _import(file, import_criteria_index)


@imports.command("cpv")
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_cpv_file(file: IO[bytes]) -> None:
    """Read the whole CPV list from CSV."""
    _import(file, import_cpv)


@imports.command("municipalities")
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_municipality_file(file: IO[bytes]) -> None:
    """Read the municipalities from CSV."""
    _import(file, import_municipalities)


def _import(file: IO[bytes], take_over: Callable[[IO[bytes]], ImportReport]) -> None:
    """All of a file or nothing; each line that is wrong is named."""
    with unit_of_work():
        report = take_over(file)
    _tell_lines(report.errors or report.warnings)
    if report.errors:
        raise click.ClickException("Nothing was imported. Mend these lines and try again.")
    counts = f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}"
    click.echo(f"rows {report.rows}, {counts}")


def _tell_lines(lines: Sequence[RowError]) -> None:
    for error in lines[:LINES_TOLD]:
        place = f"line {error.line} {error.column}".rstrip()
        click.echo(f"  {place}: {say(error.message, 'en')}", err=True)
    if len(lines) > LINES_TOLD:
        click.echo(f"  … and {len(lines) - LINES_TOLD} more", err=True)
