"""Every table of the workbook: its sheet, its name, its row model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from cedre_xlsx.schema.barriers import BarrierRow
from cedre_xlsx.schema.columns import Column, Kind, Row, columns_of, columns_with
from cedre_xlsx.schema.engagements import EngagementRow
from cedre_xlsx.schema.follow_up import FollowUpRow
from cedre_xlsx.schema.fusion import FusionRow
from cedre_xlsx.schema.generated import ControlRow, OldNoteRow, SynthesisRow
from cedre_xlsx.schema.memory import MemoryRow
from cedre_xlsx.schema.missions import MissionRow
from cedre_xlsx.schema.people import PersonRow
from cedre_xlsx.schema.setting_rows import (
    AdvisorRow,
    BreakdownRow,
    MappingRow,
    OwnColumnRow,
    QuestionRow,
    SensitiveWordRow,
    SettingRow,
    SeverityRow,
    StaffRow,
    TypeRow,
)

R = TypeVar("R", bound=Row)

#: Version of the workbook's layout, printed on `Accueil` after `TEMPLATE_VERSION_LABEL`.
TEMPLATE_VERSION = "1.5"
TEMPLATE_VERSION_LABEL = "Version du modèle"


def version_numbers(version: str) -> tuple[int, ...]:
    """A version of the layout, to be compared; () for none."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


#: Headings of the data sheets stand here in a workbook of ours; reading finds them anywhere.
HEADER_ROW = 4


@dataclass(frozen=True, slots=True)
class TableSpec(Generic[R]):
    """One table: `sheet` and `table` as a new workbook names them, `title` printed above.

    `packs` are those whose columns it has: all, where a workbook is read; those asked for, where
    one is drawn.
    """

    sheet: str
    table: str
    model: type[R]
    title: str = ""
    hint: str = ""
    packs: frozenset[str] | None = None

    @property
    def columns(self) -> dict[str, Column]:
        """The columns by field name, in printed order."""
        return (
            columns_of(self.model) if self.packs is None else columns_with(self.model, self.packs)
        )

    @property
    def line_date(self) -> str:
        """The field of the column that dates a line; "" where lines have no date of their own."""
        return next((name for name, column in self.columns.items() if column.dates_line), "")

    def drawn(self, packs: Iterable[str] = ()) -> TableSpec[R]:
        """The table as a workbook with these packs has it."""
        return replace(self, packs=frozenset(packs))

    @property
    def written(self) -> tuple[str, ...]:
        """Of a table that `refresh` makes, the fields that it writes, the key aside."""
        return tuple(name for name, column in self.columns.items() if not column.open)[:-1]

    @property
    def open(self) -> tuple[str, ...]:
        """Of a table that `refresh` makes, the fields that people fill."""
        return tuple(name for name, column in self.columns.items() if column.open)

    @property
    def telling(self) -> tuple[str, ...]:
        """Of a table that `refresh` makes, the fields that say which line a row is."""
        return tuple(name for name, column in self.columns.items() if column.tells)


PEOPLE = TableSpec(
    "Personnes", "tPersonnes", PersonRow, "Personnes accompagnées",
    "Une ligne par parcours. Une personne qui revient a deux lignes, au même nom.",
)  # fmt: skip
FOLLOW_UP = TableSpec(
    "Suivi", "tSuivi", FollowUpRow, "Suivi des actions (exemple n°4)",
    "Une ligne par action proposée ou menée. Une échéance dépassée passe en rouge.",
)  # fmt: skip
ENGAGEMENTS = TableSpec(
    "Engagements", "tEngagements", EngagementRow, "Engagements réciproques (fiche n°19)",
    "Une ligne par engagement, oral ou écrit. La feuille Convention l'imprime.",
)  # fmt: skip
MISSIONS = TableSpec(
    "Missions", "tMissions", MissionRow, "Missions de travail",
    "Une ligne par mission chez un donneur d'ordre.",
)  # fmt: skip
BARRIERS = TableSpec(
    "Freins", "tFreins", BarrierRow, "Freins à l'emploi",
    "Une ligne par frein repéré. Ni détail médical, ni détail pénal.",
)  # fmt: skip

