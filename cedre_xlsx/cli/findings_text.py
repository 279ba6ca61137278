"""Findings for a reader: grouped by person, each with its cell, what it is, what to do."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import click

from cedre_xlsx.method.text import fold
from cedre_xlsx.reports.findings.report import (
    Report,
    pressing_first,
    waiver_sentence,
    where,
)
from cedre_xlsx.schema.findings import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_WIDTH = 96
_GENERAL = "Classeur"  # findings that are about nobody in particular


def render_reports(reports: Sequence[Report], *, statistics: bool, colour: bool) -> str:
    """The text of `check`: one block a workbook, or counts by rule."""
    blocks = [_statistics(report) if statistics else _findings(report) for report in reports]
    text = "\n\n".join(blocks)
    return text if colour else click.unstyle(text)


def _findings(report: Report) -> str:
    lines = [click.style(report.heading, bold=True)]
    ordered = sorted(report.findings, key=lambda f: (f.person == "", fold(f.person)))
    for person, found in groupby(ordered, key=lambda f: f.person):
        lines += ["", click.style(person or _GENERAL, bold=True)]
        for finding in pressing_first(found):
            lines += _finding(finding)
    return "\n".join([*lines, *_ending(report)])


def _ending(report: Report) -> list[str]:
    """What is said of all findings together."""
    forgotten = report.forgotten.sentence
    lines = ["", *_wrapped(forgotten, "")] if forgotten else []
    return [*lines, "", click.style(report.summary_line, bold=True)]


def _finding(finding: Finding) -> list[str]:
    label = click.style(finding.severity.label, fg=_COLOURS[finding.severity])
    lines = [f"  {label} · {where(finding)} · {finding.code} {finding.name}"]
    lines += _wrapped(finding.message, "    ")
    accepted = waiver_sentence(finding)
    if accepted:
        lines += _wrapped(accepted, "    ")
    if finding.help and finding.waived is None:
        lines += _wrapped(f"» {finding.help}", "    ")
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    if 0 < len(text) <= _WIDTH - len(indent) and text.isprintable():
        return [indent + text.rstrip()]
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )


def _statistics(report: Report) -> str:
    counts = Counter((f.severity.rank, f.code, f.name) for f in report.findings)
    lines = [click.style(report.heading, bold=True), ""]
    for (rank, code, name), count in sorted(counts.items()):
        severity = list(Severity)[rank]
        label = click.style(f"{severity.label:<13}", fg=_COLOURS[severity])
        lines.append(f"  {count:>5}  {code}  {label} {name}")
    return "\n".join([*lines, *_ending(report)])
