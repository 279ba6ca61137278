"""Damaged workbooks, thousands of ways: a report or one French sentence, soon, and no traceback."""

from __future__ import annotations

import random
import re
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from cedre_xlsx import api
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.template.filling import Filling

ON = date(2026, 5, 12)
MOST_SECONDS = 5.0  # of CPU, for one file
_ROWS = {
    "tPersonnes": [
        {"last_name": "Durand", "first_name": "Marie", "registered": date(2026, 1, 5)},
        {"last_name": "Petit", "first_name": "Noé", "birth_year": 1990, "rqth": "OUI"},
    ],
    "tSuivi": [
        {"person": "Durand Marie", "dated": date(2026, 1, 5), "action": "Entretien",
         "deadline": "sous 15 jours", "status": "(2) En cours", "minutes": "45 min"},
        {"person": "Petit Noé", "dated": "06/01/26 tél", "action": "Mission", "engagement": "CP"},
    ],
    "tEngagements": [
        {"reference": "CP-2026-001", "person": "Durand Marie", "agreed": date(2026, 1, 5),
         "type": "CP", "deadline": date(2026, 3, 5)},
    ],
    "tMissions": [{"person": "Petit Noé", "start": date(2026, 2, 2), "hours": 12.5}],
    "tFreins": [{"person": "Petit Noé", "barrier": "Mobilité"}],
}  # fmt: skip

Members = dict[str, bytes]
Damage = Callable[[Members, random.Random], None]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    filling = Filling(rows=_ROWS, person="Durand Marie", reference="CP-2026-001")
    path = tmp_path_factory.mktemp("fuzz") / "classeur.xlsx"
    path.write_bytes(api.workbook_bytes(filling))
    api.refresh(path, on=ON)
    return path.read_bytes()


def verdict(path: Path) -> str:
    """What checking the file comes to: "read", or why it was not."""
    start = time.process_time()
    try:
        api.check(path, on=ON)
        said = "read"
    except CedreError as error:
        said = str(error)
        assert said.startswith(f"{path} : "), said
        assert re.search(r"[.!?]$", said), said
        assert "\n" not in said
        said = said.removeprefix(f"{path} : ")
    assert time.process_time() - start < MOST_SECONDS
    return said


# Bytes


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 9)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def lose(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 3000)]


def repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(1, 3000)]


def erase(data: bytearray, chance: random.Random) -> None:
    """A stretch of zeros, as a disk that failed leaves it."""
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.randrange(1, 3000))
    data[start:stop] = bytes(stop - start)


def append(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.randrange(1, 3000))


def hit_the_directory(data: bytearray, chance: random.Random) -> None:
    """Where the archive says what it holds."""
    start = data.rfind(b"PK\x05\x06") if chance.random() < 0.3 else data.find(b"PK\x01\x02")
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(start, len(data))] = chance.randrange(256)


