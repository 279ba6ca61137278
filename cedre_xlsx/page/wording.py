"""What the sentences of the verbs say to who types commands, as the page says it: it has views and
boxes to tick, neither commands nor options.
"""

from __future__ import annotations

import re

from cedre_xlsx.page.views import BY_NAME

#: The view that does what a command does.
_VIEW_OF = {
    "check": "controle",
    "refresh": "actualiser",
    "fix": "reparer",
    "print": "imprimer",
    "fill": "remplir",
    "minutes": "reunion",
    "stats": "statistiques",
    "share": "partager",
    "consolidate": "consolider",
    "new": "nouveau",
    "import": "reprendre",
    "migrate": "migrer",
    "upgrade": "niveau",
    "year": "annee",
    "compare": "copies",
    "merge": "copies",
    "retention": "conservation",
    "dossier": "dossier",
    "pseudonymise": "sansnoms",
    "rules": "regles",
}

#: Ends and turns of sentences, in order: a whole one before a part of it.
_TURNS = (
    # where it is written, and over what
    (", ou écrivez ailleurs avec -o", ""),
    (", écrivez ailleurs avec -o, puis recopiez", ", écrivez ailleurs, puis recopiez"),
    (" avec -o", ""),
    (" après -o", ""),
    (", ou ajoutez --force pour remplacer", ", ou cochez « Remplacer »"),
    ("recommencez avec --force", "recommencez en cochant « Remplacer »"),
    # Contrôler, Règles
    (" (cedre-xlsx compare)", ""),
    (
        "« cedre-xlsx compare » dit ce qui diffère, « cedre-xlsx merge » réunit les deux",
        "« Réunir deux copies » dit ce qui diffère, puis réunit les deux",
    ),
    ("actualiser (cedre-xlsx refresh) remet", "« Actualiser » remet"),
    (", donné par --previous, a", " a"),
    (", donné par --previous", ""),
    (", ou sans --previous", ""),
    (". Enlevez --previous", ""),
    ("donnez après --previous celui", "choisissez celui"),
    (" (--note)", ""),
    ("les commandes les comptent", "l'outil les compte"),
    ("--rename attend", "Il faut"),
    # Imprimer
    (
        "ajoutez --convention RÉF, --fiche PERSONNE, --bilan PERSONNE, --due, --meeting, "
        "--board AAAA ou --all",
        "cochez ou tapez au moins un papier",
    ),
    ("ajoutez --referent PERSONNE", "donnez son nom"),
    ("recommencez sans --note,", "recommencez sans noter la remise,"),
    ("Vérifiez --date, ou cette cellule", "Vérifiez la date, ou cette cellule"),
    # Remplir le formulaire d'un autre
    ("donnez d'abord le formulaire, puis votre classeur", "choisissez un formulaire"),
    ("--months ne sert pas", "La durée de prolongation souhaitée ne sert pas"),
    ("à demander par --months", "à choisir sous « Durée de prolongation souhaitée »"),
    (" ; pour le suivre, donnez-le par --map", ""),
    (
        "refaites la correspondance (--learn --force), ou donnez celle de ce formulaire par --map",
        "revenez, puis « Dire ce qui va dans chaque case »",
    ),
    (
        "Refaites le fichier par --learn, et ne corrigez que ce qui est à droite de « champ = »",
        "Revenez, puis « Dire ce qui va dans chaque case »",
    ),
    (
        "faites sa correspondance (--learn) et remplissez-le avec elle (--map)",
        "revenez, puis « Dire ce qui va dans chaque case »",
    ),
    ("à ajouter à la main si elles servent", "à remplir à la main"),
    (" : ajoutez à la main celles qui servent", " : elles sont à remplir à la main"),
    ("un modèle vide donne une correspondance entière", "un modèle vide les aurait toutes"),
    # Reprendre
    (
        "Notez dans le fichier de correspondances (--map) laquelle est le nom, ou personne = « … »",
        "Dites sous « Où vont les colonnes » laquelle est le nom, ou de qui sont les lignes",
    ),
    (
        "Refaites le fichier en relançant la commande sans --map, et ne corrigez que ce qui est à "
        "droite des signes =",
        "Refaites l'aperçu, puis dites de nouveau où vont les colonnes",
    ),
    ("Relisez les remplacements proposés avec --dry-run", "Refaites l'aperçu"),
    # Plusieurs classeurs
    ("Donnez les uns ou les autres, « *.json » par exemple", "Cochez les uns ou les autres"),
    ("--own ne va qu'", "« Votre structure » ne va qu'"),
    ("--public ne va qu'", "« Pour publier » ne va qu'"),
    ("vérifiez --own", "vérifiez « Votre structure »"),
    # Réunir deux copies
    ("Donnez avec --base une copie d'avant", "Choisissez « Une copie d'avant »"),
    (
        "Pour le fusionner quand même : --force",
        "Pour les réunir quand même : « Réunir même si presque personne n'est dans les deux »",
    ),
    # Conservation, Une copie sans noms, Nouvelle année
    (", sans --notice,", ""),
    ("recommencez avec --no-copy", "décochez « Garder d'abord une copie »"),
    (
        "recommencez avec --own-sheets",
        "recommencez par « Voir avec les codes mis aussi dans ces feuilles »",
    ),
    ("donnez un autre nom après --key", "donnez un autre nom au fichier de la clé"),
    (
        "Donnez un autre dossier après --key, ou ajoutez --key-beside",
        "Donnez-lui un autre dossier, par exemple cle/qui-est-qui.csv",
    ),
    (", puis « cedre-xlsx check NOUVEAU --previous ANCIEN » dit ce qu'elle change", ""),
    # what is not installed: who uses the page is seldom who installed it
    (
        'l\'extra « pdf » : pip install "cedre-xlsx[pdf]"',
        "une partie de l'outil qui manque ici (« pdf ») : demandez à qui l'a installé de l'ajouter",
    ),
    (
        'l\'extra « password » : pip install "cedre-xlsx[password]"',
        "une partie de l'outil qui manque ici (« password ») : demandez à qui l'a installé de "
        "l'ajouter",
    ),
    (
        "réinstallez-le : pip install --force-reinstall cedre-xlsx",
        "demandez à qui l'a installé de le réinstaller",
    ),
    # passwords, faults
    (", ou mettez-le dans la variable CEDRE_XLSX_PASSWORD", ""),
    ("le temps de cette commande", "le temps de ce travail"),
)
_TURN = re.compile(
    "|".join(re.escape(one).replace(r"\ ", r"\s") for one, _ in _TURNS), re.IGNORECASE
)
_SAYS = {terminal.lower(): page for terminal, page in _TURNS}
_NAMES = "|".join(_VIEW_OF)
#: A command with its options, and what it is quoted in; `lancez`, which is done to commands alone.
_COMMAND = re.compile(
    rf"""(?:\b(?P<run>[Ll]ance)(?P<mood>[rz])\s)?
    (?:(?:(?:\b[Ll]a\s)?\b[Cc]ommande\s)?(?:«\s)?\bcedre-xlsx\s(?P<verb>{_NAMES})
      |(?:\b[Ll]a\s)?\b[Cc]ommande\s(?P<bare>{_NAMES}))\b(?![-.]\w)
    (?P<rename>\s--rename\s"[^"]*"\ssuivi\sdu\snouveau\snom)?
    (?P<files>(?:\s"[^"]*")+(?:\s--person\sNOM)?)?
    (?:\s--pack\s[\w-]+|\s--[a-z-]+)*
    (?:\s»)?""",
    re.VERBOSE,
)
#: What each such sentence has one of.
_MARKS = (
    *("cedre-xlsx", "ommande", " -o", "--", "CEDRE_XLSX", "*.json", "d'abord le formulaire"),
    *("à la main", "modèle vide"),
)


def of_the_page(said: str) -> str:
    """A sentence of a verb with neither a command nor an option in it."""
    if not any(mark in said for mark in _MARKS):
        return said
    return _COMMAND.sub(_view, _TURN.sub(_turn, said))


def _turn(found: re.Match[str]) -> str:
    said = re.sub(r"\s", " ", found.group())
    page = _SAYS[said.lower()]
    return f"{page[:1].upper()}{page[1:]}" if said[0].isupper() else page


def _view(found: re.Match[str]) -> str:
    title = f"« {BY_NAME[_VIEW_OF[found['verb'] or found['bare']]].title} »"
    if found["files"]:
        return "« Voir l'aperçu »"
    if found["rename"]:
        return f"{title} l'y met partout"
    if not found["run"]:
        return title
    opens = "Ouvr" if found["run"][0] == "L" else "ouvr"
    return f"{opens}{'ez' if found['mood'] == 'z' else 'ir'} {title}"