#: The sheets that people fill, in the order of their tabs.
DATA_TABLES: tuple[TableSpec[PersonRow] | TableSpec[FollowUpRow] | TableSpec[EngagementRow]
                   | TableSpec[MissionRow] | TableSpec[BarrierRow], ...] = (
    PEOPLE, FOLLOW_UP, ENGAGEMENTS, MISSIONS, BARRIERS,
)  # fmt: skip

SETTINGS_SHEET = "Paramètres"
TYPE_TABLE = TableSpec(SETTINGS_SHEET, "tTypes", TypeRow, "Types d'engagement")
ADVISOR_TABLE = TableSpec(SETTINGS_SHEET, "tAccompagnateurs", AdvisorRow, "Accompagnateurs")
SETTING_TABLE = TableSpec(SETTINGS_SHEET, "tReglages", SettingRow, "Réglages")
SEVERITY_TABLE = TableSpec(SETTINGS_SHEET, "tGravites", SeverityRow, "Gravité des contrôles")
BREAKDOWN_TABLE = TableSpec(SETTINGS_SHEET, "tVentilations", BreakdownRow, "Ventilations")
WORD_TABLE = TableSpec(SETTINGS_SHEET, "tMotsSensibles", SensitiveWordRow, "Mots sensibles")
QUESTION_TABLE = TableSpec(SETTINGS_SHEET, "tQuestions", QuestionRow, "Nos choix (fiche n°16)")
MAPPING_TABLE = TableSpec(SETTINGS_SHEET, "tReprises", MappingRow, "Reprises d'autres fichiers")
STAFF_TABLE = TableSpec(SETTINGS_SHEET, "tEquipe", StaffRow, "Équipe, en ETP")
OWN_COLUMN_TABLE = TableSpec(
    SETTINGS_SHEET, "tColonnes", OwnColumnRow, "Colonnes de l'équipe, pour une copie sans noms"
)

#: The tables of Paramètres.
CHOICE_TABLES: tuple[TableSpec[Any], ...] = (
    SETTING_TABLE, TYPE_TABLE, ADVISOR_TABLE, QUESTION_TABLE, SEVERITY_TABLE, BREAKDOWN_TABLE,
    WORD_TABLE, MAPPING_TABLE, STAFF_TABLE, OWN_COLUMN_TABLE,
)  # fmt: skip

SYNTHESIS = TableSpec(
    "Synthèse", "tSynthese", SynthesisRow, "Tableau de synthèse des parcours (exemple n°5)",
    "Cette feuille est refaite par la commande « cedre-xlsx refresh ». "
    "Seule la colonne Notes de réunion se remplit à la main : elle est conservée.",
)  # fmt: skip
CONTROL = TableSpec(
    "Contrôle", "tControle", ControlRow, "Contrôle du classeur",
    "Cette feuille est refaite par la commande « cedre-xlsx refresh ». "
    "Remplir Justification (et Jusqu'au) pour accepter un constat : c'est conservé.",
)  # fmt: skip
OLD_NOTES = TableSpec(
    "Notes anciennes", "tNotesAnciennes", OldNoteRow, "Notes anciennes, dont la ligne n'est plus",
    "L'outil ajoute au bas ce qui n'a plus de ligne depuis longtemps, et ne touche pas au reste : "
    "triez, effacez ; la feuille peut être supprimée.",
)  # fmt: skip

#: Made by `merge`, gone once all is chosen.
FUSION = TableSpec(
    "Fusion", "tFusion", FusionRow, "Fusion : ce qui reste à choisir",
    "Pour chaque conflit, choisissez A, B ou les deux sous Choix, enregistrez, puis lancez "
    "« cedre-xlsx merge --apply » sur ce classeur.",
)  # fmt: skip
#: Hidden; made when there is something to remember.
MEMORY = TableSpec(
    "Mémoire", "tMemoire", MemoryRow, "Mémoire : les chiffres des années d'avant",
    "Écrite par l'outil, sans nom. À laisser telle quelle : les chiffres des années passées en "
    "dépendent.",
)  # fmt: skip

