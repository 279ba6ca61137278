"""What the label of a box asks for, and of whom: a proposal to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cedre_xlsx.intake.aliases import OF_THE_PERSON
from cedre_xlsx.intake.minimised import says_birth
from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.fields import (
    BIRTH_DATE,
    LENGTH_DONE,
    NEED_LEVEL,
    OF_PEOPLE,
    TODAY,
    need_field,
    person_field,
    setting_field,
)
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.paperwork.prolongation import begins
from cedre_xlsx.schema.tables import PEOPLE

TO_VERIFY = "à vérifier"
BY_HAND = "seule l'année est gardée : à remplir à la main"

#: What forms call what is in Paramètres, and the day, whatever the case and accents.
_OTHERS = {
    setting_field("structure"): (
        "structure", "nom de la structure", "association", "nom de l'association", "employeur",
        "raison sociale", "nom de l'employeur", "organisme", "nom de l'organisme",
        "nom de l'association intermédiaire",
    ),
    setting_field("siret"): ("siret", "n° siret", "n° de siret", "numéro de siret"),
    setting_field("kind"): ("type de structure",),
    setting_field("place"): ("fait à",),
    TODAY: ("date", "date du jour", "fait le", "le", "date de la demande"),
    LENGTH_DONE: ("durée du parcours déjà réalisé",),
    BIRTH_DATE: ("date de naissance", "né le", "née le", "né(e) le"),
}  # fmt: skip
#: What may follow a label without changing what it asks for.
_WHOSE = re.compile(
    r" (?:du|de la|de l|de) ?(?:salariee?|personne|beneficiaire|candidate?|interessee?|demandeur"
    r"|participante?|usager)(?: .*)?$"
)
_NUMBERED = re.compile(r"^\d+ ")
#: Words of those who are neither the person nor, for sure, the structure.
_OTHER_PARTY = re.compile(
    r"\b(?:entreprise|structure d accueil|etablissement d accueil|employeur|prescri\w+|partenaire"
    r"|referente?|tuteur|tutrice|organisme|conseill\w+|donneur|utilisat\w+|orienteur|client"
    r"|conjointe?|enfants?|responsable|formateur|formatrice|professionnel referent)\b"
)
#: What a paper about the person is for, and those between whom it goes.
_PAPER = re.compile(
    r"\b(?:accompagnement|bilan|candidature|demande|diagnostic|echanges?|entretien|inscription"
    r"|liaison|navette|orientation|parcours|positionnement|prescription|prolongation|suivi"
    r"|transmission)\b"
)
_BETWEEN = re.compile(r"\b(?:conseill\w+|partenaire|prescription|referente?)\b")
_THE_PERSON = re.compile(
    r"\b(?:participante?|beneficiaire|salariee?|candidate?|personne|identite|usager|demandeur"
    r"|interessee?|etat civil)\b"
)


def field_of(label: str, own: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The field that a label asks for, with a remark; "" for none that is known.

    `own` are the headings of the team's own columns, by the words that they are compared by.
    """
    key = _NUMBERED.sub("", word_key(label))
    for words in (key, _WHOSE.sub("", key)):
        if words in _others():
            field = _others()[words]
            if field == BIRTH_DATE:
                return "", BY_HAND
            return field, TO_VERIFY if says_another(words) else ""
        if words in _headings():
            is_another = words != key and says_another(key)
            return person_field(_headings()[words]), TO_VERIFY if is_another else ""
        if words in _aliases() and not says_birth(label):
            return person_field(_aliases()[words]), TO_VERIFY
    if own and key in own:
        return f"{OF_PEOPLE}{own[key]}", ""
    need = next((one for one in NEEDS if begins(label, one.label)), None)
    return (need_field(need.name, NEED_LEVEL), TO_VERIFY) if need else ("", "")


def says_another(text: str) -> bool:
    """Whether a heading, or a label, is about someone who is neither the person nor, for sure, the
    structure.
    """
    return _OTHER_PARTY.search(word_key(text)) is not None


def says_whose(text: str) -> bool:
    """Whether a heading says about whom the boxes below it are."""
    return says_another(text) or _THE_PERSON.search(word_key(text)) is not None


def is_of_the_paper(title: str) -> bool:
    """Whether the title of a sheet says what the paper is for ("Fiche de liaison – partenaire"),
    and names nobody else whom its boxes may be about ("Fiche de liaison – employeur").
    """
    words = word_key(title)
    return _PAPER.search(words) is not None and not says_another(_BETWEEN.sub("", words))


@cache
def _others() -> dict[str, str]:
    return {word_key(word): field for field, words in _OTHERS.items() for word in words}


@cache
def _headings() -> dict[str, str]:
    """The headings of Personnes, with the others that people's files have."""
    return {
        word_key(heading): name
        for name, column in PEOPLE.columns.items()
        for heading in (column.header, *column.aliases)
    }


@cache
def _aliases() -> dict[str, str]:
    return {word: name for name, words in OF_THE_PERSON.items() for word in words}
