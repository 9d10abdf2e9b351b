"""A site with faults of all kinds that an inspector would find: all are told, with place and remedy, and hardly anything else."""

from __future__ import annotations

import datetime
import io
import json
import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PageObject, PdfReader, PdfWriter

from macros.editing.inspection.attachment_text import read_attachment
from macros.editing.inspection.findings import InspectionFinding
from macros.editing.inspection.pdf_text import LARGEST_SUM, PdfText, read_pdf_text
from macros.editing.inspection.self_check import report_of
from macros.editing.report import FORMS, show
from macros.publishing.crawl.external import Answer, results_file
from macros.site import pdf_cache
from macros.site.inspecting import inspect_project
from macros.site.pdf_cache import FOLDER, PdfCache
from macros.site.pdf_reading import PdfReading
from macros.spreadsheets.reader import read_xlsx
from tests.editing.inspection.attachments import archive, docx, pdf, xlsx
from tests.support import ROOT, epoch_of
from tests.support.projects import BAD, EXPECTED, kepu, lay_project

SITE = Path(__file__).parent / "bad-site"
GONE = "https://gone.example/a"
LINKS = {
    GONE: ("about/index.html", "rain/index.html"),
    "https://good.example/": ("index.html",),
    "https://slow.example/": ("index.html",),
}
ANSWERS = {
    GONE: Answer(404),
    "https://good.example/": Answer(200),
    "https://slow.example/": Answer(None, "30 秒内没有答复"),
}
AXE = [
    {"url": "about/", "timestamp": "2026-11-21T03:00:00.000Z", "violations": [{"id": "color-contrast", "nodes": [{}, {}]}, {"id": "image-alt", "nodes": [{}]}]},
    {"url": "about/", "timestamp": "2026-11-21T03:00:01.000Z", "violations": [{"id": "color-contrast", "nodes": [{}]}]},
    {"url": "/", "timestamp": "2026-11-21T03:00:02.000Z", "violations": []},
]  # fmt: skip
PLANTED = (SITE / "planted.txt").read_text("utf-8").splitlines()
FEWEST_PLANTED, MOST_FALSE_ALARMS = 60, 3
ATTACHMENTS = {
    "names.xlsx": xlsx("名单", [["姓名", "单位", "手机"], ["王建国", "甲厂", "13512345678"], ["赵小红", "乙厂", "13587654321"]]),
    "form.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "scan.pdf": pdf(["", ""]),
    "notice.pdf": pdf(["A notice of the district, page one", "ID 11010519491231002X"]),
    "words.docx": docx(["说明", "报名打 13512340000"]),
    "people.csv": "姓名,证件,住址\n孙大为,11010519491231002X,\n,,\n".replace("住址\n", "卡号\n").replace(",\n,,", ",6222021234567890128\n,,").encode(),
    "all.zip": archive({"a.txt": "a"}),
}  # fmt: skip

PRINTED = """<!doctype html><html lang="zh-CN"><style>p { break-after: page } b { position: relative; top: -2px }</style>
<h1>科普教育基地<b>名单</b></h1><table><tr><td>王建国<td>13812345678<td>示例区</table><p>电话 0750-1234567，示例区科学技术协会公布。</p>
<div style="columns: 2">一行 ABC “引号” —— 10% (a) \\ 1.5 m</div><div style="transform: rotate(90deg); width: 9em">转过来的字</div><p>星空馆 每周三<i>上午</i> 开放</p></html>"""
# Operators between "(" and ") Tj", as `pdf` writes them.
OPERATORS = (
    "one) Tj 0 -20 Td (two) Tj T* (three) Tj 14 TL (four) ' 1 2 (five) \" (six",
    "a) Tj 30 0 TD (b) Tj 1 0 0 1 72 500 Tm [(c) -20 (d) -900 (e)] TJ <6667> Tj <6 8 6> Tj (i",
    "one \\(two\\) \\101\\n (three (four)) \\\\) Tj 5 Tc 3 Tw 50 Tz (a b) Tj (c",
    "a) Tj ET q 2 0 0 2 9 9 cm BT /F1 9 Tf (b) Tj ET Q 0 0 m 9 9 l S % a comment (\n BT /F1 12 Tf 72 300 Td (c",
    "a) Tj ET BI /W 1 /H 1 /BPC 8 /CS /G ID x EI BT /F1 12 Tf 9 9 Td /Span << /ActualText <FEFF> >> BDC (b) Tj EMC (c",
)


