"""Findings for a reader: the most pressing first, each with its cell, what it is, what to do."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from cedre_xlsx.method.french import counted, typeset
from cedre_xlsx.method.text import squeeze
from cedre_xlsx.reports.findings.report import (
    Report,
    by_person,
    pressing,
    waiver_sentence,
    where,
)
from cedre_xlsx.schema.findings import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_WIDTH = 96
_LINES = 20  # of findings, where not everything is asked for
_LABEL_WIDTH = 13  # the longest label of a severity
_GENERAL = "Classeur"  # findings that are about nobody in particular


class Shown(NamedTuple):
    """A report, the workbook's path as it was typed, how many of its findings `fix` would mend."""

    report: Report
    path: str
    mended: int = 0


def render_reports(
    reports: Sequence[Shown], *, statistics: bool = False, whole: bool = True, colour: bool
) -> str:
    """The text of `check`: one block a workbook, or counts by rule.

    Without `whole`, at most twenty lines of findings a workbook, and how to see the others.
    """
    blocks = [
        _statistics(one.report) if statistics else _findings(one, whole=whole) for one in reports
    ]
    text = "\n\n".join(blocks)
    return text if colour else click.unstyle(text)


def _findings(shown: Shown, *, whole: bool) -> str:
    report = shown.report
    lines = list(_every_finding(report))
    more: list[str] = []
    if not whole and len(lines) > _LINES:
        lines, more = _most_pressing(report), [_more(shown)]
    return "\n".join([_bold(report.heading), *lines, *more, *_ending(shown)])


def _every_finding(report: Report) -> Iterator[str]:
    """Each finding with what to do, under the name of its person."""
    for person, found in by_person(report):
        yield ""
        yield _bold(person or _GENERAL)
        for finding in found:
            yield from _finding(finding)


def _most_pressing(report: Report) -> list[str]:
    """A line a finding, as many as are shown of a workbook that has more to say: of everybody,
    what presses most comes first.
    """
    found = [finding for _, mine in by_person(report) for finding in mine]
    ordered = sorted(found, key=lambda one: (one.person in report.gone, pressing(one)))
    return ["", *map(_short, ordered[:_LINES])]


def _short(finding: Finding) -> str:
    """A finding in one line: how grave, who, where, what."""
    label = click.style(f"{finding.severity.label:<{_LABEL_WIDTH}}", fg=_COLOURS[finding.severity])
    accepted = "Accepté : " if finding.waived else ""
    who = click.style(squeeze(finding.person) or _GENERAL, bold=True)
    told = squeeze(f"{accepted}{finding.message}")
    return f"{label}  {who} · {where(finding)} · {finding.code} {typeset(told)}"


def _more(shown: Shown) -> str:
    """How many findings are not shown, and how to see them."""
    count = len(shown.report.findings) - _LINES
    said = "Avec ce qu'il faut faire :"
    if count > 0:
        said = f"{counted(count, 'autre constat', 'autres constats')} ; tout, a{said[1:]}"
    return f"\n{typeset(said)} cedre-xlsx check {_quoted(shown.path)} --all"


def _ending(shown: Shown) -> list[str]:
    """What is said of all findings together."""
    report = shown.report
    forgotten = report.forgotten.sentence
    lines = ["", *_wrapped(forgotten, "")] if forgotten else []
    lines += ["", _bold(report.summary_line)]
    if shown.mended:
        mended = counted(shown.mended, "constat se répare", "constats se réparent")
        said = typeset(f"{mended} sans risque :")
        lines.append(f"{said} cedre-xlsx fix {_quoted(shown.path)}")
    return lines


def _quoted(path: str) -> str:
    """A path as it is typed after a command."""
    return f'"{path}"' if any(sign in path for sign in " &()'") else path


def _bold(text: str) -> str:
    return click.style(typeset(text), bold=True)


def _finding(finding: Finding) -> list[str]:
    label = click.style(finding.severity.label, fg=_COLOURS[finding.severity])
    lines = [f"  {label} · {where(finding)} · {finding.code} {typeset(finding.name)}"]
    lines += _wrapped(finding.message, "    ")
    accepted = waiver_sentence(finding)
    if accepted:
        lines += _wrapped(accepted, "    ")
    if finding.help and finding.waived is None:
        lines += _wrapped(f"> {finding.help}", "    ")
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    text = typeset(text)
    if 0 < len(text) <= _WIDTH - len(indent) and "\n" not in text and "\t" not in text:
        return [indent + text.rstrip()]
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )


def _statistics(report: Report) -> str:
    counts = Counter((f.severity.rank, f.code, f.name) for f in report.findings)
    lines = [_bold(report.heading), ""]
    for (rank, code, name), count in sorted(counts.items()):
        severity = list(Severity)[rank]
        label = click.style(f"{severity.label:<{_LABEL_WIDTH}}", fg=_COLOURS[severity])
        lines.append(f"  {count:>5}  {code}  {label} {typeset(name)}")
    return "\n".join([*lines, *_ending(Shown(report, ""))])
