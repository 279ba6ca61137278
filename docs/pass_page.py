"""The page of the PASS IAE: its tables are those of the data, never typed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cedre_xlsx.method.pass_rules import Ground, PassRules

PAGE = Path("docs/pass-iae.md")
_HEAD = """# Le PASS IAE

Un PASS IAE dure {length} jours, puis finit, souvent avant le parcours. Il se prolonge, à \
condition de le demander à temps, pour un motif qui existe, et avec l'accord de qui doit le \
donner. Cette page dit quand, pour quel motif, ce que l'outil en dit tout seul, et ce qu'il ne \
peut pas savoir.

**Règles au {dated}.** Source : {source}. Elles changent : à partir du {old}, `check` et \
*Réunion* disent eux-mêmes qu'elles ont plus d'un an. Vérifiez alors sur <{check_at}>, et prenez \
une version plus récente de l'outil.

## Ce qu'il faut noter

Dans *Personnes*, les colonnes du jeu `pass` : *N° PASS IAE*, *Début de PASS IAE*, *PASS \
suspendu jusqu'au*, *Début de contrat*, à côté de *Fin de PASS IAE* et *Fin de contrat*. Un \
classeur qui ne les a pas les reçoit ainsi :

```sh
cedre-xlsx upgrade suivi.xlsx --pack pass
```

Sans ce jeu, rien de ce qui suit n'est dit, hors les deux fins proches ou passées. Les motifs \
s'appuient aussi sur *Année de naissance* et *RQTH*, et sur *Type de structure* dans \
*Paramètres*. Après une prolongation, une suspension ou une clôture, mettez *Fin de PASS IAE* à \
jour : tout en dépend.

## Quand demander

"""
_WINDOW = """
Ce sont des mois du calendrier, et les deux jours comptent : {months} mois avant le {end}, c'est \
le {opens}. Quand le mois n'a pas ce jour, c'est son dernier : six mois après le 31 août, c'est \
fin février. Si la règle a changé entre-temps, la fenêtre s'est ouverte le jour du changement \
({remark}).

Ne se prolonge que le dernier PASS de la personne, ni suspendu, ni déjà en attente d'une \
réponse. La prolongation commence à la fin du PASS. Sans elle, un nouveau PASS attend {years} \
ans après cette fin, sauf si un prescripteur habilité en ouvre un.

## Les motifs

"""
_GROUNDS = """
Le plafond est celui de toutes les prolongations du PASS ensemble, quel que soit leur motif ; \
entre parenthèses, ce que le PASS peut durer en tout. Le diagnostic fait par l'employeur vaut \
{diagnosis} jours.

**Ce qui reste d'un plafond est calculé** : les jours de *Début de PASS IAE* à *Fin de PASS \
IAE*, moins {length}, sont comptés comme déjà prolongés. Un PASS donné pour deux années de \
calendrier, avec un 29 février, n'est pas prolongé pour autant. Une suspension repousse aussi la \
fin du PASS, et le classeur ne garde pas les suspensions passées : s'il y en a eu, il reste \
davantage, et le constat le rappelle.

**Ce que le classeur ne dit pas est à vérifier**, jamais supposé : une RQTH non notée, une année \
de naissance ou un type de structure absents. L'année de naissance seule est connue : l'année \
des cinquante ans, c'est le mois qui décide, et c'est écrit *50 ans dans l'année*. Un CDI, une \
formation, des difficultés ne sont pas des colonnes : ces motifs sont toujours à vérifier. Un \
motif sûrement fermé (RQTH à NON, trop jeune jusqu'à la fin de la fenêtre, une autre structure) \
n'est pas cité.

## La suspension

Chaque suspension dure au plus {longest} mois, peut commencer jusqu'à {back} jours en arrière, \
et repousse d'autant la fin du PASS. Après {closing} mois sans interruption, la structure peut \
clore le PASS, qui finit alors la veille. *PASS suspendu jusqu'au* ne dit pas depuis quand : \
l'outil n'annonce donc qu'une clôture **possible**, et seulement si rien n'exclut une suspension \
si longue : ni le début du PASS, ni celui du contrat, ni un jour de mission.

## Ce que l'outil dit, et quand

"""
_AFTER = """
Rien n'est dit des personnes sorties, ni de celles qui sont en pause (*En pause jusqu'au*). \
Chaque gravité se change dans *Paramètres*, et un constat s'accepte dans *Contrôle* ; accepté \
pour une fin de PASS, il revient avec la suivante.

Dans *Réunion*, la fenêtre et les motifs sont un seul point par personne : avec la fin du PASS \
quand elle est proche ou passée, sinon tout en bas, sous *Prolongations de PASS IAE possibles*.

## Comment s'y prendre