BYTE_DAMAGES = (flip, truncate, lose, repeat, erase, append, hit_the_directory)
BYTE_SEEDS = 15


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("damage", BYTE_DAMAGES, ids=lambda one: one.__name__)
def test_damaged_bytes(
    damage: Callable[[bytearray, random.Random], None], workbook: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "classeur.xlsx"
    for seed in range(BYTE_SEEDS):
        data = bytearray(workbook)
        damage(data, random.Random(seed))
        path.write_bytes(data)
        assert verdict(path)


# Members


def drop_a_member(members: Members, chance: random.Random) -> None:
    del members[chance.choice(list(members))]


def swap_members(members: Members, chance: random.Random) -> None:
    one, other = chance.sample(list(members), 2)
    members[one], members[other] = members[other], members[one]


def empty_a_member(members: Members, chance: random.Random) -> None:
    members[chance.choice(list(members))] = b""


def rename_a_member(members: Members, chance: random.Random) -> None:
    name = chance.choice(list(members))
    members[chance.choice([name.upper(), name + "~", f"autre/{name}"])] = members.pop(name)


def corrupt_a_member(members: Members, chance: random.Random) -> None:
    """Bytes of its XML, with a checksum that is right."""
    name = chance.choice(list(members))
    data = bytearray(members[name])
    chance.choice([flip, truncate, lose, repeat, erase])(data, chance)
    members[name] = bytes(data)


# XML


def _some(members: Members, chance: random.Random) -> tuple[str, etree._Element, etree._Element]:
    """An element of a part, one that matters to the reading more often than not."""
    parts = [name for name in members if name.endswith((".xml", ".rels"))]
    if chance.random() < 0.7:
        parts = [name for name in parts if re.search(r"sheet[2-6]|table|workbook|Types", name)]
    name = chance.choice(parts)
    root = etree.fromstring(members[name])
    elements = list(root.iter("*"))
    if chance.random() < 0.5:
        elements = elements[:300]
    return name, root, chance.choice(elements)


def _put(members: Members, name: str, root: etree._Element) -> None:
    members[name] = etree.tostring(root)


def drop_an_element(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)
    _put(members, name, root)


def double_an_element(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    if one.getparent() is not None:
        one.addnext(deepcopy(one))
    _put(members, name, root)


def move_an_element(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    other = chance.choice(list(root.iter("*")))
    if one is not root and not any(above is one for above in (other, *other.iterancestors())):
        other.append(one)
    _put(members, name, root)


def rename_an_element(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    local = chance.choice(["row", "c", "v", "t", "is", "f", "sheetData", "tableColumn", "autre"])
    one.tag = chance.choice([local, f"{{{etree.QName(root).namespace}}}{local}", "{urn:x}c"])
    _put(members, name, root)


def fill_an_element(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    one.text = chance.choice(_WRONG)
    _put(members, name, root)


def drop_an_attribute(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    if one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    _put(members, name, root)


def rename_an_attribute(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    if one.attrib:
        key = chance.choice(list(one.attrib))
        value = one.attrib.pop(key)
        one.set(chance.choice(["r", "s", "t", "ref", "name", "id"]), value)
    _put(members, name, root)


_WRONG = (
    "-1", "0", "99999999999999999999", "1e308", "1e999", "-1e308", "nan", "NaN", "inf", "1,5", "",
    " ", "vrai", "2.5", "0x10", "A0", "A1048577", "XFE1", "ZZZZ9999999999", "A1:A0", "B5:A4",
    "A1:XFD1048576", "#REF!", "é", "٣", "e", "s", "str", "d", "b", "n", "inlineStr", "1" * 400,
    "31/02/26", "0000-00-00", "9999-12-31T23:59:59", "2958466", "-0.5", "1E+05", "\u00a0",
)  # fmt: skip


def change_an_attribute(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    if one.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(_WRONG))
    _put(members, name, root)


def change_many_attributes(members: Members, chance: random.Random) -> None:
    """The same attribute everywhere in a part."""
    name, root, one = _some(members, chance)
    if one.attrib:
        key = chance.choice(list(one.attrib))
        for other in root.iter(one.tag):
            if key in other.attrib and chance.random() < 0.5:
                other.set(key, chance.choice(_WRONG))
    _put(members, name, root)


def change_numbers(members: Members, chance: random.Random) -> None:
    """Values of cells, those of Paramètres and of the generated sheets too."""
    name = chance.choice([name for name in members if name.startswith("xl/worksheets/sheet")])
    root = etree.fromstring(members[name])
    for one in root.iter("{*}v", "{*}t"):
        if chance.random() < 0.2:
            one.text = chance.choice(_WRONG)
    _put(members, name, root)


def nest_deeply(members: Members, chance: random.Random) -> None:
    name, root, one = _some(members, chance)
    for _ in range(400):
        one = etree.SubElement(one, one.tag)
    _put(members, name, root)


DAMAGES: tuple[Damage, ...] = (
    drop_a_member, swap_members, empty_a_member, rename_a_member, corrupt_a_member,
    drop_an_element, double_an_element, move_an_element, rename_an_element, fill_an_element,
    drop_an_attribute, rename_an_attribute, change_an_attribute, change_many_attributes,
    change_numbers, nest_deeply,
)  # fmt: skip
XML_SEEDS = 8


def members_of(data: bytes) -> Members:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(path: Path, members: Members) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_damaged_parts(damage: Damage, workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    whole = members_of(workbook)
    for seed in range(XML_SEEDS):
        members = dict(whole)
        damage(members, random.Random(seed))
        written(path, members)
        assert verdict(path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_much_damage_at_once(seed: int, workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    chance = random.Random(seed)
    members = members_of(workbook)
    for _ in range(20):
        damage = chance.choice(DAMAGES[5:-1])
        damage(members, chance)
        written(path, members)
        assert verdict(path)


@pytest.mark.slow
def test_the_whole_workbook_is_read(workbook: bytes, tmp_path: Path) -> None:
    """Else the tests above would say nothing."""
    path = tmp_path / "classeur.xlsx"
    written(path, members_of(workbook))
    assert verdict(path) == "read"
