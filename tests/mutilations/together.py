"""Much of it at once, as it comes."""

from __future__ import annotations

from tests.edited_package import (
    Package,
)
from tests.mutilations.on_rows import (
    hide_rows,
    insert_columns_at_the_left,
    insert_title_row,
    type_below_the_table,
)
from tests.mutilations.on_sheets import move_sheets, rename_sheets_and_tables
from tests.mutilations.on_storage import broken_names, share_rich_strings
from tests.mutilations.on_values import (
    decompose_accents,
    lose_the_format_of_dates,
    shorten_statuses,
    spell_out_codes,
    store_numbers_as_text,
    unbreakable_spaces,
)


def a_year(package: Package) -> None:
    """Much of the above at once, as it comes."""
    for mutilate in (
        type_below_the_table, hide_rows, decompose_accents, shorten_statuses,
        spell_out_codes, unbreakable_spaces, store_numbers_as_text, lose_the_format_of_dates,
        insert_columns_at_the_left, insert_title_row, share_rich_strings, broken_names,
        move_sheets, rename_sheets_and_tables,
    ):  # fmt: skip
        mutilate(package)
