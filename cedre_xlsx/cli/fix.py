"""`fix`: safe repairs of cells, shown first."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.french import confirmed
from cedre_xlsx.cli.options import date_option, workbook_argument

if TYPE_CHECKING:
    from cedre_xlsx.api.fixing import Repairs


class _FixCommand(click.Command):
    """Says in its help what is repaired, as the repairs themselves have it."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is repaired, by the rule that finds it, then the example."""
        from cedre_xlsx.workbook.repair.claims import CLAIMS, UNSEEN

        with formatter.section("Ce qui est réparé "):
            formatter.write_dl([(claim.code, claim.when) for claim in CLAIMS])
            formatter.write_dl([("-", what) for what in UNSEEN])
        super().format_epilog(ctx, formatter)


@click.command(
    cls=_FixCommand,
    epilog='Exemple : cedre-xlsx fix suivi.xlsx --rename "Durand Lise" "Martin Lise"\n\n'
    "Rien d'ambigu n'est touché : ce qui peut se lire de deux façons est laissé, et dit.",
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
    from cedre_xlsx.cli.output import warn
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.files.locks import ensure_writable

    if not dry_run:
        ensure_writable(workbook)
    with patience(f"Lecture de {workbook.name}…"):
        found = find_repairs(workbook, on=on, rename=rename)
    _show(found, rename)
    if not found.items:
        click.echo(f"{workbook} : rien à réparer.")
    elif dry_run:
        click.echo(f"{len(found.items)} à faire ; rien n'est écrit.")
    elif yes or _agreed(len(found.items)):
        done = apply_repairs(found)
        for warning in done.warnings:
            warn(warning)
        click.echo(done.sentence)
    else:
        click.echo("Rien n'est écrit.")


def _show(found: Repairs, rename: tuple[str, str] | None) -> None:
    """The repairs, then what is left to the person at the keyboard."""
    from cedre_xlsx.workbook.repair.model import RENAMED

    for repair in found.items:
        click.echo(repair.line)
    if rename and not any(repair.why == RENAMED for repair in found.items):
        click.echo(f"Aucune ligne au nom de « {rename[0]} » dans les feuilles que vous remplissez.")
    if found.left_lines:
        click.echo("Laissé tel quel, à voir vous-même :")
        for line in found.left_lines:
            click.echo(f"  {line}")


def _agreed(count: int) -> bool:
    from cedre_xlsx.schema.errors import CedreError

    if not sys.stdin.isatty():
        raise CedreError("Personne n'est là pour répondre : ajoutez --yes, ou --dry-run.")
    question = f"Faire ces {count} réparations ?" if count > 1 else "Faire cette réparation ?"
    return confirmed(question)
