"""A page for each sheet: what it is for, and its columns from their one definition."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from column_purposes import HEADINGS, PURPOSES

from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.columns import Column
from cedre_xlsx.schema.generated import KEY_HEADER
from cedre_xlsx.schema.settings import SETTINGS
from cedre_xlsx.schema.tables import TableSpec

FOLDER = Path("docs/feuilles")
#: What each sheet is for, in the order of the tabs.
_SHEETS: tuple[tuple[str, TableSpec[Any] | None, str], ...] = (
    (t.HOME_SHEET, None,
     "Ce que contient le classeur, par où commencer, ce que veulent dire les couleurs, et des "
     "liens vers les feuilles. La version du modèle y est notée."),
    (t.PEOPLE.sheet, t.PEOPLE,
     "Une ligne par parcours. Une personne qui revient a deux lignes, au même nom : une personne, "
     "deux parcours, chacun avec sa sortie. Quelqu'un qui n'a qu'une date de pré-accueil n'est pas "
     "encore inscrit : il est montré, pas compté. Les colonnes facultatives, repliées à droite, ne "
     "sont jamais réclamées ; remplies, elles servent aux statistiques."),
    (t.FOLLOW_UP.sheet, t.FOLLOW_UP,
     "L'exemple n°4 : une ligne par action proposée ou menée, par la structure, la personne, ou "
     "ensemble. Une échéance reportée se note à la suite : la dernière date compte pour le retard, "
     "la première pour ce qui a été tenu."),
    (t.ENGAGEMENTS.sheet, t.ENGAGEMENTS,
     "La fiche n°19 : une ligne par engagement réciproque, oral ou écrit. La référence sert à "
     "retrouver la convention et à compter les engagements par type."),
    (t.MISSIONS.sheet, t.MISSIONS,
     "Les missions de travail, une ligne chacune. Les heures se notent en tout, ou par semaine si "
     "la mission dure. Stages, immersions et autres ne comptent pas dans les heures."),
    (t.BARRIERS.sheet, t.BARRIERS,
     "Les freins à l'emploi, repérés, accompagnés, levés. Pour la santé et la justice, le thème "
     "seul, sans détail."),
    (t.SCREENING_SHEET, None,
     "Les fiches n°14 et 15. Répondez aux questions dans les cases crème : chaque type dit s'il "
     "convient, et pourquoi. Quand deux types conviennent, la question à se poser est celle de "
     "l'urgence pour la personne. Rien n'y est enregistré."),
    (t.PERSON_FORM_SHEET, None,
     "L'exemple n°4 tel qu'il s'imprime, sur une page : choisissez une personne, sa fiche se "
     "remplit. Chaque ligne prend la hauteur de ses textes. Quand elles ne tiennent pas toutes, le "
     "bas de la page dit lesquelles y sont, et quel numéro taper dans *À partir de la ligne* pour "
     "imprimer la suite ; un numéro que la personne n'a pas ramène au début. Les soixante "
     "dernières lignes y sont. Un texte de plus de dix lignes dans sa case, ou une demande de plus "
     "de 480 caractères, est coupé : il finit par […], et une phrase en rouge le dit. Le PDF de "
     "`print --fiche` a toutes les lignes et tous les textes entiers, page après page. Après un "
     "retour, la fiche montre le dernier parcours en tête, et les lignes de tous les parcours, "
     "l'une après l'autre dans l'ordre des dates. Les textes s'accordent avec la Civilité. La "
     "note du bas s'enlève dans *Paramètres* (*Notes d'aide sur les formulaires*)."),
    (t.CONVENTION_SHEET, None,
     "La fiche n°19 telle qu'elle s'imprime, sur une page : choisissez une référence. Sans "
     "référence, la convention s'imprime vierge. Elle s'adresse à la personne : « la salariée » ou "
     "« le salarié » selon sa Civilité, les deux quand elle n'est pas dite. Les notes en petit "
     "s'enlèvent dans *Paramètres* (*Notes d'aide sur les formulaires*)."),
    (t.SYNTHESIS.sheet, t.SYNTHESIS,
     "L'exemple n°5, refait par `refresh` : pour chaque personne de la file active, ses actions "
     "ouvertes, les actions réalisées depuis moins de 90 jours (réglable) et ses engagements "
     "ouverts. Qui n'a rien de tout cela a une ligne qui le dit. *Notes de réunion* est à vous : "
     "la note suit sa ligne, comme ce que vous mettez à côté du tableau : vos colonnes, une "
     "remarque, un commentaire. Quand la ligne s'en va, tout cela est gardé au bas de la feuille, "
     "avec ce qu'elle disait ; un an après, dans [Notes anciennes](notes-anciennes.md)."),
    (t.MEETING_SHEET, None,
     "L'ordre du jour, par accompagnateur, le plus pressant d'abord : ce qui est à discuter, ce "
     "qui tarde, qui n'a rien eu, qui on n'a pas vu, ce qui finit bientôt, les sorties à "
     "enregistrer et les situations à six mois à relever, ce qui attend depuis plus de 14 jours "
     "(réglable). Les points d'une personne sont ensemble ; au-delà de ce qu'une "
     "équipe lit en une heure, le reste est replié, et compté dans les titres. Chaque ligne mène "
     "à sa cellule. À la fin, *Non placés* : les noms que Personnes n'a pas, les lignes sans "
     "personne, les inscriptions illisibles ; et le compte de ce que seul *Contrôle* dit.\n\n"
     "*Décision*, *Qui* et *Pour quand* se tapent en réunion, sur la ligne dont on parle ; comme "
     "une remarque tapée à droite, ils suivent leur ligne d'une réunion à l'autre, ou sont gardés "
     "au bas de la feuille, avec la date. *Versée* est à l'outil : c'est la référence de la ligne "
     "de Suivi que la décision est devenue. Elle quitte alors sa ligne, et ouvre la réunion "
     "suivante, sous *Décisions de la dernière fois* : faite, en cours, à commencer, sans "
     "suite.\n\nSont aussi à discuter, avec la colonne Présence, au moins deux absences non "
     "excusées de suite (SUI27).\n\nUne marque *À discuter* n'est plus montrée quand une suite est "
     "notée sur sa ligne, quand la personne a une ligne plus récente que la réunion qui l'a "
     "montrée, quand elle est sortie, ou après 60 jours (réglable) ; la dernière ligne compte ces "
     "marques, et dit où elles sont."),
    (t.PERIODS_SHEET, None,
     "Les mois travaillés et non travaillés des douze derniers mois, en couleur, et les jours "
     "depuis la dernière mission."),
    (t.CONTROL.sheet, t.CONTROL,
     "Les constats du contrôle. Une *Justification* accepte le constat, jusqu'à la date de "
     "*Jusqu'au* s'il y en a une ; elle suit la ligne quand on trie ou insère. *Depuis le* est la "
     "date de la première actualisation qui l'a vu."),
    (t.STATISTICS_SHEET, None,
     "Une feuille par année : la page du conseil d'administration (dix chiffres, trois années, "
     "trois graphiques), des tableaux à copier dans un rapport, les définitions. Elle ne nomme "
     "aucune personne accompagnée. Voir [les chiffres de l'année](../statistiques.md)."),
    (t.WHO_SHEET, None,
     "Une feuille par année, à côté de la précédente : les lignes qui font chaque chiffre, avec un "
     "lien vers chacune. Elle est nominative, à ne pas diffuser. Chaque liste se filtre : "
     "[comment la lire](../statistiques.md#qui-compte-la-feuille-qui-compte-2026)."),
    (t.OLD_NOTES.sheet, t.OLD_NOTES,
     "Ce qui n'a plus de ligne depuis longtemps (12 mois, réglable dans *Paramètres*) quitte le "
     "bas de *Synthèse*, *Réunion*, *Périodes*, *Contrôle* et des feuilles de l'année pour cette "
     "feuille, avec tout ce qui était tapé sur la ligne : notes, colonnes, remarques, textes des "
     "commentaires. Une couleur seule s'en va avec sa ligne ; les feuilles d'une année passée ne "
     "changent plus. Elle est faite la première fois qu'il le faut ; ensuite, l'outil "
     "ajoute au bas et ne touche à rien d'autre : triez, coloriez, effacez, renommez. Supprimée, "
     "elle est refaite quand il le faut. Si une feuille à vous porte ce nom, rien ne bouge, et "
     "l'actualisation le dit."),
    (t.SETTINGS_SHEET, None,
     "Les choix de la structure (fiche n°16) : les réglages ci-dessous, les types d'engagement "
     "avec leurs codes et leurs délais, les accompagnateurs, la gravité des contrôles, les "
     "ventilations des statistiques, les mots sensibles, l'équipe de chaque année en ETP, pour "
     "la file active par ETP, et ce que contiennent les colonnes de l'équipe, pour une copie sans "
     "noms."),
)  # fmt: skip


def pages() -> Iterator[tuple[Path, bytes]]:
    """The path and the content of every page, the index first."""
    lines = ["# Les feuilles", ""]
    lines += [f"- [{sheet}]({slug(sheet)}.md)" for sheet, _, _ in _SHEETS]
    yield FOLDER / "index.md", _bytes(lines)
    for sheet, spec, text in _SHEETS:
        yield FOLDER / f"{slug(sheet)}.md", _bytes(_page(sheet, spec, text))


def slug(sheet: str) -> str:
    """The name of a sheet as a file's name."""
    plain = unicodedata.normalize("NFD", sheet.lower()).encode("ascii", "ignore").decode()
    return plain.replace(" ", "-")


