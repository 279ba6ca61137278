"""Workbooks that a password opens: what is opened, what is said of those that stay closed."""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from struct import pack
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from cedre_xlsx import api
from cedre_xlsx.api.opening import open_book
from cedre_xlsx.cli import main, protected
from cedre_xlsx.files.protection import cipher, clear_bytes, is_protected, protected_like
from cedre_xlsx.files.protection.envelope import envelope_of
from cedre_xlsx.files.protection.keyring import VARIABLE, Keyring, holding, without_asking
from cedre_xlsx.files.replace import replace_file
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read.formats import read_bytes
from tests.files.protected_files import (
    PASSWORD,
    SPINS,
    container,
    libreoffice_saves,
    locked,
    locked_as_2007,
    locked_as_2010,
    opened,
)
from tests.small_association import ON, refreshed_workbook
from tests.support import needs_libreoffice

WRONG = "Tournesol-ete-2026"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook that the password opens."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(locked(refreshed_workbook()))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: its exit status, what it says on each stream; never the password."""

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        said = capsys.readouterr()
        for secret in (PASSWORD, WRONG):
            assert secret not in said.out + said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


def typing(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Somebody at the keyboard who types these; the questions, as they come."""
    left, asked = list(answers), list[str]()

    def prompt(text: str, **options: object) -> str:
        assert options["hide_input"]
        asked.append(text)
        return left.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(protected.click, "prompt", prompt)
    return asked


# What opens


@pytest.mark.parametrize("lock", [locked, locked_as_2007, locked_as_2010])
def test_the_schemes_of_excel_are_opened(lock: Callable[[bytes], bytes], path: Path) -> None:
    path.write_bytes(lock(refreshed_workbook()))
    with api.passwords(PASSWORD):
        assert read_bytes(path) == refreshed_workbook()


@pytest.mark.parametrize(
    ("lock", "spins"), [(locked, SPINS), (locked_as_2010, SPINS), (locked_as_2007, 100_000)]
)
def test_what_is_written_is_as_strong_at_least(
    lock: Callable[[bytes], bytes], spins: int, path: Path
) -> None:
    path.write_bytes(lock(refreshed_workbook()))
    with api.passwords(PASSWORD):
        made = protected_like(b"PK" + bytes(5000), path)
    found = envelope_of(made, path)
    assert found is not None
    assert found.agile is not None
    assert (found.agile.spins, found.agile.key.digest, found.agile.key.key_length) == (
        spins, "sha512", 32,
    )  # fmt: skip


def test_the_key_of_what_is_written_is_drawn_whole(path: Path) -> None:
    """The library would draw 16 bytes, and add 16 that are known."""
    with api.passwords(PASSWORD):
        envelope = envelope_of(protected_like(b"PK" + bytes(5000), path), path)
    assert envelope is not None
    lock = cipher.unlocked(envelope, PASSWORD)
    assert lock is not None
    assert len(lock.key) == 32
    assert lock.key[16:] != b"\x36" * 16


@pytest.mark.parametrize("size", [4096, 4097, 8191, 7_143_000, 7_150_000])
def test_any_length_comes_back(size: int, path: Path) -> None:
    """Compound files have a second table of sectors above 7 MB."""
    data = b"PK" + bytes(size - 2)
    with api.passwords(PASSWORD):
        made = protected_like(data, path)
        assert clear_bytes(made, path) == data


def test_the_digest_is_that_of_the_file_on_the_disk(path: Path) -> None:
    with api.passwords(PASSWORD):
        book = open_book(path, ON)
    assert book.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert book.data == refreshed_workbook()


def test_a_file_that_changed_in_the_meantime_stays(path: Path) -> None:
    with api.passwords(PASSWORD):
        book = open_book(path, ON)
        path.write_bytes(locked(refreshed_workbook()))  # the same content, saved again
        there = path.read_bytes()
        with pytest.raises(CedreError, match="a changé"):
            replace_file(path, book.data, expected_sha256=book.sha256)
    assert path.read_bytes() == there


def test_outside_of_the_passwords_nothing_is_written_in_clear(path: Path) -> None:
    """What was found within `api.passwords` is applied within."""
    before = path.read_bytes()
    with api.passwords(PASSWORD):
        book = open_book(path, ON)
    with pytest.raises(CedreError, match="protégé par un mot de passe"):
        replace_file(path, book.data, expected_sha256=book.sha256)
    with pytest.raises(CedreError, match="protégé par un mot de passe"):
        protected_like(book.data, path)
    assert path.read_bytes() == before


def test_what_does_not_come_back_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(cipher, "encrypted", lambda data, _: locked(data[:-1]))
    with (
        api.passwords(PASSWORD),
        pytest.raises(CedreError, match="ne se rouvre pas à l'identique ; rien n'est écrit"),
    ):
        replace_file(path, b"PK" + bytes(5000), expected_sha256=hashlib.sha256(before).hexdigest())
    assert path.read_bytes() == before


# Who gives the password


@pytest.mark.slow
def test_somebody_types_it_unseen(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typing(monkeypatch, PASSWORD)
    status, out, err = run("refresh", path, "--date", ON)
    assert (status, asked) == (0, ["Mot de passe de suivi.xlsx"])
    assert "déjà à jour" in out
    assert err == ""


def test_three_attempts_then_the_sentence(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = typing(monkeypatch, WRONG, "", WRONG, PASSWORD)
    status, _, err = run("refresh", path)
    assert (status, len(asked), err.count("Mot de passe refusé.\n")) == (2, 3, 2)
    assert "3 mots de passe refusés" in err
    assert "demandez-le à qui l'a protégé" in err


def test_the_third_attempt_opens(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, WRONG, WRONG, PASSWORD)
    assert run("stats", path, "--date", ON)[0] == 0


def test_the_environment_gives_it(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert run("stats", path, "--date", ON)[0] == 0


def test_a_wrong_variable_is_named(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, WRONG)
    status, _, err = run("check", path)
    assert status == 2
    assert f"le mot de passe de la variable {VARIABLE} n'est pas celui de ce classeur" in err


def test_nobody_is_there(path: Path, run: Run) -> None:
    status, _, err = run("check", path)
    assert (status, err.count("\n")) == (2, 1)
    assert "personne n'est là pour le taper. Lancez la commande dans un terminal" in err
    assert VARIABLE in err


@pytest.mark.parametrize("told", ["", WRONG])
def test_nobody_is_asked(path: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """By a command that never asks, what is to be done is no typing."""
    monkeypatch.setenv(VARIABLE, told)
    with without_asking(), pytest.raises(CedreError) as refused:
        read_bytes(path)
    said = str(refused.value)
    assert VARIABLE in said
    assert "terminal" not in said
    assert "taper" not in said


@pytest.mark.slow
def test_several_files_have_several_passwords(
    path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that opened a file is tried on the next."""
    other, third = tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    other.write_bytes(locked(refreshed_workbook(), "Autre-2"))
    third.write_bytes(locked(refreshed_workbook()))
    asked = typing(monkeypatch, PASSWORD, "Autre-2")
    status, _, _ = run("check", path, other, third, "--date", ON)
    assert status in (0, 1)
    assert asked == ["Mot de passe de suivi.xlsx", "Mot de passe de b.xlsx"]


def test_a_wrong_password_of_the_api(path: Path) -> None:
    with api.passwords(WRONG, ""), pytest.raises(CedreError) as caught:
        api.check(path)
    assert "le mot de passe donné n'est pas celui de ce classeur" in str(caught.value)
    assert WRONG not in repr(caught.value) + str(caught.value)


def test_what_cannot_be_encoded_is_no_password(path: Path) -> None:
    """Half a character, as an environment may hold."""
    with api.passwords("\udce9t\udce9"), pytest.raises(CedreError, match="n'est pas celui"):
        api.check(path)


def test_copies_beside_are_opened_without_a_question(
    path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "suivi - Copie.xlsx").write_bytes(locked(refreshed_workbook(), "Autre-2"))
    asked = typing(monkeypatch, PASSWORD)
    assert run("check", path, "--date", ON)[0] in (0, 1)
    assert len(asked) == 1


# What stays closed


def info(version: tuple[int, int], rest: bytes = bytes(200)) -> bytes:
    return container(pack("<HH", *version) + rest, bytes(5000))


def edited(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) >= 1
    assert len(old) == len(new)
    return data.replace(old, new)


def flipped(data: bytes) -> bytes:
    """A byte of the encrypted package is another."""
    made = bytearray(data)
    made[len(data) // 2] ^= 1
    return bytes(made)


#: What lies on the disk, and what is said.
CLOSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated": (lambda: locked(refreshed_workbook())[:40_000], "abîmé ou incomplet"),
    "truncated by a little": (
        lambda: locked(refreshed_workbook())[:-1024], "abîmé ou incomplet"
    ),
    "a byte is another": (lambda: flipped(locked(refreshed_workbook())), "abîmé ou incomplet"),
    "a byte is another, 2010": (
        lambda: flipped(locked_as_2010(refreshed_workbook())), "abîmé ou incomplet"
    ),
    "the beginning alone": (lambda: locked(refreshed_workbook())[:600], "abîmé ou incomplet"),
    "no package": (lambda: edited(
        locked(refreshed_workbook()), "EncryptedPackage".encode("utf-16-le"),
        "EncryptedPackagf".encode("utf-16-le")), "abîmé ou incomplet"),
    "a description that is none": (lambda: info((4, 4)), "abîmé ou incomplet"),
    "entities": (
        lambda: info((4, 4), bytes(4) + b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "abîmé ou incomplet",
    ),
    "extensible": (lambda: info((4, 3)), "un procédé que cet outil ne connaît pas (extensible)"),
    "RC4": (
        lambda: info((3, 2), bytes(16) + pack("<I", 0x6801) + bytes(200)), "ne connaît pas (RC4)"
    ),
    "the oldest": (lambda: info((1, 1)), "ne connaît pas (version 1.1)"),
    "another digest": (
        lambda: edited(locked(refreshed_workbook()), b'"SHA512"', b'"WHIRLP"'), "WHIRLP"
    ),
    "another cipher": (
        lambda: edited(locked(refreshed_workbook()), b'"AES"', b'"RC2"'), "ne connaît pas (RC2"
    ),
    "too many turns": (
        lambda: edited(
            locked(refreshed_workbook(), spins=1000),
            b'spinCount="1000" saltSize="16"', b'spinCount="99999999"' + b" " * 10,
        ),
        "abîmé ou incomplet",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CLOSED)
def test_what_stays_closed_is_said(case: str, path: Path, run: Run) -> None:
    make, said = CLOSED[case]
    path.write_bytes(make())
    before = path.read_bytes()
    with holding(Keyring(given=[PASSWORD])), pytest.raises(CedreError) as caught:
        api.refresh(path)
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")
    assert PASSWORD not in repr(caught.value)
    assert path.read_bytes() == before


def test_the_older_scheme_proves_nothing_but_its_package_does(path: Path) -> None:
    """Excel 2007 keeps no proof: what is wrong is seen when the package is read."""
    path.write_bytes(flipped(locked_as_2007(refreshed_workbook())))
    with api.passwords(PASSWORD), pytest.raises(CedreError, match="abîmé"):
        api.refresh(path)


def test_without_the_library_what_to_install_is_said(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.split(".")[0] == "msoffcrypto"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    asked = typing(monkeypatch, PASSWORD)
    status, _, err = run("check", path)
    assert (status, err.count("\n"), asked) == (2, 1, [])
    assert "suivi.xlsx" in err
    assert 'pip install "cedre-xlsx[password]"' in err


def test_an_old_workbook_that_speaks_of_it_is_no_protected_one(path: Path) -> None:
    """Texts of an .xls are stored as names of streams are."""
    names = "EncryptionInfo".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    old = container(names[0] * 9, bytes(5000))
    for name, other in zip(names, ("Workbook______", "Other___________"), strict=True):
        old = old.replace(name, other.encode("utf-16-le"), 1)
    path.write_bytes(old)
    assert names[0] in old
    assert not is_protected(path)


@pytest.mark.slow
def test_a_password_to_modify_encrypts_nothing(path: Path, run: Run) -> None:
    path.write_bytes(refreshed_workbook())
    assert not is_protected(path)
    assert run("refresh", path, "--date", ON)[0] == 0


def test_what_was_protected_is_judged_like_any_file(path: Path) -> None:
    """A gigabyte of zeros, well compressed, is no less one once it is decrypted."""
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(30_000_000))
    path.write_bytes(locked(bomb.getvalue()))
    with api.passwords(PASSWORD), pytest.raises(CedreError, match="démesuré"):
        api.check(path)


@given(st.text(min_size=1, max_size=255), st.integers(4096, 20_000))
def test_any_password_opens_what_it_protects(password: str, size: int) -> None:
    data = Random(size).randbytes(size)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "suivi.xlsx"
        path.write_bytes(locked(b"PK" + bytes(5000), password, spins=1))
        with api.passwords(password):
            path.write_bytes(protected_like(data, path))
            assert read_bytes(path) == data
        with api.passwords(f"{password}!"), pytest.raises(CedreError, match="n'est pas celui"):
            read_bytes(path)


# What is never shown


def test_no_log_has_the_password(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library logs it, for the older scheme, where somebody asks for details."""
    path.write_bytes(locked_as_2007(refreshed_workbook()))
    with caplog.at_level(logging.DEBUG), api.passwords(PASSWORD):
        read_bytes(path)
    assert PASSWORD not in caplog.text


def test_nothing_that_holds_it_shows_it(path: Path) -> None:
    keyring = Keyring(given=[PASSWORD])
    with holding(keyring):
        book = open_book(path, ON)
    envelope = envelope_of(path.read_bytes(), path)
    assert envelope is not None
    lock = keyring.lock(envelope, path)
    assert lock.password == PASSWORD
    for one in (keyring, lock, book.reading, keyring.__class__):
        assert PASSWORD not in repr(one)


# Other programs


@needs_libreoffice
def test_libreoffice_opens_what_we_write_and_we_what_it_writes(path: Path, tmp_path: Path) -> None:
    path.write_bytes(refreshed_workbook())
    theirs = libreoffice_saves(path, tmp_path / "lo.xlsx", after=PASSWORD)
    assert is_protected(theirs)
    with api.passwords(PASSWORD):
        assert api.refresh(theirs, on=ON).changed
    clear = opened(theirs.read_bytes())
    assert clear.startswith(b"PK")
    again = libreoffice_saves(theirs, tmp_path / "clair.xlsx", before=PASSWORD)
    assert again.read_bytes().startswith(b"PK")
    ods = libreoffice_saves(path, tmp_path / "lo.ods", after=PASSWORD)
    with api.passwords(PASSWORD), pytest.raises(CedreError, match=r"un \.ods protégé n'est pas"):
        api.check(ods)


def test_the_library_judges_what_we_write(path: Path) -> None:
    with api.passwords(PASSWORD):
        made = protected_like(refreshed_workbook(), path)
    assert opened(made) == refreshed_workbook()


def test_the_library_still_refuses_passwords_of_2010() -> None:
    """Why passwords are verified here: it compares 20 bytes with the 32 in which they are kept."""
    from msoffcrypto.exceptions import InvalidKeyError

    file = OOXMLFile(BytesIO(locked_as_2010(refreshed_workbook())))
    with pytest.raises(InvalidKeyError):
        file.load_key(password=PASSWORD, verify_password=True)
