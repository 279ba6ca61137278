"""`Paramètres`: the structure's own choices (fiche outil n°16), once understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cedre_xlsx.method import vocabulary as v
from cedre_xlsx.method.text import word_key
from cedre_xlsx.method.types import TYPES, EngagementType
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.columns import Data, Kind
from cedre_xlsx.schema.findings import Place
from cedre_xlsx.schema.lists import OWN_DATA

#: What no number of Paramètres is above: in days it makes 273 years.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One line of tReglages: the field of `Settings` it sets, how it reads, within what bounds.

    `former` is the label of an older line, which sets the field where its own line is not there.
    """

    field: str
    label: str
    kind: Kind
    unit: str
    effect: str
    least: float = 0
    most: float = MOST
    former: str = ""

    def typed(self, settings: Settings) -> str | float | date | None:
        """The value that these settings give it, as its cell has it."""
        value: str | float | date | None = getattr(settings, self.field)
        return v.YES_NO[not value] if self.kind is Kind.YES_NO else value


#: The line of earlier versions that two came from.
ENDS_LABEL = "Fin de contrat ou de PASS IAE"


#: In the order of the lines of tReglages. Defaults stand in `Settings`. New ones come last: the
#: cells of the others stay where older workbooks have them.
SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("structure", "Nom de la structure", Kind.TEXT, "",
                "Imprimé sur les formulaires et les états."),
    SettingSpec("kind", "Type de structure", Kind.CHOICE, "",
                "AI, ETTI, ACI, EI ou EITI : décide du seuil des sorties comptées."),
    SettingSpec("place", "Commune", Kind.TEXT, "",
                "Imprimée devant la date de signature."),
    SettingSpec("started", "Date de mise en œuvre des engagements", Kind.DATE, "",
                "Fiche n°16 : depuis quand l'équipe contractualise."),
    SettingSpec("headcount", "Nombre de personnes", Kind.INTEGER, "personnes",
                "Fiche n°16 : combien de personnes sont concernées."),
    SettingSpec("proposal_days", "Délai pour une première proposition", Kind.INTEGER, "jours",
                "Après l'inscription ; au-delà, la personne est signalée."),
    SettingSpec("engagement_days", "Délai pour un premier engagement", Kind.INTEGER, "jours",
                "Après l'inscription ; au-delà, la personne est signalée."),
    SettingSpec("contact_days", "Délai sans contact", Kind.INTEGER, "jours",
                "Au-delà, la personne est signalée."),
    SettingSpec("work_days", "Délai sans travail", Kind.INTEGER, "jours",
                "Au-delà, la personne est signalée."),
    SettingSpec("soon_days", "Bientôt", Kind.INTEGER, "jours",
                "Une échéance plus proche que cela est annoncée."),
    SettingSpec("contract_days", "Fin de contrat", Kind.INTEGER, "jours",
                "Une fin plus proche que cela est annoncée.", former=ENDS_LABEL),
    SettingSpec("signature_days", "Délai pour remettre ou signer un engagement écrit",
                Kind.INTEGER, "jours",
                "Au-delà, l'engagement est signalé."),
    SettingSpec("done_days", "Actions réalisées montrées dans Synthèse", Kind.INTEGER, "jours",
                "Les plus anciennes n'y sont plus."),
    SettingSpec("discuss_days", "À discuter, à l'ordre du jour", Kind.INTEGER, "jours",
                "Ensuite, la ligne n'y est plus, si la réunion ne l'a pas déjà réglée."),
    SettingSpec("waiting_days", "Action à proposer, en attente", Kind.INTEGER, "jours",
                "Au-delà, elle est à l'ordre du jour de la réunion.", most=366),
    SettingSpec("kept_months", "Notes sans ligne, au bas des feuilles", Kind.INTEGER, "mois",
                "Ensuite, elles passent dans la feuille Notes anciennes."),
    SettingSpec("max_minutes", "Temps vraisemblable d'une action", Kind.INTEGER, "minutes",
                "Un temps plus long est signalé."),
    SettingSpec("max_weekly_hours", "Heures vraisemblables par semaine", Kind.NUMBER, "heures",
                "Plus d'heures de mission sont signalées.", most=168),
    SettingSpec("fte_hours", "Base annuelle d'un équivalent temps plein", Kind.NUMBER, "heures",
                "À vérifier sur l'annexe financière. Proposé : ACI 1 820, EI et EITI 1 505, ETTI "
                "1 600, AI 1 607. Vide : pas d'ETP compté.", least=500),
    SettingSpec("exit_min_hours", "Seuil d'heures d'une sortie comptée (AI, ETTI)",
                Kind.NUMBER, "heures",
                "En dessous, la sortie n'est pas comptée."),
    SettingSpec("exit_min_months", "Seuil de durée d'une sortie comptée (ACI, EI)",
                Kind.NUMBER, "mois",
                "En dessous, la sortie n'est pas comptée."),
    SettingSpec("dynamic_target", "Objectif de sorties dynamiques", Kind.NUMBER, "%",
                "Affiché à côté du taux."),
    SettingSpec("durable_target", "Objectif de sorties en emploi durable", Kind.NUMBER, "%",
                "Affiché à côté du taux."),
    SettingSpec("publication_threshold", "Seuil de publication", Kind.INTEGER, "personnes",
                "En dessous, un effectif publié est masqué (5, ou 11).", least=3),
    SettingSpec("retention_months", "Durée de conservation", Kind.INTEGER, "mois",
                "Après le dernier contact (référentiel CNIL : 24)."),
    SettingSpec("pass_days", "Fin de PASS IAE", Kind.INTEGER, "jours",
                "Une fin plus proche que cela est annoncée.", former=ENDS_LABEL),
    SettingSpec("siret", "N° SIRET", Kind.TEXT, "",
                "14 chiffres ; écrit sur les formulaires des partenaires."),
    SettingSpec("company_hours", "Plafond d'heures en entreprise (AI)", Kind.NUMBER, "heures",
                "Par personne, sur 24 mois ; au-delà, c'est signalé."),
    SettingSpec("company_hours_soon", "Annonce du plafond d'heures (AI)", Kind.NUMBER, "heures",
                "À partir de là, la personne est signalée."),
    SettingSpec("mission_review_days", "Délai pour le bilan d'une mission", Kind.INTEGER, "jours",
                "Après la fin de la mission ; au-delà, elle est signalée."),
    SettingSpec("form_notes", "Notes d'aide sur les formulaires", Kind.YES_NO, "",
                "OUI : la fiche et la convention les impriment en petit ; NON : sans elles."),
)  # fmt: skip


