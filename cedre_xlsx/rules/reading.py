"""LEC, what could not be read: found by the reader of the workbook, named and explained here."""

from __future__ import annotations

from cedre_xlsx.rules.rule import reader_rule
from cedre_xlsx.schema.findings import Severity


@reader_rule("LEC01", "Feuille ou colonne absente", Severity.ERROR, "fiche n°17")
def missing() -> None:
    """Quoi : une feuille du classeur, ou une colonne obligatoire, n'a pas été trouvée.

    Pourquoi : sans elle, une partie de la trace n'est ni contrôlée, ni comptée, ni imprimée.

    Exemple qui échoue : la colonne Dates de Suivi, renommée « Quand ».

    Exemple qui passe : les colonnes dans un autre ordre, d'autres colonnes à vous, la feuille
    déplacée ou renommée : elles sont reconnues à leurs intitulés.

    Comment corriger : redonner à la feuille ou à la colonne son intitulé ; masquer une colonne
    plutôt que la supprimer.
    """


@reader_rule("LEC02", "Lignes en dehors du tableau", Severity.INFO, "fiche n°17")
def outside_the_table() -> None:
    """Quoi : des lignes sont tapées sous le tableau, qui ne les contient pas.

    Pourquoi : elles sont lues comme les autres, mais Excel ne les trie ni ne les filtre avec le
    tableau. LibreOffice n'agrandit jamais un tableau tout seul.

    Exemple qui échoue : le tableau finit à la ligne 40, et les lignes 41 à 43 sont remplies.

    Exemple qui passe : le tableau va jusqu'à la dernière ligne remplie.

    Comment corriger : dans Excel, tirer le coin du tableau jusqu'à la dernière ligne ; dans
    LibreOffice, rien n'est nécessaire.
    """


@reader_rule("LEC03", "Date non comprise", Severity.ERROR, "exemple n°4")
def date_not_understood() -> None:
    """Quoi : une cellule de date contient autre chose qu'une date sûre : une date qui n'existe
    pas, une lettre dans un nombre, un nombre de trop, un doute.

    Pourquoi : les délais, les retards et les comptes de l'année partent des dates ; rien n'est
    deviné. Quand une lecture est probable, le constat la propose.

    Exemple qui échoue : « 31/02/2026 », « printemps », « 14/O9/2026 »,
    « 14/09/2026 20 », « vers le 14/09/2026 ».

    Exemple qui passe : « 18/04/03 », « 18/04/2003 Entretien individuel ».

    Comment corriger : taper jour/mois/année ; dans Suivi, une remarque peut suivre la date.
    """


@reader_rule("LEC04", "Échéance non comprise", Severity.WARNING, "fiche n°18")
def deadline_not_understood() -> None:
    """Quoi : aucune date ni condition n'a été comprise avec certitude dans une échéance : il n'y
    en a pas, il y en a deux au choix, un nombre n'a pas de rôle, ou c'est un début.

    Pourquoi : une échéance que l'outil ne comprend pas ne sera jamais signalée en retard. Quand
    une lecture est probable, le constat la propose.

    Exemple qui échoue : « voir avec Paul », « 15/1O/2026 », « 15/11 ou 20/11 », « à partir du
    15/11 », « S1 2027 » (semaine ou semestre ?).

    Exemple qui passe : « sous 15 jours », « fin juin », « T4 », « avant le 20 », « 02/05/03 pour
    entretien bilan », « Prioritaire Dans la semaine » ; « fait », sur une action réalisée.

    Comment corriger : ajouter une date au texte : « voir avec Paul avant le 15/05/26 ».
    """


@reader_rule("LEC05", "Nombre ou temps non compris", Severity.WARNING, "exemple n°4")
def number_not_understood() -> None:
    """Quoi : une cellule de temps, d'heures ou de nombre contient autre chose, ou plusieurs choses
    possibles.

    Pourquoi : le temps passé et les heures de mission s'additionnent dans le rapport d'activité.

    Exemple qui échoue : « une matinée » ; « 2 » (heures ou minutes ?) ; « 20 à 25 h », « mi-temps »
    dans les heures d'une mission.

    Exemple qui passe : « 45 min », « 1h30 », « 1:30 », « 15 », « 2 x 30 min », « 9h-10h30 » ;
    « 35 h/semaine », « 7 h/jour » dans les heures d'une mission.

    Comment corriger : taper un nombre, suivi de min ou h pour un temps.
    """


@reader_rule("LEC06", "Échéance sous condition", Severity.INFO, "fiche n°18")
def deadline_is_a_condition() -> None:
    """Quoi : une échéance est une condition, sans date.

    Pourquoi : elle est gardée telle quelle, mais ne peut être ni proche ni dépassée ; une promesse
    datée engage davantage.

    Exemple qui échoue : « Se revoir après la première mission ».

    Exemple qui passe : « Après la première mission, au plus tard le 15/05/26 ».

    Comment corriger : rien, si la condition suffit ; sinon, ajouter une date au plus tard.
    """


@reader_rule("LEC07", "Valeur hors de la liste", Severity.WARNING, "exemple n°5, fiche n°19")
def outside_a_closed_list() -> None:
    """Quoi : une cellule contient une valeur que sa liste n'a pas, ou un code de type d'engagement
    inconnu.

    Pourquoi : ce qui n'est pas dans la liste n'est pas compté ; la cellule est lue comme vide.

    Exemple qui échoue : Statut « (4) Reportée », Engagement « XY ».

    Exemple qui passe : « 2 », « en cours », « Templés », « cp » : ces façons d'écrire sont
    acceptées.

    Comment corriger : choisir dans la liste ; un code d'engagement s'ajoute dans Paramètres.
    """


