"""`python -m tests.short …` is `cedre-xlsx …` whose new workbooks have the tests' shorter lists."""

from __future__ import annotations

import sys

from cedre_xlsx.cli import main
from tests.conftest import SHORT, lists_of

if __name__ == "__main__":
    with lists_of(*SHORT):
        main(sys.argv[1:])
