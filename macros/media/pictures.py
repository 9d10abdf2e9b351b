"""What a file says of people and places beside what it shows: who made it, with which device, and where.

Pictures say it in EXIF (CIPA DC-008), XMP (ISO 16684-1) and IPTC; documents in their properties. Whole pictures may stand
within others (previews, moving pictures, pages of a PDF), so these blocks are looked for everywhere in a file.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from macros.media.containers import GIF_COMMENT, blocks_of_gif, chunks_of_png, chunks_of_webp
from macros.media.file_types import Buffer

EXIF = b"Exif\0\0"
_MOST_BLOCKS = 50
_MOST_ENTRIES = 200
_LARGEST_BLOCK = 1_000_000
_XMP = re.compile(rb"<x:xmpmeta\b")
_XMP_END = b"</x:xmpmeta>"
_LOCATION_OF_VIDEO = re.compile(rb"\xa9xyz.{4}([+-]\d{1,2}\.\d+)([+-]\d{1,3}\.\d+)", re.S)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# Names of accounts that Windows, Office and WPS give; they tell of nobody.
_NOBODY = re.compile(
    r"(?i)(micro|un)?soft.*|.*用户|.*user|admin.*|lenovo|dell|hp|asus|acer|thinkpad|pc|wps( office)?|openpyxl|python-docx"
    r"|apache poi|libreoffice|未知|无|\W*"
)


class Metadata(NamedTuple):
    """What a file says beside what it shows.

    Attributes:
        position: latitude and longitude in degrees, north and east positive, where it was taken; None if it does not say.
        details: what else it says of people, in Chinese, e.g. ``作者“张三”``.
    """

    position: tuple[float, float] | None = None
    details: tuple[str, ...] = ()


def in_words(position: tuple[float, float]) -> str:
    """Return a position in words, to a kilometre, which is enough to know the place by.

    >>> in_words((30.4212, -120.3))
    '北纬 30.42°，西经 120.30°'
    """
    latitude, longitude = position
    return f"{'北' if latitude >= 0 else '南'}纬 {abs(latitude):.2f}°，{'东' if longitude >= 0 else '西'}经 {abs(longitude):.2f}°"


def metadata_of_picture(raw: Buffer) -> Metadata:
    """Return what a picture (JPEG, PNG, WebP, GIF) says beside what it shows."""
    blocks = [exif_of(block) for block in (*exif_blocks(raw), *_chunks_with_exif(raw))]
    packets = list(xmp_packets(raw))
    positions = [block.position for block in blocks] + [_xmp_position(packet) for packet in packets] + [_of_video(raw)]
    details = [detail for block in blocks for detail in block.details]
    details += [detail for packet in packets for detail in xmp_details(packet)]
    return Metadata(next(filter(None, positions), None), tuple(dict.fromkeys([*details, *_texts(raw)])))


def exif_blocks(raw: Buffer) -> Iterator[bytes]:
    """Yield each EXIF block of a file, wherever it stands."""
    place = -1
    for _ in range(_MOST_BLOCKS):
        place = raw.find(EXIF, place + 1)
        if place < 0:
            return
        yield raw[place + len(EXIF) : place + len(EXIF) + 65_536]


def _chunks_with_exif(raw: Buffer) -> Iterator[bytes]:
    for name, start, end in chunks_of_png(raw):
        if name == b"eXIf":
            yield raw[start + 8 : end - 4]
        elif name in (b"tEXt", b"zTXt") and (block := _raw_profile(name, raw[start + 8 : end - 4])):
            yield block
    for name, start, end in chunks_of_webp(raw):
        if name == b"EXIF":
            yield raw[start + 8 : end].removeprefix(EXIF)


def _raw_profile(name: bytes, data: bytes) -> bytes:
    """Return the EXIF that ImageMagick writes into a text as hexadecimal digits."""
    keyword, _, text = data.partition(b"\0")
    if keyword not in (b"Raw profile type exif", b"Raw profile type APP1"):
        return b""
    if name == b"zTXt":
        text = _inflated(text[1:])
    digits = b"".join(text.split()[2:])
    try:
        return bytes.fromhex(digits.decode("ascii")).removeprefix(EXIF)
    except ValueError:
        return b""


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST_BLOCK)
    except zlib.error:
        return b""


_ORIENTATION, _EXIF_TAGS, _GPS_TAGS = 0x0112, 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8}
_TITLES = {
    0x010E: "说明",
    0x013B: "作者",
    0x8298: "版权",
    0x9C9D: "作者",
    0xA430: "机主",
    0xA431: "机身编号",
    0xA435: "镜头编号",
}


class Exif(NamedTuple):
    """What an EXIF block says.

    Attributes:
        orientation: how the picture is to be turned, 1 (not at all) to 8.
        position: as in `Metadata`.
        details: as in `Metadata`.
    """

    orientation: int = 1
    position: tuple[float, float] | None = None
    details: tuple[str, ...] = ()


def exif_of(block: bytes) -> Exif:
    """Read an EXIF block, which is a small TIFF; what is damaged is passed over."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return Exif()
    first = _entries(block, order, _number(block[4:8], order))
    inner = _entries(block, order, _number(first.get(_EXIF_TAGS, b""), order))
    place = _entries(block, order, _number(first.get(_GPS_TAGS, b""), order))
    orientation = _number(first.get(_ORIENTATION, b""), order)
    details = [
        (title, _text(tag, values[tag])) for values in (first, inner) for tag, title in _TITLES.items() if tag in values
    ]
    details.append(("设备", " ".join(filter(None, (_text(tag, first.get(tag, b"")) for tag in (0x010F, 0x0110))))))
    return Exif(orientation if 1 <= orientation <= 8 else 1, _position(place, order), worded(details))


