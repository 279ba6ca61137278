"""The members of a package: searched without being whole in memory, and written as they were."""

from __future__ import annotations

import io
import zipfile

import pytest

from cedre_xlsx.workbook.package.members import members_of, zip_of

MILLION = 1024**2


def _package(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        package.writestr("xl/worksheets/sheet1.xml", content)
    return made.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (0, 0),
        (10, 3 * MILLION),
        (MILLION - 1, 10),  # over the edge of what is inflated at once
        (MILLION - 8, 0),
        (MILLION - 4, 2 * MILLION),
        (2 * MILLION - 1, 5),
        (3 * MILLION, 0),
    ],
)
def test_a_text_is_found_wherever_it_stands(before: int, after: int, method: int) -> None:
    content = b"a" * before + b"Synthese" + b"a" * after
    (member,) = members_of(_package(content, method))
    assert member.content() == content
    assert member.holds_any([b"absent", b"Synthese"])
    assert member.holds_any([b"S"])
    assert not member.holds_any([b"absent", b"Syntheses"])
    assert not member.holds_any([])


def test_members_are_written_as_they_were() -> None:
    data = _package(b"<x/>" * 1000)
    (member,) = members_of(data)
    (again,) = members_of(zip_of([member]))
    assert bytes(again.compressed) == bytes(member.compressed)
    assert (again.name, again.crc, again.size) == (member.name, member.crc, member.size)
