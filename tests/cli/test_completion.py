"""Completion: each shell takes its script, and what the Tab key then proposes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cedre_xlsx.cli.main import COMMANDS
from tests.support import few

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A computer where `cedre-xlsx` is in the PATH."""
    program = tmp_path / "bin/cedre-xlsx"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cedre_xlsx "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}


def run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, encoding="utf-8",
        cwd=environment["HOME"], timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def asked(shell: str, words: str, environment: dict[str, str]) -> str:
    """What our command answers to a shell that completes the last word (a space: a new one)."""
    index = str(len(words.split()) - (not words.endswith(" ")))
    asking = {
        "_CEDRE_XLSX_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": index,
    }  # fmt: skip
    return run([sys.executable, "-m", "cedre_xlsx"], {**environment, **asking})


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_script_names_the_command_and_is_plain_ascii(
    shell: str, environment: dict[str, str]
) -> None:
    script = run([sys.executable, "-m", "cedre_xlsx", "completion", shell], environment)
    assert "cedre-xlsx" in script
    assert f"{shell}_complete" in script
    assert script.isascii()


@pytest.mark.parametrize("shell", ["bash", "zsh", "powershell"])
def test_every_command_is_proposed_in_french(shell: str, environment: dict[str, str]) -> None:
    answer = asked(shell, "cedre-xlsx ", environment)
    for command in COMMANDS:
        assert command.name
        assert command.name in answer
        if shell != "bash":
            assert command.get_short_help_str()[:20] in answer


@pytest.mark.parametrize(
    ("words", "answer"),
    few(
        [
            ("cedre-xlsx ch", "plain,check"),
            ("cedre-xlsx check --form", "plain,--format"),
            ("cedre-xlsx check --format h", "plain,html"),
            ("cedre-xlsx shortcuts --system m", "plain,macos"),
            ("cedre-xlsx check sui", "file,sui"),
            ("cedre-xlsx completion f", "plain,fish"),
            ("cedre-xlsx rules per12", "plain,PER12"),
            ("cedre-xlsx new --pack clients,niv", "plain,clients,niveaux"),
            (
                "cedre-xlsx check suivi.xlsx --ignore CLA0",
                " ".join(f"plain,CLA0{number}" for number in range(1, 10)),
            ),
            ("cedre-xlsx check suivi.xlsx --select SUI,PER12", "plain,SUI,PER12"),
        ],
        3,
    ),
)
def test_words_are_completed(words: str, answer: str, environment: dict[str, str]) -> None:
    assert asked("bash", words, environment).split() == answer.split()


@pytest.mark.program("bash")
def test_bash_completes(environment: dict[str, str]) -> None:
    typed = (
        'eval "$(cedre-xlsx completion bash)"; complete -p cedre-xlsx; '
        "COMP_WORDS=(cedre-xlsx check --form); COMP_CWORD=2; "
        "_cedre_xlsx_completion cedre-xlsx; echo ${COMPREPLY[@]}"
    )
    assert run(["bash", "-c", typed], environment).splitlines() == [
        "complete -o nosort -F _cedre_xlsx_completion cedre-xlsx",
        "--format",
    ]


@pytest.mark.program("zsh")
def test_zsh_registers(environment: dict[str, str]) -> None:
    typed = (
        'autoload -Uz compinit; compinit -u; eval "$(cedre-xlsx completion zsh)"; '
        "print $_comps[cedre-xlsx]"
    )
    assert run(["zsh", "-f", "-c", typed], environment) == "_cedre_xlsx_completion\n"


@pytest.mark.program("fish")
def test_fish_completes(environment: dict[str, str]) -> None:
    typed = (
        'cedre-xlsx completion fish | source; complete -C "cedre-xlsx check --format h"; '
        'complete -C "cedre-xlsx ref"'
    )
    lines = run(["fish", "--no-config", "-c", typed], environment).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["html", "refresh"]
