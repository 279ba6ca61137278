"""`retention`: whose data are kept too long, told; the letter to them; made anonymous if asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.french import confirmed
from cedre_xlsx.cli.options import PATH, date_option, workbook_argument
from cedre_xlsx.cli.output import NOTHING, warn
from cedre_xlsx.cli.progress import patience
from cedre_xlsx.method.french import listed
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from cedre_xlsx.api.retaining import Anonymisation, Anonymised, RetentionFound


@click.command(
    epilog="Exemples : cedre-xlsx retention suivi.xlsx\n\n"
    "cedre-xlsx retention suivi.xlsx --notice -o lettres\n\n"
    "cedre-xlsx retention suivi.xlsx --apply\n\n"
    "Sans --notice ni --apply, rien n'est écrit. Une personne dont un engagement, un contrat, un "
    "PASS ou une mission court, ou que À garder jusqu'au retient, est gardée et dite ; ce qui "
    "n'est pas clair est à vérifier d'abord."
)
@workbook_argument
@date_option
@click.option(
    "--notice", is_flag=True, help="Les lettres aux personnes, en PDF (extra « pdf »), une page."
)
@click.option(
    "--person",
    "people",
    metavar="NOM",
    multiple=True,
    help="Avec --notice : la lettre de cette personne seule ; peut être répété.",
)
@click.option("--apply", "to_apply", is_flag=True, help="Rendre anonymes, après avoir demandé.")
@click.option("--dry-run", is_flag=True, help="Avec --apply : montrer, sans rien écrire.")
@click.option("--yes", is_flag=True, help="Avec --apply : ne rien demander, sans copie d'avant.")
@click.option(
    "--copy/--no-copy",
    "copy",
    default=None,
    help="Avec --apply : garder d'abord, ou non, une copie, qui a encore les noms ; sinon demandé.",
)
@click.option(
    "--own-sheets",
    is_flag=True,
    help="Avec --apply : mettre les codes aussi dans les feuilles de l'équipe ; sinon demandé.",
)
@click.option("--force", is_flag=True, help="Avec --notice : remplacer les PDF qui existent déjà.")
@click.option(
    "-o",
    "--output",
    metavar="SORTIE",
    type=PATH,
    help="Avec --notice, le dossier des lettres ; avec --apply, un nouveau classeur, celui d'avant "
    "restant tel quel.",
)
def retention(
    workbook: Path,
    on: date | None,
    notice: bool,
    people: tuple[str, ...],
    to_apply: bool,
    dry_run: bool,
    yes: bool,
    copy: bool | None,
    own_sheets: bool,
    force: bool,
    output: Path | None,
) -> None:
    """Dire de qui les données sont gardées trop longtemps ; prévenir ; rendre anonyme."""
    if notice and to_apply:
        raise click.UsageError("--notice et --apply vont l'un après l'autre : prévenir d'abord.")
    if (people or force) and not notice:
        raise click.UsageError("--person et --force ne vont qu'avec --notice.")
    if (yes or dry_run or own_sheets or copy is not None) and not to_apply:
        raise click.UsageError(
            "--yes, --dry-run, --own-sheets, --copy et --no-copy ne vont qu'avec --apply."
        )
    if output is not None and not (notice or to_apply):
        raise click.UsageError("-o ne va qu'avec --notice ou --apply.")
    if copy and output is not None:
        raise click.UsageError("--copy ne va pas avec -o : le classeur d'avant reste tel quel.")
    if notice:
        _print_notices(workbook, people, output, on=on, force=force)
    elif to_apply:
        _apply(workbook, output, on=on, dry_run=dry_run, yes=yes, copy=copy, own_sheets=own_sheets)
    else:
        _tell(workbook, on)


def _tell(workbook: Path, on: date | None) -> None:
    from cedre_xlsx import api

    with patience(f"Lecture de {workbook.name}…"):
        found = api.find_retention(workbook, on=on)
    _show(found)


def _show(found: RetentionFound) -> None:
    for warning in found.warnings:
        warn(warning)
    click.echo(found.head)
    click.echo(found.sentence)
    for line in found.lines:
        click.echo(line)


def _print_notices(
    workbook: Path, people: tuple[str, ...], folder: Path | None, *, on: date | None, force: bool
) -> None:
    from cedre_xlsx import api

    if folder is None:
        raise click.UsageError("--notice demande un dossier pour les lettres : -o DOSSIER.")
    with patience("Mise en page des lettres…"):
        done = api.print_notices(workbook, folder=folder, people=people, on=on, force=force)
    for warning in done.warnings:
        warn(warning)
    if not done.paths:
        click.get_current_context().meta[NOTHING] = True
        click.echo("Personne à prévenir : aucune lettre n'est écrite.")
    for path in done.paths:
        click.echo(f"Écrit : {path}")
    for path in done.undrawn:
        warn(f"{path.name} contient un signe que la police n'a pas : une case barrée le remplace.")


def _apply(
    workbook: Path,
    output: Path | None,
    *,
    on: date | None,
    dry_run: bool,
    yes: bool,
    copy: bool | None,
    own_sheets: bool,
) -> None:
    """Show what would be written, ask, and write it."""
    from cedre_xlsx import api

    def consent(titles: Sequence[str]) -> Sequence[str]:
        if own_sheets or (not yes and not dry_run and _somebody() and _may_clean(titles)):
            return titles
        return ()

    with patience(f"Lecture de {workbook.name}…"):
        found = api.find_anonymisation(
            workbook, on=on, output=output, tell=_progress, consent=consent
        )
    _show(found.found)
    if found.made is None:
        click.get_current_context().meta[NOTHING] = True
        click.echo("Personne à rendre anonyme : rien n'est écrit.")
        return
    click.echo("")
    click.echo(f"Serait rendu anonyme : {found.sentence}")
    if dry_run:
        _details(found.made.sentences, found.made.left)
        click.echo("Rien n'est écrit.")
        return
    if not yes and not _somebody():
        raise CedreError(
            f"{workbook} : rien n'est écrit, et personne n'est là pour répondre. Relisez la liste, "
            "puis recommencez avec --yes."
        )
    copy = _wants_copy(found, yes=yes, copy=copy)
    if not yes and not _agreed(found):
        click.echo("Rien n'est écrit.")
        return
    with patience(f"Écriture de {(output or workbook).name}…"):
        done = api.apply_anonymisation(found, copy=copy)
    _show_done(done, workbook)


def _may_clean(titles: Sequence[str]) -> bool:
    named = listed([f"« {title} »" for title in titles])
    which = "la feuille" if len(titles) == 1 else "les feuilles"
    return confirmed(
        f"Ces noms sont aussi dans {which} de l'équipe : {named}. Y mettre les codes à leur place ?"
    )


def _wants_copy(found: Anonymisation, *, yes: bool, copy: bool | None) -> bool:
    """Whether the workbook as it was is kept first: as asked by option, else asked here."""
    if found.target is not None:
        return False
    if copy is not None:
        return copy
    return not yes and confirmed(
        f"Garder d'abord une copie, {found.copy.name} ? Elle aurait encore tous les noms : à "
        "supprimer une fois tout relu, ou à mettre sous clé."
    )


def _agreed(found: Anonymisation) -> bool:
    count = len(found.found.due)
    these = "cette personne" if count == 1 else f"ces {count} personnes"
    return confirmed(f"Rendre anonymes les données de {these} ? Rien ne permet d'y revenir.")


def _show_done(done: Anonymised, workbook: Path) -> None:
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
    _details(done.sentences, done.left)
    if done.copy is not None:
        warn(f"{done.copy} a encore tous les noms : supprimez cette copie, ou mettez-la sous clé.")
    if done.path != workbook:
        warn(f"{workbook} reste tel quel, avec tous les noms.")


def _details(sentences: tuple[str, ...], left: tuple[str, ...]) -> None:
    for line in sentences:
        click.echo(f"  {line}")
    if left:
        click.echo("Reste, à voir vous-même :")
        for line in left:
            click.echo(f"  {line}")


def _somebody() -> bool:
    return sys.stdin.isatty()


def _progress(sentence: str) -> None:
    """What is being done, for a person who waits."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)
