"""What each column of each sheet is for: who fills it, and what it feeds.

How it is typed is said by the column's own `help`.
"""

from __future__ import annotations

from collections.abc import Mapping

_PUBLIC = "Compte les publics dans *Statistiques*, avec ceux dont on ne sait pas."
_AT_ENTRY = "Noté à l'entrée, sur justificatif."

#: By table, then by field.
PURPOSES: Mapping[str, Mapping[str, str]] = {
    "tPersonnes": {
        "last_name": "Le nom que l'accompagnateur tape à la première venue ; avec le prénom, il "
        "relie la personne à toutes ses lignes.",
        "first_name": "Complète le nom dans les listes, les formulaires et les constats.",
        "precision": "Sépare deux homonymes partout : listes, formulaires, chiffres.",
        "typed_person": "Le nom complet que les autres feuilles proposent dans leur liste : la clé "
        "de tout le classeur.",
        "title": "Accorde les formulaires (la salariée, le salarié) et compte les femmes et les "
        "hommes ; vide, les formulaires disent les deux.",
        "birth_year": "Sert aux tranches d'âge des statistiques, à reconnaître les homonymes, et à "
        "la signature du représentant légal sur la convention.",
        "advisor": "Range l'ordre du jour par accompagnateur, s'imprime sur les formulaires et "
        "compte les suivis de chacun ; vide, c'est signalé.",
        "pre_reception": "La première rencontre, notée par qui reçoit ; imprimée sur la fiche, "
        "elle "
        "ne fait pas encore compter la personne.",
        "interview": "L'entretien qui ouvre l'accompagnement, noté par l'accompagnateur ; il "
        "s'imprime sur la fiche, et son ordre avec les autres dates est contrôlé.",
        "registered": "Fait entrer la personne dans la file active : les délais de la première "
        "proposition, de l'engagement et du contact partent d'elle, et elle compte l'entrée.",
        "request": "Ce que la personne attend, noté à l'accueil puis tenu à jour ; imprimé en tête "
        "de sa fiche. Vide, c'est signalé ; les mots sensibles y sont cherchés.",
        "exited": "Clôt le parcours : la personne quitte la file active, la sortie est comptée, et "
        "ce qui reste ouvert est signalé.",
        "exit_category": "Fait les taux de sorties dynamiques et durables ; une sortie sans "
        "catégorie est signalée.",
        "exit_reason": "Détaille les sorties dans les statistiques ; un motif de la liste donne sa "
        "catégorie à `fix`.",
        "paused_until": "Met la personne en pause (congé, absence longue) : ni retard ni manque "
        "n'est signalé jusque-là.",
        "informed_on": "Garde la trace de l'information due à la personne sur ses données ; "
        "l'équipe "
        "la remplit à l'accueil.",
        "contract_end": "Annonce la fin du contrat avant qu'elle n'arrive : couleur, contrôle et "
        "ordre du jour, selon le délai de *Paramètres*.",
        "pass_end": "Annonce la fin du PASS IAE avant qu'elle n'arrive, le temps de demander une "
        "prolongation.",
        "referrer": "Qui a adressé la personne à la structure ; peut ventiler les statistiques, si "
        "*Paramètres* la cite.",
        "education": f"{_AT_ENTRY} {_PUBLIC}",
        "unemployment": f"{_AT_ENTRY} {_PUBLIC}",
        "rsa": f"{_AT_ENTRY} {_PUBLIC}",
        "ass": f"Allocation de solidarité spécifique. {_PUBLIC}",
        "aah": f"Allocation aux adultes handicapés. {_PUBLIC}",
        "rqth": f"Reconnaissance de la qualité de travailleur handicapé. {_PUBLIC}",
        "qpv": f"Réside dans un quartier prioritaire de la ville. {_PUBLIC}",
        "zrr": f"Réside en zone de revitalisation rurale. {_PUBLIC}",
        "pass_number": "Repère la personne sur la plateforme de l'inclusion ; reporté dans les "
        "formulaires des partenaires que `fill` remplit, et sa forme est contrôlée.",
        "pass_start": "Date l'ouverture des droits ; reportée par `fill`, et son ordre avec la fin "
        "est contrôlé.",
        "pass_suspended_until": "Explique un PASS qui s'arrête un temps ; reportée par `fill`.",
        "contract_start": "Date l'embauche ; son ordre avec la fin du contrat est contrôlé.",
        "referent": "Dit avec qui se coordonner quand un autre organisme suit la personne.",
        "france_travail": "Le parcours où France Travail a placé la personne, noté à l'inscription "
        "et quand il change.",
        "engagement_contract": "Rappelle que la personne a signé ailleurs un contrat d'engagement, "
        "dont les conventions d'ici tiennent compte.",
        "autonomy": "L'avis de l'accompagnateur à l'inscription ; avec les suivis, il dit qui a "
        "besoin de plus de temps.",
        "later_situation": "Ce que la personne est devenue, demandé par l'équipe six mois après la "
        "sortie.",
        "later_on": "Le jour où la situation à 6 mois a été demandée, que la personne ait "
        "répondu ou non.",
        "keep_until": "Garde les données de la personne au-delà de la durée prévue, jusqu'à ce "
        "jour, quand un motif l'impose.",
        "keep_reason": "Le motif pour lequel l'équipe garde plus longtemps, à montrer à qui le "
        "demande.",
    },
    "tSuivi": {
        "person": "Dit de qui est la ligne : elle s'imprime sur sa fiche et compte comme un "
        "contact.",
        "dated": "Le jour où l'action est proposée ou menée ; il range la fiche, compte l'action "
        "dans son année et date le dernier contact.",
        "action": "Ce qui se passe, tapé par l'accompagnateur ; imprimé sur la fiche, repris dans "
        "*Synthèse* et à l'ordre du jour.",
        "objective": "Le but de l'action, pour qu'elle ait un sens dans le parcours ; imprimé sur "
        "la fiche, et signalé s'il manque.",
        "engagement": "Rattache l'action à l'engagement en cours ; compte les actions par type, et "
        "un code sans engagement ouvert est signalé.",
        "deadline": "Ce qui est promis pour quand : la ligne rougit passé ce jour, et le retard va "
        "au contrôle et à l'ordre du jour.",
        "status": "Où en est l'action ; remplit les colonnes (1), (2), (3) de *Synthèse*, et une "
        "action réalisée ou sans suite n'est plus en retard.",
        "outcome": "La suite décidée, tapée après coup ; imprimée sur la fiche. Une action "
        "réalisée "
        "sans suite notée est signalée.",
        "minutes": "Rend visible le temps d'accompagnement : imprimé sur la fiche et compté dans "
        "les statistiques.",
        "reference": "Lie l'action à une convention précise quand plusieurs se suivent ; une "
        "référence inconnue est signalée.",
        "by_whom": "Dit qui agit, comme au pied de l'exemple n°4 ; la réunion la remplit à partir "
        "de *Qui*.",
        "participant": "Nomme le collègue ou le partenaire qui a agi, s'il n'est pas "
        "l'accompagnateur.",
        "to_discuss": "Met la ligne à l'ordre du jour de la prochaine réunion, pour qu'elle soit "
        "parlée en équipe.",
        "collective": "Évite de compter plusieurs fois le temps d'un atelier ; sans elle, la même "
        "action pour plusieurs personnes est signalée.",
        "attendance": "Distingue un rendez-vous manqué d'un rendez-vous tenu.",
        "absence_reason": "Aide à comprendre les rendez-vous manqués, sans détail.",
    },
    "tEngagements": {
        "reference": "Donne son nom à la convention : on la choisit dans la feuille *Convention*, "
        "et elle compte les engagements par type.",
        "sheet_number": "Suit l'ordre des conventions d'une même personne ; imprimé en tête.",
        "person": "Dit avec qui l'engagement est pris : son nom et l'accord du texte viennent de "
        "sa "
        "ligne de *Personnes*.",
        "agreed": "Date l'accord : imprimée sur la convention, elle compte l'engagement dans son "
        "année, et les délais partent d'elle.",
        "advisor": "Qui signe pour la structure ; vide, la convention prend celui de *Personnes*.",
        "type": "Le type de la fiche n°14 ; fait la succession des engagements, leurs chiffres, et "
        "la durée contrôlée.",
        "needs": "Premier des cinq éléments de la convention, écrit à deux ; imprimé, et signalé "
        "s'il manque.",
        "object": "L'étape visée, deuxième élément : imprimée en 1., et signalée si elle manque.",
        "structure_means": "L'engagement de la structure : imprimé en 2., et signalé si un seul "
        "côté s'engage.",
        "person_means": "L'engagement de la personne, en face de celui de la structure ; signalé "
        "si "
        "un seul côté s'engage.",
        "deadline": "Le terme de l'engagement : imprimé en 3., la ligne rougit passé ce jour, et "
        "il "
        "se compare à la durée du type.",
        "review_planned": "Fixe l'entretien de bilan dès la signature : imprimée en 4., annoncée "
        "à l'ordre du jour, et reprise par `print --due`.",
        "form": "Dit quelle trace existe ; compte les conventions signées, et un écrit ni remis ni "
        "signé est signalé.",
        "reviewed": "Clôt l'engagement : elle s'imprime au bilan et compte les bilans faits à "
        "l'heure.",
        "achieved": "La réponse du bilan, cochée sur la convention et comptée ; un NON sans "
        "commentaire est signalé.",
        "follow_up": "Deuxième question du bilan, cochée sur la convention ; OUI sans nouvel "
        "engagement est signalé.",
        "next_type": "La suite choisie au bilan ; comparée à celles que la grille des engagements "
        "prévoit.",
        "comments": "Ce que le bilan doit retenir, écrit à deux ; imprimé au bas de la convention.",
        "frequency": "Le rythme des entretiens convenu à la signature ; imprimé sur la convention.",
    },
    "tMissions": {
        "person": "Dit qui travaille : une mission est un contact, et ses heures sont à elle.",
        "nature": "Sépare le travail salarié, qui compte en heures et en ETP, des stages et "
        "immersions, qui n'y comptent pas.",
        "start": "Premier jour de la mission ; répartit les heures, et compte les jours avant la "
        "première mission.",
        "end": "Dernier jour ; elle colore les mois de *Périodes* et arrête les heures.",
        "hours": "Les heures de la mission, notées d'après les relevés ; elles font les heures, "
        "les "
        "ETP et le seuil des sorties comptées.",
        "weekly_hours": "Donne les heures d'une mission qui dure ; trop d'heures par semaine est "
        "signalé.",
        "client": "Reconnaît la mission quand deux commencent le même jour ; une ligne en double "
        "est signalée.",
        "trade": "Le métier essayé, en mots de tous les jours, pour en parler au bilan.",
        "rome": "Relie le métier au répertoire officiel ; sa forme est contrôlée.",
        "client_review": "Le retour recueilli par la structure, pour l'entretien de bilan.",
        "person_review": "Le ressenti de la personne, recueilli en entretien, pour le comparer à "
        "l'autre.",
        "client_kind": "Compte les heures en entreprise, que la loi plafonne pour les AI, et les "
        "missions par type de client.",
        "outcome": "Compte ce que les missions, stages et immersions ont donné.",
    },
    "tFreins": {
        "person": "Dit de qui est le frein ; une personne en a autant de lignes que de freins.",
        "barrier": "Le sujet à lever pour aller vers l'emploi, repéré en entretien ; compté par "
        "thème dans *Statistiques*.",
        "identified": "Date le repérage, et compte le frein dans son année.",
        "accompaniment": "Dit qui aide à le lever ; sépare dans les chiffres l'aide interne de "
        "celle des partenaires.",
        "partner": "Garde le nom de l'organisme qui aide, pour le retrouver.",
        "lifted": "Compte les freins levés ; la ligne passe alors en gris.",
        "remarks": "Ce qu'il faut savoir pour continuer ; les mots sensibles y sont cherchés.",
        "entry_level": "Le point de départ, noté à l'inscription ; comparé au niveau actuel dans "
        "*Statistiques*.",
        "current_level": "Montre le chemin fait depuis l'entrée ; repris dans le bilan que `fill` "
        "remplit.",
        "orientation": "L'organisme vers lequel l'équipe a dirigé la personne ; compté par frein.",
        "result": "Ce que l'organisme a répondu ; compte les orientations qui aboutissent.",
    },
    "tReglages": {
        "label": "Le nom du choix, par lequel l'outil le reconnaît : à ne pas changer.",
        "value": "Le choix de la structure, tapé par qui coordonne : l'outil et les formules le "
        "lisent à chaque fois.",
        "unit": "Dit si la valeur est en jours, en mois, en heures ou en personnes.",
        "effect": "Explique, à côté de chaque réglage, ce qu'il commande.",
    },
    "tTypes": {
        "code": "Le code court du type, proposé dans les listes et mis au début des références.",
        "name": "Le nom du type, en toutes lettres, dans les statistiques et les constats.",
        "deadline_class": "Rappelle à l'équipe la durée que la fiche n°15 donne au type ; l'outil "
        "n'en tient pas compte, il ne contrôle que la durée maximale d'à côté.",
        "max_months": "Au-delà, l'échéance d'un engagement de ce type est signalée trop longue.",
    },
    "tAccompagnateurs": {
        "name": "Fait la liste d'Accompagnateur dans *Personnes* et *Engagements*.",
        "role": "Dit qui fait quoi dans l'équipe, pour mémoire.",
    },
    "tQuestions": {
        "question": "Les questions de la fiche n°16, pour décider ensemble de sa façon de faire.",
        "answer": "Ce que l'équipe a décidé, écrit une fois et relu quand quelqu'un arrive.",
    },
    "tGravites": {
        "code": "Dit de quelle règle du contrôle la structure change la gravité.",
        "severity": "Rend la règle plus ou moins grave dans *Contrôle*, ou l'éteint.",
    },
    "tVentilations": {
        "heading": "Ajoute aux statistiques un tableau qui compte les personnes selon cette "
        "colonne.",
    },
    "tMotsSensibles": {
        "word": "Un mot de santé ou de justice que les textes libres ne devraient pas contenir ; "
        "l'équipe allonge ou raccourcit la liste.",
    },
    "tReprises": {
        "sheet": "Dit dans quelle feuille va ce que `migrate` ou `import` apporte.",
        "heading": "La colonne de l'autre fichier, retenue quand vous l'avez choisie une fois.",
        "becomes": "Où son contenu est versé les fois suivantes, sans rien redemander.",
    },
    "tEquipe": {
        "year": "L'année dont la ligne donne les effectifs de l'équipe.",
        "support": "Divise la file active : combien de personnes suit un temps plein "
        "d'accompagnement.",
        "supervision": "Le même calcul pour l'encadrement technique.",
    },
    "tColonnes": {
        "sheet": "Dit dans quelle feuille est une colonne que l'équipe a ajoutée.",
        "heading": "La colonne de l'équipe : sans sa ligne ici, elle n'est pas dans la copie.",
        "holds": "Ce que `pseudonymise` fait de ses cellules : gardées, ou remplacées comme un "
        "nom, un texte, une date ou un code.",
    },
    "tSynthese": {
        "dates": "Le jour de l'action ou de l'engagement, repris de sa feuille.",
        "person": "Qui est suivi ; les lignes d'une personne sont ensemble.",
        "objective": "Pourquoi l'action est menée, repris de *Suivi* ou de l'engagement.",
        "engagement": "Le type d'engagement dont relève l'action.",
        "action": "Ce qui est proposé, en cours ou fait ; pour un engagement, sa référence et les "
        "moyens des deux côtés.",
        "to_propose": "Une croix : l'action attend d'être proposée.",
        "under_way": "Une croix : l'action est en cours.",
        "done": "Une croix : l'action est faite, depuis peu.",
        "deadline": "L'échéance comme elle a été tapée ; rouge quand elle est passée, jaune quand "
        "elle est proche.",
        "outcome": "Les suites notées, le bilan prévu, une pause : ce qu'il faut savoir pour en "
        "parler.",
        "notes": "À remplir par l'équipe en réunion ; la note reste à sa ligne d'une actualisation "
        "à l'autre.",
        "understood": "Le jour que l'outil a compris de l'échéance, et qui fait les couleurs : à "
        "vérifier d'un coup d'œil.",
    },
    "tControle": {
        "code": "La règle qui parle ; [sa page](../regles.md) l'explique.",
        "severity": "Erreur, avertissement ou info : ce qui est à voir d'abord.",
        "person": "De qui il s'agit, quand c'est de quelqu'un.",
        "sheet": "La feuille où corriger.",
        "cell": "La cellule où aller : un clic y mène.",
        "message": "Ce qui manque, tarde ou se contredit, en une phrase.",
        "help": "Le geste qui règle le constat.",
        "since": "Depuis quand le constat dure : la première actualisation qui l'a vu.",
        "justification": "À remplir par l'équipe quand le constat est voulu : il ne compte plus.",
        "until": "Jusqu'à quand la justification vaut ; vide, elle n'a pas de fin.",
    },
    "tNotesAnciennes": {
        "person": "De qui était la note.",
        "sheet": "De quelle feuille elle vient, et où la ligne était.",
        "line": "La ligne sur laquelle elle était tapée.",
        "since": "Depuis quand cette ligne n'existe plus.",
        "text": "Tout ce que l'équipe y avait tapé, mot pour mot.",
    },
}
#: Of the sheets that `refresh` makes without a table: each heading, what it is for.
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "Réunion": {
        "☐": "Une case à cocher au stylo, quand le point a été vu.",
        "Personne": "De qui l'on parle ; ses points sont ensemble.",
        "Action, engagement": "La ligne du classeur dont il s'agit.",
        "À savoir": "Pourquoi le point est là : l'échéance, le délai, la suite notée.",
        "Décision": "Ce que l'équipe décide, tapé en réunion ; `minutes` en fait une ligne de "
        "*Suivi* et le compte rendu.",
        "Qui": "Qui s'en charge ; va dans *Par qui*, ou dans *Intervenant* si c'est un nom.",
        "Pour quand": "L'échéance de la ligne à venir, tapée comme dans *Suivi*.",
        "Versée": "À l'outil : la référence de la ligne de *Suivi* que la décision est devenue.",
        "Cellule": "Un lien vers la cellule à compléter.",
    },
    "Périodes": {
        "Personne": "Une ligne par personne de la file active.",
        "Accompagnateur": "Qui la suit, pour filtrer.",
        "Un mois": "Les heures du mois ; la couleur est plus forte quand il y en a plus.",
        "Total": "Les heures des douze mois.",
        "Jours depuis la dernière mission": "Dit qui attend du travail depuis longtemps ; le "
        "contrôle le signale au-delà du réglage.",
    },
}
