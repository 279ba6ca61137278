"""What each figure means: one tuple, read by the count, the sheet, the texts and the docs."""

from __future__ import annotations

from cedre_xlsx.method.vocabulary import Achieved, Status
from cedre_xlsx.reports.statistics.definition import Definition, TableDefinition, Unit
from cedre_xlsx.reports.statistics.later_definitions import LATER, LATER_TABLE
from cedre_xlsx.reports.statistics.owed_definitions import OWED, OWED_TABLES

__all__ = [
    "ANSWER_IDS",
    "BREAKDOWN_TEXT",
    "DEFINITIONS",
    "NO_STATUS",
    "NO_STATUS_ID",
    "PERIOD",
    "STATUS_IDS",
    "TABLES",
    "UNKNOWN_ID",
    "Definition",
    "TableDefinition",
    "Unit",
    "definition_of",
    "table_definition",
]


#: Ids of the answers of the review (fiche n°19) and of the statuses (exemple n°5).
ANSWER_IDS = {Achieved.FULLY: "yes", Achieved.PARTLY: "partly", Achieved.NO: "no"}
STATUS_IDS = {
    Status.TO_PROPOSE: "to_propose",
    Status.UNDER_WAY: "under_way",
    Status.DONE: "done",
    Status.DROPPED: "dropped",
}
UNKNOWN_ID = "unknown"
#: The actions of which no Statut says how far they are; `unknown` are those without a type.
NO_STATUS_ID, NO_STATUS = "no_status", "statut non noté"

#: What is true of every figure.
PERIOD = (
    "L'année va du 1er janvier au 31 décembre, ces deux jours compris ; une année en cours "
    "s'arrête à la date du compte."
)

