"""`fix`: safe repairs of cells, shown first."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import date_option, workbook_argument


@click.command(
    epilog='Exemple : cedre-xlsx fix suivi.xlsx --rename "Durand Lise" "Martin Lise"\n\n'
    "Ne sont réparés que les dates tapées en texte, les écritures d'une valeur de liste ou d'un "
    "nom, les espaces en trop, les types en toutes lettres, la catégorie d'une sortie d'après son "
    "motif, les listes et les formules qu'un collage a effacées. Rien d'ambigu n'est touché."
)
@workbook_argument
@date_option
@click.option("--dry-run", is_flag=True, help="Montrer les réparations, sans rien écrire.")
@click.option("--yes", is_flag=True, help="Réparer sans demander.")
@click.option(
    "--rename",
    metavar="ANCIEN NOUVEAU",
    nargs=2,
    default=None,
    help="Reporter dans les autres feuilles un nom changé dans Personnes.",
)
def fix(
    workbook: Path,
    on: date | None,
    dry_run: bool,
    yes: bool,
    rename: tuple[str, str] | None,
) -> None:
    """Réparer ce qui peut l'être sans risque, cellule par cellule."""
    from cedre_xlsx.api.fixing import apply_repairs, find_repairs
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.schema.errors import CedreError

    with patience(f"Lecture de {workbook.name}…"):
        found = find_repairs(workbook, on=on, rename=rename)
    if not found.items:
        click.echo(f"{workbook} : rien à réparer.")
        return
    for repair in found.items:
        click.echo(repair.line)
    if dry_run:
        click.echo(f"{len(found.items)} à faire ; rien n'est écrit.")
        return
    if not yes:
        if not sys.stdin.isatty():
            raise CedreError("Personne n'est là pour répondre : ajoutez --yes, ou --dry-run.")
        if not click.confirm(f"Faire ces {len(found.items)} réparations ?"):
            click.echo("Rien n'est écrit.")
            return
    done = apply_repairs(found)
    click.echo(done.sentence)
    for repair in done.left:
        click.echo(f"  laissé : {repair.line}")
