"""*Contrôler*: what is missing, late or contradicts itself; one finding is accepted, or no more."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Severity

#: What the lines are filtered by in the browser, as addresses have it.
_FILTERS = ("gravite", "personne", "accompagnateur", "regle", "mots")
_KINDS = tuple((one.value, one.label) for one in Severity)


def show(ask: Ask, says: Says) -> Answer:
    """The findings; with `constat`, the form that accepts one of them."""
    says.tell("Contrôle du classeur…")
    report = api.check(ask.book, on=ask.day)
    if not ask.text("constat"):
        return findings_shown(report)
    lines = api.finding_groups(report).lines
    line = next((one for one in lines if one.key == ask.text("constat")), None)
    if line is None:
        raise CedreError("ce constat n'est plus là : il a été corrigé, ou la ligne a changé.")
    return Answer("accepter.html", {"line": line, **_back(ask)})


def findings_shown(report: api.Report) -> Answer:
    """The findings of a report, and by what they may be filtered."""
    groups = api.finding_groups(report)
    said = {
        "report": report.summary_line,
        "forgotten": report.forgotten.sentence,
        "forgotten_texts": report.forgotten.texts,
        "groups": groups,
        "kinds": _KINDS,
        "people": [(name, name) for name in groups.people],
        "advisors": [(name, name) for name in groups.advisors],
        "rules": [(code, f"{code} {name}") for code, name in groups.rules],
    }
    return Answer("controler.html", said)


def preview(ask: Ask, says: Says) -> Answer:
    """What accepting would write."""
    says.tell("Lecture du classeur…")
    return _answer(ask, dry_run=True)


def write(ask: Ask, says: Says) -> Answer:
    """Accept, or accept no more."""
    says.tell("Écriture dans la feuille Contrôle…")
    return _answer(ask, dry_run=False)


def _answer(ask: Ask, *, dry_run: bool) -> Answer:
    takes_back = ask.ticked("retirer")
    if not takes_back and not ask.text("raison"):
        raise CedreError(
            "la raison manque : dites en quelques mots pourquoi le constat est accepté."
        )
    done = api.accept(
        ask.book,
        ask.texts("constat"),
        reason="" if takes_back else ask.text("raison"),
        until=None if takes_back else _until(ask),
        on=ask.day,
        refresh=True,
        dry_run=dry_run,
    )
    said = {
        "done": done.sentence,
        "changed": done.changed,
        "written": done.written and done.changed,
        "refreshed": done.refreshed,
        "details": done.details,
        "warnings": done.warnings,
        "cells": done.cells,
        "reason": done.reason,
        "until": done.until,
        "typed": ask.text("jusqua"),
        "findings": tuple((one.code, one.name, one.person, one.message) for one in done.findings),
        "keys": ask.texts("constat"),
        "takes_back": takes_back,
    }
    return Answer("accepte.html", {**said, **_back(ask)})


def _until(ask: Ask) -> date | str | None:
    """The last day: a date whose year may lack, else what `Contrôle` understands (fin juin)."""
    try:
        return ask.date("jusqua", "Jusqu'au")
    except CedreError:
        return ask.text("jusqua")


def _back(ask: Ask) -> dict[str, object]:
    """The filters that the findings were shown with, to go back to them."""
    told = ask.text("filtres")
    return {
        "filters": told,
        "back": {name: value for name, value in parse_qsl(told) if name in _FILTERS},
    }


VIEW = View(
    name="controle",
    title="Contrôler",
    purpose="Ce qui manque, ce qui est en retard, ce qui se contredit ; accepter un constat.",
    show=show,
    actions=(Action("apercu", preview), Action("accepter", write, writes=True)),
    group="La semaine",
)