1. Quand la fenêtre s'ouvre, parlez-en avec la personne : prolonger, préparer la sortie, passer \
le relais. Notez la décision dans *Réunion* ou dans *Suivi*.
2. Complétez ce qui est *à vérifier* : RQTH, année de naissance, début du PASS.
3. Pour prolonger avec l'accord d'un prescripteur, préparez ce qu'il lira : une association \
intermédiaire remet le classeur officiel, que [`fill` remplit](remplir.md) de ce qui est noté ; \
[`print --bilan`](fin-de-parcours.md) donne le bilan d'accompagnement. Relisez l'un et l'autre \
avec la personne : ils ne partent qu'avec son accord.
4. Faites la demande sur la plateforme de l'inclusion, assez tôt pour que la réponse vienne \
avant la fin du PASS.
5. La réponse reçue, corrigez *Fin de PASS IAE*.

## Ce qu'il ne peut pas savoir

- une demande déjà déposée, ou refusée ; un autre PASS, plus récent ;
- les suspensions passées, le début de celle en cours, les motifs des prolongations déjà \
obtenues ;
- le jour de naissance, un CDI signé, une formation en cours, la date de fin d'une RQTH ;
- ce que la plateforme a changé depuis le {dated}.

Sur chacun de ces points, la plateforme a raison contre le classeur.
"""
#: The rules that speak of it, the ends first.
_CODES = ("PER14", "PER15", "PER23", "PER24", "PER25", "PER26", "PER22")


def _windows(rules: PassRules) -> Iterator[str]:
    yield "| à partir du | avant la fin du PASS | après sa fin |"
    yield "|---|---|---|"
    days = sorted({one.since for one in (*rules.before_end, *rules.after_end)}, reverse=True)
    for day in days:
        since = f"{day:%d/%m/%Y}" if day.year > 1 else "avant ces dates"
        before = max((one for one in rules.before_end if one.since <= day), key=lambda o: o.since)
        after = max((one for one in rules.after_end if one.since <= day), key=lambda o: o.since)
        yield f"| {since} | {before.months} mois | {after.months} mois |"


def _grounds(rules: PassRules) -> Iterator[str]:
    yield "| motif | une demande | plafond | accord d'un prescripteur habilité | structures |"
    yield "|---|---|---|---|---|"
    for one in rules.grounds:
        agrees = "oui" if one.prescriber_agrees else "non"
        kinds = ", ".join(one.kinds) or "toutes"
        yield (
            f"| {one.label} | {_days(one.one_request_days)} | {_ceiling(rules, one)} | {agrees} | "
            f"{kinds} |"
        )


def _days(count: int) -> str:
    from cedre_xlsx.method.french import grouped

    return f"{grouped(count)} jours"


def _ceiling(rules: PassRules, one: Ground) -> str:
    if one.ceiling_days is None:
        return one.until
    return f"{_days(one.ceiling_days)} ({rules.years_in_all(one)} ans)"


def _said() -> Iterator[str]:
    from cedre_xlsx.rules import find_rule
    from cedre_xlsx.rules.docs import sections

    yield "| constat | gravité | quand |"
    yield "|---|---|---|"
    for code in _CODES:
        one = find_rule(code)
        text = sections(one)["Quoi"]
        told = text[0].upper() + text[1:]
        link = f"[{code}](regles.md#{code.lower()})"
        yield f"| {link} {one.name} | {one.severity.label} | {told} |"


def page() -> bytes:
    """The page, as Markdown."""
    from cedre_xlsx.method.days import add_months
    from cedre_xlsx.method.pass_rules import pass_rules

    rules, end = pass_rules(), date(2028, 3, 15)
    months = max(rules.before_end, key=lambda one: one.since).months
    told = {
        "length": rules.length_days,
        "dated": f"{rules.dated:%d/%m/%Y}",
        "old": f"{rules.old_from:%d/%m/%Y}",
        "source": rules.source,
        "check_at": rules.check_at,
        "remark": rules.remark,
        "months": months,
        "end": f"{end:%d/%m/%Y}",
        "opens": f"{add_months(end, -months):%d/%m/%Y}",
        "years": rules.years_before_another,
        "diagnosis": rules.diagnosis_days,
        "longest": rules.suspension.longest_months,
        "back": rules.suspension.back_dated_days,
        "closing": rules.suspension.closing_months,
    }
    parts = (
        _HEAD, "\n".join(_windows(rules)) + "\n", _WINDOW, "\n".join(_grounds(rules)) + "\n",
        _GROUNDS, "\n".join(_said()) + "\n", _AFTER,
    )  # fmt: skip
    return "".join(part if part[0] == "|" else part.format(**told) for part in parts).encode()
