"""Laws about what a claim needs beside it: a file, a date, a source, a proper number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from macros.records.collection import Collection
from macros.records.laws.law import of_one
from macros.records.model.fields import FileName, Prose
from macros.records.model.groups import Question
from macros.records.model.kinds import Article, Base, Incubator, Platform, Policy, Record, Target
from macros.records.model.terms import near, shorten
from macros.records.model.walk import ValuePath, find, mentions
from macros.records.problems import Level, Problem
from macros.text import prose

_DOCUMENT_NUMBER = re.compile(
    r".+〔\d{4}〕第?\d+号"
    r"|(?:.*(?:公告|通告|令|决定|决议))? ?(?:[（(]?(?:第?[\d一二三四五六七八九十]+届|\d{4} ?年)[）)]?)? ?"
    r"[（(]?第? ?[\d一二三四五六七八九十百千零〇○]+ ?号[）)]?"
    r"|无",
    re.ASCII,
)
"""As printed: 国发〔2021〕9号, 主席令第三十五号, 国务院令（第700号）, 公告（第98号）, 公告2022年第3号."""

MOST_CHOICES = 6
"""Choices of a question: more are read and not weighed."""


def files_exist(collection: Collection) -> Iterator[Problem]:
    """A picture or an attachment that a record names lies in the record's folder."""
    for record in collection.records.values():
        if all(name in collection.files_of(record) for name in mentions(record).files):
            continue
        for path, name in find(record, (FileName,)):
            if name not in collection.files_of(record):
                yield record.document.problem(path, missing_file(collection, record, name), "missing-file")


def prose_images_exist(collection: Collection) -> Iterator[Problem]:
    """A picture in prose lies in the record's folder."""
    for record in collection.records.values():
        if all(name in collection.files_of(record) for name in mentions(record).images):
            continue
        for path, text in find(record, (Prose,)):
            for image in prose.images(text):
                if image.name not in collection.files_of(record):
                    message = missing_file(collection, record, image.name)
                    yield record.document.problem_in_text(path, image.line, image.column, message, "missing-file")


def missing_file(collection: Collection, record: Record, name: str) -> str:
    """Return the message for a file that is not in the record's folder."""
    close = near(name, collection.files_of(record))
    hint = f"相近的有：{'、'.join(close)}；" if close else ""
    return f"文件 “{name}” 不在 content/files/{record.kind}/{record.id}/ 里；{hint}请放进去，或改正文件名"


def replaced_policy_is_not_in_force(collection: Collection) -> Iterator[Problem]:
    """A policy that another replaces does not say 有效."""
    for record in collection.of(Policy):
        for identifier in record.replaces:
            replaced = collection.records.get(identifier)
            if isinstance(replaced, Policy) and replaced.validity and replaced.validity.label == "有效":
                message = f"这份文件已被 {record.document.path} 取代，有效性不能写 “有效”；请改为 废止 或 失效，或核对取代关系"
                yield replaced.document.problem(("validity",), message, "replaced-but-valid")


@of_one(Target, "as_of", "actual_sources")
def actual_has_date_and_source(record: Target) -> Iterator[Problem]:
    """What came of a target is told with the day it was true and where it was published."""
    for field in ("as_of", "actual_sources") if record.actual is not None else ():
        if not getattr(record, field):
            title = Target.model_fields[field].title
            message = f"写了实际值就要写 {field}（{title}）；请补上，查不到就删掉 actual"
            yield record.document.problem(("actual",), message, "actual-without-evidence")


@of_one(Platform, "stage_as_of")
def stage_has_a_date(record: Platform) -> Iterator[Problem]:
    """A platform's stage says as of when."""
    if record.stage and not record.stage_as_of:
        message = "写了阶段就要写 stage_as_of（阶段截至），例如 2022；请补上"
        yield record.document.problem(("stage",), message, "stage-without-date")


@of_one(Policy)
def document_numbers_look_right(record: Policy) -> Iterator[Problem]:
    """A document number has the form 国发〔2021〕9号 (state rules for official documents, GB/T 9704-2012); others are noticed."""
    if record.doc_no and not _DOCUMENT_NUMBER.fullmatch(record.doc_no):
        message = f"文号 “{record.doc_no}” 的写法少见；一般写成 国发〔2021〕9号，括号用 〔〕。确实如此就不用改"
        yield replace(record.document.problem(("doc_no",), message, "odd-document-number"), level=Level.NOTICE)


