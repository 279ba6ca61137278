"""Files to double-click: Linux's are run, macOS's too, Windows's are read as cmd reads them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

import pytest

import cedre_xlsx
from cedre_xlsx.launchers import posix, windows
from cedre_xlsx.launchers.actions import ACTIONS, INSTALLED, System, Target, Tool, python_tool
from tests.support import few

ROOT = Path(__file__).parent.parent
ASSOCIATION = ROOT / "examples/association.xlsx"
SEED_EXAMPLE = ROOT / "examples/exemples-4-et-5.xlsx"
NAMES = ("Vérifier", "Actualiser", "Statistiques", "Imprimer les conventions")
VERIFY, REFRESH, STATISTICS, PRINT = ACTIONS

HOSTILE = (
    "suivi.xlsx",
    "mon suivi.xlsx",
    "l'équipe d'Élodie.xlsx",
    "100 % & co (été).xlsx",
    "%PATH% 50%.xlsx",
    "a&b;c,d=e^f!g!.xlsx",
    "$HOME `id` $(id).xlsx",
    "'; exit 7 #.xlsx",
    "-rf.xlsx",
    "~ {a,b} [x].xlsx",
)
HOSTILE_HERE = (
    *HOSTILE,
    'entre "guillemets" \\ <ou> |.xlsx',
    "deux\nlignes.xlsx",
    "étoile *?.xlsx",
)


def executable(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@dataclass
class Desk:
    """A computer's desk: a folder, what its viewer was asked to open, what our tool was given."""

    folder: Path
    bin: Path
    tool: Path

    @property
    def opened(self) -> list[str]:
        return self._lines("opened")

    @property
    def given(self) -> list[str]:
        return self._lines("given")

    def _lines(self, name: str) -> list[str]:
        path = self.bin / name
        return path.read_text(encoding="utf-8").split("\0")[:-1] if path.exists() else []

    def run(
        self, script: Path | str, *arguments: str, shell: str = "bash", typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shell, str(script), *arguments],
            capture_output=True, text=True, encoding="utf-8", input=typed, timeout=120,
            env={**os.environ, "PATH": f"{self.bin}:{os.environ['PATH']}"}, check=False,
        )  # fmt: skip

    def waited(self, done: subprocess.CompletedProcess[str]) -> bool:
        return "Appuyez sur Entrée pour fermer cette fenêtre." in done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Viewers that note what they open (each in the foreground), and a tool that notes its words.

    The tool makes what follows -o, and says nothing.
    """
    folder, bin_ = tmp_path / "Équipe & co, l'été", tmp_path / "bin"
    folder.mkdir()
    bin_.mkdir()
    for viewer in ("xdg-open", "open"):
        executable(bin_ / viewer, f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> '{bin_}/opened'\n")
    tool = executable(
        bin_ / "l'outil $1 & co",
        f"#!/bin/sh\nprintf '%s\\0' \"$@\" > '{bin_}/given'\n"
        'while [ $# -gt 0 ]; do [ "$1" != -o ] || : > "$2"; shift; done\n',
    )
    return Desk(folder, bin_, tool)


def make(desk: Desk, workbook: Path, system: str = "linux", **options: object) -> tuple[Path, ...]:
    workbook.touch()
    made = cedre_xlsx.shortcuts(workbook, system=system, interpreter=desk.tool, **options)
    return made.paths


def soon(true: Callable[[], bool]) -> bool:
    """What a background viewer does is seen a little later."""
    import time

    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


# --- Linux, for real ---


@pytest.mark.parametrize("shell", ["bash", "sh"])
@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_linux_hostile_names_arrive_whole(desk: Desk, name: str, shell: str) -> None:
    workbook = desk.folder / name
    make(desk, workbook)
    done = desk.run(desk.folder / "Vérifier.sh", shell=shell)
    page = f"{workbook} - contrôle.html"
    assert desk.given == [
        "-P", "-m", "cedre_xlsx", "check", str(workbook), "--format", "html", "-o", page,
    ]  # fmt: skip
    assert soon(lambda: desk.opened == [page])
    assert (done.returncode, done.stderr, desk.waited(done)) == (0, "", False)


@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_linux_elsewhere_finds_the_workbook_by_its_whole_path(desk: Desk, name: str) -> None:
    workbook = desk.folder / name
    make(desk, workbook, folder=desk.folder.parent / "Bureau de l'$USER")
    desk.run(desk.folder.parent / "Bureau de l'$USER/Actualiser.sh")
    assert desk.given[-2:] == ["refresh", str(workbook)]
    assert soon(lambda: desk.opened == [str(workbook)])


def test_a_folder_copied_works_on_its_own_workbook_and_a_file_moved_on_the_old_one(
    desk: Desk, tmp_path: Path
) -> None:
    make(desk, desk.folder / "suivi.xlsx")
    copied = tmp_path / "2027"
    shutil.copytree(desk.folder, copied)
    desk.run(copied / "Actualiser.sh")
    assert desk.given[-1] == str(copied / "suivi.xlsx")
    alone = tmp_path / "Actualiser.sh"
    shutil.copy(desk.folder / "Actualiser.sh", alone)
    desk.run(alone)
    assert desk.given[-1] == str(desk.folder / "suivi.xlsx")


@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_a_workbook_dropped_is_the_one_that_is_checked(desk: Desk, name: str) -> None:
    make(desk, desk.folder / "suivi.xlsx")
    other = str(desk.folder.parent / name)
    desk.run(desk.folder / "Vérifier.sh", other)
    assert desk.given[4] == other
    assert soon(lambda: desk.opened == [f"{other} - contrôle.html"])


@pytest.fixture(scope="module")
def association(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented association, in a folder with a hostile name, with its files made by us."""
    folder = tmp_path_factory.mktemp("réel") / "Suivi d'été & $co 100%"
    folder.mkdir()
    workbook = folder / "l'association.xlsx"
    shutil.copy(ASSOCIATION, workbook)
    made = cedre_xlsx.shortcuts(workbook, system="linux")
    assert [path.stem for path in made.paths if path.suffix == ".sh"] == list(NAMES)
    assert all(os.access(path, os.X_OK) for path in made.paths)
    return workbook


