"""Files to double-click: Linux's are run, macOS's are the same, Windows's are read as cmd does."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import pytest

import cedre_xlsx
from cedre_xlsx.cli import launch as verb
from cedre_xlsx.cli import main
from cedre_xlsx.launchers.actions import (
    ACTIONS,
    COMMAND_LINE,
    INSTALLED,
    Launcher,
    LaunchTarget,
    System,
    python_tool,
)
from cedre_xlsx.launchers.scripts import (
    batch_file,
    desktop_entry,
    is_windows_name,
)
from tests.support import ROOT, few

ASSOCIATION = ROOT / "examples/association.xlsx"
SEED_EXAMPLE = ROOT / "examples/exemples-4-et-5.xlsx"
NAMES = tuple(action.name for action in ACTIONS)
VERIFY = ACTIONS[0]
CALL = ["-P", "-m", "cedre_xlsx", "launch", "--"]
CLOSE = "Appuyez sur Entrée pour fermer cette fenêtre."

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


def soon(true: Callable[[], bool]) -> bool:
    """What a background viewer does is seen a little later."""
    import time

    end = time.monotonic() + 10
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


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
        self, script: Path | str, *arguments: str, shell: str = "sh"
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [shell, str(script), *arguments],
            capture_output=True, text=True, encoding="utf-8", input="", timeout=120, check=False,
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Viewers that note what they open, and a tool that notes its words and says nothing."""
    folder, bin_ = tmp_path / "Équipe & co, l'été", tmp_path / "bin"
    folder.mkdir()
    bin_.mkdir()
    for viewer in ("xdg-open", "open"):
        executable(bin_ / viewer, f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> '{bin_}/opened'\n")
    tool = executable(
        bin_ / "l'outil $1 & co", f"#!/bin/sh\nprintf '%s\\0' \"$@\" > '{bin_}/given'\n"
    )
    return Desk(folder, bin_, tool)


def make(desk: Desk, workbook: Path, **options: object) -> tuple[Path, ...]:
    workbook.touch()
    made = cedre_xlsx.shortcuts(
        workbook,
        system=System.LINUX,
        interpreter=desk.tool,
        **options,  # type: ignore[arg-type]
    )
    return made.paths


# --- what the files call: Linux's, for real; macOS's are the same under another name ---


@pytest.mark.parametrize("shell", ["bash", "sh"])
@pytest.mark.parametrize("name", HOSTILE_HERE)
def test_hostile_names_arrive_whole(desk: Desk, name: str, shell: str) -> None:
    workbook = desk.folder / name
    make(desk, workbook)
    script = desk.folder / "Vérifier.sh"
    other = str(desk.folder.parent / name)
    for dropped in ([], [other]):
        done = desk.run(script, *dropped, shell=shell)
        assert desk.given == [*CALL, "check", str(script), name, str(workbook), *dropped]
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    elsewhere = desk.folder.parent / "Bureau de l'$USER"
    make(desk, workbook, folder=elsewhere)
    desk.run(elsewhere / "Actualiser.sh", shell=shell)
    assert desk.given[-4:] == ["refresh", f"{elsewhere}/Actualiser.sh", "", str(workbook)]


def test_the_files_are_two_lines_and_know_nothing_but_paths(tmp_path: Path) -> None:
    shutil.copy(SEED_EXAMPLE, tmp_path / "suivi.xlsx")
    for system in System:
        for path in cedre_xlsx.shortcuts(tmp_path / "suivi.xlsx", system=system).paths:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"christian|carine", text, re.IGNORECASE)
            most = {".cmd": 4, ".desktop": 7}.get(path.suffix, 2)
            assert len(text.splitlines()) == most
            assert os.access(path, os.X_OK) or system is System.WINDOWS


