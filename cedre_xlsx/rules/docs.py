"""The documentation of the rules, from their docstrings: for the terminal and for docs/."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Sequence
from itertools import groupby

from cedre_xlsx.rules.rule import Rule

#: What the docstring of every rule says, in this order.
SECTIONS = ("Quoi", "Pourquoi", "Exemple qui échoue", "Exemple qui passe", "Comment corriger")

FAMILIES = {
    "LEC": "Lecture du classeur",
    "PER": "Personnes",
    "SUI": "Suivi",
    "ENG": "Engagements",
    "MIS": "Missions",
    "DCP": "Données personnelles",
    "CLA": "Le classeur lui-même",
    "ANN": "L'année d'avant",
}

_NAMES = "|".join(SECTIONS)
_SECTION = re.compile(rf"^({_NAMES}) : (.*?)(?=\n\n(?:{_NAMES}) : |\Z)", re.DOTALL | re.MULTILINE)
_GLUED = re.compile(r"(?<=«) | (?=[»:;!?])")
_WIDTH = 88

_INTRODUCTION = """\
# Les règles du contrôle

`cedre-xlsx check classeur.xlsx` et la feuille `Contrôle` disent ce qui manque, ce qui est en retard
et ce qui se contredit. `cedre-xlsx rules SUI03` explique une règle.

- **Erreur** : une donnée se contredit, ou ne peut pas être lue.
- **Avertissement** : la méthode n'est pas suivie, ou quelque chose est en retard.
- **Info** : bon à savoir ; ne compte pas dans le code de retour.

La gravité d'une règle se change dans `Paramètres` (erreur, avertissement, info ou non, qui
l'éteint). Un constat s'accepte dans `Contrôle`, avec une justification et, si l'on veut, une date
de fin.
"""


def sections(rule: Rule) -> dict[str, str]:
    """The sections of a rule's documentation, each as one paragraph."""
    return {
        heading: " ".join(text.split())
        for heading, text in _SECTION.findall(inspect.cleandoc(rule.doc))
    }


def titled_sections(rule: Rule) -> list[tuple[str, str]]:
    """The sections as they are printed, with their titles; what the rule rests on is in one."""
    return [(_title(name, rule), _sentence(text)) for name, text in sections(rule).items()]


def render_rule(rule: Rule) -> str:
    """One rule for the terminal: what, why, examples, how to fix."""
    lines = [f"{rule.code}  {rule.name}  ({rule.severity.label})"]
    for title, text in titled_sections(rule):
        lines += ["", title, *_wrapped(text)]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    """The text in lines, no punctuation alone at an end: French puts spaces before some."""
    kept = _GLUED.sub("\N{NO-BREAK SPACE}", text)
    lines = textwrap.wrap(kept, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def render_rules_doc(rules: Sequence[Rule]) -> str:
    """Every rule, in Markdown: a table, then each one explained."""
    parts = [_INTRODUCTION, "| Code | Règle | Gravité |\n|---|---|---|"]
    parts[-1] += "".join(
        f"\n| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {rule.severity.label} |"
        for rule in rules
    )
    for family, members in groupby(rules, key=lambda rule: rule.family):
        parts.append(f"\n## {family} · {FAMILIES[family]}")
        parts += (_markdown(rule) for rule in members)
    return "\n".join(parts) + "\n"


def _markdown(rule: Rule) -> str:
    lines = [f'\n### <a id="{rule.code.lower()}"></a>{rule.code} · {rule.name}']
    lines += ["", f"*{rule.severity.label}*", ""]
    lines += (f"- **{title}** : {text}" for title, text in titled_sections(rule))
    return "\n".join(lines)


def _title(name: str, rule: Rule) -> str:
    return f"{name} ({rule.fiche})" if name == "Pourquoi" else name


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
