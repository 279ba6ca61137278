"""ENG, what an engagement is made of: its five elements, its reference, its deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.plausibility import YEARS_OF_A_PROMISE, is_far_off
from cedre_xlsx.method.references import FreeNumbers, code_of, reference_key
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.rules.context import Context, PersonLine
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import deadline_words, figure, quoted
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.findings import Severity

#: What a convention cannot do without: the fields that hold it, and its name.
_ELEMENTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("agreed",), "la date"),
    (("type",), "le type d'engagement"),
    (("needs",), "les besoins et projets exprimés"),
    (("object",), "l'objet"),
    (("structure_means", "person_means"), "les moyens des deux côtés"),
    (("deadline",), "l'échéance"),
    (("review_planned", "reviewed"), "la date d'évaluation prévue"),
)

#: A deadline so many times longer than that of its type is a year mistyped.
_TIMES = 10


def engagement_fault(
    context: Context,
    line: PersonLine[EngagementRow],
    column: str,
    message: str,
    help_text: str,
    *key: str,
) -> Fault:
    """A fault on a line of Engagements, known by its reference."""
    place = context.records.engagements.place(line.row, column)
    identity = "|".join((line.row.key, *key))
    return Fault(place, message, help_text, line.name, identity)


def called(row: EngagementRow) -> str:
    """How a message names an engagement: its reference, else its type and date."""
    if row.reference:
        return row.reference
    when = f" du {french_day(row.agreed)}" if row.agreed else ""
    return f"{row.type or 'sans référence'}{when}"


@rule("ENG01", "Engagement incomplet", Severity.WARNING, "fiches n°17 et 19")
def element_missing(context: Context) -> Iterator[Fault]:
    """Quoi : il manque à un engagement l'un de ses cinq éléments : la demande de la personne,
    l'objet, les moyens des deux côtés, l'échéance, l'évaluation ; ou bien sa date ou son type.

    Pourquoi : un engagement réciproque, même oral, porte au moins sur ces cinq éléments ; la
    convention les imprime.

    Exemple qui échoue : Objet de la contractualisation vide.

    Exemple qui passe : les cinq remplis ; un engagement évalué, sans date d'évaluation prévue.

    Comment corriger : remplir la cellule avec la personne.
    """
    columns = context.records.engagements.columns
    asked = [(fields, name) for fields, name in _ELEMENTS if all(f in columns for f in fields)]
    for line in context.engagements:
        missing = [(fields, name) for fields, name in asked if line.row.lacks(*fields)]
        if missing:
            yield engagement_fault(
                context,
                line,
                missing[0][0][0],
                f"Il manque à l'engagement {called(line.row)} : "
                f"{listed([name for _, name in missing])}.",
                "Complétez l'engagement avec la personne : chacun des cinq éléments compte.",
                *(fields[0] for fields, _ in missing),
            )


@rule("ENG02", "Référence mal formée", Severity.WARNING, "fiche n°19")
def malformed_reference(context: Context) -> Iterator[Fault]:
    """Quoi : la référence d'un engagement est vide, ou ne s'écrit pas CODE-AAAA-NNN.

    Pourquoi : la référence permet d'identifier et de compter les engagements par nature, pour le
    rapport d'activité.

    Exemple qui échoue : « CP 12 », « CP-26-001 », « CP-2026-1 ».

    Exemple qui passe : « CP-2026-001 », « cp-2026-1204 ».

    Comment corriger : le code du type, l'année, un numéro d'au moins trois chiffres.
    """
    if "reference" not in context.records.engagements.columns:
        return
    free = FreeNumbers(line.row.reference for line in context.engagements)
    for line in context.engagements:
        row = line.row
        if row.lacks("reference"):
            message = f"L'engagement {called(row)} n'a pas de référence."
        elif row.reference and code_of(row.reference) is None:
            message = f"La référence {quoted(row.reference)} n'a pas la forme CODE-AAAA-NNN."
        else:
            continue
        year = row.agreed.year if row.agreed else context.on.year
        yield engagement_fault(
            context,
            line,
            "reference",
            message,
            f"Écrivez par exemple {free.take(row.type or 'CP', year)}, le prochain numéro libre.",
        )


@rule("ENG03", "Référence en double", Severity.ERROR, "fiche n°19")
def double_reference(context: Context) -> Iterator[Fault]:
    """Quoi : deux engagements portent la même référence ; le constat est sur le second.

    Pourquoi : la référence identifie un seul engagement ; la convention à imprimer et les lignes
    de suivi la prennent pour le retrouver.

    Exemple qui échoue : CP-2026-001 aux lignes 5 et 9.

    Exemple qui passe : CP-2026-001 et CP-2026-002 ; CP-2025-001 et CP-2026-001.

    Comment corriger : donner au second le numéro suivant.
    """
    first: dict[str, PersonLine[EngagementRow]] = {}
    for line in context.engagements:
        if not line.row.reference:
            continue
        other = first.setdefault(reference_key(line.row.reference), line)
        if other is not line:
            yield engagement_fault(
                context,
                line,
                "reference",
                f"La référence {line.row.reference} est déjà celle de la ligne {other.row.row} "
                f"({other.name or 'sans nom'}).",
                "Donnez à cet engagement le numéro suivant de son type et de son année.",
            )


@rule("ENG04", "Référence d'un autre type", Severity.WARNING, "fiche n°19")
def reference_of_another_type(context: Context) -> Iterator[Fault]:
    """Quoi : le code qui commence la référence n'est pas celui de l'engagement.

    Pourquoi : les engagements se comptent par nature d'après leur référence (« D » pour
    découverte, par exemple).

    Exemple qui échoue : CP-2026-004, Engagement D.

    Exemple qui passe : D-2026-004, Engagement D ; d-2026-004, « Découverte ».

    Comment corriger : corriger la référence, ou le type s'il a changé.
    """
    spellings = context.settings.code_spellings()
    for line in context.engagements:
        row = line.row
        code = code_of(row.reference) if row.reference else None
        if code is None or row.type is None or word_key(code) == word_key(row.type):
            continue
        if spellings.get(word_key(code)) != row.type:
            yield engagement_fault(
                context,
                line,
                "reference",
                f"La référence {row.reference} commence par {code}, "
                f"mais l'engagement est de type {row.type}.",
                "Corrigez la référence, ou le type d'engagement.",
            )


@rule("ENG05", "Personne inconnue (Engagements)", Severity.ERROR, "fiche n°17")
def unknown_person(context: Context) -> Iterator[Fault]:
    """Quoi : le nom d'une ligne d'Engagements n'est celui de personne dans Personnes, ou il en
    désigne plusieurs.

    Pourquoi : la succession des engagements d'une personne se lit d'après son nom.

    Exemple qui échoue : « Lefevbre Karine », quand Personnes a « Lefebvre Karine ».

    Exemple qui passe : « LEFEBVRE Karine ».

    Comment corriger : choisir le nom dans la liste, ou ajouter la personne à Personnes.
    """
    if context.records.people.found:
        for line in context.engagements:
            if line.person is None and "person" not in line.row.unreadable:
                yield engagement_fault(context, line, "person", *context.guesser.say(line.name))


@rule("ENG06", "Échéance trop longue pour le type", Severity.WARNING, "fiche n°15")
def deadline_too_long(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'un engagement dépasse celle de son type : courte, jusqu'à 3 mois ;
    moyenne, jusqu'à 24 ; longue, sans limite. Une échéance plus courte n'est jamais un défaut.

    Pourquoi : la grille donne l'échéance utile de chaque type, et un engagement court engage
    davantage (fiche n°18).

    Exemple qui échoue : coup de pouce pris le 15/01/2026, échéance le 16/04/2026.

    Exemple qui passe : la même, le 15/04/2026, trois mois jour pour jour.

    Comment corriger : rapprocher l'échéance, quitte à prolonger par un nouvel engagement, ou revoir
    le type. Les durées se règlent dans Paramètres.
    """
    for line in context.engagements:
        row = line.row
        kind = context.settings.type_of(row.type)
        if kind is None or kind.max_months is None or row.agreed is None:
            continue
        if row.deadline is None or row.due is None:
            continue
        if row.due > add_months(row.agreed, _TIMES * kind.max_months):
            continue  # a slip rather than a choice: ENG20 and ENG23 say it
        longest = add_months(row.agreed, kind.max_months)
        if row.due > longest:
            yield engagement_fault(
                context,
                line,
                "deadline",
                f"L'échéance de {called(row)} ({deadline_words(row.deadline)}) est trop longue "
                f"pour {kind.name} : {figure(kind.max_months)} mois au plus, "
                f"soit le {french_day(longest)}.",
                "Rapprochez l'échéance, quitte à prolonger par un nouvel engagement, "
                "ou revoyez le type.",
            )


