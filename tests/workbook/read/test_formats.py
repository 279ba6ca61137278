"""Files that are not a workbook of ours: one clear French sentence each."""

from __future__ import annotations

import errno
import os
import random
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import libreoffice_convert, needs_libreoffice, saved_workbook

ON = date(2026, 5, 12)
#: An account that owns nothing.
_NOBODY = 65534
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("formats") / "classeur.xlsx"
    rows = {"tSuivi": [{"person": "Durand Marie", "dated": date(2026, 5, 4), "action": "Appeler"}]}
    return saved_workbook(path, Filling(rows=rows)).read_bytes()


def package(**members: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return made.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """The package with its members renamed, changed or left out."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            kept = change(name, old.read(name))
            if kept is not None:
                new.writestr(*kept)
    return made.getvalue()


def streams(*names: str) -> bytes:
    """The beginning of a compound file with streams of these names."""
    return _OLE + b"\0\0".join(name.encode("utf-16-le") for name in names)


#: What the file holds, and what is said of it.
OTHERS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "est vide"),
    "zeros": (bytes(5000), "est vide"),
    "xls": (_OLE, "ancien format"),
    "encrypted": (streams("EncryptedPackage", "EncryptionInfo", "\x06DataSpaces",
                          "StrongEncryptionDataSpace"), "est protégé par un mot de passe"),
    "labelled": (streams("EncryptedPackage", "\x06DataSpaces", "DRMEncryptedDataSpace"),
                 "étiquette de confidentialité"),
    "labelled, also old": (streams("\x06DataSpaces", "EncryptedPackage"), "étiquette"),
    "xls with rights": (streams("Workbook", "\tDRMContent"), "étiquette"),
    "csv": ("Personne;Dates\nDurand;04/05/26\n".encode("cp1252"), "fichier texte"),
    "csv in utf-16": ("Personne;Dates\n".encode("utf-16"), "fichier texte"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "une image"),
    "photograph": (b"\xff\xd8\xff\xe0" + bytes(range(256)), "une image"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "un PDF"),
    "web page": (b"<html><table><tr><td>Nom</td></tr></table></html>", "page web"),
    "xml": (b"<?xml version='1.0'?><Workbook/>", "fichier XML"),
    "noise": (bytes(random.Random(1).randbytes(2000)), "ce n'est pas un classeur"),
    "zip of nothing": (package(), "rien"),
    "zip of others": (package(readme=b"x"), "archive zip, pas un classeur"),
    "zip of the workbook": (package(**{"2026__suivi.xlsx": b"PK", "MACOSX__._suivi.xlsx": b"x"}),
                            "qui contient « suivi.xlsx ». Décompressez-la"),
    "numbers": (package(**{"Index__Document.iwa": b"x"}), "classeur de Numbers"),
    "shortcut of Windows": (b"L\0\0\0\x01\x14\x02\0" + bytes(60), "un raccourci"),
    "shortcut to a site": (b"[InternetShortcut]\r\nURL=https://exemple.invalid", "un raccourci"),
    "word": (package(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"<x/>"}), "Word"),
    "slides": (package(**{"[Content_Types].xml": b"<x/>", "ppt__a.xml": b"<x/>"}), "présentation"),
    "xlsb": (package(**{"[Content_Types].xml": b"", "xl__workbook.bin": b"x"}), "xlsb"),
    "odt": (package(mimetype=b"application/vnd.oasis.opendocument.text"), "un document"),
    "encrypted ods": (
        package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
                **{"META-INF__manifest.xml": b"<x><manifest:encryption-data/></x>"}),
        "mot de passe",
    ),
    "workbook without workbook": (package(**{"[Content_Types].xml": b"<Types/>"}), "abîmé"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_another_file_is_recognised(case: str, tmp_path: Path) -> None:
    data, said = OTHERS[case]
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(data)
    message = refusal(path)
    assert said in message
    assert message.endswith(".")
    assert "\n" not in message


#: Its name, what it holds, another file of its folder, and what is said of it.
NAMED: dict[str, tuple[str, bytes | None, str, str]] = {
    "lock of Excel": ("~$suivi.xlsx", b"\x05Linda", "suivi.xlsx", "Donnez « suivi.xlsx »"),
    "lock of a long name": ("~$ivi 2026.xlsx", b"\x05Linda", "suivi 2026.xlsx",
                            "Donnez « suivi 2026.xlsx »"),
    "lock alone": ("~$suivi.xlsx", b"\x05Linda", "", "verrou que Excel pose"),
    "lock of LibreOffice": (".~lock.suivi.ods#", b"Linda,;", "", "Donnez « suivi.ods »"),
    "placeholder of iCloud": (".suivi.xlsx.icloud", b"bplist00", "", "« suivi.xlsx »"),
    "left in iCloud": ("suivi.xlsx", None, ".suivi.xlsx.icloud", "resté dans iCloud"),
    "google": ("suivi.gsheet", b'{"url": "https://exemple.invalid"}', "", "Google Drive"),
    "webloc": ("suivi.webloc", b"<?xml version='1.0'?><plist/>", "", "un raccourci"),
    "url": ("suivi.url", b"\xef\xbb\xbf[InternetShortcut]", "", "un raccourci"),
    "temporary": ("3F2A1B00.tmp", b"\x01\x02\x03" * 50, "", "fichier temporaire"),
    "download": ("suivi.xlsx.crdownload", b"\x01\x02\x03" * 50, "", "inachevé"),
    "empty download": ("suivi.xlsx.part", b"", "", "inachevé"),
    "not downloaded": ("suivi.xlsx", b"", "", "Toujours conserver sur cet appareil"),
    "csv": ("suivi.csv", b"Personne;Dates\n", "", "fichier texte"),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED)
def test_a_file_that_stands_for_another(case: str, tmp_path: Path) -> None:
    name, data, beside, said = NAMED[case]
    if beside:
        (tmp_path / beside).write_bytes(b"x")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    message = refusal(tmp_path / name)
    assert said in message
    assert (message[-1], "\n" in message) == (".", False)


@pytest.mark.parametrize("address", [
    "https://association.sharepoint.com/sites/equipe/suivi.xlsx",
    "https:\\association-my.sharepoint.com\\suivi.xlsx",
    "HTTP://exemple.invalid/suivi.xlsx",
])  # fmt: skip
def test_an_address_is_no_file(address: str) -> None:
    assert "dossier synchronisé" in refusal(Path(address), address)


class OfflineError(OSError):
    """Windows: the network of the cloud disk is away."""

    winerror = 389


@pytest.mark.parametrize("error", [OfflineError("refusé"), OSError(errno.EDEADLK, "refusé")])
def test_a_file_left_in_the_cloud(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and macOS refuse to give what they could not download."""
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(b"PK")

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "resté dans le nuage" in refusal(path)


def refusal(path: Path, said: str = "") -> str:
    """The sentence, which begins with the file as it was given."""
    with pytest.raises(CedreError) as raised:
        read_workbook(path, on=ON)
    assert str(raised.value).startswith(f"{said or path} : ")
    return str(raised.value)


def test_a_workbook_of_numbers_may_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "suivi.numbers").mkdir()
    assert "Numbers" in refusal(tmp_path / "suivi.numbers")


