"""How a place receives a class or another group: what a teacher must know before anything is planned."""

from __future__ import annotations

from macros.records.model.fields import FileNameField, Line, NumberField, Phone
from macros.records.model.groups import FieldGroup, optional, several
from macros.records.model.textbooks import SchoolStage, TextbookLink

UNKNOWN = "未公布，请先打电话问"
"""What a teacher reads in place of an answer that nobody has published."""


class GroupVisit(FieldGroup):
    """How a class is received. All may be left out: each question that is not answered is told as such."""

    stages: tuple[SchoolStage, ...] = several("学段", "接待哪些年级，写词表里的词", expected=True, unknown=UNKNOWN)
    min: NumberField | None = optional("最少人数", "少于几个人不接待，只写数字；没有规定就不写", example="10")
    max: NumberField | None = optional(
        "一次最多人数", "一次能接待多少人，老师也算，只写数字", example="90", expected=True, unknown=UNKNOWN
    )
    minutes: NumberField | None = optional(
        "参观多少分钟", "从进门到结束，只写数字", example="90", expected=True, unknown=UNKNOWN
    )
    lead_days: NumberField | None = optional(
        "提前几天预约", "最晚提前几天，只写数字；当天也行写 0", example="7", expected=True, unknown=UNKNOWN
    )
    contact: Line | None = optional("找谁预约", "科室或姓名，要本人同意公开", example="宣教科", personal=True)
    phone: Phone | None = optional("团体预约电话", "和联系电话、预约电话不同才写", example="010-12345678")
    bus: Line | None = optional("大巴", "停在哪里，能停几辆，在哪里上下车", example="正门外可停 3 辆", unknown=UNKNOWN)
    lunch: Line | None = optional("午餐", "能不能在这里吃，怎么订", example="可自带，有 100 个座位", unknown=UNKNOWN)
    shade: Line | None = optional(
        "遮阳避雨", "等候、下雨时在哪里", example="全程室内；集合处有 200 平方米的雨棚", unknown=UNKNOWN
    )
    safety: Line | None = optional(
        "安全安排", "谁带队、有没有急救和保险", example="每 20 人一位讲解员，有急救箱", unknown=UNKNOWN
    )
    risk_note: Line | None = optional(
        "风险提示", "要当心什么，要穿什么、带什么", example="池边湿滑，请穿防滑的鞋", unknown=UNKNOWN
    )
    languages: tuple[Line, ...] = several("讲解语言", "用什么话讲", example="[普通话, 粤语]", unknown=UNKNOWN)
    worksheet: FileNameField | None = optional(
        "学习单", "学生边看边填的纸，只写文件名", example="xuexidan.pdf", unknown=UNKNOWN
    )
    textbook: tuple[TextbookLink, ...] = several("和课本的联系", "看到的和哪一课有关，一课一项", unknown=UNKNOWN)

    @property
    def people(self) -> str:
        """How many people may come at once: ``20–90 人``, ``最多 90 人``, ``20 人以上``; empty if that is not known."""
        if self.max is None:
            return f"{self.min} 人以上" if self.min else ""
        return f"{self.min}–{self.max} 人" if self.min else f"最多 {self.max} 人"