@rule("ENG07", "Échéance avant l'engagement", Severity.ERROR, "fiche n°19")
def deadline_before_date(context: Context) -> Iterator[Fault]:
    """Quoi : l'échéance d'un engagement précède sa date.

    Pourquoi : l'échéance est fixée pour le temps des démarches à venir ; l'une des deux dates a été
    mal tapée.

    Exemple qui échoue : Date 15/01/2026, Échéance 15/01/2025.

    Exemple qui passe : Date et Échéance le même jour.

    Comment corriger : reprendre les deux dates sur la convention.
    """
    for line in context.engagements:
        row = line.row
        too_late = is_far_off(row.due, context.on, YEARS_OF_A_PROMISE)
        if too_late or is_far_off(row.agreed, context.on):
            continue  # ENG20 says it
        if row.deadline and row.due and row.agreed and row.due < row.agreed:
            yield engagement_fault(
                context,
                line,
                "deadline",
                f"L'échéance de {called(row)} ({deadline_words(row.deadline)}) précède sa date "
                f"({french_day(row.agreed)}).",
                "Vérifiez les deux dates : l'une des deux a été mal tapée.",
            )


@rule("ENG15", "Moyens d'un seul côté", Severity.WARNING, "fiche n°19")
def means_of_one_side(context: Context) -> Iterator[Fault]:
    """Quoi : seuls les moyens de la structure, ou seuls ceux de la personne, sont notés.

    Pourquoi : l'engagement est réciproque : chacun dit ce qu'il fera.

    Exemple qui échoue : « Recherche de missions » pour la structure, rien pour la personne.

    Exemple qui passe : les deux remplis ; les deux vides, voir ENG01.

    Comment corriger : noter avec la personne ce que fera l'autre côté.
    """
    sides = {
        "structure_means": ("la structure", "la personne"),
        "person_means": ("la personne", "la structure"),
    }
    if not set(sides) <= set(context.records.engagements.columns):
        return
    for line in context.engagements:
        lacking = [field for field in sides if line.row.lacks(field)]
        if len(lacking) == 1:
            absent, present = sides[lacking[0]]
            yield engagement_fault(
                context,
                line,
                lacking[0],
                f"Dans {called(line.row)}, {present} s'engage, mais pas {absent}.",
                f"Notez ce que fera {absent}.",
            )


