"""`consolidate`: several workbooks, or parts of structures, as one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, YEAR, date_option, force_option

#: Files that are named one by one when they are left out.
_SHOWN = 20


@click.command(
    epilog="Exemples : cedre-xlsx consolidate antennes/ -o association.xlsx\n\n"
    'cedre-xlsx consolidate chiffres/*.json -o reseau.xlsx --own "Atelier de l\'Aube"\n\n'
    "Un fichier qui ne peut pas être lu est nommé, avec la raison ; les autres sont comptés. "
    "Avec --scheduler, les fichiers sont envoyés aux machines du cluster, noms compris pour des "
    "classeurs : il doit être le vôtre."
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="CLASSEUR",
    required=True,
    type=PATH,
    help="Le classeur à écrire (.xlsx).",
)
@click.option(
    "--year",
    "years",
    metavar="AAAA",
    multiple=True,
    type=YEAR,
    help="Année à compter ; peut être répété (pour des classeurs, celle de la date par défaut ; "
    "pour des fichiers de chiffres, toutes).",
)
@date_option
@click.option(
    "--public",
    is_flag=True,
    help="Pour publier : taire les petits nombres (seuil de Paramètres), ce qui les donnerait et "
    "les noms.",
)
@click.option(
    "--with-sensitive",
    is_flag=True,
    help="Avec --public : garder la santé et la justice (RQTH, AAH, freins).",
)
@click.option(
    "--own",
    metavar="STRUCTURE",
    default="",
    help="Votre structure parmi les fichiers de chiffres (nom ou SIRET), pour situer les vôtres.",
)
@click.option(
    "--workers",
    metavar="N",
    type=int,
    help="Combien de processus lisent les fichiers (par défaut, autant que de processeurs).",
)
@click.option(
    "--scheduler",
    metavar="ADRESSE",
    default="",
    help="Faire lire les fichiers par un cluster Dask (tcp://serveur:8786).",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Garder ce qui est compté à côté du résultat, et reprendre une commande interrompue.",
)
@force_option
def consolidate(
    sources: tuple[Path, ...],
    output: Path,
    years: tuple[int, ...],
    on: date | None,
    public: bool,
    with_sensitive: bool,
    own: str,
    workers: int | None,
    scheduler: str,
    resume: bool,
    force: bool,
) -> None:
    """Compter plusieurs classeurs, ou les chiffres de plusieurs structures, comme un seul.

    SOURCE : des classeurs (les antennes d'une association), ou des fichiers de chiffres .json que
    des structures ont faits avec « share » ; des dossiers, des motifs (« antennes/*.xlsx »).
    """
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import counting
    from cedre_xlsx.federation.kept import kept_path

    if with_sensitive and not public:
        raise click.UsageError("--with-sensitive ne va qu'avec --public.")
    try:
        with counting("Lecture des fichiers") as progress:
            done = api.consolidate(
                sources, output, years=years, on=on, public=public,
                with_sensitive=with_sensitive, own=own, workers=workers,
                scheduler=scheduler, resume=resume, force=force, progress=progress,
            )  # fmt: skip
    except KeyboardInterrupt:
        if resume and kept_path(output).exists():
            click.echo(
                f"Ce qui est compté est gardé dans {kept_path(output)}, lisible par vous seul : "
                "recommencez la même commande, ou supprimez ce fichier.",
                err=True,
            )
        raise
    for one in done.left_out[:_SHOWN]:
        warn(one.sentence)
    if len(done.left_out) > _SHOWN:
        warn(f"{len(done.left_out) - _SHOWN} autres laissés : l'onglet Fichiers les nomme.")
    for warning in done.warnings:
        warn(warning)
    click.echo(done.sentence)
