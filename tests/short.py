"""`python -m tests.short …` is `cedre-xlsx …` whose new workbooks have the tests' shorter lists."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from cedre_xlsx.cli import main
from tests.conftest import SHORT, lists_of


def serve(pipe: Connection) -> None:
    """The process of the page, for which the same is true."""
    from cedre_xlsx.page import worker

    with lists_of(*SHORT):
        worker.serve(pipe)


if __name__ == "__main__":
    with lists_of(*SHORT):
        main(sys.argv[1:])
