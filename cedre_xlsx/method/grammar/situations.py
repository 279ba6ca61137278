"""Words that make of a deadline a condition, a beginning, a thing done, or nothing clear."""

from __future__ import annotations

import re

SEASONS = re.compile(
    r"\b(?:paques|noel|toussaint|pentecote|ascension|rentree|vacances|conges|ete|hiver|automne|"
    r"printemps|ramadan|aid|fetes|carnaval|jour de l'an|nouvel an|saison)\b"
)
NO_DATE_YET = re.compile(
    r"\ba (?:definir|fixer|preciser|determiner|convenir|confirmer|voir)\b|possible|\basap\b"
)
_EVENT = (
    r"(?:mission|mad|entretien|rencontre|rdv|rendez-vous|formation|stage|contrat|bilan|atelier|"
    r"embauche|demenagement|depart|retour|reponse|reunion|visite|essai|immersion|convocation|cddi|cdd|pass|pmsmp|suspension)s?"
)
CONDITION = re.compile(
    r"\bapres\b|\bdes (?:que|qu'|le |la |l'|son |sa |reception|retour|obtention)|\bquand\b|"
    r"\blorsqu|\bune fois\b|\ba l'issue\b|\bsuite a\b|\ba la suite\b|\ba reception\b|"
    r"\bau terme\b|\bau retour\b|\ba son retour\b|\battente\b|\bau bout d|\bqd\b|\bsuivant\b|"
    r"\bretour d|\bselon\b|"
    r"\ben fonction\b|\bsi\b|\blors d|\bjusqu'a (?:ce que|l[ae'])|\bau moment\b|\btant que\b|"
    rf"\bsous reserve\b|\b(?:fin|debut) (?:de |du |d'|)(?:la |sa |son |l')?{_EVENT}\b|"
    rf"\bavant (?:la |le |l'|sa |son |toute )(?:prochaine? |premiere? )?{_EVENT}\b|"
    rf"\b(?:prochaine?|premiere?) {_EVENT}\b"
)
#: What moves a deadline, and, before a date, says that it is the one first agreed.
MOVED = re.compile(
    r"\b(?:report|repouss|decal|prolong|prorog|recul|retard|avance|ramene|puis\b)|->|=>|→|⇒|➔"
)
FORMERLY = re.compile(
    r"(?:au lieu du|a la place du|initialement(?: prevue?s?)?(?: le| au| du| :)?"
    r"|avant ?:(?: le)?|prevue?s? initialement(?: le| au)?"
    r"|etait(?: le| au| prevue?)?|prevue?s?(?: le| au| pour "
    r"le| :)?|ancienne(?:ment)?(?: date)?(?: :| le)?) ?$"
)
#: Before a day, what says that it is not the one.
NOT_THAT = re.compile(r"\b(?:et |mais |, ?)?(?:non|pas|plus)(?: pas)?(?: le| au| du)? ?$")
#: Between two dates of one deadline, what makes the second a deadline put off: a sign alone.
SIGNS_ONLY = re.compile(r"[^a-z0-9]*")
#: Before two times, what makes of one another name of the other: "1 mois soit 05/11".
IN_OTHER_WORDS = re.compile(r"(?=.)[ ,:]*(?:soit|c'est-a-dire|=|\()? ?(?:jusqu'au |au |le |a )?")
#: Before a day, what says that it is no deadline but a thing done.
DONE_ON = re.compile(
    r"\b(?:fait|vu|realise|effectue|recu|termine|clos|cloture|fini|solde|valide|abouti|ok|"
    r"appele|contacte|envoye|depose|saisi|signe|transmis)e?s?"
    r"(?: le| du| en| :)? ?$"
)
#: The same with its accent, without which it is a thing to do: "relance 12/10".
RELAUNCHED_ON = re.compile(r"(?i)\brelancée?s?(?: le| du| en| :)? ?$")
#: A whole text that says that the thing is done.
DONE = re.compile(
    r"(?:c'est |deja |bien |ok )?(?:fait|vu|realise|effectue|recu|termine|clos|cloture|fini|"
    r"solde|valide|"
    r"ok|regle|acheve|annule|abandonne|abouti|sans suite|plus d'actualite)e?s?(?: ok)?[ .!]*"
)
#: Whole texts, by their words alone, that say that there is nothing, in a column of measures.
NOTHING = frozenset({
    "neant", "aucun", "aucune", "sans objet", "so", "s o", "n a", "rien", "ras", "r a s",
    "rien a signaler", "aucun delai", "pas d echeance", "sans echeance", "pas de delai",
    "non concerne", "non concernee",
})  # fmt: skip
#: The same of the end of a mission that goes on.
NO_END = frozenset({
    "en cours", "encours", "a ce jour", "cdi", "indeterminee", "indetermine", "duree indeterminee",
})  # fmt: skip
#: Before a day, what makes a beginning of it.
START = re.compile(
    r"(?:\b(?:jours?|j|semaines?|sem|mois|ans?) avant(?: le| la)?|\b(?:au-dela|plus tard que)(?: "
    r"du| le)?|"
    r"\b(?:a partir|a compter|a dater|au plus tot|debute|commence|demarre)(?: a| en)?"
    r"(?: du?| de| d'| le)?(?: la| l'| mois d[e']| debut)?|\bdes(?: le| la| l')?|\bdepuis(?: le| "
    r"la| l')?"
    r"|\b(?:pas|jamais)|\b(?:pas|jamais) avant(?: le| la| l'| fin| debut)?|\bapres(?: le| la)?|"
    r"\bapres (?:l'|la |le |son |sa )?[a-z]+ (?:du|de|le|d')|\ba/c(?: du)?)"
    r" ?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) ?)?$"
)
#: A beginning whose day is no date: "à partir du 15".
BEGINS = re.compile(
    r"\b(?:a (?:partir|compter|dater)|apartir|pas avant|apd)(?: du| de| le)* ?[0-9]{1,2}(?:er)?$"
)
#: Before a day, where one is expected, what makes something else of it.
NEARLY = re.compile(
    r"\b(?:avant|apres|vers|environ|courant|a partir|pas|sauf|depuis|d'ici|au plus tard|jusqu'a?u?|"
    r"des|fin|debut|a compter|veille|lendemain|(?:semaine|sem\.?|mois|quinzaine))"
    r"(?: du| de| le| la)* ?$|[?~≈<>]|≥ ?$"
)
#: Before a day, or anywhere, what makes it uncertain; after one, what makes it depend on an event.
VAGUE = re.compile(r"\b(?:vers|environ|env\.?|autour|aux alentours)(?: du| de| le)? ?$")
NEGATED = re.compile(
    r"\b(?:annulee?s?|sauf|hors|pas (?:le|au|du)|provisoire|a (?:confirmer|valider|verifier))\b|"
    r"\x00 non$"
)
PART_BEFORE = re.compile(r"\b(?:debut|deb\.?|mi|milieu)[ \-]*(?:du |de |de la |d')?$")
NEXT_TO = re.compile(r"[ ,+&]*(?:et )?")
DOUBT = re.compile(r"\?|\x00 (?:environ|env\b)")
DEPENDS = re.compile(
    r"\x00[ ,(]*(?:bilan )?(?:si (?!possible|besoin|necessaire|ok\b)|sous reserve|a condition|ou "
    r"(?:apres|des|a)\b)"
)
EITHER = re.compile(r"\x00 ?,? ?(?:ou|/) ?(?:le |la |l'|au |d'ici |a )?\x00")
#: What moves a deadline, and to no day.
PUT_OFF = re.compile(r"\x00[ ,:(\-]*(?:report|repouss|decal|recul|a reporter|a decaler|->|→)")
#: A date that was the one.
OLD = re.compile(r"\b(?:ancien|initialement|etait|avant ?:)")
#: Before a time, what makes a maximum of it.
AT_MOST = re.compile(r"\b(?:sous|ss|d'ici|ici|max|maximum|delai)(?: de| un delai de)?(?: les)? $")
#: Before a time, what makes a deadline of it; around one, what makes something else.
WITHIN = re.compile(
    r"(?:\b(?:sous|ss|dans|ds|d'ici|ici|maximum|max|delai)(?: de| un delai de)?(?: les| "
    r"environ)? )$"
)
NOT_WITHIN = re.compile(
    r"\b(?:tou[st]|toutes|chaque|depuis|il y a|pendant|durant|fois par|par|mission de|stage de|"
    r"contrat de|formation de|essai de|cdd de|immersion de|pmsmp de)(?: les)? $"
)
AFTER_AMOUNT = re.compile(
    r" (?:ouvr|apres|avant|suivant l|de retard|par |a (?:compter|partir|dater)|fdm|francs)"
)
EVERY = re.compile(r"\b(?:tous|toutes|chaque) (?:les )?(?:[0-9]+ )?$")
#: Between two dates, what makes one stretch of time of them.
FROM = re.compile(r"\b(?:du|entre(?: le)?) $")
TO = re.compile(r"^ ?(?:au|et(?: le)?|-) ?$")
#: What one word says of a deadline, by example: the page and the tests.
EXAMPLES: tuple[tuple[str, str], ...] = (
    ("Se revoir après la première mission", "condition"),
    ("dès qu'il a son permis", "condition"),
    ("en attente du partenaire", "condition"),
    ("fin de mission", "condition"),
    ("à partir du 15/11", "début"),
    ("pas avant le 15/11/2026", "début"),
    ("aucune place avant le 15/11", "début"),
    ("15/11 au plus tôt", "début"),
    ("fait", "fait"),
    ("Fait le 12/10", "fait"),
    ("à définir", "imprécis"),
    ("dès que possible", "imprécis"),
    ("après Pâques", "imprécis"),
    ("tous les 15 jours", "imprécis"),
    ("10 jours ouvrés", "imprécis"),
    ("S1 2027", "imprécis"),
    ("15/1O/2026", "imprécis"),
    ("15/11/2026 20", "imprécis"),
    ("30/09", "passé"),
    ("fin septembre", "passé"),
    ("au moins 3 mois", "minimum"),
    ("CDD 3 mois", "durée"),
)
