"""*Règles*: what each check is about, without a workbook."""

from __future__ import annotations

from itertools import groupby

from cedre_xlsx import api
from cedre_xlsx.page.model import Answer, Ask, Says, View
from cedre_xlsx.schema.findings import Severity

_KINDS = {one.label: one.value for one in Severity}


def show(ask: Ask, _says: Says) -> Answer:
    """All of them by family; with `code`, one explained."""
    if ask.text("code"):
        rule = api.rule_doc(ask.text("code"))
        return Answer("regle.html", {"rule": rule, "kind": _KINDS[rule.severity]})
    families = [
        (family, tuple(rules))
        for family, rules in groupby(api.rule_docs(), lambda one: (one.family, one.family_name))
    ]
    choices = [(code, f"{code} · {name}") for (code, name), _ in families]
    return Answer("regles.html", {"families": families, "family_choices": choices, "kinds": _KINDS})


VIEW = View(
    name="regles",
    title="Règles",
    purpose="Ce que le contrôle regarde, pourquoi, et comment corriger.",
    show=show,
    needs_workbook=False,
    is_light=True,
    group="Savoir",
)
