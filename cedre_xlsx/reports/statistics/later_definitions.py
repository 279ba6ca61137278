"""What the figures of the situation six months after an exit mean."""

from __future__ import annotations

from cedre_xlsx.reports.statistics.definition import Definition, TableDefinition, Unit

LATER = Definition(
    "later_known", "Sorties", "Situation à 6 mois connue", Unit.RATE,
    "Là où la colonne Situation à 6 mois existe (jeu de colonnes apres). Numérateur : sorties de "
    "l'année dont la situation dit ce que la personne est devenue. Dénominateur : les mêmes, les "
    "personnes injoignables, et celles dont la situation reste à relever, six mois ou plus après "
    "la sortie à la date du compte. Les six mois des sorties de l'année finissent souvent l'année "
    "d'après : le chiffre grandit jusque-là. Sans situation notée, ni les retraits, ni les "
    "personnes revenues, ni les sorties de moins de six mois ne comptent.",
    "sorties de six mois et plus sans situation notée, ou « Non renseignée » ; elles sont au "
    "dénominateur seulement",
)  # fmt: skip

LATER_TABLE = TableDefinition(
    "later_situations", "Situation six mois après la sortie",
    "Sorties de l'année, selon Situation à 6 mois (jeu de colonnes apres), à la date du compte. "
    "Injoignable : demandée, sans réponse. Non renseignée : à relever, et rien n'est noté. Pas "
    "encore à relever : sorties de moins de six mois. Pas à relever : retraits, et personnes "
    "revenues depuis. Une situation relevée après la date du compte, ou avant la sortie, n'est pas "
    "comptée comme notée.",
)  # fmt: skip