def _page(sheet: str, spec: TableSpec[Any] | None, text: str) -> list[str]:
    lines = [f"# {sheet}", "", text, ""]
    if spec is not None:
        lines += _columns(spec)
    if sheet in HEADINGS:
        lines += [*_HEAD, *(f"| {name} | {what} |" for name, what in HEADINGS[sheet].items())]
    if sheet == t.SETTINGS_SHEET:
        lines += ["| réglage | ce que cela change |", "|---|---|"]
        lines += [f"| {one.label} | {one.effect} |" for one in SETTINGS]
        for table in t.CHOICE_TABLES:
            lines += ["", f"## {table.title}", "", *_columns(table)]
    return lines


_HEAD = ("| colonne | à quoi elle sert |", "|---|---|")
_TYPED_HEAD = ("| colonne | à quoi elle sert | ce qu'on y met |", "|---|---|---|")


def _columns(spec: TableSpec[Any]) -> list[str]:
    """A line for each column of a table."""
    columns = {f: one for f, one in spec.columns.items() if one.header != KEY_HEADER}
    is_typed = any(_content(column) for column in columns.values())
    lines = list(_TYPED_HEAD if is_typed else _HEAD)
    for field, column in columns.items():
        told = [_heading(column), PURPOSES[spec.table][field]]
        lines.append(f"| {' | '.join([*told, _content(column)] if is_typed else told)} |")
    if any(column.required for column in spec.columns.values()):
        lines += ["", "\\* : à remplir toujours."]
    return lines


def _heading(column: Column) -> str:
    mark = "\\*" if column.required else ""
    if column.pack:
        return f"{column.header}{mark} (avec `--pack {column.pack}`)"
    return f"{column.header}{mark}" + (" (facultatif)" if column.facultative else "")


def _content(column: Column) -> str:
    """How the column is typed."""
    parts = [column.help] if column.help else []
    if column.choices is not None and len(column.choices.values) <= 12:
        parts.append(f"Liste : {' · '.join(column.choices.values)}.")
    return " ".join(parts).replace("|", "/")


def _bytes(lines: list[str]) -> bytes:
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")