@rule("ENG19", "Même engagement pour plusieurs", Severity.INFO, "exemple n°6")
def pasted(context: Context) -> Iterator[Fault]:
    """Quoi : l'objet et les moyens d'un engagement ouvert sont les mêmes, mot pour mot, pour
    plusieurs personnes. Dit une fois, sur la première ligne.

    Pourquoi : chaque convention est propre à une personne et négociée avec elle.

    Exemple qui échoue : le même objet et les mêmes moyens collés pour trois personnes.

    Exemple qui passe : le même objet, avec d'autres moyens ; une prolongation pour la même
    personne.

    Comment corriger : reprendre l'objet et les moyens avec les mots de chacune.
    """
    groups: defaultdict[tuple[str, str, str], list[PersonLine[EngagementRow]]] = defaultdict(list)
    for line in context.engagements:
        row = line.row
        if row.object and (row.structure_means or row.person_means):
            texts = (fold(row.object), fold(row.structure_means), fold(row.person_means))
            groups[texts].append(line)
    for lines in groups.values():
        people = {line.name for line in lines}
        if len(people) > 1 and any(line.row.is_open(context.on) for line in lines):
            first = lines[0]
            yield engagement_fault(
                context,
                first,
                "object",
                f"L'objet {quoted(first.row.object)} et ses moyens sont les mêmes pour "
                f"{counted(len(people), 'personne')} : lignes "
                f"{listed([str(line.row.row) for line in lines[:6]])}"
                f"{'…' if len(lines) > 6 else ''}.",
                "Reprenez-les avec chaque personne : un engagement se négocie.",
            )
