"""`new`: an empty workbook."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, packs_option


@click.command(epilog='Exemple : cedre-xlsx new suivi.xlsx --structure "Mon association" --kind AI')
@click.argument("path", metavar="FICHIER", type=PATH)
@click.option("--structure", metavar="NOM", default="", help="Nom de la structure.")
@click.option(
    "--kind",
    metavar="[AI|ETTI|ACI|EI|EITI]",
    type=click.Choice(["AI", "ETTI", "ACI", "EI", "EITI"], case_sensitive=False),
    help="Type de structure.",
)
@click.option(
    "--advisor",
    "advisors",
    metavar="NOM",
    multiple=True,
    help="Un accompagnateur ; à répéter pour chacun.",
)
@click.option("--logo", metavar="IMAGE", type=PATH, help="Logo imprimé sur la convention.")
@packs_option
@click.option("--force", is_flag=True, help="Remplacer un fichier qui existe déjà.")
def new(
    path: Path,
    structure: str,
    kind: str | None,
    advisors: tuple[str, ...],
    logo: Path | None,
    packs: tuple[str, ...],
    force: bool,
) -> None:
    """Créer un classeur vide, prêt à remplir."""
    from cedre_xlsx import api

    made = api.new(
        path,
        structure=structure,
        kind=kind,
        advisors=advisors,
        logo=logo,
        packs=packs,
        force=force,
    )
    click.echo(f"Classeur créé : {made}")
    click.echo("À faire : l'ouvrir, lire la feuille Accueil, remplir Paramètres puis Personnes.")
