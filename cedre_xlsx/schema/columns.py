"""What a column is: how it is headed, typed, listed and explained. Carried by `Annotated`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache

from pydantic import BaseModel, ConfigDict

from cedre_xlsx.method.text import fold
from cedre_xlsx.schema.lists import ListSpec


class Kind(Enum):
    """How the cells of a column are understood."""

    TEXT = auto()
    PERSON = auto()  # the name of someone of Personnes
    DATE = auto()
    DATED_TEXT = auto()  # a date with a remark: method.values.DatedText
    DEADLINE = auto()  # method.values.Deadline
    DURATION = auto()  # whole minutes
    HOURS = auto()  # a number of hours
    INTEGER = auto()
    NUMBER = auto()
    YES_NO = auto()  # bool
    CHOICE = auto()  # a value of `choices`
    CODE = auto()  # the code of an engagement type of tTypes
    REFERENCE = auto()  # CODE-AAAA-NNN


#: Kinds whose values hold what was typed.
_TEXTS = frozenset({Kind.TEXT, Kind.PERSON, Kind.DATED_TEXT, Kind.DEADLINE, Kind.REFERENCE})


class Search(Enum):
    """What personal data is looked for in a column of texts (the rules DCP)."""

    STORY = auto()  # sentences about the person: all of it
    LABEL = auto()  # short texts about something else: the numbers of people and of accounts
    NO = auto()  # what the tool writes, or what is not about people


class Data(Enum):
    """What a column tells of somebody, when lines are made anonymous or pseudonymous."""

    KEEP = auto()  # a category, a number, an answer: it stays as it is
    NAME = auto()  # somebody, or an organisation
    TEXT = auto()  # words that anybody may have typed: anything can be in them
    DATE = auto()  # a day, alone or among words
    CODE = auto()  # what a line or a person is referred to by


#: The classes of the kinds that leave no doubt.
_CERTAIN = {
    Kind.PERSON: Data.NAME,
    Kind.DATE: Data.DATE,
    Kind.DATED_TEXT: Data.DATE,
    Kind.DEADLINE: Data.DATE,
    Kind.REFERENCE: Data.CODE,
    **dict.fromkeys(
        (Kind.DURATION, Kind.HOURS, Kind.INTEGER, Kind.NUMBER, Kind.YES_NO, Kind.CHOICE, Kind.CODE),
        Data.KEEP,
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """The Excel-only facts of one field.

    `header` is printed as it stands; `width` is in Excel's characters; `facultative` columns
    stand at the right in a collapsed outline group; `calculated` is the formula of the whole
    column, as Excel stores it; `aliases` are other headings that people's files have. In a sheet
    that `refresh` makes, people type in an `open` column, and those that `tell` say which line a
    row is, whatever else it shows. A whole number stays within `limits`, those included.
    A column of texts says whether it is searched for personal data, and what it tells of somebody
    (`data`; sentences are `Data.TEXT`): none can be declared without. From the day of the one that
    `dates_line` count the delays of its line, and days without a year; the one that is `frozen` is
    the last that stays in view. One of a `pack` is not in a workbook that did not ask for the pack;
    such columns come last in their table, so that no other one moves.
    """

    header: str
    kind: Kind = Kind.TEXT
    width: float = 16
    help: str = ""
    required: bool = False
    facultative: bool = False
    choices: ListSpec | None = None
    calculated: str = ""
    aliases: tuple[str, ...] = ()
    open: bool = False
    tells: bool = False
    search: Search | None = None
    limits: tuple[int, int] | None = None
    pack: str = ""
    data: Data | None = None
    dates_line: bool = False
    frozen: bool = False

    def __post_init__(self) -> None:
        is_open_list = self.choices is not None and not self.choices.closed
        if self.search is None and (self.kind in _TEXTS or is_open_list):
            raise TypeError(f"{self.header}: a column of texts says what is searched in it")
        if self.data is None and self.told is None:
            raise TypeError(f"{self.header}: a column of texts says what it tells of somebody")

    @property
    def told(self) -> Data | None:
        """What it tells of somebody; None where nothing declares it."""
        if self.data is not None or self.kind in _CERTAIN:
            return self.data or _CERTAIN[self.kind]
        return {Search.STORY: Data.TEXT, Search.NO: Data.KEEP, None: Data.KEEP, Search.LABEL: None}[
            self.search
        ]


#: The person whom a line is about, in each table but Personnes.
WHOSE = Column(
    "Personne",
    Kind.PERSON,
    width=24,
    required=True,
    help="Choisir dans la liste : elle vient de la feuille Personnes.",
    search=Search.LABEL,
    frozen=True,
)


class Row(BaseModel):
    """One line of a table, every value understood.

    `row` is the line's number in its sheet; `unreadable` names the fields whose cell holds
    something that was not understood (their value is None, and a finding says why): such a cell
    is not missing.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        arbitrary_types_allowed=True,
        defer_build=True,  # a validator is built when its first row comes
    )

    row: int
    unreadable: frozenset[str] = frozenset()

    def lacks(self, *fields: str) -> bool:
        """Whether all these cells are empty (an unreadable cell is not)."""
        for field in fields:
            value = getattr(self, field)
            if (value is not None and value != "") or field in self.unreadable:
                return False
        return True


#: What parts a key, and numbers twins, is nowhere in the words of a line.
_SEPARATORS = str.maketrans("|~", "/-")


def line_key(*parts: object) -> str:
    """The identity of something from its own words: compared without case, accents or spaces."""
    return "|".join(
        fold(part.isoformat() if isinstance(part, date) else str(part or "")).translate(_SEPARATORS)
        for part in parts
    )


class EntryRow(Row):
    """One line of a table that people fill."""

    @property
    def key(self) -> str:
        """What tells the line from the others of its table and its person, by its own words: it
        stays when rows are sorted, inserted, or filled further. Twins share theirs.
        """
        raise NotImplementedError


@cache
def columns_of(model: type[Row]) -> dict[str, Column]:
    """The model's columns by field name, in the order in which they are printed."""
    found: dict[str, Column] = {}
    for field, info in model.model_fields.items():
        for item in info.metadata:
            if isinstance(item, Column):
                found[field] = item
    return found


@cache
def columns_with(model: type[Row], packs: frozenset[str]) -> dict[str, Column]:
    """The model's columns in a workbook that has these packs, as they are printed."""
    return {
        field: column
        for field, column in columns_of(model).items()
        if not column.pack or column.pack in packs
    }
