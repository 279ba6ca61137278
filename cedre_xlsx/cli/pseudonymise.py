"""`pseudonymise`: a copy without names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, date_option, workbook_argument

_SHOWN = 10


@click.command(
    epilog="Exemple : cedre-xlsx pseudonymise suivi.xlsx -o formation.xlsx\n\n"
    "La copie est un classeur neuf, rempli de noms et de textes inventés : le contrôle y dit la "
    "même chose, aux mêmes cellules. C'est une copie sous pseudonymes, pas une copie anonyme : qui "
    "connaît la personne peut encore la reconnaître. Vos propres colonnes n'y sont que si "
    "Paramètres dit ce qu'elles contiennent. Sans --key, personne ne peut revenir aux noms."
)
@workbook_argument
@click.option(
    "-o", "--output", metavar="COPIE", type=PATH, required=True, help="La copie à écrire."
)
@click.option(
    "--key",
    metavar="FICHIER",
    type=PATH,
    help="Écrire qui est qui dans ce fichier (CSV), dans un autre dossier que la copie.",
)
@click.option("--key-beside", is_flag=True, help="Accepter la clé dans le dossier de la copie.")
@date_option
@click.option("--force", is_flag=True, help="Remplacer la copie si elle existe ; jamais la clé.")
def pseudonymise(
    workbook: Path,
    output: Path,
    key: Path | None,
    key_beside: bool,
    on: date | None,
    force: bool,
) -> None:
    """Faire une copie sans noms, pour une formation, une aide ou une recherche."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience

    with patience(f"Copie de {workbook.name}…"):
        done = api.pseudonymise(
            workbook, output, key=key, key_beside=key_beside, on=on, force=force
        )
    for sentence in done.sentences:
        click.echo(sentence)
    if done.dropped:
        click.echo("Vos colonnes qui n'y sont pas (Paramètres, Colonnes de l'équipe) :")
        for one in done.dropped:
            click.echo(f"  {one}")
    for line in done.unlike[:_SHOWN]:
        warn(line)
    if len(done.unlike) > _SHOWN:
        warn(f"{len(done.unlike) - _SHOWN} autres constats ne sont pas les mêmes.")
