"""CLA, the workbook itself: what another program took from it when it saved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.method.french import counted
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema import helps, losses
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.losses import Loss, TableFate
from cedre_xlsx.schema.records import Records, column_letter

_SHOWN = 3  # of several headings or cells, how many a message names
_MEND = "La commande cedre-xlsx fix"
_AS_DELETED = ", comme après la suppression d'une colonne, ou par un autre programme."


@rule("CLA07", "Listes déroulantes disparues", Severity.WARNING, "fiche n°17")
def lists_gone(context: Context) -> Iterator[Fault]:
    """Quoi : une feuille du classeur n'a plus aucune de ses listes déroulantes.

    Pourquoi : tout se tape alors à la main ; un nom ou un statut mal écrit n'est plus arrêté.
    Certains programmes perdent les listes en enregistrant.

    Exemple qui échoue : Suivi enregistré par un programme qui n'écrit pas les listes.

    Exemple qui passe : un classeur fait à la main, qui n'a jamais eu ces listes ; un fichier .ods.

    Comment corriger : cedre-xlsx fix les remet, sur toute la hauteur des colonnes.
    """
    for loss in losses.lists_gone(context.records):
        of = f" (colonnes {_shown(loss.headings)})" if loss.headings else ""
        yield _fault(
            loss,
            f"La feuille n'a plus aucune liste déroulante{of}. {_cause(context.records)}",
            f"{_MEND} les remet.",
        )


@rule("CLA08", "Listes déroulantes vides", Severity.WARNING, "fiche n°17")
def lists_dead(context: Context) -> Iterator[Fault]:
    """Quoi : des listes déroulantes ne montrent plus rien : le nom dont elles viennent manque ou
    est en erreur, les valeurs ont disparu de la feuille cachée Listes, elles n'ont plus de
    cellules, ou elles sont deux sur les mêmes cellules.

    Pourquoi : la flèche s'ouvre sur rien, et Excel accepte ou refuse tout ; deux listes sur une
    cellule peuvent l'amener à réparer le fichier.

    Exemple qui échoue : le nom lstStatut effacé, une erreur à la place d'une liste, la feuille
    Listes vidée ou supprimée.

    Exemple qui passe : une liste à vous, tapée ou prise d'une autre feuille.

    Comment corriger : cedre-xlsx fix rend leur contenu aux listes, et refait la feuille Listes.
    """
    for loss in losses.lists_dead(context.records):
        of = f" (colonnes {_shown(loss.headings)})" if loss.headings else ""
        gone = [f"il manque {_names(loss.names)}"] if loss.names else []
        gone += ["leurs valeurs ont disparu de la feuille cachée Listes"] if loss.hollow else []
        why = f" : {' ; '.join(gone)}" if gone else ""
        yield _fault(
            loss,
            f"Des listes déroulantes ne fonctionnent plus{of}{why}. {_cause(context.records)}",
            f"{_MEND} les répare.",
        )


@rule("CLA09", "Tableau Excel perdu", Severity.INFO, "fiche n°17")
def table_lost(context: Context) -> Iterator[Fault]:
    """Quoi : les lignes d'une feuille ne sont plus dans un tableau Excel, ou ce tableau a changé
    de nom, perdu des colonnes, toutes ses lignes ou ses intitulés.

    Pourquoi : le contrôle lit les lignes de toute façon, mais Excel n'agrandit plus le tableau, ne
    recopie plus la formule de Personne et peut réparer le fichier à l'ouverture.

    Exemple qui échoue : Suivi converti en plage ; un tableau réduit à sa ligne d'intitulés.

    Exemple qui passe : quelques lignes tapées sous le tableau (une autre règle le dit).

    Comment corriger : cedre-xlsx fix refait le tableau sur toutes les lignes, vos colonnes
    comprises.
    """
    by_sheet: dict[str, list[Loss]] = {}
    for loss in losses.tables_lost(context.records):
        by_sheet.setdefault(loss.sheet, []).append(loss)
    for mine in by_sheet.values():
        said = _fate_of(mine[0]) if len(mine) == 1 else _fates_of(mine)
        yield _fault(
            mine[0],
            f"{said}. {_cause(context.records)}",
            f"{_MEND} refait ce qu'il faut ; rien n'est perdu, les lignes sont lues.",
        )


@rule("CLA10", "Formule de Personne perdue", Severity.WARNING, "exemple n°4")
def formulas_lost(context: Context) -> Iterator[Fault]:
    """Quoi : la colonne Personne, qui se remplit seule, a perdu sa formule ou montre une erreur.

    Pourquoi : le contrôle calcule toujours le nom lui-même, mais les couleurs et vos formules
    lisent cette colonne ; une ligne nouvelle n'y aura pas de nom.

    Exemple qui échoue : une erreur sur toutes les lignes ; des textes à la place des formules.

    Exemple qui passe : une ligne ajoutée dans LibreOffice, qui ne recopie pas les formules.

    Comment corriger : cedre-xlsx fix remet la formule, et le nom à côté.
    """
    for loss in losses.formulas_lost(context.records):
        [heading], rows = loss.headings, loss.rows
        table = context.records.people
        column = next(f for f, c in table.spec.columns.items() if c.header == heading)
        letter = column_letter(table.columns[column])
        lines = counted(len(rows), "ligne")
        errors = bool(table.errors.get(column))
        what = (
            f"montre une erreur ou n'a plus sa formule sur {lines}"
            if errors
            else f"n'a plus sa formule sur {lines}"
        )
        if not rows:
            what = "ne se remplira plus sur les lignes nouvelles : le tableau a oublié sa formule"
        row = rows[0] if rows else table.header_row
        yield Fault(
            Place(table.sheet, row, heading, f"{letter}{row}"),
            f"La colonne « {heading} » {what}. {_cause(context.records)}",
            f"{_MEND} la remet ; le contrôle calcule les noms de toute façon.",
            key=line_key(table.spec.table, column),
        )


@rule("CLA11", "Formulaire sans protection", Severity.INFO, "fiche n°17")
def protection_gone(context: Context) -> Iterator[Fault]:
    """Quoi : un formulaire (Fiche individuelle, Convention, Repérage) n'est plus protégé.

    Pourquoi : ses cellules se calculent ; un texte tapé par mégarde y remplace une formule, et le
    formulaire imprime alors la même chose pour tout le monde.

    Exemple qui échoue : Convention, protection ôtée par un autre programme.

    Exemple qui passe : la protection d'origine, qui n'a pas de mot de passe ; la vôtre.

    Comment corriger : cedre-xlsx fix la remet, sans mot de passe ; ou Révision, Protéger la
    feuille. Voulu par l'équipe : une justification dans Contrôle.
    """
    for loss in losses.protection_gone(context.records):
        yield _fault(
            loss,
            f"Le formulaire n'est plus protégé. {_cause(context.records)}",
            f"{_MEND} remet la protection, sans mot de passe.",
        )


@rule("CLA12", "Formulaire cassé", Severity.WARNING, "fiche n°17")
def form_broken(context: Context) -> Iterator[Fault]:
    """Quoi : des formules d'un formulaire, ou de la feuille cachée Listes, sont en erreur, ou
    toutes ont disparu ; ou ce qu'un programme a gardé de leur résultat n'est pas une valeur.

    Pourquoi : la feuille imprimée serait vide ou fausse.

    Exemple qui échoue : Fiche individuelle en erreur, après la suppression d'une colonne de Suivi ;
    « NaN » à la place d'une date, écrit par un autre programme.

    Exemple qui passe : une colonne masquée plutôt que supprimée.

    Comment corriger : cedre-xlsx fix remet les formules d'un classeur neuf, si les colonnes des
    autres feuilles sont à leur place.
    """
    for loss in losses.forms_broken(context.records):
        count = counted(len(loss.cells), "cellule est", "cellules sont")
        what = (
            f"{count} en erreur ({_shown(loss.cells)})"
            if loss.cells
            else "Il ne reste aucune formule"
        )
        program = context.records.book.program if context.records.book else ""
        why = _AS_DELETED if loss.cells and not program else f". {_cause(context.records)}"
        yield _fault(
            loss,
            f"{what}{why}",
            f"{_MEND} remet les formules, si les colonnes sont à leur place.",
            cell=loss.cells[0] if loss.cells else "",
        )


@rule("CLA13", "Couleurs disparues", Severity.INFO, "fiche n°17")
def colours_gone(context: Context) -> Iterator[Fault]:
    """Quoi : une feuille n'a plus toutes ses couleurs automatiques (mises en forme
    conditionnelles), ou ces couleurs ont perdu un nom dont elles dépendent.

    Pourquoi : une ligne en retard ne passe plus en rouge.

    Exemple qui échoue : Suivi enregistré par un programme qui n'écrit pas ces couleurs ; des
    règles supprimées en nettoyant la feuille.

    Exemple qui passe : des couleurs en morceaux (une autre règle le dit), les vôtres en plus, un
    classeur fait à la main.

    Comment corriger : cedre-xlsx fix remet celles qui manquent. Voulu par l'équipe : une
    justification dans Contrôle.
    """
    for loss in losses.colours_gone(context.records):
        assert loss.table is not None
        assert loss.table.state is not None
        left, wanted = helps.colours_left(loss.table, loss.table.state)
        what = f"Il manque {wanted - left} des {wanted} couleurs automatiques de la feuille"
        if loss.names:
            names = _names(loss.names)
            what = f"Les couleurs automatiques ne fonctionnent plus : il manque {names}"
        elif not left:
            what = "La feuille n'a plus aucune couleur automatique"
        yield _fault(loss, f"{what}. {_cause(context.records)}", f"{_MEND} les remet.")


@rule("CLA14", "Feuille cachée qui se montre", Severity.INFO, "fiche n°17")
def sheet_shown(context: Context) -> Iterator[Fault]:
    """Quoi : la feuille Listes, que le classeur cache, est visible.

    Pourquoi : les listes déroulantes et les formulaires en dépendent ; une cellule changée par
    mégarde les vide.

    Exemple qui échoue : le classeur enregistré par un programme qui montre tout.

    Exemple qui passe : la feuille cachée.

    Comment corriger : clic droit sur son onglet, Masquer ; cedre-xlsx fix le fait aussi.
    """
    for loss in losses.sheets_shown(context.records):
        yield _fault(
            loss,
            "Cette feuille, d'où viennent les listes déroulantes, n'est plus cachée.",
            f"Clic droit sur son onglet, Masquer ; {_MEND.lower()} le fait aussi.",
        )


@rule("CLA18", "Contrôles de saisie disparus", Severity.INFO, "fiche n°17")
def guards_gone(context: Context) -> Iterator[Fault]:
    """Quoi : des colonnes de dates, de temps ou de nombres n'ont plus leur contrôle de saisie, sur
    aucune ligne ; ou Paramètres n'en a plus aucun.

    Pourquoi : une date impossible ou un texte à la place d'un nombre n'est plus arrêté.

    Exemple qui échoue : Échéance, dont la validation a été effacée sur toute la colonne.

    Exemple qui passe : la liste ou la règle que l'équipe a mise à la place ; un classeur fait à la
    main.

    Comment corriger : cedre-xlsx fix les remet, sur toute la hauteur des colonnes. Voulu par
    l'équipe : une justification dans Contrôle.
    """
    for loss in losses.guards_gone(context.records):
        of = f" (colonnes {_shown(loss.headings)})" if loss.headings else ""
        yield _fault(
            loss,
            f"La feuille n'a plus de contrôle de saisie{of} : tout s'y tape. "
            f"{_cause(context.records)}",
            f"{_MEND} les remet.",
        )


@rule("CLA17", "Listes ou couleurs trop courtes", Severity.INFO, "fiche n°17")
def helps_short(context: Context) -> Iterator[Fault]:
    """Quoi : les listes déroulantes, les contrôles de dates et leurs messages, ou les couleurs
    d'une feuille s'arrêtent avant la dernière ligne, ou peu après.

    Pourquoi : plus bas, tout se tape à la main, une date impossible passe, et une ligne en retard
    ne devient pas rouge. LibreOffice ne garde les listes que 1 000 lignes sous la dernière.

    Exemple qui échoue : 1 900 lignes dans Suivi, et des listes jusqu'à la ligne 2 000.

    Exemple qui passe : les mêmes lignes, et des listes jusqu'à la ligne 5 000.

    Comment corriger : cedre-xlsx fix les prolonge, avec de la place pour un an.
    """
    for loss in losses.helps_short(context.records):
        table = loss.table
        assert table is not None
        assert table.state is not None
        columns = helps.short_columns(table, table.state)
        colours = helps.short_colours(table, table.state)
        last = max(row.row for row in table.rows)
        parts = []
        if columns:
            parts.append(
                f"les listes et les contrôles de saisie {_until(min(columns.values()), last)}"
            )
        if colours:
            parts.append(f"les couleurs automatiques {_until(colours, last)}")
        yield _fault(
            loss,
            f"Dans cette feuille, {' ; '.join(parts)}.",
            f"{_MEND} les prolonge, avec de la place pour un an de lignes.",
        )


def _until(end: int, last: int) -> str:
    """Where something ends, for lines that end there."""
    rows = f"s'arrêtent ligne {end}"
    if end < last:
        return f"{rows}, avant la dernière ligne ({last})"
    if end == last:
        return f"{rows}, la dernière remplie"
    return f"{rows}, {counted(end - last, 'ligne')} sous la dernière"


def _fate_of(loss: Loss) -> str:
    """What became of one table."""
    assert loss.table is not None
    table, excel = loss.table.spec.table, loss.table.excel
    name = quoted(excel.name if excel else table)
    match loss.fate:
        case TableFate.GONE:
            return f"Les lignes ne sont plus dans le tableau {name}"
        case TableFate.RENAMED:
            return f"Le tableau « {table} » s'appelle maintenant {name}"
        case TableFate.HEADLESS:
            return f"Le tableau {name} compte ses intitulés pour une ligne"
        case _:
            return f"Le tableau {name} ne contient plus toutes ses colonnes ou ses lignes"


def _fates_of(found: Sequence[Loss]) -> str:
    """What became of several tables of one sheet."""
    names = [one.table.spec.table for one in found if one.table is not None]
    return f"{len(names)} tableaux ont disparu, changé de nom ou rétréci ({_shown(names)})"


def _fault(loss: Loss, message: str, advice: str, cell: str = "") -> Fault:
    """What there is to say of a sheet as a whole."""
    table = loss.table
    row = table.header_row if table is not None else None
    if cell:
        row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    what = table.spec.table if table is not None else loss.form.name if loss.form else ""
    return Fault(Place(loss.sheet, row, cell=cell), message, advice, key=line_key(what))


def _cause(records: Records) -> str:
    """Who saved the file last, where it says so."""
    program = records.book.program if records.book else ""
    if not program:
        return "Un autre programme en est sans doute la cause."
    return f"Le dernier programme qui a enregistré le classeur : {program}."


def _shown(words: Sequence[str]) -> str:
    more = f" et {len(words) - _SHOWN} de plus" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more


def _names(names: Sequence[str]) -> str:
    word = "le nom" if len(names) == 1 else "les noms"
    return f"{word} {_shown(names)}"
