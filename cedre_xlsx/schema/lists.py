"""The lists that cells choose from, as they stand in the hidden sheet `Listes`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cedre_xlsx.method import vocabulary as v


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list of values.

    `name` is the defined name its validation points to. A closed list refuses other values; an
    open one (official lists, which the State renames) warns, and keeps what was typed.
    `enum` is the type of a closed list's values. `spellings` are other accepted forms.
    """

    name: str
    title: str
    values: tuple[str, ...]
    closed: bool = True
    enum: type[StrEnum] | None = None
    spellings: Mapping[str, str] = field(default_factory=dict)


def _closed(
    name: str, title: str, enum: type[StrEnum], spellings: Mapping[str, str] | None = None
) -> ListSpec:
    return ListSpec(name, title, tuple(enum), True, enum, spellings or {})


TITLE = _closed(
    "lstCivilite", "Civilité", v.Title,
    {"monsieur": "M.", "mr": "M.", "madame": "Mme", "mademoiselle": "Mme", "mlle": "Mme",
     "h": "M.", "homme": "M.", "f": "Mme", "femme": "Mme", "masculin": "M.",
     "feminin": "Mme", "melle": "Mme", "mde": "Mme", "fme": "Mme"},
)  # fmt: skip
STATUS = _closed(
    "lstStatut", "Statut", v.Status,
    {
        "1": "(1) À proposer", "a proposer": "(1) À proposer", "en attente": "(1) À proposer",
        "2": "(2) En cours", "en cours": "(2) En cours",
        "3": "(3) Réalisée", "realisee": "(3) Réalisée", "realise": "(3) Réalisée",
        "fait": "(3) Réalisée", "faite": "(3) Réalisée", "terminee": "(3) Réalisée",
        "ok": "(3) Réalisée", "valide": "(3) Réalisée", "validee": "(3) Réalisée",
        "clos": "(3) Réalisée", "close": "(3) Réalisée", "cloture": "(3) Réalisée",
        "cloturee": "(3) Réalisée", "termine": "(3) Réalisée", "fini": "(3) Réalisée",
        "finie": "(3) Réalisée", "effectue": "(3) Réalisée", "effectuee": "(3) Réalisée",
        "a faire": "(1) À proposer", "a prevoir": "(1) À proposer",
        "a realiser": "(1) À proposer", "a valider": "(1) À proposer",
        "a relancer": "(1) À proposer", "a programmer": "(1) À proposer",
        "a planifier": "(1) À proposer", "traite": "(3) Réalisée", "traitee": "(3) Réalisée",
        "regle": "(3) Réalisée", "reglee": "(3) Réalisée", "refus": "Sans suite",
        "abandon": "Sans suite", "annulation": "Sans suite",
        "encours": "(2) En cours", "commence": "(2) En cours", "commencee": "(2) En cours",
        "demarre": "(2) En cours", "demarree": "(2) En cours", "solde": "(3) Réalisée",
        "ss suite": "Sans suite", "plus d actualite": "Sans suite",
        "refuse": "Sans suite", "annule": "Sans suite",
        "abandonne": "Sans suite",
        "refusee": "Sans suite", "annulee": "Sans suite", "abandonnee": "Sans suite",
    },
)  # fmt: skip
ACTOR = _closed(
    "lstParQui", "Par qui", v.Actor,
    {
        "structure": "La structure", "l ai": "La structure", "ai": "La structure",
        "accompagnateur": "La structure", "personne": "La personne", "salarie": "La personne",
        "salariee": "La personne", "le salarie": "La personne", "la salariee": "La personne",
        "les deux": "Ensemble", "structure et personne": "Ensemble",
    },
)  # fmt: skip
FORM = _closed(
    "lstForme", "Forme", v.EngagementForm,
    {
        "verbal": "Oral", "orale": "Oral", "ecrite": "Écrit", "remis": "Écrit remis",
        "remise": "Écrit remis", "ecrite remise": "Écrit remis", "signe": "Écrit signé",
        "signee": "Écrit signé", "ecrite signee": "Écrit signé",
    },
)  # fmt: skip
YES_NO = ListSpec("lstOuiNon", "Oui / Non", v.YES_NO)
ACHIEVED = _closed(
    "lstRealisees", "Actions réalisées", v.Achieved,
    {
        "totalement": "OUI, totalement", "oui": "OUI, totalement",
        "en partie": "OUI, en partie", "partiellement": "OUI, en partie",
        "oui partiellement": "OUI, en partie",
    },
)  # fmt: skip
NATURE = _closed(
    "lstNature", "Nature", v.Nature,
    {"mets": "Autre METS", "mise a disposition": "MAD", "pmsmp": "Immersion"},
)  # fmt: skip
ACCOMPANIMENT = _closed(
    "lstAccompagnement", "Accompagnement", v.Accompaniment,
    {
        "interne et externe": "Les deux", "interne externe": "Les deux", "aucune": "Aucun",
        "non": "Aucun", "partenaire": "Externe",
    },
)  # fmt: skip
EXIT_CATEGORY = _closed(
    "lstCategorieSortie", "Catégorie de sortie", v.ExitCategory,
    {
        "durable": "Emploi durable", "transition": "Emploi de transition",
        "positive": "Sortie positive", "autre": "Autre sortie", "autres": "Autre sortie",
        "retrait": "Retrait des sorties constatées",
    },
)  # fmt: skip
EXIT_REASON = ListSpec("lstMotifSortie", "Motif de sortie", tuple(v.EXIT_REASONS), closed=False)
BARRIER = ListSpec("lstFrein", "Frein", v.BARRIERS, closed=False)
EDUCATION = ListSpec("lstFormation", "Niveau de formation", v.EDUCATION_LEVELS, closed=False)
UNEMPLOYMENT = ListSpec(
    "lstInscriptionFT",
    "Durée d'inscription à France Travail",
    v.UNEMPLOYMENT_DURATIONS,
    closed=False,
)
RSA = ListSpec("lstRSA", "RSA", v.RSA_VALUES, closed=False)
REFERRER = ListSpec("lstOrienteur", "Orienteur", v.REFERRERS, closed=False)
KIND = _closed("lstTypeStructure", "Type de structure", v.StructureKind)

