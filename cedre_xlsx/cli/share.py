"""`share`: a year's figures for one's network, without a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import YEAR, date_option, force_option, output_option, workbook_argument


@click.command(
    epilog="Exemples :\n\n"
    "cedre-xlsx share suivi.xlsx --year 2026 --dry-run\n\n"
    "cedre-xlsx share suivi.xlsx --year 2026 -o chiffres-2026.json\n\n"
    "Le fichier ne dit d'aucune personne ni nom, ni ligne, ni texte tapé : des comptes, protégés "
    "comme par « stats --public », et le nom de la structure. Le réseau ajoute ces fichiers les "
    "uns aux autres."
)
@workbook_argument
@click.option(
    "--year", metavar="AAAA", type=YEAR, required=True, help="L'année, finie de préférence."
)
@date_option
@click.option(
    "--with-sensitive",
    is_flag=True,
    help="Garder la santé et la justice (RQTH, AAH, freins).",
)
@click.option(
    "--exact-days",
    is_flag=True,
    help="Dire chaque nombre de jours ou de semaines, pour des médianes exactes : un délai peut "
    "alors être celui d'une seule personne.",
)
@click.option("--dry-run", is_flag=True, help="Montrer tout ce qui partirait, sans rien écrire.")
@output_option("Le fichier à envoyer, en .json.")
@force_option
def share(
    workbook: Path,
    year: int,
    on: date | None,
    with_sensitive: bool,
    exact_days: bool,
    dry_run: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Préparer les chiffres d'une année pour un réseau, sans un nom."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import deliver, refuse_output, warn
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.federation.kinds import SHARED_FIGURES, is_part, refuse_over_others
    from cedre_xlsx.federation.replacing import refuse_other_figures

    if output is None and not dry_run:
        raise click.UsageError(
            "Donnez le fichier à écrire après -o, ou --dry-run pour voir ce qui partirait."
        )
    refuse_output(output, (workbook,), kind=("share", "json"), force=force or output is not None)
    if output is not None:
        refuse_over_others(output, is_ours=is_part(output), what=SHARED_FIGURES)
    with patience(f"Lecture de {workbook.name}, puis choix de ce qui peut partir…"):
        shared = api.share(
            workbook, year=year, on=on, with_sensitive=with_sensitive, exact_days=exact_days
        )
    if output is not None and not force:
        refuse_other_figures(output, shared.part)
    for warning in shared.warnings:
        warn(warning)
    if dry_run:
        click.echo(shared.to_text())
        click.echo("Rien n'est écrit.")
    else:
        deliver(shared.to_json(), output)
