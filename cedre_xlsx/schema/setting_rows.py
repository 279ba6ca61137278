"""The tables of `Paramètres`, a row model each."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from cedre_xlsx.schema.columns import Column, Data, Kind, Row, Search
from cedre_xlsx.schema.lists import OWN_DATA

#: Nothing of Paramètres is about people.
_Plain = partial(Column, search=Search.NO)


class SettingRow(Row):
    """One setting: a label of `SETTINGS` and the structure's value."""

    label: Annotated[str, _Plain("Réglage", width=46, required=True)] = ""
    value: Annotated[object, _Plain("Valeur", width=22)] = None
    unit: Annotated[str, _Plain("Unité", width=10)] = ""
    effect: Annotated[str, _Plain("Ce que cela change", width=64)] = ""


class TypeRow(Row):
    """One engagement type as the structure codes it, with its own longest deadline."""

    code: Annotated[
        str, _Plain("Code", width=9, required=True, help="Celui que l'équipe tape.")
    ] = ""
    name: Annotated[str, _Plain("Type d'engagement", width=42, required=True)] = ""
    deadline_class: Annotated[str, _Plain("Échéance utile", width=18)] = ""
    max_months: Annotated[
        float | None,
        Column(
            "Échéance maximale (mois)",
            Kind.NUMBER,
            width=13,
            help="Vide : pas de maximum.",
        ),
    ] = None


class AdvisorRow(Row):
    """One staff member who accompanies people."""

    name: Annotated[
        str,
        _Plain(
            "Accompagnateur",
            width=26,
            required=True,
            help="Prénom et nom, une ligne chacun.",
            data=Data.NAME,
        ),
    ] = ""
    role: Annotated[str, _Plain("Fonction", width=26)] = ""


class SeverityRow(Row):
    """A rule whose severity the structure changes."""

    code: Annotated[
        str, _Plain("Code", width=9, required=True, help="Le code de la règle : SUI03.")
    ] = ""
    severity: Annotated[
        str, _Plain("Gravité", width=16, help="erreur, avertissement, info ou non.")
    ] = ""


class BreakdownRow(Row):
    """A column of Personnes that the statistics are broken down by."""

    heading: Annotated[
        str,
        _Plain(
            "Ventilation",
            width=30,
            required=True,
            help="L'intitulé d'une colonne de la feuille Personnes, les vôtres comprises.",
        ),
    ] = ""


class SensitiveWordRow(Row):
    """A word of health or justice that free text should not hold."""

    word: Annotated[str, _Plain("Mot sensible", width=22, required=True)] = ""


class QuestionRow(Row):
    """A question of fiche n°16 and the structure's answer."""

    question: Annotated[str, _Plain("Question (fiche n°16)", width=78, required=True)] = ""
    answer: Annotated[str, _Plain("Les choix de votre structure", width=58)] = ""


class MappingRow(Row):
    """What a heading of somebody else's file becomes in one of our sheets."""

    sheet: Annotated[
        str,
        _Plain("Feuille", width=16, required=True, help="La feuille du classeur : Suivi."),
    ] = ""
    heading: Annotated[
        str,
        _Plain("Intitulé du fichier", width=30, required=True, help="Comme l'autre fichier l'a."),
    ] = ""
    becomes: Annotated[
        str,
        _Plain("Devient", width=34, help="L'intitulé d'une colonne de cette feuille, ou rien."),
    ] = ""


class StaffRow(Row):
    """The staff of one year, in full-time equivalents."""

    year: Annotated[
        int | None, Column("Année", Kind.INTEGER, width=9, required=True, help="Une ligne par an.")
    ] = None
    support: Annotated[
        float | None,
        Column(
            "ETP d'accompagnement",
            Kind.NUMBER,
            width=16,
            help="Accompagnement socioprofessionnel : 1,5 pour un temps plein et un mi-temps.",
        ),
    ] = None
    supervision: Annotated[
        float | None,
        Column(
            "ETP d'encadrement",
            Kind.NUMBER,
            width=16,
            help="Encadrement technique, et suivi des missions.",
        ),
    ] = None


class OwnColumnRow(Row):
    """What a column of the team holds, for a copy without names."""

    sheet: Annotated[
        str,
        _Plain("Feuille", width=16, required=True, help="La feuille du classeur : Personnes."),
    ] = ""
    heading: Annotated[
        str,
        _Plain("Colonne", width=30, required=True, help="L'intitulé de votre colonne."),
    ] = ""
    holds: Annotated[
        str | None,
        Column(
            "Contient",
            Kind.CHOICE,
            width=14,
            choices=OWN_DATA,
            help="à garder (une catégorie, un nombre), nom, texte, date ou code (un numéro).",
        ),
    ] = None