@pytest.mark.parametrize(
    "tool", ["/absent/python", "echo '/x: No module named cedre_xlsx' >&2; exit 1"]
)
def test_a_tool_that_has_gone_is_said_in_french_and_waits(desk: Desk, tool: str) -> None:
    path = (
        Path(tool)
        if tool.startswith("/")
        else executable(desk.bin / "python", f"#!/bin/sh\n{tool}\n")
    )
    make(desk, desk.folder / "suivi.xlsx")
    cedre_xlsx.shortcuts(desk.folder / "suivi.xlsx", system="linux", interpreter=path, force=True)
    with subprocess.Popen(
        ["sh", desk.folder / "Vérifier.sh"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(6)]
        assert said[1].startswith("L'outil cedre-xlsx n'est pas, ou plus, sur cet ordinateur")
        assert said[2] == f"{path}\n"
        assert "cedre-xlsx shortcuts" in said[3]
        assert said[5] == f"{CLOSE}\n"
        assert process.poll() is None
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait(10) == 2


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
def test_entries_call_what_scripts_call(desk: Desk, name: str) -> None:
    target = LaunchTarget(name, f"/ailleurs/{name}")
    entry = desktop_entry(VERIFY, python_tool(str(desk.tool)), target).decode()
    assert len(entry.splitlines()) == 7
    assert "Terminal=true" in entry
    words = exec_words(entry)
    assert (words[:2], words[3:]) == (["sh", "-c"], ["sh", "%k", "%f"])
    for told in ([], ["/été/Vérifier.desktop"], ["/été/Vérifier.desktop", "/a & b.xlsx"]):
        subprocess.run([*words[:4], *told], check=True)
        assert desk.given == [*CALL, "check", "", name, f"/ailleurs/{name}", *told]


#: What the desktop does at a double click: `gio launch` does not tell an entry where it stands.
_DOUBLE_CLICK = """
import ctypes, sys
gio = ctypes.CDLL("libgio-2.0.so.0")
gio.g_desktop_app_info_new_from_filename.restype = ctypes.c_void_p
gio.g_app_info_launch.argtypes = [ctypes.c_void_p] * 4
entry = gio.g_desktop_app_info_new_from_filename(sys.argv[1].encode())
sys.exit(not gio.g_app_info_launch(entry, None, None, None))
"""


@pytest.mark.program("gio")
@pytest.mark.parametrize("folder", ["simple", 'l\'été & $HOME `id` 100% "x" \\ é', "%f %%u"])
def test_entries_are_run_by_the_desktop_itself(desk: Desk, folder: str) -> None:
    executable(desk.bin / "xterm", '#!/bin/sh\nshift\nexec "$@" </dev/null\n')
    place = desk.folder / folder
    place.mkdir()
    make(desk, place / "suivi.xlsx")
    entry = place / "Actualiser.desktop"
    for command, told in (
        (["gio", "launch", str(entry)], []),
        ([sys.executable, "-c", _DOUBLE_CLICK, str(entry)], [str(entry)]),
    ):
        (desk.bin / "given").unlink(missing_ok=True)
        subprocess.run(
            command, env={**os.environ, "PATH": f"{desk.bin}:/usr/bin:/bin"}, check=True, timeout=30
        )
        assert soon(lambda: bool(desk.given))
        assert desk.given == [*CALL, "refresh", "", "suivi.xlsx", f"{place}/suivi.xlsx", *told]


# --- Windows: as cmd reads it ---


def read_by_cmd(data: bytes, variables: dict[str, str]) -> list[str]:
    """The words of the call, once cmd has put what % stands for in place; then its last line."""
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.endswith(b"\r\n")
    first, line, call, last = data.decode().split("\r\n")[:-1]
    assert first.isascii()  # read before the page of codes changes
    assert first.startswith("@chcp 65001 >nul & setlocal ")
    assert first.endswith(" EnableDelayedExpansion")
    assert line == (f'@set "{COMMAND_LINE}=!cmdcmdline!" & setlocal DisableDelayedExpansion & cls')
    known = {"%%": "%", **variables}
    pattern = "|".join(map(re.escape, known))
    assert "%" not in re.sub(pattern, "", call)
    assert call.count('"') % 2 == 0
    assert re.sub(r'"[^"]*"', "", call).strip() == "@"  # nothing stands where & has a meaning
    assert last.startswith("@if %errorlevel%==3 (exit 0) else if not %errorlevel%==0 (echo L'outil")
    assert last.endswith(" & pause >nul & exit /b 2)")
    assert not re.search(r"[|<^!%]|[()]", last[76:].replace(">nul", "").removesuffix(")"))
    return re.findall(r'"([^"]*)"', re.sub(pattern, lambda found: known[found[0]], call))


PYTHON = "C:\\Users\\Élodie & co\\100% !x^y\\python.exe"
FOLDERS = (
    "C:\\Suivi",
    "C:\\Équipe & co\\100% d'été (1)\\!a^b!",
    "\\\\serveur\\partage d'Élodie & co\\50%",
    "Z:\\",
)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", [name for name in HOSTILE if is_windows_name(name)])
@pytest.mark.parametrize("action", ACTIONS, ids=NAMES)
def test_windows_hostile_paths_arrive_whole(action: Launcher, name: str, folder: str) -> None:
    path, script = str(PureWindowsPath(folder, name)), str(PureWindowsPath(folder, "V.cmd"))
    for dropped in ("", "D:\\autre.xlsx"):
        given = {"%~f0": script, "%~1": dropped}
        for target in (LaunchTarget(name, path), LaunchTarget("", path), LaunchTarget(name, "")):
            words = read_by_cmd(batch_file(action, python_tool(PYTHON), target), given)
            where = [script, target.name, target.path, dropped]
            assert words == [PYTHON, *CALL, action.command, *where]
    words = read_by_cmd(batch_file(action, INSTALLED, LaunchTarget(name, "")), given)
    assert words[:2] == ["cedre-xlsx", "launch"]


# --- what they call ---


@pytest.fixture
def seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk, in whose folder a copy of the seed's example stands."""
    shutil.copy(SEED_EXAMPLE, desk.folder / "suivi.xlsx")
    monkeypatch.setenv("PATH", f"{desk.bin}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv(COMMAND_LINE, raising=False)
    monkeypatch.setattr(verb, "_SLOW", 20.0)
    return desk


@dataclass
class Ran:
    status: int
    said: str

    @property
    def waited(self) -> bool:
        return CLOSE in self.said


@pytest.fixture
def launch(
    seen: Desk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Run the hidden command as a file beside the workbook does; Enter is typed."""

    def run(
        command: str, *dropped: str, script: str = "", name: str = "suivi.xlsx", path: str = ""
    ) -> Ran:
        place = script or str(seen.folder / "Fichier.sh")
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
        with pytest.raises(SystemExit) as end:
            main(["launch", "--", command, place.strip(), name, path, *dropped])
        out, err = capfd.readouterr()
        return Ran(int(end.value.code or 0), out + err)

    return run


@pytest.mark.parametrize(
    ("command", "suffix", "start"),
    few(
        [
            ("check", " - contrôle.html", b"<!DOCTYPE html>"),
            ("refresh", "", b"PK"),
            ("stats", " - statistiques.txt", b"Statistiques "),
        ]
    ),
)
def test_each_does_its_work_and_opens_it(
    seen: Desk, launch: Callable[..., Ran], command: str, suffix: str, start: bytes
) -> None:
    before = (seen.folder / "suivi.xlsx").read_bytes()
    ran = launch(command)
    result = Path(f"{seen.folder / 'suivi.xlsx'}{suffix}")
    assert (ran.status, ran.waited, seen.opened) == (0, False, [str(result)])
    assert ran.said.startswith("Un instant…\n")
    assert result.read_bytes().startswith(start)
    assert ((seen.folder / "suivi.xlsx").read_bytes() != before) is (command == "refresh")


@pytest.mark.slow
def test_conventions_are_printed_into_a_folder_or_nothing_is(
    seen: Desk, launch: Callable[..., Ran]
) -> None:
    path = seen.folder / "suivi.xlsx"
    ran = launch("print", str(cedre_xlsx.new(seen.folder / "vide.xlsx")))
    assert "Aucune convention n'est à évaluer" in ran.said
    assert "la choisir dans la feuille Convention" in ran.said
    assert (ran.status, ran.waited, seen.opened) == (0, True, [])
    assert not Path(f"{path} - conventions").exists()
    launch("print")  # those of 2003 are all past
    assert seen.opened == [f"{path} - conventions"]
    [file] = Path(f"{path} - conventions").iterdir()
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("command", ["check", "refresh", "stats", "print"])
def test_what_fails_keeps_the_window_open_with_the_reason(
    seen: Desk, launch: Callable[..., Ran], command: str
) -> None:
    (seen.folder / "suivi.xlsx").unlink()
    ran = launch(command)
    assert "Erreur : " in ran.said
    assert "n'existe pas" in ran.said
    assert "n'a pas pu aller au bout" in ran.said
    assert (ran.status, ran.waited, seen.opened) == (0, True, [])


@pytest.mark.parametrize(
    ("dropped", "opened"),
    [([], ["suivi.xlsx"]), (["autre.xlsx"], ["autre.xlsx"]), (["absent.xlsx"], [])],
)
def test_the_page_is_opened_for_the_workbook_as_long_as_the_window(
    seen: Desk,
    launch: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    dropped: list[str],
    opened: list[str],
) -> None:
    shutil.copy(SEED_EXAMPLE, seen.folder / "autre.xlsx")
    served: list[str] = []

    class Served:
        address = "http://127.0.0.1:1/ouvrir/x"

        def __init__(self, folder: Path, workbook: Path) -> None:
            assert folder == seen.folder.resolve()
            served.append(workbook.name)

        def run(self, opened: Callable[[], None]) -> None:
            opened()

    browsed: list[str] = []
    monkeypatch.setattr("cedre_xlsx.page.server.Server", Served)
    monkeypatch.setattr("webbrowser.open", lambda address: browsed.append(address) or True)
    ran = launch("page", *(str(seen.folder / name) for name in dropped))
    assert served == opened
    assert browsed == [Served.address] * len(opened)
    assert (ran.status, ran.waited, seen.opened) == (0, not opened, [])  # the workbook stays closed
    assert ("La page est fermée." in ran.said) is bool(opened)


@pytest.mark.slow
def test_a_warning_is_read_before_the_window_closes(seen: Desk, launch: Callable[..., Ran]) -> None:
    shutil.copy(SEED_EXAMPLE, seen.folder / "suivi (1).xlsx")
    ran = launch("refresh")
    assert "une copie en conflit est à côté : suivi (1).xlsx" in ran.said
    assert "À lire : le message ci-dessus." in ran.said
    assert (ran.waited, seen.opened) == (True, [str(seen.folder / "suivi.xlsx")])


@pytest.mark.slow
@pytest.mark.parametrize("viewer", ["exit 3", ""])
def test_a_result_that_does_not_open_is_said(
    seen: Desk, launch: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, viewer: str
) -> None:
    executable(seen.bin / "xdg-open", f"#!/bin/sh\n{viewer}\n")
    if not viewer:
        monkeypatch.setattr(shutil, "which", lambda _: None)
    ran = launch("check")
    result = f"{seen.folder}/suivi.xlsx - contrôle.html"
    assert f"Rien ne s'est ouvert ; le résultat est ici :\n{result}" in ran.said
    assert (ran.status, ran.waited) == (0, True)


def test_a_viewer_that_stays_outlives_the_window(
    seen: Desk, launch: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "_SLOW", 0.2)
    opened = seen.bin / "opened"
    executable(seen.bin / "xdg-open", f"#!/bin/sh\nsleep 1\nprintf '%s\\0' \"$1\" > '{opened}'\n")
    ran = launch("check")
    assert (ran.status, ran.waited, seen.opened) == (0, False, [])
    assert soon(lambda: bool(seen.opened))


@pytest.mark.slow
def test_the_workbook_beside_comes_first_then_the_path_and_a_dropped_one_before_both(
    seen: Desk, launch: Callable[..., Ran], tmp_path: Path
) -> None:
    own, other = seen.folder / "suivi.xlsx", tmp_path / "-autre & %co%.xlsx"
    shutil.copy(own, other)
    moved, entry = tmp_path / "Vérifier.sh", seen.folder / "Vérifier été.desktop"
    for arguments, options, book in (
        ((), {"path": str(other)}, own),
        ((), {"script": str(moved), "path": str(other)}, other),
        ((), {"script": str(moved), "name": "", "path": str(other)}, other),
        ((str(other),), {}, other),
        ((str(entry),), {"script": " ", "path": str(other)}, own),
        ((entry.as_uri(),), {"script": " ", "path": str(other)}, own),
        ((str(entry), str(other)), {"script": " "}, other),
        ((), {"script": " ", "path": str(other)}, other),
    ):
        (seen.bin / "opened").unlink(missing_ok=True)
        launch("stats", *arguments, **options)
        assert seen.opened == [f"{book} - statistiques.txt"], (arguments, options)


@pytest.mark.slow
def test_what_explorer_drops_is_read_in_cmds_own_line_and_its_window_closes(
    seen: Desk, launch: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "C:\\Équipe & co\\Vérifier.cmd"
    other = seen.folder.parent / "a&b;c,d=e^f!g!.xlsx"
    shutil.copy(SEED_EXAMPLE, other)
    explorer = f'C:\\Windows\\system32\\cmd.exe /c ""{script.upper()}" {other}"'
    for line, dropped, status, book in (
        (explorer, str(other).partition("&")[0], 3, other),
        (f'cmd.exe /c ""{script}" "', "", 3, seen.folder / "suivi.xlsx"),
        ('"C:\\Windows\\system32\\cmd.exe" ', str(other), 0, other),  # from a terminal
    ):
        (seen.bin / "opened").unlink(missing_ok=True)
        monkeypatch.setenv(COMMAND_LINE, line)
        path = str(seen.folder / "suivi.xlsx")
        assert launch("stats", dropped, script=script, path=path).status == status
        assert seen.opened == [f"{book} - statistiques.txt"]


@pytest.mark.slow
def test_a_real_file_does_it_all_and_runs_no_module_of_the_workbooks_folder(seen: Desk) -> None:
    (seen.folder / "click.py").write_text("raise SystemExit(9)", encoding="utf-8")
    cedre_xlsx.shortcuts(seen.folder / "suivi.xlsx", system="linux")
    done = subprocess.run(
        ["sh", "Vérifier.sh"], cwd=seen.folder, stdin=subprocess.DEVNULL, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, CLOSE in done.stdout) == (0, False)
    assert seen.opened == [f"{seen.folder}/suivi.xlsx - contrôle.html"]


def test_the_hidden_command_is_in_no_help(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "launch" not in capfd.readouterr().out


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


@pytest.mark.slow
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


@pytest.mark.slow
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
