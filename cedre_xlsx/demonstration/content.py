"""The words of the invented association: plainly fictional people, plausible French work."""

from __future__ import annotations

from dataclasses import dataclass

ADVISORS = ("Nadia Ferrand", "Hugo Delmas", "Solène Picard")
STRUCTURE = "AI des Trois Rivières"
PLACE = "Valbruyère"
#: Of fourteen digits, and nobody's.
SIRET = "00000000000000"

#: Nobody is called so: people of the demonstration cannot be taken for real ones.
LAST_NAMES = (
    "Acacia", "Ancolie", "Aubépine", "Bambou", "Bleuet", "Bouleau", "Bourrache", "Bruyère",
    "Camomille", "Capucine", "Cerfeuil", "Châtaigne", "Chicorée", "Ciboulette", "Coquelicot",
    "Cyprès", "Digitale", "Églantier", "Épicéa", "Estragon", "Fenouil", "Figuier", "Fougère",
    "Framboise", "Fusain", "Genévrier", "Gentiane", "Giroflée", "Glaïeul", "Groseille",
    "Hortensia", "Jacinthe", "Jonquille", "Laurier", "Lavande", "Lilas", "Liseron", "Lupin",
    "Magnolia", "Marjolaine", "Mélèze", "Mimosa", "Muguet", "Myrtille", "Narcisse", "Nénuphar",
    "Noisetier", "Olivier", "Orchidée", "Origan", "Ortie", "Peuplier", "Pimprenelle", "Pissenlit",
    "Pivoine", "Platane", "Primevère", "Pâquerette", "Romarin", "Roseau", "Safran", "Sarriette",
    "Sauge", "Séquoia", "Sorbier", "Sureau", "Tamaris", "Tilleul", "Tournesol", "Trèfle",
    "Tulipe", "Verveine", "Violette", "Volubilis",
)  # fmt: skip
MEN = (
    "Achille", "Basile", "Côme", "Donatien", "Eudes", "Firmin", "Gaspard", "Hippolyte", "Ismaël",
    "Joachim", "Karim", "Léonard", "Moussa", "Nicéphore", "Octave", "Pacôme", "Quentin",
    "Rodolphe", "Siméon", "Théophile", "Ulysse", "Valère", "Wilfried", "Youssef", "Zacharie",
)  # fmt: skip
WOMEN = (
    "Adélaïde", "Bérénice", "Clotilde", "Daphné", "Euphrasie", "Fatoumata", "Gwendoline",
    "Héloïse", "Iphigénie", "Joséphine", "Khadija", "Léocadie", "Mahaut", "Ninon", "Ombeline",
    "Pélagie", "Quitterie", "Rosalie", "Sidonie", "Tiphaine", "Ursule", "Viviane", "Wassila",
    "Yolande", "Zénaïde",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade, its ROME code, and the words of a mission in it."""

    name: str
    rome: str
    place: str


TRADES = (
    Trade("Ménage à domicile", "K1304", "chez un particulier"),
    Trade("Nettoyage de locaux", "K2204", "dans des bureaux"),
    Trade("Entretien d'espaces verts", "A1203", "dans un jardin"),
    Trade("Peinture", "F1606", "sur un chantier"),
    Trade("Manutention", "N1105", "dans un dépôt"),
    Trade("Aide de cuisine", "G1602", "en restauration"),
    Trade("Plonge", "G1605", "en restauration"),
    Trade("Mise en rayon", "D1507", "dans un magasin"),
    Trade("Préparation de commandes", "N1103", "dans un entrepôt"),
    Trade("Petits travaux", "I1203", "dans une copropriété"),
    Trade("Voirie", "K2303", "à la mairie"),
    Trade("Accueil et classement", "M1602", "dans une association"),
)
CLIENTS = (
    "Mairie de Valbruyère", "École des Tilleuls", "Résidence Les Glycines", "Jardins du Vallon",
    "Restaurant Le Moulin", "Coop de la Vallée", "Syndic Beaupré", "Entrepôts du Pont-Neuf",
    "Mme Hirondelle (particulier)", "M. Mésange (particulier)", "Mme Rouge-Gorge (particulier)",
    "Peinture Arc-en-Ciel", "Collège du Lac", "Médiathèque des Halles", "Hôtel des Voyageurs",
    "Traiteur La Bonne Table",
)  # fmt: skip

REQUESTS = (
    "Souhaite retrouver vite un revenu ; connaît le travail de {trade}.",
    "Cherche quelques heures par semaine, à côté de la garde des enfants.",
    "Veut découvrir plusieurs métiers avant de choisir ; {trade} l'attire.",
    "A travaillé longtemps en usine ; voudrait changer pour : {trade}.",
    "Souhaite un emploi stable et un logement plus proche.",
    "Reprend après plusieurs années sans emploi ; veut retrouver un rythme.",
    "Projet : {trade} ; demande une formation et de l'expérience.",
    "Parle peu français ; souhaite travailler et progresser dans la langue.",
)

#: What an advisor writes of a line that is done: the action, its objective, its outcome.
INTERVIEWS = (
    ("Point sur les missions et les démarches", "Garder le rythme", "Les missions plaisent"),
    ("Entretien : recherche d'un logement", "Se loger plus près du travail", "Dossier déposé"),
    ("Préparation d'un CV", "Se présenter à un employeur", "CV prêt, à envoyer"),
    ("Proposition d'une mission : {trade}", "Apporter un revenu", "Acceptée"),
    ("Appel au donneur d'ordre, {place}", "Savoir comment la mission se passe", "Bon retour"),
    ("Inscription à un atelier de français", "Lire les consignes", "Commence lundi"),
    ("Visite d'une entreprise : {trade}", "Découvrir un métier", "Veut essayer"),
    ("Rendez-vous avec la mission locale", "Chercher une formation", "Pris pour le mois prochain"),
    ("Aide à une demande de permis", "Pouvoir aller aux chantiers", "Dossier complet"),
    ("Essai : {trade}", "Vérifier que le métier convient", "Essai concluant"),
    ("Entretien téléphonique", "Garder le lien", "Tout va bien"),
    ("Préparation d'un entretien d'embauche", "Prendre confiance", "Se sent plus à l'aise"),
    ("Point avec le service social", "Avancer sur les démarches", "Rendez-vous pris ensemble"),
    ("Recherche d'un mode de garde", "Être disponible le matin", "Place trouvée"),
)
REFUSED = (
    ("Proposition d'une mission : {trade}", "Apporter un revenu", "Refusée : horaires"),
    ("Proposition d'un atelier mobilité", "Pouvoir se déplacer", "Annulé, faute d'inscrits"),
)
#: What is still to be done: the action, its objective.
TO_DO = (
    ("Chercher une mission : {trade}", "Apporter un revenu"),
    ("Prendre rendez-vous pour un bilan de compétences", "Préciser le projet"),
    ("Envoyer le CV à trois entreprises", "Trouver un emploi"),
    ("Constituer le dossier de logement", "Se loger plus près du travail"),
    ("S'inscrire à l'auto-école solidaire", "Pouvoir se déplacer"),
    ("Organiser une visite : {trade}", "Découvrir un métier"),
)
WORKSHOPS = (
    ("Atelier : lire une fiche de paie", "Connaître ses droits", "Atelier suivi"),
    ("Atelier : gestes et postures", "Travailler sans se blesser", "Atelier suivi"),
    ("Atelier : chercher un emploi en ligne", "Chercher par soi-même", "Atelier suivi"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the engagements of one type say, and how long they last (months)."""

    months: tuple[int, int]
    needs: tuple[str, ...]
    objects: tuple[str, ...]
    structure_means: tuple[str, ...]
    person_means: tuple[str, ...]
    next_codes: tuple[str, ...]


WORDS: dict[str, Words] = {
    "CP": Words(
        (1, 3),
        ("Un revenu tout de suite", "Payer une facture urgente", "Sortir d'une période difficile"),
        (
            "Trouver des heures rapidement : {trade}",
            "Faire face à une dépense urgente",
            "Reprendre un premier travail, {place}",
        ),
        (
            "Proposer deux missions dans la quinzaine",
            "Mise en relation avec un conseiller budget",
            "Une mission par semaine et un entretien chaque quinzaine",
        ),
        (
            "Répondre aux appels et accepter les essais",
            "Préparer ses papiers pour le rendez-vous",
            "Prévenir en cas d'absence",
        ),
        ("SA", "MPP", "D", "VP"),
    ),
    "SA": Words(
        (4, 9),
        ("Un logement", "Se déplacer", "Être aidé dans les démarches"),
        (
            "Trouver un logement plus proche",
            "Obtenir un moyen de transport",
            "Mettre à jour ses droits et ses papiers",
        ),
        (
            "Un entretien par mois et l'appui du partenaire",
            "Accompagner aux rendez-vous",
            "Mise à disposition d'un deux-roues",
        ),
        (
            "Constituer les dossiers",
            "Aller aux rendez-vous et en rendre compte",
            "Mettre de côté chaque mois",
        ),
        ("MPP", "D", "VP"),
    ),
    "T": Words(
        (12, 24),
        ("Garder une activité et des relations", "Quelques heures régulières"),
        (
            "Garder une activité régulière : {trade}",
            "Rester en lien avec d'autres par le travail",
        ),
        (
            "Une mission régulière de quelques heures par semaine",
            "Un point tous les deux mois et des sorties collectives",
        ),
        ("Être présent aux missions convenues", "Participer aux rencontres du mois"),
        ("T", "MPP"),
    ),
    "MPP": Words(
        (4, 9),
        ("Reprendre un rythme de travail", "Reprendre confiance"),
        (
            "Tenir des horaires réguliers : {trade}",
            "Travailler en équipe, {place}",
            "Retrouver un rythme, semaine après semaine",
        ),
        (
            "Missions progressives et un bilan avec chaque donneur d'ordre",
            "Atelier collectif une fois par mois",
            "Un tuteur pendant les premières missions",
        ),
        (
            "Arriver à l'heure et prévenir",
            "Noter ce qui plaît et ce qui coûte",
            "Suivre l'atelier jusqu'au bout",
        ),
        ("D", "VP", "MPP"),
    ),
    "D": Words(
        (2, 6),
        ("Trouver un métier qui plaise", "Vérifier une idée de métier"),
        (
            "Découvrir deux métiers, dont : {trade}",
            "Confirmer le projet : {trade}",
            "Essayer un poste {place}",
        ),
        (
            "Deux missions dans deux métiers",
            "Une visite et un stage chez un partenaire",
            "Un bilan avec le donneur d'ordre après chaque essai",
        ),
        (
            "Tenir un carnet de ses essais",
            "Se renseigner sur les formations",
            "Rencontrer un professionnel du métier",
        ),
        ("VP", "D"),
    ),
    "VP": Words(
        (3, 8),
        ("Faire reconnaître son expérience", "Obtenir un emploi stable"),
        (
            "Valider une expérience : {trade}",
            "Préparer une embauche, {place}",
            "Obtenir un certificat utile : {trade}",
        ),
        (
            "Missions longues dans le métier visé",
            "Financer une formation courte",
            "Préparer les entretiens d'embauche",
        ),
        (
            "Suivre la formation sans absence",
            "Envoyer une candidature par semaine",
            "Demander une attestation à chaque donneur d'ordre",
        ),
        ("VP",),
    ),
}
FIRST_TYPES = ("CP", "CP", "CP", "SA", "D", "MPP", "T")
REVIEW_COMMENTS = (
    "Étape atteinte, plus d'assurance",
    "Démarches faites, une mission de plus que prévu",
    "Bonne présence, le donneur d'ordre redemande la personne",
    "Objectif atteint avant la date",
    "Une partie reste à faire, reprise dans la suite",
)
NOT_DONE_COMMENTS = (
    "Les horaires ne convenaient pas ; on cherche autre chose",
    "Les rendez-vous n'ont pas pu se tenir",
)
CLIENT_REVIEWS = (
    "Travail sérieux",
    "Toujours à l'heure",
    "Travail soigné",
    "Doit gagner en vitesse",
    "",
)
PERSON_REVIEWS = ("Bonne équipe", "Métier à approfondir", "Un peu loin", "A aimé", "")
FREQUENCIES = ("Tous les quinze jours", "Une fois par mois")

#: Orienteur, RSA, Niveau de formation…: the values that come up, the usual ones more often.
REFERRERS = (
    "France Travail", "France Travail", "France Travail", "Mission locale",
    "Service social du conseil départemental", "PLIE", "Cap emploi", "Candidature spontanée",
    "CCAS",
)  # fmt: skip
EDUCATION = (
    "Pas de formation au-delà de la scolarité obligatoire",
    "Pas de formation au-delà de la scolarité obligatoire", "Formation de niveau CAP ou BEP",
    "Diplôme obtenu CAP ou BEP", "Formation de niveau bac", "Qualifications non certifiantes",
    "Jamais scolarisé",
)  # fmt: skip
UNEMPLOYMENT = (
    "24 mois et plus", "24 mois et plus", "De 12 à 23 mois", "De 6 à 11 mois", "Moins de 6 mois",
    "Non",
)  # fmt: skip
RSA = ("RSA majoré", "RSA non majoré", "RSA non majoré", "Non", "Non", "Non")

#: Motif de sortie with its category, as often as they come up.
EXITS = (
    ("Emploi durable", "CDI"),
    ("Emploi durable", "CDD ou intérim de 6 mois et plus"),
    ("Emploi durable", "CDD ou intérim de 6 mois et plus"),
    ("Emploi de transition", "CDD ou intérim de moins de 6 mois"),
    ("Emploi de transition", "CDD ou intérim de moins de 6 mois"),
    ("Emploi de transition", "Contrat aidé"),
    ("Sortie positive", "Formation"),
    ("Sortie positive", "Autre structure d'insertion"),
    ("Autre sortie", "Sans emploi"),
    ("Autre sortie", "Abandon par la personne"),
    ("Autre sortie", "Déménagement"),
    ("Autre sortie", "Sans nouvelles"),
    ("Retrait des sorties constatées", "Rupture en période d'essai"),
)
#: Frein, and the partner who helps with it.
BARRIERS = (
    ("Mobilité", "Garage solidaire du Vallon"),
    ("Hébergement, logement", "Agence Toit pour tous"),
    ("Français, illettrisme, langue", "Atelier des mots"),
    ("Démarches administratives et accès aux droits", "Maison des services"),
    ("Surendettement et finances", "Point conseil budget"),
    ("Disponibilité", "Crèche Les Galopins"),
    ("Famille", "Centre social du Lac"),
    ("Ressources immédiates", "Épicerie La Bonne Part"),
    ("Santé", "Maison médicale"),
    ("Discrimination", "Maison des droits"),
)
