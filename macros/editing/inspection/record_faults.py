"""What records and columns show an inspector: policies that are over without a word, columns without news, missing contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from macros.editing.inspection.findings import InspectionFinding
from macros.editing.quality import column_states
from macros.library.library import Library
from macros.records.model.kinds import Policy, Record
from macros.records.model.registry import KINDS

_UNOPENED = {
    ".wps": "WPS 自己的格式", ".et": "WPS 自己的格式", ".dps": "WPS 自己的格式", ".zip": "压缩包", ".doc": "旧的 Word 格式", ".xls": "旧的 Excel 格式", ".ppt": "旧的 PPT 格式",
}  # fmt: skip
_OFD = ".ofd"
_LAST_YEAR = re.compile(r"[（(](?:19|20)\d\d年?[—–~～-]+((?:19|20)\d\d)年?[）)]")
_SAYS_SO = re.compile("已满|已过|过期|到期|失效|废止")
_IN_FORCE = "有效"
_STALE, _EMPTY = "超过期限", "空白"


def record_faults(library: Library) -> Iterator[InspectionFinding]:
    """Yield what is to be said of the published records and of the columns that they make up."""
    yield from _columns(library)
    for record in library.published.values():
        if isinstance(record, Policy):
            yield from _policy(library, record)
        yield from _attachments(record)


def _columns(library: Library) -> Iterator[InspectionFinding]:
    """Yield the columns that a reader meets and that are stale or blank; a kind without records has no column."""
    places = [("home", "data", "（更新动态）"), *(("columns", f"data/{kind}", "（整个栏目）") for kind in KINDS)]
    for (item, path, place), (label, latest, limit, state) in zip(places, column_states(library), strict=True):
        if state == _STALE:
            found = f"“{label}” 最近更新 {latest}，期限 {limit}，已经超过"
            remedy = "请发布新的内容；没有可发的，请并入别的栏目"
            yield InspectionFinding(path, 1, 1, item, found, remedy, place=place)
        elif state == _EMPTY and path.rpartition("/")[2] in ("data", *library.kinds()):
            found = f"“{label}” 是空白的"
            yield InspectionFinding(path, 1, 1, item, found, "请补上内容，或在菜单里去掉这个栏目", place=place)


def _policy(library: Library, record: Policy) -> Iterator[InspectionFinding]:
    validity = record.validity.label if record.validity else ""
    if record.effective_to and library.is_expired(record) and validity == _IN_FORCE:
        yield _of(
            record,
            ("validity",),
            "expired",
            f"有效期到 {record.effective_to.iso} 为止，已经过了，却写着有效",
            "请向发文机关查实，改正 validity 或 effective_to",
        )
    if record.published is None or not record.published.is_full:
        found = "发布日期没有写到日，网页缺 PubDate 标签"
        yield _of(
            record, ("published",), "tags", found, "请照发文机关的网页或公报补上 published；查不到的，请在报告上注明"
        )
    years = _LAST_YEAR.search(record.heading)
    is_over = bool(years) and int(years[1]) < library.as_of.year if years else False
    is_told = _SAYS_SO.search(record.summary)
    if is_over and not is_told and record.effective_to is None and validity in ("", _IN_FORCE):
        yield _of(
            record,
            ("name",),
            "expired",
            f"名称里的期限到 {years[1] if years else ''} 年为止，页面上没有“有效期已过”的提示",
            "请写 effective_to，页面会自己提示",
        )


def _attachments(record: Record) -> Iterator[InspectionFinding]:
    attachments = getattr(record, "attachments", ())
    stems = {
        PurePosixPath(str(one.file)).stem for one in attachments if one.file and str(one.file).lower().endswith(".pdf")
    }
    for number, one in enumerate(attachments):
        path = PurePosixPath(str(one.file or ""))
        suffix = path.suffix.lower()
        what = _UNOPENED.get(suffix) or ("要专门的软件，手机打不开" if suffix == _OFD else "")
        if what and path.stem not in stems:
            yield _of(
                record,
                ("attachments", number, "file"),
                "attachments",
                f"附件 “{path.name}” 是{what}，读者打不开",
                "请另附一份同名的 PDF",
            )


def _of(record: Record, path: tuple[str | int, ...], item: str, found: str, remedy: str) -> InspectionFinding:
    line, column = record.document.locate(path)
    return InspectionFinding(record.document.path, line, column, item, found, remedy)
