"""The page of other programs: what each does to a workbook, from what the tests expect of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PAGE = Path("docs/programmes.md")
_EXPECTED = Path(__file__).resolve().parent.parent / "tests" / "programs" / "expected.toml"

#: What is looked at, by its name in the file.
KINDS = {
    "tables": "tableaux",
    "lists": "listes déroulantes",
    "names": "noms des listes",
    "hidden_names": "noms cachés",
    "hidden_sheets": "feuille cachée",
    "protection": "protection des formulaires",
    "charts": "graphiques",
    "links": "liens",
    "alerts": "couleurs d'alerte",
    "colours": "couleurs des titres",
    "dates": "format des dates",
    "panes": "volets figés",
    "titles": "titres à imprimer",
    "values": "valeurs des formules",
}
_INTRODUCTION = """\
# Les autres programmes

Chaque programme de cette page a ouvert un classeur déjà rempli et annoté, changé un texte de \
*Suivi*, et enregistré. Les tests du projet refont cet essai, et comparent. Excel n'y est pas : \
c'est lui que le classeur attend.

Sauf pour ceux qui sont dits à ne pas utiliser, rien de ce qui est tapé ne se perd : mêmes \
constats, mêmes chiffres, et après `refresh` les notes, les justifications et vos propres colonnes \
sont à côté de leur ligne.
"""


def page() -> bytes:
    """The page, as the tests' table has it."""
    programs = tomllib.loads(_EXPECTED.read_text(encoding="utf-8"))
    lines = [_INTRODUCTION, "## Ce que chacun fait au classeur", ""]
    lines += ["| programme | change | perd | signalé par `check` | reste après `fix` |",
              "|---|---|---|---|---|"]  # fmt: skip
    lines += [_row(one) for one in programs.values()]
    lines += ["", "Un tiret : rien. Les codes mènent à la règle qui dit quoi faire.", ""]
    lines += ["## Que faire", ""]
    lines += [f"- **{one['label']}** : {one['advice']}" for one in programs.values()]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _row(one: Mapping[str, Any]) -> str:
    cells = [
        one["label"],
        _told(_kinds(one, "changé")),
        _told([f"**{one['ruins']}**"] if one["ruins"] else _kinds(one, "perdu")),
        _told(map(_code, [*one["check"], *one["says"]])),
        _told(map(_code, one["fixed"])),
    ]
    return f"| {' | '.join(cells)} |"


def _kinds(one: Mapping[str, Any], state: str) -> list[str]:
    return [KINDS[kind] for kind, became in one["left"].items() if became == state]


def _told(words: Iterator[str] | list[str]) -> str:
    return ", ".join(words) or "—"


def _code(code: str) -> str:
    return f"[{code}](regles.md#{code.lower()})"