def _entries(block: bytes, order: str, place: int) -> dict[int, bytes]:
    """Return the values of a directory of a TIFF, by tag."""
    found: dict[int, bytes] = {}
    count = _number(block[place : place + 2], order) if 8 <= place < len(block) else 0
    for position in range(place + 2, place + 2 + 12 * min(count, _MOST_ENTRIES), 12):
        entry = block[position : position + 12]
        if len(entry) < 12:
            break
        tag, kind, number = struct.unpack(f"{order}HHI", entry[:8])
        size = _SIZES.get(kind, 0) * number
        start = position + 8 if size <= 4 else _number(entry[8:], order)
        if 0 < size <= len(block):
            found[tag] = block[start : start + size]
    return found


def _number(raw: bytes, order: str) -> int:
    return int.from_bytes(raw[:4], "little" if order == "<" else "big")


def _position(values: dict[int, bytes], order: str) -> tuple[float, float] | None:
    latitude, longitude = (_degrees(values.get(tag, b""), order) for tag in (2, 4))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude * (-1 if values.get(1, b"")[:1] == b"S" else 1), longitude * (
        -1 if values.get(3, b"")[:1] == b"W" else 1
    )


def _degrees(raw: bytes, order: str) -> float | None:
    """Return degrees out of degrees, minutes and seconds as fractions; None if nothing is said, which is 0/0."""
    if len(raw) < 24:
        return None
    parts = struct.unpack(f"{order}6I", raw[:24])
    if not parts[1]:
        return None
    fractions = zip(parts[::2], parts[1::2], (1, 60, 3600), strict=True)
    return float(sum(above / below / unit for above, below, unit in fractions if below))


def _text(tag: int, raw: bytes) -> str:
    text = raw.decode("utf-16-le" if tag == 0x9C9D else "utf-8", "replace").partition("\0")[0]
    return " ".join(text.split())


def worded(details: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Say what tells of somebody; of a description, only a telephone does."""
    worded = []
    for title, text in details:
        if title == "说明":
            worded += [f"电话“{number}”" for number in _MOBILE.findall(text)]
        elif text and not _NOBODY.fullmatch(text):
            worded.append(f"{title}“{_printable(text)}”")
    return tuple(dict.fromkeys(worded))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text[:40])


def xmp_packets(raw: Buffer) -> Iterator[str]:
    """Yield each XMP packet of a file, wherever it stands."""
    for count, match in enumerate(_XMP.finditer(raw)):
        if count == _MOST_BLOCKS:
            return
        end = raw.find(_XMP_END, match.start(), match.start() + _LARGEST_BLOCK)
        if end > 0:
            yield raw[match.start() : end].decode("utf-8", "replace")


def _xmp_value(packet: str, name: str) -> str:
    """Return a property of an XMP packet, which stands as an attribute or an element, with a list in it or without."""
    match = re.search(rf"{name}(?:\s*=\s*[\"']([^\"']*)|>\s*(?:<rdf:\w+>\s*<rdf:li[^>]*>\s*)?([^<]*))", packet)
    return unescape((match[1] or match[2] or "").strip()) if match else ""


def _xmp_position(packet: str) -> tuple[float, float] | None:
    values = [_xmp_degrees(_xmp_value(packet, f"exif:GPS{name}")) for name in ("Latitude", "Longitude")]
    return (values[0], values[1]) if values[0] is not None and values[1] is not None else None


def _xmp_degrees(text: str) -> float | None:
    match = re.fullmatch(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])", text)
    if match is None:
        return None
    degrees = int(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return -degrees if match[4] in "SW" else degrees


_XMP_TITLES = {
    "dc:creator": "作者",
    "CiTelWork": "电话",
    "CiEmailWork": "邮箱",
    "aux:SerialNumber": "机身编号",
    "aux:OwnerName": "机主",
}


def xmp_details(packet: str) -> tuple[str, ...]:
    """Return what an XMP packet says of people."""
    return worded((title, _xmp_value(packet, name)) for name, title in _XMP_TITLES.items())


def _of_video(raw: Buffer) -> tuple[float, float] | None:
    """Return the position in a moving picture that telephones lay behind a JPEG (QuickTime, ``©xyz``)."""
    match = _LOCATION_OF_VIDEO.search(raw)
    return (float(match[1]), float(match[2])) if match else None


def _texts(raw: Buffer) -> tuple[str, ...]:
    """Return what the texts of a PNG and the comments of a GIF say of people."""
    texts = [raw[start + 8 : end - 4].partition(b"\0") for name, start, end in chunks_of_png(raw) if name == b"tEXt"]
    titles = {b"Author": "作者", b"Comment": "说明", b"Description": "说明"}
    found = [(titles[key], value.decode("utf-8", "replace")) for key, _, value in texts if key in titles]
    comments = (_joined(raw[start + 2 : end]) for kind, start, end in blocks_of_gif(raw) if kind == GIF_COMMENT)
    return worded([*found, *(("说明", comment.decode("utf-8", "replace")) for comment in comments)])


def _joined(blocks: bytes) -> bytes:
    """Return the data of sub-blocks, each of which is led by its length."""
    data, place = bytearray(), 0
    while place < len(blocks) and blocks[place]:
        data += blocks[place + 1 : place + 1 + blocks[place]]
        place += 1 + blocks[place]
    return bytes(data)
