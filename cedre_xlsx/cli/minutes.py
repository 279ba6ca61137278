"""`minutes`: the decisions of a meeting become lines of `Suivi`; its compte rendu."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import DATE, PATH, workbook_argument

if TYPE_CHECKING:
    from cedre_xlsx.api.pouring import Minutes


@click.command(
    epilog='Exemple : cedre-xlsx minutes suivi.xlsx -o comptes-rendus --present "Nadia Ferrand" '
    '--present "Linda"\n\n'
    "Chaque décision tapée dans Réunion (Décision, Qui, Pour quand) devient une ligne de Suivi, "
    "une seule fois : sa référence s'écrit sous Versée. Recommencer n'ajoute rien ; une décision "
    "changée depuis est signalée, une ligne supprimée de Suivi n'est pas refaite."
)
@workbook_argument
@click.option(
    "--date",
    "on",
    type=DATE,
    metavar="AAAA-MM-JJ",
    help="Jour de la réunion : la date des nouvelles lignes (aujourd'hui par défaut).",
)
@click.option(
    "--present",
    metavar="NOM",
    multiple=True,
    help="Qui était là, pour le compte rendu ; peut être répété.",
)
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait versé, sans rien écrire.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DOSSIER",
    type=PATH,
    help="Faire aussi le compte rendu en PDF dans ce dossier (extra « pdf »).",
)
@click.option("--force", is_flag=True, help="Avec -o : remplacer un compte rendu qui existe déjà.")
def minutes(
    workbook: Path,
    on: date | None,
    present: tuple[str, ...],
    dry_run: bool,
    folder: Path | None,
    force: bool,
) -> None:
    """Verser les décisions de Réunion dans Suivi, et faire le compte rendu."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import NOTHING, warn
    from cedre_xlsx.cli.progress import patience

    if force and folder is None:
        raise click.UsageError("--force ne va qu'avec -o.")
    if folder is not None and not dry_run and not present:
        present = _asked()
    with patience(f"Lecture de {workbook.name}…"):
        done = api.minutes(
            workbook, on=on, present=present, folder=folder, dry_run=dry_run, force=force
        )
    if not done.poured and not done.settled:
        click.get_current_context().meta[NOTHING] = True
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
    for line in _lines(done):
        click.echo(line)


def _asked() -> tuple[str, ...]:
    """Who was there, where someone is there to answer."""
    if not sys.stdin.isatty():
        return ()
    typed = click.prompt(
        "Qui était là ? Des noms séparés par des virgules (Entrée : ne rien dire)",
        default="",
        show_default=False,
        prompt_suffix=" ",
    )
    return tuple(name.strip() for name in typed.split(",") if name.strip())


def _lines(done: Minutes) -> Iterator[str]:
    """What was poured, then what the team has to look at."""
    yield from (f"  {one.sentence}" for one in done.poured)
    for title, sentences in (
        ("Ne se disent plus de même, à corriger vous-même :", done.to_correct),
        ("Qui ne sont plus dans Suivi :", done.deleted),
        ("Laissées telles quelles :", done.left),
    ):
        if sentences:
            yield title
            yield from (f"  {one}" for one in sentences)
    if done.pdf is not None:
        yield f"Écrit : {done.pdf}"
