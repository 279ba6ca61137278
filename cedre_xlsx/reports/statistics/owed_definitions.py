"""What the figures that funders ask for mean: work, clients, training, staff, what is ahead."""

from __future__ import annotations

from cedre_xlsx.reports.statistics.definition import Definition, TableDefinition, Unit

_WORK, _STAFF = "Missions de travail", "Équipe"
_NO_HOURS = "missions salariées de l'année sans heures notées"
_NO_NATURE = "missions de l'année sans nature notée, qui comptent comme mises à disposition"
_CEILING = (
    "Là où la structure est une AI (Code du travail, R. 5132-18) et où la colonne Type de client "
    "existe : personnes de la file active dont les heures de mission salariée en entreprise, sur "
    "les 24 mois qui finissent au dernier jour compté, "
)
_CEILING_UNKNOWN = (
    "missions salariées de ces personnes, dans ces 24 mois, sans type de client, ou en entreprise "
    "sans heures notées"
)
_NO_STAFF = "ceux de la file active"

OWED: tuple[Definition, ...] = (
    Definition(
        "weeks_worked_median", _WORK, "Semaines travaillées, médiane", Unit.WEEKS,
        "Pour les personnes en mission, médiane du nombre de semaines, du lundi au dimanche, dont "
        "au moins un jour de l'année est dans une mission salariée qui a des heures. Une semaine à "
        "cheval sur deux années compte dans chacune. Dénominateur : personnes en mission.",
        _NO_HOURS,
    ),
    Definition(
        "ceiling_near", _WORK, "Près du plafond d'heures en entreprise", Unit.COUNT,
        f"{_CEILING}atteignent l'annonce de Paramètres (400) sans dépasser le plafond (480).",
        _CEILING_UNKNOWN,
    ),
    Definition(
        "ceiling_over", _WORK, "Au-delà du plafond d'heures en entreprise", Unit.COUNT,
        f"{_CEILING}dépassent le plafond de Paramètres (480).",
        _CEILING_UNKNOWN,
    ),
    Definition(
        "immersions", _WORK, "Immersions (PMSMP)", Unit.COUNT,
        "Missions de nature Immersion en cours au moins un jour de l'année.",
        _NO_NATURE,
    ),
    Definition(
        "internships", _WORK, "Stages", Unit.COUNT,
        "Missions de nature Stage en cours au moins un jour de l'année.",
        _NO_NATURE,
    ),
    Definition(
        "people_in_training", _WORK, "Personnes en formation", Unit.COUNT,
        "Personnes qui, dans l'année, ont un stage en cours, ou une mission finie dont le débouché "
        "est Formation, ou une sortie au motif Formation. Les actions de Suivi ne sont pas lues : "
        "une formation qui n'est notée que là ne compte pas.",
        f"{_NO_NATURE} ; missions finies dans l'année sans débouché noté, là où la colonne "
        "Débouché existe",
    ),
    Definition(
        "active_per_support", _STAFF, "File active par ETP d'accompagnement", Unit.RATIO,
        "Numérateur : personnes dans la file active de l'année. Dénominateur : ETP "
        "d'accompagnement de l'année, dans le tableau Équipe de Paramètres ; sans lui, pas de "
        "chiffre.",
        _NO_STAFF,
    ),
    Definition(
        "active_per_supervision", _STAFF, "File active par ETP d'encadrement", Unit.RATIO,
        "Numérateur : personnes dans la file active de l'année. Dénominateur : ETP d'encadrement "
        "de l'année, dans le tableau Équipe de Paramètres ; sans lui, pas de chiffre.",
        _NO_STAFF,
    ),
)  # fmt: skip

OWED_TABLES: tuple[TableDefinition, ...] = (
    TableDefinition(
        "clients", "Par type de client",
        "Missions salariées en cours dans l'année et leurs heures, selon Type de client (jeu de "
        "colonnes clients).",
    ),
    TableDefinition(
        "lengths", "Durée des parcours",
        "Personnes encore présentes au dernier jour compté, sorties, sorties comptées et sorties "
        "dynamiques de l'année, selon les mois entiers depuis l'inscription : jusqu'à ce jour, ou "
        "jusqu'à la sortie. La colonne Présentes n'est pas publiée.",
    ),
    TableDefinition(
        "weeks", "Semaines travaillées",
        "Personnes en mission, selon le nombre de semaines de l'année où elles ont travaillé.",
    ),
    TableDefinition(
        "outcomes", "Débouchés",
        "Immersions (PMSMP), stages, missions salariées et autres missions finis dans l'année, "
        "selon Débouché (jeu de colonnes clients).",
    ),
    TableDefinition(
        "freins_levels", "Évolution des freins",
        "Les personnes et les freins du tableau Freins : levés dans l'année ; sinon, le niveau "
        "actuel comparé à celui de l'entrée (jeu de colonnes niveaux). Le niveau actuel est celui "
        "du jour où le classeur est lu, pour les années passées aussi.",
    ),
    TableDefinition(
        "orientations", "Orientations et résultats",
        "Les lignes du tableau Freins qui ont une orientation, selon son résultat (jeu de colonnes "
        "niveaux) : une personne orientée pour deux freins compte deux fois. Sans date : comme au "
        "jour où le classeur est lu.",
    ),
    TableDefinition(
        "load", "Charge à venir",
        "Après le dernier jour compté, mois par mois : fins de contrat et de PASS IAE des "
        "personnes encore présentes, échéances (les dernières dites) des engagements en cours. Le "
        "premier mois ne compte que ses jours à venir. Pour l'équipe : n'est jamais publié.",
    ),
    TableDefinition(
        "completeness", "Colonnes remplies",
        "Pour chaque colonne dont un chiffre dépend : les lignes de l'année où elle devrait "
        "l'être, celles où elle est remplie, celles où elle est vide ou illisible, et ce que ces "
        "vides privent de chiffre. Pour l'équipe : n'est jamais publié.",
    ),
)  # fmt: skip
