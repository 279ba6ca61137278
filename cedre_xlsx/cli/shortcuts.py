"""`shortcuts`: files to double-click, for those who never open a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import PATH

if TYPE_CHECKING:
    from cedre_xlsx.api.launching import Shortcuts


@click.command(
    epilog="Exemple : cedre-xlsx shortcuts suivi.xlsx --to Bureau\n\n"
    "Chaque fichier ouvre ce qu'il a fait, et garde sa fenêtre ouverte si quelque chose n'a pas "
    "marché. Un autre classeur déposé sur « Vérifier » est contrôlé à la place (sauf sous macOS)."
)
@click.argument("workbook", metavar="CLASSEUR", type=PATH)
@click.option(
    "--to",
    "folder",
    metavar="DOSSIER",
    type=PATH,
    help="Où les écrire, créé s'il n'existe pas (à côté du classeur par défaut).",
)
@click.option(
    "--system",
    type=click.Choice(["windows", "macos", "linux"]),
    help="Pour quel système (celui-ci par défaut).",
)
@click.option("--force", is_flag=True, help="Remplacer les fichiers qui existent déjà.")
def shortcuts(workbook: Path, folder: Path | None, system: str | None, force: bool) -> None:
    """Écrire des fichiers à double-cliquer.

    Vérifier, Actualiser, Statistiques, Imprimer les conventions, Ouvrir CEDRE : à côté du
    classeur, pour les collègues qui n'ouvrent jamais un terminal.
    """
    from cedre_xlsx import api

    made = api.shortcuts(workbook, folder=folder, system=system, force=force)
    for path in made.paths:
        click.echo(f"Écrit : {path}")
    click.echo(_advice(made))


def _advice(made: Shortcuts) -> str:
    if made.elsewhere:
        return "À faire sur l'ordinateur où ils serviront : y installer cedre-xlsx."
    match made.system:
        case "linux":
            return (
                "Pour s'en servir : double-clic sur un .desktop ; si rien ne se passe, clic "
                "droit, puis « Autoriser le lancement »."
            )
        case "macos":
            return "Pour s'en servir : double-clic. macOS ne laisse pas y déposer un fichier."
        case _:
            return "Pour s'en servir : double-clic ; un classeur déposé dessus est pris à la place."
