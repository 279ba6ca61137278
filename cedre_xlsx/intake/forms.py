"""The exports that are known from the start, by the set of their headings: what each is, its age,
where its columns go and why the others are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cedre_xlsx.intake.model import SourceTable
from cedre_xlsx.intake.targets import Target
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema import tables as t

#: The fewest characters of a heading that a program cut off.
_SHORTEST_CUT = 8
#: The share of its headings from which a table is that form.
_ENOUGH = 0.8

_CONTACT = "coordonnées, jamais reprises"
_NUMBER = "numéro personnel, jamais repris"
_ADDRESS = "adresse, jamais reprise"
_THIRD = "nom d'un tiers"
_NO_PLACE = "n'a pas sa place dans le classeur"
_OF_THE_APPLICATION = "de la candidature, pas de la personne"


def _person(name: str) -> Target:
    return Target(t.PEOPLE.table, name)


def _line(name: str) -> Target:
    return Target(t.FOLLOW_UP.table, name)


def _out(why: str) -> Target:
    return Target(why=why)


@dataclass(frozen=True)
class Form:
    """A known export: its name, the sheet of ours, the target of each heading.

    `must` are the headings without which a table is another; `other` what becomes of any other;
    `body` the heading that names the organisation of a line.
    """

    key: str
    title: str
    sheet: str
    targets: Mapping[str, Target]
    must: tuple[str, ...]
    other: Target = field(default_factory=lambda: _out(_NO_PLACE))
    body: str = ""

    @cached_property
    def by_key(self) -> dict[str, str]:
        """The headings by their words."""
        return {word_key(heading): heading for heading in self.targets}

    def headings_of(self, source: SourceTable) -> tuple[str, ...]:
        """The heading of the form that each column has; "" for another one.

        Case, accents, apostrophes and order do not count; a heading may be cut off.
        """
        found = [self._heading(word_key(one)) for one in source.headings]
        return tuple(
            one if one and found.index(one) == rank else "" for rank, one in enumerate(found)
        )

    def _heading(self, key: str) -> str:
        if key in self.by_key:
            return self.by_key[key]
        if len(key) < _SHORTEST_CUT:
            return ""
        cut = [heading for known, heading in self.by_key.items() if known.startswith(key)]
        return cut[0] if len(cut) == 1 else ""

    def is_form_of(self, source: SourceTable) -> bool:
        """Whether a table is of this form: all that it must have, and few other headings."""
        found = {one for one in self.headings_of(source) if one}
        headed = [one for one in source.headings if one]
        return set(self.must) <= found and len(found) >= _ENOUGH * len(headed)


APPLICATIONS = Form(
    "candidatures",
    "export des candidatures de la plateforme de l'inclusion",
    t.PEOPLE.sheet,
    {
        "Civilité candidat": _person("title"),
        "Nom candidat": _person("last_name"),
        "Prénom candidat": _person("first_name"),
        "Nom de naissance": _out(_NO_PLACE),
        "Email candidat": _out(_CONTACT),
        "Téléphone candidat": _out(_CONTACT),
        "Date de naissance candidat": _person("birth_year"),
        "Ville candidat": _out("adresse, sauf pour distinguer deux homonymes"),
        "Département candidat": _out(_ADDRESS),
        "Nom structure employeur": _out("celle du classeur"),
        "Type employeur": _out("celui du classeur"),
        "Métiers": _out(_OF_THE_APPLICATION),
        "Source de la candidature": _person("referrer"),
        "Nom organisation prescripteur": _out("lu pour l'orienteur, dont seul le genre est gardé"),
        "Nom prescripteur": _out(_THIRD),
        "Nom utilisateur prescripteur": _out(_THIRD),
        "Date de la candidature": _out(_OF_THE_APPLICATION),
        "Statut de la candidature": _out("lu pour savoir qui est embauché"),
        "Dates de début d’embauche": _person("registered"),
        "Dates de fin d’embauche": _person("contract_end"),
        "Motifs de refus": _out(_OF_THE_APPLICATION),
        "Éligibilité IAE validée": _out(_OF_THE_APPLICATION),
        "Eligible au contrôle": _out(_OF_THE_APPLICATION),
        "Numéro PASS IAE": _person("pass_number"),
        "Début PASS IAE": _person("pass_start"),
        "Fin PASS IAE": _person("pass_end"),
        "Statut PASS IAE": _out("se lit des dates du PASS IAE"),
    },
    ("Nom candidat", "Prénom candidat", "Statut de la candidature", "Numéro PASS IAE"),
)

#: What both exports of rdv-insertion tell of the person.
_OF_RDV: dict[str, Target] = {
    "Civilité": _person("title"),
    "Nom": _person("last_name"),
    "Prénom": _person("first_name"),
    "Numéro CAF": _out(_NUMBER),
    "ID interne au département": _out(_NUMBER),
    "ID France Travail": _out(_NUMBER),
    "Email": _out(_CONTACT),
    "Adresse": _out(_ADDRESS),
    "CP": _out(_ADDRESS),
    "Ville": _out(_ADDRESS),
    "Téléphone": _out(_CONTACT),
    "Date de naissance": _person("birth_year"),
}

RDV_PEOPLE = Form(
    "rdv-personnes",
    "export des usagers de rdv-insertion",
    t.PEOPLE.sheet,
    {
        **_OF_RDV,
        "Date de création": _out(_NO_PLACE),
        "Date d'entrée flux": _out(_NO_PLACE),
        "Rôle": _out(_NO_PLACE),
        "Première invitation envoyée le": _out(_NO_PLACE),
        "Dernière invitation envoyée le": _out(_NO_PLACE),
        "Dernière convocation envoyée le": _out(_NO_PLACE),
        "Date du dernier RDV": _out("se reprend de l'export des rendez-vous"),
        "Heure du dernier RDV": _out("se reprend de l'export des rendez-vous"),
        "Motif du dernier RDV": _out("se reprend de l'export des rendez-vous"),
        "Nature du dernier RDV": _out("se reprend de l'export des rendez-vous"),
        "Date d'orientation": _out(_NO_PLACE),
        "Type d'orientation": _out(_NO_PLACE),
        "Date de début d'accompagnement": _person("registered"),
        "Date de fin d'accompagnement": _out("prévue le plus souvent : notez vous-même la sortie"),
        "Structure d'orientation": _out(_NO_PLACE),
        "Référent(s)": _person("advisor"),
        "Nombre d'organisations": _out(_NO_PLACE),
        "Nom des organisations": _out(_NO_PLACE),
        "Tags": _out("étiquettes libres"),
    },
    ("Nom", "Prénom", "Numéro CAF", "Date de création"),
    body="Nom des organisations",
)

RDV_APPOINTMENTS = Form(
    "rdv-rendez-vous",
    "export des rendez-vous de rdv-insertion",
    t.FOLLOW_UP.sheet,
    {
        "Date du RDV": _line("dated"),
        "Heure du RDV": _out("seul le jour est gardé"),
        "Motif du RDV": _line("action"),
        "Nature du RDV": _out(_NO_PLACE),
        "RDV pris en autonomie ?": _out(_NO_PLACE),
        "RDV pris le": _out(_NO_PLACE),
        "Statut du RDV": _line("outcome"),
        "Statut": _line("outcome"),
        "Résultat du RDV": _line("outcome"),
        "Référent(s)": _line("participant"),
        "Organisation du rendez-vous": _out(_NO_PLACE),
        **_OF_RDV,
    },
    ("Date du RDV", "Motif du RDV", "Nom", "Prénom"),
    body="Organisation du rendez-vous",
)

FORMS: tuple[Form, ...] = (APPLICATIONS, RDV_PEOPLE, RDV_APPOINTMENTS)


def known_form(source: SourceTable) -> Form | None:
    """The export that a table is; None for a team's own."""
    return next((form for form in FORMS if form.is_form_of(source)), None)


def age_of_applications(source: SourceTable, dates: Sequence[object]) -> str:
    """How old the form of an export of applications is, in French.

    `dates` are the values of a column of days: texts, before June 2025.
    """
    found = set(APPLICATIONS.headings_of(source))
    if "Civilité candidat" not in found or "Nom prescripteur" in found:
        return "d'avant 2024, la plus ancienne forme"
    if "Statut PASS IAE" not in found:
        return "d'avant mars 2024"
    if "Eligible au contrôle" not in found:
        return "d'avant septembre 2024"
    if any(isinstance(one, str) and one.strip() for one in dict.fromkeys(dates)):
        return "d'avant juin 2025"
    return "forme d'aujourd'hui"
