"""*Contrôler*: what is missing, late or contradicts itself; findings are accepted, or no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl

from cedre_xlsx import api
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Severity

#: What the lines are filtered by in the browser, as addresses have it.
_FILTERS = ("gravite", "personne", "accompagnateur", "regle", "mots")
_NAMED = 3  # rules that a sentence names
_NOTHING = "aucun constat n'est coché. Cochez-en au moins un, puis recommencez."
_KINDS = tuple((one.value, one.label) for one in Severity)


def show(ask: Ask, says: Says) -> Answer:
    """The findings; with `constat`, the form that accepts one of them."""
    says.tell("Contrôle du classeur…")
    report = api.check(ask.book, on=ask.day)
    return _form(ask, report) if ask.text("constat") else findings_shown(report)


def choose(ask: Ask, says: Says) -> Answer:
    """The form that accepts all that were ticked."""
    if not ask.text("constat"):
        raise CedreError(_NOTHING)
    says.tell("Contrôle du classeur…")
    return _form(ask, api.check(ask.book, on=ask.day))


def _form(ask: Ask, report: api.Report) -> Answer:
    from cedre_xlsx.api.accepting import LONGEST_REASON  # loads much: not for the server

    by_key = {one.key: one for one in api.finding_groups(report).lines}
    keys = tuple(dict.fromkeys(ask.texts("constat")))
    if lacking := [key for key in keys if key not in by_key]:
        raise CedreError(_no_more_there(lacking, keys))
    lines = tuple(by_key[key] for key in keys)
    several = len(lines) > 1
    told = {
        "several": several,
        "chosen": tuple(one for one in lines if not (several and one.waived)),
        "accepted": tuple(one for one in lines if several and one.waived),
        "line": lines[0],
        "longest": LONGEST_REASON,
    }
    return Answer("accepter.html", {**told, **_back(ask)})


def _no_more_there(lacking: Sequence[str], keys: Sequence[str]) -> str:
    """Which of the findings are gone: their rules, for their keys tell nothing more."""
    names = {rule.code: rule.name for rule in api.rules()}
    codes = dict.fromkeys(key.partition(".")[0] for key in lacking)
    known = [f"{code} {names[code]}" for code in codes if code in names]
    told = ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "")
    which = f" ({told})" if told else ""
    if len(keys) == 1:
        return f"ce constat{which} n'est plus là : corrigé depuis, ou d'une ligne qui a changé."
    again = " Revenez aux constats : les autres y restent cochés."
    if len(lacking) == 1:
        return (
            f"un des constats cochés{which} n'est plus là : corrigé depuis, ou d'une ligne qui a "
            f"changé.{again}"
        )
    return (
        f"{len(lacking)} des {len(keys)} constats cochés{which} ne sont plus là : corrigés depuis, "
        f"ou de lignes qui ont changé.{again if len(lacking) < len(keys) else ''}"
    )


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
    if not ask.texts("constat"):
        raise CedreError(_NOTHING)
    if not takes_back and not ask.text("raison"):
        what = "le constat est accepté" if len(ask.texts("constat")) < 2 else "ils sont acceptés"
        raise CedreError(f"la raison manque : dites en quelques mots pourquoi {what}.")
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
        "replaced": tuple(one.sentence for one in done.replaced),
        "reason": done.reason,
        "until": done.until,
        "typed": ask.text("jusqua"),
        "findings": tuple(
            (
                one.code,
                one.person,
                one.place.address if one.place.cell else one.place.sheet,
                one.message,
            )
            for one in done.findings
        ),
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
    actions=(
        Action("choisir", choose),
        Action("apercu", preview),
        Action("accepter", write, writes=True),
    ),
    group="La semaine",
)
