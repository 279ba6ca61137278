"""The caches of pivot tables whose values were replaced: values stay distinct, Excel reads anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cedre_xlsx.ooxml.parts import Relations, normal
from cedre_xlsx.privacy.traces.book import BookParts
from cedre_xlsx.privacy.traces.content import bytes_of, encoding_of, text_of

_ROOT = re.compile(r"<(?:\w+:)?pivotCacheDefinition\b[^>]*?(?=/?>)")
_REFRESH = re.compile(r"\srefreshOnLoad\s*=\s*[\"'][^\"']*[\"']")
_ITEMS = re.compile(r"<((?:\w+:)?)sharedItems\b[^>]*>.*?</\1sharedItems\s*>", re.DOTALL)
_TEXT = re.compile(r"(<(?:\w+:)?s\s[^>]*?\bv\s*=\s*([\"']))(.*?)(\2)", re.DOTALL)


def definitions(book: BookParts, changed: Iterable[str]) -> set[str]:
    """The definitions of the caches of which a part was changed."""
    touched = {normal(part) for part in changed}
    found = set()
    for relation in Relations(book.package, book.workbook).of_kind("pivotCacheDefinition"):
        if relation.target not in book.package:
            continue
        parts = {normal(relation.target)}
        parts |= {normal(one.target) for one in Relations(book.package, relation.target)}
        if parts & touched:
            found.add(relation.target)
    return found


def settle(book: BookParts, part: str, written: Collection[str]) -> None:
    """Ask for a refresh when the workbook is opened; of `written` values, no two are the same."""
    content = book.package.read(part)
    encoding = encoding_of(content)
    if not encoding:
        return
    text = _ROOT.sub(lambda root: _asking(root[0]), text_of(content, encoding), count=1)
    text = _ITEMS.sub(lambda items: _distinct(items[0], written), text)
    book.package.write(part, bytes_of(text, encoding))


def _asking(root: str) -> str:
    if (said := _REFRESH.search(root)) is not None:
        return root[: said.start()] + ' refreshOnLoad="1"' + root[said.end() :]
    return root.rstrip() + ' refreshOnLoad="1"'


def _distinct(items: str, written: Collection[str]) -> str:
    known = {found[3].casefold() for found in _TEXT.finditer(items)} - {
        one.casefold() for one in written
    }

    def numbered(found: re.Match[str]) -> str:
        if found[3] not in written:
            return found[0]
        value, number = found[3], 1
        while value.casefold() in known:
            number += 1
            value = f"{found[3]} ({number})"
        known.add(value.casefold())
        return f"{found[1]}{value}{found[4]}"

    return _TEXT.sub(numbered, items)
