"""Pictures and archives made for tests, with metadata as telephones and programs write it."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from random import Random
from typing import Any
from zlib import compress, crc32

from PIL import Image

# A JPEG of one grey point, as libjpeg writes it.
POINT = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "01" * 64
    + "ffc0000b080001000101011100ffc4001f0000010501010101010100000000"
    "00000000010203040506070809 0a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c1"
    "1552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485"
    "868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4"
    "f5f6f7f8f9faffda0008010100003f00fbffd9".replace(" ", "")
)
PLACE = (30.4212, 120.3)


def exif(order: str = "<", orientation: int = 1, place: tuple[float, float] | None = PLACE, **texts: str) -> bytes:
    """Return an EXIF block.

    Args:
        order: ``<`` little-endian, ``>`` big-endian.
        orientation: how the picture is to be turned.
        place: latitude and longitude, or None.
        texts: of ``make``, ``model``, ``artist``, ``description``.
    """
    tags = {"description": 0x010E, "make": 0x010F, "model": 0x0110, "artist": 0x013B}
    entries: list[tuple[int, int, int, bytes]] = [(0x0112, 3, 1, struct.pack(f"{order}H", orientation))]
    entries += [(tags[name], 2, len(text.encode()) + 1, text.encode() + b"\0") for name, text in texts.items()]
    if place:
        entries.append((0x8825, 4, 1, b""))
    entries.sort()
    data, start = b"", 8 + 2 + 12 * len(entries) + 4
    body = struct.pack(f"{order}H", len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack(f"{order}HHI", tag, kind, count)
        if tag == 0x8825 and place:
            body += struct.pack(f"{order}I", start + len(data))
            data += gps(place, order, start + len(data))
        elif len(value) <= 4:
            body += value.ljust(4, b"\0")
        else:
            body += struct.pack(f"{order}I", start + len(data))
            data += value
    header = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}I", 8)
    return header + body + b"\0\0\0\0" + data


def gps(place: tuple[float, float], order: str, start: int) -> bytes:
    """Return the directory of a position that begins at a place of the block."""
    refs = (b"S" if place[0] < 0 else b"N", b"W" if place[1] < 0 else b"E")
    values = start + 2 + 12 * 4 + 4
    body = struct.pack(f"{order}H", 4)
    for number, reference in enumerate(refs):
        body += struct.pack(f"{order}HHI", 1 + 2 * number, 2, 2) + reference + b"\0\0\0"
        body += struct.pack(f"{order}HHII", 2 + 2 * number, 5, 3, values + 24 * number)
    body += b"\0\0\0\0"
    for degrees in place:
        whole, minutes = divmod(abs(degrees), 1)
        body += struct.pack(f"{order}6I", int(whole), 1, round(minutes * 60_000), 1000, 0, 1)
    return body


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """Return a JPEG with segments after JFIF's own, and with bytes behind its end."""
    return POINT[:20] + b"".join(segments) + POINT[20:] + behind


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    """Return a PNG of one grey point with further chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + data + chunk(b"IEND", b"") + behind


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP of one point with an extended header and further chunks."""
    lossless = bytes.fromhex("2f0000000007d0ff")
    own = ((b"VP8X", bytes([0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0])), (b"VP8L", lossless), *chunks)
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in own
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def xmp(inside: str) -> bytes:
    """Return an XMP packet."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description {inside}</rdf:RDF></x:xmpmeta>'.encode()


XMP_PLACE = xmp('exif:GPSLatitude="30,25.272N" exif:GPSLongitude="120,18E"/>')
XMP_AUTHOR = xmp("><dc:creator>\n<rdf:Seq><rdf:li>张三</rdf:li></rdf:Seq></dc:creator></rdf:Description>")


def archive(**members: str | bytes) -> bytes:
    """Return a ZIP without a clock, the same bytes whenever it is made; ``__`` in a name stands for ``/``, ``_`` for a point."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_", ".")), content)
    return file.getvalue()


def gif(*extensions: bytes, behind: bytes = b"") -> bytes:
    """Return a GIF of one point, with extensions before its image."""
    header = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    image = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2D\1\0"
    return header + b"".join(extensions) + image + b";" + behind


def gif_extension(label: int, *blocks: bytes) -> bytes:
    """Return an extension of a GIF."""
    return bytes([0x21, label]) + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


def gif_xmp(packet: bytes) -> bytes:
    """Return XMP as it stands in a GIF, as it is and not cut into blocks, with the trailer that readers slide down."""
    return b"!\xff\x0bXMP DataXMP" + packet + b"\1" + bytes(range(255, -1, -1)) + b"\0"


def photo(width: int, height: int, form: str = "JPEG", **metadata: Any) -> bytes:
    """Return a photo with much to tell: the same bytes each time.

    Args:
        width: in pixels, as they are stored.
        height: likewise.
        form: the name that Pillow has for the type.
        metadata: as for `exif`.
    """
    noise = Image.frombytes("RGB", (200, 150), Random(1).randbytes(200 * 150 * 3))
    file = BytesIO()
    noise.resize((width, height)).save(file, form, quality=92, exif=b"Exif\0\0" + exif(**metadata))
    return file.getvalue()