# Sheets without a table that people know by name.
HOME_SHEET = "Accueil"
SCREENING_SHEET = "Repérage"
PERSON_FORM_SHEET = "Fiche individuelle"
CONVENTION_SHEET = "Convention"
MEETING_SHEET = "Réunion"
PERIODS_SHEET = "Périodes"
STATISTICS_SHEET = "Statistiques"  # followed by the year
WHO_SHEET = "Qui compte"  # the same
LISTS_SHEET = "Listes"
#: The sheets whose cells are computed from the others, without a table.
COMPUTED_SHEETS = (SCREENING_SHEET, PERSON_FORM_SHEET, CONVENTION_SHEET, LISTS_SHEET)
#: Those of them where nothing but a choice is to be typed.
PROTECTED_SHEETS = (SCREENING_SHEET, PERSON_FORM_SHEET, CONVENTION_SHEET)
#: The sheets without lines of people that have drop-down lists.
LISTED_SHEETS = (*PROTECTED_SHEETS, SETTINGS_SHEET)

#: Defined names of the cells that colours depend on.
SOON_NAME = "cedre_Bientot"
CONTRACT_NAME, PASS_NAME = "cedre_FinContrat", "cedre_FinPass"
PERSONS_NAME, PAUSES_NAME, EXITS_NAME = "cedre_Personnes", "cedre_Pauses", "cedre_Sorties"
#: The columns of Personnes that have a name, and their fields.
NAMED_COLUMNS = {PERSONS_NAME: "typed_person", PAUSES_NAME: "paused_until", EXITS_NAME: "exited"}
#: The cell that says whether the paper forms have their notes.
NOTES_NAME = "cedre_Notes"
_WATCHED = (SOON_NAME, PERSONS_NAME, PAUSES_NAME, EXITS_NAME)
#: The names that workbooks of earlier versions lack: they are not lost.
NAMES_SINCE = {PASS_NAME: "1.1"}
#: The names that the colours of each table use.
COLOUR_NAMES = {
    PEOPLE.table: (CONTRACT_NAME, PASS_NAME),
    FOLLOW_UP.table: _WATCHED,
    ENGAGEMENTS.table: _WATCHED,
}


#: The colours of each table: the fields whose cells they colour, none for whole lines; and for each
#: the fields that it reads.
COLOURED: dict[str, dict[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    PEOPLE.table: {
        ("contract_end",): (("exited", "contract_end"),) * 2,
        ("pass_end",): (("exited", "pass_end"),) * 2,
        (): (("exited", "paused_until"), ()),
    },
    FOLLOW_UP.table: {
        ("deadline",): (("status", "outcome", "deadline", "person"),),
        (): (
            ("status",),
            ("status", "outcome", "deadline", "person"),
            ("status", "deadline", "person"),
            (),
        ),
    },
    ENGAGEMENTS.table: {
        ("deadline",): (("reviewed", "deadline", "person"),),
        (): (("reviewed",), *(("reviewed", "deadline", "person"),) * 2, ()),
    },
    MISSIONS.table: {(): (("end",), ())},
    BARRIERS.table: {(): (("lifted",), ())},
}


def guarded_fields(spec: TableSpec[R]) -> tuple[str, ...]:
    """The fields without a list whose cells do not take everything in a new workbook."""
    listed = listed_fields(spec)
    return tuple(
        field
        for field, column in spec.columns.items()
        if field not in listed
        and (
            column.calculated
            or column.kind in _GUARDED_KINDS
            or (spec.table, field) == (ENGAGEMENTS.table, "reference")
        )
    )


_GUARDED_KINDS = frozenset({
    Kind.DATE, Kind.DATED_TEXT, Kind.DEADLINE, Kind.DURATION, Kind.HOURS, Kind.INTEGER, Kind.NUMBER,
})  # fmt: skip


def listed_fields(spec: TableSpec[R]) -> tuple[str, ...]:
    """The fields whose cells have a drop-down list in a new workbook."""
    return tuple(
        field
        for field, column in spec.columns.items()
        if not column.calculated
        and (column.choices is not None or field == "advisor" or column.kind in _LISTED_KINDS)
        and (spec.table, field) != (ENGAGEMENTS.table, "reference")  # each is typed there once
    )


_LISTED_KINDS = frozenset({Kind.PERSON, Kind.CODE, Kind.REFERENCE})