#: Every fixed list, in the order of the columns of `Listes`.
LISTS: tuple[ListSpec, ...] = (
    TITLE, STATUS, ACTOR, FORM, YES_NO, ACHIEVED, NATURE, ACCOMPANIMENT, EXIT_CATEGORY,
    EXIT_REASON, BARRIER, EDUCATION, UNEMPLOYMENT, RSA, REFERRER, KIND,
)  # fmt: skip

CLIENT_KIND = _closed(
    "lstTypeClient", "Type de client", v.ClientKind,
    {
        "particuliers": "Particulier", "menage": "Particulier", "societe": "Entreprise",
        "entreprises": "Entreprise", "commerce": "Entreprise", "artisan": "Entreprise",
        "mairie": "Collectivité", "commune": "Collectivité", "collectivites": "Collectivité",
        "collectivite territoriale": "Collectivité", "asso": "Association",
        "associations": "Association",
    },
)  # fmt: skip
OUTCOME = _closed(
    "lstDebouche", "Débouché", v.MissionOutcome,
    {
        "cdi": "Emploi durable", "entree en formation": "Formation",
        "mission": "Nouvelle mission", "autre mission": "Nouvelle mission",
        "confirme": "Projet confirmé", "reoriente": "Projet réorienté",
        "sans débouché": "Aucun", "sans suite": "Aucun", "rien": "Aucun",
    },
)  # fmt: skip
LEVEL = _closed(
    "lstNiveau", "Niveau d'un frein", v.BarrierLevel,
    {
        "eleve": "(++) Fort", "bloquant": "(++) Fort", "forte": "(++) Fort",
        "moyenne": "(+) Moyen", "legere": "(-) Faible", "leger": "(-) Faible",
        "nul": "(--) Aucun", "resolu": "(--) Aucun", "leve": "(--) Aucun",
    },
)  # fmt: skip
ORIENTATION = ListSpec("lstOrientation", "Orientation", v.ORIENTATIONS, closed=False)
RESULT = _closed(
    "lstResultat", "Résultat d'une orientation", v.OrientationResult,
    {
        "encours": "En cours", "en attente": "En cours", "abouti": "Aboutie",
        "reussie": "Aboutie", "refus": "Refusée", "refuse": "Refusée", "abandon": "Sans suite",
    },
)  # fmt: skip
ATTENDANCE = _closed(
    "lstPresence", "Présence", v.Attendance,
    {
        "present": "Présence", "presente": "Présence", "oui": "Présence", "venu": "Présence",
        "venue": "Présence", "excuse": "Absence excusée", "excusee": "Absence excusée",
        "absent excuse": "Absence excusée", "absente excusee": "Absence excusée",
        "absence justifiee": "Absence excusée", "absent non excuse": "Absence non excusée",
        "absente non excusee": "Absence non excusée", "non excuse": "Absence non excusée",
        "non excusee": "Absence non excusée", "absence injustifiee": "Absence non excusée",
        "lapin": "Absence non excusée",
    },
)  # fmt: skip
ABSENCE_REASON = _closed(
    "lstMotifAbsence", "Motif d'absence", v.AbsenceReason,
    {
        "malade": "Santé", "maladie": "Santé", "demarche": "Démarche administrative",
        "demarches": "Démarche administrative", "garde d enfants": "Garde d'enfant",
        "enfant": "Garde d'enfant", "enfant malade": "Garde d'enfant", "transports": "Transport",
        "autres": "Autre",
    },
)  # fmt: skip
FRANCE_TRAVAIL = ListSpec(
    "lstCategorieFT", "Catégorie France Travail", v.FRANCE_TRAVAIL_CATEGORIES, closed=False
)
LATER_SITUATION = _closed(
    "lstSituation6Mois", "Situation à 6 mois", v.LaterSituation,
    {
        "cdi": "Emploi durable", "sortie positive": "Autre sortie positive",
        "inactif": "Inactivité", "inactive": "Inactivité", "chomeur": "Chômage",
        "chomeuse": "Chômage", "demandeur d emploi": "Chômage", "en formation": "Formation",
        "pas joignable": "Injoignable", "non joint": "Injoignable", "non jointe": "Injoignable",
        "inconnue": "Non renseignée", "non renseigne": "Non renseignée",
    },
)  # fmt: skip

