"""`compare`: what differs between two copies of a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, force_option, output_option


@click.command(
    epilog="Exemple : cedre-xlsx compare suivi.xlsx 'suivi (copie en conflit).xlsx'\n\n"
    "La page à lire ensemble : cedre-xlsx compare avant.xlsx apres.xlsx --format html "
    "-o changements.html\n\n"
    "Code de retour : 0 comparé, que quelque chose ait changé ou non ; 2 impossible."
)
@click.argument("before", metavar="AVANT", type=PATH)
@click.argument("after", metavar="APRES", type=PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    help="text pour lire (par défaut), html pour une page, json pour un programme.",
)
@click.option("--person", metavar="NOM", default="", help="Seulement cette personne.")
@click.option("--advisor", metavar="NOM", default="", help="Seulement cet accompagnateur.")
@output_option("Écrire le résultat dans ce fichier.")
@force_option
def compare(
    before: Path,
    after: Path,
    form: str,
    person: str,
    advisor: str,
    output: Path | None,
    force: bool,
) -> None:
    """Dire ce qui diffère entre deux copies d'un classeur.

    Ce qui a été ajouté, supprimé ou changé de AVANT à APRES, personne par personne et cellule par
    cellule, quel que soit l'ordre des lignes et des colonnes. Rien n'est écrit dans les classeurs.
    """
    import json

    from cedre_xlsx import api
    from cedre_xlsx.cli.output import deliver, refuse_output
    from cedre_xlsx.cli.progress import patience

    refuse_output(output, (before, after), kind=("compare", form), force=force)
    with patience(f"Lecture et comparaison de {before.name} et {after.name}…"):
        found = api.compare(before, after, person=person, advisor=advisor)
    if form == "json":
        text = json.dumps(found.to_json_object(), ensure_ascii=False, indent=2)
    else:
        text = found.to_html() if form == "html" else found.to_text()
    deliver(text, output)
