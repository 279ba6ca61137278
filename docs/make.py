"""Write what is generated: the pages of rules and figures, the sentences, the public holidays.

`python docs/make.py` writes; `python docs/make.py --check` only says what is stale, and exits 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pass_page
import programs_page
import sheet_pages
import typing_page

ROOT = Path(__file__).resolve().parent.parent
_LOCALE = Path("cedre_xlsx/cli/locale/fr/LC_MESSAGES")


def rules_doc() -> bytes:
    """Every rule of the check, explained."""
    from cedre_xlsx.rules import RULES
    from cedre_xlsx.rules.docs import render_rules_doc

    return render_rules_doc(RULES).encode("utf-8")


def statistics_doc() -> bytes:
    """Every figure of the statistics, defined."""
    from cedre_xlsx.reports.statistics import render_statistics_doc

    return render_statistics_doc().encode("utf-8")


def parts_schema() -> bytes:
    """The schema of the file that `share` writes, made of its models."""
    import json

    from cedre_xlsx.federation.model import Part

    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Part.model_json_schema(mode="serialization"),
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def catalogue() -> bytes:
    """The French sentences of the command line, compiled."""
    import polib

    source = ROOT / _LOCALE / "messages.po"
    compiled: bytes = polib.pofile(str(source)).to_binary()
    return compiled


def public_holidays() -> bytes:
    """The public holidays of France, a line each: their dates follow laws, not our code."""
    import holidays

    known = holidays.country_holidays("FR", years=range(1950, 2101), language="fr")
    return "".join(f"{day};{name}\n" for day, name in sorted(known.items())).encode("utf-8")


#: What is generated: its path, and what makes its bytes.
GENERATED: tuple[tuple[Path, Callable[[], bytes]], ...] = (
    (Path("docs/regles.md"), rules_doc),
    (Path("docs/statistiques.md"), statistics_doc),
    (Path("docs/parts.schema.json"), parts_schema),
    (_LOCALE / "messages.mo", catalogue),
    (Path("cedre_xlsx/method/public_holidays.csv"), public_holidays),
)


def generated() -> Iterator[tuple[Path, bytes]]:
    """Every file that is generated, the pages of sheets, programs and PASS IAE included."""
    yield from ((path, make()) for path, make in GENERATED)
    yield from sheet_pages.pages()
    yield programs_page.PAGE, programs_page.page()
    yield typing_page.PAGE, typing_page.page()
    yield pass_page.PAGE, pass_page.page()


def stale_files() -> list[Path]:
    """The generated files that are missing, or are not what would be written now."""
    return [
        path
        for path, made in generated()
        if not (ROOT / path).exists() or not _same((ROOT / path).read_bytes(), made, path)
    ]


def _same(old: bytes, new: bytes, path: Path) -> bool:
    """Whether a file says what would be written; of holidays, whose wording varies, the days."""
    if path.suffix != ".csv":
        return old == new
    return [line[:10] for line in old.splitlines()] == [line[:10] for line in new.splitlines()]


def main() -> int:
    """Write, or with --check compare; 1 when something is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 when stale")
    if parser.parse_args().check:
        stale = stale_files()
        for path in stale:
            print(f"{path} is stale: run python docs/make.py", file=sys.stderr)
        return 1 if stale else 0
    for path, made in generated():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(made)
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