_PEOPLE, _EXITS = "Personnes accompagnées", "Sorties"
_ENGAGEMENTS, _PROPOSALS = "Engagements réciproques", "Premières propositions"
_ACTIONS, _WORK = "Actions", "Missions de travail"
_COMING = "datés de l'année mais après la date du compte"
_ENTRY = "parcours sans nom, ou sans date d'inscription lisible malgré une sortie ou un texte"
_UNDOCUMENTED = "sorties comptées sans catégorie ; elles sont au dénominateur seulement"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "active", _PEOPLE, "Personnes dans la file active", Unit.COUNT,
        "Personnes inscrites au plus tard le 31 décembre et pas sorties avant le 1er janvier. Une "
        "personne revenue dans l'année compte une seule fois. Une sortie du 31 décembre est encore "
        "de l'année. Un pré-accueil sans inscription ne compte pas.",
        _ENTRY,
    ),
    Definition(
        "entries", _PEOPLE, "Entrées", Unit.COUNT,
        "Inscriptions datées de l'année, du 1er janvier au 31 décembre compris. Une personne qui "
        "revient entre une deuxième fois.",
        f"{_ENTRY} ; inscriptions datées de l'année mais après la date du compte",
    ),
    Definition(
        "exits", _EXITS, "Sorties", Unit.COUNT,
        "Sorties datées de l'année, une par parcours : qui revient et repart sort deux fois. Une "
        "sortie du 31 décembre est de l'année.",
        "parcours avec une catégorie ou un motif de sortie mais sans date de sortie lisible, ou "
        "sans nom ; sorties datées de l'année mais après la date du compte",
    ),
    Definition(
        "exits_countable", _EXITS, "Sorties comptées", Unit.COUNT,
        "Sorties de l'année, moins les retraits des sorties constatées, moins celles sous le "
        "seuil de Paramètres : en AI et ETTI, moins d'heures de mission pendant le parcours (là "
        "où des heures sont notées ; une mission sans fin s'arrête à la sortie) ; en ACI, EI et "
        "EITI, moins de mois entiers de l'inscription à la sortie. Sans type de structure dans "
        "Paramètres, pas de seuil. Une sortie sans catégorie reste comptée : sortie non "
        "documentée.",
        "sorties comptées sans catégorie (non documentées)",
    ),
    Definition(
        "dynamic_exit_rate", _EXITS, "Taux de sorties dynamiques", Unit.RATE,
        "Numérateur : sorties comptées en emploi durable, en emploi de transition et sorties "
        "positives. Dénominateur : sorties comptées.",
        _UNDOCUMENTED,
    ),
    Definition(
        "durable_exit_rate", _EXITS, "Taux de sorties en emploi durable", Unit.RATE,
        "Numérateur : sorties comptées en emploi durable. Dénominateur : sorties comptées.",
        _UNDOCUMENTED,
    ),
    LATER,
    Definition(
        "engagements_signed", _ENGAGEMENTS, "Engagements conclus", Unit.COUNT,
        "Engagements datés de l'année, oraux ou écrits. Un engagement repris sur une nouvelle "
        "ligne est un nouvel engagement.",
        f"engagements sans date lisible, ou {_COMING}",
    ),
    Definition(
        "engagements_signed.*", _ENGAGEMENTS, "dont {}", Unit.COUNT,
        "Engagements conclus dans l'année, de ce type.",
        "engagements conclus dans l'année sans type connu, qui peuvent être de celui-ci",
    ),
    Definition(
        "engagements_with_signature", _ENGAGEMENTS, "dont signés par les deux", Unit.COUNT,
        "Engagements conclus dans l'année dont la forme est Écrit signé.",
        "engagements conclus dans l'année sans forme notée",
    ),
    Definition(
        "engagements_open", _ENGAGEMENTS, "Engagements en cours en fin d'année", Unit.COUNT,
        "Engagements datés au plus tard du 31 décembre et pas encore évalués ce jour-là. Un "
        "engagement rouvert, sa date d'évaluation effacée, est de nouveau en cours.",
        "engagements sans date lisible, ou dont la date d'évaluation est illisible",
    ),
    Definition(
        "engagements_reviewed", _ENGAGEMENTS, "Engagements évalués", Unit.COUNT,
        "Engagements dont l'évaluation est datée de l'année.",
        "évaluations sans date lisible, qu'une réponse au bilan ou un texte annonce ; évaluations "
        "datées de l'année mais après la date du compte",
    ),
    Definition(
        "engagements_reviewed.*", _ENGAGEMENTS, "dont actions réalisées : {}", Unit.COUNT,
        "Engagements évalués dans l'année avec cette réponse dans Actions réalisées.",
        "engagements évalués dans l'année sans réponse",
    ),
    Definition(
        "reviewed_on_time_rate", _ENGAGEMENTS, "Évaluations faites à l'échéance", Unit.RATE,
        "Numérateur : engagements évalués au plus tard le jour de leur première échéance. "
        "Dénominateur : engagements dont la première échéance tombe dans l'année. Une échéance "
        "reportée compte à sa première date.",
        "engagements conclus dans l'année sans échéance datée ; engagements pas encore évalués "
        "dont la première échéance, dans l'année, n'est pas passée à la date du compte",
    ),
    Definition(
        "planned_days_median", _ENGAGEMENTS, "Durée prévue, médiane (jours)", Unit.DAYS,
        "Médiane des jours de la date de l'engagement à sa première échéance, pour les engagements "
        "conclus dans l'année. Dénominateur : leur nombre.",
        "engagements conclus dans l'année sans échéance datée, ou échus avant leur date",
    ),
    Definition(
        "actual_days_median", _ENGAGEMENTS, "Durée réelle, médiane (jours)", Unit.DAYS,
        "Médiane des jours de la date de l'engagement à son évaluation, pour les engagements "
        "évalués dans l'année. Dénominateur : leur nombre.",
        "engagements évalués dans l'année sans date lisible, ou évalués avant leur date",
    ),
    Definition(
        "first_proposal_days_median", _PROPOSALS, "Délai de première proposition, médiane (jours)",
        Unit.DAYS,
        "Pour les entrées de l'année, médiane des jours de l'inscription à la première ligne de "
        "Suivi datée de ce jour ou après (ni une action d'avant l'inscription, ni un papier remis "
        "ne compte), avant un éventuel retour. Dénominateur : leur nombre.",
        "entrées de l'année sans ligne de Suivi à la date du compte",
    ),
    Definition(
        "first_proposal_on_time_rate", _PROPOSALS, "Premières propositions dans le délai",
        Unit.RATE,
        "Numérateur : entrées de l'année dont la première ligne de Suivi vient dans le délai de "
        "Paramètres. Dénominateur : entrées de l'année qui ont une telle ligne, ou dont le délai "
        "est passé.",
        "entrées de l'année sans ligne de Suivi, dont le délai court encore à la date du compte",
    ),
    Definition(
        "first_mission_days_median", _PROPOSALS, "Délai de première mission, médiane (jours)",
        Unit.DAYS,
        "Pour les entrées de l'année, médiane des jours de l'inscription au début de la première "
        "mission, de toute nature, qui commence ce jour ou après, avant un éventuel retour. "
        "Dénominateur : leur nombre.",
        "entrées de l'année sans mission à la date du compte",
    ),
    Definition(
        "actions", _ACTIONS, "Actions", Unit.COUNT,
        "Lignes de Suivi datées de l'année, même d'avant l'inscription ou d'après la sortie de la "
        "personne.",
        "lignes de Suivi sans date lisible, ou datées de l'année mais après la date du compte",
    ),
    Definition(
        "actions.*", _ACTIONS, "dont {}", Unit.COUNT,
        "Actions de l'année qui ont ce statut, ou ce type d'engagement. Un statut vide, ou "
        "qui n'a pas été compris, n'est jamais deviné : ces actions ont leur ligne, statut non "
        "noté, et ne comptent dans aucun autre statut.",
        "pour un type : actions de l'année sans code d'engagement ; pour un statut : actions de "
        "l'année dont le statut n'est pas noté, qui peuvent être de celui-ci",
    ),
    Definition(
        "minutes", _ACTIONS, "Temps consacré (minutes)", Unit.MINUTES,
        "Somme des temps des actions de l'année : en minutes pour les programmes (JSON, CSV), "
        "en heures ailleurs. Une action marquée Collectif compte "
        "une seule fois pour sa date et son intitulé, au plus long des temps notés.",
        "actions de l'année sans temps noté, les papiers remis mis à part",
    ),
    Definition(
        "missions", _WORK, "Missions", Unit.COUNT,
        "Missions de toute nature en cours au moins un jour de l'année. Sans fin notée, une "
        "mission court jusqu'à la date du compte.",
        "missions sans début lisible, ou finies avant d'avoir commencé ; missions qui commencent "
        "dans l'année mais après la date du compte",
    ),
    Definition(
        "people_in_mission", _WORK, "Personnes en mission", Unit.COUNT,
        "Personnes avec au moins une heure de mission salariée (MAD, autre METS) dans l'année.",
        "personnes en mission salariée dans l'année sans heures notées, et noms absents de "
        "Personnes avec au moins une heure",
    ),
    Definition(
        "mission_hours", _WORK, "Heures de mission", Unit.HOURS,
        "Heures des missions salariées (MAD, autre METS) qui tombent dans l'année : les heures "
        "d'une mission, sinon ses heures par semaine, sont réparties également sur ses jours, "
        "jusqu'à la date du compte si elle n'a pas de fin ; par jour, elles comptent du lundi au "
        "vendredi sans les jours fériés, par mois ou par an à proportion de leurs jours.",
        "missions salariées de l'année sans heures notées",
    ),
    Definition(
        "etp", _WORK, "Équivalents temps plein", Unit.FTE,
        "Numérateur : heures de mission de l'année. Dénominateur : base annuelle de Paramètres, "
        "qui dépend du type de structure ; sans elle, pas de chiffre. Ce que montre "
        "l'extranet de l'État fait foi.",
        "missions salariées de l'année sans heures notées",
    ),
    *OWED,
)  # fmt: skip
_BY_ID = {definition.id: definition for definition in DEFINITIONS}


