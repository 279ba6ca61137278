"""`print`: conventions to sign, individual sheets and the agenda, as PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, date_option, workbook_argument


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
@click.option("--due", is_flag=True, help="Les conventions dont le bilan est proche ou passé.")
@click.option("--meeting", is_flag=True, help="L'ordre du jour de la réunion et la synthèse.")
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
@click.option("--merge", is_flag=True, help="Un seul PDF au lieu d'un par formulaire.")
@click.option("--logo", metavar="IMAGE", type=PATH, help="Logo imprimé sur les conventions.")
@click.option("--force", is_flag=True, help="Remplacer les PDF qui existent déjà.")
@date_option
def print_forms(
    workbook: Path,
    conventions: tuple[str, ...],
    people: tuple[str, ...],
    due: bool,
    meeting: bool,
    everything: bool,
    folder: Path,
    merge: bool,
    logo: Path | None,
    force: bool,
    on: date | None,
) -> None:
    """Faire les PDF : conventions, fiches individuelles, réunion (extra « pdf »)."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.progress import patience

    with patience("Mise en page des PDF…"):
        printed = api.print_forms(
            workbook,
            folder=folder,
            conventions=conventions,
            people=people,
            due=due,
            meeting=meeting,
            everything=everything,
            merge=merge,
            logo=logo,
            force=force,
            on=on,
        )
    for path in printed.paths:
        click.echo(f"Écrit : {path}")
    if not printed.paths:
        click.echo("Rien à imprimer : aucun formulaire ne correspond.")
