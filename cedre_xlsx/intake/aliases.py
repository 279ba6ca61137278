"""What teams call the columns of their own tables, beside the names that our sheets print.

Each heading is written in lower case without accents or signs, as `word_key` compares it.
"""

from __future__ import annotations

from cedre_xlsx.schema import tables as t

#: Of the person, in whatever table: these go to Personnes.
OF_THE_PERSON: dict[str, tuple[str, ...]] = {
    "typed_person": (
        "nom prenom", "nom et prenom", "prenom nom", "prenom et nom", "nom et prenoms",
        "nom prenoms", "beneficiaire", "salarie", "salariee", "salarie e", "personne suivie",
        "nom du salarie", "nom de la personne", "nom du beneficiaire", "participant", "identite",
        "personne accompagnee", "demandeur d emploi", "qui", "usager", "candidat", "personne",
        "salarie en insertion", "nom complet", "nom prenom du salarie", "nom prenom salarie",
        "nom et prenom du salarie", "salaries", "beneficiaires", "nom prenom beneficiaire",
    ),
    "last_name": ("nom", "nom de famille", "nom d usage", "nom usuel", "noms", "nom marital"),
    "first_name": ("prenom", "prenoms"),
    "title": ("civilite", "civ", "sexe", "genre", "h f", "f h", "m mme", "titre", "mr mme"),
    "birth_year": (
        "annee de naissance", "date de naissance", "ne le", "nee le", "ne e le", "ne", "naissance",
        "ddn", "date naissance", "date de naiss", "date naiss", "annee naissance", "d naissance",
        "nele", "ne en", "nee en",
    ),
    "advisor": (
        "accompagnateur", "accompagnatrice", "referent", "referente", "conseiller", "conseillere",
        "cip", "asp", "suivi par", "referent cip", "accompagne par", "charge d insertion",
        "accompagnateur socio professionnel", "conseiller en insertion", "referent e",
        "chargee d insertion", "accompagnateur trice", "conseiller insertion", "ref", "asi",
    ),
    "pre_reception": (
        "date du pre accueil", "pre accueil", "premier contact", "date de premier contact",
        "date premier contact", "1er contact", "date de contact", "date du 1er contact",
    ),
    "interview": (
        "date de l entretien individuel accueil", "entretien d accueil", "date d accueil",
        "accueil", "date accueil", "1er entretien", "premier entretien", "date entretien accueil",
        "date du premier entretien", "date 1er entretien", "date de l accueil",
    ),
    "registered": (
        "date d inscription", "inscription", "inscrit le", "inscrite le", "date d entree", "entree",
        "date entree", "entre le", "entree le", "debut d accompagnement", "debut accompagnement",
        "date inscription", "date d embauche", "embauche", "debut du parcours", "debut parcours",
        "date de debut", "date d arrivee", "arrivee", "date d entree dans l action",
        "debut de parcours", "inscrit e le", "arrive le", "date debut accompagnement",
        "date de debut d accompagnement",
    ),
    "exited": (
        "date de sortie", "sortie", "sorti le", "sortie le", "date sortie", "fin de parcours",
        "fin d accompagnement", "date de fin", "fin accompagnement", "sorti e le", "depart",
        "date de depart", "fin du parcours", "date de fin d accompagnement", "parti le",
    ),
    "exit_category": ("categorie de sortie", "type de sortie", "categorie sortie", "type sortie"),
    "exit_reason": (
        "motif de sortie", "motif sortie", "raison de sortie", "motif", "issue", "motif du depart",
        "cause de sortie", "situation a la sortie", "situation de sortie",
    ),
    "request": (
        "la demande", "demande", "projet", "projet professionnel", "attentes", "besoins",
        "la demande les attentes les besoins les projets de la personne", "projets", "souhaits",
        "demande de la personne", "projet pro", "attentes et besoins", "motivation",
    ),
    "referrer": (
        "orienteur", "prescripteur", "prescripteur orienteur", "oriente par", "adresse par",
        "orientation", "envoye par", "structure d orientation", "organisme prescripteur",
        "origine",
    ),
    "education": (
        "niveau de formation", "niveau", "formation", "niveau scolaire", "diplome", "etudes",
        "niveau d etudes", "niveau formation", "niveau etudes", "qualification",
    ),
    "unemployment": ("duree d inscription a france travail", "anciennete pole emploi",
                     "duree de chomage", "duree chomage", "inscription france travail"),
    "rsa": ("rsa", "beneficiaire rsa", "brsa", "beneficiaire du rsa", "rsa o n"),
    "ass": ("ass",),
    "aah": ("aah",),
    "rqth": ("rqth", "th", "travailleur handicape", "reconnaissance th", "boeth"),
    "qpv": ("qpv", "quartier prioritaire", "quartier"),
    "zrr": ("zrr", "frr", "zrr frr", "zfrr"),
    "informed_on": ("informee le", "informe le", "information rgpd"),
    "paused_until": ("en pause jusqu au", "pause jusqu au"),
    "contract_start": ("debut de contrat", "debut du contrat", "debut contrat",
                       "date de debut de contrat", "date debut contrat", "contrat du"),
    "contract_end": (
        "fin de contrat", "fin du contrat", "fin contrat", "date de fin de contrat",
        "date fin contrat", "date fin de contrat", "echeance contrat", "echeance du contrat",
        "contrat au",
    ),
    "pass_number": ("n pass iae", "numero pass iae", "pass iae", "n pass", "numero de pass iae",
                    "n de pass iae", "numero pass", "agrement", "n agrement"),
    "pass_start": ("debut de pass iae", "debut pass iae", "debut pass", "debut agrement",
                   "date debut pass iae", "date de debut de pass iae", "debut du pass iae",
                   "pass iae du", "pass du", "agrement du"),
    "pass_end": ("fin de pass iae", "fin pass iae", "fin pass", "fin agrement", "fin d agrement",
                 "date fin pass iae", "date de fin de pass iae", "fin du pass iae", "pass iae au",
                 "pass au", "agrement au", "pass iae jusqu au"),
    "precision": ("precision", "precision homonymes"),
}  # fmt: skip

