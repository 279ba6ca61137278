"""CLA, the sheets that `refresh` makes: their hidden marks, lost or on other sheets."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.method.french import listed
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.generated_sheets import Knowledge


@rule("CLA15", "Feuille refaite sans sa marque", Severity.INFO, "fiche n°17")
def mark_lost(context: Context) -> Iterator[Fault]:
    """Quoi : le nom caché qui désigne une feuille refaite par l'outil (Synthèse, Contrôle…) est
    perdu, ou mène à une feuille vide alors qu'une autre montre tout ; ou ses clés le sont aussi.

    Pourquoi : sans lui, la feuille est reconnue à son titre, à ses intitulés et à sa colonne
    cachée ; si plusieurs feuilles se ressemblent, l'actualisation s'arrête plutôt que d'en
    effacer une.

    Exemple qui échoue : un classeur enregistré par un programme qui ne garde pas les noms cachés.

    Exemple qui passe : une feuille renommée, déplacée, ou dupliquée dans Excel.

    Comment corriger : actualiser (cedre-xlsx refresh) remet la marque ; si plusieurs feuilles sont
    nommées, supprimer celle qui est vide, redonner son nom à la vraie, et dans les copies effacer
    A1 et la dernière colonne, cachée. Les clés perdues : reprendre une copie d'avant, ou renommer
    la feuille, actualiser, et recopier ce qui y était tapé.
    """
    for one in context.records.generated:
        if one.how is Knowledge.ADOPTED:
            yield Fault(
                Place(one.tab),
                f"La feuille a perdu la marque cachée de {one.kind.sheet} ; elle est reconnue à ce "
                "qu'elle contient.",
                "Rien à faire : la prochaine actualisation la remet.",
                key=line_key(one.kind.mark),
            )
        elif one.how is Knowledge.UNSURE:
            tabs = listed([quoted(tab) for tab in one.tabs])
            yield Fault(
                Place(one.tabs[0]),
                f"La marque cachée de la feuille {one.kind.sheet} est perdue, ou mène à une "
                f"feuille vide, et rien ne dit avec certitude laquelle c'est : {tabs}.",
                "Supprimez une feuille vide ; donnez à la vraie le nom "
                f"{quoted(one.kind.sheet)} ; dans une copie, effacez A1 "
                "et supprimez la dernière colonne, cachée. D'ici là, l'actualisation s'arrête.",
                key=line_key(one.kind.mark),
            )
        elif one.how is Knowledge.BARE:
            yield Fault(
                Place(one.tabs[0]),
                f"La feuille a l'aspect de {one.kind.sheet}, mais sa marque et ses clés (dernière "
                "colonne), cachées, ont disparu : ce qui y est tapé n'est plus lu.",
                "Reprenez une copie d'avant ; ou renommez-la, actualisez, recopiez ce qui y est "
                "tapé, puis supprimez-la. D'ici là, l'actualisation s'arrête.",
                key=line_key(one.kind.mark),
            )


@rule("CLA16", "Marque sur une autre feuille", Severity.ERROR, "fiche n°17")
def mark_elsewhere(context: Context) -> Iterator[Fault]:
    """Quoi : le nom caché d'une feuille refaite par l'outil mène à une feuille qui contient autre
    chose.

    Pourquoi : actualiser écrirait par-dessus ce contenu ; l'actualisation s'arrête donc. Un
    programme a sans doute échangé le contenu de deux onglets.

    Exemple qui échoue : l'onglet Réunion, qui montre maintenant les Paramètres.

    Exemple qui passe : l'onglet Réunion vidé, à l'intitulé changé, ou privé d'une de ses colonnes.

    Comment corriger : reprendre une copie d'avant ; ou, si ce contenu est à l'équipe, le recopier
    dans une feuille neuve, puis supprimer l'ancienne.
    """
    for one in context.records.generated:
        if one.how is Knowledge.ELSEWHERE:
            found = listed([quoted(tab) for tab in one.instead])
            where = f" ; {one.kind.sheet} semble être dans {found}" if found else ""
            yield Fault(
                Place(one.tabs[0]),
                f"La feuille porte la marque de {one.kind.sheet}, mais contient autre chose"
                f"{where}.",
                "Reprenez une copie d'avant ; ou, si ce contenu est à vous, recopiez-le dans une "
                "feuille neuve, puis supprimez celle-ci. D'ici là, l'actualisation s'arrête.",
                key=line_key(one.kind.mark),
            )
