"""The folder tree is the architecture: imports go one way, modules stay small."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.startup import FORBIDDEN, imported
from tests.support import ROOT

PACKAGE = ROOT / "cedre_xlsx"

#: A layer may import itself and the layers named before it.
LAYERS = (
    "method",
    "schema",
    "files",
    "ooxml",
    "workbook",
    "intake",
    "paperwork",
    "demonstration",
    "rules",
    "reports",
    "privacy",
    "yearly",
    "merging",
    "federation",
    "forms",
    "launchers",
    "api",
    "page",
    "cli",
)
#: What anybody may import: it imports nothing itself.
FREE = {"_version"}
LONGEST_MODULE = 400  # lines


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def imported_layers(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [node.module]
            if node.module == "cedre_xlsx":
                names = [f"cedre_xlsx.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "cedre_xlsx" and len(parts) > 1 and parts[1] not in FREE:
                yield node.lineno, parts[1]


@pytest.mark.slow
def test_imports_follow_the_layers_and_never_turn_back() -> None:
    wrong = []
    for path in modules():
        layer = path.relative_to(PACKAGE).parts[0]
        if layer not in LAYERS:  # the package's own door: __init__, __main__, _version
            continue
        for line, other in imported_layers(path):
            if LAYERS.index(other) > LAYERS.index(layer):
                wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {other}")
    assert wrong == []


def test_the_page_has_no_logic_of_its_own() -> None:
    reached = {
        f"{path.relative_to(PACKAGE)}:{line} imports {other}"
        for path in (PACKAGE / "page").rglob("*.py")
        for line, other in imported_layers(path)
        if other not in ("page", "api", "schema", "method")
    }
    assert reached == set()


def test_every_folder_is_a_layer() -> None:
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/*.py")}
    assert folders == set(LAYERS)


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/developper.md"])
def test_every_room_is_told_in_its_order(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    told = re.findall(r"^(?:\| `)?(\w+)/(?:` \|)? ", text, re.MULTILINE)
    assert [room for room in told if room in LAYERS] == list(LAYERS)


def test_no_room_holds_more_than_a_quarter() -> None:
    lines = Counter[str]()
    for path in PACKAGE.rglob("*/*.py"):
        lines[path.relative_to(PACKAGE).parts[0]] += path.read_text(encoding="utf-8").count("\n")
    [(room, most)] = lines.most_common(1)
    assert most < lines.total() / 4, room


def test_modules_stay_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = {str(path.relative_to(PACKAGE)): n for path, n in lengths.items() if n > LONGEST_MODULE}
    assert long == {}


@pytest.mark.slow
@pytest.mark.parametrize("arguments", FORBIDDEN, ids=lambda arguments: arguments[0])
def test_start_up_is_light(arguments: tuple[str, ...]) -> None:
    loaded = imported(arguments)
    assert {"cedre_xlsx", "click"} <= loaded
    assert loaded & FORBIDDEN[arguments] == set()
