"""Take off a picture what it says of people and places, without touching the picture itself.

Only what is needed to show it stays: in JPEG the tables, the scans, the colour profile and Adobe's note on colours; in PNG
and WebP the chunks of the picture; in GIF the images, how they follow one another, and the colour profile. How it is to be turned is kept, since the picture would lie on its side without.
"""

from __future__ import annotations

import struct
from zlib import crc32

from macros.media.containers import (
    GIF_APPLICATION,
    GIF_COMMENT,
    GIF_END,
    blocks_of_gif,
    chunks_of_png,
    chunks_of_webp,
)
from macros.media.pictures import EXIF, exif_of, metadata_of_picture

_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)
_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP, _COMMENT = range(0xE0, 0xF0), 0xFE


def stripped(raw: bytes) -> bytes:
    """Return a picture without what it says of people and places; one that is damaged or of another type as it is."""
    if raw.startswith(b"\xff\xd8\xff"):
        made = _jpeg(raw)
    elif raw.startswith(b"\x89PNG\r\n\x1a\n"):
        made = _png(raw)
    elif raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        made = _webp(raw)
    elif raw[:6] in (b"GIF87a", b"GIF89a"):
        made = _gif(raw)
    else:
        return raw
    return raw if made is None or metadata_of_picture(made).position else made


def _orientation(orientation: int) -> bytes:
    """Return the smallest EXIF that says how a picture is to be turned."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)


def _jpeg(raw: bytes) -> bytes | None:
    """Keep segments up to the end of the picture; behind it telephones lay previews and moving pictures."""
    kept, place, orientation = [raw[:2]], 2, 1
    while place + 4 <= len(raw) and raw[place] == 0xFF:
        marker = raw[place + 1]
        if marker == 0xFF:  # Fill bytes may stand before any marker.
            place += 1
            continue
        if marker == _EOI:
            break
        end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
        segment = raw[place:end]
        if segment[4:10] == EXIF and orientation == 1:
            orientation = exif_of(segment[10:]).orientation
        if _stays(marker, segment):
            kept.append(segment)
        place = end
        if marker == _SOS:
            place = _end_of_scan(raw, end)
            kept.append(raw[end:place])
    if raw[place : place + 2] != bytes([0xFF, _EOI]):
        return None
    if orientation != 1:
        block = EXIF + _orientation(orientation)
        # JFIF's own segment comes first (ITU-T T.871); EXIF may follow it.
        kept.insert(2 if kept[1][1] == 0xE0 else 1, b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block)
    return b"".join([*kept, bytes([0xFF, _EOI])])


def _stays(marker: int, segment: bytes) -> bool:
    if marker == _COMMENT:
        return False
    if marker not in _APP:
        return True
    return segment[4:].startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"))


def _end_of_scan(raw: bytes, place: int) -> int:
    """Return where the data of a scan ends: at the next marker that is neither a stuffed 0xFF nor a restart."""
    while (place := raw.find(b"\xff", place)) >= 0:
        following = raw[place + 1 : place + 2]
        if following and following[0] != 0 and not 0xD0 <= following[0] <= 0xD7 and following[0] != 0xFF:
            return place
        place += 1 if following == b"\xff" else 2
    return len(raw)


def _png(raw: bytes) -> bytes | None:
    chunks = list(chunks_of_png(raw))
    if not chunks or b"IEND" not in {name for name, _, _ in chunks}:
        return None
    made = [raw[:8]]
    for name, start, end in chunks:
        if name in _PNG_KEPT:
            made.append(raw[start:end])
        elif name == b"eXIf" and (orientation := exif_of(raw[start + 8 : end - 4]).orientation) != 1:
            made.append(_png_chunk(name, _orientation(orientation)))
        if name == b"IEND":
            break
    return b"".join(made)


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def _webp(raw: bytes) -> bytes | None:
    chunks = list(chunks_of_webp(raw))
    kept = [(name, raw[start:end]) for name, start, end in chunks if name in _WEBP_KEPT]
    if not {b"VP8 ", b"VP8L", b"ANMF"} & {name for name, _ in kept}:
        return None
    orientation = next(
        (exif_of(raw[s + 8 : e].removeprefix(EXIF)).orientation for name, s, e in chunks if name == b"EXIF"), 1
    )
    if orientation != 1:
        block = _orientation(orientation)
        kept.append((b"EXIF", b"EXIF" + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2)))
    flags = 0x08 if orientation != 1 else 0
    # The extended header says which chunks follow: 0x08 EXIF, 0x04 XMP.
    made = [
        chunk[:8] + bytes([chunk[8] & ~0x0C | flags]) + chunk[9:] if name == b"VP8X" else chunk for name, chunk in kept
    ]
    body = b"WEBP" + b"".join(made)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def _gif(raw: bytes) -> bytes | None:
    blocks = list(blocks_of_gif(raw))
    if not blocks or blocks[-1][0] != GIF_END:
        return None
    stays = (block for block in blocks if _stays_in_gif(raw, *block))
    return b"".join([raw[: blocks[0][1]], *(raw[start:end] for _, start, end in stays)])


def _stays_in_gif(raw: bytes, kind: bytes, start: int, end: int) -> bool:
    if kind == GIF_APPLICATION:
        return raw[start + 3 : start + 14] in _GIF_KEPT
    return kind != GIF_COMMENT
