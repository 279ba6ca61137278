"""List values: those of the forms, and the official ones of the State's inclusion platform.

Labels are facts: they are reproduced as the forms and the public reference files print them.
"""

from __future__ import annotations

from enum import StrEnum


class Title(StrEnum):
    """How a person is addressed: the list of Civilité."""

    MR = "M."
    MRS = "Mme"


class Status(StrEnum):
    """The three columns of exemple n°5, and an action without follow-up."""

    TO_PROPOSE = "(1) À proposer"
    UNDER_WAY = "(2) En cours"
    DONE = "(3) Réalisée"
    DROPPED = "Sans suite"


class Actor(StrEnum):
    """Par qui: who carries an action (exemple n°4, foot of the form)."""

    STRUCTURE = "La structure"
    PERSON = "La personne"
    BOTH = "Ensemble"


class EngagementForm(StrEnum):
    """Forme: oral, written, handed over, or signed by both (fiche n°17)."""

    ORAL = "Oral"
    WRITTEN = "Écrit"
    HANDED_OVER = "Écrit remis"
    SIGNED = "Écrit signé"


class Achieved(StrEnum):
    """Actions réalisées: the first question of the review (fiche n°19)."""

    FULLY = "OUI, totalement"
    PARTLY = "OUI, en partie"
    NO = "NON"


class Nature(StrEnum):
    """Nature of a mission; only the first two are salaried work of the structure (METS)."""

    MAD = "MAD"
    OTHER_METS = "Autre METS"
    INTERNSHIP = "Stage"
    IMMERSION = "Immersion"
    OTHER = "Autre"

    @property
    def salaried(self) -> bool:
        """Whether its hours count in the structure's hours and full-time equivalents."""
        return self in (Nature.MAD, Nature.OTHER_METS)


class ClientKind(StrEnum):
    """Type de client: whom a mission is done for. The ceiling of an AI counts companies alone."""

    PRIVATE = "Particulier"
    COMPANY = "Entreprise"
    PUBLIC = "Collectivité"
    ASSOCIATION = "Association"


class MissionOutcome(StrEnum):
    """Débouché: what a mission, a placement or an immersion led to (ours)."""

    DURABLE = "Emploi durable"
    TRANSITION = "Emploi de transition"
    TRAINING = "Formation"
    MISSION = "Nouvelle mission"
    CONFIRMED = "Projet confirmé"
    CHANGED = "Projet réorienté"
    NONE = "Aucun"


class BarrierLevel(StrEnum):
    """Niveau of a frein, from the highest need to none: the four signs of the State's own form."""

    HIGH = "(++) Fort"
    MEDIUM = "(+) Moyen"
    LOW = "(-) Faible"
    NONE = "(--) Aucun"

    @property
    def need(self) -> int:
        """How much is needed, from 3 down to 0."""
        return 3 - list(BarrierLevel).index(self)


class OrientationResult(StrEnum):
    """Résultat of an orientation towards a partner (ours)."""

    UNDER_WAY = "En cours"
    SUCCEEDED = "Aboutie"
    DECLINED = "Refusée"
    DROPPED = "Sans suite"


class Attendance(StrEnum):
    """Présence of the person at what a line of Suivi says (ours)."""

    THERE = "Présence"
    EXCUSED = "Absence excusée"
    ABSENT = "Absence non excusée"

    @property
    def is_absence(self) -> bool:
        """Whether the person did not come."""
        return self is not Attendance.THERE


class AbsenceReason(StrEnum):
    """Motif d'absence: in a word, never what the illness is (ours)."""

    HEALTH = "Santé"
    PAPERS = "Démarche administrative"
    CHILDCARE = "Garde d'enfant"
    TRANSPORT = "Transport"
    OTHER = "Autre"


class LaterSituation(StrEnum):
    """Situation à 6 mois after the exit, as European funds ask for it."""

    DURABLE = "Emploi durable"
    TRANSITION = "Emploi de transition"
    TRAINING = "Formation"
    POSITIVE = "Autre sortie positive"
    INACTIVE = "Inactivité"
    UNEMPLOYED = "Chômage"
    NOT_REACHED = "Injoignable"
    UNKNOWN = "Non renseignée"

    @property
    def told(self) -> bool:
        """Whether it says how the person is: asked and not reached is not, nor not asked."""
        return self not in (LaterSituation.NOT_REACHED, LaterSituation.UNKNOWN)


#: Catégorie France Travail since 2025: F for a social pathway, G while waiting for orientation.
FRANCE_TRAVAIL_CATEGORIES = ("A", "B", "C", "D", "E", "F", "G")


class Accompaniment(StrEnum):
    """Accompagnement of a frein: inside the structure, outside, both or none."""

    INSIDE = "Interne"
    OUTSIDE = "Externe"
    BOTH = "Les deux"
    NONE = "Aucun"


