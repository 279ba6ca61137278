"""`dossier`: all that is held of one person, for her."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, date_option, workbook_argument


@click.command(
    epilog='Exemple : cedre-xlsx dossier suivi.xlsx --person "Martin Paul" -o dossiers\n\n'
    "Un PDF et un classeur : chaque ligne, chaque note et chaque constat de la personne, avec sa "
    "cellule, et ce que l'article 15 du RGPD demande de dire avec. Les noms des autres personnes "
    "accompagnées sont masqués dans les textes ; ceux des accompagnateurs restent, elle les "
    "connaît. Relisez avant de remettre : un surnom, ou un nom seul en minuscules, ne se masque "
    "pas. Ce qui la nomme ailleurs y est aussi ; les cellules où un mot peut être son nom ou celui "
    "d'un autre sont dites, à relire : rien n'en est remis."
)
@workbook_argument
@click.option("--person", metavar="NOM", required=True, help="La personne, comme dans Personnes.")
@click.option(
    "-o", "--output", "folder", metavar="DOSSIER", type=PATH, required=True,
    help="Le dossier où écrire.",
)  # fmt: skip
@date_option
@click.option("--note", is_flag=True, help="Noter la remise dans Suivi, à cette date.")
@click.option("--yes", is_flag=True, help="Écrire sans demander.")
@click.option("--force", is_flag=True, help="Remplacer les fichiers qui existent déjà.")
def dossier(
    workbook: Path,
    person: str,
    folder: Path,
    on: date | None,
    note: bool,
    yes: bool,
    force: bool,
) -> None:
    """Réunir tout ce que le classeur contient d'une personne, pour elle (droit d'accès)."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.method.french import counted

    with patience(f"Lecture de {workbook.name}…"):
        found = api.find_dossier(workbook, person, note=note, on=on)
    click.echo(f"{found.content.person} :")
    for part in found.content.parts:
        click.echo(f"  {part.title} : {counted(len(part.lines), 'ligne')}")
    _tell_doubts(found.content.doubts)
    if not yes and not _agreed(workbook):
        click.echo("Rien n'est écrit.")
        return
    with patience("Mise en page…"):
        done = api.apply_dossier(found, folder, force=force)
    click.echo(f"Écrit : {done.pdf}")
    click.echo(f"Écrit : {done.workbook}")
    for noted in done.noted:
        click.echo(noted.sentence)
    for warning in done.warnings:
        warn(warning)
    if done.undrawn:
        warn(f"{done.pdf.name} contient un signe que la police n'a pas : une case barrée le "
             "remplace.")  # fmt: skip


def _tell_doubts(doubts: Sequence[str]) -> None:
    """The cells to read again: what they say is given by the team, where it is of that person."""
    if not doubts:
        return
    click.echo("À relire, car le nom peut y être : rien n'en est dans le dossier.")
    for one in doubts:
        click.echo(f"  {one}")


def _agreed(workbook: Path) -> bool:
    from cedre_xlsx.cli.french import confirmed
    from cedre_xlsx.schema.errors import CedreError

    if not sys.stdin.isatty():
        raise CedreError(
            f"{workbook} : rien n'est écrit. Vérifiez que c'est bien la personne qui demande, puis "
            "recommencez avec --yes."
        )
    return confirmed("Écrire tout cela ?")
