"""`year`: the new year's workbook, beside the old one."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, YEAR, date_option, workbook_argument


@click.command(
    epilog="Exemples : cedre-xlsx year suivi.xlsx 2027 --dry-run\n\n"
    "cedre-xlsx year suivi.xlsx 2027\n\n"
    "Le nouveau classeur (suivi 2027.xlsx) est écrit à côté ; l'ancien ne change pas, et un "
    "fichier qui existe n'est jamais remplacé. Partent avec lui les personnes pas sorties, et ce "
    "que la durée de conservation et les chiffres de l'année demandent encore ; le reste est "
    "laissé dans l'ancien. Plus tard : cedre-xlsx check NOUVEAU --previous ANCIEN."
)
@workbook_argument
@click.argument("wanted", metavar="AAAA", type=YEAR)
@click.option(
    "-o",
    "--output",
    metavar="NOUVEAU",
    type=PATH,
    help="Le nouveau classeur (par défaut à côté, au nom de l'année).",
)
@date_option
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait emporté, sans rien écrire.")
def year(workbook: Path, wanted: int, output: Path | None, on: object, dry_run: bool) -> None:
    """Commencer le classeur d'une nouvelle année, à côté de l'ancien."""
    from datetime import date

    from cedre_xlsx import api
    from cedre_xlsx.api.starting_year import NAMES_LEFT, OLD_FILE
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience

    day = on if isinstance(on, date) else None
    with patience(f"Lecture de {workbook.name}, puis classeur de {wanted}…"):
        done = api.start_year(workbook, wanted, output=output, on=day, dry_run=dry_run)
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
    for table in done.tables:
        click.echo(f"  {table.sentence}")
        for reason, count in table.reasons:
            click.echo(f"    {count} : {reason}")
    click.echo("Totaux de contrôle :")
    for line in done.totals:
        click.echo(f"  {line}")
    if done.closed:
        click.echo(f"Chiffres gardés dans le nouveau : {_years(done.closed)}.")
    if done.names_left:
        click.echo(f"{NAMES_LEFT} :")
        for line in done.names_left:
            click.echo(f"  {line}")
    if done.written:
        click.echo(OLD_FILE)


def _years(closed: tuple[int, ...]) -> str:
    return str(closed[0]) if len(closed) == 1 else f"{closed[0]} à {closed[-1]}"
