"""`print --referent`: what would leave is told line by line, asked for, then written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.french import confirmed
from cedre_xlsx.cli.output import warn
from cedre_xlsx.cli.progress import patience
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.forms.referent.sheet import ReferentSheet, Told


def hand_over(
    workbook: Path,
    people: tuple[str, ...],
    folder: Path,
    *,
    yes: bool,
    note: bool,
    force: bool,
    on: date | None,
) -> None:
    """Show the sheets of these people, ask, and write them.

    Raises CedreError, with nothing written, where nobody is there to answer and `yes` is not said.
    """
    from cedre_xlsx import api

    with patience(f"Lecture de {workbook.name}…"):
        found = api.find_referent(workbook, people, note=note, on=on)
    for sheet in found.sheets:
        for line in shown_sheet(sheet):
            click.echo(line)
    click.echo(f"Au pied de la page : {found.origin.foot}")
    if not yes and not _agreed(workbook):
        click.echo("Rien n'est écrit.")
        return
    with patience("Mise en page des PDF…"):
        done = api.apply_referent(found, folder, force=force)
    for path in done.paths:
        click.echo(f"Écrit : {path}")
    for noted in done.noted:
        click.echo(noted.sentence)
    for warning in done.warnings:
        warn(warning)
    for path in done.undrawn:
        warn(f"{path.name} contient un signe que la police n'a pas : une case barrée le remplace.")


def _somebody() -> bool:
    return sys.stdin.isatty()


def _agreed(workbook: Path) -> bool:
    if not _somebody():
        raise CedreError(
            f"{workbook} : rien n'est écrit. Relisez ce qui sortirait du classeur, voyez-le avec "
            "la personne, puis recommencez avec --yes."
        )
    return confirmed("Écrire ce qui est montré, et rien d'autre ?")


def shown_sheet(sheet: ReferentSheet) -> Iterator[str]:
    """Everything that the page tells, each with its cell; then what to see to first."""
    yield f"Sortirait du classeur, pour le référent unique de {sheet.person} :"
    if sheet.structure:
        yield f"  {_told(sheet.structure)}"
    for block in sheet.blocks:
        yield f"  {block.title}"
        yield from (f"    {_told(one)}" for one in block.lines)
    for listing in sheet.listings:
        yield f"  {listing.title}"
        for row in listing.rows:
            words = " ; ".join(f"{one.label} : {one.value}" for one in row if one.value)
            yield f"    {words}   [{_cells(row)}]"
    if sheet.handed:
        days = listed([french_day(day) for day in sheet.handed])
        yield f"  Déjà remise le {days} (Suivi)."
    yield from (f"  À voir d'abord : {one}" for one in sheet.remarks)


def _told(one: Told) -> str:
    return f"{one.label} : {one.value}   [{one.cell or 'compté dans Suivi'}]"


def _cells(row: tuple[Told, ...]) -> str:
    """The cells of a row, the sheet named once."""
    places = [one.cell.partition("!") for one in row if one.value and one.cell]
    return f"{places[0][0]}!{', '.join(cell for _, _, cell in places)}" if places else ""
