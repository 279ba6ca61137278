"""CLA, the workbook itself: what pasting, merging and hiding did to it, and its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import fold
from cedre_xlsx.rules.context import Context
from cedre_xlsx.rules.rule import Fault, rule
from cedre_xlsx.rules.wording import quoted
from cedre_xlsx.schema.columns import line_key
from cedre_xlsx.schema.findings import Place, Severity
from cedre_xlsx.schema.helps import rows_without_list
from cedre_xlsx.schema.losses import is_made_by_us
from cedre_xlsx.schema.records import Records, Table, column_letter
from cedre_xlsx.schema.state import Area, SheetState
from cedre_xlsx.schema.tables import HOME_SHEET, listed_fields

_SHOWN = 3  # of several places, how many a message names


@rule("CLA01", "Liste déroulante perdue", Severity.INFO, "fiche n°17")
def list_lost(context: Context) -> Iterator[Fault]:
    """Quoi : des cellules remplies d'une colonne n'ont plus leur liste déroulante.

    Pourquoi : coller remplace la liste de la cellule ; la valeur suivante sera tapée à la main, et
    une faute de frappe passera.

    Exemple qui échoue : Statut, collé depuis un autre fichier sur les lignes 12 à 20.

    Exemple qui passe : les mêmes valeurs collées par « Collage spécial, Valeurs ».

    Comment corriger : copier une cellule de la colonne qui a sa liste, puis Collage spécial,
    Validation, sur les autres ; ensuite, coller les valeurs seules.
    """
    for table, state in _tables(context.records):
        columns = [table.columns[field] for field in listed_fields(table.spec)
                   if field in table.columns]  # fmt: skip
        if not any(area.holds(column) for area in state.listed for column in columns):
            continue  # a sheet that never had one, or lost them all: another rule says so
        for field in listed_fields(table.spec):
            column = table.columns.get(field)
            if column is None:
                continue
            lost = rows_without_list(table, state, column, ours=is_made_by_us(context.records))
            if lost:
                heading = table.spec.columns[field].header
                cell = f"{column_letter(column)}{lost[0]}"
                yield Fault(
                    Place(table.sheet, lost[0], heading, cell),
                    f"La colonne « {heading} » n'a plus sa liste déroulante sur "
                    f"{counted(len(lost), 'ligne')} ({_lines(lost)}).",
                    "Copiez une cellule de la colonne qui a sa liste, puis Collage spécial, "
                    "Validation, sur ces lignes.",
                    key=line_key(table.spec.table, field),
                )


@rule("CLA02", "Couleurs en morceaux", Severity.INFO, "fiche n°17")
def colours_in_pieces(context: Context) -> Iterator[Fault]:
    """Quoi : les couleurs automatiques d'une feuille (mises en forme conditionnelles) sont
    coupées en morceaux.

    Pourquoi : chaque collage en ajoute ; le classeur devient lent, et des lignes en retard ne
    passent plus en rouge.

    Exemple qui échoue : une ligne de Suivi collée avec sa mise en forme au milieu du tableau.

    Exemple qui passe : la même ligne collée par « Collage spécial, Valeurs ».

    Comment corriger : rien d'urgent ; dans Accueil, Mise en forme conditionnelle, Gérer les
    règles, garder une règle de chaque et l'étendre à toutes les lignes.
    """
    for table, state in _tables(context.records):
        body = _body(table)
        pieces = max((_pieces(areas, body) for areas in state.colours), default=1)
        if body is not None and pieces > 1:
            yield Fault(
                Place(table.sheet, table.header_row),
                f"Les couleurs automatiques de la feuille sont coupées en "
                f"{counted(pieces, 'morceau', 'morceaux')}.",
                "Rien d'urgent : collez désormais les valeurs seules (Collage spécial, Valeurs).",
                key=line_key(table.spec.table),
            )


@rule("CLA03", "Cellules fusionnées dans un tableau", Severity.WARNING, "fiche n°17")
def merged_cells(context: Context) -> Iterator[Fault]:
    """Quoi : des cellules d'un tableau sont fusionnées.

    Pourquoi : seule la première cellule d'une fusion garde sa valeur : les autres lignes sont
    vides pour le contrôle, les tris et les formulaires.

    Exemple qui échoue : le nom d'une personne fusionné sur ses trois lignes de Suivi.

    Exemple qui passe : le nom répété sur chaque ligne ; un titre fusionné au-dessus du tableau.

    Comment corriger : défusionner, puis remplir chaque ligne.
    """
    for table, state in _tables(context.records):
        body = _body(table)
        merged = [area for area in state.merged if body is not None and area.overlaps(body)]
        if merged:
            names = [_address(area) for area in merged[:_SHOWN]]
            more = f" et {len(merged) - _SHOWN} de plus" if len(merged) > _SHOWN else ""
            first = merged[0]
            yield Fault(
                Place(
                    table.sheet, first.first_row,
                    _heading(table, first.first_column),
                    f"{column_letter(first.first_column)}{first.first_row}",
                ),
                f"Des cellules sont fusionnées dans le tableau : {', '.join(names)}{more}.",
                "Défusionnez-les (Accueil, Fusionner et centrer), puis remplissez chaque ligne.",
                key=line_key(table.spec.table),
            )  # fmt: skip


@rule("CLA04", "Lignes cachées", Severity.INFO, "fiche n°17")
def hidden_rows(context: Context) -> Iterator[Fault]:
    """Quoi : des lignes remplies d'un tableau sont cachées, par un filtre ou à la main.

    Pourquoi : elles sont contrôlées et comptées comme les autres, mais l'équipe ne les voit plus.

    Exemple qui échoue : un filtre sur l'accompagnateur, resté en place.

    Exemple qui passe : des colonnes cachées ; des lignes vides cachées.

    Comment corriger : effacer le filtre (Données, Effacer), ou afficher les lignes.
    """
    for table, state in _tables(context.records):
        hidden = sorted(row.row for row in table.rows if row.row in state.hidden_rows)
        if hidden:
            are = "est cachée" if len(hidden) == 1 else "sont cachées"
            yield Fault(
                Place(table.sheet, hidden[0]),
                f"{counted(len(hidden), 'ligne remplie', 'lignes remplies')} {are} "
                f"({_lines(hidden)}).",
                "Effacez le filtre, ou affichez les lignes : elles sont lues et comptées.",
                key=line_key(table.spec.table),
            )


@rule("CLA05", "Personne tapée à la main", Severity.WARNING, "exemple n°4")
def person_overwritten(context: Context) -> Iterator[Fault]:
    """Quoi : dans Personnes, un texte a été tapé à la place de la formule de la colonne Personne.

    Pourquoi : ce texte ne suivra plus le nom, et les listes des autres feuilles en viennent. Le
    contrôle le calcule toujours lui-même, à partir de Nom, Prénom et Précision.

    Exemple qui échoue : « M. Martin » tapé dans Personne.

    Exemple qui passe : la formule, qui donne « Martin Paul ».

    Comment corriger : recopier la cellule Personne d'une autre ligne.
    """
    table = context.records.people
    column = table.columns.get("typed_person")
    if column is None:
        return
    computed = table.state.formulas.get(column, frozenset()) if table.state else frozenset()
    for row in table.rows:
        typed = row.typed_person
        differs = fold(typed) != fold(row.person)
        # a column without any formula was filled by another program: its names may be right
        if not typed or row.row in computed or not (differs or computed):
            continue
        said = f" ; le nom est {quoted(row.person)}" if differs and row.person else ""
        yield Fault(
            table.place(row, "typed_person"),
            f"{quoted(typed)} est tapé à la place de la formule{said}.",
            "Recopiez la cellule Personne d'une autre ligne : elle se remplit seule.",
            person=row.person,
            key=row.key,
        )


@rule("CLA06", "Copie en conflit", Severity.WARNING, "fiche n°17")
def rival_copy(context: Context) -> Iterator[Fault]:
    """Quoi : un fichier du même nom, à un numéro, un ordinateur ou « copie » près, est dans le même
    dossier. Un nom qui peut être voulu (« suivi 2 », « suivi-ACCUEIL01 ») n'est dit que si le
    fichier est un classeur CEDRE avec les mêmes personnes, à quelques-unes près.

    Pourquoi : une synchronisation (OneDrive, kDrive, Nextcloud, iCloud) fait une copie quand deux
    personnes enregistrent en même temps : une partie du travail est dans l'autre fichier.

    Exemple qui échoue : « suivi.xlsx » à côté de « suivi (1).xlsx », « suivi - Copie.xlsx » ou
    « suivi-PC-de-Linda.xlsx ».

    Exemple qui passe : « suivi 2025.xlsx », « suivi-archive.xlsx », « suivi.ods ».

    Comment corriger : voir ce qui diffère (cedre-xlsx compare), réunir les deux (cedre-xlsx merge),
    puis ranger la copie ailleurs. Une copie voulue : lui donner un nom qui le dit, ou la ranger
    dans un autre dossier.
    """
    if copies := context.records.rival_copies:
        yield Fault(
            Place(HOME_SHEET),
            f"À côté du classeur : {_named(copies)}. Une partie du travail y est peut-être.",
            "Voyez ce qui diffère (cedre-xlsx compare), réunissez-les (cedre-xlsx merge), puis "
            "rangez la copie ailleurs.",
        )
    if doubts := context.records.likely_copies:
        yield Fault(
            Place(HOME_SHEET),
            f"À côté du classeur : {_named(doubts)}, avec les mêmes personnes. Est-ce une copie, "
            "où une partie du travail serait ?",
            "Voyez ce qui diffère (cedre-xlsx compare) ; si c'en est une, réunissez-les "
            "(cedre-xlsx merge). Puis rangez-la ailleurs.",
            key=line_key("doute"),
        )


@rule("CLA19", "Fusion à terminer", Severity.WARNING, "fiche n°17")
def merge_waits(context: Context) -> Iterator[Fault]:
    """Quoi : la feuille Fusion, faite par cedre-xlsx merge, a des lignes où rien n'est choisi, ou
    des choix qui ne sont pas encore écrits.

    Pourquoi : d'ici là, le classeur montre la valeur d'un seul des fichiers, et l'autre n'est que
    dans Fusion.

    Exemple qui échoue : un conflit de Fusion dont la colonne Choix est vide.

    Exemple qui passe : un classeur sans feuille Fusion, ou dont toutes les lignes sont « fait ».

    Comment corriger : choisir A, B, les deux ou vu dans chaque ligne, enregistrer, puis lancer
    cedre-xlsx merge --apply sur le classeur : la feuille s'en va.
    """
    waiting = context.records.fusion
    if waiting is None or not (waiting.cells or waiting.chosen):
        return
    if waiting.cells:
        count = counted(len(waiting.cells), "ligne")
        yield Fault(
            Place(waiting.sheet, cell=waiting.cells[0]),
            f"{count} de la fusion sans choix.",
            "Choisissez A, B, les deux ou vu sous Choix, puis lancez « cedre-xlsx merge --apply ».",
        )
    else:
        yield Fault(
            Place(waiting.sheet),
            f"{counted(waiting.chosen, 'choix', 'choix')} de la fusion pas encore écrits.",
            "Lancez « cedre-xlsx merge --apply » sur ce classeur.",
        )


def _named(files: Sequence[str]) -> str:
    names = [quoted(name) for name in files[:_SHOWN]]
    more = [f"{len(files) - _SHOWN} de plus"] if len(files) > _SHOWN else []
    return listed([*names, *more])


def _tables(records: Records) -> Iterator[tuple[Table[Any], SheetState]]:
    """The tables whose file tells the state of their sheet."""
    tables: tuple[Table[Any], ...] = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    for table in tables:
        if table.state is not None:
            yield table, table.state


def _body(table: Table[Any]) -> Area | None:
    """The cells of the table's lines, its headings included; None without lines."""
    if not table.rows or not table.columns:
        return None
    columns = table.columns.values()
    last = max(row.row for row in table.rows)
    return Area(table.header_row, min(columns), last, max(columns))


def _pieces(areas: Sequence[Area], body: Area | None) -> int:
    """In how many pieces, one below the other, a rule of the table stands."""
    spans = Counter(
        (area.first_column, area.last_column)
        for area in areas
        if body is not None and area.overlaps(body)
    )
    return max(spans.values(), default=1)


def _lines(rows: Sequence[int]) -> str:
    """ "ligne 12", "lignes 12 à 20", "lignes 5, 12, 20…"."""
    if len(rows) == 1:
        return f"ligne {rows[0]}"
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"lignes {rows[0]} à {rows[-1]}"
    more = "…" if len(rows) > _SHOWN else ""
    return f"lignes {', '.join(map(str, rows[:_SHOWN]))}{more}"


def _address(area: Area) -> str:
    first = f"{column_letter(area.first_column)}{area.first_row}"
    return f"{first}:{column_letter(area.last_column)}{area.last_row}"


def _heading(table: Table[Any], column: int) -> str:
    """The heading of a column of ours; "" for one of the team's own."""
    for field, index in table.columns.items():
        if index == column:
            return table.spec.columns[field].header
    return ""
