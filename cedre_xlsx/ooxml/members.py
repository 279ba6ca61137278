"""The members of a zip file as they lie in it: compressed bytes are copied, never made again.

A file is opened once, from its reading to its splicing (`OpenZip`): what was inflated and verified
is not inflated again.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cedre_xlsx.schema.errors import CedreError, DamagedPartError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = 0x08  # "sizes follow the data": we know them, so the flag is cleared
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError,
)  # fmt: skip
_LEVEL = 6
_PIECE = 1024**2  # bytes inflated at once
_FIRST = 64 * 1024  # bytes, where only the beginning may be wanted
#: What is kept inflated, in bytes: a part of so many at the most, so many together. All of a small
#: workbook, nothing of what is long in a large one.
_LARGEST_KEPT, _MOST_KEPT = 4 * 1024**2, 16 * 1024**2
#: What every formula ends with, or stands as when it has no text of its own: none without it.
_FORMULA = b"f>"
_ZIP_DATE = (0, 33)  # time, date: 1 January 1980
_LARGEST = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, its compressed bytes, and what the zip says of them.

    `inflated` is its content where that is kept; `computes` says whether a formula may stand in it.
    """

    name: str
    compressed: bytes | memoryview
    method: int
    crc: int
    size: int
    flags: int = 0
    time: int = _ZIP_DATE[0]
    date: int = _ZIP_DATE[1]
    attributes: int = 0o600 << 16
    inflated: bytes | None = field(default=None, repr=False)
    computes: bool = True

    def content(self) -> bytes:
        """The bytes, inflated, never beyond their declared size."""
        if self.inflated is not None:
            return self.inflated
        if self.method == zipfile.ZIP_STORED:
            return bytes(self.compressed)
        if not self.size:
            return b""
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.compressed, self.size)

    def may_compute(self) -> bool:
        """Whether a formula may stand in the content."""
        return self.computes and self.holds_any([_FORMULA])

    def holds_any(self, texts: Sequence[bytes]) -> bool:
        """Whether one of the texts stands in the content, which is never whole in memory."""
        overlap = max(map(len, texts), default=1) - 1
        window = b""
        for piece in self.pieces():
            window = window[max(len(window) - overlap, 0) :] + piece
            if any(text in window for text in texts):
                return True
        return False

    def pieces(self) -> Iterator[bytes]:
        """The content, a piece at a time."""
        if (kept := self.inflated) is not None:
            yield from (kept[at : at + _PIECE] for at in range(0, len(kept), _PIECE))
            return
        if self.method == zipfile.ZIP_STORED:
            yield bytes(self.compressed)
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        waiting: bytes | memoryview = self.compressed
        while waiting:
            yield inflater.decompress(waiting, _PIECE)
            waiting = inflater.unconsumed_tail
        yield inflater.flush()


