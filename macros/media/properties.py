"""What documents say of people and places: the properties of PDF, Word, Excel, PowerPoint and OFD, and pictures in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

from macros.media.file_types import Buffer
from macros.media.pictures import Metadata, exif_blocks, exif_of, metadata_of_picture, worded, xmp_details, xmp_packets

_PDF_AUTHOR = re.compile(rb"/Author\s{0,9}(?:\(((?:[^()\\]|\\.){0,500})\)|<([0-9A-Fa-f\s]{0,2000})>)", re.S)
_PDF_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_MEMBERS = {
    "docProps/core.xml": {"dc:creator": "作者", "cp:lastModifiedBy": "最后修改的人"},
    "docProps/app.xml": {"Manager": "经理"},
    "OFD.xml": {"ofd:Author": "作者"},
}
_PICTURE = re.compile(r"\.(jpe?g|png|webp)", re.IGNORECASE)
_LARGEST_MEMBER = 20_000_000
_MOST_PICTURES = 50


def metadata_of_document(raw: Buffer) -> Metadata:
    """Return what a document says of people and places; of one that can't be read, nothing."""
    found = list(_of_zip(raw) if raw[:2] == b"PK" else _of_pdf(raw) if raw[:1024].find(b"%PDF-") >= 0 else ())
    position = next((one.position for one in found if one.position), None)
    return Metadata(position, tuple(dict.fromkeys(detail for one in found for detail in one.details)))


def _of_pdf(raw: Buffer) -> Iterator[Metadata]:
    yield Metadata(None, worded(("作者", _pdf_text(match)) for match in _PDF_AUTHOR.finditer(raw)))
    yield from (Metadata(None, xmp_details(packet)) for packet in xmp_packets(raw))
    # Photos stand in a PDF as they are.
    yield from (Metadata(exif_of(block).position) for block in exif_blocks(raw))


def _pdf_text(match: re.Match[bytes]) -> str:
    """Return a text string of a PDF (ISO 32000-1, 7.9.2): UTF-16 with its mark, else one byte for a character."""
    if match[2] is not None:
        digits = b"".join(match[2].split())
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = _PDF_ESCAPE.sub(_unescaped, match[1])
    return raw.decode("utf-16", "replace") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else raw.decode("utf-8", "replace")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 8) % 256]) if escape[1].isdigit() else escape[1]


def _of_zip(raw: Buffer) -> Iterator[Metadata]:
    try:
        # A mapped file can't be searched before Python 3.13.
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = [member for member in archive.infolist() if member.file_size <= _LARGEST_MEMBER]
            for member in members:
                if titles := _MEMBERS.get(member.filename):
                    text = archive.read(member).decode("utf-8", "replace")
                    yield Metadata(None, worded((title, _element(text, name)) for name, title in titles.items()))
            for member in [one for one in members if _PICTURE.search(one.filename)][:_MOST_PICTURES]:
                yield Metadata(metadata_of_picture(archive.read(member)).position)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return


def _element(text: str, name: str) -> str:
    match = re.search(rf"<{name}>([^<]*)<", text)
    return unescape(match[1].strip()) if match else ""
