"""`fill`: someone else's form workbook filled from ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import DATE, PATH

if TYPE_CHECKING:
    from cedre_xlsx.api.form_maps import Learned
    from cedre_xlsx.paperwork.model import FillPlan


@click.command(
    epilog="Exemples :\n\n"
    'cedre-xlsx fill modele_bilan.xlsx suivi.xlsx --person "Martin Sophie" --dry-run\n\n'
    'cedre-xlsx fill modele_bilan.xlsx suivi.xlsx --person "Martin Sophie" --months 6\n\n'
    "cedre-xlsx fill fiche-du-plie.xlsx suivi.xlsx --learn\n\n"
    "Le classeur officiel de prolongation d'un PASS IAE est connu. Pour un autre formulaire, "
    "--learn note dans un petit fichier, à côté du classeur, ce qui va dans chaque case : "
    "corrigez-le, il sert ensuite à chaque fois. Le modèle n'est jamais changé : sa copie ne "
    "diffère que par les cases remplies. Seul ce qui est sûr est écrit ; une case déjà remplie "
    "reste, une valeur hors de la liste d'une case n'est pas écrite, un formulaire au nom d'une "
    "autre personne est refusé."
)
@click.argument("model", metavar="MODELE", type=PATH)
@click.argument("workbook", metavar="FICHIER", type=PATH)
@click.option("--person", metavar="NOM", help="Pour qui, comme dans Personnes.")
@click.option(
    "--months",
    metavar="MOIS",
    type=int,
    help="La durée de prolongation souhaitée, de 1 à 12 mois ; sans elle, la case reste vide.",
)
@click.option(
    "--date",
    "on",
    type=DATE,
    metavar="AAAA-MM-JJ",
    help="Jour du bilan : ce qui est fait, levé ou écoulé ce jour-là (aujourd'hui par défaut).",
)
@click.option(
    "--map",
    "mapping",
    metavar="TOML",
    type=PATH,
    help="Ce qui va dans les cases ; par défaut, le fichier de --learn à côté du classeur.",
)
@click.option(
    "--learn",
    is_flag=True,
    help="Proposer ce qui va dans les cases d'un autre formulaire, sans le remplir.",
)
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait rempli, sans rien écrire.")
@click.option(
    "-o",
    "--output",
    metavar="SORTIE",
    type=PATH,
    help="Le formulaire rempli ; par défaut à côté du classeur, au nom de la personne.",
)
@click.option("--force", is_flag=True, help="Remplacer un fichier qui existe déjà.")
def fill(
    model: Path,
    workbook: Path,
    person: str | None,
    months: int | None,
    on: date | None,
    mapping: Path | None,
    learn: bool,
    dry_run: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Remplir le formulaire d'un autre (prolongation d'un PASS IAE…) depuis le classeur."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience

    if learn:
        if person or months or mapping or output or dry_run:
            raise click.UsageError("--learn va seul : le formulaire se remplit ensuite.")
        for line in _learned_lines(api.learn_form(model, workbook, force=force)):
            click.echo(line)
        return
    if not person:
        raise click.UsageError("Pour qui ? Donnez --person NOM (ou --learn).")
    with patience(f"Lecture de {workbook.name}…"):
        found = api.find_fill(model, workbook, person=person, months=months, mapping=mapping, on=on)
    click.echo(f"{model} : {found.plan.title}, pour {found.person}.")
    if found.mapping is not None:
        click.echo(f"Correspondance : {found.mapping}")
    for line in _lines(found.plan):
        click.echo(line)
    for warning in found.warnings:
        warn(warning)
    if dry_run:
        click.echo("Rien n'est écrit.")
        return
    click.echo(api.apply_fill(found, output, force=force).sentence)


def _learned_lines(learned: Learned) -> Iterator[str]:
    """What was proposed, and what was not."""
    yield (
        f"Écrit : {learned.path} ({learned.mapped} champs proposés, {learned.boxes} cases). "
        "Relisez-le, corrigez-le, puis relancez avec --person au lieu de --learn."
    )
    yield from learned.notes


def _lines(plan: FillPlan) -> Iterator[str]:
    """What is written, what stays, what is left to do."""
    for title, lines in (
        ("Rempli :", [one.line for one in plan.written]),
        ("Gardé, la case était déjà remplie :", [one.line for one in plan.kept]),
        ("Laissé vide, à compléter à la main :", plan.blank_lines()),
        ("À reporter :", plan.notes),
    ):
        if lines:
            yield title
            yield from (f"  {line}" for line in lines)