def member_of(name: str, content: bytes) -> Member:
    """A new member with that content."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    compressed = packer.compress(content) + packer.flush()
    flags = 0 if name.isascii() else 0x800
    crc, size, computes = zlib.crc32(content), len(content), _FORMULA in content
    return Member(name, compressed, zipfile.ZIP_DEFLATED, crc, size, flags, computes=computes)


class OpenZip:
    """A zip file that is opened once: each member is verified the first time that it is inflated,
    and small ones are kept inflated as long as this is.
    """

    def __init__(self, data: bytes) -> None:
        """Raises what `zipfile` does for what is no zip file."""
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        # By the place of each member: names may be there twice.
        self._verified: set[int] = set()
        self._kept: dict[int, bytes] = {}
        self._plain: set[int] = set()  # those that no formula stands in
        self._room = _MOST_KEPT

    def inflated(self, name: str) -> bytearray:
        """A member whole, in one buffer of its declared size, never beyond it, its checksum
        verified; KeyError when there is none, and what `zipfile` raises when it is damaged.
        """
        info = self.archive.getinfo(name)
        kept = self._kept.get(info.header_offset)
        if kept is not None:
            return bytearray(kept)
        data = bytearray(info.file_size)
        filled = 0
        with self.archive.open(name) as member:
            while piece := member.read(_PIECE):
                data[filled : filled + len(piece)] = piece
                filled += len(piece)
        del data[filled:]
        self._note(info, data)
        return data

    def pieces(self, name: str) -> Iterator[bytes]:
        """The same, a piece at a time: no more is inflated than is taken."""
        info = self.archive.getinfo(name)
        kept = self._kept.get(info.header_offset)
        if kept is not None:
            yield kept
            return
        with self.archive.open(name) as member:
            while piece := member.read(_FIRST):
                if len(piece) == info.file_size:  # whole, so that it was verified
                    self._note(info, piece)
                yield piece

    def members(self) -> tuple[Member, ...]:
        """The members in the order of the central directory, every checksum verified; CedreError
        when one is damaged.
        """
        view = memoryview(self.data)
        try:
            for info in self.archive.infolist():
                if info.header_offset not in self._verified:
                    self._verify(info)
            return tuple(self._member(view, info) for info in self.archive.infolist())
        except _UNREADABLE as error:
            raise damaged("sa fin manque, ou son archive") from error

    def _verify(self, info: zipfile.ZipInfo) -> None:
        try:
            if info.file_size <= _LARGEST_KEPT:
                self.inflated(info.filename)
                return
            with self.archive.open(info.filename) as member:
                while member.read(_PIECE):
                    pass
        except zipfile.BadZipFile as error:
            raise damaged(f"l'élément {info.filename}") from error

    def _note(self, info: zipfile.ZipInfo, content: bytes | bytearray) -> None:
        """Remember of a member that was verified what saves inflating it again."""
        place = info.header_offset
        self._verified.add(place)
        if len(content) <= min(_LARGEST_KEPT, self._room):
            self._kept[place] = bytes(content)
            self._room -= len(content)
        elif _FORMULA not in content:
            self._plain.add(place)

    def _member(self, view: memoryview, info: zipfile.ZipInfo) -> Member:
        kept = self._kept.get(info.header_offset)
        return _member(view, info, kept, computes=info.header_offset not in self._plain)


#: What a workbook is made of: its bytes, or these once they were opened.
File = bytes | OpenZip


def opened(file: File) -> OpenZip:
    """A file once it is opened; raises what `zipfile` does for what is no zip file."""
    return file if isinstance(file, OpenZip) else OpenZip(file)


def members_of(file: File) -> tuple[Member, ...]:
    """The members in the order of the central directory, every checksum verified; CedreError for
    what is no zip file, or a damaged one.
    """
    try:
        return opened(file).members()
    except _UNREADABLE as error:
        raise damaged("sa fin manque, ou son archive") from error


def _member(
    view: memoryview, info: zipfile.ZipInfo, inflated: bytes | None, *, computes: bool
) -> Member:
    header = _LOCAL.unpack_from(view, info.header_offset)
    start = info.header_offset + _LOCAL.size + header[9] + header[10]
    year, month, day, hour, minute, second = info.date_time
    return Member(
        name=info.orig_filename,
        compressed=view[start : start + info.compress_size],
        method=info.compress_type,
        crc=info.CRC,
        size=info.file_size,
        flags=info.flag_bits & ~_DESCRIPTOR,
        time=hour << 11 | minute << 5 | second // 2,
        date=(year - 1980) << 9 | month << 5 | day,
        attributes=info.external_attr,
        inflated=inflated,
        computes=computes,
    )


def damaged(what: str) -> DamagedPartError:
    """What to say of a part that cannot be read, by its name or the reason."""
    return DamagedPartError(
        f"Le classeur est abîmé ({what}) ; rien n'est écrit. Ouvrez-le dans Excel ou LibreOffice, "
        "enregistrez-le sous un autre nom, puis recommencez."
    )


def zip_of(members: Iterable[Member]) -> bytes:
    """A zip file of these members, in order."""
    body = io.BytesIO()
    directory = bytearray()
    count = 0
    for member in members:
        offset = body.tell()
        name = member.name.encode("utf-8" if member.flags & 0x800 else "cp437", "replace")
        length = len(member.compressed)
        if offset > _LARGEST or member.size > _LARGEST:
            raise CedreError("Le classeur dépasse 4 Go ; rien n'est écrit. Allégez-le d'abord.")
        shared = (20, member.flags, member.method, member.time, member.date, member.crc)
        sizes = (length, member.size, len(name))
        body.write(_LOCAL.pack(b"PK\x03\x04", *shared, *sizes, 0))
        body.write(name)
        body.write(member.compressed)
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, *shared, *sizes, 0, 0, 0, 0, member.attributes, offset
        )
        directory += name
        count += 1
    start = body.tell()
    body.write(directory)
    body.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0))
    return body.getvalue()
