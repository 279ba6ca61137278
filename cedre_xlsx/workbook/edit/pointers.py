"""What points at one line of a table whose lines have moved: formulas, names, links.

A reference to cells of one row follows its line. What pointed at a line that was taken out stays
as it is, and is told: something else may stand there now. Areas over several rows stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from openpyxl.formula.tokenizer import Token, Tokenizer

from cedre_xlsx.ooxml.areas import areas
from cedre_xlsx.ooxml.formula_cells import FormulaCell, FormulaCells
from cedre_xlsx.ooxml.references import parsed
from cedre_xlsx.schema.records import column_letter
from cedre_xlsx.workbook.edit.kept_lines import Kept
from cedre_xlsx.workbook.edit.sheet_cells import SheetCells
from cedre_xlsx.workbook.package.host import Host

_REFERENCE = re.compile(r"(\$?[A-Za-z]{1,3}\$?)([1-9]\d{0,6})")
_BY_TEXT = re.compile(r"(?:INDIRECT|HYPERLINK)\(", re.IGNORECASE)
_TEXT = re.compile(r'"(#?)([^"]+![^"!]+)"')
_GROUP = re.compile(rb"\ssi\s*=\s*[\"']([^\"']*)[\"']")
_LOCATION = re.compile(rb"(<(?:[\w.\-]+:)?hyperlink\s[^<>]*?\slocation\s*=\s*)([\"'])(.*?)(\2)")
_PLACE = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)[\"']")
_OURS = ("_cedre_", "_xlnm.")


@dataclass(frozen=True, slots=True)
class Astray:
    """What points at a line that was taken out: where (Pilotage!B3), and at what."""

    place: str
    target: str
    is_empty: bool

    @property
    def text(self) -> str:
        """In French, without its full stop."""
        now = "qui est maintenant vide" if self.is_empty else "où est maintenant une autre ligne"
        return f"{self.place} vise {self.target}, {now}"


@dataclass
class _Seen:
    """Those astray so far, at one place."""

    place: str
    found: list[Astray] = field(default_factory=list)


class Pointers:
    """Has all that points at single lines follow them; `unsaid` are sheets that are made anew."""

    def __init__(self, host: Host, kept: Collection[Kept], unsaid: Collection[str]) -> None:
        self._host = host
        self._kept = {one.sheet.casefold(): one for one in kept if one.has_moved}
        self._unsaid = frozenset(unsaid)
        self._astray: list[Astray] = []

    def follow(self) -> tuple[Astray, ...]:
        """Rewrite what follows its line; gives what pointed at lines that are gone."""
        if not self._kept:
            return ()
        for sheet in self._host.sheets():
            if sheet.is_worksheet and sheet.part in self._host.package:
                self._sheet(sheet.title, sheet.part)
        self._host.change_meanings(self._name)
        return tuple(dict.fromkeys(self._astray))

    def _sheet(self, title: str, part: str) -> None:
        package = self._host.package
        xml = package.read(part)
        made = self._links(title, self._formulas(title, xml))
        if made != xml:
            package.write(part, made)

    def _formulas(self, title: str, xml: bytes) -> bytes:
        if b"f>" not in xml:
            return xml
        formulas = {one.cell: one for one in FormulaCells(xml).formulas()}
        changed = {}
        for cell, one in formulas.items():
            text = self._followed(one.text, self._seen(title, cell), self._home(title, cell))
            if text != one.text:
                changed[cell] = text
        return _rewritten(xml, formulas, changed) if changed else xml

    def _home(self, title: str, cell: tuple[int, int]) -> str:
        """The sheet of addresses that name none; "" in lines, whose own have moved already."""
        kept = self._kept.get(title.casefold())
        is_line = kept is not None and cell[1] in kept.columns and cell[0] in kept.moves
        return "" if kept is None or is_line else title

    def _seen(self, title: str, cell: tuple[int, int]) -> _Seen:
        return _Seen(f"{title}!{column_letter(cell[1])}{cell[0]}")

    def _followed(self, formula: str, seen: _Seen, home: str) -> str:
        """A formula whose references follow their lines; those astray are told."""
        folded = formula.casefold()
        if not home and not any(one in folded for one in self._spelled):
            return formula
        known = parsed(formula)
        if known is None or known.is_joined or known.by_steps:
            return formula  # one end of an area, or where it is counted from
        tokens = Tokenizer(f"={formula}").items
        by_text = _BY_TEXT.search(formula) is not None
        made = "".join(self._token(token, seen, home, by_text=by_text) for token in tokens)
        if seen.place.partition("!")[0] not in self._unsaid:
            self._astray += seen.found
        return made

    @property
    def _spelled(self) -> list[str]:
        return [title.replace("'", "''") for title in self._kept]

    def _token(self, token: Token, seen: _Seen, home: str, *, by_text: bool) -> str:
        value = str(token.value)
        if token.type != Token.OPERAND:
            return value
        if token.subtype == Token.RANGE:
            return self._reference(value, seen, home)
        text = _TEXT.fullmatch(value) if by_text and token.subtype == Token.TEXT else None
        return f'"{text[1]}{self._reference(text[2], seen, "")}"' if text else value

    def _reference(self, text: str, seen: _Seen, home: str) -> str:
        """A reference to cells of one line, where that line is now."""
        where, mark, what = text.rpartition("!")
        title = where.strip("'").replace("''", "'") if mark else home
        kept = self._kept.get(title.casefold())
        found = areas(what) if kept is not None and _REFERENCE.match(what) else ()
        if kept is None or len(found) != 1 or found[0].first_row != found[0].last_row:
            return text
        area = found[0]
        row = area.first_row
        if row not in kept.moves or area.first_column not in kept.columns:
            return text
        to = kept.moves[row]
        if to is None:
            is_empty = row not in kept.moves.values()
            target = f"{title}!{what.replace('$', '')}"
            seen.found.append(Astray(seen.place, target, is_empty))
            return text
        return where + mark + _REFERENCE.sub(rf"\g<1>{to}", what)

    def _links(self, title: str, xml: bytes) -> bytes:
        start = xml.rfind(b"sheetData")
        if start < 0 or xml.find(b"location", start) < 0:
            return xml

        def change(link: re.Match[bytes]) -> bytes:
            place = _PLACE.search(link[0] + xml[start + link.end() : start + link.end() + 200])
            seen = _Seen(f"{title}!{place[1].decode()}" if place else title)
            old = unescape(link[3].decode("utf-8", "replace"))
            made = self._reference(old.removeprefix("#"), seen, "")
            if title not in self._unsaid:
                self._astray += seen.found
            if made == old.removeprefix("#"):
                return link[0]
            written = escape(made).encode("ascii", "xmlcharrefreplace")
            return link[1] + link[2] + written + link[4]

        return xml[:start] + _LOCATION.sub(change, xml[start:])

    def _name(self, name: str, text: str) -> str:
        if name.casefold().startswith(_OURS):
            return text
        return self._followed(text, _Seen(f"le nom {name}"), "")


def _rewritten(
    xml: bytes,
    formulas: dict[tuple[int, int], FormulaCell],
    changed: dict[tuple[int, int], str],
) -> bytes:
    """The sheet with these formulas; those that shared one of them are written whole."""
    cells = SheetCells(xml)
    name = cells.prefix
    tag = re.compile(rb"<" + name + rb"f(?=[\s/>])[^>]*>")
    whole = re.compile(rb"<" + name + rb"f(?=[\s/>])[^>]*?(?:/>|>[^<]*</" + name + rb"f\s*>)")

    def group(cell: tuple[int, int]) -> tuple[bytes, bytes, bytes] | None:
        """A cell, the tag of its formula, the number of what it shares (b"" without)."""
        stored = cells.row_cells(cell[0]).get(cell[1])
        found = tag.search(stored.xml) if stored is not None else None
        if stored is None or found is None:
            return None
        number = _GROUP.search(found[0])
        return stored.xml, found[0], number[1] if number else b""

    touched = {known[2] for cell in changed if (known := group(cell)) is not None} - {b""}
    todo = [*formulas] if touched else [*changed]
    for cell in todo:
        known = group(cell)
        if known is None or (cell not in changed and known[2] not in touched):
            continue
        text = changed.get(cell, formulas[cell].text)
        opening = b"<" + name + b"f>"
        if not known[2]:
            opening = known[1].removesuffix(b"/>").removesuffix(b">").rstrip() + b">"
        body = escape(text, quote=False).encode("ascii", "xmlcharrefreplace")
        made = opening + body + b"</" + name + b"f>"
        replaced = whole.sub(_constant(made), known[0], count=1)
        cells.rewrite(f"{column_letter(cell[1])}{cell[0]}", replaced)
    return cells.data()


def _constant(made: bytes) -> Callable[[re.Match[bytes]], bytes]:
    return lambda _: made


def astray_sentence(found: Collection[Astray], most: int = 10) -> Iterator[str]:
    """One French sentence on all that is astray, the first of them by name."""
    if not found:
        return
    told = [one.text for one in found][:most]
    more = len(found) - len(told)
    rest = f" ; et {more} de plus" if more else ""
    is_one = len(found) == 1
    count = "1 renvoi vise" if is_one else f"{len(found)} renvois visent"
    yield (
        f"{count} une ligne laissée dans l'ancien classeur : {' ; '.join(told)}{rest}. "
        f"Corrigez-{'le' if is_one else 'les'} dans le nouveau."
    )
