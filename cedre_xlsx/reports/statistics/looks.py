"""How the rows of the statistics' sheets look: each has a look, and a letter a column."""

from __future__ import annotations

from dataclasses import replace

from cedre_xlsx.workbook.styles import BODY_LINK, DATE_FORMAT, INK, MUTED, SOFT, Style

#: What a column of a row holds, a letter each, and what that changes in the look of its cell.
_CENTER = {"horizontal": "center"}
_KINDS: dict[str, dict[str, object]] = {
    "l": {"bold": True},  # label
    "i": {"indent": 1},  # label of a part
    "c": {**_CENTER, "number_format": "#,##0"},  # count
    "h": {**_CENTER, "number_format": "[=0]0;[<9.95]0.0;#,##0"},  # hours
    "p": {**_CENTER, "number_format": "0.0 %"},  # rate
    "g": {**_CENTER, "number_format": "0 %"},  # target
    "d": {**_CENTER, "number_format": "General"},  # days
    "f": {**_CENTER, "number_format": "0.00"},  # full-time equivalents
    "x": {**_CENTER, "color": MUTED, "size": 8},  # what a figure divides
    "t": {},  # a text
    "D": {**_CENTER, "number_format": DATE_FORMAT},
    "k": {**_CENTER, "underline": True, "color": BODY_LINK.color},  # what leads to a cell
    "n": {"size": 8, "wrap": True},  # definition
    "_": {"border": ""},  # nothing, beside a table
    "q": {**_CENTER, "border": "", "size": 8, "underline": True, "color": BODY_LINK.color},  # link
}
_LOOKS = {
    "body": Style(border="thin", vertical="center"),
    "head": Style(bold=True, color=INK, fill=SOFT, border="thin", vertical="center"),
    "total": Style(bold=True, color=INK, fill=SOFT, border="thin", vertical="center"),
    "block": Style(bold=True, color=INK, fill=SOFT, vertical="center", wrap=False),
    "title": Style(bold=True, size=11, color="FFFFFFFF", fill=INK, vertical="center", wrap=False),
    "hint": Style(italic=True, color=MUTED, vertical="center", wrap=False),
    "board": Style(size=11, border="bottom", vertical="center"),
    "text": Style(size=10, vertical="top"),
    "base": Style(size=9, border="bottom", vertical="center", color=MUTED),
    "go": Style(underline=True, color=BODY_LINK.color, vertical="center", wrap=False),
}


def look_of(style: str) -> tuple[Style, ...]:
    """The look of each cell of a row, from "look:kinds"."""
    look, _, kinds = style.partition(":")
    return tuple(_cell_look(look, kind) for kind in kinds)


def _cell_look(look: str, kind: str) -> Style:
    base = _LOOKS["hint" if look == "go" and kind == "t" else look]
    if look in ("block", "title", "hint", "go"):
        return base
    if look not in ("board", "base") and kind in "_q":
        base = _LOOKS["body"]
    changed = replace(base, **_KINDS[kind])  # type: ignore[arg-type]
    if look in ("board", "base"):
        return replace(changed, border=base.border)
    if look in ("body", "text") or kind in "_q":
        return changed
    is_text = kind in "lit"
    return replace(
        changed,
        bold=True,
        underline=False,
        color=base.color,
        size=8 if look == "head" and not is_text else 9,
        horizontal="left" if is_text else "center",
        indent=0,
    )
