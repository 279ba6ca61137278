"""A month of Suivi as ten invented colleagues type it: each line with the findings it deserves.

Judged line by line, as someone of the team would: a line that a colleague understands at once
deserves nothing, whatever its style; a real slip deserves its finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

#: The day of the check: a Monday.
ON = date(2026, 11, 30)


class Line(NamedTuple):
    """One line of Suivi as typed, the codes that it deserves, and why."""

    who: object
    dates: object
    action: str
    deadline: object = None
    status: object = None
    outcome: str | None = None
    time: object = None
    deserves: str = ""
    why: str = ""
    objective: str | None = "Avancer dans le projet"
    engagement: str | None = None
    collective: str | None = None

    def cells(self) -> Mapping[str, Any]:
        """The line by its headings."""
        return {
            "Personne": self.who, "Dates": self.dates,
            "Actions proposées par l'AI / ETTI": self.action,
            "Objectifs poursuivis": self.objective, "Engagement": self.engagement,
            "Échéance / délai": self.deadline, "Statut": self.status,
            "Suites données / Décisions prises": self.outcome, "Temps consacré": self.time,
            "Collectif": self.collective,
        }  # fmt: skip


def footnote(text: str, deserves: str = "LEC17", why: str = "une note") -> Line:
    return Line(text, None, "", deserves=deserves, why=why, objective=None)


def n(day: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, day)


ADVISORS = ("Sophie Martin", "Karim Haddad", "Linda Roux")
_REQUEST = "La demande, les attentes, les besoins, les projets de la personne"
PEOPLE: Sequence[Mapping[str, Any]] = [
    {
        "Nom": last, "Prénom": first, "Civilité": title, "Année de naissance": born,
        "Accompagnateur": advisor, "Date de l'entretien individuel (accueil)": came,
        "Date d'inscription": came, _REQUEST: "Retrouver du travail près de chez soi.",
    }
    for last, first, title, born, advisor, came in (
        ("Bensaïd", "Fatima", "Mme", 1984, "Sophie Martin", n(2)),
        ("Nguyen", "Thanh", "M.", 1999, "sophie MARTIN", n(2)),
        ("Lefebvre", "Karine", "Mme", 1971, "Haddad Karim", n(3)),
        ("Da Silva", "José", "M.", 1963, "Karim Haddad", date(2026, 10, 20)),
        ("O'Brien", "Maëlle", "Mme", 2006, "Linda Roux", n(2)),
        ("Le Goff", "Yann", "M.", 1990, "Linda Roux", n(4)),
    )
]  # fmt: skip
ENGAGEMENTS: Sequence[Mapping[str, Any]] = [
    {
        "Réf. engagement": reference, "Personne": who, "Date": n(3), "Accompagnateur": advisor,
        "Engagement": code, "Besoins et projets exprimés": "Des missions près de chez soi",
        "Objet de la contractualisation": thing, "Moyens mobilisés par la structure": "Proposer",
        "Moyens mobilisés par la personne": "Se présenter", "Échéance": date(2027, 1, 29),
        "Date d'évaluation prévue": date(2027, 1, 29), "Forme": "Écrit signé",
    }
    for reference, who, code, advisor, thing in (
        ("CP-2026-001", "Bensaïd Fatima", "CP", "Sophie Martin", "Une source de revenu"),
        ("D-2026-001", "Nguyen Thanh", "D", "Martin Sophie", "Découvrir la peinture"),
    )
]  # fmt: skip

_DONE, _GOING, _TODO = "(3) Réalisée", "(2) En cours", "(1) À proposer"

STYLES: Mapping[str, Sequence[Line]] = {
    "the methodical one: true dates, values of the lists": [
        Line("Bensaïd Fatima", n(3), "Entretien individuel", n(17), _DONE, "CV à refaire", 45,
             engagement="CP"),
        Line("Bensaïd Fatima", n(10), "Atelier CV", n(24), _DONE, "CV refait", 60),
        Line("Bensaïd Fatima", n(17), "Recherche de missions", date(2026, 12, 18), _GOING),
        Line("Nguyen Thanh", n(4), "Visite de l'entreprise", n(13), _DONE, "Positive", 90,
             engagement="D"),
        Line("Nguyen Thanh", n(16), "Dossier de formation", n(27), _GOING, deserves="SUI03",
             why="l'échéance est passée"),
        Line("Nguyen Thanh", n(23), "Inscription à l'auto-école", None, "Sans suite",
             "Trop cher pour l'instant", 15),
        Line("Lefebvre Karine", n(5), "Entretien individuel", None, _DONE, None, 30,
             deserves="SUI07", why="réalisée, sans suites"),
        Line("Lefebvre Karine", n(25), "Bilan", date(2026, 12, 8), _TODO, deserves="SUI05",
             why="dans huit jours : un rappel"),
    ],
    "the hurried one: everything in short": [
        Line("Da Silva José", "03/11/26 tél", "Appel", None, "3", "Pas joignable", "5 min"),
        Line("Da Silva José", "06/11/26 RDV", "CV", "20/11/26 pr relecture", "3", "ok", "1h"),
        Line("Da Silva José", "13/11/26 tel", "Relance agence", "sous 3 sem.", "2",
             deserves="SUI05", why="le 4 décembre : un rappel"),
        Line("Da Silva José", "16/11/26", "Mutuelle", "fin déc", "2", time="15'",
             deserves="LEC09", why="une date seule, en texte"),
        Line("Da Silva José", "19/11/26 mail", "Envoi du CV", None, "fait", "envoyé", "10mn"),
        Line("Da Silva José", "24/11/26 rdv", "Bilan MAD", None, "3", "TB", "30"),
        Line("Da Silva José", "26/11 tel", "Point", None, "3", "RAS", 10,
             deserves="LEC09", why="de l'année en cours, d'après les lignes voisines"),
        Line("Da Silva José", "27/11/26 rdv", "Assurance", "sem. prochaine", "3", "ok", "1/2 h",
             why="la semaine d'après"),
        Line("Da Silva José", "27/11/26 mail", "Photo", "S+3", "3", "ok", "2x15min"),
        Line("Da Silva José", "27/11/26 tél", "Paie", "fin mois", "clos", "ok", 10),
        Line("Da Silva José", "27/11/26 vu", "Permis", "dans 1 mois", "2"),
    ],
    "the one who writes as she speaks": [
        Line("O'Brien Maëlle", "le 3 novembre 2026, premier entretien", "Faire connaissance",
             None, "réalisée", "Très motivée", "une heure"),
        Line("O'Brien Maëlle", "le 6 novembre 2026 par téléphone", "Prendre des nouvelles",
             None, "réalisée", "Tout va bien", "un quart d'heure"),
        Line("O'Brien Maëlle", "le 12 novembre 2026", "Chercher un stage",
             "d'ici la fin de l'année", "en cours", deserves="LEC09",
             why="une date seule, en texte"),
        Line("O'Brien Maëlle", "le 17 novembre 2026 avec sa mère", "Parler du logement",
             "après la première paie", "en cours", deserves="LEC06", why="une condition"),
        Line("O'Brien Maëlle", "le 20 novembre 2026 au bureau", "Préparer l'entretien",
             "dans un mois", "en cours"),
        Line("O'Brien Maëlle", "le 24 novembre 2026 au bureau", "Voir la mission locale",
             "avant Noël", "en cours"),
        Line("O'Brien Maëlle", "le 25 novembre 2026 au bureau", "Chercher une place de crèche",
             "à la quinzaine", "réalisée", "Une place en janvier", "30 minutes",
             why="dans quinze jours"),
        Line("O'Brien Maëlle", "le 26 novembre 2026 au bureau", "Refaire la photo",
             "la semaine prochaine", "à proposer", deserves="SUI05", why="proche : un rappel"),
    ],
    "the one who copies the paper form": [
        Line("M. Le Goff", "04/11/26 Entretien individuel", "Rechercher des MAD",
             "Se revoir après la première mission", None, "Contact pris", "45 min",
             deserves="SUI01 LEC06", why="le nom sans le prénom ; une condition"),
        Line("M. Le Goff Yann", "05/11/26 tél", "Proposition MAD manutention (5 h)", None, None,
             "Accepte", "15 min", deserves="SUI22", why="la fiche du classeur ne la montre pas"),
        Line("Le Goff Yann", "09/11/26 Entretien individuel", "Bilan 1ère MAD", None, None,
             "Satisfaisant", "15 min"),
        Line("Le Goff Yann", "12/11/26 Entretien", "Action budget",
             "Entretien dans 15 jours (27/11/26)", None, "RDV pris", "20 min", deserves="SUI23",
             why="l'échéance est passée : faite, ou non ?"),
        Line("Le Goff Yann", "16/11/26 tél", "MAD jardinage", "Prioritaire Dans la semaine", None,
             "Faite", "10 min", deserves="SUI23", why="le statut ne le dit pas"),
        Line("Le Goff Yann", "27/11/26 Entretien bilan", "Bilan des MAD", None, None,
             "À prolonger", "30 min"),
    ],
    "the one who types in capitals": [
        Line("BENSAÏD FATIMA", n(4), "ENTRETIEN", None, "RÉALISÉE", "RAS", "30 MIN"),
        Line("BENSAID FATIMA", n(6), "APPEL CAF", None, "REALISEE", "DOSSIER ENVOYÉ", "15 MIN",
             deserves="SUI22", why="sans le tréma, la fiche ne la montre pas"),
        Line("NGUYEN THANH", n(9), "VISITE", None, "RÉALISÉE", "BIEN", "1H30"),
        Line("LEFEBVRE KARINE", n(12), "BILAN", "FIN DÉCEMBRE", "EN COURS"),
        Line("DA SILVA JOSÉ", "13/11/2026 TÉL", "RELANCE", "SOUS 3 SEMAINES", "EN COURS",
             deserves="SUI05", why="le 4 décembre : un rappel"),
        Line("LE GOFF YANN", n(18), "ATELIER", None, "RÉALISÉE", "A PARTICIPÉ", "2H"),
    ],
    "the one who notes little": [
        Line("Lefebvre Karine", n(6), "Entretien", outcome="va mieux", time=20),
        Line("Lefebvre Karine", n(13), "Entretien", outcome="a trouvé une garde", deserves="SUI09",
             why="le temps manque"),
        Line("Lefebvre Karine", n(18), "tel", outcome="pas de nouvelles", time=5, objective=None,
             deserves="SUI11", why="l'objectif manque"),
        Line("Lefebvre Karine", n(20), "RDV", deserves="SUI15", why="rien ne dit où elle en est"),
        Line("Lefebvre Karine", n(27), "Entretien", outcome="projet ménage", time="40"),
    ],
    "the one who names the days": [
        Line("Da Silva José", "lundi 02/11/2026 matin", "Entretien", None, _DONE, "Bien", 30),
        Line("Da Silva José", "mar. 10/11/26 tél", "Appel", None, _DONE, "Occupé", 5),
        Line("Da Silva José", "jeudi 12 novembre 2026 (bureau)", "CV", "vendredi 18/12/2026",
             _GOING, deserves="LEC09", why="une échéance seule, en texte"),
        Line("Da Silva José", "mardi 16/11/2026 tél", "Appel", None, _DONE, "Rappelle", 5,
             deserves="LEC16", why="le 16 est un lundi"),
        Line("Da Silva José", n(23), "Visite", "RDV mardi 14/12/26 à 9h", _GOING,
             deserves="LEC16 SUI05", why="le 14 est un lundi, et proche"),
        Line("Da Silva José", n(24), "Bilan", "lundi 21/12/26 au bureau", _GOING),
        Line("Da Silva José", "lundi 23 novembre", "Appel", None, _DONE, "Absent", 5,
             deserves="LEC09", why="de l'année en cours, d'après les lignes voisines"),
        Line("Da Silva José", n(24), "Dossier", "lundi en huit", _DONE, "Rendu", 20),
        Line("Da Silva José", n(25), "Point", "ce vendredi", _DONE, "Vu", 15,
             why="vendredi 27"),
    ],
    "the one of the workshops": [
        Line("Tous", n(5), "Atelier mobilité", None, _DONE, "Huit présents", "2h",
             collective="OUI"),
        Line("Tout le groupe", n(12), "Atelier CV", None, _DONE, "Six présents", "1 h 30",
             collective="oui"),
        Line("Tous", n(17), "Forum", None, _DONE, "Dix présents", "1/2 journée", collective="OUI"),
        Line("Tous", n(19), "Visite d'une ferme", None, _DONE, "Cinq présents", "3h",
             deserves="SUI01", why="sans Collectif, on demande qui"),
        Line("Le Goff Yann", n(26), "Atelier budget", None, _DONE, "A aimé", 120,
             collective="OUI"),
        Line("Nguyen Thanh", n(26), "Atelier budget", None, _DONE, "Discret", None,
             collective="OUI"),
        footnote("* les absents sont sur la feuille d'émargement"),
    ],
    "the one who closes in the deadline": [
        Line("O'Brien Maëlle", n(5), "Dossier CSS", "fait", _DONE, "Envoyé", 20),
        Line("O'Brien Maëlle", n(9), "Relance CAF", "Fait le 12/11", _DONE, "Répondu", 10),
        Line("O'Brien Maëlle", n(16), "Point", "RAS", _DONE, "Tout va bien", 10),
        Line("O'Brien Maëlle", n(18), "Permis", "ok", "Sans suite", "Trop tôt", 10),
        Line("O'Brien Maëlle", n(19), "Photo", "fait", _GOING, deserves="SUI21",
             why="l'échéance et le statut se contredisent"),
        Line("O'Brien Maëlle", n(23), "Logement", "fait en partie, suite le 18/12/26", _GOING),
        footnote("Total du mois : 6 lignes"),
    ],
    "the one who slips": [
        Line("Nguyen Than", n(4), "Entretien", None, _DONE, "Bien", 30, deserves="SUI01",
             why="une lettre manque"),
        Line("Nguyen Thanh", "31/11/2026 tél", "Appel", None, _DONE, "Absent", 5,
             deserves="LEC03", why="novembre a trente jours"),
        Line("Nguyen Thanh", date(2062, 11, 12), "CV", None, _DONE, "Refait", 20, deserves="SUI17",
             why="2026, sans doute"),
        Line("Nguyen Thanh", date(2025, 11, 16), "Entretien", None, _DONE, "Bien", 45,
             deserves="SUI18", why="un an avant le parcours"),
        Line("Bensaïd Fatima", n(18), "Mutuelle", date(2029, 10, 18), _GOING, deserves="SUI20",
             why="trois ans pour un coup de pouce", engagement="CP"),
        Line("Nguyen Thanh", date(2026, 12, 16), "Entretien", None, "", "A signé", 45,
             deserves="SUI19", why="racontée avant d'avoir lieu"),
        Line("Nguyen Thanh", n(25), "Appel", date(2026, 11, 5), _GOING, deserves="SUI03 SUI06",
             why="l'échéance précède la date"),
        Line("Nguyen Thanh", n(26), "Entretien", None, _DONE, "Bien", "45 h", deserves="SUI10",
             why="45 min, sans doute"),
    ],
}  # fmt: skip
