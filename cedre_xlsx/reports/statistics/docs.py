"""The documentation of the figures, from their definitions."""

from __future__ import annotations

from itertools import groupby

from cedre_xlsx.reports.statistics.board import HEADLINES
from cedre_xlsx.reports.statistics.definitions import (
    ANSWER_IDS,
    BREAKDOWN_TEXT,
    DEFINITIONS,
    NO_STATUS,
    NO_STATUS_ID,
    PERIOD,
    STATUS_IDS,
    TABLES,
    UNKNOWN_ID,
    Definition,
)
from cedre_xlsx.reports.statistics.who_places import PLACES, UNKNOWN_PLACES

_INTRODUCTION = f"""\
# Les statistiques

`cedre-xlsx stats classeur.xlsx --year 2026` affiche les chiffres d'une année ;
`cedre-xlsx refresh classeur.xlsx --year 2026` les met dans la feuille `Statistiques 2026`, avec les
deux années d'avant, des graphiques et les définitions, sans nom de personne accompagnée ; et, à
côté, la feuille `Qui compte 2026`, nominative, qui dit quelles lignes font chaque chiffre.
`cedre-xlsx print classeur.xlsx --board 2026 -o impressions` fait de sa première page un PDF.

- {PERIOD}
- Chaque chiffre a une valeur (`value`), un numérateur, un dénominateur et ses **inconnus** : ce
  qui n'a pas pu être placé. Rien n'est laissé de côté sans le dire.
- Un nombre est son propre numérateur, sans dénominateur. Un taux va de 0 à 1 ; il est vide (`null`)
  quand son dénominateur est 0. Le dénominateur d'une médiane est le nombre de cas.
- Une personne qui revient a deux parcours, chacun avec son entrée et sa sortie ; dans la file
  active, elle compte une fois.
- Une mission sans nature est une mise à disposition. Stage, immersion et autre ne sont pas
  salariés : ni heures, ni équivalents temps plein.
"""
_SHEET = """
## La feuille `Statistiques 2026`

- **Première page : celle du conseil d'administration.** Les dix chiffres par lesquels un rapport
  commence, l'année et les deux d'avant, trois graphiques, et ce que ces chiffres ne disent pas : ce
  qui manque, faute d'être noté. Les temps y sont en heures. La commande ci-dessus en fait une page
  A4 en PDF, à joindre au rapport, lisible en noir et blanc ; avec `--public`, elle masque les
  petits nombres de chacune des trois années, comme leurs publications.
- **Puis des tableaux à copier**, un par sujet. Cliquer dans un tableau, Ctrl + A dans Excel
  (Ctrl + * dans LibreOffice), copier, coller dans Word ou dans un courriel : le tableau vient seul,
  avec ses intitulés.
- **À la fin, les définitions**, numérotées : `déf. 12`, à droite d'un chiffre ou d'un tableau, y
  mène.
- Ce qui est tapé à côté d'une ligne la suit d'une actualisation à l'autre ; ce qui est tapé
  par-dessus un chiffre est gardé au bas de la feuille.

| Première page | Chiffre |
|---|---|"""
_EDGES = """
## Cas particuliers

| Cas | Ce qui est compté |
|---|---|
| Une personne sort, puis revient | Deux parcours : deux entrées, deux sorties ; une seule personne dans la file active. |
| Inscription le 1er janvier, sortie le 31 décembre | De l'année, toutes les deux. Sortie le 31 décembre, la personne n'est plus dans la file active du lendemain ; sortie le 1er janvier, elle y est encore. |
| Engagement rouvert | La date d'évaluation effacée, il est de nouveau en cours, dans les années passées aussi. Repris sur une nouvelle ligne, c'est un nouvel engagement. |
| Action datée d'avant l'inscription | Comptée dans les actions et le temps de son année, jamais comme première proposition. |
| Papier remis, noté par `--note` | Une action de son année, comme une autre ; jamais une première proposition. |
| Date absente ou illisible | La ligne n'est placée dans aucune année ; elle est dans les inconnus. |
| Année d'avant la première ligne ou d'après la dernière | Une phrase le dit, et aucun chiffre n'est donné ; s'il reste du monde dans la file active, les chiffres sont donnés avec cette phrase. |
"""  # noqa: E501
_WHO = """
## Qui compte : la feuille `Qui compte 2026`

Elle est refaite avec `Statistiques 2026`. Elle nomme des personnes : elle reste dans l'équipe, et
`--public` n'en sort rien. Une ligne par ligne du classeur, avec un lien vers elle, dans six listes
qui se filtrent chacune : Personnes (une ligne par parcours), Engagements, Missions, Suivi (les
actions), Freins, Publics. Au-dessus de chaque liste, les chiffres qu'elle fait.

- **oui**, ou un nombre (jours, minutes, heures) : la ligne fait le chiffre, ou le numérateur d'un
  taux. **non** : elle n'est qu'au dénominateur ; pour une sortie pas comptée, le motif est dit.
  **inconnu** : elle n'a pas pu être placée. **oui (inconnu)**, **non (inconnu)** : elle compte, et
  compte aussi dans les inconnus, comme une sortie sans catégorie.
- **0 minute** : la même action collective, dont le temps est compté sur une autre ligne.
- **Tableaux.** Mois par mois : filtrer la date. Sorties : « Catégorie de sortie » et « Motif de
  sortie », puis « Situation à 6 mois ». Succession : « Type » et « Suite ». Par accompagnateur : sa
  colonne. Ventilation : « Par … ». Freins et publics : leurs listes. Heures d'un mois : les heures
  par jour d'une mission, pour ses jours de ce mois ; vides si elles se comptent par jour travaillé,
  mois ou an. Durée des parcours, semaines, charge à venir : liste Personnes ; types de client et
  débouchés : liste Missions ; évolution, orientations et résultats : liste Freins. Colonnes
  remplies : filtrer les vides dans la feuille elle-même.
- **Une ligne qui pèse.** Quand une seule ligne fait plus de la moitié d'une somme d'au moins trois
  (heures, minutes), elle est nommée au-dessus de la liste : une faute de frappe, ou un cas à
  connaître.
- **Données en moins.** Ni texte d'action, ni besoin, ni remarque. La santé et la justice n'y sont
  que là où elles font un chiffre : les freins, l'AAH et la RQTH de l'extraction de l'État. Ces deux
  listes sont les dernières, hors de la zone d'impression.
- Rien ne s'y tape : un texte tapé par-dessus est gardé au bas de la feuille, et la commande le dit.

`cedre-xlsx stats classeur.xlsx --year 2026 --who entries` affiche les mêmes lignes pour un chiffre,
par son identifiant ou son nom (`--who Entrées`). Avec `--public`, c'est refusé.
"""
_OWED = """
## Ce qui dépend de colonnes en plus

Sans la colonne, ou le réglage, le chiffre et le tableau ne sont pas là : ni zéro, ni tiret.

| Ce qu'il faut | Ce que cela ajoute |
|---|---|
| Jeu de colonnes `clients` : Type de client, Débouché (feuille Missions) | Tableaux Par type de client et Débouchés ; débouchés Formation dans `people_in_training` ; en AI, le plafond d'heures en entreprise (`ceiling_near`, `ceiling_over`, règles MIS10 et MIS11) |
| Jeu de colonnes `niveaux` : Niveau à l'entrée, Niveau actuel, Orientation, Résultat (feuille Freins) | Tableaux Évolution des freins, et Orientations et résultats |
| Jeu de colonnes `apres` : Situation à 6 mois (feuille Personnes) | `later_known`, et le tableau Situation six mois après la sortie |
| Tableau Équipe de Paramètres : une ligne par année | `active_per_support`, `active_per_supervision` |
| Base annuelle d'un équivalent temps plein, dans Paramètres | La valeur de `etp` |

- **Plafond d'heures en entreprise.** Code du travail, L. 5132-9 et R. 5132-18, et ce qu'en dit
  l'URSSAF (lu en novembre 2026) : 480 heures sur 24 mois, sans compter particuliers, associations
  et collectivités. Les 24 mois sont ici ceux qui finissent au dernier jour compté ; la loi les
  compte depuis la première mise à disposition : à vérifier près du plafond. Le plafond et son
  annonce se changent dans Paramètres.
- **Base d'un ETP.** Elle est demandée, jamais devinée pour une AI, une ETTI ou une EI. Proposé, à
  vérifier sur l'annexe financière : ACI 1 820, EI et EITI 1 505, ETTI 1 600, AI 1 607.
- **Situation à six mois.** Elle est des sorties de l'année, même relevée l'année d'après : en
  janvier, celles du second semestre sont encore « Pas encore à relever ». Les règles PER30 à PER33
  disent lesquelles demander. Le jour où une sortie a été tapée n'est noté nulle part : combien
  l'ont été dans les 30 jours de la fin du contrat ne se compte donc pas.
- **Inconnus d'un tableau.** Sa ligne, ou sa colonne, « Non renseigné », « Sans niveau » ou « Sans
  date » : rien n'est laissé de côté.
- **Colonnes remplies.** Le dernier tableau dit, colonne par colonne, ce que les vides
  privent de chiffre. Une colonne d'un jeu absent n'y est pas.
"""  # noqa: E501
_PUBLICATION = """
## Pour publier : `--public`

`cedre-xlsx stats classeur.xlsx --year 2026 --public` donne les mêmes chiffres, sans ceux qui en
diraient trop sur quelqu'un. Un nombre qui ne peut pas être donné exactement l'est par une
fourchette : `< 5`, `5 à 9`, `30 à 39`, et pour un taux `au plus 37 %`. S'il ne peut l'être non
plus, il est masqué : un tiret dans le texte, une case vide en CSV. La note dit combien de nombres
sont dans chaque cas, rien de plus. En JSON, les deux sont `null`, et `classes` donne chaque
fourchette avec l'endroit de son nombre.

- **Petits nombres.** Tout nombre de 1 au seuil de publication de Paramètres (5, ou 11), ce seuil
  non compris, est donné par une fourchette, ou masqué, inconnus compris. Les zéros restent, sauf là
  où l'un d'eux protège un autre nombre. Des heures ou des minutes sont masquées quand moins de
  personnes que le seuil les ont faites.
- **Ce qu'un conseil doit lire part en dernier.** Pour qu'un petit nombre ne se retrouve pas par
  différence, il faut parfois en taire d'autres. D'abord les tableaux croisés et les petites
  ventilations, puis les lignes des tableaux, les lignes « dont », les totaux ; en dernier la file
  active, les entrées, les sorties, les deux taux de sortie, les engagements conclus. De tous les
  choix possibles, la commande prend celui qui coûte le moins, et le démontre.
- **Quand un de ces chiffres n'est pas exact.** C'est qu'un petit nombre s'en déduirait : trois
  sorties l'an dernier, avec les deux files actives et les entrées ; deux sorties non comptées, avec
  les sorties et les sorties comptées ; deux sorties durables, avec leur taux. Alors la fourchette.
- **Taux et médianes.** Pas exacts dès que leur numérateur ou leur dénominateur ne l'est pas. Un
  taux a la fourchette de ses deux parties, si elle dit quelque chose.
- **Réunir avant de taire.** Quand la plupart des nombres d'un mois sont petits, les mois sont
  réunis par trimestre, et de même les trimestres par semestre. Un tableau qui ne dirait presque
  rien (que des `< 5`, des zéros et des totaux) est laissé de côté. La note le dit.
- **Ce qui est garanti.** À la place d'un petit nombre, tous ceux de 1 au seuil moins un restent
  possibles ; à la place d'un autre qui n'est pas exact, autant de nombres différents. Quand la
  publication d'une année d'avant en exclut déjà, il en reste autant de possibles. Cela tient avec
  les totaux des lignes et des colonnes, les lignes « dont », les chiffres des autres tableaux, les
  fourchettes elles-mêmes, les tableaux laissés de côté, et la publication de l'année d'avant (qui
  était là, moins qui est sorti, plus qui est entré). Des heures de peu de personnes, tout reste
  possible de la moitié à une fois et demie.
- **Ce qui ne l'est pas.** Ce qui manque à une partie pour faire le tout (un engagement non signé,
  quand 39 le sont sur 40) n'est pas un nombre publié : une soustraction le donne. Et `< 5` veut
  dire de 0 à 4 : peu de zéros étant masqués, celui qui parie sur 1 au moins devine juste, ici ou
  là, un petit nombre.
- **Ce qui est pareil en pratique.** Un lecteur du métier tient pour égaux des chiffres qui le sont
  d'ordinaire : les évalués d'un type et sa ligne de succession, les sorties d'une catégorie et
  celles qui sont comptées. Deux chiffres égaux cette année et toutes celles d'avant sont donc
  traités comme un seul, si l'un est d'ordinaire compris dans l'autre, ou si deux nombres différents
  au moins, plus grands que les petits, le montrent.
- **Années d'avant.** Elles sont supposées publiées de la même façon, avec le même seuil et le
  même choix pour les données sensibles. Ce qu'une année masque ne dépend pas des années
  suivantes : la refaire donne la même chose, tant que ses lignes n'ont pas changé.
- **Une seule publication par année.** Deux publications de la même année à deux dates (en cours
  d'année, puis finie ; ou refaite après des corrections) se comparent : leur différence peut donner
  un petit nombre, et rien ici ne l'empêche, car la première n'est pas gardée. Publier donc une
  année une fois, finie, et garder le fichier publié. L'année en cours, la commande le rappelle.
  Les situations à six mois des sorties d'une année ne sont complètes que l'été d'après : publiée
  avant, l'année les dit telles qu'elles sont ce jour-là.
  De même, ne pas publier la même année avec deux seuils, ou avec et sans `--with-sensitive`.
- **Santé et justice.** Les lignes RQTH et AAH, les freins Santé et Justice, une ventilation par une
  telle colonne sont laissés de côté, sauf avec `--with-sensitive`. Une ligne d'une somme qui en
  parle (motifs « Longue maladie » et « Incarcération », orienteurs SPIP, PJJ, CSAPA ou MDPH) est
  mise sous « Non détaillé », pour que la somme reste juste. Les mots cherchés, au singulier ou au
  pluriel, sont ceux de l'outil et ceux du tableau Mots sensibles de Paramètres : un nom de lieu
  ou de service que personne n'y a mis se publie.
- **Noms.** Ni personnes, ni accompagnateurs, ni liste de qui compte : le tableau par accompagnateur
  n'est pas publié.
- **Pour l'équipe seulement.** Ni la charge à venir, ni les colonnes remplies, ni les personnes
  présentes par durée de parcours ne sont publiées.
"""
_TABLES = """
## Tableaux

Dans un tableau, un nombre entier compte des personnes ou des lignes ; les heures et les minutes ont
des décimales ; un texte est une étiquette. La dernière ligne s'appelle `Total` là où un total a un
sens.

| Nom | Tableau | Ce qu'il compte |
|---|---|---|"""


