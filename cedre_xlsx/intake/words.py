"""The words by which rows are known in French tables: headings, totals, titles, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from cedre_xlsx.method.dates import MONTH_NAMES
from cedre_xlsx.method.text import fold, word_key
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.read.headings import known_headings

#: Headings that tables of teams have, whatever the program; as `word_key` compares them.
_COMMON = frozenset({
    "nom", "noms", "prenom", "prenoms", "nom et prenom", "nom prenom", "prenom nom",
    "nom complet", "salarie", "salariee", "salaries", "salarie e", "beneficiaire", "candidat",
    "candidate", "personne", "personnes", "participant", "participants", "identite", "usager",
    "stagiaire", "civilite", "sexe", "genre", "h f", "age", "nationalite", "adresse", "ville",
    "commune", "code postal", "cp", "telephone", "tel", "portable", "mobile", "email", "e mail",
    "mail", "courriel", "naissance", "ne le", "nee le", "ne e le", "date", "dates", "jour",
    "mois", "annee", "semaine", "heure", "horaire", "horaires", "debut", "fin", "entree",
    "sortie", "entree le", "sortie le", "arrivee", "depart", "du", "au", "duree", "echeance",
    "delai", "referent", "referente", "accompagnateur", "accompagnatrice", "cip", "conseiller",
    "conseillere", "prescripteur", "orienteur", "par qui", "qui", "quoi", "quand", "action",
    "actions", "objectif", "objectifs", "objet", "demarche", "demarches", "type", "nature",
    "theme", "sujet", "categorie", "motif", "motifs", "statut", "etat", "resultat", "resultats",
    "suite", "suites", "suites donnees", "decision", "decisions", "bilan", "avis", "observation",
    "observations", "obs", "remarque", "remarques", "commentaire", "commentaires", "note",
    "notes", "details", "description", "intitule", "libelle", "titre", "n", "no", "numero", "ref",
    "reference", "id", "identifiant", "matricule", "code", "contrat", "type de contrat", "poste",
    "metier", "fonction", "qualification", "mission", "missions", "client", "clients",
    "entreprise", "employeur", "structure", "organisme", "partenaire", "lieu", "site", "service",
    "secteur", "heures", "nb heures", "nombre d heures", "nb d heures", "total", "total heures",
    "taux", "montant", "quantite", "nombre", "nb", "present", "presence", "absence", "absent",
    "signature", "frein", "freins", "besoin", "besoins", "projet", "diplome", "niveau", "permis",
    "rsa", "rqth", "qpv", "pass iae", "agrement", "prochain rdv", "rdv", "rendez vous", "temps",
    "temps passe", "origine", "source", "indicateur", "valeur", "signification",
})  # fmt: skip
#: With one of these words first, a short text is a heading: "Date de naissance", "N° PASS IAE".
_BEGINNINGS = frozenset({
    "date", "dates", "nom", "noms", "prenom", "n", "no", "numero", "num", "nb", "nombre", "type",
    "motif", "motifs", "statut", "duree", "code", "lieu", "referent", "ref", "reference",
    "adresse", "telephone", "tel", "email", "mail", "heures", "debut", "fin", "categorie",
    "nature", "intitule", "libelle", "observations", "commentaires", "actions", "objectifs",
    "departement", "civilite", "ville", "niveau",
})  # fmt: skip
_MOST_WORDS = 7
_LONGEST_HEADING = 60  # characters
#: The heading of a column of names, in which a text alone is somebody.
_NAMING = re.compile(
    r"^(?:noms?|prenoms?|salarie|beneficiaire|candidat|personne|participant|identite|usager|stagiaire"
    r"|matricule|intitule|client|entreprise)"
)
_TOTAL = re.compile(
    r"(?:sous[\s\-]?tota(?:l|ux)|tota(?:l|ux)|sommes?|moyennes?|mediane|ensemble|cumul"
    r"|(?:nombre|nb|nbre) (?:de|d'|total|moyen)|effectifs?(?: total)?|dont)\b"
)
#: How the texts begin that `is_total_label` looks at: other rows cost nothing.
TOTAL_BEGINNINGS = frozenset(
    {"to", "so", "s/", "mo", "mé", "me", "en", "cu", "no", "nb", "ef", "do"}
)
_NOTE = re.compile(
    r"(?:legende|notas?|nb|n\.b\.|remarques?|notes?|attention|source|\*)\s*(?::|$|\*)"
)
_MONTH, _YEAR = re.compile(MONTH_NAMES), re.compile("(?:19|20)[0-9]{2}")
_PERIOD = re.compile(
    rf"(?:{MONTH_NAMES})\.?(?: ?(?:[0-9]{{2}}|[0-9]{{4}}))?|(?:19|20)[0-9]{{2}}"
    r"|semaine [0-9].*|s[0-9]{1,2}|[ts][1-4](?: .*)?|annee [0-9].*"
    r"|(?:[1-4](?:er|eme|e)?|premier|deuxieme|troisieme|quatrieme) (?:trimestre|semestre).*"
    r"|(?:periode )?du [0-9].* au [0-9].*"
)
_GROUPING = re.compile(
    r"^(?:groupe|atelier|equipe|promotion|session|site|chantier|secteur|antenne|periode|annee)\b"
    r"|\baccompagne|\bsuivie?s? par\b|\breferente? ?:|:$"
)
#: What a cell under a heading may say of how it is filled in; the first need nothing beside.
_FORMAT = re.compile(
    r"\(?(?:format |au format )?"
    r"(?:j{1,2}[/.\- ]?m{1,2}[/.\- ]?a{2,4}|m{1,2}[/.\- ]a{2,4}|h{1,2}[:h]m{1,2}"
    r"|oui ?(?:/|ou) ?non|o ?/ ?n|x si (?:oui|non)|h ?/ ?f|f ?/ ?h"
    r"|en (?:heures?|jours?|mois|minutes?|euros?|km|h|%|€|majuscules?|toutes lettres)"
    r"|texte(?: libre)?|liste(?: deroulante)?|[0-9]+ (?:chiffres|caracteres)"
    r"|obligatoire|facultatif)\)?"
)
_HINT = re.compile(
    r"\(.*\)|(?:ex|exemple)\s?[.:].*|formats?|unites?|exemples?|(?:a )?saisi[er]|heures?|jours?"
    r"|mois|h|min|km|%|€|euros?|nombre|numero|date"
)


def are_hints(texts: Sequence[str]) -> bool:
    """Whether the texts of a row under headings say how the columns are filled in."""
    folded = [fold(text) for text in texts]
    formats = [text for text in folded if _FORMAT.fullmatch(text)]
    return bool(formats) and all(text in formats or _HINT.fullmatch(text) for text in folded)


@lru_cache(maxsize=16384)
def is_known_heading(text: str) -> bool:
    """Whether a text is a heading of ours, or one that tables often have."""
    if len(text) > 2 * _LONGEST_HEADING:
        return any(known_headings(spec.model, [text]) for spec in DATA_TABLES)
    key = word_key(text)
    if not key:
        return False
    if key in _COMMON or any(known_headings(spec.model, [text]) for spec in DATA_TABLES):
        return True
    words = key.split()
    return words[0] in _BEGINNINGS and len(words) <= _MOST_WORDS and len(text) <= _LONGEST_HEADING


@cache
def first_headings() -> frozenset[str]:
    """Headings in lower case, with which a row may begin that is one of headings."""
    ours = (column.header for spec in DATA_TABLES for column in spec.columns.values())
    accented = {"prénom", "salarié", "salariée", "bénéficiaire", "n°", "civilité", "référent"}
    return _COMMON | accented | {header.lower() for header in ours}


@lru_cache(maxsize=4096)
def is_total_label(text: str) -> bool:
    """Whether a text begins as the label of a total, an average or a count."""
    return _TOTAL.match(fold(text)) is not None


def is_naming(heading: str) -> bool:
    """Whether a column so headed has the names of people, or of what its lines are about."""
    return _NAMING.match(word_key(heading)) is not None


def are_of_one_kind(one: str, other: str) -> bool:
    """Whether two titles say the same of their lines: a month, a year, the same first word."""
    first, second = word_key(one).split()[:1], word_key(other).split()[:1]
    if not first or not second:
        return False
    return (
        first == second
        or all(map(_MONTH.fullmatch, first + second))
        or (all(map(_YEAR.fullmatch, first + second)))
    )


def begins_a_note(text: str) -> bool:
    """Whether a text alone in a row begins a legend or a note."""
    return _NOTE.match(fold(text)) is not None


def is_period(text: str) -> bool:
    """Whether a text is a month, a year, a week or another period, and nothing else."""
    return _PERIOD.fullmatch(fold(text)) is not None


def is_grouping(text: str) -> bool:
    """Whether a text says a group or an advisor, or announces what follows."""
    return _GROUPING.search(fold(text)) is not None
