"""`stats`: the year's figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import YEAR, date_option, force_option, output_option, workbook_argument


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
    help="Pour publier : taire les petits nombres (seuil de Paramètres) et ce qui les donnerait.",
)
@click.option(
    "--with-sensitive",
    is_flag=True,
    help="Avec --public : garder la santé et la justice (RQTH, AAH, freins).",
)
@click.option(
    "--who",
    metavar="CHIFFRE",
    help="Les lignes derrière un chiffre (Entrées, Sorties… ou son identifiant : entries), avec "
    "les noms : ne pas diffuser.",
)
@output_option("Écrire le résultat dans ce fichier.")
@force_option
def stats(
    workbook: Path,
    year: int | None,
    on: date | None,
    form: str,
    public: bool,
    with_sensitive: bool,
    who: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Compter une année : entrées, sorties, engagements, actions, missions."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import deliver, refuse_output, warn
    from cedre_xlsx.cli.progress import patience

    if with_sensitive and not public:
        raise click.UsageError("--with-sensitive ne va qu'avec --public.")
    if who and public:
        raise click.UsageError(
            "--who nomme des personnes, --public n'en publie aucune : l'un ou l'autre."
        )
    refuse_output(output, (workbook,), kind=("stats", form), force=force)
    then = ", puis choix de ce qui peut être publié" if public else ""
    with patience(f"Lecture de {workbook.name}{then}…"):
        figures = api.stats(
            workbook, year=year, on=on, public=public, with_sensitive=with_sensitive
        )
    for warning in figures.warnings:
        warn(warning)
    counted = figures.who(who) if who else figures
    if form == "json":
        text = json.dumps(counted.to_json_object(), ensure_ascii=False, indent=2)
    elif form == "csv":
        text = counted.to_csv()
    else:
        text = counted.to_text()
    deliver(text, output, for_excel=form == "csv")
