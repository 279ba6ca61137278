"""`upgrade`: an older workbook gets what today's has."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, packs_option, workbook_argument


@click.command(
    epilog="Exemple : cedre-xlsx upgrade suivi.xlsx --dry-run\n\n"
    "Le classeur reçoit les listes, les réglages, les tableaux de Paramètres et les couleurs "
    "d'aujourd'hui, et les colonnes des jeux demandés. Ce que l'équipe a tapé, ajouté, colorié ou "
    "enlevé reste. Recommencer ne change rien."
)
@workbook_argument
@packs_option
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
@click.option(
    "-o",
    "--output",
    metavar="SORTIE",
    type=PATH,
    help="Écrire le résultat dans un nouveau fichier ; celui d'avant reste tel quel.",
)
def upgrade(workbook: Path, packs: tuple[str, ...], dry_run: bool, output: Path | None) -> None:
    """Mettre un classeur plus ancien à la version d'aujourd'hui."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import NOTHING, warn
    from cedre_xlsx.cli.progress import patience

    with patience(f"Lecture de {workbook.name}…"):
        done = api.upgrade(workbook, packs=packs, output=output, dry_run=dry_run)
    if not done.done:
        click.get_current_context().meta[NOTHING] = True
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
    for line in done.done:
        click.echo(f"  {line}")
    if done.left:
        click.echo("Laissé tel quel :")
        for line in done.left:
            click.echo(f"  {line}")
