"""`check`: what is missing, late or inconsistent, before the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cedre_xlsx.cli.options import (
    PATH,
    SEVERITY,
    complete_codes,
    date_option,
    force_option,
    output_option,
)

if TYPE_CHECKING:
    from cedre_xlsx.reports.findings.report import Report

FOUND = 1


@click.command(
    epilog="Exemple : cedre-xlsx check suivi.xlsx --severity avertissement\n\n"
    "Code de retour : 0 rien à signaler, 1 des constats, 2 contrôle impossible."
)
@click.argument("workbooks", metavar="FICHIER...", type=PATH, nargs=-1, required=True)
@date_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "csv", "json", "github", "sarif"]),
    default="text",
    help="text pour lire (par défaut), html pour la réunion, csv pour un tableur, json, github "
    "ou sarif pour un programme.",
)
@click.option(
    "--select",
    metavar="CODES",
    default="",
    shell_complete=complete_codes,
    help="Seulement ces règles : SUI,PER06.",
)
@click.option(
    "--ignore",
    metavar="CODES",
    default="",
    shell_complete=complete_codes,
    help="Sans ces règles : LEC09,DCP.",
)
@click.option(
    "--severity",
    type=SEVERITY,
    metavar="[erreur|avertissement|info]",
    default="info",
    help="Gravité la plus faible montrée : erreur, avertissement ou info (par défaut).",
)
@click.option("--person", metavar="NOM", default="", help="Seulement cette personne.")
@click.option("--advisor", metavar="NOM", default="", help="Seulement cet accompagnateur.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Tout montrer, avec ce qu'il faut faire ; sans elle, les vingt lignes les plus "
    "pressantes. Dans un fichier (-o) et les autres formats, tout y est toujours.",
)
@click.option(
    "--previous",
    metavar="ANCIEN",
    type=PATH,
    help="Le classeur de l'année d'avant : dire ce qu'une correction tardive y a changé depuis que "
    "celui-ci a été commencé (règles ANN).",
)
@click.option("--statistics", is_flag=True, help="Compter les constats par règle.")
@output_option("Écrire le résultat dans ce fichier.")
@force_option
def check(
    workbooks: tuple[Path, ...],
    on: date | None,
    form: str,
    select: str,
    ignore: str,
    severity: str,
    person: str,
    advisor: str,
    everything: bool,
    previous: Path | None,
    statistics: bool,
    output: Path | None,
    force: bool,
) -> int:
    """Contrôler un ou plusieurs classeurs, sans rien y écrire."""
    from cedre_xlsx import api
    from cedre_xlsx.cli.output import deliver, refuse_output
    from cedre_xlsx.cli.progress import patience

    if previous is not None and len(workbooks) > 1:
        raise click.UsageError("--previous ne va qu'avec un seul FICHIER, le nouveau classeur.")
    refuse_output(output, workbooks, kind=("check", form), force=force)
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
                    previous=previous,
                )
            )
    if form == "text":
        whole = everything or output is not None
        text = _text(reports, workbooks, statistics=statistics, whole=whole, colour=output is None)
    else:
        text = _rendered(reports, form)
    deliver(text, output, for_excel=form == "csv")
    return FOUND if any(report.counts_as_found for report in reports) else 0


def _text(
    reports: Sequence[Report],
    paths: Sequence[Path],
    *,
    statistics: bool,
    whole: bool,
    colour: bool,
) -> str:
    """The findings for a reader, and how many of them `fix` would mend."""
    from cedre_xlsx.api.fixing import count_mended
    from cedre_xlsx.cli.findings_text import Shown, render_reports
    from cedre_xlsx.cli.progress import patience
    from cedre_xlsx.method.text import readable

    shown = []
    for report, path in zip(reports, paths, strict=True):
        with patience("Ce qui se répare…"):
            findings = () if statistics else report.findings
            mended = count_mended(path, findings, on=report.on)
        shown.append(Shown(report, readable(str(path)), mended))
    return render_reports(
        shown, statistics=statistics, whole=whole, colour=colour and _is_terminal()
    )


def _rendered(reports: Sequence[Report], form: str) -> str:
    """Every finding in the format asked for; each is imported alone, for start-up counts."""
    match form:
        case "csv":
            from cedre_xlsx.reports.findings.table import csv_report

            return csv_report(reports)
        case "github":
            from cedre_xlsx.reports.findings.github import github_report

            return github_report(reports)
        case "html":
            from cedre_xlsx.reports.findings.page import html_report

            return html_report(reports)
        case "json":
            from cedre_xlsx.reports.findings.json_object import json_text

            return json_text(reports)
        case _:
            from cedre_xlsx.reports.findings.sarif import sarif_report

            return sarif_report(reports)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.replace(",", " ").split() if code)


def _is_terminal() -> bool:
    import os
    import sys

    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
