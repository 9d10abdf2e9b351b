"""A file is what its name says, or the editor is told what it is and what to do."""

from __future__ import annotations

from pathlib import Path

from macros.media.content_checks import check_content
from macros.media.file_types import identify
from macros.records.reading import mapped
from tests.media.pictures import archive, exif, jpeg, png, segment, webp

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def compound(stream: str) -> bytes:
    """Return the beginning of a file of the older Office with a stream."""
    return OLE + stream.encode("utf-16-le")


DOCX, XLSX, PPTX = archive(word__document_xml=""), archive(xl__workbook_xml=""), archive(ppt__presentation_xml="")
CORE = "<cp:coreProperties><dc:creator>张三</dc:creator><cp:lastModifiedBy>微软用户</cp:lastModifiedBy></cp:coreProperties>"
PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html>\n<title>404</title>"
PHOTO = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
GOOD = [
    ("a.pdf", b"%PDF-1.7\n"), ("a.pdf", b"\n\n%PDF-1.4"), ("a.PDF", b"%PDF-1.7"), ("a.jpg", jpeg()), ("a.jpeg", jpeg()), ("a.png", png()),
    ("a.webp", webp()), ("a.gif", b"GIF89a"), ("a.docx", DOCX), ("a.xlsx", XLSX), ("a.pptx", PPTX), ("a.zip", archive(a="")),
    ("a.zip", DOCX), ("a.ofd", archive(OFD_xml="")), ("a.doc", compound("WordDocument")), ("a.wps", compound("WordDocument")),
    ("a.xls", compound("Workbook")), ("a.et", compound("Workbook")), ("a.ppt", compound("PowerPoint Document")), ("a.doc", OLE),
    ("a.txt", "甲".encode()), ("a.txt", "甲".encode("gbk")), ("a.csv", "甲,乙".encode("utf-16")), ("a.txt", b"BMW, MZ"), ("a.txt", b"BM"),
    ("a.zip", b"PK\5\6" + b"\0" * 18), ("a.docx", archive(word__document_xml="", docProps__core_xml=CORE.replace("张三", "Administrator"))),
]  # fmt: skip
EMPTY = "文件是空的（0 字节），打不开；请重新放一份，或删掉它"
POINTER = "这只是 Git LFS 的指针，不是文件本身；请运行 git lfs pull 取来真正的文件，不用 LFS 再提交一次"
DOWNLOAD = "多半是下载时网站要登录或没有这个文件；请重新下载真正的文件"
SAVE = "请用原来的软件打开，另存为 {}；打不开就重新下载"
RENAME = "请把文件改名为 {}，用到它的地方一起改；或用软件另存为真正的 {}"
ERROR, NOTICE = True, False
BAD: list[tuple[str, bytes, str, str, bool]] = [
    *((f"a{suffix}", b"", "file-content", EMPTY, ERROR) for suffix in (".pdf", ".jpg", ".docx", ".txt", ".zip")),
    ("a.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "file-content", POINTER, ERROR),
    ("a.pdf", PAGE, "file-content", f"名字是 .pdf，内容却是网页；{DOWNLOAD}", ERROR),
    ("a.docx", b"<html>", "file-content", f"名字是 .docx，内容却是网页；{DOWNLOAD}", ERROR),
    ("a.jpg", b"<!-- a --><HTML>", "file-content", f"名字是 .jpg，内容却是网页；{DOWNLOAD}", ERROR),
    ("a.xls", b"<table>", "file-content", f"名字是 .xls，内容却是网页；{SAVE.format('.xls')}", NOTICE),
    ("a.jpg", "一张照片".encode(), "file-content", f"名字是 .jpg，内容却是文字；{SAVE.format('.jpg')}", ERROR),
    ("a.pdf", b"\0\1\2", "file-content", f"名字是 .pdf，内容却是认不出来的内容；{SAVE.format('.pdf')}", ERROR),
    ("a.txt", b"a\0b", "file-content", f"名字是 .txt，内容却是认不出来的内容；{SAVE.format('.txt')}", ERROR),
    ("a.docx", b"PK\3\4 cut", "file-content", f"名字是 .docx，内容却是不完整的压缩包；{SAVE.format('.docx')}", ERROR),
    ("a.zip", DOCX[:60], "file-content", f"名字是 .zip，内容却是不完整的压缩包；{SAVE.format('.zip')}", ERROR),
    ("a.docx", archive(a=""), "file-content", f"名字是 .docx，内容却是 ZIP 压缩包；{RENAME.format('a.zip', '.docx')}", ERROR),
    ("a.docx", XLSX, "file-content", f"名字是 .docx，内容却是 Excel 表格；{RENAME.format('a.xlsx', '.docx')}", ERROR),
    ("a.docx", compound("WordDocument"), "file-content", f"名字是 .docx，内容却是旧版的 Word 文档；{RENAME.format('a.doc', '.docx')}", ERROR),
    ("a.docx", compound("EncryptedPackage"), "file-content", f"名字是 .docx，内容却是加了密码的 Office 文件；{SAVE.format('.docx')}", ERROR),
    ("a.doc", DOCX, "file-content", f"名字是 .doc，内容却是 Word 文档；{RENAME.format('a.docx', '.doc')}", NOTICE),
    ("a.doc", b"{\\rtf1", "file-content", f"名字是 .doc，内容却是 RTF 文档；{SAVE.format('.doc')}", NOTICE),
    ("a.png", jpeg(), "file-content", f"名字是 .png，内容却是 JPEG 图片；{RENAME.format('a.jpg', '.png')}", NOTICE),
    ("a.jpg", b"\0\0\0\x18ftypheic", "file-content", f"名字是 .jpg，内容却是 HEIC 图片（苹果手机的照片）；{SAVE.format('.jpg')}", ERROR),
    ("a.zip", b"Rar!\x1a\7\0", "file-content", f"名字是 .zip，内容却是 RAR 压缩包；{SAVE.format('.zip')}", ERROR),
    ("a.pdf", b"MZ\x90\0", "file-content", f"名字是 .pdf，内容却是 Windows 程序；{SAVE.format('.pdf')}", ERROR),
    ("a.jpg", PHOTO, "position", "图片里写着拍摄地点（北纬 30.42°，东经 120.30°），谁都能看到；请运行 kepu fix 去掉，图片本身不变", ERROR),
    ("a.jpg", jpeg(segment(0xE1, b"Exif\0\0" + exif(place=None, model="P40"))), "metadata", "图片里写着设备“P40”，谁都能看到；不想公开请运行 kepu fix 去掉，图片本身不变", NOTICE),
    ("a.docx", archive(word__document_xml="", docProps__core_xml=CORE), "metadata", "文件属性里写着作者“张三”，谁都能看到；不想公开，请在 Word、Excel 或 WPS 里用“检查文档”去掉，再另存一次", NOTICE),
    ("a.pdf", b"%PDF-1.7\n<< /Author (Zhang \\(San\\)) >>", "metadata", "文件属性里写着作者“Zhang (San)”，谁都能看到；不想公开，请在 Word、Excel 或 WPS 里用“检查文档”去掉，再另存一次", NOTICE),
    ("a.pdf", b"%PDF-1.7\n<< /Author <FEFF5F204E09> >>", "metadata", "文件属性里写着作者“张三”，谁都能看到；不想公开，请在 Word、Excel 或 WPS 里用“检查文档”去掉，再另存一次", NOTICE),
    ("a.pdf", b"%PDF-1.7\nstream " + PHOTO, "position", "文件里的照片写着拍摄地点（北纬 30.42°，东经 120.30°），谁都能看到；请先去掉照片里的地点，再放进文件", NOTICE),
    ("a.docx", archive(word__document_xml="", word__media__a_jpg=PHOTO), "position", "文件里的照片写着拍摄地点（北纬 30.42°，东经 120.30°），谁都能看到；请先去掉照片里的地点，再放进文件", NOTICE),
    ("a.jpg", jpeg(behind=b"\0" * 8_600_000), "size-budget", "文件有 8600 KB，超过 1000 KB；打开原图慢，仓库也越来越大；请运行 kepu fix 缩小，或自己把长边缩小到 2400 像素以内再存一次", NOTICE),
    ("a.png", png(behind=b"\0" * 1_000_000), "size-budget", "文件有 1000 KB，超过 1000 KB；打开原图慢，仓库也越来越大；请把长边缩小到 2400 像素以内再存一次，照片改存为 JPEG", NOTICE),
]  # fmt: skip


def test_a_file_that_is_what_it_says_is_left_alone() -> None:
    assert [(name, found) for name, raw in GOOD if (found := list(check_content(name, raw)))] == []


def test_what_a_file_is_and_what_to_do() -> None:
    assert [list(check_content(name, raw)) for name, raw, *_ in BAD] == [[(*expected,)] for _, _, *expected in BAD]


def test_a_document_on_disk_is_read_as_one_in_memory(tmp_path: Path) -> None:
    name, raw, rule, message, is_error = next(case for case in BAD if case[2] == "metadata" and case[0] == "a.docx")
    (tmp_path / name).write_bytes(raw)
    with mapped(tmp_path, tmp_path / name) as on_disk:
        assert list(check_content(name, on_disk)) == [(rule, message, is_error)]


def test_whatever_is_cut_is_answered() -> None:
    for raw in (DOCX, OLE, PHOTO, PAGE, b"%PDF-1.7", webp(), compound("Workbook")):
        assert [identify(raw[:length]) for length in range(min(len(raw), 200))]