@pytest.mark.parametrize(
    ("name", "status", "opened", "start"),
    few(
        [
            ("Vérifier", 1, " - contrôle.html", b"<!DOCTYPE html>"),
            ("Actualiser", 0, "", b"PK"),
            ("Statistiques", 0, " - statistiques.txt", b"Statistiques "),
            ("Imprimer les conventions", 0, " - conventions", b"%PDF"),
        ]
    ),
)
def test_linux_each_file_does_its_work_and_opens_it(
    association: Path, desk: Desk, name: str, status: int, opened: str, start: bytes
) -> None:
    before = association.read_bytes()
    done = desk.run(association.parent / f"{name}.sh")
    result = Path(f"{association}{opened}")
    assert (done.returncode, done.stderr) == (status, "")
    if "Aucune convention" in done.stdout:  # whatever the day of the test, one of the two
        assert desk.waited(done)
        return
    assert not desk.waited(done)
    assert soon(lambda: desk.opened == [str(result)])
    file = next(result.iterdir()) if result.is_dir() else result
    assert file.read_bytes().startswith(start)
    assert (association.read_bytes() != before) <= (name == "Actualiser")


@pytest.mark.slow
def test_nothing_to_print_says_what_to_do_and_opens_nothing(tmp_path: Path, desk: Desk) -> None:
    workbook = cedre_xlsx.new(tmp_path / "vide.xlsx") and tmp_path / "vide.xlsx"
    cedre_xlsx.shortcuts(workbook, system="linux")
    done = desk.run(tmp_path / "Imprimer les conventions.sh")
    assert "Aucune convention n'est à évaluer" in done.stdout
    assert "feuille Convention" in done.stdout
    assert desk.waited(done)
    assert desk.opened == []


@pytest.mark.parametrize(
    ("name", "said"),
    few(
        [
            ("Vérifier", "n'existe pas"),
            ("Actualiser", "n'existe pas"),
            ("Statistiques", "n'existe pas"),
            ("Imprimer les conventions", "n'existe pas"),
        ]
    ),
)
def test_what_fails_keeps_the_window_open_with_the_reason(
    tmp_path: Path, desk: Desk, name: str, said: str
) -> None:
    (tmp_path / "suivi.xlsx").touch()
    cedre_xlsx.shortcuts(tmp_path / "suivi.xlsx", system="linux")
    (tmp_path / "suivi.xlsx").unlink()
    (tmp_path / "suivi.xlsx - contrôle.html").write_text("d'hier", encoding="utf-8")
    done = desk.run(tmp_path / f"{name}.sh")
    assert done.returncode == 2
    assert said in done.stdout
    assert f"« {name} » n'a pas pu aller au bout" in done.stdout
    assert desk.waited(done)
    assert desk.opened == []