def render_statistics_doc() -> str:
    """Every figure and every table, in Markdown."""
    parts = [_INTRODUCTION.rstrip("\n"), _SHEET]
    parts += (f"| {one.label} | `{one.id}` |" for one in HEADLINES)
    for block, definitions in groupby(DEFINITIONS, key=lambda one: one.block):
        parts.append(f"\n## {block}")
        parts += (_markdown(definition) for definition in definitions)
    parts.append(_TABLES)
    parts += (f"| `{table.name}` | {table.title} | {table.text} |" for table in TABLES)
    parts.append(
        "| intitulé de la colonne | Par « intitulé » | Un tableau par ligne de Ventilations, dans "
        f"Paramètres. {BREAKDOWN_TEXT} |"
    )
    parts += [_EDGES.rstrip("\n"), _OWED.rstrip("\n"), _WHO.rstrip("\n"), _PUBLICATION.rstrip("\n")]
    return "\n".join(parts) + "\n"


def _markdown(definition: Definition) -> str:
    lines = [f"\n### `{definition.id}` · {definition.label.format('…')}", ""]
    lines += [definition.text, "", f"- **Unité** : {definition.unit.value}"]
    lines += [f"- **Inconnus** : {definition.unknown}"]
    elsewhere = UNKNOWN_PLACES.get(definition.id)
    unknown = f" ; inconnus : {elsewhere.text}" if elsewhere else ""
    lines += [f"- **Qui compte** : {PLACES[definition.id].text}{unknown}"]
    members = _members(definition.id)
    if members:
        lines += [f"- **Identifiants** : {members}"]
    return "\n".join(lines)


def _members(identifier: str) -> str:
    """What may stand in the place of the star."""
    family = identifier.removesuffix("*")
    if family == identifier:
        return ""
    by_type = f"`{family}CP` et les autres codes de Paramètres ; `{family}{UNKNOWN_ID}` (sans type)"
    if family == "engagements_reviewed.":
        answers = [f"`{family}{name}` ({answer.value})" for answer, name in ANSWER_IDS.items()]
        return ", ".join([*answers, f"`{family}{UNKNOWN_ID}` (sans réponse)"])
    if family == "actions.":
        statuses = [f"`{family}{name}` ({status.value})" for status, name in STATUS_IDS.items()]
        return ", ".join([*statuses, f"`{family}{NO_STATUS_ID}` ({NO_STATUS})", by_type])
    return by_type