def lay_bad_site(folder: Path) -> Path:
    project = lay_project(folder, SITE)
    (project / "planted.txt").unlink()
    (project / "content/accessibility.md").unlink()
    shutil.copy(ROOT / "data/terms/wording.yml", project / "data/terms")
    shutil.copytree(BAD / "position", project, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    files = project / "content/files/policies/old-plan"
    files.mkdir(parents=True)
    for name, content in ATTACHMENTS.items():
        (files / name).write_bytes(content)
    return project


def test_all_planted_faults_are_told_and_hardly_anything_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = lay_bad_site(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch_of(project))
    result, session = inspect_project(project)
    left = list(result.findings)
    missed = []
    for planted in PLANTED:
        found = next((one for one in left if of(one) == planted), None)
        if found:
            left.remove(found)
        else:
            missed.append(planted)
    assert (len(PLANTED) >= FEWEST_PLANTED, missed) == (True, [])
    assert len(left) <= MOST_FALSE_ALARMS, [(of(one), one.found) for one in left]
    assert [one for one in result.findings if not (one.found and one.remedy)] == []
    report = report_of(result, session.library)
    shown = {form: show(report, form) for form in FORMS}
    assert read_xlsx(shown["xlsx"])[0].name == "总表"
    text = shown["text"].decode()
    assert "13812345678" not in shown["html"].decode() + text
    # Nobody gave what the nightly check of links and axe found.
    assert ("，外链未检测，" in text, "，axe 未检测，" in text, "没有给外链检查的结果" in text) == (True, True, True)


def of(one: InspectionFinding) -> str:
    return f"{one.path} {one.place} {one.item}" if one.place else f"{one.path}:{one.line} {one.item}"


def test_what_is_permitted_is_set_aside_and_told(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    (project / "content/articles/rain.md").open("a", encoding="utf-8").write("\n手机 13800138000，扫黑险恶。\n")
    terms = project / "data/terms"
    shutil.copy(ROOT / "data/terms/wording.yml", terms)
    permitted = "{}: {{paths: [content/articles/rain.md], reason: 这是理由}}\n"
    texts = ("13800138000", "扫黑险恶", "没有用到")
    (terms / "permitted.yml").write_text("".join(map(permitted.format, texts)), "utf-8")
    (tmp_path / "links.json").write_bytes(results_file(LINKS, ANSWERS, datetime.date(2026, 11, 20)))
    (tmp_path / "axe.json").write_text(json.dumps(AXE), "utf-8")
    (project / "content/articles/rain.md").open("a", encoding="utf-8").write(f"\n[甲]({GONE}/b)，[乙]({GONE}#c)。\n")
    given = ("--links", str(tmp_path / "links.json"), "--axe", str(tmp_path / "axe.json"))
    said = kepu(project, "check", "--inspection", *given).output
    line = (project / "content/articles/rain.md").read_text("utf-8").count("\n")
    assert said.count(f"外链 {GONE} 已经失效（2026-11-20 对方答复 404，网站上 2 页有）") == 1
    assert f"content/articles/rain.md:{line}:{13 + len(GONE)}" in said
    assert "外链 2026-11-20 查过 3 个，失效 1 个，没有查成 1 个：https://slow.example/" in said
    assert ("about/ 这一页" in said, "color-contrast 2 处、image-alt 1 处" in said) == (True, True)
    assert "axe 2026-11-21 检测过 2 页，1 页有问题" in said
    assert "未检测" not in said
    assert said.count("这是理由") == 2
    assert "“没有用到”" in said
    assert (kepu(project, "check").exit_code, kepu(project, "check", "--format", "xlsx").exit_code) == (0, 2)
    for option in ("--links", "--axe"):
        for content in ("", "[]", "{", '[{"url": 1}]', '{"day": "x", "asked": 1, "unanswered": []}', "[" * 99_999):
            (tmp_path / "links.json").write_text(content, "utf-8")
            answer = kepu(project, "check", "--inspection", option, str(tmp_path / "links.json"))
            assert (answer.exit_code, "这个文件不是" in answer.output) == (1, True), content


def test_no_attachment_raises_whatever_it_holds() -> None:
    broken = [
        raw[: len(raw) * part // 10] + tail
        for raw in ATTACHMENTS.values()
        for part in range(10)
        for tail in (b"", b"\0\xff" * 9)
    ]
    for name in (*ATTACHMENTS, "a.txt", "a.pptx"):
        for raw in broken:
            content = read_attachment(name, raw)
            assert all(part.place(1, 1) for part in content.parts if part.text.joined)
    with PdfReading(longest=0.2) as pdfs:
        endless = pdf(["(a) Tj " * 200_000 + "()"])
        assert pdfs.read(endless) is None
        # A busy machine takes longer to begin again.
        pdfs._longest = 60.0
        assert pdfs.read(ATTACHMENTS["notice.pdf"]) == read_pdf_text(ATTACHMENTS["notice.pdf"])
    locked, written = PdfWriter(io.BytesIO(ATTACHMENTS["notice.pdf"])), io.BytesIO()
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(written)
    assert read_attachment("a.pdf", written.getvalue()).objection == "PDF 加了密码，读者打不开"


def test_pages_are_read_as_their_library_reads_them_and_faster(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = browser.new_page()
    printed.set_content(PRINTED)
    files = [printed.pdf(format="A5"), *(pdf([operators]) for operators in OPERATORS)]
    printed.close()
    theirs = [[page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages] for raw in files]
    monkeypatch.setattr(PageObject, "extract_text", lambda page: pytest.fail("left to the library"))
    ours = [read_pdf_text(raw) for raw in files]
    assert [["".join(page.split()) for page in one.pages] for one in ours] == [
        ["".join(page.split()) for page in one] for one in theirs
    ]
    said = normalize("NFKC", "\n".join(ours[0].pages))
    assert len(ours[0].pages) > 1
    assert {"王建国 13812345678 示例区", "星空馆 每周三上午 开放"} <= set(said.splitlines()), said
    monkeypatch.undo()
    for strange in ("a) Tj (b (c (d (e (f))))", "a) Tj /F9 9 Tf (b", "a) Tj 1 Tm (b"):
        raw = pdf([strange])
        assert read_pdf_text(raw).pages == (PdfReader(io.BytesIO(raw)).pages[0].extract_text(),)
    long = read_pdf_text(pdf(["a) Tj %" + "x" * (LARGEST_SUM // 3) + "\n(b"] * 4))
    assert (len(long.pages), long.page_count) == (2, 4)


def test_what_was_read_of_a_file_is_read_once_and_never_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, other = ATTACHMENTS["notice.pdf"], pdf(["another"])
    asked: list[bytes] = []

    def read(content: bytes) -> PdfText | None:
        asked.append(content)
        return read_pdf_text(content)

    def texts(*files: bytes) -> list[PdfText | None]:
        asked.clear()
        cache = PdfCache(tmp_path)
        found = [cache.text(one, read) for one in files]
        cache.forget_others()
        return found

    first = texts(raw, other)
    assert (texts(raw, other), asked) == (first, [])
    folder = tmp_path / FOLDER
    kept = min(folder.glob("*.zip"))
    for damaged in (b"", kept.read_bytes()[:60], kept.read_bytes()[:40] + b"?" + kept.read_bytes()[41:]):
        kept.write_bytes(damaged)
        assert (texts(raw, other), len(asked)) == (first, 1)
    monkeypatch.setattr(pdf_cache, "version", lambda name: "another")
    pdf_cache._way.cache_clear()
    assert (texts(raw), asked) == (first[:1], [raw])
    assert [path.name for path in folder.glob("*.zip")] != [kept.name]
    monkeypatch.undo()
    pdf_cache._way.cache_clear()
    # What is broken, or took too long, is read again.
    assert (texts(raw[:300]), texts(raw[:300]), asked) == ([PdfText(is_broken=True)],) * 2 + ([raw[:300]],)
    assert PdfCache(tmp_path).text(b"%PDF", lambda content: None) is None
    assert list(folder.glob("*.zip")) == []
    folder.joinpath(".gitignore").unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path / "outside")
    assert (texts(raw), list(tmp_path.iterdir())) == (first[:1], [folder])