TABLES: tuple[TableDefinition, ...] = (
    TableDefinition(
        "months", "Mois par mois",
        "Entrées, sorties, engagements conclus et évalués, actions, heures de mission du mois.",
    ),
    TableDefinition(
        "types", "Par type d'engagement",
        "Engagements conclus, signés par les deux, en cours en fin d'année, évalués et leurs "
        "réponses ; actions du même code.",
    ),
    TableDefinition(
        "succession", "Succession des engagements",
        "En ligne le type d'un engagement, en colonne ce qui l'a suivi dans l'année : le type de "
        "l'engagement suivant de la personne, ou sa sortie. Un engagement évalué dans l'année et "
        "que rien n'a suivi à la date du compte est sans suite à ce jour.",
    ),
    TableDefinition(
        "exits", "Sorties par catégorie",
        "Sorties de l'année et sorties comptées, par catégorie.",
    ),
    TableDefinition(
        "exit_reasons", "Sorties par motif",
        "Sorties de l'année et sorties comptées, par catégorie et par motif.",
    ),
    LATER_TABLE,
    TableDefinition(
        "freins", "Freins",
        "Personnes de la file active qui ont ce frein (repéré au plus tard en fin d'année ou sans "
        "date, pas levé avant le 1er janvier), comment il est accompagné, et celles pour qui il "
        "est levé dans l'année. Une personne peut avoir plusieurs freins : pas de total.",
    ),
    TableDefinition(
        "publics", "Publics",
        "Les lignes de l'extraction annuelle de l'État, sur les personnes en mission dans l'année "
        "(au moins une heure). Âge : année du compte moins année de naissance. Une ligne dont la "
        "colonne n'est remplie pour personne reste vide.",
    ),
    TableDefinition(
        "advisors", "Par accompagnateur",
        "Personnes de la file active, entrées, sorties, engagements conclus, actions et temps "
        "consacré, par accompagnateur de la personne (celui de son dernier parcours de l'année).",
    ),
    *OWED_TABLES,
)  # fmt: skip
BREAKDOWN_TEXT = (
    "Personnes de la file active, entrées, sorties, sorties comptées et sorties dynamiques, selon "
    "cette colonne de Personnes (celle du dernier parcours de l'année pour les personnes)."
)


def definition_of(identifier: str) -> Definition:
    """The definition of a figure; that of its family for a figure of one type or answer."""
    family, dot, _ = identifier.partition(".")
    return _BY_ID[f"{family}.*" if dot else family]


def table_definition(name: str) -> TableDefinition:
    """The definition of a table; a name that is no other's is the heading of a breakdown."""
    for found in TABLES:
        if found.name == name:
            return found
    return TableDefinition(name, f"Par « {name} »", BREAKDOWN_TEXT)
