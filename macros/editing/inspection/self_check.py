"""The self-check as a whole: texts, attachments and records in, a report in the order of the checklist out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.editing.inspection.attachment_text import AttachmentContent, findings_in
from macros.editing.inspection.checklist import CHECKLIST, ITEM_OF_RULE, ChecklistItem
from macros.editing.inspection.findings import InspectionFinding, ScannedText
from macros.editing.inspection.outside_results import OutsideResults
from macros.editing.inspection.page_words import blank_page, outward_hosts, unclear_links, unseen_pictures
from macros.editing.inspection.personal_data import find_personal_data
from macros.editing.inspection.record_faults import record_faults
from macros.editing.inspection.wrong_words import WordSearch, impossible_days
from macros.editing.quality import Report, ReportTable
from macros.library.library import Library
from macros.records.model.kinds import Place, Policy
from macros.records.problems import Problem
from macros.records.wordlists import Permission, WrongWord

_CONTENTS = ("data/", "content/")


@dataclass(frozen=True)
class Inspected:
    """What is looked at.

    Attributes:
        library: the records.
        texts: file → its text: records, pages by hand, vocabularies, templates; POSIX form, relative to the project's root.
        attachments: file → what was read of it.
        problems: what `kepu check` says.
        words: the words that are wrong for certain.
        permissions: what is left as it stands.
        notes: id of an item → what more a person has to look at.
        outside: what the check of links and axe left.
    """

    library: Library
    texts: Mapping[str, str]
    attachments: Mapping[str, AttachmentContent]
    problems: Sequence[Problem]
    words: Sequence[WrongWord]
    permissions: Sequence[Permission] = ()
    notes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    outside: OutsideResults = field(default_factory=OutsideResults)


@dataclass(frozen=True)
class InspectionResult:
    """What was found.

    Attributes:
        findings: by place; what is permitted is not among them.
        permitted: what is permitted, each with the reason.
        notes: id of an item → what more a person has to look at.
        untested: id of an item → what was not looked at.
    """

    findings: tuple[InspectionFinding, ...]
    permitted: tuple[tuple[InspectionFinding, str], ...]
    notes: Mapping[str, Sequence[str]]
    untested: Mapping[str, str] = field(default_factory=dict)


def inspect_site(inspected: Inspected) -> InspectionResult:
    """Look at everything, and set aside what is permitted."""
    found = sorted(
        {
            *_in_texts(inspected),
            *_in_attachments(inspected),
            *_of_problems(inspected),
            *record_faults(inspected.library),
            *inspected.outside.findings(_of_content(inspected)),
        }
    )
    reasons = {(path, one.text): one.reason for one in inspected.permissions for path in one.paths}
    permitted = [(one, reasons[one.path, one.text]) for one in found if (one.path, one.text) in reasons]
    used = {(one.path, one.text) for one, _ in permitted}
    idle = [
        f"permitted.yml 里的 “{text}”（{path}）没有用到，可以删掉。"
        for path, text in reasons
        if (path, text) not in used
    ]
    unread = [f"{path}：{one.unread}。" for path, one in sorted(inspected.attachments.items()) if one.unread]
    outside = inspected.outside.notes
    hosts = [*outside["links-out"], *outward_hosts(_of_content(inspected).values())]
    notes = {**inspected.notes, **outside, "privacy": unread, "links-out": hosts, "others": idle}
    set_aside = {one for one, _ in permitted}
    left = tuple(one for one in found if one not in set_aside)
    return InspectionResult(left, tuple(permitted), notes, inspected.outside.untested)


def _of_content(inspected: Inspected) -> dict[str, str]:
    return {path: text for path, text in inspected.texts.items() if path.startswith(_CONTENTS)}


def _names(library: Library) -> Iterator[str]:
    for record in library.published.values():
        if isinstance(record, Policy):
            yield from record.issuers
        if isinstance(record, Policy | Place):
            yield from (record.heading, *record.names)


def _in_texts(inspected: Inspected) -> Iterator[InspectionFinding]:
    search = WordSearch(inspected.words, _names(inspected.library))
    for path, source in inspected.texts.items():
        text = ScannedText(path, source)
        yield from search.find(text)
        yield from find_personal_data(text)
        if path.startswith(_CONTENTS):
            yield from impossible_days(text)
            yield from unclear_links(path, source)
            yield from unseen_pictures(path, source)
        if path.startswith("content/") and path.endswith(".md"):
            yield from blank_page(path, source)
    for path in inspected.attachments:
        yield from search.find(ScannedText(path, path.rpartition("/")[2]))


def _in_attachments(inspected: Inspected) -> Iterator[InspectionFinding]:
    for path, content in inspected.attachments.items():
        yield from findings_in(content, find_personal_data)
        if content.objection:
            yield InspectionFinding(path, 1, 1, "attachments", content.objection, content.remedy)


def _of_problems(inspected: Inspected) -> Iterator[InspectionFinding]:
    for problem in inspected.problems:
        found, _, remedy = problem.message.partition("；")
        item = ITEM_OF_RULE.get(problem.rule, "others")
        yield InspectionFinding(problem.path, problem.line, problem.column, item, found, remedy or "请照说明改正")


def report_of(result: InspectionResult, library: Library) -> Report:
    """Return the report to print and to hand in."""
    tables = [_overview(result)]
    for number, item in enumerate(CHECKLIST, 1):
        own = [one for one in result.findings if one.item == item.id]
        if own:
            rows = tuple((one.where, one.found, one.remedy) for one in own)
            tables.append(ReportTable(f"{number} {item.title}", ("位置", "发现", "怎么改"), rows))
    allowed = tuple((one.where, one.found, reason) for one, reason in result.permitted)
    tables += [
        ReportTable("人工核对", ("核对", "检查项", "看什么，怎么看", "结果、签名"), tuple(_by_hand(result))),
        ReportTable("照原样保留的", ("位置", "内容", "理由"), allowed),
    ]
    return Report(
        library.as_of,
        (),
        tuple(tables),
        "政府网站检查自查表",
        "次序照国务院办公厅的检查指标：先是单项否决，再是扣分。程序能判断的写明位置，不能判断的请人逐项打钩。",
    )


def _overview(result: InspectionResult) -> ReportTable:
    rows = tuple(
        (number, "单项否决" if item.is_veto else "扣分", item.title, _result(result, item))
        for number, item in enumerate(CHECKLIST, 1)
    )
    return ReportTable("总表", ("序号", "类别", "检查项", "结果"), rows)


def _result(result: InspectionResult, item: ChecklistItem) -> str:
    count = sum(one.item == item.id for one in result.findings)
    untested = f"，{result.untested[item.id]}" if item.id in result.untested else ""
    more = f"{untested}，另有要人工核对的" if item.by_hand else untested
    if count:
        return f"发现 {count} 处{more}"
    return "只能人工核对" if item.id in _BY_HAND_ALONE else f"没有发现{more}"


_BY_HAND_ALONE = {"reachable", "contact-answers", "services"}


def _by_hand(result: InspectionResult) -> Iterator[tuple[str, str, str, str]]:
    for item in CHECKLIST:
        for how in (*item.by_hand, *result.notes.get(item.id, ())):
            yield "☐", item.title, how, ""
