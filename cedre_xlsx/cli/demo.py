"""`demo`: a small association in a workbook, made, checked, refreshed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, date_option


@click.command(epilog="Exemple : cedre-xlsx demo essai")
@click.argument("folder", metavar="[DOSSIER]", type=PATH, default=Path("demo-cedre"))
@date_option
def demo(folder: Path, on: date | None) -> None:
    """Fabriquer un classeur d'exemple, le contrôler et l'actualiser.

    L'association et les personnes sont inventées. Le dossier est « demo-cedre » par défaut ; un
    classeur qui s'y trouve déjà n'est jamais remplacé.
    """
    from cedre_xlsx import api
    from cedre_xlsx.cli.progress import patience

    with patience("Fabrication du classeur d'exemple…"):
        made = api.demo(folder, on=on)
    for line in made.lines:
        click.echo(line)
