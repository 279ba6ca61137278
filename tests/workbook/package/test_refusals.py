"""What a splice would break is refused before any work, with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.package.refusals import refuse_unspliceable

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
OLD = b"http://schemas.microsoft.com/office/excel/2006/2"


def plain() -> bytes:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    return buffer.getvalue()


def edited(part: str, old: bytes, new: bytes) -> bytes:
    package = Package(plain())
    content = package.read(part)
    assert old in content
    package.write(part, content.replace(old, new))
    return package.data()


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


def relation(part: str, kind: str) -> bytes:
    item = f'<Relationship Id="rIdX" Type="http://example.test/{kind}" Target="x.xml"/>'
    return edited(part, b"</Relationships>", item.encode() + b"</Relationships>")


def test_a_plain_workbook_is_taken() -> None:
    refuse_unspliceable(plain(), Path("suivi.xlsx"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mot de passe"),
        (b"", "abîmé"),
        (plain()[:-40], "abîmé"),
        (archive("mimetype", "content.xml"), "LibreOffice"),
        (archive("a.txt"), "un autre format"),
        (archive("[Content_Types].xml", "a.xml", "A.XML"), "même nom"),
        (archive("[Content_Types].xml"), "complet"),
        (edited("xl/workbook.xml", MAIN, STRICT), "Strict"),
        (edited("xl/workbook.xml", MAIN, OLD), "version d'essai"),
        (edited("xl/workbook.xml", b"<workbook", b"<!DOCTYPE workbook><workbook"), "XML"),
        (relation("_rels/.rels", "origin"), "signature"),
        (relation("xl/_rels/workbook.xml.rels", "revisionHeaders"), "partagé"),
        (edited("_rels/.rels", b"xl/workbook.xml", b"xl/workbook.bin"), "complet"),
    ],
)
def test_refused_kinds(data: bytes, said: str) -> None:
    with pytest.raises(CedreError) as error:
        refuse_unspliceable(data, Path("suivi.xlsx"))
    assert said in str(error.value)
    assert "Rien n'est écrit" in str(error.value)


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo("xl/styles.xml")
    data[info.header_offset + 60 + len(info.filename)] ^= 0xFF
    with pytest.raises(CedreError, match="abîmé"):
        refuse_unspliceable(bytes(data), Path("suivi.xlsx"))
