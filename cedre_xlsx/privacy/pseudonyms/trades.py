"""Which trades say nothing of anybody: those of known words, or that many people had."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from cedre_xlsx.method.text import fold

#: Words of trades and of where they are done: none of them is a name that people have.
_TYPED = (
    "accompagnement accueil achat acier adjoint administratif agricole agro aide alimentaire "
    "alimentation ambulance animalerie animateur animation appui archivage archives artisanat "
    "assemblage assistance assistant assistante atelier autoroute auxiliaire balayage bâtiment "
    "bâtiments béton bibliothèque blanchisserie bois boulangerie bricolage broyage bureau "
    "bureaux bureautique caisse camion cantine cariste carrelage cave centre chai chambre "
    "chambres chantier chariot charpente chaudronnerie chauffage chauffeur classement cloison "
    "collecte collectif collectivité collectivités colis commande commandes commerce "
    "comptabilité conditionnement conducteur conduite conserverie construction copropriété "
    "couloirs courrier couture couvreur couverture cuisine cuisinier culture cultures cycles "
    "débarras déchets déchèterie décoration défrichage déménagement dépôt désherbage "
    "déneigement distribution domicile domestique eau échafaudage école écoles éducation "
    "élagage électricité électrique élevage emballage employé employée encombrants enduit "
    "enfant enfants entrepôt entretien environnement épicerie espace espaces étage événement "
    "événementiel expédition extérieur extérieurs fabrication façade ferme ferraille finition "
    "forestier forêt fossés fruits garde gardien gardiennage gestion gros gestes haie haies "
    "hébergement horticulture hôtel hôtellerie hygiène immeuble immeubles industrie "
    "industriel industrielle informatique inventaire isolation jardin jardinage jardinier "
    "jardins journaux laverie lavage légumes lingerie linge livraison livreur livres local "
    "locaux logement logements logistique machine machines maçon maçonnerie magasin magasinier "
    "main maintenance maison maladie manœuvre manutention manutentionnaire maraîchage "
    "maraîcher marché marchés matériaux matériel mécanique ménage ménager ménagère menuiserie "
    "menuisier métal métallerie meubles mise mobilier montage multi multiservices nature "
    "nettoyage numérique œuvre opérateur opératrice outillage ouvrier ouvrière paysage "
    "paysager paysagiste peintre peinture périscolaire personnel personne personnes âgées "
    "petit petite petits petites plaquiste plâtrerie plomberie plonge plongeur pneus pose "
    "poids lourd lourds poste polyvalent polyvalente préparateur préparation production "
    "produits propreté public publics publique quai ramassage ravalement rayon rayonnage "
    "rayons réception récolte recyclage recyclerie rénovation réparation repas repassage "
    "réserve ressourcerie restaurant restauration salle salles sanitaires scolaire second "
    "secrétaire secrétariat sécurité service services serveur serveuse social sol sols "
    "solidaire soudage soudeur soutien stage station stock stocks surveillance surveillant "
    "taille technicien technique terrassement terre textile tonte toiture tourisme transport "
    "travail travaux tri usine vaisselle végétal vélo vélos vendange vendanges vendeur "
    "vendeuse vente verger verts verte vêtements viande vidage vigne vitrerie vitres "
    "voirie voie voies voiture "
    "a à au aux d dans de des du en et l la le les n ou par pour sans sur un une h f hf"
)
_WORDS = frozenset(fold(word) for word in _TYPED.split())
_WORD = re.compile(r"\w+")
#: After these, somebody is named.
_BEFORE_NAMES = frozenset(
    ("chez", "m", "mr", "mme", "mlle", "monsieur", "madame", "famille", "dit", "avec", "selon")
)
_ENOUGH_PEOPLE = 3


class Trades:
    """The trades that stay as they are typed; `uses` are trades, each with whose line it is on."""

    def __init__(self, uses: Iterable[tuple[str, str]]) -> None:
        whose: defaultdict[str, set[str]] = defaultdict(set)
        for text, person in uses:
            if person:
                whose[fold(text)].add(person)
        self._usual = {text for text, people in whose.items() if len(people) >= _ENOUGH_PEOPLE}

    def may_stay(self, text: str) -> bool:
        """Whether a trade names nobody: every word is one of trades, or several people had it and
        nothing in it is written as a name is.
        """
        words = _WORD.findall(text)
        is_name = not text.isupper() and any(word[0].isupper() for word in words[1:])
        if is_name or any(char.isdigit() for char in text):
            return False
        if all(fold(word) in _WORDS for word in words):
            return True
        named = any(fold(word) in _BEFORE_NAMES for word in words)
        return fold(text) in self._usual and not named and not text.isupper() and len(words) > 1
