"""`print`: conventions to sign, individual sheets, the agenda and the board's page, as PDF."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import PATH, YEAR, date_option, workbook_argument
from cedre_xlsx.cli.output import NOTHING, warn
from cedre_xlsx.cli.progress import PATIENCE, patience
from cedre_xlsx.method.french import day

if TYPE_CHECKING:
    from cedre_xlsx.api.printing import Printed

_LISTED = 20  # files named one by one
_EVERY = 0.5  # seconds between two counts


@click.command(
    "print",
    epilog="Exemple : cedre-xlsx print suivi.xlsx --convention CP-2026-001 -o impressions",
)
@workbook_argument
@click.option(
    "--convention",
    "conventions",
    metavar="RÉF",
    multiple=True,
    help="La convention de cette référence ; peut être répété.",
)
@click.option(
    "--fiche",
    "people",
    metavar="PERSONNE",
    multiple=True,
    help="La fiche individuelle de cette personne ; peut être répété.",
)
@click.option(
    "--due", is_flag=True, help="Les conventions dont le bilan est dépassé, ou proche (Paramètres)."
)
@click.option("--meeting", is_flag=True, help="L'ordre du jour de la réunion et la synthèse.")
@click.option(
    "--board",
    "boards",
    metavar="AAAA",
    type=YEAR,
    multiple=True,
    help="La page du conseil d'administration : dix chiffres, trois ans ; peut être répété.",
)
@click.option(
    "--public",
    is_flag=True,
    help="Avec --board, pour publier : masquer les petits nombres et ce qui les donnerait.",
)
@click.option(
    "--bilan",
    "reviews",
    metavar="PERSONNE",
    multiple=True,
    help="Le bilan d'accompagnement pour le prescripteur, et son texte à coller ; peut être "
    "répété.",
)
@click.option(
    "--note",
    is_flag=True,
    help="Avec --bilan : noter dans Suivi que le bilan est remis ce jour-là.",
)
@click.option("--all", "everything", is_flag=True, help="Toutes les conventions et les fiches.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DOSSIER",
    type=PATH,
    required=True,
    help="Dossier des PDF, créé s'il n'existe pas.",
)
@click.option(
    "--merge",
    is_flag=True,
    help="Un seul PDF au lieu d'un par formulaire (un par 250 formulaires).",
)
@click.option(
    "--logo",
    metavar="IMAGE",
    type=PATH,
    help="Logo des conventions ; par défaut, celui de la feuille Convention.",
)
@click.option("--force", is_flag=True, help="Remplacer les PDF qui existent déjà.")
@date_option
def print_forms(
    workbook: Path,
    conventions: tuple[str, ...],
    people: tuple[str, ...],
    due: bool,
    meeting: bool,
    boards: tuple[int, ...],
    public: bool,
    reviews: tuple[str, ...],
    note: bool,
    everything: bool,
    folder: Path,
    merge: bool,
    logo: Path | None,
    force: bool,
    on: date | None,
) -> None:
    """Faire les PDF : conventions, fiches, bilans, réunion, page du conseil (extra « pdf »)."""
    from cedre_xlsx import api

    if public and not boards:
        raise click.UsageError("--public ne va qu'avec --board AAAA.")
    if note and not reviews:
        raise click.UsageError("--note ne va qu'avec --bilan PERSONNE.")
    with patience("Mise en page des PDF…"), _Counter() as counter:
        printed = api.print_forms(
            workbook,
            folder=folder,
            conventions=conventions,
            people=people,
            due=due,
            meeting=meeting,
            boards=boards,
            public=public,
            reviews=reviews,
            note=note,
            everything=everything,
            merge=merge,
            logo=logo,
            force=force,
            on=on,
            tell=_tell,
            progress=counter,
        )
    if not printed.paths:
        click.get_current_context().meta[NOTHING] = True
    for sentence in _sentences(printed, folder):
        click.echo(sentence)
    for warning in printed.warnings:
        warn(warning)
    for path in printed.undrawn:
        warn(
            f"{path.name} contient un signe que la police n'a pas (un emoji, peut-être) : une case "
            "barrée le remplace."
        )


def _tell(line: str) -> None:
    """Say on the error stream what to fill, before anything is written."""
    click.echo(line, err=True)


def _sentences(printed: Printed, folder: Path) -> Iterator[str]:
    """What was done: each file where they are few, and what was looked for in vain."""
    if len(printed.paths) > _LISTED:
        yield f"{len(printed.paths)} PDF écrits dans {folder}"
    else:
        yield from (f"Écrit : {path}" for path in (*printed.paths, *printed.texts))
    yield from (one.sentence for one in printed.noted)
    if printed.due == 0 and printed.due_until is not None:
        yield (
            "Aucune convention n'est à évaluer : aucun bilan n'est dépassé, ni prévu d'ici au "
            f"{day(printed.due_until)}."
        )
    elif not printed.paths:
        yield "Rien à imprimer : le classeur n'a encore ni engagement ni personne."


class _Counter:
    """How far it is, on the error stream of a person who has waited two seconds."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next and sys.stderr.isatty():
            self._next = now + _EVERY
            self._shown = True
            click.echo(f"\r{done} / {total}", nl=False, err=True)

    def __enter__(self) -> _Counter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo(err=True)
