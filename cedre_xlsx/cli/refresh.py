"""`refresh`: rebuild the generated sheets inside the same file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import YEAR, date_option, force_option, output_option, workbook_argument


@click.command(
    epilog="Exemple : cedre-xlsx refresh suivi.xlsx\n\n"
    "Rien de ce qui a été tapé n'est perdu : les notes de réunion et les justifications restent, "
    "les autres feuilles ne sont pas touchées."
)
@workbook_argument
@output_option("Écrire le classeur actualisé ailleurs, sans toucher à l'original.")
@date_option
@click.option(
    "--year",
    "years",
    metavar="AAAA",
    type=YEAR,
    multiple=True,
    help="Année des statistiques (celle de la date par défaut) ; peut être répété.",
)
@force_option
@click.option("--dry-run", is_flag=True, help="Dire ce qui changerait, sans rien écrire.")
def refresh(
    workbook: Path,
    output: Path | None,
    on: date | None,
    years: tuple[int, ...],
    force: bool,
    dry_run: bool,
) -> None:
    """Refaire Synthèse, Réunion, Périodes, Contrôle et Statistiques."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience

    if force and output is None:
        raise click.UsageError("--force ne va qu'avec -o.")
    with patience(f"Actualisation de {workbook.name}…"):
        done = api.refresh(
            workbook, output=output, on=on, years=years, force=force, dry_run=dry_run
        )
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
    for line in done.details:
        click.echo(f"  {line}")
