"""French words that are also names: alone, they say nothing of anybody.

No list can be whole: `verdicts` also takes as a word what the workbook writes in small letters.
"""

from __future__ import annotations

#: Adjectives, things, plants, places, months, feasts, trades that people are called after.
_WORDS = """
    abbe abel agneau aime aimee ange angers arles armand aube aurore avril barbier baron barre
    beau bel belle berger bergere bernard bien bienvenu blanc blanche blond blonde bois bon
    bonhomme bonne bonnet boucher boulanger bourgeois brave brest brun brune cadet caen calais
    camille cannes cerf cerise chapelle charpentier chateau chevalier chevreuil chretien
    christian clair claire cloutier colombe comte constance corse coste cour court cousin
    couture cuisinier dame dauphin denis dimanche dominique douce doux droit duc ecole ecuyer
    eglise enfant espoir est ete etoile evrard faure fauve felicite ferme fevrier fidele fleur
    fleury fontaine foret forgeron fort four fraise franc francais france francois froid
    gaillard garde garnier gaulois geant germain grand grande gras grenier gris gros guerin
    guerre haie haut henri heureux hiver honore huit hulin iris ivoire janvier jardin jardinier
    jasmin jaune jeune joie joli jolie joly jouet jour juillet juin juste justice lac lambert
    lande large laurier laval legrand lille lion lis long lorient loup lourd lundi lyon lys mai
    maire maison maitre malin marchand marche mardi marguerite marin marine mars mer mercier
    mercredi meunier mignon moine monde mont montagne moreau morin moulin muguet nantes neuf
    nice noble noel noir noire nord normand octobre oise olive olivier orange orleans ouest page
    pain palais parent paris pascal pasteur paul pelletier perle perrin petit petite picard
    pierre pin plaisance plant poirier poisson pont port portier potier poulain prairie pre
    prevost prince printemps prudence prune quentin regis reine renard rennes riche rivage
    riviere roche roi rose rosier rosiere rouge rousseau roux roy rue sabatier sage saison salle
    samedi sauvage savon seigneur septembre serein simple soleil sud surin tailleur tellier
    terre tisserand tours toussaint travers trois valence vallee vallet vasseur vendredi verger
    verite vert verte victoire vienne vigne vigneron villa village ville violette vite vivien
"""
#: Folded, as texts are compared.
COMMON_WORDS = frozenset(_WORDS.split())
