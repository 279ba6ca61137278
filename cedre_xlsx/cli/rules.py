"""`rules`: every check, or one explained."""

from __future__ import annotations

import click

from cedre_xlsx.cli.options import complete_codes


@click.command(epilog="Exemple : cedre-xlsx rules SUI03")
@click.argument("code", metavar="[CODE]", required=False, shell_complete=complete_codes)
def rules(code: str | None) -> None:
    """Lister les règles du contrôle, ou en expliquer une."""
    from cedre_xlsx import api
    from cedre_xlsx.rules.docs import render_rule

    if code:
        click.echo(render_rule(api.rule(code)))
        return
    for rule in api.rules():
        click.echo(f"{rule.code}  {rule.severity.label:<13}  {rule.name}")