class SeveritySetting(NamedTuple):
    """The gravity that this structure gives to a rule, or "non"; and where it says so."""

    code: str
    severity: str
    place: Place = Place("Paramètres")


class HeadingMapping(NamedTuple):
    """What a heading of another file becomes in one of our sheets ("": it is left out)."""

    sheet: str
    heading: str
    becomes: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is about, as it is compared."""
        return word_key(self.sheet), word_key(self.heading) or self.heading.casefold()


class StaffYear(NamedTuple):
    """The full-time equivalents of a year's staff; None where they are not given."""

    year: int
    support: float | None
    supervision: float | None


class OwnColumn(NamedTuple):
    """A column of the team: its sheet, its heading, and what it tells of somebody."""

    sheet: str
    heading: str
    holds: Data


#: What each value of `OWN_DATA` means.
OWN_COLUMN_DATA = dict(
    zip(OWN_DATA.values, (Data.KEEP, Data.NAME, Data.TEXT, Data.DATE, Data.CODE), strict=True)
)


@dataclass(frozen=True, slots=True)
class TypeSetting:
    """An engagement type as this structure uses it; `method` is None for a type of its own."""

    code: str
    name: str
    max_months: float | None
    method: EngagementType | None


def _default_types() -> tuple[TypeSetting, ...]:
    return tuple(TypeSetting(kind.code, kind.name, kind.max_months, kind) for kind in TYPES)


DEFAULT_SENSITIVE_WORDS = (
    "addiction", "alcool", "alcoolique", "bipolaire", "bracelet électronique", "cancer",
    "condamné", "condamnation", "dépressif", "dépression", "détenu", "diabète", "dialyse",
    "drogue", "enceinte", "garde à vue", "grossesse", "hépatite", "incarcéré", "maladie chronique",
    "mise à l'épreuve", "prison", "psychiatrie", "psychiatrique", "schizophrénie", "sursis",
    "suicide", "toxicomane", "toxicomanie", "VIH",
)  # fmt: skip


