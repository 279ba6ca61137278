"""The passwords of protected workbooks, for whoever calls the verbs from Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cedre_xlsx.files.protection.keyring import Keyring, holding


@contextmanager
def passwords(*given: str) -> Iterator[Keyring]:
    """Meanwhile, these passwords open the workbooks that are protected.

        with api.passwords("…"):
            api.refresh("suivi.xlsx")

    What is written in the place of one of them, or made out of it, is protected by the same; PDF
    files and texts are not. Outside, the variable CEDRE_XLSX_PASSWORD gives one. What was found in
    a protected workbook (`find_import`) is applied within as well. What is yielded tells in `clear`
    which files were made out of protected ones without a password.
    """
    with holding(Keyring(given=given)) as keyring:
        yield keyring
