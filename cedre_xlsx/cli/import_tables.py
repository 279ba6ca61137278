"""`import`: a team's tables and the platform's exports poured into its workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.cli.french import confirmed
from cedre_xlsx.cli.options import PATH, date_option

if TYPE_CHECKING:
    from cedre_xlsx.api.importing import Import, Imported
    from cedre_xlsx.intake.mapping import MappedTable
    from cedre_xlsx.intake.plan import CellFill, ImportPlan, PlannedRow, ToSee

T = TypeVar("T")
#: Lines of a group that are shown without --all.
SHOWN = 20


@click.command(
    "import",
    epilog="Exemple : cedre-xlsx import candidatures-2026-11.xlsx suivi.xlsx\n\n"
    "Rien n'est effacé : des lignes s'ajoutent, des cellules vides se remplissent. Une cellule "
    "déjà remplie qui dirait autre chose n'est changée qu'avec --yes, ou --replace NOM. "
    "Recommencer n'ajoute rien. Coordonnées, adresses, numéros personnels et salaires ne sont "
    "jamais repris ; d'une date de naissance, seule l'année.",
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PATH)
@click.argument("workbook", metavar="FICHIER", type=PATH)
@click.option("--sheet", metavar="FEUILLE", help="Ne lire que cette feuille des sources.")
@click.option(
    "--map",
    "mapping",
    metavar="TOML",
    type=PATH,
    help="Où vont les colonnes, corrigé par vous : la commande écrit d'abord ce fichier.",
)
@date_option
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
@click.option("--yes", is_flag=True, help="Tout faire sans demander, remplacements compris.")
@click.option(
    "--replace",
    metavar="NOM",
    multiple=True,
    help="Remplacer les cellules déjà remplies de cette personne ; peut être répété.",
)
@click.option("--all", "show_all", is_flag=True, help="Montrer toutes les lignes.")
@click.option("-o", "--output", metavar="SORTIE", type=PATH, help="Écrire dans ce nouveau fichier.")
@without_collection
def import_tables(
    sources: tuple[Path, ...],
    workbook: Path,
    sheet: str | None,
    mapping: Path | None,
    on: date | None,
    dry_run: bool,
    yes: bool,
    replace: tuple[str, ...],
    show_all: bool,
    output: Path | None,
) -> None:
    """Verser dans le classeur un export de la plateforme, ou vos propres tableaux."""
    from cedre_xlsx.api.importing import apply_import, find_import, replacing
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.files.locks import ensure_writable

    if not dry_run and output is None:
        ensure_writable(workbook)
    with patience(f"Lecture de {', '.join(one.name for one in sources)}…"):
        found = find_import(sources, workbook, sheet=sheet, mapping=mapping, on=on)
    for line in shown_import(found, None if show_all else SHOWN):
        click.echo(line)
    if dry_run:
        click.echo(f"{workbook} : rien n'est écrit.")
        return
    if found.unsure and not yes:
        _settle_mapping(found, workbook)
    replaces = replacing(found, replace, every=yes)
    if not yes and _somebody() and not found.plan.is_empty and not confirmed("Verser ?"):
        click.echo("Rien n'est écrit.")
        return
    with patience(f"Écriture de {(output or workbook).name}…"):
        done = apply_import(found, replaces=replaces, output=output)
    for warning in done.warnings:
        warn(warning)
    for line in shown_done(done):
        click.echo(line)


def _somebody() -> bool:
    return sys.stdin.isatty()


def _settle_mapping(found: Import, workbook: Path) -> None:
    """Write the proposal where it may be corrected; go on only if someone says that it is right."""
    from cedre_xlsx.files.replace import write_new
    from cedre_xlsx.intake.map_file import map_text
    from cedre_xlsx.schema.errors import CedreError

    path = workbook.with_name(f"{found.tables[0].map.source.file.stem}.correspondances.toml")
    where = f"{path}"
    if path.exists():
        where = f"{path}, qui existait déjà et n'est pas changé"
    else:
        unsure, among = ([one.map for one in some] for some in (found.unsure, found.tables))
        write_new(path, map_text(unsure, among).encode(), overwrite=False)
    click.echo(f"Où vont les colonnes est noté dans {where}.")
    if _somebody() and confirmed("Les colonnes vont-elles au bon endroit ?"):
        return
    raise CedreError(
        f"{workbook} : rien n'est écrit. Relisez {path.name}, corrigez-le, puis relancez avec "
        f'--map "{path}" ; ou avec --yes si tout est juste.'
    )


def shown_import(found: Import, most: int | None) -> Iterator[str]:
    """What was recognised, where columns go, and the four groups."""
    for one in found.tables:
        yield from _shown_table(one)
    yield from found.notes
    yield from _shown_plan(found.plan, most)


def _shown_table(one: MappedTable) -> Iterator[str]:
    source = one.map.source
    yield f"{source.place} : {one.title}, vers {one.map.spec.sheet}."
    if not one.map.form:
        for name, target, samples in one.lines():
            yield f"  {name} → {target}" + (f"   [{samples}]" if samples else "")
    else:
        out: dict[str, list[str]] = {}
        for name, why in one.left_out:
            out.setdefault(why, []).append(name)
        if out:
            yield "  Colonnes non reprises :"
            yield from (f"    {', '.join(names)} : {why}" for why, names in out.items())
    if source.left:
        yield f"  Lignes du fichier qui n'en sont pas ({len(source.left)}) :"
        lines = (
            f"{source.row_place(row.number)} : « {row.text} », {row.why}" for row in source.left
        )
        yield from _some(lines, SHOWN)
    if one.read.taken_out:
        yield "  Retirés des textes :"
        yield from _some(one.read.taken_out, SHOWN)


def _shown_plan(plan: ImportPlan, most: int | None) -> Iterator[str]:
    groups: tuple[tuple[str, Sequence[PlannedRow | CellFill | ToSee]], ...] = (
        ("À créer :", plan.rows),
        ("À mettre à jour, cellules vides :", plan.fills),
        (
            "À mettre à jour, cellules déjà remplies (seulement avec --yes, ou --replace NOM) :",
            plan.changes,
        ),
        ("À voir :", plan.to_see),
        ("À savoir :", plan.remarks),
    )
    if plan.columns:
        yield "Colonnes ajoutées :"
        yield from _some((f"{_sheet(one.table)} : {one.heading}" for one in plan.columns), most)
    for title, found in groups:
        if found:
            yield title
            yield from _some(found, most, attrgetter("line"))
    yield f"{plan.totals}."


def _sheet(table: str) -> str:
    from cedre_xlsx.intake.targets import SPECS

    return SPECS[table].sheet


def _some(lines: Iterable[T], most: int | None, told: Callable[[T], str] = str) -> Iterator[str]:
    """The first lines, and how many more there are."""
    kept = list(lines)
    shown = kept if most is None or len(kept) <= most + 1 else kept[:most]
    yield from (f"  {told(line)}" for line in shown)
    if len(shown) < len(kept):
        yield f"  … et {len(kept) - len(shown)} autres (--all les montre)"


def shown_done(done: Imported) -> Iterator[str]:
    """What was written, and what was left."""
    yield done.sentence
    if done.kept:
        from cedre_xlsx.method.french import counted

        count = counted(len(done.kept), "cellule déjà remplie", "cellules déjà remplies")
        yield f"{count} : rien n'y est changé."
    if done.left:
        yield "Non écrit :"
        yield from _some(done.left, None)
