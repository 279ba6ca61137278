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
_EDGES = """
## Cas particuliers

| Cas | Ce qui est compté |
|---|---|
| Une personne sort, puis revient | Deux parcours : deux entrées, deux sorties ; une seule personne dans la file active. |
| Inscription le 1er janvier, sortie le 31 décembre | De l'année, toutes les deux. Sortie le 31 décembre, la personne n'est plus dans la file active du lendemain ; sortie le 1er janvier, elle y est encore. |
| Engagement rouvert | La date d'évaluation effacée, il est de nouveau en cours, dans les années passées aussi. Repris sur une nouvelle ligne, c'est un nouvel engagement. |
| Action datée d'avant l'inscription | Comptée dans les actions et le temps de son année, jamais comme première proposition. |
| Date absente ou illisible | La ligne n'est placée dans aucune année ; elle est dans les inconnus. |
| Année d'avant la première ligne ou d'après la dernière | Une phrase le dit, et aucun chiffre n'est donné ; s'il reste du monde dans la file active, les chiffres sont donnés avec cette phrase. |
"""  # noqa: E501
_PUBLICATION = """
## Pour publier : `--public`

`cedre-xlsx stats classeur.xlsx --year 2026 --public` donne les mêmes chiffres, sans ceux qui en
diraient trop sur quelqu'un. Un nombre masqué est vide (`null` en JSON, une case vide en CSV, un
tiret dans le texte) ; la note dit combien de nombres le sont, rien de plus.

- **Petits nombres.** Tout nombre de 1 au seuil de publication de Paramètres (5, ou 11), ce seuil
  non compris, est masqué, inconnus compris. Les zéros restent, sauf là où l'un d'eux protège un
  autre nombre. Des heures ou des minutes sont masquées quand moins de personnes que le seuil les
  ont faites.
- **Taux et médianes.** Masqués dès que leur numérateur ou leur dénominateur l'est.
- **Autres nombres masqués.** Le moins possible, et assez pour qu'aucun nombre masqué ne se
  retrouve par différence : avec les totaux des lignes et des colonnes, les lignes « dont », les
  chiffres des autres tableaux, ni avec la publication de l'année d'avant (qui était là, moins qui
  est sorti, plus qui est entré). À la place d'un petit nombre masqué, tous ceux de 1 au seuil
  moins un restent possibles ; à la place d'un autre, autant de nombres différents. Quand la
  publication d'une année d'avant en exclut déjà, il en reste autant de possibles.
- **Années d'avant.** Elles sont supposées publiées de la même façon, avec le même seuil et le
  même choix pour les données sensibles. Ce qu'une année masque ne dépend pas des années
  suivantes : la refaire donne la même chose, tant que ses lignes n'ont pas changé.
- **Santé et justice.** La ligne RQTH, les freins Santé et Justice, une ventilation par une telle
  colonne sont laissés de côté, sauf avec `--with-sensitive`. Une ligne d'une somme qui en parle
  (motif « Longue maladie », orienteurs SPIP et PJJ) est mise sous « Non détaillé », pour que la
  somme reste juste.
- **Noms.** Ni personnes, ni accompagnateurs : le tableau par accompagnateur n'est pas publié.
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
    parts += [_EDGES.rstrip("\n"), _PUBLICATION.rstrip("\n")]
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
