"""The documentation of the figures, from their definitions."""

from __future__ import annotations

from itertools import groupby

from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    BREAKDOWN_TEXT,
    DEFINITIONS,
    PERIOD,
    STATUS_IDS,
    TABLES,
    UNKNOWN_ID,
    Definition,
)

_INTRODUCTION = f"""\
# Les statistiques

`cedre-xlsx stats classeur.xlsx --year 2026` affiche les chiffres d'une année ;
`cedre-xlsx refresh classeur.xlsx --year 2026` les met dans la feuille `Statistiques 2026`, avec les
deux années d'avant, des graphiques, les définitions et la liste nominative de qui est compté.

- {PERIOD}
- Chaque chiffre a une valeur (`value`), un numérateur, un dénominateur et ses **inconnus** : ce
  qui n'a pas pu être placé. Rien n'est laissé de côté sans le dire.
- Un nombre est son propre numérateur, sans dénominateur. Un taux va de 0 à 1 ; il est vide (`null`)
  quand son dénominateur est 0. Le dénominateur d'une médiane est le nombre de cas.
- Une personne qui revient a deux parcours, chacun avec son entrée et sa sortie ; dans la file
  active, elle compte une fois.
- Une mission sans nature est une mise à disposition. Stage, immersion et autre ne sont pas
  salariés : ni heures, ni équivalents temps plein.
"""
_TABLES = """
## Tableaux

Dans un tableau, un nombre entier compte des personnes ou des lignes ; les heures et les minutes ont
des décimales ; un texte est une étiquette. La dernière ligne s'appelle `Total` là où un total a un
sens.

| Nom | Tableau | Ce qu'il compte |
|---|---|---|"""


def render_statistics_doc() -> str:
    """Every figure and every table, in Markdown."""
    parts = [_INTRODUCTION]
    for block, definitions in groupby(DEFINITIONS, key=lambda one: one.block):
        parts.append(f"\n## {block}")
        parts += (_markdown(definition) for definition in definitions)
    parts.append(_TABLES)
    parts += (f"| `{table.name}` | {table.title} | {table.text} |" for table in TABLES)
    parts.append(
        "| intitulé de la colonne | Par « intitulé » | Un tableau par ligne de Ventilations, dans "
        f"Paramètres. {BREAKDOWN_TEXT} |"
    )
    return "\n".join(parts) + "\n"


def _markdown(definition: Definition) -> str:
    lines = [f"\n### `{definition.id}` · {definition.label.format('…')}", ""]
    lines += [definition.text, "", f"- **Unité** : {definition.unit.value}"]
    lines += [f"- **Inconnus** : {definition.unknown}"]
    members = _members(definition.id)
    if members:
        lines += [f"- **Identifiants** : {members}"]
    return "\n".join(lines)


def _members(identifier: str) -> str:
    """What may stand in the place of the star."""
    family = identifier.removesuffix("*")
    if family == identifier:
        return ""
    by_type = f"`{family}CP` et les autres codes de Paramètres ; `{family}{UNKNOWN_ID}` (sans type)"
    if family == "engagements_reviewed.":
        answers = [f"`{family}{name}` ({answer.value})" for answer, name in ANSWER_IDS.items()]
        return ", ".join([*answers, f"`{family}{UNKNOWN_ID}` (sans réponse)"])
    if family == "actions.":
        statuses = [f"`{family}{name}` ({status.value})" for status, name in STATUS_IDS.items()]
        return ", ".join([*statuses, by_type])
    return by_type
