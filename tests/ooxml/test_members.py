"""The members of a package: searched without being whole in memory, and written as they were."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest

from cedre_xlsx.ooxml import members
from cedre_xlsx.ooxml.members import OpenZip, members_of, zip_of
from cedre_xlsx.schema.errors import CedreError

MILLION = 1024**2
SHEET = "xl/worksheets/sheet1.xml"


def _package(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        package.writestr(SHEET, content)
    return made.getvalue()


@pytest.fixture
def inflated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often something is begun to be inflated, one for each time."""
    begun: list[int] = []
    real = zlib.decompressobj

    def counted(*arguments: Any) -> Any:
        begun.append(1)
        return real(*arguments)

    monkeypatch.setattr(zlib, "decompressobj", counted)
    return begun


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


def test_a_small_part_is_inflated_once(inflated: list[int]) -> None:
    file = OpenZip(_package(b"<c/>" * 100_000))
    assert bytes(file.inflated(SHEET)) == b"<c/>" * 100_000
    (member,) = file.members()
    assert member.content() == b"".join(member.pieces()) == b"".join(file.pieces(SHEET))
    assert not member.holds_any([b"<v>"])
    assert len(inflated) == 1


def test_the_beginning_alone_is_inflated_where_it_is_all_that_is_wanted() -> None:
    file = OpenZip(_package(b"<c/>" * MILLION))
    assert len(next(file.pieces(SHEET))) < MILLION // 8


def test_a_large_part_is_verified_once_and_not_kept(inflated: list[int]) -> None:
    file = OpenZip(_package(b"<c/>" * 2 * MILLION))
    file.inflated(SHEET)
    (member,) = file.members()
    assert len(inflated) == 1
    assert member.inflated is None
    assert not member.may_compute()  # it was seen that nothing computes there
    assert len(inflated) == 1
    assert len(member.content()) == 8 * MILLION


@pytest.mark.parametrize(("text", "computes"), [(b"<f>1</f>", True), (b"<v>1</v>", False)])
@pytest.mark.parametrize("size", [10, 8 * MILLION])
def test_formulas_are_told(text: bytes, computes: bool, size: int) -> None:
    data = _package(text + b"a" * size)
    (unread,) = members_of(data)
    read = OpenZip(data)
    read.inflated(SHEET)
    (member,) = read.members()
    assert unread.may_compute() == member.may_compute() == computes
    assert members.member_of(SHEET, text).may_compute() == computes


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "_MOST_KEPT", 250)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(5):
            package.writestr(f"{number}.xml", b"a" * 100)
    kept = [one.inflated for one in OpenZip(made.getvalue()).members()]
    assert kept == [b"a" * 100] * 2 + [None] * 3


def test_a_damaged_part_that_was_not_read_is_found() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        package.writestr("read.xml", b"read" * 10)
        package.writestr("left.xml", b"left" * 10)
    file = OpenZip(made.getvalue().replace(b"leftleft", b"leftlost", 1))
    file.inflated("read.xml")
    with pytest.raises(CedreError, match=r"left\.xml"):
        file.members()


def test_a_size_that_lies_is_not_gone_beyond() -> None:
    """Declared as its first bytes alone, checksum included: no more of it is ever taken."""
    content, told = b"a" * 20 * MILLION, b"a" * 5 * MILLION
    data = bytearray(_package(content))
    size, crc = struct.pack("<L", len(told)), struct.pack("<L", zlib.crc32(told))
    start, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[start + 14 : start + 18], data[start + 22 : start + 26] = crc, size
    data[central + 16 : central + 20], data[central + 24 : central + 28] = crc, size
    (member,) = members_of(bytes(data))
    assert member.inflated is None
    assert member.content() == told
