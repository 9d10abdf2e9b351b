"""What the models refuse is told by the names that editors know, at the place to change."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from macros.records import yaml
from macros.records.messages import translate
from macros.records.model.kinds import Base
from tests.support.projects import base

CONTEXT = {"vocabularies": {}, "kind": "bases"}


def messages(extra: str) -> list[str]:
    """Return what is told of a base with further fields, with line and column."""
    document = yaml.parse("x.yml", base(extra))
    with pytest.raises(ValidationError) as refused:
        Base.model_validate(document.data, context=CONTEXT)
    return [f"{p.line}:{p.column} {p.message}" for p in translate(refused.value, Base, document)]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("nmae: 甲\n", "4:1 没有 “nmae” 这个字段；相近的有：name（名称）、images（图片）。请改正或删掉"),
        ("Address: 甲\n", "4:1 没有 “Address” 这个字段；相近的有：address（地址）。请改正或删掉"),
        ("图片: 甲\n", "4:1 没有 “图片” 这个字段；相近的有：images（图片）。请改正或删掉"),
        ("admission: {fre: 是}\n", "4:13 没有 “fre” 这个字段；相近的有：free（是否免费）。请改正或删掉"),
        ("images: [{file: a.jpg}]\n", "4:10 缺少 alt（替代文字）（images 第 1 项）；请补上一行 “alt: …”"),
        ("contact: {phone: 1}\n", "4:18 电话 “1” 不完整；要有区号和号码，例如 010-12345678"),
        ("reservation: {phone: 1}\n", "4:22 预约电话：电话 “1” 不完整；要有区号和号码，例如 010-12345678"),
        ("opening: [{days: [周八], from: 9:00, to: 9:30}]\n", "4:19 星期：不能写 “周八”。可以写：周一（一）、周二（二）、周三（三）、周四（四）、周五（五）、周六（六）、周日（日）"),
        ("images: photo.jpg\n", "4:9 图片：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"),
        ("images: [photo.jpg]\n", "4:10 图片：这里要分项写，每行一个 “字段: 值”；字段有：file、alt、credit、licence"),
        ("images:\n", "4:8 图片：这一项没有内容；请填写，或把整行删掉"),
        ("location: {longitude: 1, latitude: 2, crs: wgs84}\n", "4:44 坐标系：不能写 “wgs84”。可以写：GCJ-02（gcj02）"),
    ],
)  # fmt: skip
def test_a_message_names_the_field_and_the_remedy(extra: str, expected: str) -> None:
    assert messages(extra) == [expected]


def test_every_finding_is_told() -> None:
    assert len(messages("zzz: 1\nreviewed_on: 2\ntown: x\n")) == 3