OWN_DATA = ListSpec(
    "lstContient",
    "Contenu d'une colonne de l'équipe",
    ("à garder", "nom", "texte", "date", "code"),
    spellings={
        "garder": "à garder", "a conserver": "à garder", "noms": "nom", "textes": "texte",
        "dates": "date", "codes": "code", "reference": "code",
    },
)  # fmt: skip

#: The lists of columns that are off until asked for, and of tables that are new: after all others,
#: for they came later.
PACK_LISTS: tuple[ListSpec, ...] = (
    CLIENT_KIND, OUTCOME, LEVEL, ORIENTATION, RESULT,
    ATTENDANCE, ABSENCE_REASON, FRANCE_TRAVAIL, LATER_SITUATION, OWN_DATA,
)  # fmt: skip

# Lists that grow with the workbook: their defined names end at the last value typed.
PEOPLE_NAME = "lstPersonnes"
ADVISORS_NAME = "lstAccompagnateurs"
CODES_NAME = "lstTypes"
REFERENCES_NAME = "lstReferences"
LINES_NAME = "lstLignes"

#: The columns of `Listes` that the forms compute in, BI to DD; the lists that came later stand at
#: their right, so that no formula of an older workbook has to move.
FORM_COLUMNS = range(61, 109)
#: Those in which the individual sheet lays its texts in rows, to the right of every list.
TEXT_COLUMNS = range(201, 225)