FORMER_FTE_HOURS = 1820.0  # which earlier versions took for every kind
#: The hours of a full-time year that a new workbook has, by kind of structure; those of the other
#: kinds differ by year, and are asked for.
FTE_HOURS: dict[StructureKind, float] = {StructureKind.ACI: 1820, StructureKind.EITI: 1505}
#: The hours that are proposed, to be verified on the structure's own "annexe financière".
PROPOSED_FTE_HOURS: dict[StructureKind, float] = {
    **FTE_HOURS, StructureKind.EI: 1505, StructureKind.ETTI: 1600, StructureKind.AI: 1607,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The structure's choices once understood; the defaults are those of a new workbook."""

    structure: str = ""
    kind: StructureKind | None = None
    place: str = ""
    started: date | None = None
    headcount: int | None = None
    proposal_days: int = 30
    engagement_days: int = 90
    contact_days: int = 60
    work_days: int = 60
    soon_days: int = 14
    contract_days: int = 30
    pass_days: int = 90
    signature_days: int = 15
    done_days: int = 90
    discuss_days: int = 60
    waiting_days: int = 14
    kept_months: int = 12
    max_minutes: int = 480
    max_weekly_hours: float = 48
    fte_hours: float | None = None
    exit_min_hours: float = 150
    exit_min_months: float = 3
    dynamic_target: float = 60
    durable_target: float = 25
    publication_threshold: int = 5
    retention_months: int = 24
    siret: str = ""
    company_hours: float = 480
    company_hours_soon: float = 400
    mission_review_days: int = 10
    form_notes: bool = True
    types: tuple[TypeSetting, ...] = field(default_factory=_default_types)
    advisors: tuple[str, ...] = ()
    severities: tuple[SeveritySetting, ...] = ()
    breakdowns: tuple[str, ...] = ()
    sensitive_words: tuple[str, ...] = DEFAULT_SENSITIVE_WORDS
    mappings: tuple[HeadingMapping, ...] = ()
    staff: tuple[StaffYear, ...] = ()
    own_columns: tuple[OwnColumn, ...] = ()

    def type_of(self, code: str | None) -> TypeSetting | None:
        """The type that has this code in the workbook."""
        return next((kind for kind in self.types if kind.code == code), None) if code else None

    def staff_of(self, year: int) -> StaffYear:
        """The staff of a year, which may not be given."""
        found = (one for one in self.staff if one.year == year)
        return next(found, StaffYear(year, None, None))

    def code_spellings(self) -> dict[str, str]:
        """Every accepted spelling of a type (by `word_key`) and the code the workbook uses."""
        spellings: dict[str, str] = {}
        for kind in self.types:
            accepted = [kind.code, kind.name]
            if kind.method is not None:
                accepted += [kind.method.code, kind.method.name, *kind.method.spellings]
            for spelling in accepted:
                spellings.setdefault(word_key(spelling), kind.code)
        return spellings


#: The questions of fiche n°16, in our words where the fiche explains, as printed where it asks.
QUESTIONS: tuple[str, ...] = (
    "Par qui commence-t-on ? Y a-t-il un public prioritaire ?",
    "La décision de s'engager avec une personne est-elle prise en interne, en équipe ?",
    "Sur quoi s'engage-t-on ? Notre offre d'insertion répond-elle à tous les demandeurs d'emploi ?",
    "Comment relie-t-on le salarié, ses objectifs et les exigences de l'utilisateur ?",
    "À quels moments la contractualisation se fait-elle ?",
    "Qui contractualise dans la structure ?",
    "De quelle façon : à l'oral, à l'écrit, remis à la personne, signé par les deux ?",
    "Comment présente-t-on l'objectif et l'engagement à la personne ?",
    "Comment fixe-t-on les échéances ? Quel délai pour faire une proposition à la personne ?",
    "À quels moments fait-on le point sur les engagements et les parcours ?",
    "Quels outils, individuels et collectifs, pour organiser et suivre les parcours ?",
    "Remarques complémentaires",
)