def test_a_workbook_of_any_name_is_read(tmp_path: Path, workbook: bytes) -> None:
    """What Excel keeps of a save that failed is a workbook, under a name of its own."""
    path = tmp_path / "3F2A1B00.tmp"
    path.write_bytes(workbook)
    assert len(read_workbook(path, on=ON).records.follow_ups.rows) == 1


def test_a_missing_file_a_folder_and_a_refused_one(tmp_path: Path) -> None:
    with pytest.raises(CedreError, match="n'existe pas"):
        read_workbook(tmp_path / "absent.xlsx", on=ON)
    with pytest.raises(CedreError, match="un dossier"):
        read_workbook(tmp_path, on=ON)
    with pytest.raises(CedreError, match=r"n'existe pas|pas être ouvert"):
        read_workbook(tmp_path / "classeur.xlsx" / "dedans.xlsx", on=ON)
    with pytest.raises(CedreError, match="pas être ouvert"):
        read_workbook(Path("nul\0.xlsx"), on=ON)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_file_that_may_not_be_read(workbook: bytes) -> None:
    """Root reads everything: the reading is then done under another account."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "classeur.xlsx"
        path.write_bytes(workbook)
        path.chmod(0)
        me = os.geteuid()
        if me == 0:
            os.seteuid(_NOBODY)
        try:
            with pytest.raises(CedreError, match="refusée"):
                read_workbook(path, on=ON)
        finally:
            os.seteuid(me)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_truncated_workbook_is_said_so(share: float, tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(workbook[: int(len(workbook) * share)])
    with pytest.raises(CedreError, match="n'est pas entier"):
        read_workbook(path, on=ON)
    os.utime(path, (0, 0))  # nobody is writing it any more
    with pytest.raises(CedreError, match="abîmé ou incomplet"):
        read_workbook(path, on=ON)


_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


def _strict(name: str, data: bytes) -> tuple[str, bytes]:
    for old, new in _STRICT:
        data = data.replace(old, new)
    return name, data


def _upside_down(name: str, data: bytes) -> tuple[str, bytes]:
    return name.replace("/", "\\"), data


def _prefixed(name: str, data: bytes) -> tuple[str, bytes]:
    """Every element of the sheets with a prefix, as some programs write them."""
    if not name.startswith("xl/worksheets/sheet"):
        return name, data
    from lxml import etree

    old = etree.fromstring(data)
    space = etree.QName(old).namespace
    new = etree.Element(old.tag, old.attrib, {"x": space})
    new.extend(old)
    etree.cleanup_namespaces(new, {"x": space}, ["x"])
    return name, etree.tostring(new)


#: Other ways to store the same workbook.
WAYS: dict[str, Callable[[str, bytes], tuple[str, bytes]]] = {
    "strict": _strict,
    "backslashes": _upside_down,
    "prefixes": _prefixed,
    "unknown part": lambda name, data: (name, data),
}


@pytest.mark.parametrize("way", WAYS)
def test_other_ways_to_store_a_workbook_are_read(way: str, tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(rewritten(workbook, WAYS[way]))
    (row,) = read_workbook(path, on=ON).records.follow_ups.rows
    assert (row.row, row.person, row.day) == (5, "Durand Marie", date(2026, 5, 4))


def _without_styles(name: str, data: bytes) -> tuple[str, bytes] | None:
    return None if name == "xl/styles.xml" else (name, data)


def _doctype(name: str, data: bytes) -> tuple[str, bytes]:
    bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"lol" * 9 + b'"><!ENTITY b "&a;&a;&a;&a;">]>'
    return name, bomb + data.partition(b"?>")[2] if name == "xl/workbook.xml" else data


def _loop(name: str, data: bytes) -> tuple[str, bytes]:
    """A sheet that is its own table, and a workbook that is its own sheet."""
    if name.startswith("xl/worksheets/_rels"):
        data = data.replace(b"/xl/tables/table1.xml", b"/xl/worksheets/sheet2.xml")
    return name, data


def test_missing_styles_and_loops_do_no_harm(tmp_path: Path, workbook: bytes) -> None:
    for change in (_without_styles, _loop):
        path = tmp_path / "classeur.xlsx"
        path.write_bytes(rewritten(workbook, change))
        assert len(read_workbook(path, on=ON).records.follow_ups.rows) == 1


def test_definitions_in_the_xml_are_refused(tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(rewritten(workbook, _doctype))
    with pytest.raises(CedreError, match="DOCTYPE"):
        read_workbook(path, on=ON)


def _damage(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, removed or repeated."""
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(damaged))
        match chance.randrange(3):
            case 0:
                damaged[at] = chance.randrange(256)
            case 1:
                del damaged[at : at + chance.randrange(1, 40)]
            case _:
                damaged[at:at] = damaged[at : at + chance.randrange(1, 40)]
    return bytes(damaged)


def test_damaged_bytes_end_in_records_or_in_a_sentence(tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    for seed in range(60):
        path.write_bytes(_damage(workbook, random.Random(seed)))
        said = _sentence(path)
        assert (said.startswith(f"{path} : "), said[-1]) == (True, ".")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_damaged_xml_ends_in_records_or_in_a_sentence(tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    for seed in range(80):
        chance = random.Random(seed)
        part = chance.choice(parts)

        def damage(
            name: str, data: bytes, part: str = part, chance: random.Random = chance
        ) -> tuple[str, bytes]:
            return name, _damage(data, chance) if name == part else data

        path.write_bytes(rewritten(workbook, damage))
        said = _sentence(path)
        assert (said.startswith(f"{path} : "), said[-1]) == (True, ".")


def _sentence(path: Path) -> str:
    """Why the file cannot be read; a sentence too when it can."""
    try:
        read_workbook(path, on=ON)
    except CedreError as error:
        return str(error)
    return f"{path} : lu."


@needs_libreoffice
def test_an_old_xls_is_recognised(tmp_path: Path, workbook: bytes) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(workbook)
    with pytest.raises(CedreError, match="ancien format"):
        read_workbook(libreoffice_convert(path, "xls", tmp_path), on=ON)
