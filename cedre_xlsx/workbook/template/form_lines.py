"""Follow-up lines as rows of text, each line as many rows as its longest text takes.

Neither Excel nor LibreOffice fits the height of a row to what a formula gives, and LibreOffice
prints every row that holds a formula: so the form has one page of rows as tall as a line of text,
and each text goes down them, cut between words by formulas in hidden `Listes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cedre_xlsx.schema.lists import TEXT_COLUMNS
from cedre_xlsx.workbook.template.book import Book
from cedre_xlsx.workbook.template.form_chain import Helper
from cedre_xlsx.workbook.template.form_live import Live
from cedre_xlsx.workbook.template.lists_sheet import FIRST_ROW

_COLUMNS = TEXT_COLUMNS.start
_NO_BREAK = "\N{NO-BREAK SPACE}"
_SIGNS = (":", ";", "?", "!", "»")
_ALL = 9999  # characters, more than any text has


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of text: the rank of its line ("" below the last one), its texts, one a column."""

    rank: Live
    texts: tuple[Live, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The rows of a page, and the rank of the last line that is on it whole (0 for none)."""

    rows: tuple[TextRow, ...]
    last: Live


def draw_packed(
    book: Book, title: str, lines: Sequence[Sequence[Live]], rooms: Sequence[int], start: Live,
    count: Live, size: int,
) -> Packed:  # fmt: skip
    """Lay the texts of lines into `size` rows, from the line of rank `start` on, out of `count`.

    `rooms` are the characters of a row in each column. A line that is not whole on the page is not
    on it, unless it is the first.
    """
    texts = _draw_texts(book, title, lines)
    stream = _Stream(book, title, texts, rooms, count)
    stream.flow(start, size)
    shown = Helper(book, stream.end, f"{title} : ligne montrée")
    ranks, ends = stream.ranks, stream.ends
    rows = []
    for row in range(size):
        rank = shown.put(FIRST_ROW + row, _whole(ranks, ends, row, start))
        rows.append(TextRow(rank, tuple(_piece(rank, one[row]) for one in stream.pieces)))
    area = f"{rows[0].rank.formula}:{rows[-1].rank.formula.partition('!')[2]}"
    values = [one.rank.value for one in rows if isinstance(one.rank.value, int)]
    return Packed(tuple(rows), shown.put(2, Live(f"MAX({area})", max(values, default=0))))


def _draw_texts(
    book: Book, title: str, lines: Sequence[Sequence[Live]]
) -> tuple[tuple[Live, ...], ...]:
    """Every text of every line, a column each."""
    drawn = []
    for index, column in enumerate(zip(*lines, strict=True)):
        helper = Helper(book, _COLUMNS + index, f"{title} : texte {index + 1}")
        drawn.append(
            tuple(helper.put(FIRST_ROW + n, _as_text(one)) for n, one in enumerate(column))
        )
    return tuple(drawn)


def _as_text(cell: Live) -> Live:
    """The text, in which no row begins with a sign."""
    formula, value = f'{cell.formula}&""', str(cell.value)
    for sign in _SIGNS:
        before, after = f" {sign}", f"{_NO_BREAK}{sign}"
        formula = f'SUBSTITUTE({formula},"{before}","{after}")'
        value = value.replace(before, after)
    return Live(formula, value)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a text still has to say at a row, and how many characters of it the row takes."""

    rest: Live
    length: Live


class _Stream:
    """The rows one below the other: which line each is of, and what it takes of each text."""

    def __init__(
        self, book: Book, title: str, texts: Sequence[Sequence[Live]], rooms: Sequence[int],
        count: Live,
    ) -> None:  # fmt: skip
        self._texts, self._rooms, self._count = texts, rooms, count
        first = _COLUMNS + len(rooms)
        self._rank, self._end = (
            Helper(book, first + n, f"{title} : {name}")
            for n, name in enumerate(("ligne du texte", "fin"))
        )
        self._columns = [
            tuple(
                Helper(book, first + 2 + 2 * n + m, f"{title} : {name} {n + 1}")
                for m, name in enumerate(("reste", "longueur"))
            )
            for n in range(len(rooms))
        ]
        #: The column of `Listes` after its own.
        self.end = first + 2 + 2 * len(rooms)
        self.ranks: list[Live] = []
        self.ends: list[Live] = []
        self.pieces: list[list[_Piece]] = [[] for _ in rooms]

    def flow(self, start: Live, size: int) -> None:
        """Fill that many rows."""
        for row in range(FIRST_ROW, FIRST_ROW + size):
            rank = self._rank.put(row, self._next_rank(start))
            for index, (rests, lengths) in enumerate(self._columns):
                rest = rests.put(row, self._rest(index, rank))
                piece = _Piece(rest, lengths.put(row, _taken(rest, self._rooms[index])))
                self.pieces[index].append(piece)
            self.ranks.append(rank)
            self.ends.append(self._end.put(row, self._is_end(rank)))

    def _next_rank(self, start: Live) -> Live:
        """The same line until all its texts are out, then the next one, as long as there are."""
        n = self._count
        if not self.ranks:
            is_some = isinstance(n.value, int) and n.value > 0
            return Live(f'IF({n.formula}>0,{start.formula},"")', start.value if is_some else "")
        above, end = self.ranks[-1], self.ends[-1]
        a, e = above.formula, end.formula
        formula = f'IF({a}="","",IF({e}=0,{a},IF({a}<{n.formula},{a}+1,"")))'
        if not isinstance(above.value, int) or end.value == 0:
            return Live(formula, above.value)
        is_last = not (isinstance(n.value, int) and above.value < n.value)
        return Live(formula, "" if is_last else above.value + 1)

    def _rest(self, index: int, rank: Live) -> Live:
        """The whole text where its line begins; below, what the row above did not take."""
        texts = self._texts[index]
        area = f"{texts[0].formula}:{texts[-1].formula.partition('!')[2]}"
        whole = f"INDEX({area},{rank.formula})"
        value = texts[rank.value - 1].value if isinstance(rank.value, int) else ""
        if not self.ranks:
            return Live(f'IF({rank.formula}="","",{whole})', value)
        above, before = self.pieces[index][-1], self.ranks[-1]
        r, n = above.rest.formula, above.length.formula
        skip = f'IF(OR(MID({r},{n}+1,1)=" ",MID({r},{n}+1,1)=CHAR(10)),2,1)'
        formula = (
            f'IF({rank.formula}="","",IF({rank.formula}={before.formula},'
            f"MID({r},{n}+{skip},{_ALL}),{whole}))"
        )
        if isinstance(rank.value, int) and rank.value == before.value:
            text, taken = str(above.rest.value), _int(above.length)
            value = text[taken + (1 if text[taken : taken + 1] in (" ", "\n") else 0) :]
        return Live(formula, value)

    def _is_end(self, rank: Live) -> Live:
        """1 in the row that takes the last of every text of its line."""
        pieces = [column[-1] for column in self.pieces]
        left = "+".join(f"LEN({one.rest.formula})-{one.length.formula}" for one in pieces)
        value = all(len(str(one.rest.value)) == one.length.value for one in pieces)
        formula = f'IF({rank.formula}="","",IF({left}=0,1,0))'
        return Live(formula, "" if rank.value == "" else int(value))


def _taken(rest: Live, room: int) -> Live:
    """How many characters a row takes of a text: its words that fit, up to a line break."""
    r = rest.formula
    first = f"(FIND(CHAR(10),{r}&CHAR(10))-1)"
    window = f"LEFT({r},{room + 1})"
    spaces = f'(LEN({window})-LEN(SUBSTITUTE({window}," ","")))'
    formula = (
        f"IF({first}<={room},{first},IF({spaces}=0,{room},"
        f'MAX(1,FIND(CHAR(1),SUBSTITUTE({window}," ",CHAR(1),{spaces}))-1)))'
    )
    text = str(rest.value)
    line = text.partition("\n")[0]
    if len(line) <= room:
        return Live(formula, len(line))
    last = text[: room + 1].rfind(" ")
    return Live(formula, room if last < 0 else max(1, last))


def _whole(ranks: Sequence[Live], ends: Sequence[Live], row: int, start: Live) -> Live:
    """The rank of a row's line where that line is whole on the page, or its first."""
    rank = ranks[row]
    r = rank.formula
    lines, over = (f"{one[0].formula}:{one[-1].formula.partition('!')[2]}" for one in (ranks, ends))
    formula = f'IF({r}="","",IF(OR({r}={start.formula},COUNTIFS({lines},{r},{over},1)>0),{r},""))'
    is_whole = any(
        one.value == rank.value and end.value == 1 for one, end in zip(ranks, ends, strict=True)
    )
    return Live(formula, rank.value if is_whole or rank.value == start.value else "")


def _piece(rank: Live, piece: _Piece) -> Live:
    r, n = piece.rest.formula, piece.length.formula
    value = str(piece.rest.value)[: _int(piece.length)] if rank.value != "" else ""
    return Live(f'IF({rank.formula}="","",LEFT({r},{n}))', value)


def _int(live: Live) -> int:
    return live.value if isinstance(live.value, int) else 0
