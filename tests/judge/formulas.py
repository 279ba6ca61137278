"""What a formula names, as far as Excel refuses a file for it."""

from __future__ import annotations

import re

MAX_FORMULA = 8_192
_TEXTS = re.compile(r'"(?:[^"]|"")*"')
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|(?<![#\]\w.|])([\w.\\]+(?::[\w.\\]+)?))!")
_STRUCTURED = re.compile(r"(?<![\w'\]!])[A-Za-z_\\][\w.\\]*\[(?!\d+\])")


def sheets_named(formula: str) -> frozenset[str]:
    """The titles of this workbook's sheets that a formula names, without case."""
    if "!" not in formula:
        return frozenset()
    text = _TEXTS.sub('""', formula)
    quoted = [one.replace("''", "'") for one in re.findall(r"'((?:[^']|'')+)'!", text)]
    found = [title for title in quoted if "[" not in title and "|" not in title]
    text = re.sub(r"'(?:[^']|'')*'", "''", text)
    while _BRACKETS.search(text):
        text = _BRACKETS.sub("]", text)
    found += [one[1] for one in _SHEET.findall(text) if one[1]]
    return frozenset(part.casefold() for title in found for part in title.split(":") if part)


def formula_faults(formula: str) -> str:
    """What is wrong with a formula by itself; "" when nothing is."""
    if not formula.strip():
        return "an empty formula"
    if formula.startswith("="):
        return f"a formula begins with =: {formula[:40]}"
    if len(formula) > MAX_FORMULA:
        return "a formula is too long"
    return ""


def is_structured(formula: str) -> bool:
    """Whether a formula names columns of a table (what lists and colours must not)."""
    return "[" in formula and bool(_STRUCTURED.search(_TEXTS.sub('""', formula)))
