"""`merge`: copies of a workbook put together; then what was left is chosen."""

from __future__ import annotations

from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, output_option


@click.command(
    epilog='Exemples : cedre-xlsx merge suivi.xlsx "suivi (copie en conflit).xlsx" -o ensemble.xlsx'
    "\n\ncedre-xlsx merge --apply ensemble.xlsx\n\n"
    "Le résultat commence comme le premier fichier ; ce que les autres ont de plus y est repris, "
    "ligne par ligne et cellule par cellule. Une cellule changée des deux côtés reste comme dans "
    "le premier : la feuille Fusion montre les deux valeurs, on y choisit, et --apply finit. Les "
    "fichiers donnés ne changent pas."
)
@click.argument("workbooks", metavar="A [B]…", nargs=-1, required=True, type=PATH)
@click.option(
    "--base",
    metavar="FICHIER",
    type=PATH,
    help="Une copie d'avant, dont les autres viennent : ce que chacun a changé est alors sûr.",
)
@output_option("Le fichier à écrire ; il ne doit pas exister.")
@click.option(
    "--apply",
    "is_end",
    is_flag=True,
    help="Écrire ce qui a été choisi dans la feuille Fusion du classeur.",
)
@click.option("--dry-run", is_flag=True, help="Montrer ce qui serait fait, sans rien écrire.")
@click.option(
    "--force", is_flag=True, help="Fusionner même si presque personne n'est dans les deux fichiers."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="Ce qui est dit à l'écran : text (par défaut) ou json.",
)
def merge(
    workbooks: tuple[Path, ...],
    base: Path | None,
    output: Path | None,
    is_end: bool,
    dry_run: bool,
    force: bool,
    form: str,
) -> None:
    """Réunir des copies d'un classeur, sans rien écraser."""
    import json

    from cedre_xlsx import api
    from cedre_xlsx.cli.output import NOTHING, warn
    from cedre_xlsx.cli.progress import patience

    done: api.Merged | api.MergeApplied
    _refuse_mixed(workbooks, base, output, is_end=is_end, force=force)
    with patience(f"Lecture de {workbooks[0].name}…"):
        if is_end:
            done = api.merge_apply(workbooks[0], dry_run=dry_run)
        else:
            assert output is not None
            done = api.merge(
                workbooks[0],
                workbooks[1:],
                output=output,
                base=base,
                dry_run=dry_run,
                force=force,
            )
    if isinstance(done, api.MergeApplied) and not done.applied:
        click.get_current_context().meta[NOTHING] = True
    for warning in done.warnings:
        warn(warning)
    if form == "json":
        click.echo(json.dumps(done.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(done.to_text())


def _refuse_mixed(
    workbooks: tuple[Path, ...],
    base: Path | None,
    output: Path | None,
    *,
    is_end: bool,
    force: bool,
) -> None:
    """Raise UsageError for what does not go together."""
    if is_end:
        if len(workbooks) > 1:
            raise click.UsageError("--apply se fait sur un seul classeur, celui qui a la feuille "
                                   "Fusion.")  # fmt: skip
        if base is not None or output is not None or force:
            raise click.UsageError("--apply va sans --base, ni -o, ni --force.")
        return
    if len(workbooks) < 2:
        raise click.UsageError("Donnez au moins deux classeurs : A, puis ceux qui s'y ajoutent.")
    if output is None:
        raise click.UsageError("Donnez le nom du fichier à écrire après -o.")
