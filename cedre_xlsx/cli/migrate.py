"""`migrate`: a team's old tables become a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import PATH, date_option

if TYPE_CHECKING:
    from cedre_xlsx.intake.targets import TableMap


@click.command(
    epilog="Exemple : cedre-xlsx migrate suivi-2025.xlsx liste.xlsx -o suivi.xlsx\n\n"
    "Les anciens fichiers ne sont pas touchés. Chaque ligne lue est versée, ou à voir avec la "
    "raison : le fichier « … - reprise.csv » dit d'où vient et où va chacune. Où vont les colonnes "
    "se corrige avec --map : la commande écrit d'abord ce fichier."
)
@click.argument("sources", metavar="ANCIEN...", nargs=-1, required=True, type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="NOUVEAU",
    type=PATH,
    help="Le classeur à créer (par défaut : « CEDRE - » et le nom du premier fichier).",
)
@click.option("--structure", metavar="NOM", default="", help="Nom de la structure.")
@click.option(
    "--kind",
    metavar="[AI|ETTI|ACI|EI|EITI]",
    type=click.Choice(["AI", "ETTI", "ACI", "EI", "EITI"], case_sensitive=False),
    help="Type de structure.",
)
@click.option("--sheet", metavar="FEUILLE", help="Ne lire que cette feuille.")
@click.option(
    "--map", "mapping", metavar="TOML", type=PATH, help="Où vont les colonnes, corrigé par vous."
)
@date_option
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
@click.option("--all", "show_all", is_flag=True, help="Montrer toutes les lignes.")
def migrate(
    sources: tuple[Path, ...],
    output: Path | None,
    structure: str,
    kind: str | None,
    sheet: str | None,
    mapping: Path | None,
    on: date | None,
    dry_run: bool,
    show_all: bool,
) -> None:
    """Faire un classeur à partir de vos anciens tableaux."""
    from cedre_xlsx.api.migrating import apply_migration, find_migration
    from cedre_xlsx.cli.import_tables import SHOWN, shown_import
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience

    target = output or sources[0].parent / f"CEDRE - {sources[0].stem}.xlsx"
    with patience(f"Lecture de {', '.join(one.name for one in sources)}…"):
        found = find_migration(
            sources, target, structure=structure, kind=kind, sheet=sheet, mapping=mapping, on=on
        )
    for line in shown_import(found, None if show_all else SHOWN):
        click.echo(line)
    if dry_run:
        click.echo("Rien n'est écrit.")
        return
    among = [one.map for one in found.tables]
    maps = [one for one in among if not one.form]
    if mapping is None and maps:
        _write_map(maps, among, target)
    with patience(f"Écriture de {target.name}…"):
        done = apply_migration(found)
    for warning in done.done.warnings:
        warn(warning)
    for one in done.done.left:
        click.echo(f"Non écrit : {one}")
    click.echo(f"{done.path} : {done.sentence}.")
    click.echo(f"D'où vient et où va chaque ligne : {done.report}")
    click.echo(f'À faire : ouvrir le classeur, puis cedre-xlsx check "{done.path}"')


def _write_map(maps: Sequence[TableMap], among: Sequence[TableMap], target: Path) -> None:
    """Leave the mapping beside the workbook, to be corrected for another try."""
    from cedre_xlsx.files.replace import write_new
    from cedre_xlsx.intake.map_file import map_text

    path = target.with_name(f"{target.stem}.correspondances.toml")
    if not path.exists():
        write_new(path, map_text(maps, among).encode(), overwrite=False)
    click.echo(
        f"Où vont les colonnes est noté dans {path} : si l'une est mal placée, corrigez-le, "
        "effacez le classeur et son rapport, et recommencez avec --map."
    )