def test_the_window_waits_for_enter(tmp_path: Path) -> None:
    (tmp_path / "suivi.xlsx").touch()
    cedre_xlsx.shortcuts(tmp_path / "suivi.xlsx", system="linux", interpreter=tmp_path / "absent")
    with subprocess.Popen(
        ["bash", tmp_path / "Vérifier.sh"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(6)]
        assert said[1].startswith("L'outil cedre-xlsx n'est pas, ou plus, sur cet ordinateur")
        assert said[2] == f"{tmp_path}/absent\n"
        assert said[5] == "Appuyez sur Entrée pour fermer cette fenêtre.\n"
        assert process.poll() is None
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait(10) == 2


@pytest.mark.slow
def test_a_warning_is_read_before_the_window_closes(tmp_path: Path, desk: Desk) -> None:
    workbook = tmp_path / "suivi.xlsx"
    for name in ("suivi.xlsx", "suivi (1).xlsx"):
        shutil.copy(SEED_EXAMPLE, tmp_path / name)
    cedre_xlsx.shortcuts(workbook, system="linux")
    done = desk.run(tmp_path / "Actualiser.sh")
    assert "une copie en conflit est à côté : suivi (1).xlsx" in done.stdout
    assert desk.waited(done)
    assert soon(lambda: desk.opened == [str(workbook)])
    assert done.returncode == 0


@pytest.mark.slow
def test_no_module_of_the_workbooks_folder_is_run(tmp_path: Path, desk: Desk) -> None:
    shutil.copy(SEED_EXAMPLE, tmp_path / "suivi.xlsx")
    (tmp_path / "click.py").write_text("raise SystemExit(9)", encoding="utf-8")
    cedre_xlsx.shortcuts(tmp_path / "suivi.xlsx", system="linux")
    done = subprocess.run(
        ["bash", "Vérifier.sh"], cwd=tmp_path, stdin=subprocess.DEVNULL, check=False,
        env={**os.environ, "PATH": f"{desk.bin}:{os.environ['PATH']}"}, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert (tmp_path / "suivi.xlsx - contrôle.html").exists()


def exec_words(entry: str) -> list[str]:
    """The words of Exec, as the Desktop Entry Specification reads them."""
    (value,) = re.findall(r"^Exec=(.*)$", entry, re.MULTILINE)
    escapes = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    value = re.sub(r"\\(.)", lambda found: escapes[found[1]], value)
    words = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value, re.DOTALL):
        assert not re.search(r"[\"'`$<>~|&;*?#()\\]", bare), f"reserved and unquoted: {bare}"
        assert not re.search(r"(?<!\\)[`$]", quoted)
        words.append(re.sub(r'\\(["`$\\])', r"\1", quoted).replace("%%", "%") or bare)
    return words


@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_linux_entries_say_the_scripts_path(tmp_path: Path, name: str) -> None:
    script = str(tmp_path / name / "Vérifier.sh")
    entry = posix.desktop_entry(VERIFY, script).decode()
    words = exec_words(entry)
    assert (words[:2], words[3:]) == (["sh", "-c"], ["sh", script, "%k", "%f"])
    assert len(entry.splitlines()) == 7
    assert "Terminal=true" in entry


@pytest.mark.skipif(shutil.which("gio") is None, reason="gio is not installed")
@pytest.mark.parametrize("folder", ["simple", 'l\'été & $HOME `id` 100% "x" \\ é', "%f %%u"])
def test_linux_entries_are_run_by_the_desktop_itself(desk: Desk, folder: str) -> None:
    executable(desk.bin / "xterm", '#!/bin/sh\nshift\nexec "$@" </dev/null\n')
    place = desk.folder / folder
    place.mkdir()
    make(desk, place / "suivi.xlsx")
    subprocess.run(
        ["gio", "launch", str(place / "Actualiser.desktop")],
        env={**os.environ, "PATH": f"{desk.bin}:/usr/bin:/bin"}, check=True, timeout=30,
    )  # fmt: skip
    assert soon(lambda: desk.opened == [str(place / "suivi.xlsx")])


@pytest.mark.parametrize(
    ("given", "ran"),
    [
        ([], "old"),  # a desktop that does not say where the entry is
        (["/dropped & co.xlsx"], "old"),
        (["{beside}.desktop"], "beside"),
        (["{beside}.desktop", "/dropped & co.xlsx"], "beside"),
        (["{elsewhere}.desktop", "/dropped & co.xlsx"], "old"),
    ],
)
def test_linux_entries_run_the_script_that_stands_beside_them(
    tmp_path: Path, given: list[str], ran: str
) -> None:
    stems = {name: tmp_path / f"{name} $d'été" for name in ("old", "beside", "elsewhere")}
    for name in ("old", "beside"):
        text = f"printf '%s\\n' {name} \"$@\"\n"
        Path(f"{stems[name]}.sh").write_text(text, encoding="utf-8")
    entry = posix.desktop_entry(VERIFY, f"{stems['old']}.sh").decode()
    words = exec_words(entry)[:5]
    done = subprocess.run(
        [*words, *(one.format(**stems) for one in given)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    dropped = [one for one in given if one.endswith(".xlsx")]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [ran, *dropped]


def test_linux_entries_whose_script_has_gone_say_so(tmp_path: Path) -> None:
    entry = posix.desktop_entry(VERIFY, f"{tmp_path}/l'absent.sh").decode()
    done = subprocess.run(
        exec_words(entry)[:5], capture_output=True, text=True, input="", check=False
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert f"n'est plus à cette place :\n{tmp_path}/l'absent.sh\n" in done.stdout
    assert "cedre-xlsx shortcuts" in done.stdout
    assert "Appuyez sur Entrée" in done.stdout


#: What the desktop does at a double click: `gio launch` does not tell an entry where it stands.
_DOUBLE_CLICK = """
import ctypes, sys
gio = ctypes.CDLL("libgio-2.0.so.0")
gio.g_desktop_app_info_new_from_filename.restype = ctypes.c_void_p
gio.g_app_info_launch.argtypes = [ctypes.c_void_p] * 4
entry = gio.g_desktop_app_info_new_from_filename(sys.argv[1].encode())
sys.exit(not gio.g_app_info_launch(entry, None, None, None))
"""


@pytest.mark.skipif(shutil.which("gio") is None, reason="gio is not installed")
def test_linux_entries_of_a_folder_that_was_copied_work_on_its_own_workbook(desk: Desk) -> None:
    executable(desk.bin / "xterm", '#!/bin/sh\nshift\nexec "$@" </dev/null\n')
    make(desk, desk.folder / "suivi.xlsx")
    copied = shutil.copytree(desk.folder, desk.folder.parent / "l'été 2027 & 100%")
    subprocess.run(
        [sys.executable, "-c", _DOUBLE_CLICK, str(copied / "Actualiser.desktop")],
        env={**os.environ, "PATH": f"{desk.bin}:/usr/bin:/bin"}, check=True, timeout=30,
    )  # fmt: skip
    assert soon(lambda: desk.opened == [str(copied / "suivi.xlsx")])


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_linux_says_that_nothing_opened(desk: Desk, shell: str) -> None:
    executable(desk.bin / "xdg-open", "#!/bin/sh\nexit 3\n")
    make(desk, desk.folder / "suivi.xlsx")
    done = desk.run(desk.folder / "Vérifier.sh", shell=shell)
    assert f"Rien ne s'est ouvert ; le résultat est ici :\n{desk.folder}/suivi.xlsx - " in (
        done.stdout
    )
    assert (desk.waited(done), done.stderr) == (True, "")


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_linux_a_viewer_that_stays_outlives_the_window(desk: Desk, shell: str) -> None:
    opened = desk.bin / "opened"
    executable(desk.bin / "xdg-open", f"#!/bin/sh\nsleep 5\nprintf '%s\\0' \"$1\" > '{opened}'\n")
    make(desk, desk.folder / "suivi.xlsx")
    done = desk.run(desk.folder / "Actualiser.sh", shell=shell)
    assert (done.returncode, done.stderr, desk.waited(done)) == (0, "", False)
    assert desk.opened == []
    assert soon(lambda: desk.opened == [str(desk.folder / "suivi.xlsx")])


def test_a_tool_that_was_uninstalled_is_said_in_french(desk: Desk) -> None:
    bare = executable(
        desk.bin / "python", "#!/bin/sh\necho '/x: No module named cedre_xlsx' >&2\nexit 1\n"
    )
    make(desk, desk.folder / "suivi.xlsx")
    cedre_xlsx.shortcuts(desk.folder / "suivi.xlsx", system="linux", interpreter=bare, force=True)
    done = desk.run(desk.folder / "Vérifier.sh")  # 1 is also the status of findings
    assert "L'outil cedre-xlsx n'est pas, ou plus, sur cet ordinateur" in done.stdout
    assert (done.returncode, desk.waited(done), desk.opened) == (2, True, [])


# --- macOS: the same shell, another viewer ---


@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_macos_hostile_names_arrive_whole(desk: Desk, name: str) -> None:
    workbook = desk.folder / name
    target, tool = Target(name, "/Users/Élodie/" + name), python_tool(str(desk.tool))
    workbook.touch()
    for action in ACTIONS:
        file = desk.folder / f"{action.name}.command"
        file.write_bytes(posix.script(action, tool, target, System.MACOS))
        done = desk.run(file, shell="sh")
        assert desk.given[4] == str(workbook)
        assert desk.opened[-1] == f"{workbook}{action.suffix}"
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_macos_line_by_line(action: object) -> None:
    assert isinstance(action, type(VERIFY))
    text = posix.script(action, INSTALLED, Target("l'été.xlsx", ""), System.MACOS).decode()
    lines = text.splitlines()
    assert lines[0] == "#!/bin/sh"
    assert "\r" not in text
    assert "outil=cedre-xlsx" in lines
    assert """classeur="$ici"/'l'"'"'été.xlsx'""" in lines
    assert any(line.startswith('open "$resultat" || attendre ') for line in lines)
    for line in lines:  # a variable is never seen by the shell outside quotation marks
        bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", line)
        bare = re.sub(r"^case \$\w+ in|=\$(\w|\?|\{0%/\*\})", "", bare)  # never split there
        assert ("$" in bare) is line.startswith("sortie=$("), line


# --- Windows: as cmd reads it ---

_SUBSTITUTED = re.compile(r"!(\w+)(?::([^!]*))?!")


@dataclass
class Batch:
    """As much of cmd as our files use; anything else fails.

    Percent signs are replaced first, in what is written; exclamation marks last, in one pass, so
    that nothing of what they bring is looked at again.
    """

    script: PureWindowsPath
    files: set[str]
    parameter: str = ""
    command_line: str = ""
    said: str = ""
    status: str = "0"
    variables: dict[str, str] = field(default_factory=lambda: {"TEMP": "C:\\Temp", "RANDOM": "7"})
    delayed: bool = False
    ran: list[list[str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    cannot_open: bool = False
    printed: list[str] = field(default_factory=list)
    paused: bool = False
    exit: str = ""

    def run(self, data: bytes) -> Batch:
        lines = self.checked(data)
        at = 0
        while at < len(lines) and not self.exit:
            target = self.step(lines[at])
            at = lines.index(f":{target}") if target else at + 1
        assert self.exit
        return self

    @staticmethod
    def checked(data: bytes) -> list[str]:
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")
        assert data.endswith(b"\r\n")
        before, mark, _ = data.partition(b"chcp 65001")
        assert mark
        assert before.isascii()
        lines = data.decode().split("\r\n")[:-1]
        assert all(line.count('"') % 2 == 0 for line in lines if 'SUITE:"' not in line)
        return lines

    def step(self, line: str) -> str:
        """Run one line; the label to go to, or ""."""
        if line.startswith((":", "@", "rem ", "title ", "chcp ", "cls")):
            return ""
        line = self.percents(line)
        while line.startswith("if "):
            holds, line = self.condition(line)
            if not holds:
                return ""
        if line.startswith("start ") and self.cannot_open:
            return line.rpartition(" || goto ")[2]
        head, _, after = line.partition(" & ") if '" & goto' in line else (line, "", "")
        if head.startswith('where /q "'):
            found = self.marks(head[10:].split('"')[0]) in self.files
            return "" if found else head.rpartition("goto ")[2]
        self.command(head)
        if head.startswith("goto "):
            return head[5:]
        return after.removeprefix("goto ")

    def command(self, line: str) -> None:
        if line.startswith("setlocal"):
            self.delayed = "EnableDelayedExpansion" in line
        elif found := re.fullmatch(r'set "(\w+)=(.*)"', line):
            self.variables[found[1]] = self.marks(found[2])
        elif found := re.fullmatch(r'findstr /c:"([ -~]+)" "!SORTIE!" .* && set "(\w+)=1"', line):
            if found[1] in self.said:
                self.variables[found[2]] = "1"
        elif line.startswith('"!OUTIL!"'):
            self.tool(line.removesuffix(' >"!SORTIE!" 2>&1'))
        elif found := re.fullmatch(r'start "" "(.*)" \|\| goto ferme', line):
            self.opened.append(self.marks(found[1]))
        elif line.startswith("echo"):
            assert not re.search(r"[&|<>^()%]", line)
            self.printed.append(self.marks(line[5:]))
        elif line.startswith("exit"):
            self.exit = self.marks(line)
        elif line == "pause >nul":
            self.paused = True
        elif found := re.fullmatch(r'del /q "(.*)"', line):
            self.files.discard(self.marks(found[1]))
        else:
            assert line.startswith(("goto ", "type ")), line

    def tool(self, line: str) -> None:
        words = [self.marks(a or b) for a, b in re.findall(r'"([^"]*)"|(\S+)', line)]
        self.ran.append(words)
        self.variables["errorlevel"] = self.status
        if "-o" in words and self.status in "01":
            self.files.add(words[words.index("-o") + 1])

    def condition(self, line: str) -> tuple[bool, str]:
        found = re.fullmatch(
            r'if (not )?(?:exist "(?P<file>.*?)"|defined (?P<name>\w+)|"(?P<a>.*?)"=="(?P<b>.*?)")'
            r" (?P<rest>.*)",
            line,
        )
        assert found, line
        if found["file"] is not None:
            holds = self.marks(found["file"]) in self.files
        elif found["name"]:
            holds = bool(self.variables.get(found["name"]))
        else:
            holds = self.marks(found["a"]) == self.marks(found["b"])
        return holds is not bool(found[1]), found["rest"]

    def percents(self, line: str) -> str:
        known = {
            "%%": "%", "%~dp0": f"{self.script.parent}".rstrip("\\") + "\\",
            "%~nx0": self.script.name, "%~1": self.parameter, "%~f1": self.parameter,
            **{f"%{name}%": value for name, value in self.variables.items()},
        }  # fmt: skip
        pattern = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        assert "%" not in re.sub(pattern, "", line), line
        return re.sub(pattern, lambda found: known[found[0]], line)

    def marks(self, text: str) -> str:
        if not self.delayed:
            return text
        assert "!" not in _SUBSTITUTED.sub("", text), text
        assert "^" not in text
        return _SUBSTITUTED.sub(self.substituted, text)

    def substituted(self, found: re.Match[str]) -> str:
        name, change = found.groups()
        value = self.command_line if name == "cmdcmdline" else self.variables.get(name, "")
        if not change or not value:
            return value
        if change.startswith("~"):
            start, _, length = change[1:].partition(",")
            return value[int(start) :][: int(length)] if length else value[int(start) :]
        old, _, new = change.partition("=")
        if old.startswith("*"):
            _, there, after = value.partition(old[1:])
            return new + after if there else value
        return value.replace(old, new)


WINDOWS_NAMES = tuple(name for name in HOSTILE if windows.is_possible_name(name))
FOLDERS = (
    "C:\\Suivi",
    "C:\\Équipe & co\\100% d'été (1)\\!a^b!",
    "\\\\serveur\\partage d'Élodie & co\\50%",
    "Z:\\",
)
PYTHON = "C:\\Users\\Élodie & co\\100% !x^y\\python.exe"


def quoted_by_explorer(path: str) -> str:
    return f'"{path}"' if " " in path else path


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", WINDOWS_NAMES)
@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_windows_hostile_paths_arrive_whole(action: object, name: str, folder: str) -> None:
    assert isinstance(action, type(VERIFY))
    path = str(PureWindowsPath(folder, name))
    result = f"{path}{action.suffix}"
    words = [{"WORKBOOK": path, "RESULT": result}.get(getattr(a, "name", ""), a)
             for a in action.arguments]  # fmt: skip
    beside, desk = PureWindowsPath(folder), PureWindowsPath("D:\\Bureau d'Élodie & co 5%")
    for target, where in [
        (Target(name, path), beside),  # beside the workbook
        (Target(name, path), desk),  # moved away from it
        (Target("", path), desk),  # made elsewhere
        (Target(name, ""), beside),  # made on another computer
    ]:
        script = windows.script(action, python_tool(PYTHON), target)
        ran = Batch(where / f"{action.name}.cmd", {PYTHON, path}).run(script)
        assert ran.ran == [[PYTHON, "-P", "-m", "cedre_xlsx", *words]]
        assert ran.opened == [result]
        assert (ran.exit, ran.paused) == ("exit /b 0", False)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", WINDOWS_NAMES)
def test_windows_what_is_dropped_is_checked_even_where_explorer_quotes_nothing(
    name: str, folder: str
) -> None:
    dropped = str(PureWindowsPath(folder, name))
    script = PureWindowsPath("C:\\Équipe & co\\Vérifier.cmd")
    command_line = f'C:\\Windows\\system32\\cmd.exe /c ""{script}" {quoted_by_explorer(dropped)}"'
    ran = Batch(
        script,
        {PYTHON, dropped},
        parameter=dropped if " " in dropped else re.split("[&,;=]", dropped)[0].replace("^", ""),
        command_line=command_line,
    ).run(windows.script(VERIFY, python_tool(PYTHON), Target("suivi.xlsx", "C:\\x\\suivi.xlsx")))
    assert ran.ran[0][4:6] == ["check", dropped]
    assert ran.opened == [f"{dropped} - contrôle.html"]
    assert ran.exit == "exit 0"  # the window's cmd ends here: what follows & is not run


def test_windows_from_a_terminal_the_parameter_is_taken() -> None:
    ran = Batch(
        PureWindowsPath("C:\\x\\Vérifier.cmd"),
        {PYTHON, "C:\\y\\autre & co.xlsx"},
        parameter="C:\\y\\autre & co.xlsx",
        command_line='"C:\\Windows\\system32\\cmd.exe" ',
    ).run(windows.script(VERIFY, python_tool(PYTHON), Target("suivi.xlsx", "")))
    assert ran.ran[0][5] == "C:\\y\\autre & co.xlsx"
    assert ran.exit == "exit /b 0"


@pytest.mark.parametrize(
    ("tool", "files", "status", "said", "printed", "opened", "exit_"),
    [
        (python_tool(PYTHON), {PYTHON}, "0", "", None, True, "0"),
        (python_tool(PYTHON), {PYTHON}, "1", "", None, True, "1"),
        (python_tool(PYTHON), {PYTHON}, "2", "", "n'a pas pu aller au bout", False, "2"),
        (python_tool(PYTHON), {PYTHON}, "-1073741819", "", "n'a pas pu", False, "-1073741819"),
        (python_tool(PYTHON), {PYTHON}, "0", "Attention : x", "ci-dessus", True, "0"),
        (python_tool(PYTHON), set(), "0", "", "n'est pas, ou plus", False, "2"),
        (INSTALLED, {"cedre-xlsx"}, "0", "", None, True, "0"),
        (INSTALLED, set(), "0", "", "n'est pas, ou plus", False, "2"),
    ],
)
def test_windows_keeps_its_window_open_when_something_is_to_be_read(
    tool: Tool, files: set[str], status: str, said: str, printed: str | None, opened: bool,
    exit_: str,
) -> None:  # fmt: skip
    page = "C:\\x\\suivi.xlsx - contrôle.html"
    ran = Batch(
        PureWindowsPath("C:\\x\\Vérifier.cmd"), {*files, page, "C:\\x\\suivi.xlsx"},
        status=status, said=said,
    ).run(windows.script(VERIFY, tool, Target("suivi.xlsx", "")))  # fmt: skip
    assert ran.paused is (printed is not None)
    assert printed is None or any(printed in line for line in ran.printed)
    assert ran.opened == ([page] if opened else [])
    assert ran.exit == f"exit /b {exit_}"


def test_windows_says_that_nothing_opened() -> None:
    ran = Batch(
        PureWindowsPath("C:\\x\\p.cmd"), {PYTHON, "C:\\x\\a & !b!.xlsx"}, cannot_open=True
    ).run(windows.script(REFRESH, python_tool(PYTHON), Target("a & !b!.xlsx", "")))
    assert (ran.opened, ran.paused) == ([], True)
    assert ran.printed[-3].endswith("le résultat est ici : C:\\x\\a & !b!.xlsx")


def test_windows_a_tool_that_was_uninstalled_is_said_in_french() -> None:
    ran = Batch(
        PureWindowsPath("C:\\x\\p.cmd"), {PYTHON, "C:\\x\\s.xlsx"}, status="1",
        said=f"{PYTHON}: No module named cedre_xlsx",
    ).run(windows.script(VERIFY, python_tool(PYTHON), Target("s.xlsx", "")))  # fmt: skip
    assert (ran.opened, ran.paused, ran.exit) == ([], True, "exit /b 2")
    assert any("n'est pas, ou plus" in line for line in ran.printed)


def test_windows_nothing_to_print_opens_nothing() -> None:
    ran = Batch(
        PureWindowsPath("C:\\x\\p.cmd"), {PYTHON, "C:\\x\\s.xlsx"}, said="Aucune convention n'est"
    ).run(windows.script(PRINT, python_tool(PYTHON), Target("s.xlsx", "")))
    assert (ran.opened, ran.paused) == ([], True)
    assert any("feuille Convention" in line for line in ran.printed)


# --- the command ---


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", "shortcuts", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def made_of(system: str) -> Iterator[str]:
    for name in NAMES:
        yield from {
            "windows": (f"{name}.cmd",),
            "macos": (f"{name}.command",),
            "linux": (f"{name}.sh", f"{name}.desktop"),
        }[system]


@pytest.mark.parametrize("system", few(["windows", "macos", "linux"]))
def test_command_writes_and_never_overwrites(tmp_path: Path, system: str) -> None:
    workbook = tmp_path / "suivi.xlsx"
    shutil.copy(SEED_EXAMPLE, workbook)
    done = run(workbook, "--system", system)
    wanted = set(made_of(system))
    if system == "linux" and sys.platform != "linux":
        wanted = {name for name in wanted if name.endswith(".sh")}
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"suivi.xlsx", *wanted}
    last = tmp_path / list(made_of(system))[-1]
    last.write_text("à moi", encoding="utf-8")
    first = tmp_path / next(made_of(system))
    first.unlink()
    again = run(workbook, "--system", system)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert not first.exists()
    assert last.read_text(encoding="utf-8") == "à moi"
    assert run(workbook, "--system", system, "--force").returncode == 0
    assert last.read_bytes() != "à moi".encode()


def test_files_know_nothing_of_the_workbook_but_its_path(tmp_path: Path) -> None:
    shutil.copy(SEED_EXAMPLE, tmp_path / "suivi.xlsx")
    for system in System:
        for path in cedre_xlsx.shortcuts(tmp_path / "suivi.xlsx", system=system).paths:
            assert not re.search(r"christian|carine", path.read_text(encoding="utf-8"), re.I)


@pytest.mark.parametrize(
    ("arguments", "said"),
    few(
        [
            (["absent.xlsx"], "n'existe pas"),
            (["."], "c'est un dossier"),
            (["suivi.xlsx", "--system", "windows", "--to", "ailleurs"], "à côté du classeur"),
            (["quoi?.xlsx", "--system", "windows"], "Windows n'accepte pas ce nom"),
            (["suivi.xlsx", "--to", "suivi.xlsx"], "suivi.xlsx"),
        ]
    ),
)
def test_wrong_use_is_said_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("suivi.xlsx", "quoi?.xlsx"):
        (tmp_path / name).touch()
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Erreur : " in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"suivi.xlsx", "quoi?.xlsx"}