@of_one(Target)
def units_of_targets_belong_to_numbers(record: Target) -> Iterator[Problem]:
    """A target's unit stands beside a number; a text says its own, so that a unit beside it would be lost."""
    if not isinstance(record.actual, Decimal):
        yield from _lost_unit(record, ("unit",), record.unit, record.target)


@of_one(Incubator)
def units_of_indicators_belong_to_numbers(record: Incubator) -> Iterator[Problem]:
    """The same holds for each figure of a year."""
    for position, indicator in enumerate(record.indicators):
        yield from _lost_unit(record, ("indicators", position, "unit"), indicator.unit, indicator.value)


def _lost_unit(record: Record, path: ValuePath, unit: str | None, value: Decimal | str) -> Iterator[Problem]:
    if unit and isinstance(value, str) and unit not in value:
        message = f"“{shorten(value)}” 是文字，后面不会再加单位 “{unit}”；请把单位写进文字里，删掉 unit，或只写数字"
        yield replace(record.document.problem(path, message, "contradiction"), level=Level.NOTICE)


def questions_have_an_answer(collection: Collection) -> Iterator[Problem]:
    """A question offers two to six different choices, of which its answer is one."""
    for record in _with_questions(collection):
        for position, question in enumerate(record.questions):
            for field, message in _faults_of(question):
                yield record.document.problem(("questions", position, field), message, "question-form")


def _faults_of(question: Question) -> Iterator[tuple[str, str]]:
    if len(question.choices) == 1:
        yield "choices", f"选项只有一个，不用选；请写两到 {MOST_CHOICES} 个"
    if len(question.choices) > MOST_CHOICES:
        yield "choices", f"选项有 {len(question.choices)} 个，太多；最多 {MOST_CHOICES} 个，请删掉几个"
    if twice := [choice for choice in dict.fromkeys(question.choices) if question.choices.count(choice) > 1]:
        yield "choices", f"选项 “{shorten(twice[0])}” 写了两次；请删掉或改掉一个"
    if question.answer not in question.choices:
        message = f"答案 “{shorten(question.answer)}” 不是选项里的一个；请照抄对的那个选项，选项有：{'、'.join(question.choices)}"
        yield "answer", message


def answers_are_proven(collection: Collection) -> Iterator[Problem]:
    """The sentence that proves an answer stands in the record; that of an article is looked for when its page is made."""
    for record in _with_questions(collection):
        if not isinstance(record, Article):
            yield from unproven_answers(record, ())


def unproven_answers(record: Record, texts: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each answer of a record whose proof is not on its page.

    Args:
        record: the record.
        texts: what its page says beside the record's fields, without marks.
    """
    own = (text for path, text in find(record, (str,)) if path[0] not in ("questions", "sources", "changes"))
    page = "\n".join(_squeezed(text) for text in (*map(prose.plain, own), *texts))
    for position, question in enumerate(record.questions):
        if _squeezed(question.proof) not in page:
            message = (
                f"依据 “{shorten(question.because)}” 在这一页里找不到；请从这一页的正文里照抄能证明答案的一句话，"
                "或先把这句话写进正文"
            )
            yield record.document.problem(("questions", position, "because"), message, "question-form")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _with_questions(collection: Collection) -> Iterator[Record]:
    return (record for record in collection.records.values() if record.questions)


def stamps_are_of_their_base(collection: Collection) -> Iterator[Problem]:
    """A stamp was made for the base in whose file it stands: two that share one would take each other's word."""
    for record in collection.records.values():
        passport = record.passport if isinstance(record, Base) else None
        if passport and (made_for := passport.stamp.identifier) not in (record.id, *record.former_ids):
            message = f"印章是 “{made_for}” 的，不是这个基地的；请运行 kepu stamp {record.id} 墙上的词，把它给的那一串写在这里"
            yield record.document.problem(("passport", "stamp"), message, "wrong-stamp")
