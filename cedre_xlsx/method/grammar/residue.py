"""The table of the words and signs that change what a day or a delay means, wherever they stand.

A text that has one of them beside what was found in it is never read: it is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cedre_xlsx.method.dates import NoDate
from cedre_xlsx.method.grammar.words import COUNTS

#: In the patterns below, `#` is what was found: a date, a period, a delay; `@` an hour of the day.
FOUND, HOUR = "\x00", "\x02"
_SMALL = r"(?:de |du |d'|le |la |les |l'|au |a |en |que )*"
_CLAUSE = r"[^#,;.()]"
_ARTICLES = r"(?: (?:le|la|les|l'|un|une|son|sa|ses))?"


@dataclass(frozen=True, slots=True)
class Operator:
    """One line of the table: what is wrong with the text, and by what words."""

    fault: NoDate
    pattern: re.Pattern[str]


def _operators(fault: NoDate, *patterns: str) -> tuple[Operator, ...]:
    return tuple(
        Operator(fault, re.compile(one.replace("#", FOUND + "+").replace("@", HOUR + "+")))
        for one in (re.sub(r"\[\^([^\]#]*)#", "[^\\1\x00", pattern) for pattern in patterns)
    )


_NUMBERS = "|".join(COUNTS)
#: After a day, what says that the thing is done.
_OVER = "fait|realise|effectue|termine|clos|cloture|rendu|honore|regle"
#: Things that have a number: "salle 3 15/11".
_NUMBERED = (
    "salle|atelier|bureau|groupe|module|phase|etape|seance|niveau|session|bat|batiment|porte"
)
OPERATORS: tuple[Operator, ...] = (
    # not before: a beginning, of which nothing says the end
    *_operators(
        NoDate.START,
        rf"\b(?:pas|non(?= avant)|aucune?s?|rien|jamais|impossible|indispo\w*|personne|nulle?)\b"
        rf"(?! plus tard){_CLAUSE}{{0,40}}#",
        r"\b(?:au|le) (?:plus|\+) tot\b|\bplus tot que\b",
        r"(?<![\-=])(?:>=?|≥) ?#",
        r"\b(?:a ?/ ?p|a ?p|apd|a ?p ?d|apartir|a partir|a compter|a dater|a/c)\b[^#]{0,8}#",
        rf"\b(?:demarr\w*|debut\w*|commenc\w*|rentree|ouvert\w*|ouvre)\b(?! par\b)"
        rf"{_CLAUSE}{{0,25}}#",
        rf"\brepris\w*{_ARTICLES}(?: (?:de |du |d')?(?!contact)\w+)? ?:? ?{_SMALL}#",
        rf"\bapres\b(?!{_CLAUSE}{{0,30}}plus tard){_CLAUSE}{{0,30}}#",
        rf"\b(?:absente?s?|conges?|arret|vacances|hospitalise\w*|incarcere\w*|suspendue?s?|maladie)"
        rf"\b{_CLAUSE}{{0,20}}\bjusqu[^#]{{0,6}}#",
        rf"\b(?:suite (?:aux? |a |du |de |d'|(?=entretien|rdv|reunion|visite|appel|courrier|mail))|"
        rf"cf\.? |reponse (?:au|du|a) ){_CLAUSE}{{0,25}}#",
    ),
    # a minimum
    *_operators(
        NoDate.AT_LEAST,
        rf"\b(?:au moins|au minimum|minimum|mini)\b\.? ?{_SMALL}#",
        r"(?:\bplus|\+) d[e'] ?#",
        r"# ?(?:au )?\(?(?:mini(?:mum)?|min|au moins|et plus|ou plus|et \+)\b",
    ),
    # a doubt
    *_operators(
        NoDate.VAGUE,
        r"[~≈±?]",
        rf"\b(?:vers|environ|env\b\.?|autour|aux alentours|a peu pres|plus ou moins|peut[ \-]etre|"
        rf"sans doute|probablement) ?{_SMALL}#",
        r"# ?\(?(?:environ|env|a peu pres|peut[ \-]etre)\b",
        rf"\b(?:ancienne(?:ment|s)?|anciennement) ?(?:date )?:? ?{_SMALL}#",
    ),
    *_operators(NoDate.DONE, rf"# ?[:,(\-]* ?(?:{_OVER})e?s?\b(?! en partie)"),
    *_operators(
        NoDate.VAGUE,
        r"# ?[:,(\-]* ?(?:depassee?|passee?|non tenue?|(?:non|pas) venue?|absente?|manquee?)\b",
        r"\babsente?s? (?:le |du |au )?#",
    ),
    # a choice
    *_operators(
        NoDate.SEVERAL,
        rf"#[ ,(]*(?:ou(?: bien| alors)?|sinon|/) ?{_SMALL}#",
        rf"# ?ou (?:{_NUMBERS}|[0-9])\b",
    ),
    # what counts from another day, comes again, or is multiplied
    *_operators(
        NoDate.NO_ROLE,
        r"\b(?:semaines?|sem|s|mois|jours?|veille|avant-veille|lendemain|surlendemain|quinzaine|"
        r"quinz|week-end|we|trimestre|trim|semestre|annee|annees|ans?|huitaine)\b\.?"
        r"(?: (?:du|de|de la|d'|avant|apres|le|n°))* ?#",
        r"\b[0-9]+(?:er|e|eme)? ?(?:semaines?|mois|jours?) (?:avant|apres)\b[^#]{0,12}#",
        r"# (?:avant|apres) (?!midi|@)",
        r"# ?\+ ?#|# ?[x×*] ?[0-9]|[0-9] ?[x×*] ?#|[=*±] ?#|# ?[*±%]|# ?=(?!>)",
        r"\b(?!rdv|tel|caf|ml|ft|cv)[a-z]{1,3}[\-_+]#",
        r"# ?sur (?:deux|trois|[0-9])\b|\bfois (?:par|/)|/ ?#|\bpar #|\bchaque #",
        r'(?:^| )["(] +#|# ?fois\b|'
        r"# ?(?:jours?|mois|semaines?|ans?)\b",
        r"\b(?:mi|debut|deb|milieu)\b[^a-z0-9#]{0,3}#|\bfin[^a-z0-9# ]#|#[a-z](?![a-z0-9])",
        rf"\b(?!(?:{_NUMBERED})\b)[a-z]+ [0-9] #",
    ),
)  # fmt: skip


def operator(skeleton: str, starts: tuple[int, ...]) -> tuple[NoDate, int, int] | None:
    """The first line of the table that bears on one of the days chosen, and where it stands.

    `starts` is where those days were found.
    """
    for one in OPERATORS:
        for match in one.pattern.finditer(skeleton):
            start, end = match.span()
            if FOUND not in match[0] or any(start <= at < end for at in starts):
                return one.fault, start, end
    return None


#: Around a delay that nothing announces, the words that leave it one: "bilan à 3 mois".
_HARMLESS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "chez",
        "de",
        "d",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "max",
        "maxi",
        "maximum",
        "ou",
        "par",
        "pour",
        "sur",
        "sous",
        "dans",
        "d'ici",
        "ici",
        "ss",
        "ds",
        "jusqu",
        "environ",
        "delai",
        "delais",
        "echeance",
        "date",
        "duree",
        "dernier",
        "total",
        "bilan",
        "rdv",
        "rendez",
        "vous",
        "entretien",
        "point",
        "revoir",
        "voir",
        "prevoir",
        "rappel",
        "rappeler",
        "relance",
        "relancer",
        "recontacter",
        "suivi",
        "objectif",
        "action",
        "actions",
        "etape",
        "demarche",
        "demarches",
        "retour",
        "reponse",
        "renouvelable",
        "renouvelables",
        "maintenir",
        "pris",
        "prise",
        "imperatif",
        "imperativement",
        "prioritaire",
        "urgent",
        "tel",
        "mail",
        "appel",
        "courrier",
        "caf",
        "ml",
        "ft",
        "ccas",
        "pole",
        "emploi",
        "cap",
        "mission",
        "locale",
    ]
)
_WORD = re.compile(r"[a-z]+")
#: After a delay, what says what it is for, which may be anything: "3 mois pour trouver".
_ITS_AIM = re.compile(r"\x00 ?(?:[,:;.!]|- |pour |afin |si |sinon |avec |chez |selon |puis ).*$")
#: What lasts, wherever it is named: its time is no delay.
_LASTING = re.compile(
    r"\b(?:age|ages?|agee?s?|bail|loyers?|dettes?|impayes?|cdd[it]?|cdi|stage|formation|contrat|"
    r"essai|suspension|grossesse|enceinte|bebe|fils|fille|enfants?|anciennete|retard|preavis|"
    r"arret|hebergee?s?|pmsmp|immersion|mission|chomage|incapacite|sursis|peine|garantie|"
    r"abonnement|credit|fois)\b"
)
#: More months than any deadline has: they are someone's years, or a figure too many.
MOST_MONTHS = 60


def lasts(skeleton: str) -> bool:
    """Whether the time of a text may be how long a thing lasts rather than a delay."""
    if _LASTING.search(skeleton):
        return True
    beside = _ITS_AIM.sub(FOUND, skeleton).replace("'", " ")
    return any(word not in _HARMLESS for word in _WORD.findall(beside))