@reader_rule("LEC08", "Valeur hors d'une liste ouverte", Severity.INFO, "listes de l'État")
def outside_an_open_list() -> None:
    """Quoi : une valeur n'est pas dans une liste officielle, que l'État change parfois (motif de
    sortie, orienteur, niveau de formation…).

    Pourquoi : elle est gardée et comptée sous son nom, à part des autres.

    Exemple qui échoue : Orienteur « Mission local ».

    Exemple qui passe : Orienteur « mission locale ».

    Comment corriger : choisir dans la liste, ou garder la valeur si elle est voulue.
    """


@reader_rule("LEC09", "Date tapée en texte", Severity.INFO, "exemple n°4")
def date_typed_as_text() -> None:
    """Quoi : une cellule contient une date seule, que le tableur tient pour du texte.

    Pourquoi : elle est comprise ici, mais ne se trie pas et ne change pas de couleur dans le
    classeur.

    Exemple qui échoue : « 18/04/2026 » en texte, aligné à gauche.

    Exemple qui passe : la même date, vraie date du tableur ; « 18/04/03 tél », qui a une remarque.

    Comment corriger : retaper la date, ou mettre la colonne au format date puis valider la cellule.
    """


@reader_rule("LEC10", "Erreur dans une cellule", Severity.ERROR, "fiche n°17")
def error_value() -> None:
    """Quoi : une cellule contient une erreur de calcul.

    Pourquoi : sa valeur est perdue : elle est lue comme vide.

    Exemple qui échoue : #REF!, #N/A, #NOM?.

    Exemple qui passe : une formule qui donne une valeur.

    Comment corriger : refaire la formule, ou taper la valeur.
    """


@reader_rule("LEC11", "Modèle plus ancien", Severity.INFO, "fiche n°16")
def older_template() -> None:
    """Quoi : le classeur a été fait avec une version plus ancienne du modèle.

    Pourquoi : il est lu sans perte ; quelques listes, réglages ou couleurs nouveaux lui manquent.

    Exemple qui échoue : Version du modèle 1.0, quand l'outil fait la 1.1.

    Exemple qui passe : la version de l'outil, ou aucune version notée.

    Comment corriger : cedre-xlsx upgrade les lui donne ; ce que l'équipe a fait reste.
    """


@reader_rule("LEC12", "Réglage incorrect", Severity.WARNING, "fiche n°16")
def wrong_setting() -> None:
    """Quoi : une valeur de Paramètres n'est pas comprise, ou n'est pas possible ; un code de
    Gravité n'est celui d'aucune règle.

    Pourquoi : la valeur par défaut est prise à sa place : les délais contrôlés ne sont pas les
    vôtres.

    Exemple qui échoue : Délai sans contact « deux mois », ou 99 999 999 jours ; Seuil de
    publication 2 ; Gravité de SUI99.

    Exemple qui passe : Délai sans contact 60.

    Comment corriger : taper un nombre vraisemblable, dans l'unité indiquée à côté.
    """


@reader_rule("LEC13", "Deuxième tableau possible", Severity.INFO, "fiche n°17")
def second_candidate() -> None:
    """Quoi : deux feuilles ont les intitulés d'un même tableau ; une seule est lue.

    Pourquoi : une copie de la feuille, gardée pour mémoire, ne doit pas compter double ; encore
    faut-il que la bonne soit lue.

    Exemple qui échoue : « Suivi » et « Suivi (2) ».

    Exemple qui passe : une feuille à vous, avec d'autres intitulés.

    Comment corriger : supprimer la copie, ou la sortir du classeur.
    """


@reader_rule("LEC14", "Tableau posé sur les lignes", Severity.INFO, "fiche n°17")
def table_laid_over() -> None:
    """Quoi : sous nos intitulés, un tableau Excel qui ne les a pas couvre des lignes. Google Sheets
    en fait un quand il alterne les couleurs ; Excel, quand on met des lignes sous forme de tableau
    sans leurs intitulés.

    Pourquoi : toutes les lignes sont lues, mais ce tableau se trie et se filtre à part ; en
    l'insérant, Excel a pu décaler ses colonnes d'une ligne.

    Exemple qui échoue : un tableau Table_1 dont les colonnes s'appellent Column1, Column2…, sur les
    lignes 5 à 851 de Suivi.

    Exemple qui passe : un tableau à vous, plus bas, avec ses propres intitulés.

    Comment corriger : dans Excel, cliquer dans le tableau, puis Création de tableau, Convertir en
    plage ; dans Google Sheets, retirer les couleurs alternées.
    """


@reader_rule("LEC15", "Formule sans valeur", Severity.WARNING, "fiche n°17")
def formula_without_value() -> None:
    """Quoi : des cellules à remplir contiennent une formule dont le fichier n'a pas la valeur.

    Pourquoi : des programmes enregistrent la formule sans son résultat ; la cellule est lue comme
    vide, et sa ligne manque dans les contrôles et les comptes. La colonne Personne n'est pas
    concernée : elle est toujours refaite ici.

    Exemple qui échoue : une colonne Temps consacré calculée, dans un classeur enregistré par un
    programme qui ne calcule pas.

    Exemple qui passe : la même formule enregistrée par Excel ou LibreOffice ; une formule qui donne
    un texte vide.

    Comment corriger : ouvrir le classeur dans Excel ou LibreOffice, puis l'enregistrer.
    """
