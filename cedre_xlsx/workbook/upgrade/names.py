"""The sheets of a new workbook under the names that they have in this one."""

from __future__ import annotations

from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.generated_sheets import kind_of
from cedre_xlsx.workbook.form_sheets import FORMS, form_sheet
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.repair.layout import Layout


class SheetNames:
    """Which sheet is which: by what was read, by marks, by what forms show, else by its name."""

    def __init__(self, layout: Layout, workbook: RawWorkbook) -> None:
        self._here = {word_key(one.name): one.name for one in workbook.sheets}
        for sheet in workbook.sheets:
            kind = kind_of(sheet.generated_as) if sheet.generated_as else None
            if kind is not None:
                self._here[word_key(kind.sheet)] = sheet.name
        for name, title in layout.table_sheets().items():
            self._here[word_key(name)] = title
        for name in FORMS:
            found = form_sheet(workbook, name)
            if found is not None:
                self._here[word_key(name)] = found.name
                layout.is_named(name, found.name)
        self._new = {title: key for key, title in self._here.items() if word_key(title) != key}

    def here(self, name: str) -> str:
        """The name that a sheet of a new workbook has here; "" where there is none."""
        return self._here.get(word_key(name), "")

    def in_a_new_one(self, title: str) -> str:
        """What a link's sheet is called in a new workbook, as `word_key` writes it."""
        return self._new.get(title, word_key(title))
