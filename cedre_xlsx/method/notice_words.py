"""What the letter says to somebody whose data will be made anonymous, agreed with Civilité.

It names no theme of the person's life: whoever opens it learns that they were accompanied, no more.
"""

from __future__ import annotations

from cedre_xlsx.method.form_words import Agreed

TITLE = "Ce que nous gardons de vous, et jusqu'à quand"
GREETING = Agreed("Madame,", "Monsieur,", "Madame, Monsieur,")
ADDRESSED = Agreed("Madame", "Monsieur", "")

ACCOMPANIED = Agreed(
    "{} vous a accompagnée dans votre parcours d'insertion.",
    "{} vous a accompagné dans votre parcours d'insertion.",
    "{} vous a accompagné(e) dans votre parcours d'insertion.",
)
WE = "Notre structure"
KEPT = "Pour cela, nous avons noté {}{}."
SINCE = ", depuis le {}"
#: What is kept of everybody, then by the table of the lines.
IDENTITY = ("qui vous êtes", "les dates de votre parcours")
TABLES = (
    ("follow_ups", "les actions menées avec vous"),
    ("engagements", "les engagements pris ensemble"),
    ("missions", "vos missions"),
    ("barriers", "ce qui pouvait gêner votre recherche d'emploi"),
)

WHEN = "Jusqu'à quand"
LAST = "Le dernier contact que nous avons noté date du {}."
ARRIVED = "La dernière date que nous avons notée, celle de votre arrivée, est le {}."
LEFT = "La dernière date que nous avons notée, celle de votre sortie, est le {}."
DELAY = "Nous gardons ces données {} après le dernier contact, pas davantage."
AFTER = "Après le {}, elles seront rendues anonymes."

MEANING_HEADING = "Ce que cela veut dire"
MEANING = (
    "Votre nom, les textes écrits de vous et les jours précis seront effacés, sans retour "
    "possible. Il restera des chiffres sans nom, comme le nombre de personnes accompagnées dans "
    "l'année, et les catégories qui servent à les compter."
)
COPY = (
    "Jusqu'à cette date, vous pouvez nous demander une copie de votre dossier : elle ne pourra "
    "plus être faite ensuite."
)
RIGHTS_HEADING = "Vos droits"
RIGHTS = (
    "Vous pouvez demander à voir ce qui est noté de vous (accès), à le faire corriger "
    "(rectification), à le faire effacer dès maintenant (effacement), ou à ce qu'il soit gardé "
    "sans plus être utilisé (limitation). Vous pouvez aussi vous opposer à ce que nous "
    "l'utilisions, pour une raison qui tient à votre situation (opposition)."
)
HOW = (
    "Il suffit de nous écrire, de nous appeler ou de venir nous voir. C'est gratuit, et nous "
    "répondons en un mois au plus."
)
CNIL = (
    "Si notre réponse ne vous convient pas, vous pouvez adresser une réclamation à la CNIL : "
    "cnil.fr, ou 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07."
)
CONTACT = ("Nous joindre, adresse :", "Téléphone, courriel :")
SIGNED = "Pour la structure"