#: What stands above several columns of a person, and is no heading of its own: "Identité" over
#: "Nom" and "Prénom".
GROUPS = frozenset({
    "identite", "etat civil", "personne", "salarie", "salariee", "salarie e", "beneficiaire",
    "candidat", "contrat", "suivi", "accompagnement", "parcours", "pass iae", "pass", "agrement",
    "administratif", "informations", "general", "generalites", "profil", "dossier",
})  # fmt: skip

#: What begins many headings of one table, and is no group: "Date RQTH", "Date permis".
NO_GROUPS = frozenset({
    "date", "dates", "nom", "prenom", "n", "no", "num", "numero", "type", "motif", "duree", "debut",
    "fin", "nb", "nombre", "code", "lieu", "suite", "commentaire", "commentaires", "observations",
    "pas", "sans", "avec", "autre", "autres", "de", "du", "des", "d", "la", "l", "le", "les", "a",
    "au", "en", "et", "ou", "par", "pour", "sur",
})  # fmt: skip

#: Of a line of each other sheet.
OF_LINES: dict[str, dict[str, tuple[str, ...]]] = {
    t.FOLLOW_UP.table: {
        "dated": (
            "dates", "date", "le", "jour", "date de l entretien", "date rdv", "date du rdv",
            "date entretien", "date de l action", "date action", "rdv", "rdv du", "date du",
            "date de rdv", "rendez vous", "quand", "date du rendez vous", "date de rendez vous",
        ),
        "action": (
            "actions proposees", "actions", "action", "action proposee", "actions menees",
            "demarche", "demarches", "objet", "nature de l action", "compte rendu", "contenu",
            "action menee", "objet de l entretien", "suivi", "ce qui a ete fait", "entretien",
            "actions realisees", "objet du rdv", "sujet", "travail realise", "demarches engagees",
            "motif du rdv", "contenu de l entretien", "synthese", "type d action", "preconisation",
            "quoi", "description", "actions a mener", "action a mener", "a faire",
            "demarches effectuees", "actions proposees par l ai", "intitule de l action",
        ),
        "objective": ("objectifs poursuivis", "objectif", "objectifs", "but", "pourquoi",
                      "objectif vise", "objectif poursuivi"),
        "engagement": ("engagement", "code engagement", "type d engagement", "code"),
        "deadline": (
            "echeance", "delai", "echeance delai", "pour quand", "pour le", "a faire pour le",
            "date limite", "a faire avant", "date butoir", "echeances", "prochaine etape le",
            "a faire pour", "avant le",
        ),
        "status": ("statut", "etat", "etat d avancement", "avancement", "fait", "realise",
                   "ou en est on", "fait o n", "etat action"),
        "outcome": (
            "suites donnees", "decisions prises", "suites donnees decisions prises", "suites",
            "resultat", "resultats", "decision", "decisions", "observations", "commentaires",
            "remarques", "commentaire", "bilan", "suite", "suite donnee", "observation", "notes",
            "remarque", "evaluation", "suite a donner", "suites a donner", "retour", "note",
        ),
        "minutes": ("temps consacre", "temps", "duree", "duree de l entretien", "temps passe",
                    "duree en min", "minutes", "duree entretien", "tps", "temps min"),
        "participant": ("intervenant", "intervenants", "avec qui", "fait par", "anime par"),
        "collective": ("collectif", "action collective", "individuel collectif"),
        "reference": ("ref engagement", "reference engagement"),
    },
    t.ENGAGEMENTS.table: {
        "reference": ("ref engagement", "reference", "ref", "n contrat", "n engagement"),
        "agreed": ("date", "date de l engagement", "signe le", "date de signature",
                   "date engagement", "date du contrat"),
        "type": ("engagement", "type d engagement", "code engagement", "type"),
        "needs": ("besoins et projets exprimes", "besoins", "projets exprimes"),
        "object": ("objet de la contractualisation", "objet", "objet du contrat",
                   "objet de l engagement", "contrat", "etape"),
        "structure_means": ("moyens mobilises par la structure", "moyens structure",
                            "engagement de la structure", "la structure s engage a",
                            "moyens de la structure", "moyens mis en oeuvre par la structure"),
        "person_means": ("moyens mobilises par la personne", "moyens personne",
                         "engagement de la personne", "la personne s engage a",
                         "engagement du salarie", "le salarie s engage a",
                         "moyens de la personne", "moyens mis en oeuvre par la personne"),
        "deadline": ("echeance", "echeance delai", "fin", "date de fin", "date limite"),
        "reviewed": ("evaluation realisee le", "evalue le", "date d evaluation", "bilan le",
                     "date du bilan", "date evaluation"),
        "comments": ("commentaires", "observations", "remarques", "commentaire"),
    },
    t.MISSIONS.table: {
        "start": ("debut", "du", "date de debut", "debut mission", "debut de mission", "date debut",
                  "date", "debut de la mission", "date mission", "date de mission", "mois"),
        "end": ("fin", "au", "date de fin", "fin mission", "fin de mission", "date fin",
                "fin de la mission"),
        "hours": ("heures", "nb heures", "nombre d heures", "nb d heures", "total heures", "h",
                  "heures travaillees", "nbre d heures", "nbre heures", "total h",
                  "heures effectuees", "nb h", "volume horaire", "heures realisees"),
        "weekly_hours": ("heures par semaine", "h semaine", "h sem", "heures semaine",
                         "hebdo", "heures hebdo", "duree hebdomadaire"),
        "client": ("donneur d ordre", "do", "client", "utilisateur", "entreprise", "employeur",
                   "chez", "lieu", "lieu de mission", "particulier", "nom du client", "chantier",
                   "clients", "lieu de travail", "utilisatrice", "entreprise utilisatrice",
                   "nom client"),
        "trade": ("metier", "poste", "emploi", "fonction", "tache", "taches", "travaux",
                  "type de mission", "nature du travail", "poste occupe", "mission"),
        "rome": ("code rome", "rome"),
        "nature": ("nature", "type de contrat", "type contrat"),
        "client_review": ("bilan du donneur d ordre", "retour client", "avis client",
                          "avis du client", "satisfaction client", "retour du client"),
        "person_review": ("bilan de la personne", "avis du salarie", "retour du salarie",
                          "retour salarie", "avis salarie"),
    },
    t.BARRIERS.table: {
        "barrier": ("frein", "freins", "difficulte", "difficultes", "problematique", "theme",
                    "frein identifie", "freins a l emploi", "frein a l emploi",
                    "problematiques", "thematique", "frein repere", "freins identifies"),
        "identified": ("repere le", "date", "identifie le", "date de reperage", "date reperage"),
        "accompaniment": ("accompagnement", "interne externe", "mode d accompagnement"),
        "partner": ("partenaire", "partenaires", "organisme", "relais", "structure relais"),
        "lifted": ("leve le", "date de levee", "resolu le", "date de resolution", "resolu"),
        "remarks": ("remarques", "observations", "commentaires", "commentaire", "notes"),
    },
}  # fmt: skip

#: Headings that open a table of lines of one sheet, and hardly another: what they weigh when the
#: sheet is chosen; the others weigh one.
TELLING: dict[str, frozenset[str]] = {
    t.PEOPLE.table: frozenset(
        {"birth_year", "registered", "exited", "exit_reason", "exit_category", "education",
         "referrer", "title", "pass_number", "pass_end", "contract_end", "rqth", "rsa", "request"}
    ),
    t.FOLLOW_UP.table: frozenset({"action", "outcome", "minutes", "objective", "deadline"}),
    t.ENGAGEMENTS.table: frozenset({"object", "structure_means", "person_means", "needs"}),
    t.MISSIONS.table: frozenset({"hours", "client", "weekly_hours", "trade", "rome"}),
    t.BARRIERS.table: frozenset({"barrier", "lifted", "partner"}),
}  # fmt: skip