class ExitCategory(StrEnum):
    """Catégorie de sortie; the first three are the "sorties dynamiques"."""

    DURABLE = "Emploi durable"
    TRANSITION = "Emploi de transition"
    POSITIVE = "Sortie positive"
    OTHER = "Autre sortie"
    WITHDRAWN = "Retrait des sorties constatées"

    @property
    def dynamic(self) -> bool:
        """Whether the exit counts as a "sortie dynamique"."""
        return self in (ExitCategory.DURABLE, ExitCategory.TRANSITION, ExitCategory.POSITIVE)


class StructureKind(StrEnum):
    """Kind of structure (SIAE)."""

    AI = "AI"
    ETTI = "ETTI"
    ACI = "ACI"
    EI = "EI"
    EITI = "EITI"

    @property
    def label(self) -> str:
        """The kind of structure in full: "association intermédiaire"…"""
        return {
            "AI": "Association intermédiaire",
            "ETTI": "Entreprise de travail temporaire d'insertion",
            "ACI": "Atelier et chantier d'insertion",
            "EI": "Entreprise d'insertion",
            "EITI": "Entreprise d'insertion par le travail indépendant",
        }[self.value]

    @property
    def counts_months(self) -> bool:
        """Whether an exit counts by the months of the pathway, and not by its hours."""
        return self in (StructureKind.ACI, StructureKind.EI, StructureKind.EITI)


YES_NO = ("OUI", "NON")

#: Motif de sortie → its category. Ours: each structure may extend it.
EXIT_REASONS: dict[str, ExitCategory] = {
    "CDI": ExitCategory.DURABLE,
    "CDD ou intérim de 6 mois et plus": ExitCategory.DURABLE,
    "Titularisation": ExitCategory.DURABLE,
    "Création ou reprise d'entreprise": ExitCategory.DURABLE,
    "CDD ou intérim de moins de 6 mois": ExitCategory.TRANSITION,
    "Contrat aidé": ExitCategory.TRANSITION,
    "Formation": ExitCategory.POSITIVE,
    "Autre structure d'insertion": ExitCategory.POSITIVE,
    "Retraite": ExitCategory.POSITIVE,
    "Sans emploi": ExitCategory.OTHER,
    "Abandon par la personne": ExitCategory.OTHER,
    "Rupture par la structure": ExitCategory.OTHER,
    "Déménagement": ExitCategory.OTHER,
    "Sans nouvelles": ExitCategory.OTHER,
    "Décès": ExitCategory.WITHDRAWN,
    "Longue maladie": ExitCategory.WITHDRAWN,
    "Rupture en période d'essai": ExitCategory.WITHDRAWN,
    "Faute grave": ExitCategory.WITHDRAWN,
}

BARRIERS = (
    "Français, illettrisme, langue",
    "Démarches administratives et accès aux droits",
    "Hébergement, logement",
    "Mobilité",
    "Santé",
    "Justice",
    "Surendettement et finances",
    "Disponibilité",
    "Famille",
    "Discrimination",
    "Ressources immédiates",
    "Numérique",
)

#: Orientation: to whom a person was directed for a frein. Ours: each structure may extend it.
ORIENTATIONS = (
    "Service social du département",
    "CCAS",
    "France Travail",
    "Mission locale",
    "Cap emploi",
    "Organisme de formation",
    "Service de santé",
    "Bailleur ou hébergement",
    "Association spécialisée",
    "Accès aux droits et justice",
    "Autre partenaire",
)

EDUCATION_LEVELS = (
    "Jamais scolarisé",
    "Pas de formation au-delà de la scolarité obligatoire",
    "Formation courte d'une durée d'un an",
    "Formation de niveau CAP ou BEP",
    "Diplôme obtenu CAP ou BEP",
    "Brevet de technicien ou baccalauréat professionnel",
    "Formation de niveau bac",
    "Formation de niveau BTS ou DUT",
    "Formation de niveau licence",
    "Troisième cycle ou école d'ingénieur",
    "Qualifications non certifiantes",
)
UNEMPLOYMENT_DURATIONS = (
    "Non",
    "Moins de 6 mois",
    "De 6 à 11 mois",
    "De 12 à 23 mois",
    "24 mois et plus",
)
RSA_VALUES = ("RSA majoré", "RSA non majoré", "Non")
REFERRERS = (
    "France Travail",
    "Mission locale",
    "Cap emploi",
    "PLIE",
    "Service social du conseil départemental",
    "Autre prescripteur habilité",
    "Candidature spontanée",
    "Orienteur non habilité",
    "SPIP",
    "PJJ",
    "CCAS",
    "CHRS",
    "CIDFF",
    "Service ou club de prévention",
    "AFPA",
    "PIJ-BIJ",
    "CAF",
    "CADA",
    "ASE",
    "CAVA",
    "CPH",
    "CHU",
    "OACAS",
    "CAARUD",
    "CSAPA",
    "E2C",
    "EPIDE",
    "HUDA",
    "MSA",
    "Organisation délégataire d'un conseil départemental",
    "Opérateur d'hébergement (OHPD)",
    "OIL",
    "OCASF",
    "Pension de famille, résidence accueil",
    "Résidence sociale, FJT",
)
