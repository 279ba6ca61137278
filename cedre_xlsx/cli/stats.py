"""`stats`: the year's figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import YEAR, date_option, output_option, workbook_argument


@click.command(
    epilog="Exemple : cedre-xlsx stats suivi.xlsx --year 2026\n\n"
    "La commande « refresh --year » met les mêmes chiffres dans le classeur."
)
@workbook_argument
@click.option("--year", metavar="AAAA", type=YEAR, help="Année (celle de la date par défaut).")
@date_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="text pour lire (par défaut), json pour un programme, csv pour un tableur.",
)
@click.option(
    "--public",
    is_flag=True,
    help="Pour publier : masquer les petits nombres (seuil de Paramètres) et ce qui les donnerait.",
)
@click.option(
    "--with-sensitive",
    is_flag=True,
    help="Avec --public : garder la santé et la justice (RQTH, freins).",
)
@output_option("Écrire le résultat dans ce fichier.")
def stats(
    workbook: Path,
    year: int | None,
    on: date | None,
    form: str,
    public: bool,
    with_sensitive: bool,
    output: Path | None,
) -> None:
    """Compter une année : entrées, sorties, engagements, actions, missions."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import deliver
    from cedre_xlsx.cli.progress import patience

    if with_sensitive and not public:
        raise click.UsageError("--with-sensitive ne va qu'avec --public.")
    with patience(f"Lecture de {workbook.name}…"):
        counted = api.stats(
            workbook, year=year, on=on, public=public, with_sensitive=with_sensitive
        )
    if form == "json":
        text = json.dumps(counted.to_json_object(), ensure_ascii=False, indent=2)
    elif form == "csv":
        text = counted.to_csv()
    else:
        text = counted.to_text()
    deliver(text, output, inputs=(workbook,), for_excel=form == "csv")
