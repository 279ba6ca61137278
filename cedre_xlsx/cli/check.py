"""`check`: what is missing, late or inconsistent, before the meeting."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from cedre_xlsx.cli.options import PATH, date_option, output_option

FOUND = 1


@click.command(
    epilog="Exemple : cedre-xlsx check suivi.xlsx --severity warning\n\n"
    "Code de retour : 0 rien à signaler, 1 des constats, 2 contrôle impossible."
)
@click.argument("workbooks", metavar="FICHIER...", type=PATH, nargs=-1, required=True)
@date_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "github"]),
    default="text",
    help="text pour lire (par défaut), csv pour un tableur, json ou github pour un programme.",
)
@click.option("--select", metavar="CODES", default="", help="Seulement ces règles : SUI,PER06.")
@click.option("--ignore", metavar="CODES", default="", help="Sans ces règles : LEC09,DCP.")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    help="Gravité la plus faible montrée : error, warning ou info (par défaut).",
)
@click.option("--person", metavar="NOM", default="", help="Seulement cette personne.")
@click.option("--advisor", metavar="NOM", default="", help="Seulement cet accompagnateur.")
@click.option("--statistics", is_flag=True, help="Compter les constats par règle.")
@output_option("Écrire le résultat dans ce fichier.")
def check(
    workbooks: tuple[Path, ...],
    on: date | None,
    form: str,
    select: str,
    ignore: str,
    severity: str,
    person: str,
    advisor: str,
    statistics: bool,
    output: Path | None,
) -> int:
    """Contrôler un ou plusieurs classeurs, sans rien y écrire."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.findings_text import render_reports
    from cedre_xlsx.cli.output import deliver
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.reports.findings.github import github_report
    from cedre_xlsx.reports.findings.json_object import json_object
    from cedre_xlsx.reports.findings.table import csv_report

    reports = []
    for path in workbooks:
        with patience(f"Lecture de {path.name}…"):
            reports.append(
                api.check(
                    path,
                    on=on,
                    select=_codes(select),
                    ignore=_codes(ignore),
                    severity=severity,
                    person=person,
                    advisor=advisor,
                )
            )
    if form == "csv":
        deliver(csv_report(reports), output, inputs=workbooks)
    elif form == "github":
        deliver(github_report(reports), output, inputs=workbooks)
    elif form == "json":
        objects = [json_object(report) for report in reports]
        text = json.dumps(
            objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2
        )
        deliver(text, output, inputs=workbooks)
    else:
        colour = output is None and _is_terminal()
        text = render_reports(reports, statistics=statistics, colour=colour)
        deliver(text, output, inputs=workbooks)
    return FOUND if any(report.counts_as_found for report in reports) else 0


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.replace(",", " ").split() if code)


def _is_terminal() -> bool:
    import os
    import sys

    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
