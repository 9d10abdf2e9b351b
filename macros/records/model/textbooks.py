"""What ties a visit or a route to school: which stage it suits, and which unit of which textbook it goes with."""

from __future__ import annotations

from typing import Annotated

from macros.records.model.annotations import In
from macros.records.model.fields import Line
from macros.records.model.groups import FieldGroup, optional, titled
from macros.records.model.terms import Term

SchoolStage = Annotated[Term, In("school-stages")]
"""Two grades each, as the curriculum of compulsory education (2022) has them: the grade is in the term's own name."""


class TextbookLink(FieldGroup):
    """A unit of a textbook that goes with what is seen."""

    stage: SchoolStage = titled("学段", "写词表里的一个词", example="小学五六年级")
    subject: Annotated[Term, In("subjects")] = titled("学科", "写词表里的一个词", example="科学")
    book: Line = titled("课本", "哪一册，哪家出的", example="五年级上册（教育科学出版社）")
    unit: Line | None = optional("单元", "第几单元，或哪一课", example="第一单元 光")
