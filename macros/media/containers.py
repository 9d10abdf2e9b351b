"""The parts that a picture's file is made of: chunks of PNG and WebP, blocks of GIF, each at its place."""

from __future__ import annotations

from collections.abc import Iterator

from macros.media.file_types import Buffer

GIF_IMAGE, GIF_END = b",", b";"
GIF_COMMENT, GIF_APPLICATION = b"!\xfe", b"!\xff"


def chunks_of_png(raw: Buffer) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, beginning and end of each chunk of a PNG, up to where it is damaged; its data lies 8 after the beginning."""
    place = 8
    while raw[:4] == b"\x89PNG" and place + 12 <= len(raw):
        end = place + 12 + int.from_bytes(raw[place : place + 4], "big")
        if end > len(raw):
            return
        yield raw[place + 4 : place + 8], place, end
        place = end


def chunks_of_webp(raw: Buffer) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, beginning and end of each chunk of a WebP, up to where it is damaged; its data lies 8 after the beginning."""
    place = 12
    while raw[8:12] == b"WEBP" and place + 8 <= len(raw):
        size = int.from_bytes(raw[place + 4 : place + 8], "little")
        end = place + 8 + size + size % 2
        if place + 8 + size > len(raw):
            return
        yield raw[place : place + 4], place, min(end, len(raw))
        place = end


def blocks_of_gif(raw: Buffer) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, beginning and end of each block of a GIF behind its header, up to where it is damaged.

    A kind is ``,`` for an image, ``;`` for the end, and for an extension ``!`` with its label.
    """
    place = 13 + _colours(raw[10:11]) if raw[:4] == b"GIF8" and len(raw) > 13 else len(raw)
    while place < len(raw):
        kind = raw[place : place + 2] if raw[place : place + 1] == b"!" else raw[place : place + 1]
        if kind == GIF_END:
            yield kind, place, place + 1
            return
        start = place + 2 if kind[:1] == b"!" else place + 11 + _colours(raw[place + 9 : place + 10])
        end = _after_blocks(raw, start)
        if kind[:1] not in (b"!", GIF_IMAGE) or end is None:
            return
        yield kind, place, end
        place = end


def _colours(flags: bytes) -> int:
    """Return the size of a table of colours in bytes, by the flags before it."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(raw: Buffer, place: int) -> int | None:
    """Return where sub-blocks end; None if the file ends before."""
    while place < len(raw) and raw[place]:
        place += 1 + raw[place]
    return place + 1 if place < len(raw) else None
